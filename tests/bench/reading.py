"""Cost of reading: CPU of read + parse beside a floor on the same text, in one run.

    .venv/bin/python tests/bench/reading.py [FOLDER]      (default: ../shared/exhibits/raw, else content/)

The floor is what a line scanner in Python cannot do without: `splitlines`, and six regular expressions on each line
that holds anything. The bar: at most 4 times the floor for text, 10 times for HTML, and twice the time for twice the
text. Only ratios are printed: seconds on a shared machine say little.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from sitegen.parse import parse
from sitegen.read import read

_ROOT = Path(__file__).resolve().parents[2]
_SHARED = _ROOT.parent / "shared" / "exhibits" / "raw"
_ROUNDS = 5
_SUFFIXES = frozenset({".txt", ".nc", ".html"})
_FLOOR = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\s*By:\s*/s/\s*(\S.*?)\s*$",
        r"^\s*Name:\s*(\S.*?)\s*$",
        r"^\s*Title:\s*(\S.*?)\s*$",
        r"^\s*Dated?:?\s*(\S.*?)\s*$",
        r'\("([^"]+)"\)',
        r"\b(?:L\.P\.|L\.L\.C\.|Ltd\.|Inc\.|LLC|LP)\b",
    )
]


def floor(text: str) -> None:
    """Do what any line scanner does."""
    for line in text.splitlines():
        if line and not line.isspace():
            for pattern in _FLOOR:
                pattern.search(line)


def cpu(work: Callable[[], object]) -> float:
    """Return seconds of CPU that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(work: Callable[[], object], beside: Callable[[], object]) -> float:
    """Return the median ratio of two works' CPU, taken in turn."""
    work()
    return statistics.median(cpu(work) / cpu(beside) for _ in range(_ROUNDS))


def folder(place: Path) -> None:
    """Print the ratios over a folder's files, text and HTML apart."""
    files = {
        path.name: path.read_bytes() for path in sorted(place.rglob("*")) if path.suffix in {".txt", ".nc", ".html"}
    }
    kinds: dict[str, list[tuple[str, bytes]]] = {"all": list(files.items()), "text": [], "HTML": []}
    for name, data in files.items():
        kinds["HTML" if b"<html" in data.lower() or b"<div" in data.lower() else "text"].append((name, data))
    for kind, members in kinds.items():
        if not members:
            continue
        texts = [data.decode("latin-1") for _, data in members]
        found = ratio(
            lambda members=members: [parse(read(name, data)) for name, data in members],
            lambda texts=texts: [floor(text) for text in texts],
        )
        size = sum(len(data) for _, data in members) / 1024
        print(f"| {kind}, {len(members)} files, {size:,.0f} KB | {found:.2f} × the floor |")


def growth(label: str, unit: str) -> None:
    """Print what twice the text costs, up to 8 MB."""
    sizes = [2**20, 2**21, 2**22, 2**23]
    texts = [(unit * (size // len(unit) + 1))[:size].encode() for size in sizes]
    taken = [min(cpu(lambda text=text: parse(read("long.txt", text))) for _ in range(2)) for text in texts]
    steps = ", ".join(f"{after / before:.2f}" for before, after in pairwise(taken))
    beside = taken[-1] / cpu(lambda: floor(texts[-1].decode()))
    print(f"| {label}: 1, 2, 4, 8 MB | each doubling × {steps}; {beside:.2f} × the floor |")


def blocks() -> None:
    """Print what twice the signature blocks cost, in one agreement."""
    counts = [500, 1_000, 2_000, 4_000]
    head = (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree that the Schedule 13D is filed jointly on behalf of each.\n\n"
    )
    block = "QUILLFEATHER {}, L.P.\n\nBy: /s/ Ada Testperson\nName: Ada Testperson\nTitle: Manager\n\n\n"
    texts = [(head + "".join(map(block.format, range(count)))).encode() for count in counts]
    taken = [cpu(lambda text=text: parse(read("long.txt", text))) for text in texts]
    steps = ", ".join(f"{after / before:.2f}" for before, after in pairwise(taken))
    print(f"| one agreement of 500, 1,000, 2,000, 4,000 signature blocks | each doubling × {steps} |")


def main() -> None:
    """Print a table."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else _SHARED if _SHARED.is_dir() else _ROOT / "content"
    exhibit = (_ROOT / "content" / "exhibits" / "hanaro-2003.txt").read_text(encoding="utf-8")
    print("| what | CPU of read + parse |\n|---|---|")
    folder(place)
    growth("dull prose", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.\n")
    growth("prose near the subject", "The parties agree that nothing is filed jointly on behalf of anybody at all.\n")
    growth("the first exhibit over and over", exhibit)
    blocks()


if __name__ == "__main__":
    main()
