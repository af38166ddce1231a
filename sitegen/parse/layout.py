"""Lines as a reader's eye takes them: one column after the other, though the file has them side by side.

Signature pages set blocks in two columns, as a table's cells or as runs of blanks; read straight across, the
names of one block would fall into another. Here each line keeps its place in the document's text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from sitegen.model.text import Cell, SourceDocument, Span
from sitegen.parse.bounds import PARTS, TooLargeError
from sitegen.parse.names import ends_in_form
from sitegen.parse.offices import is_plural
from sitegen.parse.prose import is_furniture

_TAB = 8
_RUN = re.compile(r"\S++(?:[^\S\t]{1,2}+\S++)*+")
"""Words with at most two blanks between them; a wider gap may start another column. Possessive: no way back is kept,
which would take fifty times a long line's memory."""
_LABEL = re.compile(
    r"\*{0,3}(?:by|its?|(?:print(?:ed)? )?name|title|dated?|signature|signed|name ?(?:/|and|&) ?title|/s/) ?[:_]*"
    r"(?: */s/)?$",
    re.IGNORECASE,
)
_LABEL_STARTS = frozenset("*bipntds/BIPNTDS")
_MARK = re.compile(r"(?:\*{0,3}by ?:? {0,3})?(?:/s/|\(signed\)|s/ )", re.IGNORECASE)
_BY = re.compile(r"\*{0,3}(?:by|per)\b", re.IGNORECASE)
_BARE = re.compile(r"/s/|\(signed\)|s/ ", re.IGNORECASE)
_SHARED = re.compile(r"(?:(?:print(?:ed)? )?name|title|name ?(?:/|and|&) ?title) ?:", re.IGNORECASE)
_SIGNS = re.compile(r"\*{0,3}by(?:\b|_)|signature ?:|.{0,60}/s/", re.IGNORECASE)
_DATE = re.compile(
    r"(?:dated?(?: as of)?:? ?)?(?:[a-z]{3,9}\.? ?\d{1,2}, ?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})?$", re.IGNORECASE
)
_SIGN = re.compile(r"\(?(?:\*{1,4}|†{1,3}|\d)\)?$")
"""The sign of a footnote."""
_PAIR = 2
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


class _Run(msgspec.Struct, frozen=True, gc=False):
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


def _runs(document: SourceDocument, span: Span) -> list[_Run]:
    text, cells, runs = document.text, _Cells(document.cells), list[_Run]()
    first_line: dict[tuple[int, int], int] = {}
    latest: dict[int, _Run] = {}
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
                runs.append(_Run(words, place, column, number, row, cell, line))
                if cell:
                    latest[cell.column] = runs[-1]
            if len(runs) > PARTS:
                raise TooLargeError
            x += found.end() - found.start()
            at = found.end()
        start = end + 1
    return runs


def _zip_labels(runs: list[_Run]) -> list[_Run]:
    """Put each label of a cell ("Name:", "Title:") before its own line of the next cell in the row."""
    cells = [list(part) for _, part in groupby(runs, key=lambda run: (run.cell, run.cell is None and run.start))]
    ordered: list[_Run] = []
    index = 0
    while index < len(cells):
        labels, values = cells[index], cells[index + 1] if index + 1 < len(cells) else []
        index += 1
        same_row = bool(values) and labels[0].cell is not None and labels[0].row == values[0].row
        if same_row and 1 < len(labels) == len(values) and all(_LABEL.match(run.text) for run in labels):
            ordered += [run for pair in zip(labels, values, strict=True) for run in pair]
            index += 1
        else:
            ordered += labels
    return ordered


def _abreast(rows: list[list[_Run]]) -> list[list[_Run]]:
    """Keep several marks on one By: line together, with the names and offices below: they are of one block.

    Two columns may stand so too: one label or one office for all tells, or marks that stand close.
    """
    kept = list(rows)
    for number, row in enumerate(rows):
        marks = [run.text for run in row if _MARK.match(run.text)]
        if not (_BY.match(row[0].text) and marks[1:] and all(_BARE.match(run.text) for run in row[1:])):
            continue
        below: list[list[_Run]] = []
        for line in rows[number + 1 : number + 1 + _BELOW]:
            if _gap((below[-1] if below else row)[-1], line[0]) or _BY.match(line[0].text):
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


