"""Indexes of agreements, parties, signers and issuers: one page, or one a letter above 500 entries."""

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

Listed = AgreementRef | IndexEntry
_Filed = list[tuple[str, Listed]]
"""Entries in order, each with what it is filed under."""


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
    count: int | None
    """None where the page does not tell how many there are on another."""


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
        out += [section, *(f"{section}/{label}" for label in _cut(site, section) if label)]
    return tuple(out)


def state(site: Site, key: str) -> object:
    """Return what the page of one letter or year is made of; None for the first page of a section."""
    section, _, label = key.partition("/")
    pages = _cut(site, section)
    return (sorted(pages), pages[label]) if label else None


def listed(site: Site, key: str) -> tuple[Listed, ...]:
    """Return what an index page lists, from its path: all of a section, or what is below one letter or year."""
    section, _, label = key.partition("/")
    return tuple(one for _, one in (_cut(site, section)[label] if label else _filed(site, section)))


def view(site: Site, key: str) -> IndexView:
    """Build an index page from its path."""
    section, _, label = key.partition("/")
    filed, pages = _filed(site, section), _cut(site, section)
    one, many = _NOUNS[section]
    split = len(pages) > 1
    # A page of one letter says nothing of the others, so that what is added to one of them leaves it as it is.
    here = pages[label] if label else filed
    total = len(here)
    if label:
        shown: tuple[Letter, ...] = (_letter(section, label, "", here),)
    else:
        shown = () if split else tuple(_letter(section, name, f"#{name}", of) for name, of in _by_letter(filed).items())
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
        h1=f"{title} ({total:,})" if label else count(total, one, many),
        lede=prose(_LEDES[section]) if total else prose(f"No {one} yet: add exhibits to the content folder and build."),
        section=section,
        noun=many,
        letters=_row(section, filed, pages, split=split, counted=not label),
        sections=shown,
        split=split,
        example=next((quoted(one.short) for _, one in here if isinstance(one, IndexEntry) and one.short), ""),
    )


def _filed(site: Site, section: str) -> _Filed:
    return _filed_of(site.catalogue, section)


@lru_cache(maxsize=4)
def _filed_of(catalogue: Catalogue, section: str) -> _Filed:
    """File the entries once for all pages of an index."""
    if section == "agreements":
        return [((ref.date or "undated")[:4].replace("unda", "undated"), ref) for ref in catalogue.agreements()]
    return [(entry.letter, entry) for entry in catalogue.index(section)]


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


def _by_letter(filed: _Filed) -> dict[str, _Filed]:
    out: dict[str, _Filed] = {}
    for letter, entry in filed:
        out.setdefault(letter, []).append((letter, entry))
    return out


def _cut(site: Site, section: str) -> dict[str, _Filed]:
    """Return the entries of each page below a section, `""` being the section's own."""
    return _cut_of(site.catalogue, section)


@lru_cache(maxsize=4)
def _cut_of(catalogue: Catalogue, section: str) -> dict[str, _Filed]:
    return _pages(_filed_of(catalogue, section))


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


def _two_letters(letter: str, one: Listed) -> str:
    """Return what an entry is filed under when its letter is too large: its letter and the next one."""
    name = one.ref.name if isinstance(one, IndexEntry) else agreement_name(one)
    words = [word for word in name.casefold().split() if word.startswith(letter)]
    second = next((word[1] for word in words if len(word) > 1 and word[1] in _ALPHABET), "")
    return letter + second


def _letter(section: str, label: str, to: str, filed: _Filed) -> Letter:
    entries = tuple(
        name_entry(one, section) if isinstance(one, IndexEntry) else agreement_entry(one) for _, one in filed
    )
    return Letter(label.capitalize(), label, to, entries, len(entries))


def _row(section: str, filed: _Filed, pages: dict[str, _Filed], *, split: bool, counted: bool) -> tuple[Letter, ...]:
    if split:
        return tuple(
            Letter(name.capitalize(), name, f"{section}/{name}/index.html", (), len(entries) if counted else None)
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
