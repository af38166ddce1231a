"""PDF to lines, as they stand on the page: columns are told apart by the white space between them."""

import importlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import Cell, SourceDocument, Span
from sitegen.read.columns import unbraid
from sitegen.read.plain import settle
from sitegen.read.row import LABEL, Line, RowCell
from sitegen.read.stored import Reading, Stored

PAGES = 500
"""Pages of a document that is read; an exhibit has some dozens."""
BYTES = 64_000_000
"""Size of a file that is read."""
RUNS = 5000
"""Runs of text on one page: a page with more is a drawing, and its cost grows with their square."""

_TOUCHING = 0.1
_APART = 2.5
"""White space, in heights of the letters, that sets two runs apart as a word and as columns."""
_REACH = 10
"""How far a label's value may stand from it, in the same measure."""
_LABEL_RUNS = 3
_BLANK = 0.9
"""White space between two lines, in the same measure, that shows as a blank line."""


class _Run(msgspec.Struct, frozen=True):
    """Letters in one row and one fount; sizes in points, heights from the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read_pdf(stored: Stored) -> Reading:
    """Read a PDF's text in the order of its lines.

    SG111 where the reader of PDFs is not installed (`pip install 'sitegen[pdf]'`); SG112 for what is encrypted, broken,
    too long, or a scan without text.
    """
    try:
        pdfium = importlib.import_module("pypdfium2")
    except ImportError:
        message = "The file is a PDF, and sitegen's PDF reader is not installed: pip install 'sitegen[pdf]'."
        return Reading(findings=(Finding("SG111", message),))
    try:
        lines = _lines(pdfium, stored.data)
    except pdfium.PdfiumError as error:
        return _refused(f"The PDF cannot be read: {str(error).rstrip('.')}.")
    except _TooLargeError as error:
        return _refused(str(error))
    if not any(line.text for line in lines):
        return _refused("The PDF holds no text; it is a scan or a drawing.")
    return Reading((_document(lines),))


class _TooLargeError(Exception):
    """The document is longer, or denser, than an exhibit can be."""


def _refused(message: str) -> Reading:
    return Reading(findings=(Finding("SG112", message),))


def _lines(pdfium: ModuleType, data: bytes) -> list[Line]:
    if len(data) > BYTES:
        raise _TooLargeError(f"The PDF has {len(data):,} bytes; sitegen reads {BYTES:,}.")
    lines: list[Line] = []
    document = pdfium.PdfDocument(data)
    try:
        if len(document) > PAGES:
            raise _TooLargeError(f"The PDF has {len(document)} pages; sitegen reads {PAGES}.")
        for number in range(len(document)):
            page = document[number].get_textpage()
            count = page.count_rects()
            if count > RUNS:
                raise _TooLargeError(f"Page {number + 1} of the PDF has {count} runs of text; sitegen reads {RUNS}.")
            boxes = (page.get_rect(run) for run in range(count))
            runs = (_run(page, *box) for box in boxes)
            lines += unbraid(list(_page(number, [run for run in runs if run.text.strip()])))
    finally:
        document.close()
    return lines


def _run(page: Any, left: float, bottom: float, right: float, top: float) -> _Run:
    text = settle(page.get_text_bounded(left, bottom, right, top))
    return _Run(left, bottom, right, top, text.replace("\n", " "))


def _page(number: int, runs: list[_Run]) -> Iterator[Line]:
    """Set a page's runs in rows, and a row's runs in cells: one line each."""
    rows = list(_rows(runs))
    for at, row in enumerate(rows):
        if at:
            gap = min(run.bottom for run in rows[at - 1]) - max(run.top for run in row)
            if gap > _BLANK * row[0].height:
                yield Line("")
        for cell in _cells(row):
            text = " ".join(_text(cell).split())
            place = RowCell(number, at, int(cell[0].left), int(cell[-1].right - cell[0].left), 0)
            yield Line(text, ((place, 0, len(text)),))


def _rows(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Gather runs whose middles stand at one height, from the top down, each row from the left."""
    row: list[_Run] = []
    for run in sorted(runs, key=lambda run: -(run.top + run.bottom)):
        middle = (run.top + run.bottom) / 2
        if row and not row[0].bottom - row[0].height / 4 <= middle <= row[0].top + row[0].height / 4:
            yield sorted(row, key=lambda run: run.left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run.left)


def _cells(row: list[_Run]) -> Iterator[list[_Run]]:
    """Part a row where white space does, but for that between a label and its value."""
    cell = [row[0]]
    for run in row[1:]:
        gap = (run.left - cell[-1].right) / run.height
        if gap > (_REACH if _is_label(cell) and not _is_label([run]) else _APART):
            yield cell
            cell = []
        cell.append(run)
    yield cell


def _is_label(cell: list[_Run]) -> bool:
    return len(cell) <= _LABEL_RUNS and LABEL.fullmatch(_text(cell).strip()) is not None


def _text(cell: list[_Run]) -> str:
    words = [cell[0].text]
    for before, run in pairwise(cell):
        words.append(f" {run.text}" if run.left - before.right > _TOUCHING * run.height else run.text)
    return "".join(words)


def _document(lines: list[Line]) -> SourceDocument:
    """Join the lines; cells are kept of rows that have more than one."""
    cells_of = Counter((cell.table, cell.row) for line in lines for cell, _, _ in line.cells)
    text: list[str] = []
    cells: list[Cell] = []
    at = 0
    for line in lines:
        for cell, start, end in line.cells:
            if cells_of[cell.table, cell.row] > 1:
                cells.append(Cell(cell.table, cell.row, cell.column, Span(at + start, at + end)))
        text.append(f"{line.text}\n")
        at += len(line.text) + 1
    return SourceDocument(text="".join(text), format="pdf", encoding="pdf", body=Span(0, at), cells=tuple(cells))
