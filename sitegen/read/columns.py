"""Signature blocks that stand side by side in a table, set one under the other."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sitegen.read.row import Line, RowCell

BLOCKS = 8
"""Blocks that can stand side by side on paper."""

_MARK = re.compile(
    r"(?P<by>By\b)|(?P<signature>/s/)|(?P<name>(?:Print(?:ed)? )?Name\s*:)|(?P<title>(?:Title|Its)\s*:)|(?P<rule>__+)",
    re.IGNORECASE,
)
"""What begins a line of a signature block."""
_DATE = re.compile(
    r"Dated?\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def unbraid(lines: list[Line]) -> list[Line]:
    """Return a table's lines with its side-by-side signature blocks each in one piece, left to right.

    Two blocks stand side by side where one row begins the same part of a block twice (two `By:`, two `/s/`); or,
    staggered, where a part begins in two columns and rows have words on both sides. A row that reaches across the
    blocks stays where it is. A table whose rows disagree about where the blocks begin keeps its rows.
    """
    marked = _marked(lines)
    bounds = _bounds(marked) if marked else []
    if marked and not bounds:
        bounds = _staggered(lines, marked)
    if not bounds:
        return lines
    unbraided: list[Line] = []
    bands: list[list[Line]] = [[] for _ in range(len(bounds) + 1)]
    for line in lines:
        cell = line.cells[0][0] if line.cells else None
        if cell is None:
            for band in bands:
                _append(band, line)
        elif any(cell.column < bound < cell.column + cell.width for bound in bounds):
            unbraided += _stacked(bands)
            unbraided.append(line)
            bands = [[] for _ in bands]
        else:
            _append(bands[sum(bound <= cell.column for bound in bounds)], line)
    return unbraided + list(_stacked(bands))


def _append(band: list[Line], line: Line) -> None:
    if line.text or (band and band[-1].text):
        band.append(line)


def _stacked(bands: list[list[Line]]) -> Iterator[Line]:
    for band in bands:
        if any(line.text for line in band):
            yield from band
            if band[-1].text:
                yield Line("")


def _marked(lines: list[Line]) -> dict[tuple[int, str], list[int]]:
    """Return, for each row and part of a block, the columns that begin with it."""
    marked: dict[tuple[int, str], list[int]] = defaultdict(list)
    for line in lines:
        if line.cells:
            cell: RowCell = line.cells[0][0]
            mark = _MARK.match(line.text)
            kind = mark.lastgroup if mark else None
            if kind and cell.column not in marked[cell.row, kind]:
                marked[cell.row, kind].append(cell.column)
    return marked


def _bounds(marked: dict[tuple[int, str], list[int]]) -> list[int]:
    """Return the first column of each block but the leftmost, where rows begin a part in several columns."""
    most = max(map(len, marked.values()))
    starts = list(zip(*(columns for columns in marked.values() if len(columns) == most), strict=True))
    if not 1 < most <= BLOCKS or any(max(left) >= min(right) for left, right in pairwise(starts)):
        return []
    return [min(columns) for columns in starts[1:]]


def _staggered(lines: list[Line], marked: dict[tuple[int, str], list[int]]) -> list[int]:
    """Return the column where a right block begins, when a part of a block begins there and in the leftmost column.

    Two rows at least must have words on both sides; a date beside a block is no block.
    """
    rows: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if line.cells and not _DATE.match(line.text):
            rows[line.cells[0][0].row].append(line.cells[0][0].column)
    for kind in ("by", "signature", "name"):
        columns = sorted({column for (_, part), at in marked.items() if part == kind for column in at})
        for bound in columns[1:BLOCKS]:
            both = sum(min(row) < bound <= max(row) for row in rows.values())
            if both > 1 and columns[0] == min(map(min, rows.values())):
                return [bound]
    return []
