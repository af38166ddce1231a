"""What agreements print differently of a company: on its own page, and of all companies on one page.

Reach: of a company's rows, its agreements and the identities that its blocks name; of the page, all agreements.
"""

from collections.abc import Iterable

import msgspec

from sitegen.catalogue.comparison import Said
from sitegen.catalogue.differences import CAPACITY, KINDS, SIBLINGS, SIGNERS, TERM, THROUGH, TITLE, Statement, Witness
from sitegen.catalogue.records import AgreementRef
from sitegen.catalogue.signing import Signing, fact_place, party_named, signing
from sitegen.pages.cited import Cell, cell, named
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_label, agreement_link, head
from sitegen.pages.prose import Prose, Run, joined, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, quoted

MATTERS = {
    TERM: "One term for two parties",
    CAPACITY: "Another capacity",
    THROUGH: "Signs through different entities",
    SIBLINGS: "Another chain than its siblings",
    TITLE: "Another title",
    SIGNERS: "Different people sign",
}
_NOTHING = "No two agreements were read to print anything differently of one company."
_MOST_SIDES = 4
_MOST_ROWS = 20
"""Of one kind, on the page of all companies."""
_MOST_HERE = 12
"""On a company's own page."""


class Side(msgspec.Struct, frozen=True):
    """What one agreement prints."""

    cell: Cell
    about: Run
    """The agreement, with its date."""


class StatementRow(msgspec.Struct, frozen=True):
    """One matter that agreements print differently."""

    matter: str
    about: Prose
    sides: tuple[Side, ...]
    more: str
    """How many more things are printed; empty when all are shown."""


class MatterGroup(msgspec.Struct, frozen=True):
    """All matters of one kind."""

    anchor: str
    heading: str
    total: int
    rows: tuple[StatementRow, ...]
    rest: str


class DifferencesView(msgspec.Struct, frozen=True):
    """What agreements print differently of all companies."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    groups: tuple[MatterGroup, ...]
    by_line: str


class Told(msgspec.Struct, frozen=True):
    """A statement, its places read."""

    statement: Statement
    slug: str
    """Of the company's page."""
    party: Run
    other: Run | None
    """The step, the signer or the sponsor that it is about."""
    sides: tuple[tuple[AgreementRef, Said], ...]


def told(site: Site, statement: Statement) -> Told:
    """Read the places of a statement."""
    if statement.kind == TERM:
        return _told_term(site, statement)
    read = [_signing(site, at) for at in statement.witnesses]
    sides = tuple((each.agreement, _said(statement.kind, each)) for each in read)
    return Told(statement, _slug(site, statement), named(read[0].party), _other(statement.kind, read[0]), sides)


def _other(kind: str, block: Signing) -> Run | None:
    if kind == CAPACITY:
        return named(block.through[0])
    if kind == SIBLINGS:
        return named(block.through[-1])
    return named(block.signer) if kind == TITLE and block.signer else None


def _slug(site: Site, statement: Statement) -> str:
    page = site.catalogue.page_of("parties", statement.identity)
    if page is None:
        raise LookupError(f"party page of {statement.identity!r}")
    return page.slug


def _signing(site: Site, at: Witness) -> Signing:
    return signing(site.catalogue.dossier(at.agreement), at.number)


def _said(kind: str, block: Signing) -> Said:
    if kind == SIGNERS:
        return Said((block.signer,) if block.signer else (), block.title or "", block.place)
    if kind == THROUGH:
        return Said(block.through[:1], "", block.through[0].place)
    if kind == CAPACITY:
        return Said((), quoted(block.through[0].capacity or ""), block.through[0].place)
    if kind == SIBLINGS:
        steps = ", then ".join(f"{step.name} ({step.capacity or 'no capacity printed'})" for step in block.through)
        return Said((), f"{block.party.name}: {steps}", block.party.place)
    return Said((), quoted(block.title or ""), block.place)


def _told_term(site: Site, statement: Statement) -> Told:
    sides = []
    for at in statement.witnesses:
        dossier = site.catalogue.dossier(at.agreement)
        mention = dossier.agreement.parties[at.number]
        place = fact_place(dossier, mention.name, *mention.aliases[:1])
        sides.append((dossier.ref, Said((party_named(dossier, at.number),), "", place)))
    return Told(
        statement, _slug(site, statement), named(sides[0][1].names[0]), Run(quoted(statement.about)), tuple(sides)
    )


def row(found: Told, *, own: bool = False) -> StatementRow:
    """Show a statement; on the company's own page without naming it again."""
    shown = found.sides[:_MOST_SIDES]
    party = () if own else (found.party,)
    other = (found.other,) if found.other else ()
    return StatementRow(
        matter=MATTERS[found.statement.kind],
        about=joined((*other, *party), " for "),
        sides=tuple(Side(cell((said,)), agreement_link(ref, agreement_label(ref))) for ref, said in shown),
        more=f"+{len(found.sides) - len(shown)} more" if len(found.sides) > len(shown) else "",
    )


def of_company(site: Site, slug: str) -> tuple[StatementRow, ...]:
    """Return what agreements print differently of a company (by the slug of its party page)."""
    return tuple(row(told(site, each), own=True) for each in site.catalogue.differences(slug)[:_MOST_HERE])


def view(site: Site, key: str) -> DifferencesView:
    """Build the page of all companies."""
    found = site.catalogue.all_differences
    groups = tuple(_group(site, kind, told) for kind, told in by_kind(site).items())
    lede = (
        prose(_NOTHING)
        if not found
        else prose(
            f"{count(len(found), 'matter')} that agreements print differently of one company, each with its lines. "
            "Both printings may be right: offices change, and so do agreements."
        )
    )
    crumbs = (HOME, SECTIONS["review"], Run("Differences"))
    return DifferencesView(
        head=head(site, f"{key}/index.html", "Differences between agreements", plain(lede), crumbs=crumbs, twin=True),
        side=("Differences",),
        h1="What agreements print differently",
        lede=lede,
        groups=tuple(group for group in groups if group.total),
        by_line=BY_LINE,
    )


def by_kind(site: Site) -> dict[str, list[Statement]]:
    """Return all statements by kind, what says most first."""
    found = site.catalogue.all_differences
    return {kind: [each for each in found if each.kind == kind] for kind in KINDS}


def _group(site: Site, kind: str, found: list[Statement]) -> MatterGroup:
    left = len(found) - _MOST_ROWS
    return MatterGroup(
        anchor=kind,
        heading=MATTERS[kind],
        total=len(found),
        rows=tuple(row(each) for each in shown(site, found)),
        rest=f"+{left:,} more, each on the page of its company." if left > 0 else "",
    )


def shown(site: Site, found: Iterable[Statement]) -> tuple[Told, ...]:
    """Return the first statements of one kind, their places read."""
    return tuple(told(site, each) for each in list(found)[:_MOST_ROWS])
