"""From signature blocks to chains: who each printed name is, and what each printed step says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from sitegen.catalogue.records import Dossier, NameRef
from sitegen.graph.chains import BY, Chains, Edge, Node, Path, Place, Role
from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.name import fold_space, key
from sitegen.model.text import Span

MOST_NODES = 150
"""On the page of one name; what does not fit is counted, and stands on that name's own page."""


_KEPT = 16
"""Agreements whose blocks are kept settled: pages that draw the same ones follow one another."""


class Key(NamedTuple):
    """Who a printed name is, across the agreements of a page."""

    kind: str
    name: str
    """The exact key of the name."""
    person: str = ""
    """The group, for a human: a printed name alone is no person."""
    home: str = ""
    number: int = 0
    """Agreement and number of a party that shares its name with another party there."""
    copy: int = 0
    """Above 0 for a further box of a name that would close a circle."""

    @property
    def anywhere(self) -> "Key":
        """The same name, not bound to one place in one agreement."""
        return self._replace(home="", number=0, copy=0)

    def same_name(self, other: "Key") -> bool:
        """Whether a page of a printed name holds both: groups of one name may be different people."""
        return (self.kind, self.name) == (other.kind, other.name)


class _Step(NamedTuple):
    """What an edge is made of."""

    tail: Key
    head: Key
    signs: bool
    attorney: bool


class _Stop(msgspec.Struct, frozen=True):
    """One name of a block, and how the name before comes to it."""

    key: Key
    ref: NameRef | None
    name: str
    role: Role | None = None
    signs: bool = False
    attorney: bool = False


class _Told(msgspec.Struct, frozen=True):
    """One signature block, its names settled."""

    block: int
    stops: tuple[_Stop, ...]
    place: Place
    signer: Key | None
    """Who put pen to paper: the last stop, or the party itself."""


def who(ref: NameRef) -> Key:
    """Return the key of the name on a page."""
    return Key(ref.kind, str(key(ref.name)), ref.person or "")


def _place(dossier: Dossier, *spans: Span) -> Place:
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return Place(dossier.ref.slug, *dossier.lines.range(whole))


@lru_cache(maxsize=_KEPT)
def _party_keys(dossier: Dossier) -> tuple[Key, ...]:
    """Return the key of each party; parties of one name in one agreement are told apart by their number."""
    plain = [who(ref) for ref in dossier.parties]
    often = Counter(plain)
    return tuple(
        each if often[each] == 1 else each._replace(home=dossier.ref.slug, number=number)
        for number, each in enumerate(plain, start=1)
    )


def _acting_role(dossier: Dossier, link: ChainLink, term: tuple[str, Span] | None) -> Role:
    """Say what the entity of a step is to the name before it: the block's words, else a defined term, else `by`."""
    if link.capacity is not None:
        words = fold_space(dossier.text[link.capacity.span.start : link.capacity.span.end]).strip(" ,;.()")
        return Role(words or link.capacity.value, "stated", (_place(dossier, link.name.span, link.capacity.span),))
    step = _place(dossier, link.name.span)
    if term is not None:
        return Role(term[0], "defined-term", (_place(dossier, term[1]), step))
    return Role(BY, "signs-through", (step,))


def _signing_role(dossier: Dossier, block: SignatureBlock) -> Role:
    """Say as what the human signs: the title or the words for an attorney, else `by`."""
    facts = [fact for fact in (block.mark, block.signer, block.title, block.attorney) if fact is not None]
    places = (_place(dossier, *(fact.span for fact in facts)),)
    if block.attorney is not None:
        return Role(block.attorney.value, "attorney", places)
    if block.title is not None:
        return Role(block.title.value, "title", places)
    return Role(BY, "signature", places)


def _defined_terms(dossier: Dossier) -> dict[tuple[str, str], tuple[str, Span]]:
    """Return the steps whose role a defined term gives: the term as printed and its place."""
    terms = {}
    for link in dossier.acting:
        if link.basis == "defined-term" and link.role is not None:
            words = next(
                (
                    alias.value
                    for party in dossier.agreement.parties
                    for alias in party.aliases
                    if link.span.start <= alias.span.start
                    and alias.span.end <= link.span.end
                    and link.role.casefold() in alias.value.casefold()
                ),
                link.role,
            )
            terms[link.party, link.through] = (words, link.span)
    return terms


