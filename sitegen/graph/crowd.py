"""Who signs across agreements: persons at the right, agreements at the left, parties counted between them."""

from collections.abc import Mapping, Sequence

import msgspec

from sitegen.catalogue.records import Dossier, NameRef
from sitegen.graph.blocks import Key, block_place, page, signed_for
from sitegen.graph.chains import Chains, Edge, Node, Path, Role


class Signing(msgspec.Struct, frozen=True):
    """One person's blocks in one agreement."""

    dossier: Dossier
    blocks: tuple[int, ...]


class Drawn(msgspec.Struct, frozen=True):
    """A person: a group of mentions of one printed name, never the bare name."""

    ref: NameRef
    signings: tuple[Signing, ...]
    """Newest agreement first."""

    @property
    def parties(self) -> set[Key]:
        """For whom the person signs."""
        return {signed_for(each.dossier, block) for each in self.signings for block in each.blocks}


def crowd(people: Sequence[Drawn], names: Mapping[str, tuple[str, str]]) -> Chains:
    """Return persons and the agreements that they sign, each agreement named and dated by its slug in `names`."""
    agreements: dict[str, Dossier] = {}
    humans, edges, paths = [], [], []
    for number, person in enumerate(people):
        earlier = sum(other.ref.slug == person.ref.slug for other in people[:number])
        human = f"{person.ref.slug}~{earlier + 1}" if earlier else person.ref.slug
        humans.append(
            Node(human, person.ref.name, "person", party=False, signs=len(person.parties), page=page(person.ref))
        )
        for signing in person.signings:
            dossier = signing.dossier
            agreements.setdefault(dossier.ref.slug, dossier)
            count = len({signed_for(dossier, block) for block in signing.blocks})
            places = tuple(block_place(dossier, block) for block in signing.blocks)
            role = Role(f"{count} parties" if count > 1 else "1 party", "count", places)
            edge = f"{dossier.ref.slug}>{human}"
            edges.append(Edge(edge, dossier.ref.slug, human, signs=True, attorney=False, roles=(role,)))
            paths.append(Path((dossier.ref.slug, human), (edge,), (role,), True, signing.blocks[0], places[0]))
    sheets = [
        Node(
            slug, names[slug][0], "agreement", False, page=f"agreements/{slug}/graph/index.html", remark=names[slug][1]
        )
        for slug in agreements
    ]
    refs = tuple(dossier.ref for dossier in agreements.values())
    return Chains((*sheets, *humans), tuple(edges), tuple(paths), refs)
