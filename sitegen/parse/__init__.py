"""Text to mentions: one document at a time. Pure and total: any text in, no exception out."""

from collections.abc import Iterator

import msgspec

from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument
from sitegen.parse import remarks
from sitegen.parse.absent import no_agreement
from sitegen.parse.agreement import read_agreement
from sitegen.parse.bounds import AGREEMENTS, FACTS, TooLargeError
from sitegen.parse.recognise import recognise
from sitegen.parse.reconcile import Grants, without_found_powers, without_unasked
from sitegen.parse.schedule import read_schedule
from sitegen.parse.spacing import single_spaced
from sitegen.read import Reading, read


class Found(msgspec.Struct, frozen=True):
    """An agreement, and the document that holds it."""

    document: SourceDocument
    agreement: Agreement


class Parsed(msgspec.Struct, frozen=True):
    """What one file says: its agreements, and findings that belong to none of them."""

    found: tuple[Found, ...] = ()
    findings: tuple[Finding, ...] = ()


def parse(reading: Reading) -> Parsed:
    """Find every agreement of a file, in order; structured schedules count only where the file holds no agreement.

    Agreements beyond any filing's are left out, each with a finding.
    """
    found: list[Found] = []
    findings: list[Finding] = []
    grants, facts = Grants(reading.documents), 0
    texts = ((one, single_spaced(one)) for one in reading.documents if one.format != "xml")
    recognised = ((one, text, part) for one, text in texts for part in recognise(text))
    for document, text, part in recognised:
        if len(found) == AGREEMENTS or facts >= FACTS:
            findings.append(remarks.more_agreements(len(found)))
            break
        try:
            agreement = without_unasked(read_agreement(text, part))
        except TooLargeError:
            findings.append(remarks.too_large(document, part.span))
        else:
            found.append(Found(document, without_found_powers(agreement, document, grants)))
            facts += sum(map(len, (agreement.parties, agreement.terms, agreement.clauses, agreement.blocks)))
    if not found and not findings:
        try:
            found += _schedules(reading.documents)
        except TooLargeError:
            findings.append(remarks.too_many_persons())
    if not found and not findings and reading.documents:
        findings.append(no_agreement(reading.documents))
    return Parsed(tuple(found), tuple(findings))


def _schedules(documents: tuple[SourceDocument, ...]) -> Iterator[Found]:
    """Read structured schedules. Raises `TooLargeError` where they hold more facts than are read of a file."""
    facts = 0
    for document in documents:
        schedule = read_schedule(document)
        if schedule is None:
            continue
        facts += len(schedule.parties) + len(schedule.blocks)
        if facts > FACTS:
            raise TooLargeError
        yield Found(document, without_unasked(schedule))


def parse_file(path: str, data: bytes) -> Parsed:
    """Read a file's bytes and parse them; of the path, only the ending counts."""
    reading = read(path, data)
    parsed = parse(reading)
    return Parsed(parsed.found, reading.findings + parsed.findings)


__all__ = ["Found", "Parsed", "parse", "parse_file"]
