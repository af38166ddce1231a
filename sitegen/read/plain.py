"""Plain text: bytes to characters, and characters to lines."""

import codecs
import re

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument, Span
from sitegen.read.stored import Reading, Stored


class Decoded(msgspec.Struct, frozen=True):
    """Characters of a file; no text at all where the bytes are none."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


SAMPLE = 1 << 16
"""Bytes that decide whether a file is text, and how wide its characters are."""

STRAY = 4
"""Control characters that any text may have, and one more in each hundred."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PDF = re.compile(rb"[\s\xef\xbb\xbf]{0,1024}%PDF-")
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_WIDE = (("utf-32-le", 4, (1, 2, 3)), ("utf-32-be", 4, (0, 1, 2)), ("utf-16-le", 2, (1,)), ("utf-16-be", 2, (0,)))
"""Encodings of Latin letters by the bytes of each character that are nearly always nought."""


EMPTY = Decoded("", "utf-8", (Finding("SG101", "The file holds no text."),))
NO_TEXT = Decoded("", "binary", (Finding("SG102", "The file's bytes are not text."),))


def decode(data: bytes) -> Decoded:
    """Decode a file's bytes: byte order mark, width of characters, UTF-8, Windows-1252, Latin-1, in this order.

    Bytes that are no text give an empty text and SG102; an encoding other than UTF-8 is stated by SG103. A PDF is told
    by its beginning and holds no text of its own.
    """
    if not data.strip():
        return EMPTY
    if _PDF.match(data):
        return Decoded("", "pdf")
    sample = data[:SAMPLE]
    if codec := _marked(data) or _width(sample):
        return _wide(data, codec)
    if len(sample) - len(sample.translate(None, _NO_TEXT)) > STRAY + len(sample) // 100:
        return NO_TEXT
    try:
        return _decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mixed(data)


def _marked(data: bytes) -> str | None:
    """Tell the encoding by a byte order mark."""
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def _width(sample: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a byte order mark by where the noughts stand."""
    for codec, size, noughts in _WIDE:
        columns = [sample[at::size] for at in range(size)]
        if all(
            (column.count(0) > len(column) * 0.7) if at in noughts else (column.count(0) <= len(column) * 0.05)
            for at, column in enumerate(columns)
        ):
            return codec
    return None


def _wide(data: bytes, codec: str) -> Decoded:
    """Decode by a codec that the bytes' marks or widths suggest; too many misfits show that they are no text."""
    text = data.decode(codec, "replace")
    return NO_TEXT if text.count("\ufffd") * 100 > len(text) else _decoded(text, codec)


def _mixed(data: bytes) -> Decoded:
    """Decode what is not wholly UTF-8: UTF-8 with a few stray bytes, else Windows-1252, else Latin-1."""
    text = data.decode("utf-8", "surrogateescape")
    stray = _ESCAPED.findall(text)
    if len(stray) * 2 < len(text) - len(text.encode("ascii", "ignore")):
        return _decoded(_ESCAPED.sub(lambda found: chr(ord(found[0]) - 0xDC00), text), "utf-8", len(stray))
    try:
        return _decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return _decoded(data.decode("latin-1"), "latin-1")


def _decoded(text: str, codec: str, stray: int = 0) -> Decoded:
    findings: tuple[Finding, ...] = ()
    if stray:
        findings = (Finding("SG103", f"The file is UTF-8 but for {stray} of its bytes, read as Windows-1252."),)
    elif not codec.startswith("utf-8"):
        findings = (Finding("SG103", f"The file is not UTF-8; it was read as {codec}."),)
    return Decoded(settle(text.removeprefix("\ufeff")), codec, findings)


_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"(?<!\n)[\f\v](?!\n)")
_UNSETTLED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_C1 = {0x80 + at: bytes([0x80 + at]).decode("cp1252", "replace").replace("\ufffd", " ") for at in range(32)}
_SETTLED: dict[int, str | None] = (
    dict.fromkeys((*range(9), *range(11, 32), 127), " ")
    | _C1
    | dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF), None)
    | {0x2028: "\n", 0x2029: "\n"}
)


def settle(text: str) -> str:
    """Make line feeds the only line ends, and drop characters that no reader of the page sees; keep all else.

    A carriage return, U+2028 and U+2029 end a line, and the two of a CRLF whose line feed became another end one; so
    does a form feed or vertical tab, unless it stands beside a line end, as at a page's edge: there it becomes a
    space, as other control characters do, so that line numbers are those of the file. Tabs stay. C1 controls are
    Windows-1252 that somebody took for Latin-1. Zero-width characters, soft hyphens and marks that turn the direction
    of writing are dropped: they would make two printings of one name differ unseen.
    """
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if _UNSETTLED.search(text):
        text = _SURROGATE.sub("\ufffd", _BREAK.sub("\n", text))
        text = text.translate(_SETTLED)
    return text


def read_plain(stored: Stored) -> Reading:
    """Read plain text: its lines are the file's lines."""
    document = SourceDocument(
        text=stored.text, format="plain", encoding=stored.encoding, body=Span(0, len(stored.text))
    )
    return Reading((document,))
