"""Columns of a signature page untangled: blocks that stand side by side are read one after the other."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from sitegen.model.text import Cell
from sitegen.parse.names import ends_in_form
from sitegen.parse.prose import is_furniture
from sitegen.parse.runs import Run

LABEL = re.compile(
    r"\*{0,3}(?:by|its?|(?:print(?:ed)? )?name|title|dated?|signature|signed|name ?(?:/|and|&) ?title|/s/) ?[:_]*"
    r"(?: */s/)?$",
    re.IGNORECASE,
)
_LABEL_STARTS = frozenset("*bipntds/BIPNTDS")
MARK = re.compile(r"(?:\*{0,3}by ?:? {0,3})?(?:/s/|\(signed\)|s/ )", re.IGNORECASE)
BY = re.compile(r"\*{0,3}(?:by|per)\b", re.IGNORECASE)
SIGNS = re.compile(r"\*{0,3}by(?:\b|_)|signature ?:|.{0,60}/s/", re.IGNORECASE)
_DATE = re.compile(
    r"(?:dated?(?: as of)?:? ?)?(?:[a-z]{3,9}\.? ?\d{1,2}, ?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})?$", re.IGNORECASE
)
_SIGN = re.compile(r"\(?(?:\*{1,4}|†{1,3}|\d)\)?$")
"""The sign of a footnote."""
_PAIR = 2


def _place(cell: Cell | None) -> tuple[int, int, int] | None:
    return (cell.table, cell.row, cell.column) if cell else None


def _is_label(text: str) -> bool:
    return text[:1] in _LABEL_STARTS and LABEL.match(text) is not None


def _is_footnote(sign: Run, run: Run) -> bool:
    """Say whether a cell's words are the footnote whose sign stands in the cell before."""
    return _SIGN.match(sign.text) is not None and "ttorney" in run.text and not _SIGN.match(run.text)


def _is_date(text: str) -> bool:
    return (text[-1:].isdigit() or text[:4].casefold() in {"date", ""}) and _DATE.match(text) is not None


def _substantive(row: list[Run]) -> list[Run]:
    """Return the runs of a row that start something of their own: no values of labels, no dates, one a cell."""
    starts: list[Run] = []
    before: Run | None = None
    for run in row:
        value = before is not None and (_is_label(before.text) or _is_footnote(before, run))
        same_cell = before is not None and run.cell is not None and _place(before.cell) == _place(run.cell)
        if not (value or same_cell or run.joined or _is_date(run.text)):
            starts.append(run)
        before = run
    return starts


def _starts(rows: list[list[Run]]) -> list[list[Run]]:
    return [_substantive(row) for row in rows if not is_furniture(" ".join(run.text for run in row))]


def _gutter(rows: list[list[Run]]) -> int | None:
    """Return where a second column of signatures begins, or None where there is but one column."""
    started = _starts(rows)
    pairs = [starts for starts in started if len(starts) > 1]
    if not pairs:
        return None
    gutter = min(starts[1].x for starts in pairs)
    across = (
        (starts, run)
        for starts in started
        for run in starts
        if run.cell is None and run.x < gutter < run.x + len(run.text)
    )
    if any(len(starts) > 1 or "/s/" in run.text.casefold() for starts, run in across):
        return None
    sides = {run.x >= gutter for starts in started for run in starts if SIGNS.match(run.text)}
    return gutter if len(sides) > 1 else None


def _apart(rows: list[list[Run]]) -> Iterator[list[list[Run]]]:
    """Cut a region at wide gaps where its rows share no gutter: each part may have columns of its own."""
    if _gutter(rows) is not None or all(len(starts) < _PAIR for starts in _starts(rows)):
        yield rows
        return
    part: list[list[Run]] = []
    for row in rows:
        if part and gap_between(part[-1][-1], row[0]) >= _PAIR:
            yield part
            part = []
        part.append(row)
    yield part


def _bands(rows: list[list[Run]], gutter: int) -> Iterator[list[list[Run]]]:
    """Cut rows where every column's block is signed and a new one begins: columns are read band by band."""
    band: list[list[Run]] = []
    signed: dict[bool, bool] = {}
    for row in rows:
        fresh = bool(band) and row[0].number - band[-1][-1].number > 1 and not SIGNS.match(row[0].text)
        if fresh and signed and all(signed.values()) and not LABEL.match(row[0].text.partition(":")[0] + ":"):
            yield band
            band, signed = [], {}
        band.append(row)
        for run in row:
            right = run.x >= gutter
            signed[right] = signed.get(right, False) or bool(SIGNS.match(run.text))
    yield band


