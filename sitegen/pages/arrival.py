"""The published addresses in parts, from which the page for unknown addresses finds what a damaged one meant."""

from functools import lru_cache
from itertools import zip_longest
from zlib import crc32

import msgspec

from sitegen.catalogue.catalogue import Catalogue
from sitegen.pages.site import Site

LARGEST_PART = 40_000
"""Bytes of one part, at most: a reader's browser asks for one."""
_AROUND = 3
"""Bytes around an address in its part: quotation marks and a comma."""
_ONE_IN = 512
"""Of so many addresses one ends a part, by its letters alone: an added address changes its own part, and no other."""


class AddressesView(msgspec.Struct, frozen=True):
    """A part of the published addresses, in order."""

    addresses: tuple[str, ...]
    """`parties/quillfeather-lp`."""


def parts(addresses: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Cut a sorted list into parts that one request can fetch.

    Each part ends with the first two addresses of the next: so what was cut short at a part's end is found, and found
    to mean several when it does.
    """
    cut: list[list[str]] = []
    room = 0
    for address in addresses:
        room -= len(address) + _AROUND
        if room < 0:
            cut.append([])
            room = LARGEST_PART - len(address) - _AROUND
        cut[-1].append(address)
        if crc32(address.encode()) % _ONE_IN == 0:
            room = 0
    return tuple((*part, *following[:2]) for part, following in zip_longest(cut, cut[1:], fillvalue=()))


def cut(site: Site) -> tuple[tuple[str, ...], ...]:
    """Return the site's published addresses in parts."""
    return _cut(site.catalogue)


@lru_cache(maxsize=1)
def _cut(catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    return parts(catalogue.published())


def part_path(key: str) -> str:
    """Return the file of a part."""
    return f"data/addresses/{key}.json"


def keys(site: Site) -> tuple[str, ...]:
    """Return the numbers of the parts."""
    return tuple(map(str, range(len(cut(site)))))


def view(site: Site, key: str) -> AddressesView:
    """Build a part."""
    return AddressesView(cut(site)[int(key)])


def state(site: Site, key: str) -> object:
    """Return what a part is made of."""
    return cut(site)[int(key)]
