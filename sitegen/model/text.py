"""Text and places in it: every fact points here."""

import hashlib
from bisect import bisect_right

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A half-open range of characters of one document's text."""

    start: int
    end: int


class Cell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One table cell of the source that became text: columns stay tellable apart after the table is gone."""

    table: int
    """Ordinal of the table in the document, from 0; a nested table is one of its own."""
    row: int
    column: int
    """Ordinal of the column, from 0, spans counted."""
    span: Span


class Basis:
    """Where a fact was read: the values of `Fact.basis` (CONTRACT: `issuer.basis`)."""

    AGREEMENT = "agreement"
    HEADER = "header"
    COVER = "cover"
    XML = "xml"
    EDITOR = "editor"


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Words of a document and where they stand."""

    value: str
    """The words, white space folded; or the normal form that the field's docstring names. Never empty."""
    span: Span
    basis: str = Basis.AGREEMENT


class Filer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A company or person that an EDGAR header or a structured schedule names."""

    role: str
    """`subject` (the issuer), `filer`, or `member` (a group member)."""
    name: Fact
    cik: Fact | None = None
    """Ten digits."""


class Filing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an EDGAR submission's header says of the whole filing."""

    accession: Fact | None = None
    """`0001193125-20-012345`."""
    form: Fact | None = None
    """As the header has it: `SC 13D/A`."""
    filed: Fact | None = None
    """ISO date."""
    filers: tuple[Filer, ...] = ()
    url: Fact | None = None
    """Its address at the SEC, where the editor gave one."""


class SourceDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document, as text. All spans of what is read from it count characters of `text`."""

    text: str
    """What `source.txt` holds: lines ended by a line feed; where the file is a submission, its header stands first."""
    format: str
    """`plain`, `submission`, `html`, `xml` or `pdf`: how the document's own part was stored."""
    encoding: str
    """The codec that the bytes were read with."""
    body: Span
    """The document's own part of `text`, after any filing header."""
    name: str | None = None
    """The document's file name inside its submission."""
    type: str | None = None
    """The document's EDGAR type: `SC 13D`, `EX-99.1`."""
    filing: Filing | None = None
    cells: tuple[Cell, ...] = ()
    """Table cells in reading order, where the format has tables."""

    @property
    def id(self) -> str:
        """SHA-256 of the text, in hex. The path is not in it, so a rename costs nothing."""
        return text_sha256(self.text)


def text_sha256(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Lines:
    """A text's lines: numbers (1-based, as in `#L105`) to spans and back. A last line feed ends a line."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        starts = [0]
        at = text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        if len(starts) > 1 and starts[-1] == len(text):
            starts.pop()
        self.starts: list[int] = starts

    def __len__(self) -> int:
        return len(self.starts) if self.text else 0

    def number(self, offset: int) -> int:
        """Return the number of the line that holds this character."""
        return bisect_right(self.starts, offset)

    def span(self, number: int) -> Span:
        """Return a line's characters, without its line feed."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text.removesuffix("\n"))
        return Span(start, max(start, end))

    def get(self, number: int) -> str:
        """Return a line's text, without its line feed."""
        span = self.span(number)
        return self.text[span.start : span.end]

    def range(self, span: Span) -> tuple[int, int]:
        """Return the first and last line, inclusive, that a span touches."""
        starts, start, end = self.starts, span.start, span.end
        return bisect_right(starts, start), bisect_right(starts, end - 1 if end > start else start)
