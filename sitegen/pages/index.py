"""Indexes of agreements, parties, signers and issuers: one page, or one a letter above 500 entries."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.records import AgreementRef, IndexEntry
from sitegen.model.name import split_form
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_name, agreement_noun, head
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count, date_words, quoted, schedule_words, shorten

ONE_PAGE = 500
"""Entries that stand on one page."""
_SHORT_NAME = 40
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_NOUNS = {
    "agreements": ("agreement", "agreements"),
    "parties": ("party", "parties"),
    "signers": ("signer", "signers"),
    "issuers": ("issuer", "issuers"),
}
_LEDES = {
    "agreements": "Newest first, each with the issuer it is about, its date, its schedule and its number of parties.",
    "parties": "Each entry gives the full name, the short name used in the agreement, and the newest agreement. "
    "Individuals are listed by family name.",
    "signers": "Those who put pen to paper, listed by family name, with the number of their signatures "
    "and the newest agreement.",
    "issuers": "The companies whose securities the agreements concern. Who holds how much stands "
    "in the schedules, not here.",
}


class Entry(msgspec.Struct, frozen=True):
    """A line of an index."""

    name: Run
    search: str
    """Words that the filter looks into."""
    second: str
    """The short name, or how many."""
    third: str
    """The newest agreement, which tells like names apart."""


class Letter(msgspec.Struct, frozen=True):
    """A heading of an index: a letter, or a year."""

    label: str
    anchor: str
    to: str
    """Address of its section or page; empty when it has no entries."""
    entries: tuple[Entry, ...]
    count: int


class IndexView(msgspec.Struct, frozen=True):
    """An index page."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    section: str
    noun: str
    """What its entries are, in the plural."""
    letters: tuple[Letter, ...]
    """All headings, for the row of links."""
    sections: tuple[Letter, ...]
    """Those whose entries stand on this page."""
    split: bool
    """Whether entries stand on a page a letter; the filter then loads the list of names."""
    example: str


def keys(site: Site) -> tuple[str, ...]:
    """Return the paths of all index pages: `parties`, and above 500 entries also `parties/a`, `parties/am`."""
    out = []
    for section in _NOUNS:
        pages = _pages(_filed(site, section))
        out += [section, *(f"{section}/{label}" for label in pages if label)]
    return tuple(out)


def view(site: Site, key: str) -> IndexView:
    """Build an index page from its path."""
    section, _, label = key.partition("/")
    filed = _filed(site, section)
    pages = _pages(filed)
    one, many = _NOUNS[section]
    total = len(filed)
    split = len(pages) > 1
    if label:
        entries = pages[label]
        shown: tuple[Letter, ...] = (
            Letter(label.capitalize(), label, "", tuple(entry for _, entry in entries), len(entries)),
        )
    else:
        shown = () if split else tuple(_letter(name, "", entries) for name, entries in _by_letter(filed).items())
    title = f"{many.capitalize()}: {label.capitalize()}" if label else many.capitalize()
    crumbs = (HOME, SECTIONS[section], Run(label.capitalize())) if label else (HOME, Run(many.capitalize()))
    return IndexView(
        head=head(
            site,
            f"{key}/index.html",
            title,
            f"{count(total, one, many)} of joint filing agreements. {_LEDES[section]}",
            section=section,
            crumbs=crumbs,
            kind="website",
            twin=True,
        ),
        side=("Index",),
        h1=f"{title} ({len(pages[label]):,})" if label else count(total, one, many),
        lede=prose(_LEDES[section]) if total else prose(f"No {one} yet: add exhibits to the content folder and build."),
        section=section,
        noun=many,
        letters=_row(section, filed, pages, split=split),
        sections=shown,
        split=split,
        example=next((entry.second for _, entry in filed if entry.second.startswith("“")), ""),
    )


_Filed = list[tuple[str, Entry]]


def _filed(site: Site, section: str) -> _Filed:
    """Return a section's entries in order, each with what it is filed under."""
    return _filed_of(site.catalogue, section)


