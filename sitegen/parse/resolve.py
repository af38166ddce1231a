"""A printed name to the party of the same agreement that it names. Ambiguity is None, never a guess."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import msgspec

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.name import NameKey, fold_key, key
from sitegen.parse.persons import drop_person_suffix, generation
from sitegen.parse.signatures import drop_degree

_NAMES_AN_EMPLOYER = re.compile(r",\s|\s(?:of|for|at)\s(?:the\s)?|\s[-–—]\s|\(")
_HONORIFIC = re.compile(r"(?:mr|mrs|ms|dr|sir|prof)\b\.?\s+", re.IGNORECASE)


def _person(name: str) -> str:
    return _HONORIFIC.sub("", drop_person_suffix(drop_degree(name)), count=1)


@lru_cache(maxsize=4096)
def _without_initials(name: str) -> NameKey:
    exact = key(_person(name))
    return NameKey(tuple(word for word in exact.tokens if len(word) > 1), exact.form)


def _without_form(name: str) -> NameKey:
    return NameKey(fold_key(name).tokens, "")


class Register:
    """The parties of one agreement, found by their printed names.

    The first way that knows a name decides: the exact key of its name, of an alias; the same blind to accents and
    spacing; a person without honorific, suffix or initials; a name that one side prints without its legal form.
    """

    def __init__(self, parties: Sequence[PartyMention]) -> None:
        """Index the parties of one agreement."""
        names = [(party.name.value, index) for index, party in enumerate(parties)]
        aliases = [(alias.value, index) for index, party in enumerate(parties) for alias in party.aliases]
        people = [(name, index) for name, index in names + aliases if parties[index].kind == "person"]
        entities = [(name, index) for name, index in names if parties[index].kind != "person"]
        self._people = {index for _, index in people}
        self._ways: list[tuple[Callable[[str], NameKey], dict[NameKey, set[int]]]] = [
            (key, _index(key, names)),
            (key, _index(key, aliases)),
            (fold_key, _index(fold_key, names)),
            (fold_key, _index(fold_key, aliases)),
            (_folded_person, _index(_folded_person, people)),
            (_without_initials, _index(_without_initials, people)),
            (_without_form, _index(_without_form, entities)),
        ]
        self._generations = {
            index: {generation(name) for name, one in people if one == index} for index in self._people
        }
        self._formless = {index for name, index in entities if not key(name).form}

    def find(self, printed: str) -> int | None:
        """Return the index of the party that a printed name names; None when it names none, or perhaps two."""
        for way, known in self._ways:
            found = known.get(way(printed)) if known else None
            if found and len(found) == 1:
                (index,) = found
                if way is _without_form and key(printed).form and index not in self._formless:
                    continue
                if way in _SUFFIXLESS and self._of_another_generation(printed, index):
                    return None
                return index
            if found:
                return None
        return None

    def _of_another_generation(self, printed: str, index: int) -> bool:
        """Say whether a name is the party's father's or son's: `Sr.` where the party is `Jr.`."""
        told = self._generations[index] - {""}
        return bool(told) and generation(printed) not in {"", *told}

    def is_person(self, printed: str) -> bool:
        """Say whether a printed name names a party that is a natural person."""
        return self.find(printed) in self._people


@lru_cache(maxsize=4096)
def _folded_person(name: str) -> NameKey:
    return fold_key(_person(name))


_SUFFIXLESS = frozenset((_folded_person, _without_initials))
"""The ways that leave `Jr.` and `Sr.` aside."""


def _index(way: Callable[[str], NameKey], names: Iterable[tuple[str, int]]) -> dict[NameKey, set[int]]:
    known: dict[NameKey, set[int]] = {}
    for name, index in names:
        known.setdefault(way(name), set()).add(index)
    return known


def title_party(title: str, register: Register) -> int | None:
    """Return the party that a title names behind a comma, "of" or "for": `Director, EMC`."""
    for found in _NAMES_AN_EMPLOYER.finditer(title):
        index = register.find(title[found.end() :].strip(" .,()"))
        if index is not None:
            return index
    return None


def settle(blocks: Sequence[SignatureBlock], parties: Sequence[PartyMention]) -> tuple[SignatureBlock, ...]:
    """Tie blocks, chain links and titles to the parties that their printings name."""
    register = Register(parties)
    settled = []
    for block in blocks:
        party = register.find(block.printed.value)
        chain = tuple(msgspec.structs.replace(link, party=register.find(link.name.value)) for link in block.chain)
        named = title_party(block.title.value, register) if block.title else None
        own = named == party or any(named == link.party for link in chain)
        settled.append(msgspec.structs.replace(block, party=party, chain=chain, title_party=None if own else named))
    return tuple(settled)


__all__ = ["Register", "settle", "title_party"]
