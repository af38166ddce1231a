"""What a browser would show of HTML, as lines: blocks, blank lines, table rows and their cells."""

import re
from collections.abc import Mapping
from io import StringIO

from sitegen.model.text import Cell, Span
from sitegen.read.columns import unbraid
from sitegen.read.plain import settle
from sitegen.read.row import Line, RowCell, lay_out
from sitegen.read.style import UNSTYLED, read_style

DEPTH = 100
"""Nested tables whose columns are told apart; deeper ones read as mere blocks."""
HELD = 50_000
"""Lines held back while a table is open, for its rows to be laid out."""
CELLS = 300_000
"""Table cells that are recorded, of which a filing has some thousands: memory must stay bounded."""
COLUMNS = 1000
"""Columns that one cell may span, as in browsers."""
TALL = 16
"""Cells of one table that may reach down into later rows at once."""

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
    "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
))
_SPACED = frozenset((
    "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul",
))
"""Blocks that stand apart from their neighbours by a blank line."""
_UNSEEN = frozenset((
    "datalist", "head", "iframe", "ix:header", "ix:hidden", "math", "noframes", "object", "script", "select",
    "style", "svg", "template", "title",
))
# fmt: on
_PRE = frozenset(("listing", "pre", "xmp"))
_PARTS = _PRE | {"table", "tr", "td", "th"}
"""Blocks whose beginning and end change how others are set."""
_SPACES = re.compile(r" [ \t\n]+|[\t\n][ \t\n]*")
_BLANK = " \t\n\xa0"
"""What most cells without words hold."""
_WIDE_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")


class _Table:
    """A table that is open: its rows so far, and the row that is open."""

    __slots__ = ("begins", "cell", "cells", "column", "first", "holds_table", "number", "open", "row", "taken")

    def __init__(self, number: int) -> None:
        self.number = number
        self.begins = 0
        self.holds_table = False
        self.row = -1
        self.open = False
        self.column = 0
        self.first = 0
        self.cell: RowCell | None = None
        self.cells: list[RowCell] = []
        self.taken: list[tuple[int, int, int]] = []
        """Cells that reach into the next rows: first column, column after the last, rows left."""


