"""Names as the lines at the signatures print them: they tell whether "A and B" in running text is one name."""

import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice, pairwise

from sitegen.model.name import key
from sitegen.model.recall import recall
from sitegen.parse.bounds import PARTS, TooLargeError
from sitegen.parse.names import keeps_stop
from sitegen.parse.persons import is_person

_WORD = re.compile(r"\S+")
_LONGEST_HEAD = 160
_LONGEST_FLAT = 200_000
_NO_LETTER = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W_]|&")
_LOWER_WORD = re.compile(r"(?<!\S)(?!dated\b)[a-z]{4}")
_JOINT = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s", re.IGNORECASE)
_COLUMNS = re.compile(r"\s{3,}|\t")


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text: no list of them, which would take twenty times a text of short ones."""
    return (line.removesuffix("\n") for line in StringIO(text))


@recall
def _squeeze(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold().replace("&", "and"))


def _holds_two(line: str) -> bool:
    """Say whether a line holds a whole company's name and another behind it: `A, L.P. and B, LLC` is no name."""
    for joint in _JOINT.finditer(line):
        form, behind = key(line[: joint.start()]).form, key(line[joint.end() :])
        if form not in {"", "trust"} and behind.form and set(behind.tokens) - {"co"}:
            return True
    return False


class PrintedNames:
    """The lines at the signatures: a name printed there as a line is one name, whatever commas and "and" it holds."""

    def __init__(self, signatures: str) -> None:
        """Take the agreement from its last lines of text on. Raises `TooLargeError`."""
        printed = ((number, run) for number, line in enumerate(_lines(signatures)) for run in _COLUMNS.split(line))
        names = ((number, run) for number, run in printed if _LOWER_WORD.search(run) is None and _LETTER.search(run))
        lines = list(islice(names, PARTS + 1))
        if len(lines) > PARTS:
            raise TooLargeError
        heads = {_squeeze(line) for _, line in lines if len(line) < _LONGEST_HEAD and not _holds_two(line)}
        for (above, one), (below, two) in pairwise(lines):
            near = below - above <= 1 and len(one) + len(two) < _LONGEST_HEAD
            if near and not (key(one).form or (is_person(one) and is_person(two))):
                heads.add(_squeeze(one) + _squeeze(two))
        self._heads = frozenset(heads)
        flattened = "\n".join(line for line in _lines(signatures) if len(line) >= _LONGEST_HEAD)
        self._flat = _squeeze(flattened[:_LONGEST_FLAT])

    def one_name(self, candidate: str) -> bool:
        """Say whether a candidate that holds "and" is printed as one name."""
        squeezed = _squeeze(candidate)
        if _holds_two(candidate):
            return False
        return squeezed in self._heads or squeezed in self._flat

    def head_at(self, text: str, start: int) -> int:
        """Return the end of the longest line that stands here word for word, or 0."""
        longest, squeezed = 0, ""
        for found in _WORD.finditer(text, start, start + _LONGEST_HEAD):
            squeezed += _squeeze(found[0])
            if squeezed in self._heads and not found[0].endswith(")"):
                word = found[0].rstrip(",;:")
                longest = found.start() + len(word if keeps_stop(word) else word.rstrip("."))
        return longest


__all__ = ["PrintedNames"]
