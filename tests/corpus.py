"""Invented corpora: sponsors, their funds, officers and attorneys recur over years and amendments about issuers.

    python tests/corpus.py FOLDER [COUNT [SEED]]

writes exhibits below FOLDER. The same count and seed give the same bytes; a smaller corpus is the beginning of a larger
one of the same seed. Every name is a made-up word (`invented.names`); `compare` tells what the agreements say together.
"""

import sys
from collections.abc import Iterator
from itertools import count as count_from
from itertools import islice
from pathlib import Path

from invented.paper import ending, on_paper
from invented.truth import Block, Change, Link, Party, Person, Specimen, Told, Truth, compare
from invented.world import history

__all__ = ["Block", "Change", "Link", "Party", "Person", "Specimen", "Told", "Truth", "agreements", "compare", "write"]


def agreements(count: int, seed: int = 1) -> Iterator[Specimen]:
    """Yield agreements, sponsor after sponsor, each sponsor's in order of date."""
    filings = (filing for number in count_from() for filing in history(number, seed))
    for filing in islice(filings, count):
        about = "".join(mark if mark.isalnum() else "-" for mark in filing.told.issuer.lower())
        folder, _, series = filing.series.name.partition("/")
        path = f"exhibits/{folder}/{filing.told.date}-{series}-{about.strip('-')}{ending(filing)}"
        yield Specimen(path, on_paper(filing), filing.series.name, filing.told)


def write(folder: Path, count: int, seed: int = 1) -> Truth:
    """Write the agreements below a content folder; return what they say together."""
    specimens = list(agreements(count, seed))
    for specimen in specimens:
        place = folder / specimen.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(specimen.text, encoding="utf-8")
    return compare(specimens)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:]))
