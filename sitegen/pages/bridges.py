"""Who connects agreements about different issuers, with one line an issuer; names that only look alike stand apart.

Reach: all agreements whose issuer is known. The pages show at most a fixed number of names and agreements.
"""

from collections.abc import Sequence

import msgspec

from sitegen.catalogue.bridges import Bridge, Namesakes
from sitegen.catalogue.records import Dossier, NameRef
from sitegen.catalogue.signing import Place, fact_place, party_named, signing
from sitegen.graph.bridging import Crossing, Pier, span
from sitegen.graph.chains import Place as GraphPlace
from sitegen.model.name import key as name_key
from sitegen.pages.cited import chips
from sitegen.pages.evidence import Chip, name_link
from sitegen.pages.frame import HOME, Head, agreement_link, head
from sitegen.pages.graph import GraphView, drawn_view
from sitegen.pages.groups import ref_link
from sitegen.pages.prose import Prose, Run, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count, date_words, listing

MOST_BRIDGES = 30
"""Persons, and entities, that the page lists."""
_MOST_ISSUERS = 4
MOST_NAMESAKES = 30
_MOST_GROUPS = 6
_MOST_DRAWN = 14
_ENTITIES = ("entity", "entities")
_LOOKS = {"issuer": "issuer", "entity": "company or other entity", "person": "individual"}
_BEING_NAMED = "Being named in agreements about two issuers says that the name signs or is a party there, and no more."


class Crossed(msgspec.Struct, frozen=True):
    """One of the issuers that a name connects, by the newest agreement about it that names it."""

    issuer: Run
    about: Run
    """The agreement, by its date."""
    chips: tuple[Chip, ...]
    more: str
    """`+2 more agreements`; empty when there is one."""


class BridgeRow(msgspec.Struct, frozen=True):
    """A person or an entity that connects agreements about different issuers."""

    name: Run
    issuers: int
    crossed: tuple[Crossed, ...]
    more: str
    """`+3 more issuers`; empty when all are shown."""


class NamesakeRow(msgspec.Struct, frozen=True):
    """A printed name whose mentions are not known to be one person's."""

    name: Run
    groups: Prose
    """Each person, by the newest agreement that names that one."""
    more: str


class BridgesView(msgspec.Struct, frozen=True):
    """Who connects agreements about different issuers."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    remark: str
    people: tuple[BridgeRow, ...]
    more_people: str
    entities: tuple[BridgeRow, ...]
    more_entities: str
    namesakes: tuple[NamesakeRow, ...]
    more_namesakes: str
    graph: Run | None


class Found(msgspec.Struct, frozen=True):
    """A bridge with its page and the lines that name it."""

    bridge: Bridge
    name: str
    ref: NameRef | None
    crossed: tuple[tuple[NameRef, Dossier, Place | None, int], ...]
    """By issuer: its page, the newest agreement about it, the name's lines there, and how many agreements."""


def found(site: Site, bridges: Sequence[Bridge], most: int = _MOST_ISSUERS) -> tuple[Found, ...]:
    """Read the lines that name the bridges, of at most `most` issuers each."""
    return tuple(_found(site, bridge, most) for bridge in bridges)


def _found(site: Site, bridge: Bridge, most: int) -> Found:
    catalogue = site.catalogue
    known = [catalogue.page_of(section, bridge.identity) for section in ("parties", "signers")]
    pages = {page.section: page.slug for page in known if page}
    ref = next(filter(None, known), None)
    if ref is not None and bridge.person:
        ref = msgspec.structs.replace(ref, person=bridge.person)
    crossed = []
    name = ref.name if ref else bridge.identity.partition("|")[0]
    for issuer, slugs in bridge.agreements[:most]:
        page = catalogue.page_of("issuers", issuer)
        dossier = catalogue.dossier(slugs[0])
        printed, place = _mention(dossier, pages, bridge.identity.partition("#")[0])
        name = name if ref else printed or name
        if page is not None:
            crossed.append((page, dossier, place, len(slugs)))
    return Found(bridge, name, ref, tuple(crossed))


def _mention(dossier: Dossier, pages: dict[str, str], identity: str) -> tuple[str | None, Place | None]:
    """Return where an agreement names someone: as a party, else as a signer, else on a "By:" line."""
    for index, ref in enumerate(dossier.parties):
        if ref.slug == pages.get("parties"):
            party = party_named(dossier, index)
            return party.name, party.place
    for index, own in enumerate(dossier.signers):
        # Only the one block is read: to read all for it was most of what this page cost.
        if own is not None and own.slug == pages.get("signers") and (signed := signing(dossier, index)).signer:
            return signed.signer.name, signed.place
    for block, refs in zip(dossier.agreement.blocks, dossier.chains, strict=True):
        for link, page in zip(block.chain, refs, strict=True):
            if (page.slug == pages.get("parties")) if page else (str(name_key(link.name.value)) == identity):
                return link.name.value, fact_place(dossier, link.name)
    return None, None


def parted(site: Site) -> tuple[list[Bridge], list[Bridge], tuple[Namesakes, ...]]:
    """Return the persons and the entities that are bridges, and the names that only look like one."""
    bridges, namesakes = site.catalogue.bridges
    people = [bridge for bridge in bridges if bridge.person]
    return people, [bridge for bridge in bridges if not bridge.person], namesakes


