"""Review: what was checked, and what a careful reader should look at before relying on a fact.

One page holds all notes of a small site. A larger one counts them there, by kind and by agreement; the notes of a code,
what is silenced and what was not read have pages of their own, each cut into parts (`pages/parts.py`).
"""

from functools import lru_cache

import msgspec

from sitegen.catalogue.records import LocatedFinding, NotedAgreement, SilencedFinding, UnreadPassage
from sitegen.catalogue.reviewed import AGREEMENTS, SILENCED, UNREAD, Reviewed, tally
from sitegen.model.findings import RULES, Finding
from sitegen.pages.decided import ProposalRow, proposal_row
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_label, agreement_link, head
from sitegen.pages.noted import NoteGroup, SilencedNote, UnreadLines, note_groups, silenced_note, unread_note
from sitegen.pages.notes import CHECK, INFORMATION, Tag, tag_of
from sitegen.pages.parts import Part, parts
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count, date_words

A_PAGE = 100
"""Notes on one page."""
_MOST_PAIRS = 100
_MOST_AGREEMENTS = 20
_CHECKS = (
    ("Parties with a signature block", "SG401", "parties"),
    ("Signature blocks matched to a party", "SG402", "blocks"),
    ("Signature blocks that say who signs, or as what", "SG311", "blocks"),
    ("Dossiers whose signature pages spell names as the text does", "SG403", "agreements"),
    ("Dossiers with a date", "SG301", "agreements"),
    ("Dossiers that name the issuer", "SG302", "agreements"),
    ("Dossiers that name the schedule", "SG303", "agreements"),
)
_LISTS = {SILENCED: "Silenced", UNREAD: "Not read", AGREEMENTS: "Notes by agreement"}


class Check(msgspec.Struct, frozen=True):
    """A check that was made: `31 of 32`."""

    what: str
    passed: int
    total: int
    note: Run | None
    """The notes that say what failed; None where all passed."""


class KindCount(msgspec.Struct, frozen=True):
    """How many notes of one code there are, and where they stand."""

    code: str
    tag: Tag
    title: Run
    count: int


class AgreementCount(msgspec.Struct, frozen=True):
    """How many notes one agreement has; the link leads to them."""

    about: Run
    check: int
    information: int


class PartLink(msgspec.Struct, frozen=True):
    """A page of a list that is cut."""

    link: Run
    count: int | None
    """How much it holds; on the list's first page alone."""
    here: bool


class Choice(msgspec.Struct, frozen=True):
    """A selection that the filter offers."""

    name: str
    """Of the attribute that it compares: `weight` or `code`."""
    label: str
    options: tuple[tuple[str, str], ...]
    """Value and words."""


