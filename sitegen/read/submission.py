"""Full EDGAR submissions, 1993 to today: one header, many documents, each read by its own format."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import Cell, Filing, SourceDocument, Span
from sitegen.read.fields import filing, identity
from sitegen.read.formats import FORMATS, read_stored
from sitegen.read.header import LIMIT, Header, read_header
from sitegen.read.stored import Reading, Stored

DOCUMENTS = 500
"""Documents of one submission that are read."""

_COPIED = 16_000_000
"""Characters of all copies of the header: it stands before the text of each document."""

_ESCAPED_DASH = re.compile(r"^- (?=-)", re.MULTILINE)
_HEADER = re.compile(
    r"^(?:<(?:SEC-DOCUMENT|IMS-DOCUMENT|SEC-HEADER|IMS-HEADER|SUBMISSION)>|ACCESSION NUMBER:)", re.MULTILINE
)
_FIELD = re.compile(r"^<(TYPE|FILENAME)>[ \t]*([^\n]*)", re.MULTILINE)
_TEXT = re.compile(r"<TEXT>[ \t]*\n?")
_WRAPPER = re.compile(r"\s*<XML>[ \t]*\n?")
_NO_TEXT = re.compile(r"\s*(?:<PDF>|<XBRL>|begin [0-7]{3} \S)")
_INNER = tuple(form for form in FORMATS if form.name != "submission")
_NO_TEXT_TYPES = frozenset(("GRAPHIC", "ZIP", "EXCEL", "PDF", "JSON"))


def read_submission(stored: Stored) -> Reading:
    """Read a submission's header once and each document that is text; spans of both count the same text."""
    text = _ESCAPED_DASH.sub("", stored.text) if "- -" in stored.text else stored.text
    documents: list[SourceDocument] = []
    findings: list[Finding] = []
    first = _mark(text, "<DOCUMENT>")
    begin = _HEADER.search(text, 0, first)
    most = min(LIMIT, _COPIED // min(text.count("\n<DOCUMENT>") + 1, DOCUMENTS))
    header = read_header(text[begin.start() : first], most) if begin else Header()
    if begin and first - begin.start() > most:
        message = f"The submission's header is longer than {most} characters; its lines after them were left out."
        findings.append(Finding("SG107", message))
    for number, (kind, name, body) in enumerate(_parts(text)):
        if number == DOCUMENTS:
            message = f"The submission holds more than {DOCUMENTS} documents; the rest was left out."
            findings.append(Finding("SG107", message))
            break
        reading = read_stored(Stored(name=name or stored.name, text=body, encoding=stored.encoding), _INNER)
        findings.extend(reading.findings)
        documents.extend(msgspec.structs.replace(one, name=name, type=kind) for one in reading.documents)
    schedule = next((document for document in documents if document.format == "xml"), None)
    said = identity(schedule) if schedule else ""
    if len(said) > most:
        message = f"The structured schedule names persons on more than {most} characters; other documents go without."
        findings.append(Finding("SG107", message))
    beside = _with_identity(header, said) if said and len(said) <= most else header
    return Reading(
        tuple(_under(header if document.format == "xml" else beside, document) for document in documents),
        tuple(findings),
    )


def _with_identity(header: Header, said: str) -> Header:
    """Add to a header what the structured schedule says of issuer and reporting persons."""
    text = header.text + said
    return Header(text, _joined(header.filing, filing(text, Span(len(header.text), len(text)))))


def _joined(header: Filing | None, schedule: Filing) -> Filing:
    """Join what a header and a structured schedule say; whom the header names already is not named twice."""
    if header is None:
        return schedule
    known = {filer.cik.value for filer in header.filers if filer.cik}
    subject = any(filer.role == "subject" for filer in header.filers)
    further = (
        filer
        for filer in schedule.filers
        if not (filer.cik and filer.cik.value in known) and not (subject and filer.role == "subject")
    )
    return msgspec.structs.replace(header, form=header.form or schedule.form, filers=(*header.filers, *further))


def _parts(text: str) -> Iterator[tuple[str | None, str | None, str]]:
    """Yield each document's EDGAR type, file name and own text; documents that hold no text are passed over."""
    for start, end in _bounds(text):
        opening = _TEXT.match(text, _mark(text, "<TEXT>", start, end), end)
        if opening is None:
            continue
        fields = {found[1]: found[2].strip() for found in _FIELD.finditer(text, start, opening.start())}
        kind = fields.get("TYPE") or None
        if kind in _NO_TEXT_TYPES or _NO_TEXT.match(text, opening.end(), end):
            continue
        body = text[opening.end() : _mark(text, "</TEXT>", opening.end(), end)]
        if wrapped := _WRAPPER.match(body):
            body = body[wrapped.end() :].rpartition("</XML>")[0] or body[wrapped.end() :]
        yield kind, fields.get("FILENAME") or None, body


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each document begins and ends; a text without a mark is one document."""
    start = _mark(text, "<DOCUMENT>")
    if start == len(text):
        yield 0, start
    while start < len(text):
        end = _mark(text, "<DOCUMENT>", start + 1)
        yield start + len("<DOCUMENT>"), end
        start = end


def _mark(text: str, mark: str, start: int = 0, end: int | None = None) -> int:
    """Return where a line begins with a mark, or else the end: far cheaper than an expression over megabytes."""
    end = len(text) if end is None else end
    if text.startswith(mark, start, end) and (not start or text[start - 1] == "\n"):
        return start
    at = text.find(f"\n{mark}", start, end)
    return end if at < 0 else at + 1


def _under(header: Header, document: SourceDocument) -> SourceDocument:
    """Set a document's text under the filing's header."""
    by = len(header.text)
    text, body = header.text + document.text, Span(document.body.start + by, document.body.end + by)
    return msgspec.structs.replace(
        document,
        text=text,
        body=body,
        filing=_joined(header.filing, filing(text, body)) if document.format == "xml" else header.filing,
        cells=tuple(
            Cell(cell.table, cell.row, cell.column, Span(cell.span.start + by, cell.span.end + by))
            for cell in document.cells
        ),
    )
