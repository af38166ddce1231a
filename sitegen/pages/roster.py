"""An issuer's roster: its parties by agreement, each cell with its lines and signer; any two agreements side by side.

Reach: all agreements about the issuer, and the identities of their parties and signers.
"""

from collections.abc import Sequence

import msgspec

from sitegen.catalogue.records import AgreementRef, NameRef
from sitegen.catalogue.signing import Member, Named
from sitegen.pages.cited import chips, named
from sitegen.pages.compare import issuer_keys
from sitegen.pages.compare import path as compare_path
from sitegen.pages.evidence import Chip
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_link, agreement_noun, head
from sitegen.pages.groups import ref_link
from sitegen.pages.prose import Prose, Run, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, date_words, schedule_words

_MOST_COLUMNS = 6
_MOST_CELLS = 240
_MOST_PARTIES = 120
"""Parties on one part; the others of its agreements stand in their dossiers."""
_MOST_DATA = 1_600
"""Cells of which the page carries the data that lays any two agreements side by side."""
_FEW_SIGNERS = 2


class Column(msgspec.Struct, frozen=True):
    """An agreement."""

    about: Run
    words: str
    """Its date in words."""
    small: str
    """Schedule, or what kind of document it is."""


class Membership(msgspec.Struct, frozen=True):
    """A party in one agreement."""

    chips: tuple[Chip, ...]
    """Where the agreement first names it."""
    signers: tuple[tuple[Run, tuple[Chip, ...]], ...]
    """Who signs for it, each with the lines of the signature."""
    more: int
    """Signers left out."""


class RosterRow(msgspec.Struct, frozen=True):
    """A party, by agreement; None where it is not a party."""

    party: Run
    cells: tuple[Membership | None, ...]


class RosterView(msgspec.Struct, frozen=True):
    """A part of an issuer's roster."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    columns: tuple[Column, ...]
    rows: tuple[RosterRow, ...]
    rest: str
    """Parties of these agreements that the part leaves out; empty when none."""
    parts: Prose
    """Links to all parts, where there are several."""
    pairs: Prose
    """Comparisons of successive agreements on this part."""
    data: dict[str, object] | None
    """What the picker of two agreements is made of, on the first part."""
    unpicked: str
    """Agreements too old for the picker; empty when it holds all."""
    by_line: str


Sheet = tuple[AgreementRef, dict[str, Member]]
"""An agreement and its parties by identity, in its order."""


class Part(msgspec.Struct, frozen=True):
    """Some of an issuer's agreements, newest first."""

    issuer: NameRef
    refs: tuple[AgreementRef, ...]
    """All agreements of the roster."""
    ranges: tuple[tuple[int, int], ...]
    """The agreements of each part."""
    number: int
    """From 1."""
    shown: tuple[Sheet, ...]


def keys(site: Site) -> tuple[str, ...]:
    """Return `ISSUER` for each issuer of two agreements or more, and `ISSUER/2` and so on for further parts."""
    return tuple(key for issuer in site.catalogue.slugs("issuers") for key in issuer_parts(site, issuer))


def issuer_parts(site: Site, issuer: str) -> tuple[str, ...]:
    """Return the keys of one issuer's parts; none with a single agreement."""
    refs = sheets(site, issuer) if site.catalogue.has("issuers", issuer) else ()
    if len(refs) < 2:  # noqa: PLR2004 -- a roster of one agreement is its list of parties
        return ()
    parts = len(_parts([ref.parties for ref in refs]))
    return (issuer, *(f"{issuer}/{part}" for part in range(2, parts + 1)))


def path(key: str) -> str:
    """Return the file of a part."""
    issuer, _, part = key.partition("/")
    return f"issuers/{issuer}/roster/{part + '/' if part else ''}index.html"


