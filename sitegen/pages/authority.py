"""Signing authority: who signed for whom, as what, on which date, and what the exhibit shows of a power of attorney.

Of a party: the blocks that sign for it, and those of others that print it on a "By:" line. Of an issuer: all blocks of
the agreements about it. Each row is one printed block; nothing is derived from several.

Reach: the agreements whose blocks are shown, the party or issuer, and the identities that the blocks name.
"""

import msgspec

from sitegen.catalogue.power import ABSENT, REFERRED, STATED
from sitegen.catalogue.records import NameRef
from sitegen.catalogue.signing import Named, Signing
from sitegen.pages.cited import chips, named
from sitegen.pages.evidence import Chip
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_link, agreement_name, head
from sitegen.pages.groups import ref_link
from sitegen.pages.prose import Prose, Run, joined, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, SAME_NAME, count, date_words, quoted

_A_PART = 80
"""Blocks on one part."""
POWERS = {STATED: "Stated in this exhibit", REFERRED: "Referred to", ABSENT: "Not in this exhibit"}
_FEWEST = {"parties": 2, "issuers": 1}
"""A party's own page shows a single block."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADER = (
    *("party", "party_page", "signer", "signer_page", "title", "attorney_in_fact", "through", "capacities"),
    *("dated", "power_of_attorney", "agreement", "issuer", "first_line", "last_line", "source"),
)


class AuthorityRow(msgspec.Struct, frozen=True):
    """One signature block."""

    party: Run
    signer: Run | None
    capacity: str
    """The title or the attorney's words; empty when none is printed."""
    through: Prose
    """The "By:" lines in between, each with its capacity as printed."""
    date: str | None
    """ISO; of the block, else of the agreement."""
    words: str
    power: str
    """Of an attorney-in-fact: whether the exhibit states the power, refers to it, or neither; else empty."""
    power_chips: tuple[Chip, ...]
    about: Run
    chips: tuple[Chip, ...]


class AuthorityGroup(msgspec.Struct, frozen=True):
    """Blocks that concern the name in one way."""

    heading: str
    remark: str
    rows: tuple[AuthorityRow, ...]


class AuthorityView(msgspec.Struct, frozen=True):
    """A part of a page of signing authority."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    groups: tuple[AuthorityGroup, ...]
    parts: Prose
    csv: Run
    by_line: str


class CsvView(msgspec.Struct, frozen=True):
    """A table as comma-separated values (RFC 4180)."""

    rows: tuple[tuple[str, ...], ...]
    """The header first. What a spreadsheet would take for a formula begins with an apostrophe."""


class Part(msgspec.Struct, frozen=True):
    """Some of the blocks that concern a name, newest agreement first."""

    ref: NameRef
    number: int
    """From 1."""
    parts: int
    total: int
    signings: tuple[Signing, ...]


def keys(site: Site) -> tuple[str, ...]:
    """Return `SECTION/SLUG`, and `SECTION/SLUG/2` and so on for further parts."""
    return tuple(key for name in names(site) for key in parts(site, name))


def names(site: Site) -> tuple[str, ...]:
    """Return `SECTION/SLUG` of each party that two blocks or more concern, and of each issuer with any block."""
    with_authority = site.catalogue.with_authority
    return tuple(f"{section}/{slug}" for section in ("parties", "issuers") for slug in with_authority(section))


def keys_of(site: Site, name: str) -> tuple[str, ...]:
    """Return the keys of one name's parts, `SECTION/SLUG`; none where it has no table."""
    return parts(site, name) if names_of(site, name) else ()


def names_of(site: Site, name: str) -> tuple[str, ...]:
    """Return the name itself, `SECTION/SLUG`, if it has a table."""
    section, _, slug = name.partition("/")
    if section not in _FEWEST or not site.catalogue.has(section, slug):
        return ()
    return (name,) if len(site.catalogue.blocks_concerning(section, slug)) >= _FEWEST[section] else ()


def link(site: Site, name: str) -> Run | None:
    """Link the page of a name (`SECTION/SLUG`), where it has one."""
    section, _, slug = name.partition("/")
    blocks = len(site.catalogue.blocks_concerning(section, slug))
    if blocks < _FEWEST[section]:
        return None
    return Run(f"Signing authority: {count(blocks, 'signature block')} as a table", to=path(name))


