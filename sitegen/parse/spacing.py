"""Text typed with a blank line between any two lines, which part no paragraphs then."""

import re

import msgspec

from sitegen.model.text import SourceDocument, Span
from sitegen.parse.prose import UNWRAPPED

_LINE_END = re.compile(r"\n(?:[^\S\n]*+\n)*")
_HANGS = re.compile(
    r"(?:,|[^.;:]\b(?:and|or|of|the|to|by|with|that|for|in|on|as|an?|each|under|from|is|are))\Z", re.IGNORECASE
)
"""How a line ends whose sentence goes on."""
_OF_BLOCK = re.compile(r"(?:its|their|as|by|on\sbehalf|for\s(?:and|itself|him|her)|an?|individually)\b", re.IGNORECASE)
"""How a line of a signature block begins that goes on with the one above, whatever stands between."""
_WIDE = 40
"""Letters of a line that may hold half a sentence, and not only a name."""
_MANY = 50
_RARE = 10


def single_spaced(document: SourceDocument) -> SourceDocument:
    """Return a document without the blank lines that its typist put between any two lines; another one as it is.

    Blanks stand for the line ends that go, so that every character keeps its place in the document's own text.
    """
    body = document.body
    if not _is_double_spaced(document.text, body):
        return document
    text = _LINE_END.sub(_halved, document.text[body.start : body.end])
    whole = "".join((document.text[: body.start], text, document.text[body.end :]))
    return msgspec.structs.replace(document, text=whole)


def _halved(ends: re.Match[str]) -> str:
    return ends[0].replace("\n", " ", ends[0].count("\n") // 2)


def _is_double_spaced(text: str, body: Span) -> bool:
    """Say whether hardly two lines stand right below each other, and more sentences are broken than lines long."""
    lines = single = long = amid = 0
    start = body.start
    for found in _LINE_END.finditer(text, body.start, body.end):
        above, below = text[start : found.start()].strip(), text[found.end() : found.end() + UNWRAPPED].lstrip()
        count, start = found[0].count("\n"), found.end()
        lines, single, long = lines + 1, single + (count == 1), long + (len(above) > UNWRAPPED)
        if lines > _MANY and single * _RARE > lines:
            return False
        if _WIDE < len(above) <= UNWRAPPED and _goes_on(above, below):
            amid += 1 if count > 1 else -_RARE
    return amid > long and single * _RARE <= lines


def _goes_on(above: str, below: str) -> bool:
    """Say whether a sentence goes on from a line to the next, and no line of a signature block does."""
    if above[-1] in ".;:" or (_OF_BLOCK.match(below) and not above[0].islower()):
        return False
    return below[:1].islower() or _HANGS.search(above) is not None


__all__ = ["single_spaced"]
