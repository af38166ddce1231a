"""What invented agreements say, and what follows from reading them side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec


class Link(msgspec.Struct, frozen=True):
    """An entity between a party and the human who signs."""

    name: str
    who: str
    """As `Party.who`."""
    capacity: str | None


class Party(msgspec.Struct, frozen=True):
    """A reporting person."""

    name: str
    kind: str
    """`entity` or `person`."""
    who: str
    """The same for one company or human in the whole corpus, whatever it is called; two namesakes differ."""
    term: str | None = None
    """The defined term that the agreement gives it."""
    former: str | None = None
    """The name that the agreement says it had."""


class Block(msgspec.Struct, frozen=True):
    """One party, one human; fields as in a dossier's `signature_blocks`."""

    party: str
    chain: tuple[Link, ...]
    signer: str
    who: str
    """The signer, as `Party.who`."""
    title: str | None
    attorney: bool = False


class Told(msgspec.Struct, frozen=True):
    """What one agreement says."""

    title: str
    date: str
    issuer: str
    schedule: str
    amendment: str | None
    parties: tuple[Party, ...]
    blocks: tuple[Block, ...]
    clauses: tuple[str, ...]
    """Numbered clauses, in order, without their numbers, white space folded."""


class Specimen(msgspec.Struct, frozen=True):
    """An invented exhibit."""

    path: str
    """Below the content folder."""
    text: str
    series: str
    """The agreements of one group about one issuer share it; another group may file about the same issuer."""
    truth: Told


class Change(msgspec.Struct, frozen=True):
    """What an agreement says otherwise than the one before it in its series. Parties are named as in the later one.

    A party counts as the same by `who`: one that was renamed neither joined nor left.
    """

    path: str
    before: str
    """Path of the agreement before it."""
    joined: tuple[str, ...]
    left: tuple[str, ...]
    """Named as in the earlier one."""
    renamed: tuple[tuple[str, str], ...]
    """Earlier and later name."""
    terms: tuple[tuple[str, str, str], ...]
    """Defined terms that moved: the term, whose it was, whose it is."""
    signers: tuple[tuple[str, str, str], ...]
    """Party, who signed for it, who signs now."""
    titles: tuple[tuple[str, str | None, str | None], ...]
    """Party, earlier and later title of the same signer."""
    chains: tuple[str, ...]
    """Parties that act through other entities than before."""
    capacities: tuple[tuple[str, str, str | None, str | None], ...]
    """Party, entity, its earlier and later capacity in an unchanged chain."""
    clauses: bool
    """Whether the text of the clauses differs."""


class Person(msgspec.Struct, frozen=True):
    """One human over the corpus."""

    name: str
    who: str
    agreements: tuple[str, ...]
    """Paths, in order, in which the human signs or is a party."""
    issuers: tuple[str, ...]


class Truth(msgspec.Struct, frozen=True):
    """What the whole corpus says."""

    series: dict[str, tuple[str, ...]]
    """Paths of each series, oldest first."""
    changes: tuple[Change, ...]
    signs_for: dict[tuple[str, str], tuple[str, ...]]
    """(name of signer, name of party) to the paths that say so."""
    people: tuple[Person, ...]

    def bridges(self) -> Iterator[Person]:
        """Yield the people who connect issuers: in agreements about two or more."""
        return (person for person in self.people if len(person.issuers) > 1)

    def namesakes(self) -> dict[str, tuple[Person, ...]]:
        """Return the names that more than one human bears."""
        named: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            named[person.name].append(person)
        return {name: tuple(people) for name, people in named.items() if len(people) > 1}


def compare(specimens: Iterable[Specimen]) -> Truth:
    """Return what these agreements say together."""
    series: defaultdict[str, list[Specimen]] = defaultdict(list)
    signs_for: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    met: defaultdict[tuple[str, str], list[Specimen]] = defaultdict(list)
    for specimen in specimens:
        series[specimen.series].append(specimen)
        told = specimen.truth
        for block in told.blocks:
            signs_for[block.signer, block.party].append(specimen.path)
        people = {(party.who, party.name) for party in told.parties if party.kind == "person"}
        for person in sorted(people | {(block.who, block.signer) for block in told.blocks}):
            met[person].append(specimen)
    for chapters in series.values():
        chapters.sort(key=lambda specimen: specimen.truth.date)
    return Truth(
        series={name: tuple(specimen.path for specimen in chapters) for name, chapters in series.items()},
        changes=tuple(change(*pair) for chapters in series.values() for pair in pairwise(chapters)),
        signs_for={who: tuple(paths) for who, paths in signs_for.items()},
        people=tuple(
            Person(
                name,
                who,
                tuple(specimen.path for specimen in specimens),
                tuple(dict.fromkeys(specimen.truth.issuer for specimen in specimens)),
            )
            for (who, name), specimens in met.items()
        ),
    )


def change(before: Specimen, after: Specimen) -> Change:
    """Return what differs between two agreements of one series."""
    old, new = ({party.who: party for party in one.truth.parties} for one in (before, after))
    named = {party.name: who for who, party in old.items()} | {party.name: who for who, party in new.items()}
    was, now = ({named[block.party]: block for block in one.truth.blocks} for one in (before, after))
    same = [(new[who].name, was[who], now[who]) for who in new if who in was and who in now]
    terms = {party.term: party for party in old.values() if party.term}
    through = {name: ([link.who for link in a.chain], [link.who for link in b.chain]) for name, a, b in same}
    return Change(
        path=after.path,
        before=before.path,
        joined=tuple(party.name for who, party in new.items() if who not in old),
        left=tuple(party.name for who, party in old.items() if who not in new),
        renamed=tuple(
            (old[who].name, party.name) for who, party in new.items() if who in old and old[who].name != party.name
        ),
        terms=tuple(
            (party.term, terms[party.term].name, party.name)
            for who, party in new.items()
            if party.term and party.term in terms and terms[party.term].who != who
        ),
        signers=tuple((name, a.signer, b.signer) for name, a, b in same if a.who != b.who),
        titles=tuple((name, a.title, b.title) for name, a, b in same if a.who == b.who and a.title != b.title),
        chains=tuple(name for name, (earlier, later) in through.items() if earlier != later),
        capacities=tuple(
            (name, other.name, one.capacity, other.capacity)
            for name, a, b in same
            if through[name][0] == through[name][1]
            for one, other in zip(a.chain, b.chain, strict=True)
            if one.capacity != other.capacity
        ),
        clauses=before.truth.clauses != after.truth.clauses,
    )
