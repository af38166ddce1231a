"""Pages that draw signature blocks as chains: of an agreement, of a party or signer, and of the whole site."""

from collections.abc import Iterator, Sequence

import msgspec

from sitegen.catalogue.records import Dossier, NamePage
from sitegen.catalogue.signatories import Signatory
from sitegen.graph.asset import VIS_NETWORK
from sitegen.graph.blocks import chains
from sitegen.graph.chains import Branch, Chains, Edge, Node, Place, outline
from sitegen.graph.crowd import Drawn, Signing, crowd
from sitegen.graph.drawing import Drawing, draw
from sitegen.graph.network import network
from sitegen.pages.evidence import INFERRED, SIGNED, STATED, Chip, Kind
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_label, agreement_link, agreement_name, head
from sitegen.pages.prose import Prose, Run, joined, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, SAME_NAME, count, date_words

_MOST_PERSONS = 40
_MOST_EACH = 5
_MOST_LINES = 40
"""Lines between persons and agreements, so that the page of a large site stays a page."""
_MOST_AGREEMENTS = 8
_FEW_CHIPS = 6
_KINDS = {"stated": STATED, "defined-term": INFERRED}
_LOOKS = (
    ("entity", "company or other entity"),
    ("person", "individual, a party"),
    ("outside", "not itself a party"),
    ("signer", "signs for one party"),
    ("hub", "signs for two or more"),
    ("agreement", "agreement"),
)


class Chart(msgspec.Struct, frozen=True):
    """The picture, and what the live graph is made of."""

    drawing: Drawing
    network: dict[str, object]
    """Plain values, for a data block."""
    focus: tuple[str, ...]
    """Ids of the boxes that the page is about."""
    looks: tuple[tuple[str, str], ...]
    """Kinds of box in the picture, and what each means."""
    script: str
    """Static file that makes the graph live."""
    attorney: bool
    """Whether a line is dashed: signed by an attorney-in-fact."""
    names: tuple[str, ...]


class ListItem(msgspec.Struct, frozen=True):
    """A name in the nested list."""

    node: Node
    words: str
    """The role as printed; empty at the top."""
    printed: bool
    chips: tuple[Chip, ...]
    items: tuple["ListItem", ...]


class StepRow(msgspec.Struct, frozen=True):
    """A step of the graph in the table."""

    tail: Node
    relation: str
    """`signs through` or `signed by`."""
    head: Node
    words: str
    printed: bool
    kind: Kind
    about: Run | None
    """The agreement, where the page shows several."""
    chips: tuple[Chip, ...]
    more: str
    """`and 3 more`, where chips are left out."""


class GraphView(msgspec.Struct, frozen=True):
    """A graph page."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    chart: Chart | None
    items: tuple[ListItem, ...]
    rows: tuple[StepRow, ...]
    rest: Prose
    """What is not drawn, and where it stands."""
    by_line: str
    others: Prose
    """Graphs of agreements, on the page of the whole site."""


def agreement_keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all agreements."""
    return tuple(ref.slug for ref in site.catalogue.agreements())


def party_keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of the parties whose blocks hold three names or more."""
    return _chained(site, "parties")


def signer_keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of the signers whose blocks hold three names or more."""
    return _chained(site, "signers")


def _chained(site: Site, section: str) -> tuple[str, ...]:
    chained = site.catalogue.chained(section)
    return tuple(slug for slug in site.catalogue.slugs(section) if slug in chained)


def agreement_view(site: Site, key: str) -> GraphView:
    """Draw an agreement."""
    dossier = site.catalogue.dossier(key)
    ref = dossier.ref
    own = agreement_link(ref)
    page = head(
        site,
        f"agreements/{key}/graph/index.html",
        f"{agreement_label(ref)}: control-chain graph",
        f"Who signs for whom in the agreement about {agreement_label(ref)}: {_size(dossier)}.",
        section="agreements",
        crumbs=(HOME, SECTIONS["agreements"], msgspec.structs.replace(own, text=agreement_label(ref)), Run("Graph")),
    )
    return _view(
        page,
        ("Control-chain graph", date_words(ref.date).capitalize()),
        f"{agreement_name(ref)}: who signs for whom",
        prose(f"{_size(dossier)}, as read in the ", Run("dossier", to=own.to), "."),
        chains([dossier]),
    )