@lru_cache(maxsize=_KEPT)
def _told(dossier: Dossier) -> tuple[_Told, ...]:
    """Settle the names of each signature block of one agreement, once for all pages that draw some of them."""
    return tuple(_settled(dossier))


def _settled(dossier: Dossier) -> Iterator[_Told]:
    agreement = dossier.agreement
    parties, terms = _party_keys(dossier), _defined_terms(dossier)

    def stop(party: int | None, ref: NameRef | None, printed: str) -> tuple[Key, NameRef | None, str]:
        if party is not None:
            return parties[party], dossier.parties[party], dossier.parties[party].name
        return (who(ref), ref, ref.name) if ref is not None else (Key("entity", str(key(printed))), None, printed)

    def defined(party: int | None, printed: str) -> str:
        return printed if party is None else agreement.parties[party].name.value

    for index, block in enumerate(agreement.blocks):
        stops = [_Stop(*stop(block.party, None, block.printed.value))]
        before = defined(block.party, block.printed.value)
        for link, ref in zip(block.chain, dossier.chains[index], strict=True):
            through = defined(link.party, link.name.value)
            role = _acting_role(dossier, link, terms.get((before, through)))
            stops.append(_Stop(*stop(link.party, ref, link.name.value), role))
            before = through
        human = dossier.signers[index]
        signer = None
        if human is not None:
            signer = who(human)
            # In a namesake's own block the signature is that party's own.
            if stops[0].key.anywhere == signer:
                signer = stops[0].key
            stops.append(
                _Stop(signer, human, human.name, _signing_role(dossier, block), True, block.attorney is not None)
            )
        yield _Told(index, tuple(stops), _place(dossier, block.span), signer)


class _Canvas:
    """Names and steps in the order in which blocks print them."""

    def __init__(self) -> None:
        self.names: dict[Key, tuple[str, NameRef | None]] = {}
        self.ids: dict[Key, str] = {}
        self.heads: dict[Key, dict[Key, None]] = {}
        self.roles: dict[_Step, dict[tuple[str, str], dict[Place, None]]] = {}
        self.paths: list[tuple[tuple[Key, ...], tuple[_Step, ...], tuple[Role, ...], _Told]] = []

    def name(self, who_: Key, name: str, ref: NameRef | None) -> None:
        """Give a name a box and an id: its slug, and its number where two parties of an agreement share one."""
        if who_ in self.names:
            return
        slug = ref.slug if ref else "".join(c if c.isalnum() else "-" for c in who_.name.partition("|")[0]) or "name"
        base = f"{slug}.p{who_.number}" if who_.number else slug
        taken, unique, copy = set(self.ids.values()), base, 1
        while unique in taken:
            copy += 1
            unique = f"{base}~{copy}"
        self.names[who_], self.ids[who_] = (name, ref), unique

    def _reaches(self, start: Key, goal: Key) -> bool:
        todo, seen = [start], {start}
        while todo:
            here = todo.pop()
            if here == goal:
                return True
            ahead = [head for head in self.heads.get(here, ()) if head not in seen]
            seen.update(ahead)
            todo += ahead
        return False

    def draw(self, told: _Told) -> None:
        """Add one block. A name that would close a circle gets a further box, so that all lines run one way."""
        first = told.stops[0]
        self.name(first.key, first.name, first.ref)
        tail, nodes, steps, roles = first.key, [first.key], [], []
        for stop in told.stops[1:]:
            head = stop.key
            if head == tail or stop.role is None:
                continue
            while self._reaches(head, tail):
                head = head._replace(copy=head.copy + 1)
            self.name(head, stop.name, stop.ref)
            self.heads.setdefault(tail, {})[head] = None
            step = _Step(tail, head, stop.signs, stop.attorney)
            said = self.roles.setdefault(step, {}).setdefault((stop.role.words, stop.role.basis), {})
            said.update(dict.fromkeys(stop.role.places))
            nodes.append(head)
            steps.append(step)
            roles.append(stop.role)
            tail = head
        self.paths.append((tuple(nodes), tuple(steps), tuple(roles), told))

    def edge_id(self, step: _Step) -> str:
        """Return the id of an edge: its ends, and how it is drawn where that is more than a chain."""
        return f"{self.ids[step.tail]}>{self.ids[step.head]}{'!' * step.attorney}"

    def blocks(self) -> Iterator[Path]:
        """Yield the blocks."""
        for names, steps, roles, told in self.paths:
            nodes = tuple(self.ids[name] for name in names)
            edges = tuple(self.edge_id(step) for step in steps)
            yield Path(nodes, edges, roles, told.signer is not None, told.block, told.place)

    def edges(self) -> Iterator[Edge]:
        """Yield the steps; a bare `by` stands after words that are printed elsewhere for the same step."""
        for step, said in self.roles.items():
            roles = [Role(words, basis, tuple(places)) for (words, basis), places in said.items()]
            yield Edge(
                id=self.edge_id(step),
                tail=self.ids[step.tail],
                head=self.ids[step.head],
                signs=step.signs,
                attorney=step.attorney,
                roles=tuple(sorted(roles, key=lambda role: not role.printed)),
            )


