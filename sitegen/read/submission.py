"""Full EDGAR submissions, 1993 to today: one header, many documents, each read by its own format."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import Cell, SourceDocument, Span
from sitegen.read.formats import FORMATS, read_stored
from sitegen.read.header import Header, read_header
from sitegen.read.stored import Reading, Stored

DOCUMENTS = 500
"""Documents of one submission that are read."""

_ESCAPED_DASH = re.compile(r"^- (?=-)", re.MULTILINE)
_DOCUMENT = re.compile(r"^<(/?)DOCUMENT>", re.MULTILINE)
_HEADER = re.compile(
    r"^(?:<(?:SEC-DOCUMENT|IMS-DOCUMENT|SEC-HEADER|IMS-HEADER|SUBMISSION)>|ACCESSION NUMBER:)", re.MULTILINE
)
_FIELD = re.compile(r"^<(TYPE|FILENAME)>[ \t]*([^\n]*)", re.MULTILINE)
_TEXT = re.compile(r"^<TEXT>[ \t]*\n?", re.MULTILINE)
_TEXT_END = re.compile(r"^</TEXT>", re.MULTILINE)
_WRAPPER = re.compile(r"\s*<(XML|XBRL)>[ \t]*\n?")
_NO_TEXT = re.compile(r"\s*(?:<PDF>|begin [0-7]{3} \S)")
_INNER = tuple(form for form in FORMATS if form.name != "submission")
_NO_TEXT_TYPES = frozenset(("GRAPHIC", "ZIP", "EXCEL", "PDF", "JSON"))


def read_submission(stored: Stored) -> Reading:
    """Read a submission's header once and each document that is text; spans of both count the same text."""
    text = _ESCAPED_DASH.sub("", stored.text)
    documents: list[SourceDocument] = []
    findings: list[Finding] = []
    first = _DOCUMENT.search(text)
    begin = _HEADER.search(text, 0, first.start() if first else len(text))
    header = read_header(text[begin.start() : first.start() if first else len(text)]) if begin else Header()
    for number, (kind, name, body) in enumerate(_parts(text)):
        if number == DOCUMENTS:
            message = f"The submission holds more than {DOCUMENTS} documents; the rest was left out."
            findings.append(Finding("SG107", message))
            break
        reading = read_stored(Stored(name=name or stored.name, text=body, encoding=stored.encoding), _INNER)
        findings.extend(reading.findings)
        documents.extend(_under(header, document, kind, name) for document in reading.documents)
    return Reading(tuple(documents), tuple(findings))


def _parts(text: str) -> Iterator[tuple[str | None, str | None, str]]:
    """Yield each document's EDGAR type, file name and own text; documents that hold no text are passed over."""
    marks = [found for found in _DOCUMENT.finditer(text) if not found[1]]
    bounds = [found.end() for found in marks] or [0]
    ends = [found.start() for found in marks[1:]] + [len(text)]
    for start, end in zip(bounds, ends, strict=True):
        opening = _TEXT.search(text, start, end)
        if opening is None:
            continue
        fields = {found[1]: found[2].strip() for found in _FIELD.finditer(text, start, opening.start())}
        kind = fields.get("TYPE") or None
        if kind in _NO_TEXT_TYPES or _NO_TEXT.match(text, opening.end(), end):
            continue
        closing = _TEXT_END.search(text, opening.end(), end)
        body = text[opening.end() : closing.start() if closing else end]
        if wrapped := _WRAPPER.match(body):
            body = body[wrapped.end() :].rpartition(f"</{wrapped[1]}>")[0] or body[wrapped.end() :]
        yield kind, fields.get("FILENAME") or None, body


def _under(header: Header, document: SourceDocument, kind: str | None, name: str | None) -> SourceDocument:
    """Set a document's text under the filing's header."""
    by = len(header.text)
    return msgspec.structs.replace(
        document,
        text=header.text + document.text,
        body=Span(document.body.start + by, document.body.end + by),
        name=name,
        type=kind,
        filing=header.filing,
        cells=tuple(
            Cell(cell.table, cell.row, cell.column, Span(cell.span.start + by, cell.span.end + by))
            for cell in document.cells
        ),
    )
