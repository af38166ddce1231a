"""Search: the whole list where it is short, else the indexes and a list of names that a script filters."""

import msgspec

from sitegen.pages.frame import HOME, Head, head
from sitegen.pages.index import ONE_PAGE, Entry, agreement_entry, name_entry
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count

_KINDS = {"parties": "Party", "signers": "Signer", "issuers": "Issuer"}


class Found(msgspec.Struct, frozen=True):
    """A line of the search page."""

    entry: Entry
    kind: str
    """`Party`, `Signer`, `Issuer` or `Agreement`."""


class SearchView(msgspec.Struct, frozen=True):
    """The search page."""

    head: Head
    side: tuple[str, ...]
    lede: Prose
    entries: tuple[Found, ...]
    """Empty where the list is loaded by script."""
    total: int
    loaded: bool
    indexes: Prose


class NamesView(msgspec.Struct, frozen=True):
    """The list of names that a script filters."""

    rows: tuple[tuple[str, str, str, str, str, str], ...]
    """Section, address, name, words to look into, short name or count, newest agreement."""


def entries(site: Site) -> tuple[Found, ...]:
    """Return everything that has a page and a name."""
    out = [Found(agreement_entry(ref), "Agreement") for ref in site.catalogue.agreements()]
    for section, kind in _KINDS.items():
        out += [Found(name_entry(entry, section), kind) for entry in site.catalogue.index(section)]
    return tuple(out)


def view(site: Site, _key: str) -> SearchView:
    """Build the search page."""
    total = _total(site)
    loaded = total > ONE_PAGE
    indexes = (
        Run("agreements", to="agreements/index.html"),
        Run("parties", to="parties/index.html"),
        Run("signers", to="signers/index.html"),
        Run("issuers", to="issuers/index.html"),
    )
    return SearchView(
        head=head(
            site,
            "search/index.html",
            "Search",
            f"Search {count(total, 'name')} of parties, signers, issuers and agreements.",
            section="search",
            crumbs=(HOME, Run("Search")),
            kind="website",
            noindex=True,
            twin=True,
        ),
        side=("Search",),
        lede=prose("Parties, signers, issuers and agreements by name or short name."),
        entries=() if loaded else entries(site),
        total=total,
        loaded=loaded,
        indexes=indexes,
    )


def names_keys(site: Site) -> tuple[str, ...]:
    """Return the one key of the list of names where pages load it, else none."""
    return ("search/names.js",) if _total(site) > ONE_PAGE else ()


def _total(site: Site) -> int:
    counts = site.catalogue.counts()
    return counts.agreements + counts.parties + counts.signers + counts.issuers


def names_view(site: Site, _key: str) -> NamesView:
    """Build the list of names."""
    return NamesView(
        tuple(
            (
                found.kind,
                found.entry.name.to,
                found.entry.name.text,
                found.entry.search,
                found.entry.second,
                found.entry.third,
            )
            for found in entries(site)
        )
    )