def _parts(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Cut agreements, by their numbers of parties, into ranges that make tables of a bounded size."""
    parts = []
    start = 0
    for end in range(1, len(sizes) + 1):
        rows = min(_MOST_PARTIES, sum(sizes[start : end + 1]))
        if end == len(sizes) or end - start == _MOST_COLUMNS or (end - start + 1) * rows > _MOST_CELLS:
            parts.append((start, end))
            start = end
    return parts


def sheets(site: Site, issuer: str) -> tuple[AgreementRef, ...]:
    """Return the agreements that a roster shows, newest first, undated last."""
    return tuple(ref for ref in site.catalogue.issuer(issuer).agreements if ref.parties)


def sheet(site: Site, ref: AgreementRef) -> Sheet:
    """Return an agreement's parties with their signature blocks."""
    return ref, site.catalogue.members(ref.slug)


def part(site: Site, key: str) -> Part:
    """Return what a part shows."""
    issuer, _, number = key.partition("/")
    refs = sheets(site, issuer)
    ranges = _parts([each.parties for each in refs])
    start, end = ranges[int(number or 1) - 1]
    shown = tuple(sheet(site, each) for each in refs[start:end])
    return Part(site.catalogue.page_named("issuers", issuer), refs, tuple(ranges), int(number or 1), shown)


def view(site: Site, key: str) -> RosterView:
    """Build a part of an issuer's roster."""
    found = part(site, key)
    ref, refs, ranges, shown = found.issuer, found.refs, found.ranges, found.shown
    parties = _parties(shown)
    lede = _lede(refs)
    place = f", part {found.number} of {len(ranges)}" if len(ranges) > 1 else ""
    crumbs = (HOME, SECTIONS["issuers"], ref_link(ref), Run("Roster"))
    successive = [each for each in issuer_keys(site, ref.slug) if _on(each, shown)]
    data, unpicked = _data(site, refs) if found.number == 1 else (None, 0)
    return RosterView(
        head=head(
            site, path(key), f"{ref.name}: roster{place}", plain(lede), section="issuers", crumbs=crumbs, twin=True
        ),
        side=("Roster", f"Part {found.number} of {len(ranges)}") if place else ("Roster",),
        h1=f"{ref.name}: who joined which agreement",
        lede=lede,
        columns=tuple(_column(each) for each, _ in shown),
        rows=tuple(_row(one, party, shown) for one, party in list(parties.items())[:_MOST_PARTIES]),
        rest=_rest(len(parties) - _MOST_PARTIES),
        parts=_links(ref.slug, ranges, refs) if place else (),
        pairs=tuple(Run(_pair_words(each, refs), to=compare_path(each)) for each in successive),
        data=data,
        unpicked=f"{count(unpicked, 'older agreement')} are not among them." if unpicked else "",
        by_line=BY_LINE,
    )


def _lede(refs: Sequence[AgreementRef]) -> Prose:
    dates = sorted(date_words(ref.date) for ref in (refs[0], refs[-1]) if ref.date)
    span = f", the newest of {date_words(refs[0].date)}" if dates else ""
    return prose(f"The parties to {count(len(refs), 'agreement')} about this issuer{span}, each with its lines.")


def _parties(shown: Sequence[Sheet]) -> dict[str, Named]:
    parties: dict[str, Named] = {}
    for _, members in shown:
        for one, member in members.items():
            parties.setdefault(one, member.named)
    return parties


def _column(ref: AgreementRef) -> Column:
    words = date_words(ref.date).capitalize()
    return Column(agreement_link(ref, words), words, schedule_words(ref.schedule) or agreement_noun(ref).capitalize())


def _row(one: str, party: Named, shown: Sequence[Sheet]) -> RosterRow:
    return RosterRow(named(party), tuple(_membership(members.get(one)) for _, members in shown))


def _membership(member: Member | None) -> Membership | None:
    if member is None:
        return None
    signers = {each.signer.identity: (named(each.signer), chips(each.place)) for each in member.signed if each.signer}
    shown = tuple(signers.values())[:_FEW_SIGNERS]
    return Membership(chips(member.named.place), shown, len(signers) - len(shown))


def _rest(left: int) -> str:
    return f"{count(left, 'more party', 'more parties')} of these agreements: see their dossiers." if left > 0 else ""


def _links(issuer: str, ranges: Sequence[tuple[int, int]], refs: Sequence[AgreementRef]) -> Prose:
    runs = []
    for number, (start, end) in enumerate(ranges, 1):
        words = " to ".join(dict.fromkeys(date_words(refs[at].date) for at in (end - 1, start)))
        runs.append(Run(f"Part {number}: {words}", to=path(f"{issuer}/{number}" if number > 1 else issuer)))
    return tuple(runs)


def _on(key: str, shown: Sequence[Sheet]) -> bool:
    """Whether a comparison's newer agreement stands on the part."""
    return any(key.endswith(f"--{ref.slug}") for ref, _ in shown)


def _pair_words(key: str, refs: Sequence[AgreementRef]) -> str:
    dates = {ref.slug: date_words(ref.date) for ref in refs}
    older, _, newer = key.partition("/")[2].partition("--")
    return f"{dates[older]} and {dates[newer]}"


def _data(site: Site, refs: Sequence[AgreementRef]) -> tuple[dict[str, object], int]:
    """Return what lays any two agreements side by side, and how many agreements it leaves out for length."""
    parties: dict[str, int] = {}
    names: list[tuple[str, str]] = []
    columns: list[dict[str, object]] = []
    cells = 0
    for ref in refs:
        cells += ref.parties
        if columns and cells > _MOST_DATA:
            break
        _, members = sheet(site, ref)
        rows = []
        for one, member in members.items():
            if one not in parties:
                parties[one] = len(names)
                run = named(member.named)
                names.append((run.text, run.to))
            rows.append((parties[one], _lines(member.named), _signers(member)))
        columns.append({"slug": ref.slug, "date": date_words(ref.date), "rows": rows})
    return {"parties": names, "agreements": columns}, len(refs) - len(columns)


def _lines(name: Named) -> tuple[int, int] | None:
    return (name.place.first, name.place.last) if name.place else None


def _signers(member: Member) -> list[tuple[str, int, int]]:
    signers = {each.signer.identity: (each.signer.name, each.place) for each in member.signed if each.signer}
    return [(name, place.first, place.last) for name, place in signers.values()]