def _in_rows(rows: list[list[Run]]) -> list[list[Run]]:
    """Put the runs of one table back in its rows, where the text has one column after the other."""
    tables = groupby((run for row in rows for run in row), key=lambda run: run.cell.table if run.cell else None)
    ordered: list[list[Run]] = []
    for table, part in tables:
        runs = sorted(part, key=lambda run: run.cell.row if run.cell else 0) if table is not None else list(part)
        ordered += [list(row) for _, row in groupby(runs, key=lambda run: run.cell.row if run.cell else -run.number)]
    return ordered


def _side_by_side(rows: list[list[Run]]) -> Iterator[list[Run]] | None:
    """Read rows that pair a party, left, with a mark, right: each such row opens a block of both columns.

    None where the page is of another kind: a mark stands on the left, or a header on the right.
    """
    rows = _in_rows(rows)
    opening = [len(starts := _substantive(row)) > 1 and bool(MARK.match(starts[-1].text)) for row in rows]
    if opening.count(True) < _PAIR:
        return None
    gutter = min(row[-1].x for row, opens in zip(rows, opening, strict=True) if opens)
    right = [run for row in rows for run in row if run.x >= gutter]
    left = [run for row in rows for run in row if run.x < gutter]
    marked = [row for row in rows if any(run.x >= gutter and MARK.match(run.text) for run in row)]
    if any(MARK.match(run.text) for run in left) or len(marked) != opening.count(True) or not right:
        return None
    return _paired(rows, opening, gutter)


def _paired(rows: list[list[Run]], opening: list[bool], gutter: int) -> Iterator[list[Run]]:
    starts = [number for number, opens in enumerate(opening) if opens]
    yield [run for row in rows[: starts[0]] for run in row]
    for start, stop in pairwise([*starts, len(rows)]):
        runs = [run for row in rows[start:stop] for run in row]
        yield sorted(runs, key=lambda run: run.x >= gutter)


def _marks_left(rows: list[list[Run]]) -> Iterator[list[Run]] | None:
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


def _party_first(runs: list[Run], party: Run) -> list[Run]:
    """Return the runs of a table's rows with those in the party's column before the others."""
    table = party.cell.table if party.cell else None
    own = [bool(run.cell and run.cell.table == table and run.x >= party.x) for run in runs]
    pairs = list(zip(runs, own, strict=True))
    return [run for run, first in pairs if first] + [run for run, first in pairs if not first]


def _opens_left(row: list[Run]) -> bool:
    marked = [bool(MARK.match(run.text)) for run in row]
    return len(row) > 1 and marked[0] and marked.count(True) == 1 and all(run.cell for run in row)


def _common_foot(rows: list[list[Run]]) -> Iterator[list[Run]] | None:
    """Read two columns of parties and staircases over one mark: both columns come before it.

    Below it, people may sign for themselves.
    """
    rows = _in_rows(rows)
    gutter = _gutter(rows)
    marks = [number for number, row in enumerate(rows) if any(MARK.match(run.text) for run in row)]
    officers = [number for number in marks if BY.match(rows[number][0].text)]
    if gutter is None or not marks or (len(marks) > 1 and officers != marks[:1]):
        return None
    above, foot = rows[: marks[0]], rows[marks[0] :]
    if any(run.x >= gutter for row in foot for run in row):
        return None
    left = [run for row in above for run in row if run.x < gutter]
    right = [run for row in above for run in row if run.x >= gutter]
    if any(LABEL.match(run.text) or "__" in run.text for run in (left[-1:] + right[-1:])):
        return None
    return iter((left, right, [run for row in foot for run in row]))


def _in_columns(rows: list[list[Run]], most: int = 4) -> Iterator[list[Run]]:
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


def gap_between(before: Run, run: Run) -> int:
    """Return the empty rows between two runs that are read one after the other."""
    if before.cell and run.cell and before.cell.table == run.cell.table:
        back = (run.cell.row, run.line) < (before.cell.row, before.line)
        return _PAIR if back and run.x > before.x else max(0, run.cell.row - before.cell.row - 1)
    if run.cell is None and run.number < before.number:
        return _PAIR  # the next column begins
    return max(0, run.number - before.number - 1)


def untangled(rows: list[list[Run]]) -> Iterator[list[Run]]:
    """Yield the columns of a region of a page in reading order, each with its runs in order."""
    for part in _apart(rows):
        yield from _side_by_side(part) or _marks_left(part) or _common_foot(part) or _in_columns(part)


__all__ = ["BY", "LABEL", "MARK", "SIGNS", "gap_between", "untangled"]