def party_view(site: Site, key: str) -> GraphView:
    """Draw the signature blocks that print a party's name."""
    return _name_view(site, site.catalogue.party(key), "Party")


def signer_view(site: Site, key: str) -> GraphView:
    """Draw the signature blocks that a printed name signs."""
    return _name_view(site, site.catalogue.signer(key), "Signer")


def _name_view(site: Site, found: NamePage, kind: str) -> GraphView:
    ref = found.ref
    newest = found.appearances[:_MOST_AGREEMENTS]
    own = Run(ref.name, to=f"{ref.section}/{ref.slug}/index.html", style="doc")
    drawn = chains([site.catalogue.dossier(each.agreement.slug) for each in newest], ref)
    page = head(
        site,
        f"{ref.section}/{ref.slug}/graph/index.html",
        f"{ref.name}: control-chain graph",
        f"The {count(len(drawn.paths), 'signature block')} that print the name {ref.name}, drawn as chains.",
        section=ref.section,
        crumbs=(HOME, SECTIONS[ref.section], own, Run("Graph")),
    )
    lede = prose(
        f"The {count(len(drawn.paths), 'signature block')} that print this name, in ",
        *joined(tuple(agreement_link(each.agreement, agreement_label(each.agreement)) for each in newest)),
        ".",
    )
    rest: Prose = prose(f"{len(found.persons)} persons. {SAME_NAME} ") if len(found.persons) > 1 else ()
    left_out = len(found.appearances) - len(newest)
    if drawn.left_out or left_out:
        missing = [count(drawn.left_out, "more block")] if drawn.left_out else []
        missing += [count(left_out, "more agreement")] if left_out else []
        rest = prose(*rest, f"{' and '.join(missing)}: not drawn here, see ", own, ".")
    return _view(page, ("Control-chain graph", kind), ref.name, lede, drawn, rest=rest)


def site_view(site: Site, key: str) -> GraphView:
    """Draw who signs across agreements; with a single agreement, draw that."""
    agreements = site.catalogue.agreements()
    page = head(
        site,
        f"{key}/index.html",
        "Control-chain graph",
        "Persons who sign for several parties in several joint filing agreements, and who signs for whom in each.",
        section="graph",
        crumbs=(HOME, Run("Graph")),
        kind="website",
    )
    others = tuple(
        Run(agreement_label(ref), to=f"agreements/{ref.slug}/graph/index.html") for ref in agreements[:_MOST_AGREEMENTS]
    )
    if len(agreements) == 1:
        dossier = site.catalogue.dossier(agreements[0].slug)
        lede = prose(
            f"{_size(dossier)}, in the one agreement read so far: ",
            agreement_link(dossier.ref, agreement_label(dossier.ref)),
            ".",
        )
        return _view(page, ("Graph",), "Who signs for whom", lede, chains([dossier]), others=others)
    people = site.catalogue.signatories()
    drawn = [_opened(site, person) for person in _bounded(people)]
    lede = (
        prose(f"{count(len(people), 'person')} who sign for two parties or more, in two agreements or more.")
        if people
        else prose("No person signs for two parties or more in two agreements or more.")
    )
    rest: Prose = ()
    left = [count(len(people) - len(drawn), "more person", "more persons")] if len(people) > len(drawn) else []
    older = sum(len(all_of.signed) - len(some.signings) for all_of, some in zip(people, drawn, strict=False))
    left += [f"{count(older, 'older signing')} of those drawn"] if older else []
    if left:
        rest = prose(f"{' and '.join(left)}: not drawn here, see ", SECTIONS["signers"], ".")
    refs = {signing.dossier.ref for person in drawn for signing in person.signings}
    shown = crowd(drawn, {ref.slug: (agreement_name(ref), date_words(ref.date)) for ref in refs})
    return _view(page, ("Graph",), "Who signs in several agreements", lede, shown, rest=rest, others=others)


