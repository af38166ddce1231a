"""A document before it is read, and what reading gives."""

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument


class Stored(msgspec.Struct, frozen=True):
    """A file, or one document out of a submission, before it is read."""

    name: str
    """File name, with its ending."""
    text: str
    """The bytes decoded, line ends settled; empty where they are no text."""
    encoding: str
    data: bytes = b""
    """The file's own bytes; empty for a document inside a submission."""


class Reading(msgspec.Struct, frozen=True):
    """What one file holds: its documents in their order, and what was remarkable in reading them."""

    documents: tuple[SourceDocument, ...] = ()
    findings: tuple[Finding, ...] = ()