def view(site: Site, key: str) -> BridgesView:
    """Build the page of bridges."""
    people, entities, namesakes = parted(site)
    lede = _lede(len(people), len(entities))
    top = head(
        site,
        f"{key}/index.html",
        "Bridges between issuers",
        plain(lede),
        crumbs=(HOME, Run("Bridges")),
        kind="website",
        twin=True,
    )
    return BridgesView(
        head=top,
        side=("Bridges",),
        h1="Who connects different issuers",
        lede=lede,
        remark=_BEING_NAMED,
        people=tuple(map(_row, found(site, people[:MOST_BRIDGES]))),
        more_people=_more(len(people) - MOST_BRIDGES, "persons", "signers"),
        entities=tuple(map(_row, found(site, entities[:MOST_BRIDGES]))),
        more_entities=_more(len(entities) - MOST_BRIDGES, "companies", "parties"),
        namesakes=tuple(_namesake(site, each) for each in namesakes[:MOST_NAMESAKES]),
        more_namesakes=_more(len(namesakes) - MOST_NAMESAKES, "names", "signers"),
        graph=Run("Graph of bridges by issuer", to=f"{key}/graph/index.html") if people or entities else None,
    )


def _lede(people: int, entities: int) -> Prose:
    if not people and not entities:
        return prose("No name is known to be named in agreements about two issuers.")
    both = listing([count(number, *noun) for number, noun in ((people, ("person",)), (entities, _ENTITIES)) if number])
    return prose(f"{both} named in agreements about two issuers or more, each with its lines.")


def _more(left: int, noun: str, section: str) -> str:
    return f"+{left:,} more {noun}: see the index of {section}." if left > 0 else ""


def _row(each: Found) -> BridgeRow:
    total = len(each.bridge.agreements)
    crossed = tuple(
        Crossed(
            issuer=ref_link(issuer),
            about=agreement_link(dossier.ref, date_words(dossier.ref.date)),
            chips=chips(place),
            more=f"+{count(agreements - 1, 'more agreement')}" if agreements > 1 else "",
        )
        for issuer, dossier, place, agreements in each.crossed
    )
    left = total - len(crossed)
    return BridgeRow(name_link(each.ref, each.name), total, crossed, f"+{count(left, 'more issuer')}" if left else "")


def page(site: Site, identity: str) -> NameRef | None:
    """Return the page of a person's printed name: as a signer, else as a party."""
    return site.catalogue.page_of("signers", identity) or site.catalogue.page_of("parties", identity)


def _namesake(site: Site, each: Namesakes) -> NamesakeRow:
    ref = page(site, each.identity)
    groups: list[Run] = []
    for number, (anchor, slugs) in enumerate(each.persons[:_MOST_GROUPS], 1):
        about = agreement_link(site.catalogue.dossier(slugs[0]).ref)
        person = msgspec.structs.replace(ref, person=anchor) if ref else None
        groups += prose("; " if groups else "", name_link(person, f"person {number}"), " in ", about)
    left = len(each.persons) - _MOST_GROUPS
    name = ref_link(ref) if ref else Run(each.identity.partition("|")[0])
    return NamesakeRow(name, tuple(groups), f"+{left} more" if left > 0 else "")


def graph_keys(site: Site) -> tuple[str, ...]:
    """Return the key of the graph, where there is a bridge."""
    return ("bridges",) if site.catalogue.bridges[0] else ()


def graph_view(site: Site, key: str) -> GraphView:
    """Draw the bridges between most issuers."""
    people, entities, _ = parted(site)
    shown = found(site, [*people[: _MOST_DRAWN // 2], *entities[: _MOST_DRAWN // 2]][:_MOST_DRAWN])
    own = Run("Bridges", to=f"{key}/index.html")
    top = head(
        site,
        f"{key}/graph/index.html",
        "Bridges between issuers: graph",
        "Persons and entities named in agreements about two issuers or more.",
        section="graph",
        crumbs=(HOME, own, Run("Graph")),
    )
    left = len(people) + len(entities) - len(shown)
    rest = prose(
        f"At most {_MOST_ISSUERS} issuers of each name are drawn. ",
        f"{count(left, 'more name')} not drawn here. " if left else "",
        "The same as a table: ",
        own,
        ".",
    )
    lede = prose("Issuers, and who is named in agreements about two of them or more. ", _BEING_NAMED)
    return drawn_view(
        top,
        ("Graph", "Bridges"),
        "Who connects different issuers",
        lede,
        span([_crossing(each) for each in shown]),
        rest=rest,
        looks=_LOOKS,
    )


def _crossing(each: Found) -> Crossing:
    ref = each.ref
    slug = ref.slug if ref else each.bridge.identity
    return Crossing(
        id=f"{slug}~{ref.person}" if ref and ref.person else slug,
        name=each.name,
        kind="person" if each.bridge.person else "entity",
        page=name_link(ref, each.name).to or None,
        piers=tuple(
            Pier(
                issuer,
                agreements,
                GraphPlace(place.agreement, place.first, place.last) if place else GraphPlace(dossier.ref.slug, 1, 1),
            )
            for issuer, dossier, place, agreements in each.crossed
        ),
    )
