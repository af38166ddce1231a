"""Text to mentions: one document at a time. Pure and total: any text in, no exception out."""

import msgspec

from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument
from sitegen.parse import remarks
from sitegen.parse.agreement import read_agreement
from sitegen.parse.recognise import recognise
from sitegen.parse.reconcile import Grants, without_found_powers
from sitegen.parse.schedule import read_schedule
from sitegen.read import Reading


class Found(msgspec.Struct, frozen=True):
    """An agreement, and the document that holds it."""

    document: SourceDocument
    agreement: Agreement


class Parsed(msgspec.Struct, frozen=True):
    """What one file says: its agreements, and findings that belong to none of them."""

    found: tuple[Found, ...] = ()
    findings: tuple[Finding, ...] = ()


def parse(reading: Reading) -> Parsed:
    """Find every agreement of a file, in order; structured schedules count only where the file holds no agreement."""
    grants = Grants(reading.documents)
    found = tuple(
        Found(document, without_found_powers(read_agreement(document, one), document, grants))
        for document in reading.documents
        if document.format != "xml"
        for one in recognise(document)
    )
    found = found or tuple(
        Found(document, schedule) for document in reading.documents if (schedule := read_schedule(document)) is not None
    )
    if found or not reading.documents:
        return Parsed(found)
    return Parsed((), (remarks.no_agreement(reading.documents[0]),))


__all__ = ["Found", "Parsed", "parse"]