class ReviewView(msgspec.Struct, frozen=True):
    """A review page: all notes, or counts of them, or one list."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    checks: tuple[Check, ...]
    kinds: tuple[KindCount, ...]
    agreements: tuple[AgreementCount, ...]
    groups: tuple[NoteGroup, ...]
    silenced: tuple[SilencedNote, ...]
    unread: tuple[UnreadLines, ...]
    more: Prose
    """Links to the lists that stand on pages of their own."""
    parts: tuple[PartLink, ...]
    """The pages of this list, where it is cut."""
    filter: str
    """What the filter counts, in the plural; empty where there is nothing to filter."""
    choices: tuple[Choice, ...]
    """What the filter can choose by, besides words."""
    proposals: tuple[ProposalRow, ...]
    """Pairs of names to decide on, the most likely first."""
    undecided: str
    """How many more pairs there are; empty when all are shown."""


class Held(msgspec.Struct, frozen=True):
    """What one page of the review holds; its data twin holds the same."""

    notes: tuple[LocatedFinding, ...] = ()
    silenced: tuple[SilencedFinding, ...] = ()
    unread: tuple[UnreadPassage, ...] = ()
    agreements: tuple[NotedAgreement, ...] = ()


def keys(site: Site) -> tuple[str, ...]:
    """Return `review`; for a large site also `review/sg401`, `review/sg401/2003`, `review/silenced` and so on."""
    if not _is_large(site):
        return ("review",)
    out = ["review"]
    for name in (*site.catalogue.reviewed.counts(), *_LISTS):
        found = _parts(site, name)
        if found[0].count:
            folder = f"review/{name.lower()}"
            out += [folder, *(f"{folder}/{part.label}" for part in found if part.label)]
    return tuple(out)


def _is_large(site: Site) -> bool:
    reviewed = site.catalogue.reviewed
    held = sum(sum(reviewed.buckets(name).values()) for name in (SILENCED, UNREAD))
    return sum(reviewed.counts().values()) + held > A_PAGE


def _parts(site: Site, name: str) -> tuple[Part, ...]:
    return _cut(site.catalogue.reviewed, name, A_PAGE)


@lru_cache(maxsize=64)
def _cut(reviewed: Reviewed, name: str, most: int) -> tuple[Part, ...]:
    """Cut a list once for all its pages."""
    return parts(reviewed.buckets(name), most)


def state(site: Site, key: str) -> object:
    """Return what a part of a long list is made of; None for the other pages of the review."""
    name, _, label = key.removeprefix("review").removeprefix("/").partition("/")
    cut = _parts(site, _name(name)) if label else ()
    part = next((part for part in cut if part.label == label), None)
    if part is None:
        return None
    states = site.catalogue.reviewed.states()
    return part, [states.get(bucket) for bucket in part.buckets], [one.label for one in _beside(cut, part)]


def held(site: Site, key: str) -> Held:
    """Return what a page holds, from its path. The first page of a large site holds counts alone."""
    reviewed = site.catalogue.reviewed
    name, _, label = key.removeprefix("review").removeprefix("/").partition("/")
    if not name:
        if _is_large(site):
            return Held(agreements=reviewed.most_to_check(_MOST_AGREEMENTS))
        notes = tuple(note for code in _ordered(reviewed.counts()) for note in reviewed.of_code(code))
        return Held(notes, reviewed.silenced(), reviewed.unread(), reviewed.agreements())
    part = next((part for part in _parts(site, _name(name)) if part.label == label), None)
    if part is None:
        return Held()
    cut = slice(part.start, part.start + part.count)
    return {
        SILENCED: lambda: Held(silenced=reviewed.silenced(part.buckets)[cut]),
        UNREAD: lambda: Held(unread=reviewed.unread(part.buckets)[cut]),
        AGREEMENTS: lambda: Held(agreements=reviewed.agreements(part.buckets)[cut]),
    }.get(name, lambda: Held(reviewed.of_code(_name(name), part.buckets)[cut]))()


def _name(folder: str) -> str:
    return folder if folder in _LISTS else folder.upper()


def _ordered(counts: dict[str, int]) -> list[str]:
    """Order codes: those to check first."""
    return sorted(counts, key=lambda code: (RULES[code].severity == "note", code))


def view(site: Site, key: str) -> ReviewView:
    """Build a review page from its path."""
    name, _, label = key.removeprefix("review").removeprefix("/").partition("/")
    return _list(site, key, _name(name), label) if name else _first(site)


def kinds(site: Site) -> tuple[KindCount, ...]:
    """Count the findings by code: those to check first."""
    counts, large = site.catalogue.reviewed.counts(), _is_large(site)
    return tuple(
        KindCount(code, tag_of(Finding(code, "")), _kind_link(code, large=large), counts[code])
        for code in _ordered(counts)
    )


def _first(site: Site) -> ReviewView:
    reviewed, here = site.catalogue.reviewed, held(site, "review")
    large, counts = _is_large(site), reviewed.counts()
    check, information = tally(counts)
    lede = (
        "What a careful reader should look at before relying on these pages: "
        f"{count(check, 'note')} to check, {information:,} for information."
        if counts
        else "Nothing was found that a reader should check."
    )
    pairs = site.catalogue.proposals()
    own = [name for name in _LISTS if large and reviewed.buckets(name)]
    crumbs = (HOME, Run("Review notes"))
    return ReviewView(
        head=head(
            site, "review/index.html", "Review notes", lede, section="review", crumbs=crumbs, kind="website", twin=True
        ),
        side=("Review",),
        h1="Review notes",
        lede=prose(lede),
        checks=_checks(site, counts, large=large),
        kinds=kinds(site),
        agreements=tuple(map(_agreement_count, here.agreements)),
        groups=note_groups(here.notes),
        silenced=tuple(map(silenced_note, here.silenced)),
        unread=tuple(map(unread_note, here.unread)),
        more=tuple(
            Run(f"{_LISTS[name]} ({sum(reviewed.buckets(name).values()):,})", to=f"review/{name}/index.html")
            for name in own
        ),
        parts=(),
        filter="kinds" if large else "notes" if here.notes else "",
        choices=_choices(_ordered(counts), codes_too=not large),
        proposals=tuple(proposal_row(pair) for pair in pairs[:_MOST_PAIRS]),
        undecided=count(len(pairs) - _MOST_PAIRS, "more pair") if len(pairs) > _MOST_PAIRS else "",
    )


def _list(site: Site, key: str, name: str, label: str) -> ReviewView:
    here, cut = held(site, key), _parts(site, name)
    folder = f"review/{name.lower()}"
    part = next((part for part in cut if part.label == label), None)
    title = _LISTS[name] if name in _LISTS else f"{RULES[name].title} ({name})"
    h1 = f"{title}: {part.words}" if part and label else title
    total = sum(one.count for one in cut)
    # A part says nothing of the others, so that what is added to one of them leaves it as it is.
    lede = f"{count(part.count if part else total, 'entry', 'entries')} of this kind{' on this page' if label else ''}."
    if part is None and name in RULES:
        lede = " ".join(filter(None, (lede, RULES[name].meaning, RULES[name].settle)))
    crumbs = (
        HOME,
        SECTIONS["review"],
        *((Run(title, to=f"{folder}/index.html"), Run(part.words)) if part and label else (Run(title),)),
    )
    return ReviewView(
        head=head(site, f"{key}/index.html", h1, lede, section="review", crumbs=crumbs, kind="website", twin=True),
        side=("Review",),
        h1=h1,
        lede=prose(lede),
        checks=(),
        kinds=(),
        agreements=tuple(map(_agreement_count, here.agreements)),
        groups=note_groups(here.notes),
        silenced=tuple(map(silenced_note, here.silenced)),
        unread=tuple(map(unread_note, here.unread)),
        more=(),
        parts=tuple(_part_link(folder, one, part) for one in _beside(cut, part) if one.label),
        filter="notes" if here.notes else "agreements" if here.agreements else "",
        choices=(),
        proposals=(),
        undecided="",
    )


def _beside(cut: tuple[Part, ...], here: Part | None) -> tuple[Part, ...]:
    """Return the parts that a page links to: all on the list's first page, else those of its own year.

    Of another year the first part stands for all, so that a list of many months stays short to read.
    """
    if here is None or not here.label:
        return cut
    firsts = {one.year: one for one in reversed(cut)}
    return tuple(one for one in cut if one.year == here.year or firsts[one.year] is one)


def _part_link(folder: str, one: Part, here: Part | None) -> PartLink:
    to = f"{folder}/{one.label}/index.html"
    if here is None or not here.label:
        return PartLink(Run(one.words, to=to), one.count, here=False)
    words = one.words if one.year == here.year else date_words(one.year) if one.year[:1].isdigit() else one.words
    return PartLink(Run(words, to=to), None, here=one is here)


def _choices(codes: list[str], *, codes_too: bool) -> tuple[Choice, ...]:
    weights = tuple((tag.key, tag.word) for tag in (CHECK, INFORMATION))
    kinds = tuple((code, f"{code} {RULES[code].title}") for code in codes)
    return (Choice("weight", "Weight", weights), *((Choice("code", "Kind", kinds),) if codes_too else ()))


def _kind_link(code: str, *, large: bool) -> Run:
    folder = f"review/{code.lower()}/index.html"
    return Run(RULES[code].title, to=folder if large else f"review/index.html#{code.lower()}")


def _checks(site: Site, counts: dict[str, int], *, large: bool) -> tuple[Check, ...]:
    refs = site.catalogue.agreements()
    totals = {
        "agreements": len(refs),
        "parties": sum(ref.parties for ref in refs),
        "blocks": site.catalogue.counts().blocks,
    }
    silenced: dict[str, int] = {}
    for one in site.catalogue.reviewed.silenced():
        silenced[one.finding.code] = silenced.get(one.finding.code, 0) + 1
    found = []
    for what, code, of in _CHECKS:
        failed = counts.get(code, 0) + silenced.get(code, 0)
        link = _kind_link(code, large=large)
        note = msgspec.structs.replace(link, text=count(counts[code], "note")) if code in counts else None
        found.append(Check(what, max(0, totals[of] - failed), totals[of], note))
    found.append(
        Check("Dossiers with an EDGAR accession number", site.catalogue.reviewed.with_accession(), len(refs), None)
    )
    return tuple(check for check in found if check.total)


def _agreement_count(noted: NotedAgreement) -> AgreementCount:
    about = agreement_link(noted.agreement, agreement_label(noted.agreement))
    return AgreementCount(msgspec.structs.replace(about, to=f"{about.to}#n1"), noted.check, noted.information)
