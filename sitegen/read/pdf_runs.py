"""The runs of text on a PDF's pages. A program of its own: a PDF may ask for any memory, and may crash.

A small file can hold pages that swell to gigabytes, or drawings that draw each other; only the system can bound that.
It is run by its path and imports nothing of sitegen: its start is most of what a PDF costs. Arguments are where modules
are looked for; a PDF comes in, JSON goes out: `[pages, refusal]`, a page a list of runs.
"""

import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

PAGES = 500
"""Pages of a document that is read; an exhibit has some dozens."""
RUNS = 5000
"""Runs of text on one page: a page with more is a drawing, and its cost grows with their square."""
ALL_RUNS = 200_000
"""Runs of text in a document."""
TEXT = 5_000_000
"""Characters of all runs: runs that lie on each other each hold the text of all."""
MEMORY = 700 * 2**20
"""Bytes that the program may ask for."""
SECONDS = 60
"""CPU that the program may take."""

Run = tuple[float, float, float, float, str]
"""Left, bottom, right, top in points, and the text."""


def read_runs(data: bytes) -> tuple[list[list[Run]], str]:
    """Read a PDF's runs, page by page; or say in a sentence why they are not read."""
    pdfium: Any = import_module("pypdfium2")
    pages: list[list[Run]] = []
    left, letters = ALL_RUNS, TEXT
    try:
        document = pdfium.PdfDocument(data)
        if len(document) > PAGES:
            return [], f"The PDF has {len(document)} pages; sitegen reads {PAGES}."
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            count = text.count_rects()
            left -= count
            if count > RUNS:
                return [], f"Page {number + 1} of the PDF has {count} runs of text; sitegen reads {RUNS}."
            if left < 0:
                return [], f"The PDF has more than {ALL_RUNS} runs of text; sitegen reads no more."
            runs: list[Run] = []
            for run in range(count):
                box = text.get_rect(run)
                runs.append((*box, text.get_text_bounded(*box)))
                letters -= len(runs[-1][-1])
                if letters < 0:
                    return [], f"The PDF has more than {TEXT} characters of text; sitegen reads no more."
            pages.append(runs)
            text.close()
            page.close()
    except pdfium.PdfiumError as error:
        return [], f"The PDF cannot be read: {str(error).rstrip('.')}."
    return pages, ""


def main() -> None:
    """Read a PDF from standard input, its runs to standard output; memory and CPU are bounded by the system."""
    with suppress(ImportError):  # not on Windows
        resource: Any = import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.path += sys.argv[1:]
    sys.stdout.write(json.dumps(read_runs(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
