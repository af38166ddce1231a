"""What a graph says: names, the steps between them, and signature blocks as paths. No claim is larger than a block."""

import msgspec

from sitegen.catalogue.records import AgreementRef

BY = "by"


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Lines of an agreement's source, 1-based and inclusive."""

    agreement: str
    """Slug of the agreement."""
    first: int
    last: int

    @property
    def label(self) -> str:
        """`L105` or `L9–10`."""
        return f"L{self.first}" if self.first == self.last else f"L{self.first}–{self.last}"

    @property
    def to(self) -> str:
        """Address below the site's root."""
        lines = f"L{self.first}" if self.first == self.last else f"L{self.first}-L{self.last}"
        return f"agreements/{self.agreement}/source/index.html#{lines}"


class Role(msgspec.Struct, frozen=True):
    """What a step is printed to be."""

    words: str
    """As printed; `by` where the document names no role."""
    basis: str
    """`stated`, `defined-term`, `title`, `attorney`; without printed words `signs-through`, `signature`, `count`."""
    places: tuple[Place, ...]

    @property
    def printed(self) -> bool:
        """Whether the words are the document's own."""
        return self.basis not in ("signs-through", "signature", "count")

    @property
    def text(self) -> str:
        """The words, in quotation marks where they are the document's."""
        return f"“{self.words}”" if self.printed else self.words


class Node(msgspec.Struct, frozen=True):
    """A name that stands in a signature block, or a party that has none."""

    id: str
    """Unique on the page: its slug, so that `#node=<id>` lasts."""
    name: str
    kind: str
    """`entity` or `person`; `agreement` or `issuer` where a page shows these."""
    party: bool
    """Whether it is itself a party to an agreement shown."""
    signs: int = 0
    """For how many parties it puts pen to paper in the agreements shown, itself included."""
    in_person: bool = False
    """Whether one of these is itself."""
    unsigned: bool = False
    """Whether it is a party for which no signature block was found."""
    page: str | None = None
    """Its page, below the site's root."""
    remark: str | None = None
    """What is said below the name of an agreement."""

    @property
    def look(self) -> str:
        """How it is drawn: `hub`, `signer`, `person`, `outside`, `entity`, `agreement` or `issuer`."""
        if self.kind in ("agreement", "issuer"):
            return self.kind
        if self.signs > 1:
            return "hub"
        if self.signs and not self.party:
            return "signer"
        if self.kind == "person" and self.party:
            return "person"
        return "entity" if self.party else "outside"

    @property
    def note(self) -> str | None:
        """What is said below the name."""
        if self.remark:
            return self.remark
        others = self.signs - self.in_person
        parties = "1 party" if others == 1 else f"{others} parties"
        if self.in_person:
            return f"signs in person and for {parties}" if others else "signs in person"
        if others:
            return f"signs for {parties}"
        return "no signature block found" if self.unsigned else None


class Edge(msgspec.Struct, frozen=True):
    """A step that one or more signature blocks print."""

    id: str
    tail: str
    head: str
    signs: bool
    """Whether the head is the human who signs for the tail; else the tail signs through the head."""
    attorney: bool
    """Whether the human signs as attorney-in-fact."""
    roles: tuple[Role, ...]
    """Those with printed words first."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All lines that print the step."""
        return tuple(dict.fromkeys(place for role in self.roles for place in role.places))


class Path(msgspec.Struct, frozen=True):
    """One signature block: the unit of every claim."""

    nodes: tuple[str, ...]
    """From the party to the human, where one was read."""
    edges: tuple[str, ...]
    """The steps between them; one fewer than nodes."""
    roles: tuple[Role, ...]
    """What this block says of each step."""
    signed: bool
    """Whether a human was read: the last node, or the party itself."""
    block: int
    """Index in the agreement's blocks."""
    place: Place
    told: str = ""
    """The sentence of a path that is no signature block."""


class Chains(msgspec.Struct, frozen=True):
    """What one graph page shows."""

    nodes: tuple[Node, ...]
    """In document order."""
    edges: tuple[Edge, ...]
    paths: tuple[Path, ...]
    """One a signature block, in document order, newest agreement first."""
    agreements: tuple[AgreementRef, ...]
    focus: tuple[str, ...] = ()
    """The nodes that the page is about; several for a name that may be several people's."""
    left_out: int = 0
    """How many signature blocks did not fit the page."""


class Branch(msgspec.Struct, frozen=True):
    """A name in the nested list, with those for whom it stands in a block."""

    node: Node
    role: Role | None
    """What it has the name above it for: who signs for it, or whom it signs through."""
    branches: tuple["Branch", ...]


class _Level(dict[tuple[str, str], "_Level"]):
    """Blocks that share their end: the name before it and its role there, to what comes before that."""

    def __init__(self) -> None:
        super().__init__()
        self.basis = ""
        self.places: dict[Place, None] = {}


def outline(chains: Chains) -> tuple[Branch, ...]:
    """Return the blocks read backwards as a tree: the human, the entity signed for, whom that signs for.

    Built of whole blocks: two people may sign for one general partner, each for other funds.
    """
    nodes = {node.id: node for node in chains.nodes}
    root = _Level()
    for path in chains.paths:
        level = root
        for name, role in zip(reversed(path.nodes), (None, *reversed(path.roles)), strict=True):
            level = level.setdefault((name, role.words if role else ""), _Level())
            if role:
                level.basis = role.basis
                level.places.update(dict.fromkeys(role.places))

    def branches(level: _Level) -> tuple[Branch, ...]:
        return tuple(
            Branch(nodes[name], Role(words, below.basis, tuple(below.places)) if words else None, branches(below))
            for (name, words), below in level.items()
        )

    return branches(root) + tuple(Branch(node, None, ()) for node in chains.nodes if node.unsigned)