def _stand_close(row: list[_Run]) -> bool:
    return all(
        before.cell is None and run.cell is None and run.x - before.x - len(before.text) < _NEAR
        for before, run in pairwise(row)
    )


def _says_of_all(row: list[_Run]) -> bool:
    """Say whether a row is one label or one office for several: `Name: A   B`, `Authorized Signatories`."""
    label = _SHARED.match(row[0].text)
    if len(row) == 1:
        return is_plural(row[0].text[label.end() if label else 0 :].strip())
    values = row[1:] if label and label.end() < len(row[0].text) else row[2:]
    return bool(label and values) and not any(_LABEL.match(run.text) or _SHARED.match(run.text) for run in values)


def _place(cell: Cell | None) -> tuple[int, int, int] | None:
    return (cell.table, cell.row, cell.column) if cell else None


def _is_label(text: str) -> bool:
    return text[:1] in _LABEL_STARTS and _LABEL.match(text) is not None


def _is_footnote(sign: _Run, run: _Run) -> bool:
    """Say whether a cell's words are the footnote whose sign stands in the cell before."""
    return _SIGN.match(sign.text) is not None and "ttorney" in run.text and not _SIGN.match(run.text)


def _is_date(text: str) -> bool:
    return (text[-1:].isdigit() or text[:4].casefold() in {"date", ""}) and _DATE.match(text) is not None


def _substantive(row: list[_Run]) -> list[_Run]:
    """Return the runs of a row that start something of their own: no values of labels, no dates, one a cell."""
    starts: list[_Run] = []
    before: _Run | None = None
    for run in row:
        value = before is not None and (_is_label(before.text) or _is_footnote(before, run))
        same_cell = before is not None and run.cell is not None and _place(before.cell) == _place(run.cell)
        if not (value or same_cell or run.joined or _is_date(run.text)):
            starts.append(run)
        before = run
    return starts


def _starts(rows: list[list[_Run]]) -> list[list[_Run]]:
    return [_substantive(row) for row in rows if not is_furniture(" ".join(run.text for run in row))]


def _gutter(rows: list[list[_Run]]) -> int | None:
    """Return where a second column of signatures begins, or None where there is but one column."""
    started = _starts(rows)
    pairs = [starts for starts in started if len(starts) > 1]
    if not pairs:
        return None
    gutter = min(starts[1].x for starts in pairs)
    if any(run.x < gutter < run.x + len(run.text) for starts in pairs for run in starts if run.cell is None):
        return None
    sides = {run.x >= gutter for starts in started for run in starts if _SIGNS.match(run.text)}
    return gutter if len(sides) > 1 else None


def _apart(rows: list[list[_Run]]) -> Iterator[list[list[_Run]]]:
    """Cut a region at wide gaps where its rows share no gutter: each part may have columns of its own."""
    if _gutter(rows) is not None or all(len(starts) < _PAIR for starts in _starts(rows)):
        yield rows
        return
    part: list[list[_Run]] = []
    for row in rows:
        if part and _gap(part[-1][-1], row[0]) >= _PAIR:
            yield part
            part = []
        part.append(row)
    yield part


def _bands(rows: list[list[_Run]], gutter: int) -> Iterator[list[list[_Run]]]:
    """Cut rows where every column's block is signed and a new one begins: columns are read band by band."""
    band: list[list[_Run]] = []
    signed: dict[bool, bool] = {}
    for row in rows:
        fresh = bool(band) and row[0].number - band[-1][-1].number > 1 and not _SIGNS.match(row[0].text)
        if fresh and signed and all(signed.values()) and not _LABEL.match(row[0].text.partition(":")[0] + ":"):
            yield band
            band, signed = [], {}
        band.append(row)
        for run in row:
            right = run.x >= gutter
            signed[right] = signed.get(right, False) or bool(_SIGNS.match(run.text))
    yield band


