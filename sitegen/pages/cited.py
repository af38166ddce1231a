"""What several agreements print, as cells of a table: names linked, with the lines of each."""

from collections.abc import Iterable

import msgspec

from sitegen.catalogue.comparison import Difference, Said
from sitegen.catalogue.signing import Named, Place
from sitegen.pages.evidence import Chip, name_link, range_anchor, range_label
from sitegen.pages.prose import Prose, Run, joined, prose
from sitegen.pages.wording import quoted

MATTERS = {
    "signer": "Signed by",
    "through": "Signs through",
    "title": "Title",
    "attorney": "Signs",
    "capacity": "Capacity",
}
"""What a difference is about, in words."""


class Cell(msgspec.Struct, frozen=True):
    """What one agreement prints."""

    words: Prose
    chips: tuple[Chip, ...]


class DifferenceRow(msgspec.Struct, frozen=True):
    """One matter as two agreements print it."""

    matter: str
    about: Prose
    older: Cell
    newer: Cell


def chips(*places: Place | None) -> tuple[Chip, ...]:
    """Return the chips of places, each once."""
    known = dict.fromkeys(place for place in places if place is not None)
    return tuple(
        Chip(
            f"L{range_label(place.first, place.last)}",
            f"agreements/{place.agreement}/source/index.html#{range_anchor(place.first, place.last)}",
        )
        for place in known
    )


def named(name: Named) -> Run:
    """Link a printed name to its page; plain words where there is none."""
    return name_link(name.ref, name.name)


def cell(said: Iterable[Said]) -> Cell:
    """Show what one agreement prints: names, or words in quotation marks."""
    items = tuple(said)
    words: list[Run] = []
    for item in items:
        words += prose("; ") if words else ()
        if item.names:
            words += joined(tuple(named(name) for name in item.names), ", then ")
            words += prose(f", {item.words}") if item.words else ()
        else:
            words.append(Run(item.words))
    return Cell(tuple(words), chips(*(item.place for item in items)))


def difference_row(difference: Difference) -> DifferenceRow:
    """Show one matter as two agreements print it."""
    names = tuple(named(name) for name in difference.about)
    about = {
        "capacity": lambda: prose(names[1], " to ", names[0]),
        "title": lambda: prose(names[1], " for ", names[0]),
        "attorney": lambda: prose(names[1], " for ", names[0]),
    }.get(difference.kind, lambda: names)()
    sides = [cell(_printed(difference.kind, said)) for said in (difference.older, difference.newer)]
    return DifferenceRow(MATTERS[difference.kind], about, *sides)


def _printed(kind: str, said: tuple[Said, ...]) -> Iterable[Said]:
    """Put a document's own words in quotation marks."""
    if kind not in ("title", "capacity"):
        return said
    return (msgspec.structs.replace(each, words=quoted(each.words)) for each in said)