def chains(dossiers: Sequence[Dossier], focus: NameRef | None = None, most: int = MOST_NODES) -> Chains:
    """Return the chains of agreements; with a focus, the blocks that print that name, at most `most` names."""
    told = [each for dossier in dossiers for each in _told(dossier)]
    parties = {
        name: ref for dossier in dossiers for name, ref in zip(_party_keys(dossier), dossier.parties, strict=True)
    }
    canvas, left_out = _Canvas(), 0
    goal = who(focus) if focus else None
    for each in told:
        if goal is None or any(stop.key.same_name(goal) for stop in each.stops):
            if goal is not None and len(canvas.names) >= most:
                left_out += 1
            else:
                canvas.draw(each)
    drawn = set(canvas.names)
    if goal is None:
        for name, ref in parties.items():
            canvas.name(name, ref.name, ref)
    return Chains(
        nodes=tuple(_nodes(canvas, parties, told, drawn)),
        edges=tuple(canvas.edges()),
        paths=tuple(canvas.blocks()),
        agreements=tuple(dossier.ref for dossier in dossiers),
        focus=tuple(canvas.ids[name] for name in canvas.names if goal and name.same_name(goal)),
        left_out=left_out,
    )


def _nodes(canvas: _Canvas, parties: dict[Key, NameRef], told: Sequence[_Told], drawn: set[Key]) -> Iterator[Node]:
    """Yield the names; whom each signs for is counted in blocks, also in those that are not drawn."""
    signed: dict[Key, set[Key]] = {}
    for each in told:
        if each.signer is not None:
            signed.setdefault(each.signer, set()).add(each.stops[0].key)
    for name, (printed, ref) in canvas.names.items():
        known = name._replace(copy=0)
        for_whom = signed.get(known, set())
        page_of = parties[known] if known in parties and not for_whom - {known} else ref
        yield Node(
            id=canvas.ids[name],
            name=printed,
            kind=name.kind,
            party=known in parties,
            signs=len(for_whom),
            in_person=known in for_whom,
            unsigned=name not in drawn,
            page=page(page_of) if page_of else None,
        )


def page(ref: NameRef) -> str:
    """Return the address of a name's page, below the site's root."""
    return f"{ref.section}/{ref.slug}/index.html" + (f"#{ref.person}" if ref.person else "")


def signed_for(dossier: Dossier, block: int) -> Key:
    """Return the party that a block signs for."""
    said = dossier.agreement.blocks[block]
    return _party_keys(dossier)[said.party] if said.party is not None else Key("entity", str(key(said.printed.value)))


def block_place(dossier: Dossier, block: int) -> Place:
    """Return the lines of a block."""
    return _place(dossier, dossier.agreement.blocks[block].span)
