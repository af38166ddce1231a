"""The ways in which a document may be stored, and which of them one has."""

import importlib
import re
from collections.abc import Callable

import msgspec

from sitegen.read.stored import Reading, Stored


class Format(msgspec.Struct, frozen=True):
    """A way in which a document may be stored."""

    name: str
    fits: Callable[[Stored], bool]
    """Tells by the document's beginning, or its name."""
    reader: str
    """`module:function` of `(Stored) -> Reading`, imported when first used."""


HEAD = 4096
"""Characters that decide which format a document has."""

_SUBMISSION = re.compile(
    r"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<(?:SEC-DOCUMENT|IMS-DOCUMENT|SEC-HEADER|IMS-HEADER|SUBMISSION"
    r"|DOCUMENT|TYPE|SEQUENCE|TEXT)>)"
)
_XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|!ENTITY\b|(?:\w{1,20}:)?edgarSubmission\b)", re.IGNORECASE)
_HTML_ROOT = re.compile(r"<(?:\w{1,20}:)?html\b|<!DOCTYPE\s+html\b", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|/?(?:html|head|body|div|p|tr|td|br|font|center|span|h[1-6])\b)", re.IGNORECASE)
"""Tags of HTML alone: plain text on EDGAR has tags of its own, `<PAGE>`, `<TABLE>`, `<CAPTION>`, `<S>`, `<C>`."""


def _is_pdf(stored: Stored) -> bool:
    return stored.encoding == "pdf"


def _is_submission(stored: Stored) -> bool:
    return _SUBMISSION.match(stored.text) is not None


def _is_xml(stored: Stored) -> bool:
    return _XML.match(stored.text) is not None and _HTML_ROOT.search(stored.text, 0, HEAD) is None


def _is_html(stored: Stored) -> bool:
    named = stored.name.lower().endswith((".htm", ".html"))
    return _MARKUP.search(stored.text, 0, len(stored.text) if named else HEAD) is not None


def _is_text(stored: Stored) -> bool:
    return bool(stored.text.strip())


FORMATS: tuple[Format, ...] = (
    Format("pdf", _is_pdf, "sitegen.read.pdf:read_pdf"),
    Format("submission", _is_submission, "sitegen.read.submission:read_submission"),
    Format("xml", _is_xml, "sitegen.read.schedule_xml:read_schedule"),
    Format("html", _is_html, "sitegen.read.html:read_html"),
    Format("plain", _is_text, "sitegen.read.plain:read_plain"),
)
"""Formats in the order in which they are tried."""


def read_stored(stored: Stored, formats: tuple[Format, ...] = FORMATS) -> Reading:
    """Read a document by the first format that fits; a document that none fits gives nothing."""
    for form in formats:
        if form.fits(stored):
            module, _, function = form.reader.partition(":")
            reader: Callable[[Stored], Reading] = getattr(importlib.import_module(module), function)
            return reader(stored)
    return Reading()
