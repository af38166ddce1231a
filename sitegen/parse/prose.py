"""Running text: lines joined to sentences, page furniture left out, every character still knowing its place."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from sitegen.model.recall import recall
from sitegen.model.text import Span

_WORD = re.compile(r"\S+")
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}
)
_RULED = "-=_*~.·•—–" + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What a ruled line is made of: these signs, and every blank."""
_LETTERS = re.compile(r"[^\W\d_]|\d")
_FURNITURE = re.compile(
    r"""(?:<page>|<[sc]>|<caption>|</?table>|</?pre>)+\Z
    | [-–—(\[]{0,2}\s?(?:page\s)?\s?\d{1,4}\s?[-–—)\]]{0,2}\Z
    | (?:-\s?)?page\s\d{1,4}(?:\s?(?:of|/)\s?\d{0,4})?(?:\spages?)?\.?(?:\s?-)?\Z
    | (?:(?:form|schedule)\s)?13\s?[dg](?:/a)?\Z
    | (?:(?:form|schedule)\s)?(?:13\s?[dg](?:/a)?\s)?cusip\b[^a-z]{0,4}(?:no\b|number\b|\#)?[\s.:\#]{0,4}
      [0-9a-z]{1,9}(?:[\s-][0-9a-z]{1,4}){0,3}
      (?:\s(?:(?:form|schedule)\s)?13\s?[dg](?:/a)?)?(?:\spage\s\d{1,4}(?:\sof\s\d{0,4})?(?:\spages?)?)?\Z
    | [\[(]?(?:the\s)?(?:remainder|rest|balance)\sof\s(?:this\s|the\s)?page\b[^\n]{0,80}\Z
    | [\[(](?:the\s)?(?:signature|signatures)\s(?:page|pages|follow|appear|to)\b[^\n]{0,120}\Z
    | [\[(]?(?:this\s)?(?:page|space)\s(?:has\sbeen\s)?(?:intentionally\s)?left\sblank[^\n]{0,40}\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_FURNITURE = 200
_FURNITURE_STARTS = frozenset("<-–—([0123456789pfscrbt")
"""What furniture that is not ruled can begin with."""
UNWRAPPED = 120
"""Characters beyond which a line is a paragraph of its own: text that nobody wrapped."""
_BRACKET = re.compile(r"[()]")
_SENTENCE_END = re.compile(r"(?:[a-z]{3}|\d|\))[\"'”’]?[.;:]\Z")


def is_rule(line: str) -> bool:
    """Say whether a line is ruled or blank: nothing but dashes, underscores, dots, stars and the like."""
    return not line.strip(_RULED)


@recall
def is_furniture(line: str) -> bool:
    """Say whether a line belongs to the page and not to the text: page marks, numbers and heads, ruled lines."""
    if is_rule(line):
        return True
    first = line.lstrip()[:1].casefold()
    if first not in _FURNITURE_STARTS or len(line) > _LONGEST_FURNITURE + line.count(" "):
        return False
    return _FURNITURE.match(" ".join(line.split())) is not None


def without_brackets(text: str) -> str:
    """Blank out what stands in round brackets, every other character keeping its place."""
    kept: list[str] = []
    depth = at = 0
    for found in _BRACKET.finditer(text):
        kept.append(text[at : found.start()] if depth == 0 else " " * (found.start() - at))
        kept.append(" ")
        depth = max(0, depth + (1 if found[0] == "(" else -1))
        at = found.end()
    return "".join((*kept, text[at:]))


def _width(text: str, span: Span) -> int:
    """Return the length of the longest line that is not longer than a page is wide."""
    widths = (len(line.strip()) for line in text[span.start : span.end].split("\n"))
    return max((width for width in widths if width <= UNWRAPPED), default=0)


def _is_new_paragraph(before: str, line: str, short: int) -> bool:
    """Say whether a line begins a paragraph though no blank line stands before it, as lines made of HTML do."""
    if not before or line[:1].islower():
        return False
    return _SENTENCE_END.search(before) is not None or len(before) > UNWRAPPED or len(before) < short


def _words(line: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in _WORD.finditer(line))


class Prose:
    """A stretch of a document as one folded line, quotation marks and dashes in their plain form."""

    __slots__ = ("_places", "_starts", "paragraphs", "text")

    def __init__(self, text: str, span: Span) -> None:
        """Fold `text` within `span`. A blank line ends a paragraph."""
        runs: list[str] = []
        self._starts: list[int] = []
        self._places: list[int] = []
        self.paragraphs: list[int] = []
        length, at, fresh, before = 0, span.start, True, ""
        short = _width(text, span) // 2
        while at < span.end:
            stop = text.find("\n", at, span.end)
            stop = span.end if stop == -1 else stop
            line = text[at:stop]
            if is_rule(line):
                fresh = True
            elif not is_furniture(line):
                fresh = fresh or _is_new_paragraph(before.strip(), line.lstrip(), short)
                before = line
                if fresh:
                    self.paragraphs.append(length)
                    fresh = False
                folded = " ".join(line.split())
                place = line.find(folded)
                for begin, run in ((place, folded),) if place >= 0 else _words(line):
                    self._starts.append(length)
                    self._places.append(at + begin)
                    runs.append(run)
                    length += len(run) + 1
            at = stop + 1
        self.text = " ".join(runs).translate(_PLAIN)

    def place(self, offset: int) -> int:
        """Return the document's offset of a character of the folded text."""
        if not self._starts:
            return 0
        run = bisect_right(self._starts, offset) - 1
        return self._places[run] + offset - self._starts[run]

    def span(self, start: int, end: int) -> Span:
        """Return the document's characters behind a range of the folded text; blanks at its ends are left out."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return (
            Span(self.place(start), self.place(end - 1) + 1)
            if end > start
            else Span(self.place(start), self.place(start))
        )

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Return the paragraph, as a range of the folded text, that holds a character."""
        number = bisect_right(self.paragraphs, offset)
        end = self.paragraphs[number] - 1 if number < len(self.paragraphs) else len(self.text)
        return (self.paragraphs[number - 1] if number else 0), end
