"""A printed name to the party of the same agreement that it names. Ambiguity is None, never a guess."""

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.name import NameKey, fold_key, key
from sitegen.model.recall import recall
from sitegen.parse.persons import drop_person_suffix, generation
from sitegen.parse.signatures import drop_degree

_NAMES_AN_EMPLOYER = re.compile(r",\s|\s(?:of|for|at)\s(?:the\s)?|\s[-–—]\s|\(")
_SEVERAL = -1
_SPELLED_OUT, _BESIDE = 3, 100
"""How much longer than a party's name another printing can be: accents apart from letters, a title, a form in full."""
_HONORIFIC = re.compile(r"(?:mr|mrs|ms|dr|sir|prof)\b\.?\s+", re.IGNORECASE)


def _person(name: str) -> str:
    return _HONORIFIC.sub("", drop_person_suffix(drop_degree(name)), count=1)


@recall
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
        """Take the parties of one agreement."""
        names = [(party.name.value, index) for index, party in enumerate(parties)]
        aliases = [(alias.value, index) for index, party in enumerate(parties) for alias in party.aliases]
        people = [(name, index) for name, index in names + aliases if parties[index].kind == "person"]
        entities = [(name, index) for name, index in names if parties[index].kind != "person"]
        self._parties = parties
        self._longest = _SPELLED_OUT * max((len(name) for name, _ in names + aliases), default=0) + _BESIDE
        self._ways = (
            _Way(key, names),
            _Way(key, aliases),
            _Way(fold_key, names),
            _Way(fold_key, aliases),
            _Way(_folded_person, people),
            _Way(_without_initials, people),
            _Way(_without_form, entities),
        )

    def find(self, printed: str) -> int | None:
        """Return the index of the party that a printed name names; None when it names none, or perhaps two."""
        for way in self._ways if len(printed) <= self._longest else ():
            index = way.find(printed)
            if index is None:
                continue
            if index == _SEVERAL:
                return None
            if way.of is _without_form and key(printed).form and key(self._parties[index].name.value).form:
                continue
            if way.of in _SUFFIXLESS and self._of_another_generation(printed, index):
                return None
            return index
        return None

    def _of_another_generation(self, printed: str, index: int) -> bool:
        """Say whether a name is the party's father's or son's: `Sr.` where the party is `Jr.`."""
        party = self._parties[index]
        told = {generation(name.value) for name in (party.name, *party.aliases)} - {""}
        return bool(told) and generation(printed) not in {"", *told}

    def is_person(self, printed: str) -> bool:
        """Say whether a printed name names a party that is a natural person."""
        index = self.find(printed)
        return index is not None and self._parties[index].kind == "person"


@recall
def _folded_person(name: str) -> NameKey:
    return fold_key(_person(name))


_SUFFIXLESS = frozenset((_folded_person, _without_initials))
"""The ways that leave `Jr.` and `Sr.` aside."""


class _Way:
    """One way to know a party by a name. Its index is made when it is first asked: the first way knows nearly all."""

    __slots__ = ("_known", "_names", "of")

    def __init__(self, of: Callable[[str], NameKey], names: Sequence[tuple[str, int]]) -> None:
        self.of = of
        self._names = names
        self._known: dict[NameKey, int] | None = None

    def find(self, printed: str) -> int | None:
        """Return the index of the party of this name, `_SEVERAL` for a name of two, None for one that none bears."""
        if not self._names:
            return None
        if self._known is None:
            self._known = {}
            for name, index in self._names:
                own = self.of(name)
                self._known[own] = index if self._known.get(own, index) == index else _SEVERAL
        return self._known.get(self.of(printed))


def title_party(title: str, register: Register) -> int | None:
    """Return the party that a title names behind a comma, "of" or "for": `Director, EMC`."""
    for found in _NAMES_AN_EMPLOYER.finditer(title):
        index = register.find(title[found.end() :].strip(" .,()"))
        if index is not None:
            return index
    return None


def settle(blocks: Iterable[SignatureBlock], register: Register) -> tuple[SignatureBlock, ...]:
    """Tie blocks, chain links and titles to the parties that their printings name."""
    settled = []
    for block in blocks:
        party = register.find(block.printed.value)
        chain = tuple(msgspec.structs.replace(link, party=register.find(link.name.value)) for link in block.chain)
        named = title_party(block.title.value, register) if block.title else None
        own = named == party or any(named == link.party for link in chain)
        settled.append(msgspec.structs.replace(block, party=party, chain=chain, title_party=None if own else named))
    return tuple(settled)


__all__ = ["Register", "settle", "title_party"]
