"""One row of a table as lines: a label and its value share a line, other cells have lines of their own."""

import re

import msgspec


class RowCell(msgspec.Struct, gc=False):
    """A table cell that holds text; `first` and `last` bound its lines, counted from the document's start."""

    table: int
    row: int
    column: int
    width: int
    first: int
    last: int = 0
    holds_table: bool = False


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line, and the cells that its parts come from, with their places in it."""

    text: str
    cells: tuple[tuple[RowCell, int, int], ...] = ()


LABEL = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9 /.'()-]{0,30}:|By|Name|Title|Its|Date|/s/"
    r"|(?:CUSIP|Item|No|Page)\b[A-Za-z0-9 ]{0,8}\.?"
    r"|\([0-9a-z*]{1,4}\)|(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]|[•·●▪*†‡§–-]{1,3})",
    re.IGNORECASE,
)
"""What only names, numbers or marks what stands in the next cell."""
_LABELLED = re.compile(r"(?:by|name|title|its|dated?)\s?:", re.IGNORECASE)
"""How a line begins that is no other label's value."""
_LONGEST_LABEL = 32
_APART = "  "


def lay_out(lines: list[Line], cells: list[RowCell], first: int) -> list[Line]:
    """Return a row's lines with each label cell joined to the cell at its right; `first` numbers the first line."""
    laid: list[Line] = []
    label: list[Line] | None = None
    before: RowCell | None = None
    for cell in cells:
        own = [line for line in lines[cell.first - first : cell.last - first] if line.text or cell.holds_table]
        if label is not None:
            near = before is not None and cell.column <= before.column + before.width + 1
            if near and not cell.holds_table and len(label) in {1, len(own)} and _is_value(own, label[-1]):
                own, label = [*map(_joined, label, own), *own[len(label) :]], None
            else:
                laid += label
                label = None

        if label is None and not cell.holds_table and _is_label(own):
            label, before = own, cell
        else:
            laid += own
    return laid + (label or [])


def _is_label(lines: list[Line]) -> bool:
    return all(len(line.text) <= _LONGEST_LABEL and LABEL.fullmatch(line.text) for line in lines)


def _is_value(lines: list[Line], label: Line) -> bool:
    labelled = bool(lines) and label.text.endswith(":") and _LABELLED.match(lines[0].text) is not None
    return not (labelled or _is_label(lines))


def _joined(label: Line, value: Line) -> Line:
    by = len(label.text) + len(_APART)
    moved = tuple((cell, start + by, end + by) for cell, start, end in value.cells)
    return Line(label.text + _APART + value.text, label.cells + moved)
