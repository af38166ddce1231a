"""Runs of words, and where on the page they stand: in which row, at which column, in which cell of a table."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.model.text import Cell, SourceDocument, Span
from sitegen.parse.bounds import PARTS, TooLargeError

_TAB = 8
_RUN = re.compile(r"\S++(?:[^\S\t]{1,2}+\S++)*+")
"""Words with at most two blanks between them; a wider gap may start another column. Possessive: no way back is kept,
which would take fifty times a long line's memory."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Words of one printed line with no wide gap between them."""

    text: str
    start: int
    x: int
    number: int
    row: int
    cell: Cell | None
    line: int = 0
    """The ordinal of its line in its cell, lines without words not counted."""
    joined: bool = False
    """It is read on with the run before it, whatever lies between."""


class _Cells:
    """The innermost cell at each place of a text that is walked once, from its start to its end."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._ahead = sorted(cells, key=lambda cell: (cell.span.start, -cell.span.end), reverse=True)
        self._open: list[Cell] = []

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, Cell | None]]:
        """Cut a run where a cell begins or ends."""
        while start < end:
            while self._ahead and self._ahead[-1].span.start <= start:
                self._open.append(self._ahead.pop())
            while self._open and self._open[-1].span.end <= start:
                self._open.pop()
            cell = self._open[-1] if self._open else None
            stop = min(end, cell.span.end if cell else end, self._ahead[-1].span.start if self._ahead else end)
            yield start, stop, cell
            start = stop


def runs_of(document: SourceDocument, span: Span) -> list[Run]:
    """Return the runs of a part of a document, line by line. Raises `TooLargeError`."""
    text, cells, runs = document.text, _Cells(document.cells), list[Run]()
    first_line: dict[tuple[int, int], int] = {}
    latest: dict[int, Run] = {}
    number, start = 0, span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        number += 1
        x, at = 0, start
        for found in _RUN.finditer(text, start, end):
            for character in text[at : found.start()]:
                x += _TAB - x % _TAB if character == "\t" else 1
            for piece_start, piece_end, cell in cells.cut(found.start(), found.end()):
                words = text[piece_start:piece_end].strip()
                if not words:
                    continue
                row = first_line.setdefault((cell.table, cell.row), number) if cell else number
                place = text.index(words, piece_start)
                if runs and runs[-1].row != row:
                    latest.clear()
                above = latest.get(cell.column) if cell else None
                line = above.line + (above.number < number) if above else 0
                column = cell.column if cell else x + piece_start - found.start()
                runs.append(Run(words, place, column, number, row, cell, line))
                if cell:
                    latest[cell.column] = runs[-1]
            if len(runs) > PARTS:
                raise TooLargeError
            x += found.end() - found.start()
            at = found.end()
        start = end + 1
    return runs


__all__ = ["Run", "runs_of"]