def parts(site: Site, name: str) -> tuple[str, ...]:
    """Return the keys of one name's parts."""
    section, _, slug = name.partition("/")
    total = -(-len(site.catalogue.blocks_concerning(section, slug)) // _A_PART)
    return (name, *(f"{name}/{number}" for number in range(2, total + 1)))


def path(key: str) -> str:
    """Return the file of a part."""
    section, slug, *number = key.split("/")
    return "/".join([section, slug, "authority", *number, "index.html"])


def csv_path(name: str) -> str:
    """Return the file of a name's table, whole."""
    return f"{name}/authority/authority.csv"


def part(site: Site, key: str) -> Part:
    """Return what a part shows."""
    section, slug, *number = key.split("/")
    here = int(number[0]) if number else 1
    places = site.catalogue.blocks_concerning(section, slug)
    shown = places[(here - 1) * _A_PART : here * _A_PART]
    return Part(
        site.catalogue.page_named(section, slug),
        here,
        -(-len(places) // _A_PART),
        len(places),
        _opened(site, [(each.agreement, each.block) for each in shown]),
    )


def _opened(site: Site, places: list[tuple[str, int]]) -> tuple[Signing, ...]:
    return tuple(site.catalogue.signing(slug, block) for slug, block in places)


def view(site: Site, key: str) -> AuthorityView:
    """Build a part of a page of signing authority."""
    found = part(site, key)
    ref = found.ref
    name = f"{ref.section}/{ref.slug}"
    place = f", part {found.number} of {found.parts}" if found.parts > 1 else ""
    lede = _lede(found)
    crumbs = (HOME, SECTIONS[ref.section], ref_link(ref), Run("Signing authority"))
    title = f"{ref.name}: signing authority{place}"
    numbered = [(number, each) for number, each in enumerate(parts(site, name), 1)]
    return AuthorityView(
        head=head(site, path(key), title, plain(lede), section=ref.section, crumbs=crumbs, twin=True),
        side=("Signing authority", f"Part {found.number} of {found.parts}") if place else ("Signing authority",),
        h1=f"{ref.name}: who signed for whom",
        lede=lede,
        groups=_groups(ref, found.signings),
        parts=tuple(Run(f"Part {number}", to=path(each)) for number, each in numbered) if place else (),
        csv=Run("This table, whole, as CSV", to=csv_path(name)),
        by_line=BY_LINE,
    )


def _lede(found: Part) -> Prose:
    blocks = count(found.total, "signature block")
    if found.ref.section == "issuers":
        return prose(f"{blocks} of the agreements about ", ref_link(found.ref), ", newest first.")
    noun = "sign for" if found.ref.kind == "person" else "sign for or through"
    return prose(f"{blocks} that {noun} ", ref_link(found.ref), ", newest agreement first.")


def _groups(ref: NameRef, found: tuple[Signing, ...]) -> tuple[AuthorityGroup, ...]:
    if ref.section == "issuers":
        return (AuthorityGroup("Signature blocks", "", tuple(map(_row, found))),)
    own: dict[str, list[Signing]] = {}
    through, unmatched = [], []
    for each in found:
        if each.party.ref and each.party.ref.slug == ref.slug:
            own.setdefault(each.party.ref.person or "", []).append(each)
        elif each.listed or each.through:
            through.append(each)
        else:
            unmatched.append(each)
    several = len(own) > 1
    groups = [
        AuthorityGroup(
            f"Who signed for it: person {number} of {len(own)}" if several else "Who signed for it",
            SAME_NAME if several else "",
            tuple(map(_row, blocks)),
        )
        for number, blocks in enumerate(own.values(), 1)
    ]
    if through:
        remark = "Blocks of others that print this name on a “By:” line. That they do says nothing else of them."
        groups.append(AuthorityGroup("Who signed through it", remark, tuple(map(_row, through))))
    if unmatched:
        remark = "Blocks that print the name in an agreement that does not list it as a party."
        groups.append(AuthorityGroup("Unmatched blocks", remark, tuple(map(_row, unmatched))))
    return tuple(groups)


def _row(signing: Signing) -> AuthorityRow:
    power = signing.power
    return AuthorityRow(
        party=named(signing.party),
        signer=named(signing.signer) if signing.signer else None,
        capacity=_capacity(signing),
        through=joined(tuple(_step(step.name, step.capacity, named(step)) for step in signing.through), ", then "),
        date=signing.dated,
        words=date_words(signing.dated).capitalize(),
        power=POWERS[power.state] if power else "",
        power_chips=chips(signing.power_place),
        about=agreement_link(signing.agreement),
        chips=chips(signing.place),
    )


def _step(name: str, capacity: str | None, run: Run) -> Run:
    return msgspec.structs.replace(run, text=f"{name} ({capacity})") if capacity else run


def _capacity(signing: Signing) -> str:
    title, attorney = signing.title or "", signing.attorney_words or ""
    words = [title, "" if attorney.casefold() in title.casefold() else attorney]
    return ", ".join(quoted(each) for each in words if each)


def csv_view(site: Site, key: str) -> CsvView:
    """Return all blocks that concern a name, as a table."""
    section, _, slug = key.partition("/")
    places = [(each.agreement, each.block) for each in site.catalogue.blocks_concerning(section, slug)]
    return CsvView((HEADER, *(tuple(map(_harmless, _record(each))) for each in _opened(site, places))))


def _harmless(value: str) -> str:
    """Keep a spreadsheet from reading printed words as a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _record(signing: Signing) -> tuple[str, ...]:
    place = signing.place
    anchor = f"L{place.first}" + (f"-L{place.last}" if place.last > place.first else "")
    return (
        signing.party.name,
        _page(signing.party),
        signing.signer.name if signing.signer else "",
        _page(signing.signer) if signing.signer else "",
        signing.title or "",
        "yes" if signing.attorney else "no",
        "; ".join(step.name for step in signing.through),
        "; ".join(step.capacity or "" for step in signing.through),
        signing.dated or "",
        signing.power.state if signing.power else "",
        f"agreements/{signing.agreement.slug}/",
        signing.agreement.issuer or agreement_name(signing.agreement),
        str(place.first),
        str(place.last),
        f"agreements/{place.agreement}/source/#{anchor}",
    )


def _page(name: Named) -> str:
    if name.ref is None:
        return ""
    return f"{name.ref.section}/{name.ref.slug}/" + (f"#{name.ref.person}" if name.ref.person else "")
