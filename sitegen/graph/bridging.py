"""Who is named in agreements about several issuers: issuers at the left, names at the right."""

from collections.abc import Sequence

import msgspec

from sitegen.catalogue.records import NameRef
from sitegen.graph.chains import Chains, Edge, Node, Path, Place, Role


class Pier(msgspec.Struct, frozen=True):
    """An issuer that a name stands beside in agreements."""

    issuer: NameRef
    agreements: int
    place: Place
    """Lines that name it, in the newest of them."""


class Crossing(msgspec.Struct, frozen=True):
    """A name that connects issuers."""

    id: str
    name: str
    kind: str
    """`entity` or `person`."""
    page: str | None
    piers: tuple[Pier, ...]


def span(crossings: Sequence[Crossing]) -> Chains:
    """Return issuers and the names that connect them."""
    issuers: dict[str, Node] = {}
    names, edges, paths = [], [], []
    for crossing in crossings:
        names.append(Node(crossing.id, crossing.name, crossing.kind, party=True, page=crossing.page))
        for pier in crossing.piers:
            issuer = f"issuer:{pier.issuer.slug}"
            page = f"issuers/{pier.issuer.slug}/index.html"
            issuers.setdefault(issuer, Node(issuer, pier.issuer.name, "issuer", party=False, page=page))
            words = f"{pier.agreements} agreements" if pier.agreements > 1 else "1 agreement"
            role = Role(words, "count", (pier.place,))
            edge = f"{issuer}>{crossing.id}"
            edges.append(Edge(edge, issuer, crossing.id, signs=False, attorney=False, roles=(role,)))
            said = f"{crossing.name} is named in {words} about {pier.issuer.name}"
            paths.append(Path((issuer, crossing.id), (edge,), (role,), False, 0, pier.place, said))
    return Chains((*issuers.values(), *names), tuple(edges), tuple(paths), ())