def _bounded(people: Sequence[Signatory]) -> list[Signatory]:
    """Return as many persons as a page can draw, each with the newest agreements."""
    drawn: list[Signatory] = []
    lines = 0
    for person in people[:_MOST_PERSONS]:
        lines += min(_MOST_EACH, len(person.signed))
        if drawn and lines > _MOST_LINES:
            break
        drawn.append(msgspec.structs.replace(person, signed=person.signed[:_MOST_EACH]))
    return drawn


def _opened(site: Site, person: Signatory) -> Drawn:
    return Drawn(
        person.ref, tuple(Signing(site.catalogue.dossier(each.agreement), each.blocks) for each in person.signed)
    )


def _size(dossier: Dossier) -> str:
    parties, people = count(dossier.ref.parties, "party", "parties"), count(dossier.ref.signers, "person", "people")
    return f"{parties} and {people} who sign for them, in {count(len(dossier.agreement.blocks), 'signature block')}"


def _view(
    page: Head, side: tuple[str, ...], h1: str, lede: Prose, drawn: Chains, *, rest: Prose = (), others: Prose = ()
) -> GraphView:
    nodes = {node.id: node for node in drawn.nodes}
    about = {ref.slug: agreement_link(ref, agreement_label(ref)) for ref in drawn.agreements}
    return GraphView(
        head=page,
        side=side,
        h1=h1,
        lede=lede,
        chart=_chart(drawn, dict(_LOOKS)) if drawn.nodes else None,
        items=tuple(_item(branch) for branch in outline(drawn)),
        rows=tuple(row for edge in drawn.edges for row in _rows(edge, nodes, about)),
        rest=rest,
        by_line=BY_LINE,
        others=others,
    )


def drawn_view(
    page: Head, side: tuple[str, ...], h1: str, lede: Prose, drawn: Chains, *, rest: Prose, looks: dict[str, str]
) -> GraphView:
    """Show a drawing whose list and table stand on another page; `looks` says what each kind of box means."""
    chart = _chart(drawn, looks) if drawn.nodes else None
    return GraphView(page, side, h1, lede, chart, (), (), rest, BY_LINE, ())


def _chart(drawn: Chains, looks: dict[str, str]) -> Chart:
    drawing = draw(drawn)
    seen = {node.look for node in drawn.nodes}
    return Chart(
        drawing=drawing,
        network=network(drawn, drawing),
        focus=drawn.focus,
        looks=tuple((look, words) for look, words in looks.items() if look in seen),
        script=VIS_NETWORK,
        attorney=any(edge.attorney for edge in drawn.edges),
        names=tuple(dict.fromkeys(node.name for node in drawn.nodes)),
    )


def _chips(places: tuple[Place, ...]) -> tuple[Chip, ...]:
    return tuple(Chip(place.label, place.to) for place in places[:_FEW_CHIPS])


def _item(branch: Branch) -> ListItem:
    role = branch.role
    return ListItem(
        node=branch.node,
        words=role.text if role and role.printed else "",
        printed=bool(role and role.printed),
        chips=_chips(role.places) if role else (),
        items=tuple(_item(below) for below in branch.branches),
    )


def _rows(edge: Edge, nodes: dict[str, Node], about: dict[str, Run]) -> Iterator[StepRow]:
    for role in edge.roles:
        for agreement in dict.fromkeys(place.agreement for place in role.places):
            places = tuple(place for place in role.places if place.agreement == agreement)
            left_out = len(places) - _FEW_CHIPS
            yield StepRow(
                tail=nodes[edge.tail],
                relation="signed by" if edge.signs else "signs through",
                head=nodes[edge.head],
                words=role.text if role.printed or role.basis == "count" else "",
                printed=role.printed,
                kind=_KINDS.get(role.basis, SIGNED),
                about=about[agreement] if len(about) > 1 else None,
                chips=_chips(places),
                more=f"and {left_out} more" if left_out > 0 else "",
            )
