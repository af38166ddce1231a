"""Two agreements side by side: who joined, who is not a party in the newer one, and what is said otherwise of both.

A difference is between two printings, each with its lines. What was not read in one of them is no difference.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from sitegen.catalogue.records import AgreementRef, Dossier
from sitegen.catalogue.redline import ClauseChange, changed_clauses
from sitegen.catalogue.signing import Named, Place, Signing, Step, fact_place, party_named, signings
from sitegen.model.name import fold_key, key

SIGNER, THROUGH, TITLE, ATTORNEY, CAPACITY = "signer", "through", "title", "attorney", "capacity"

_NOT_WORD = re.compile(r"\W+")
NO_ATTORNEY = "without words of an attorney"
DIRECTLY = "directly"


class Said(msgspec.Struct, frozen=True):
    """What one agreement prints on the matter."""

    names: tuple[Named, ...]
    """The names it prints, in their order; empty where `words` say it."""
    words: str
    """A title, a capacity or a term as printed; else ours."""
    place: Place | None


class Difference(msgspec.Struct, frozen=True):
    """The same matter as two agreements print it."""

    kind: str
    """`signer`, `through`, `title`, `attorney` or `capacity`."""
    about: tuple[Named, ...]
    """The party; for a capacity the two names of the step; for a title the party and the signer."""
    older: tuple[Said, ...]
    newer: tuple[Said, ...]


class Kept(msgspec.Struct, frozen=True):
    """A party of both agreements."""

    older: Named
    newer: Named
    renamed: bool
    """Whether the two print different names, which a person decided are one."""
    differences: tuple[Difference, ...]


class Unmatched(msgspec.Struct, frozen=True):
    """A party of one of the two agreements."""

    party: Named
    same_name: bool
    """Whether the other agreement names someone of this printed name who is not known to be the same person."""


class TermMove(msgspec.Struct, frozen=True):
    """A defined term that names one party in the older agreement and another in the newer one."""

    term: str
    older: Named
    newer: Named


class Comparison(msgspec.Struct, frozen=True):
    """Two agreements side by side."""

    older: AgreementRef
    newer: AgreementRef
    kept: tuple[Kept, ...]
    """In the order of the newer agreement."""
    joined: tuple[Unmatched, ...]
    """Parties of the newer agreement alone."""
    absent: tuple[Unmatched, ...]
    """Parties of the older agreement alone: not parties of the newer one, which says no more than that."""
    capacities: tuple[Difference, ...]
    """Steps of signature blocks that both print, with different capacities."""
    terms: tuple[TermMove, ...]
    clauses: tuple[ClauseChange, ...]


def compare(older: Dossier, newer: Dossier, signed: Callable[[Dossier], tuple[Signing, ...]] = signings) -> Comparison:
    """Lay two agreements side by side; `signed` gives their signature blocks."""
    old, new = _parties(older), _parties(newer)
    was, now = signed(older), signed(newer)
    return Comparison(
        older=older.ref,
        newer=newer.ref,
        kept=tuple(
            Kept(old[one], party, key(old[one].name) != key(party.name), tuple(differences(party, was, now)))
            for one, party in new.items()
            if one in old
        ),
        joined=_unmatched(new, old),
        absent=_unmatched(old, new),
        capacities=tuple(capacity_changes(was, now)),
        terms=tuple(moved_terms(older, newer)),
        clauses=changed_clauses(older, newer),
    )


def _parties(dossier: Dossier) -> dict[str, Named]:
    named: dict[str, Named] = {}
    for index in range(len(dossier.agreement.parties)):
        party = party_named(dossier, index)
        named.setdefault(party.identity, party)
    return named


def _unmatched(parties: dict[str, Named], others: dict[str, Named]) -> tuple[Unmatched, ...]:
    names = {key(party.name) for party in others.values()}
    return tuple(Unmatched(party, key(party.name) in names) for one, party in parties.items() if one not in others)


def differences(party: Named, older: Sequence[Signing], newer: Sequence[Signing]) -> Iterator[Difference]:
    """Yield what the blocks of one party say differently: who signs, through whom, as what."""
    was = [each for each in older if each.party.identity == party.identity and each.listed]
    now = [each for each in newer if each.party.identity == party.identity and each.listed]
    if not was or not now:
        return
    if all(each.signer for each in (*was, *now)) and _signers(was) != _signers(now):
        yield Difference(SIGNER, (party,), _said(was, _by_signer), _said(now, _by_signer))
    if {_path(each) for each in was} != {_path(each) for each in now}:
        yield Difference(THROUGH, (party,), _said(was, _by_path), _said(now, _by_path))
    for name in sorted(_signers(was) & _signers(now)):
        mine = [each for each in was if each.signer and each.signer.page == name]
        other = [each for each in now if each.signer and each.signer.page == name]
        about = (party, *(each.signer for each in other[:1] if each.signer))
        if all(each.title for each in (*mine, *other)) and _titles(mine) != _titles(other):
            yield Difference(TITLE, about, _said(mine, _by_title), _said(other, _by_title))
        if len({each.attorney for each in mine}) == len({each.attorney for each in other}) == 1 and (
            mine[0].attorney != other[0].attorney
        ):
            yield Difference(ATTORNEY, about, _said(mine, _by_attorney), _said(other, _by_attorney))


def _signers(blocks: Iterable[Signing]) -> set[str]:
    """Return the printed names: two groups of one name are not known to be two people, so they are no difference."""
    return {each.signer.page for each in blocks if each.signer}


def _path(signing: Signing) -> tuple[str, ...]:
    return tuple(step.identity for step in signing.through)


def _titles(blocks: Iterable[Signing]) -> set[str]:
    return {fold_title(each.title or "") for each in blocks}


def fold_title(title: str) -> str:
    """Fold what does not tell titles apart: capitals, punctuation, white space."""
    return _NOT_WORD.sub(" ", title.casefold()).strip()


def _said(blocks: Iterable[Signing], say: Callable[[Signing], Said]) -> tuple[Said, ...]:
    """Say each thing once, with the first place that prints it."""
    once: dict[object, Said] = {}
    for each in blocks:
        said = say(each)
        once.setdefault((tuple(name.page for name in said.names), fold_title(said.words)), said)
    return tuple(once.values())


def _by_signer(signing: Signing) -> Said:
    return Said((signing.signer,) if signing.signer else (), signing.title or "", signing.place)


def _by_path(signing: Signing) -> Said:
    places = [name.place for name in (signing.party, *signing.through) if name.place]
    whole = Place(places[0].agreement, min(p.first for p in places), max(p.last for p in places)) if places else None
    return Said(signing.through, "" if signing.through else DIRECTLY, whole)


def _by_title(signing: Signing) -> Said:
    return Said((), signing.title or "", signing.place)


def _by_attorney(signing: Signing) -> Said:
    return Said((), "as attorney-in-fact" if signing.attorney else NO_ATTORNEY, signing.place)


def capacity_changes(older: Iterable[Signing], newer: Iterable[Signing]) -> Iterator[Difference]:
    """Yield the steps that both print with a capacity, but with none in common."""
    was, now = _steps(older), _steps(newer)
    for step, (tail, printed) in now.items():
        earlier = was.get(step)
        if earlier and not printed.keys() & earlier[1].keys():
            said = (
                tuple(Said((), each.capacity or "", each.place) for each in by.values()) for by in (earlier[1], printed)
            )
            yield Difference(CAPACITY, (tail, next(iter(printed.values()))), *said)


def _steps(blocks: Iterable[Signing]) -> dict[tuple[str, str], tuple[Named, dict[str, Step]]]:
    """Return the steps that state a capacity: the name before, and the first printing of each capacity."""
    found: dict[tuple[str, str], tuple[Named, dict[str, Step]]] = {}
    for each in blocks:
        before: Named = each.party
        for step in each.through:
            if step.capacity is not None:
                _, printed = found.setdefault((before.identity, step.identity), (before, {}))
                printed.setdefault(fold_title(step.capacity), step)
            before = step
    return found


def moved_terms(older: Dossier, newer: Dossier) -> Iterator[TermMove]:
    """Yield the terms that named a party of both agreements in the older one, and name another in the newer one."""
    was, now = _terms(older), _terms(newer)
    there = _parties(newer)
    for term, (words, party) in now.items():
        earlier = was.get(term)
        if earlier and earlier[1].identity != party.identity and earlier[1].identity in there:
            yield TermMove(words, earlier[1], party)


def _terms(dossier: Dossier) -> dict[str, tuple[str, Named]]:
    """Return the defined terms that name one party, with it and the term's lines; what names two is left out."""
    found: dict[str, tuple[str, Named]] = {}
    twice: set[str] = set()
    for index, mention in enumerate(dossier.agreement.parties):
        party = party_named(dossier, index)
        for alias in mention.aliases:
            term = str(fold_key(alias.value))
            if term in found and found[term][1].identity != party.identity:
                twice.add(term)
            if alias.value != mention.name.value:
                found.setdefault(
                    term, (alias.value, Named(party.name, party.ref, fact_place(dossier, mention.name, alias)))
                )
    return {term: held for term, held in found.items() if term not in twice}