def _in_rows(rows: list[list[_Run]]) -> list[list[_Run]]:
    """Put the runs of one table back in its rows, where the text has one column after the other."""
    tables = groupby((run for row in rows for run in row), key=lambda run: run.cell.table if run.cell else None)
    ordered: list[list[_Run]] = []
    for table, part in tables:
        runs = sorted(part, key=lambda run: run.cell.row if run.cell else 0) if table is not None else list(part)
        ordered += [list(row) for _, row in groupby(runs, key=lambda run: run.cell.row if run.cell else -run.number)]
    return ordered


def _side_by_side(rows: list[list[_Run]]) -> Iterator[list[_Run]] | None:
    """Read rows that pair a party, left, with a mark, right: each such row opens a block of both columns.

    None where the page is of another kind: a mark stands on the left, or a header on the right.
    """
    rows = _in_rows(rows)
    opening = [len(starts := _substantive(row)) > 1 and bool(_MARK.match(starts[-1].text)) for row in rows]
    if opening.count(True) < _PAIR:
        return None
    gutter = min(row[-1].x for row, opens in zip(rows, opening, strict=True) if opens)
    right = [run for row in rows for run in row if run.x >= gutter]
    left = [run for row in rows for run in row if run.x < gutter]
    marked = [row for row in rows if any(run.x >= gutter and _MARK.match(run.text) for run in row)]
    if any(_MARK.match(run.text) for run in left) or len(marked) != opening.count(True) or not right:
        return None
    return _paired(rows, opening, gutter)


def _paired(rows: list[list[_Run]], opening: list[bool], gutter: int) -> Iterator[list[_Run]]:
    starts = [number for number, opens in enumerate(opening) if opens]
    yield [run for row in rows[: starts[0]] for run in row]
    for start, stop in pairwise([*starts, len(rows)]):
        runs = [run for row in rows[start:stop] for run in row]
        yield sorted(runs, key=lambda run: run.x >= gutter)


def _marks_left(rows: list[list[_Run]]) -> Iterator[list[_Run]] | None:
    """Read a table's rows that pair a mark, left, with its party, right: the party comes first.

    None where a right cell is neither a company nor the name in its mark.
    """
    rows = _in_rows(rows)
    opening = [_opens_left(row) for row in rows]
    pairs = [(row[0].text, row[-1].text) for row, opens in zip(rows, opening, strict=True) if opens]
    formed = [ends_in_form(party) for _, party in pairs]
    if formed.count(True) < _PAIR or not all(
        known or mark.casefold().endswith(party.casefold()) for known, (mark, party) in zip(formed, pairs, strict=True)
    ):
        return None
    starts = [number for number, opens in enumerate(opening) if opens]
    blocks = [[run for row in rows[start:stop] for run in row] for start, stop in pairwise([*starts, len(rows)])]
    return iter(
        [
            [run for row in rows[: starts[0]] for run in row],
            *(_party_first(runs, rows[start][-1]) for runs, start in zip(blocks, starts, strict=True)),
        ]
    )


def _party_first(runs: list[_Run], party: _Run) -> list[_Run]:
    """Return the runs of a table's rows with those in the party's column before the others."""
    table = party.cell.table if party.cell else None
    own = [bool(run.cell and run.cell.table == table and run.x >= party.x) for run in runs]
    pairs = list(zip(runs, own, strict=True))
    return [run for run, first in pairs if first] + [run for run, first in pairs if not first]


def _opens_left(row: list[_Run]) -> bool:
    marked = [bool(_MARK.match(run.text)) for run in row]
    return len(row) > 1 and marked[0] and marked.count(True) == 1 and all(run.cell for run in row)


