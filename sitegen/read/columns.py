"""Signature blocks that stand side by side in a table, set one under the other."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sitegen.read.row import Line, RowCell

_MARKS = {
    "by": re.compile(r"By\b", re.IGNORECASE),
    "signature": re.compile(r"/s/", re.IGNORECASE),
    "name": re.compile(r"(?:Print(?:ed)? )?Name\s*:", re.IGNORECASE),
    "title": re.compile(r"(?:Title|Its)\s*:", re.IGNORECASE),
    "rule": re.compile(r"__+"),
}
"""What begins a line of a signature block."""


def unbraid(lines: list[Line]) -> list[Line]:
    """Return a table's lines with its side-by-side signature blocks each in one piece, left to right.

    Two blocks stand side by side where one row begins the same part of a block twice (two `By:`, two `/s/`). A row
    that reaches across the blocks stays where it is. A table without such rows, or whose rows disagree about where
    the blocks begin, keeps its rows.
    """
    bounds = _bounds(lines)
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


def _bounds(lines: list[Line]) -> list[int]:
    """Return the first column of each block but the leftmost; none where blocks do not stand side by side."""
    rows: dict[tuple[int, str], list[int]] = defaultdict(list)
    for line in lines:
        if line.cells:
            cell: RowCell = line.cells[0][0]
            kind = next((kind for kind, mark in _MARKS.items() if mark.match(line.text)), None)
            if kind and cell.column not in rows[cell.row, kind]:
                rows[cell.row, kind].append(cell.column)
    most = max(map(len, rows.values()), default=0)
    starts = list(zip(*(columns for columns in rows.values() if len(columns) == most), strict=True))
    if most < len("AB") or any(max(left) >= min(right) for left, right in pairwise(starts)):
        return []
    return [min(columns) for columns in starts[1:]]
