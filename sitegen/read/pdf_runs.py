"""The runs of text on a PDF's pages. Runs as a program of its own: a PDF may ask for any memory, and may crash.

A small file can hold pages that swell to gigabytes, or drawings that draw each other; only the system can bound that.
"""

import resource
import sys
from importlib import import_module
from typing import Any

import msgspec

PAGES = 500
"""Pages of a document that is read; an exhibit has some dozens."""
RUNS = 5000
"""Runs of text on one page: a page with more is a drawing, and its cost grows with their square."""
ALL_RUNS = 200_000
"""Runs of text in a document."""
MEMORY = 700 * 2**20
"""Bytes that the program may ask for."""
SECONDS = 60
"""CPU that the program may take."""


class Run(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Letters in one row and one fount; sizes in points, heights from the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Height of the letters, one point at least."""
        return max(self.top - self.bottom, 1.0)


class Pages(msgspec.Struct, frozen=True):
    """Each page's runs; or why they were not read, in a sentence."""

    pages: list[list[Run]] = []
    refused: str = ""


def read_runs(data: bytes) -> Pages:
    """Read a PDF's runs, page by page."""
    pdfium: Any = import_module("pypdfium2")
    pages: list[list[Run]] = []
    left = ALL_RUNS
    try:
        document = pdfium.PdfDocument(data)
        if len(document) > PAGES:
            return Pages(refused=f"The PDF has {len(document)} pages; sitegen reads {PAGES}.")
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            count = text.count_rects()
            left -= count
            if count > RUNS:
                return Pages(refused=f"Page {number + 1} of the PDF has {count} runs of text; sitegen reads {RUNS}.")
            if left < 0:
                return Pages(refused=f"The PDF has more than {ALL_RUNS} runs of text; sitegen reads no more.")
            pages.append([_run(text, run) for run in range(count)])
            text.close()
            page.close()
    except pdfium.PdfiumError as error:
        return Pages(refused=f"The PDF cannot be read: {str(error).rstrip('.')}.")
    return Pages(pages)


def _run(page: Any, number: int) -> Run:
    left, bottom, right, top = page.get_rect(number)
    return Run(left, bottom, right, top, page.get_text_bounded(left, bottom, right, top))


def main() -> None:
    """Read a PDF from standard input, its runs to standard output; memory and CPU are bounded by the system."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(msgspec.msgpack.encode(read_runs(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