class Layout:
    """Takes a document's tags and text in order and sets its lines: the target of an `lxml` parser."""

    def __init__(self, size: int) -> None:
        self.cells: list[Cell] = []
        self.crowded = False
        self._most = min(1000 + size // 16, CELLS)
        self._text = StringIO()
        self._length = 0
        self._lines: list[Line] = []
        self._sent = 0
        self._buffer: list[str] = []
        self._superscript = 0
        self._gap = False
        self._below = False
        self._unseen = 0
        self._pre = 0
        self._tables: list[_Table] = []
        self._deep = 0
        self._number = -1

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if self._unseen or tag in _UNSEEN:
            self._unseen += 1
            return
        style = read_style(attributes["style"]) if "style" in attributes else UNSTYLED
        if style.hidden or "hidden" in attributes:
            self._unseen += 1
        elif tag == "br":
            self._end_line(asked=True)
        elif tag in _BLOCKS:
            if self._buffer:
                self._end_line()
            self._gap = self._gap or (tag in _SPACED if style.above is None else style.above)
            if tag in _PARTS:
                self._open(tag, attributes)
            elif tag == "p":
                self._below = style.below is not False
        elif tag == "sup":
            self._superscript = len(self._buffer)

    def end(self, tag: str) -> None:
        """Close an element."""
        if self._unseen:
            self._unseen -= 1
        elif tag in _BLOCKS:
            if self._buffer:
                self._end_line()
            self._gap = self._gap or (tag in _SPACED and (tag != "p" or self._below))
            if tag in _PARTS:
                self._close(tag)
        elif tag == "sup":
            raised = "".join(self._buffer[self._superscript :])
            if raised.strip().isdecimal():
                self._buffer[self._superscript :] = [f"({raised.strip()})"]

    def data(self, text: str) -> None:
        """Take text."""
        if self._unseen or (text.isspace() and text.isascii() and not (self._buffer or self._pre)):
            return
        if self._pre and "\n" in text:
            *ended, text = text.split("\n")
            for line in ended:
                self._buffer.append(line)
                self._end_line(asked=True)
        self._buffer.append(text)

    def close(self) -> None:
        """End the document."""
        self._end_line()
        while self._tables:
            self._end_table()
        while self._lines and not self._lines[-1].text:
            self._lines.pop()
        self._send()

    def text(self) -> str:
        """Return the lines, each ended by a line feed."""
        return self._text.getvalue()

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            if len(self._tables) < DEPTH:
                self._number += 1
                self._tables.append(_Table(self._number))
            else:
                self._deep += 1
        elif tag in _PRE:
            self._pre += 1
        elif self._tables and not self._deep:
            if tag == "tr":
                self._end_row(self._tables[-1])
                self._start_row(self._tables[-1])
            else:
                self._start_cell(self._tables[-1], attributes)

    def _close(self, tag: str) -> None:
        if tag == "table":
            if self._deep:
                self._deep -= 1
            elif self._tables:
                self._end_table()
        elif tag in _PRE:
            self._pre = max(0, self._pre - 1)
        elif self._tables and not self._deep:
            if tag == "tr":
                self._end_row(self._tables[-1])
            else:
                self._end_cell(self._tables[-1])

    def _start_row(self, table: _Table) -> None:
        if self._gap:
            self._blank_line()
        table.open = True
        table.row += 1
        table.column = 0
        table.first = self._sent + len(self._lines)
        if not table.row:
            table.begins = table.first

    def _start_cell(self, table: _Table, attributes: Mapping[str, str]) -> None:
        self._end_cell(table)
        if not table.open:
            self._start_row(table)
        while table.taken and (column := _behind(table)) > table.column:
            table.column = column
        width = _count(attributes["colspan"]) if "colspan" in attributes else 1
        height = _count(attributes["rowspan"]) if "rowspan" in attributes else 1
        table.cell = RowCell(table.number, table.row, table.column, width, self._sent + len(self._lines))
        if height > 1 and len(table.taken) < TALL:
            table.taken.append((table.column, table.column + width, height))
        table.column += width
        self._gap = False

    def _end_cell(self, table: _Table) -> None:
        if table.cell is not None:
            table.cell.last = self._sent + len(self._lines)
            if table.cell.last > table.cell.first:
                table.cells.append(table.cell)
            table.cell = None
            self._gap = False

    def _end_row(self, table: _Table) -> None:
        """Lay a row's cells out, unless some of its lines have been sent already."""
        self._end_cell(table)
        if not table.open:
            return
        if len(table.cells) > 1 and table.first >= self._sent:
            first = table.first - self._sent
            self._lines[first:] = lay_out(self._lines[first:], table.cells, table.first)
        self._gap = not table.cells or table.cells[-1].holds_table
        table.open = False
        table.cells = []
        table.taken = [(first, last, left - 1) for first, last, left in table.taken if left > 1]

    def _end_table(self) -> None:
        table = self._tables[-1]
        self._end_row(table)
        self._tables.pop()
        if table.begins >= self._sent and not table.holds_table:
            begins = table.begins - self._sent
            self._lines[begins:] = unbraid(self._lines[begins:])
        self._gap = True
        if self._tables:
            self._tables[-1].holds_table = True
            if (cell := self._tables[-1].cell) is not None:
                cell.holds_table = True

    def _end_line(self, *, asked: bool = False) -> None:
        """End the line of text so far; a line that only a space or a break makes is a blank one."""
        if not self._buffer:
            self._gap = self._gap or asked
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        if not self._pre:
            if not text.strip(_BLANK):
                self._gap = self._gap or asked or not text.isascii()
                return
            text = " ".join(text.split()) if text.isascii() else _SPACES.sub(" ", text).strip(" ")
        if not text.isprintable() and not (text := text.replace("\xa0", " ")).isprintable():
            text = settle(_WIDE_SPACE.sub(" ", text)).replace("\n", " ")
        shown = text.rstrip()
        if not shown:
            self._gap = self._gap or asked or bool(text)
            return
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None and self._begins(cell) and not self._pre:
            shown = shown.lstrip()
        if self._gap:
            self._blank_line()
        self._lines.append(Line(shown, () if cell is None else ((cell, 0, len(shown)),)))
        if len(self._lines) >= HELD or not self._tables:
            self._send()

    def _begins(self, cell: RowCell) -> bool:
        """Say whether nothing of a cell has been set yet."""
        return cell.first == self._sent + len(self._lines)

    def _blank_line(self) -> None:
        """Set a blank line, but not at the beginning of a document or cell, nor after another."""
        around = next((table.cell for table in reversed(self._tables) if table.cell is not None), None)
        begun = self._lines[-1].text if self._lines else self._length
        if begun and not (around and self._begins(around)):
            self._lines.append(Line(""))
        self._gap = False

    def _send(self) -> None:
        """Settle the places of the lines so far."""
        for line in self._lines:
            for cell, start, end in line.cells:
                if len(self.cells) < self._most:
                    at = Span(self._length + start, self._length + end)
                    self.cells.append(Cell(cell.table, cell.row, cell.column, at))
                else:
                    self.crowded = True
            self._text.write(f"{line.text}\n")
            self._length += len(line.text) + 1
        self._sent += len(self._lines)
        self._lines.clear()
        for table in self._tables:
            table.cells.clear()


def _behind(table: _Table) -> int:
    """Return the column behind the cell that reaches down into the next column, if one does."""
    return next((last for first, last, _ in table.taken if first <= table.column < last), table.column)


def _count(number: str) -> int:
    """Read `colspan` or `rowspan` as a browser does."""
    if not (number := number.strip()).isascii() or not number.isdigit():
        return 1
    return min(max(int(number[:6]), 1), COLUMNS)