def _common_foot(rows: list[list[_Run]]) -> Iterator[list[_Run]] | None:
    """Read two columns of parties and staircases over one mark: both columns come before it.

    Below it, people may sign for themselves.
    """
    rows = _in_rows(rows)
    gutter = _gutter(rows)
    marks = [number for number, row in enumerate(rows) if any(_MARK.match(run.text) for run in row)]
    officers = [number for number in marks if _BY.match(rows[number][0].text)]
    if gutter is None or not marks or (len(marks) > 1 and officers != marks[:1]):
        return None
    above, foot = rows[: marks[0]], rows[marks[0] :]
    if any(run.x >= gutter for row in foot for run in row):
        return None
    left = [run for row in above for run in row if run.x < gutter]
    right = [run for row in above for run in row if run.x >= gutter]
    if any(_LABEL.match(run.text) or "__" in run.text for run in (left[-1:] + right[-1:])):
        return None
    return iter((left, right, [run for row in foot for run in row]))


def _in_columns(rows: list[list[_Run]], most: int = 4) -> Iterator[list[_Run]]:
    """Yield the runs of each column, the leftmost first; a page has few columns."""
    gutter = _gutter(rows) if most > 1 else None
    if gutter is None:
        yield [run for row in rows for run in row]
        return
    for band in _bands(rows, gutter):
        left = [side for row in band if (side := [run for run in row if run.x < gutter])]
        right = [side for row in band if (side := [run for run in row if run.x >= gutter])]
        yield [run for row in left for run in row]
        yield from _in_columns(right, most - 1)


def _gap(before: _Run, run: _Run) -> int:
    if before.cell and run.cell and before.cell.table == run.cell.table:
        back = (run.cell.row, run.line) < (before.cell.row, before.line)
        return _PAIR if back and run.x > before.x else max(0, run.cell.row - before.cell.row - 1)
    if run.cell is None and run.number < before.number:
        return _PAIR  # the next column begins
    return max(0, run.number - before.number - 1)


def _spans_the_page(row: list[_Run], gutters: tuple[int, int]) -> bool:
    """Say whether a line runs across all columns, as sentences do, and so across those of the lines around it."""
    first = row[0]
    if len(row) > 1 or first.cell or len(first.text) <= _WIDE or _SIGNS.match(first.text):
        return False
    crosses = [first.x < gutter < first.x + len(first.text) for gutter in gutters if gutter]
    return not crosses or any(crosses)


def _gutters(rows: Iterable[list[_Run]]) -> Iterator[int]:
    """Yield for each row where a second column begins in the row nearest before it, 0 behind a blank line."""
    gutter, number = 0, 0
    for row in rows:
        gutter = gutter if abs(row[0].number - number) == 1 else 0
        yield gutter
        gutter, number = row[1].x if len(row) > 1 and not row[0].cell else gutter, row[0].number


def _regions(rows: list[list[_Run]]) -> Iterator[list[list[_Run]]]:
    """Cut a page at the lines that run across it."""
    around = zip(_gutters(rows), reversed([*_gutters(reversed(rows))]), strict=True)
    told = zip(rows, around, strict=True)
    for _, region in groupby(told, key=lambda one: _spans_the_page(*one)):
        yield [row for row, _ in region]


def lines(document: SourceDocument, span: Span) -> list[Line]:
    """Return the lines of a part of a document in reading order, columns untangled."""
    rows = [_zip_labels(list(row)) for _, row in groupby(_runs(document, span), key=lambda run: run.row)]
    parts = (part for region in _regions(_abreast(rows)) for part in _apart(region))
    columns = (
        column
        for part in parts
        for column in _side_by_side(part) or _marks_left(part) or _common_foot(part) or _in_columns(part)
    )
    ordered = [run for column in columns for run in column]
    gaps = [0, *(_gap(before, run) for before, run in pairwise(ordered))][: len(ordered)]
    spaced = _double_spaced(ordered, gaps)
    return [
        Line(run.text, run.start, run.x, run.row + run.line, gap - 1 if spaced and gap else gap)
        for run, gap in zip(ordered, gaps, strict=True)
    ]


def _double_spaced(runs: list[_Run], gaps: list[int]) -> bool:
    """Say whether a blank line stands between all lines, and so parts none of them."""
    rows = [gap for (before, run), gap in zip(pairwise(runs), gaps[1:], strict=True) if run.row != before.row]
    return len(rows) >= _MANY_ROWS and rows.count(0) * _RARE < len(rows)


__all__ = ["Line", "lines"]