@lru_cache(maxsize=4)
def _filed_of(catalogue: Catalogue, section: str) -> _Filed:
    """Make the entries once for all pages of an index."""
    if section == "agreements":
        return [
            ((ref.date or "undated")[:4].replace("unda", "undated"), agreement_entry(ref))
            for ref in catalogue.agreements()
        ]
    return [(entry.letter, name_entry(entry, section)) for entry in catalogue.index(section)]


def agreement_entry(ref: AgreementRef) -> Entry:
    """Show an agreement in an index."""
    name = agreement_name(ref)
    schedule = schedule_words(ref.schedule) or agreement_noun(ref).capitalize()
    return Entry(
        Run(name, to=f"agreements/{ref.slug}/index.html"),
        f"{name} {ref.title or ''} {ref.first_party or ''} {ref.date or ''}",
        date_words(ref.date).capitalize(),
        f"{schedule}, {count(ref.parties, 'party', 'parties')}",
    )


def name_entry(entry: IndexEntry, section: str) -> Entry:
    """Show a name in an index."""
    second = quoted(entry.short) if entry.short else ""
    if section == "signers":
        second = count(entry.count, "signature")
    elif section == "issuers":
        second = count(entry.agreements, "agreement")
    newest = entry.latest
    third = date_words(newest.date) if section == "issuers" else f"{_short(agreement_name(newest))}, {_year(newest)}"
    more = f" and {entry.agreements - 1:,} more" if entry.agreements > 1 and section != "issuers" else ""
    ref = entry.ref
    return Entry(
        Run(ref.name, to=f"{section}/{ref.slug}/index.html"),
        f"{ref.name} {entry.short or ''}",
        second,
        third + more,
    )


def _short(name: str) -> str:
    """Leave out a company's legal ending: it is what the company is called here, not which company it is."""
    return shorten(split_form(name)[0], _SHORT_NAME)


def _year(ref: AgreementRef) -> str:
    return ref.date[:4] if ref.date else "undated"


def _by_letter(filed: Iterable[tuple[str, Entry]]) -> dict[str, _Filed]:
    out: dict[str, _Filed] = {}
    for letter, entry in filed:
        out.setdefault(letter, []).append((letter, entry))
    return out


def _pages(filed: _Filed) -> dict[str, _Filed]:
    """Return the entries of each page below the section, `""` being the section's own."""
    if len(filed) <= ONE_PAGE:
        return {"": filed}
    pages: dict[str, _Filed] = {"": []}
    for letter, entries in _by_letter(filed).items():
        if len(entries) <= ONE_PAGE or letter not in _ALPHABET:
            pages[letter] = entries
            continue
        for letter_, entry in entries:
            pages.setdefault(_two_letters(letter_, entry), []).append((letter_, entry))
    return pages


def _two_letters(letter: str, entry: Entry) -> str:
    """Return what an entry is filed under when its letter is too large: its letter and the next one."""
    words = [word for word in entry.name.text.casefold().split() if word.startswith(letter)]
    second = next((word[1] for word in words if len(word) > 1 and word[1] in _ALPHABET), "")
    return letter + second


def _letter(label: str, to: str, entries: _Filed) -> Letter:
    return Letter(label.capitalize(), label, to or f"#{label}", tuple(entry for _, entry in entries), len(entries))


def _row(section: str, filed: _Filed, pages: dict[str, _Filed], *, split: bool) -> tuple[Letter, ...]:
    if split:
        return tuple(
            Letter(name.capitalize(), name, f"{section}/{name}/index.html", (), len(entries))
            for name, entries in sorted(pages.items(), reverse=section == "agreements")
            if name
        )
    counts = {name: len(entries) for name, entries in _by_letter(filed).items()}
    if section == "agreements":
        return tuple(Letter(name.capitalize(), name, f"#{name}", (), n) for name, n in counts.items())
    names = [*(["0-9"] if "0-9" in counts else []), *_ALPHABET]
    return tuple(
        Letter(name.capitalize(), name, f"#{name}" if name in counts else "", (), counts.get(name, 0)) for name in names
    )
