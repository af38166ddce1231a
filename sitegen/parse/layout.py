"""Lines as a reader's eye takes them: one column after the other, though the file has them side by side.

Signature pages set blocks in two columns, as a table's cells or as runs of blanks; read straight across, the
names of one block would fall into another. Here each line keeps its place in the document's text.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import msgspec

from sitegen.model.text import SourceDocument, Span
from sitegen.parse.columns import BY, LABEL, MARK, SIGNS, gap_between, untangled
from sitegen.parse.offices import is_plural
from sitegen.parse.runs import Run, runs_of

_BARE = re.compile(r"/s/|\(signed\)|s/ ", re.IGNORECASE)
_SHARED = re.compile(r"(?:(?:print(?:ed)? )?name|title|name ?(?:/|and|&) ?title) ?:", re.IGNORECASE)
_MANY_ROWS = 6
_RARE = 20
_NEAR = 6
"""Columns between two marks that are hardly two columns of a page."""
_BELOW = 4
_WIDE = 64
"""A longer run spans the columns of a page that is 80 characters wide."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """A run of words in one column of one printed line."""

    text: str
    """As in the document, without white space around it."""
    start: int
    """Where it begins in the document's text."""
    indent: int
    """Its first character's column on the page; in a table, the ordinal of the cell's column."""
    row: int
    """Lines of one printed row have the same number; so have the first, second … lines of a table row's cells."""
    gap: int
    """Empty rows between this line and the one before it in its column; 0 in the same row."""

    @property
    def span(self) -> Span:
        """Return its characters in the document's text."""
        return Span(self.start, self.start + len(self.text))


def _zip_labels(runs: list[Run]) -> list[Run]:
    """Put each label of a cell ("Name:", "Title:") before its own line of the next cell in the row."""
    cells = [list(part) for _, part in groupby(runs, key=lambda run: (run.cell, run.cell is None and run.start))]
    ordered: list[Run] = []
    index = 0
    while index < len(cells):
        labels, values = cells[index], cells[index + 1] if index + 1 < len(cells) else []
        index += 1
        same_row = bool(values) and labels[0].cell is not None and labels[0].row == values[0].row
        if same_row and 1 < len(labels) == len(values) and all(LABEL.match(run.text) for run in labels):
            ordered += [run for pair in zip(labels, values, strict=True) for run in pair]
            index += 1
        else:
            ordered += labels
    return ordered


def _abreast(rows: list[list[Run]]) -> list[list[Run]]:
    """Keep several marks on one By: line together, with the names and offices below: they are of one block.

    Two columns may stand so too: one label or one office for all tells, or marks that stand close.
    """
    kept = list(rows)
    for number, row in enumerate(rows):
        marks = [run.text for run in row if MARK.match(run.text)]
        if not (BY.match(row[0].text) and marks[1:] and all(_BARE.match(run.text) for run in row[1:])):
            continue
        below: list[list[Run]] = []
        for line in rows[number + 1 : number + 1 + _BELOW]:
            if gap_between((below[-1] if below else row)[-1], line[0]) or BY.match(line[0].text):
                break
            below.append(line)
        humans = {mark.rpartition("/")[2].strip(" _").casefold() for mark in marks}
        if len(humans) == len(marks) and (_stand_close(row) or any(map(_says_of_all, below))):
            for at, line in enumerate([row, *below], number):
                kept[at] = [
                    line[0],
                    *(msgspec.structs.replace(run, x=line[0].x, joined=True) for run in line[1:]),
                ]
    return kept


def _stand_close(row: list[Run]) -> bool:
    return all(
        before.cell is None and run.cell is None and run.x - before.x - len(before.text) < _NEAR
        for before, run in pairwise(row)
    )


def _says_of_all(row: list[Run]) -> bool:
    """Say whether a row is one label or one office for several: `Name: A   B`, `Authorized Signatories`."""
    label = _SHARED.match(row[0].text)
    if len(row) == 1:
        return is_plural(row[0].text[label.end() if label else 0 :].strip())
    values = row[1:] if label and label.end() < len(row[0].text) else row[2:]
    return bool(label and values) and not any(LABEL.match(run.text) or _SHARED.match(run.text) for run in values)


def _spans_the_page(row: list[Run], gutters: tuple[int, int]) -> bool:
    """Say whether a line runs across all columns, as sentences do, and so across those of the lines around it."""
    first = row[0]
    if len(row) > 1 or first.cell or len(first.text) <= _WIDE or SIGNS.match(first.text):
        return False
    crosses = [first.x < gutter < first.x + len(first.text) for gutter in gutters if gutter]
    return not crosses or any(crosses)


def _gutters(rows: Iterable[list[Run]]) -> Iterator[int]:
    """Yield for each row where a second column begins in the row nearest before it, 0 behind a blank line."""
    gutter, number = 0, 0
    for row in rows:
        gutter = gutter if abs(row[0].number - number) == 1 else 0
        yield gutter
        gutter, number = row[1].x if len(row) > 1 and not row[0].cell else gutter, row[0].number


def _regions(rows: list[list[Run]]) -> Iterator[list[list[Run]]]:
    """Cut a page at the lines that run across it."""
    around = zip(_gutters(rows), reversed([*_gutters(reversed(rows))]), strict=True)
    told = zip(rows, around, strict=True)
    for _, region in groupby(told, key=lambda one: _spans_the_page(*one)):
        yield [row for row, _ in region]


def lines(document: SourceDocument, span: Span) -> list[Line]:
    """Return the lines of a part of a document in reading order, columns untangled."""
    rows = [_zip_labels(list(row)) for _, row in groupby(runs_of(document, span), key=lambda run: run.row)]
    ordered = [run for region in _regions(_abreast(rows)) for column in untangled(region) for run in column]
    gaps = [0, *(gap_between(before, run) for before, run in pairwise(ordered))][: len(ordered)]
    spaced = _double_spaced(ordered, gaps)
    return [
        Line(run.text, run.start, run.x, run.row + run.line, gap - 1 if spaced and gap else gap)
        for run, gap in zip(ordered, gaps, strict=True)
    ]


def _double_spaced(runs: list[Run], gaps: list[int]) -> bool:
    """Say whether a blank line stands between all lines, and so parts none of them."""
    rows = [gap for (before, run), gap in zip(pairwise(runs), gaps[1:], strict=True) if run.row != before.row]
    return len(rows) >= _MANY_ROWS and rows.count(0) * _RARE < len(rows)


__all__ = ["Line", "lines"]
