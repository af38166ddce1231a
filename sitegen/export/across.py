"""Data twins of what several agreements say together."""

from collections.abc import Iterable

from sitegen.catalogue.comparison import Difference, Said
from sitegen.catalogue.records import NameRef
from sitegen.catalogue.redline import ClauseSide
from sitegen.catalogue.signing import Named, Place, Signing
from sitegen.export.across_shapes import (
    AuthorityTwin,
    BridgesTwin,
    BridgeTwin,
    ClauseChangeTwin,
    ClauseSideTwin,
    CompareTwin,
    CrossedTwin,
    DifferencesTwin,
    DifferenceTwin,
    KeptTwin,
    MemberTwin,
    NamedTwin,
    NamesakeTwin,
    PlaceTwin,
    PowerTwin,
    RosterLineTwin,
    RosterTwin,
    SaidTwin,
    SigningTwin,
    StatementTwin,
    StepTwin,
    TermMoveTwin,
)
from sitegen.pages import authority, bridges, compare, differences, roster
from sitegen.pages.site import Site


def _url(path: str) -> str:
    return path.removesuffix("index.html")


def _place(place: Place | None) -> PlaceTwin | None:
    return PlaceTwin(place.agreement, (place.first, place.last)) if place else None


def named(name: Named) -> NamedTwin:
    """Return a name's data."""
    ref = name.ref
    return NamedTwin(name.name, ref.slug if ref else None, ref.person if ref else None, _place(name.place))


def _said(items: Iterable[Said]) -> list[SaidTwin]:
    return [SaidTwin([named(name) for name in item.names], item.words or None, _place(item.place)) for item in items]


def difference(found: Difference) -> DifferenceTwin:
    """Return the data of one matter as two agreements print it."""
    return DifferenceTwin(found.kind, [named(name) for name in found.about], _said(found.older), _said(found.newer))


def _clause(side: ClauseSide | None) -> ClauseSideTwin | None:
    if side is None:
        return None
    return ClauseSideTwin(side.number, [(piece.words, piece.differs) for piece in side.pieces], _place(side.place))


def compare_twin(site: Site, key: str) -> CompareTwin:
    """Return the data of two agreements side by side."""
    issuer, found = compare.compared(site, key)
    return CompareTwin(
        url=_url(compare.path(key)),
        issuer=issuer.slug,
        older=found.older.slug,
        newer=found.newer.slug,
        joined=[named(each.party) for each in found.joined],
        absent=[named(each.party) for each in found.absent],
        kept=[
            KeptTwin(named(each.older), named(each.newer), each.renamed, [difference(one) for one in each.differences])
            for each in found.kept
        ],
        capacities=[difference(each) for each in found.capacities],
        terms=[TermMoveTwin(move.term, named(move.older), named(move.newer)) for move in found.terms],
        clauses=[ClauseChangeTwin(_clause(each.older), _clause(each.newer)) for each in found.clauses],
    )


def roster_twin(site: Site, key: str) -> RosterTwin:
    """Return the data of a part of an issuer's roster."""
    part = roster.part(site, key)
    return RosterTwin(
        url=_url(roster.path(key)),
        issuer=part.issuer.slug,
        part=part.number,
        parts=len(part.ranges),
        rosters=[
            RosterLineTwin(
                ref.slug,
                ref.date,
                [
                    MemberTwin(named(member.named), [named(each.signer) for each in member.signed if each.signer])
                    for member in members.values()
                ],
            )
            for ref, members in part.shown
        ],
    )


def authority_twin(site: Site, key: str) -> AuthorityTwin:
    """Return the data of a part of a page of signing authority."""
    found = authority.part(site, key)
    return AuthorityTwin(
        url=_url(authority.path(key)),
        section=found.ref.section,
        id=found.ref.slug,
        part=found.number,
        parts=found.parts,
        total=found.total,
        signings=[signing(each) for each in found.signings],
    )


def signing(found: Signing) -> SigningTwin:
    """Return the data of a signature block."""
    power = found.power
    return SigningTwin(
        agreement=found.agreement.slug,
        block=found.block + 1,
        party=named(found.party),
        listed=found.listed,
        through=[StepTwin(named(step), step.capacity) for step in found.through],
        signer=named(found.signer) if found.signer else None,
        title=found.title,
        attorney_in_fact=found.attorney,
        power_of_attorney=PowerTwin(power.state, _place(found.power_place)) if power else None,
        dated=found.dated,
        lines=(found.place.first, found.place.last),
    )


def bridges_twin(site: Site) -> BridgesTwin:
    """Return the data of the bridges that the page lists."""
    people, entities, namesakes = bridges.parted(site)
    return BridgesTwin(
        people=[_bridge(each) for each in bridges.found(site, people[: bridges.MOST_BRIDGES])],
        all_people=len(people),
        entities=[_bridge(each) for each in bridges.found(site, entities[: bridges.MOST_BRIDGES])],
        all_entities=len(entities),
        namesakes=[
            NamesakeTwin(_page(bridges.page(site, each.identity)), [(at, list(slugs)) for at, slugs in each.persons])
            for each in namesakes[: bridges.MOST_NAMESAKES]
        ],
        all_namesakes=len(namesakes),
    )


def _bridge(found: bridges.Found) -> BridgeTwin:
    return BridgeTwin(
        name=found.name,
        url=_page(found.ref),
        person=found.bridge.person,
        issuers=len(found.bridge.agreements),
        crossed=[CrossedTwin(issuer.slug, agreements, _place(place)) for issuer, _, place, agreements in found.crossed],
    )


def _page(ref: NameRef | None) -> str | None:
    return f"{ref.section}/{ref.slug}/" if ref else None


def differences_twin(site: Site) -> DifferencesTwin:
    """Return the data of the differences that the page lists."""
    by_kind = differences.by_kind(site)
    return DifferencesTwin(
        totals={kind: len(found) for kind, found in by_kind.items()},
        statements=[
            StatementTwin(
                told.statement.kind,
                f"parties/{told.slug}/",
                told.other.text if told.other else None,
                _said(said for _, said in told.sides),
            )
            for found in by_kind.values()
            for told in differences.shown(site, found)
        ],
    )
