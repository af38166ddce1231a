"""Which mentions of one printed name are known to be one person (NAMES-AND-CLAIMS: Persons)."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec


class Mention(msgspec.Struct, frozen=True):
    """A printed name in one agreement, and what ties it to the same name in others."""

    agreement: str
    """The agreement's identity key."""
    ties: frozenset[str]
    """Keys of companies that the person signs for or is a co-party with."""
    cik: str | None = None
    names: frozenset[str] = frozenset()
    """Keys of the spellings that the agreement prints."""


class Said(msgspec.Struct, frozen=True):
    """What people said about the mentions of one name."""

    same: tuple[tuple[str, ...], ...] = ()
    """Agreements whose mentions are one person's."""
    different: tuple[tuple[str, str], ...] = ()
    """Agreements whose mentions are two persons'."""
    spellings: tuple[tuple[str, ...], ...] = ()
    """Keys that are one person's, where each is the name of one person only."""
    ciks: tuple[tuple[str | None, str], ...] = ()
    """CIK of the mention in an agreement; of all mentions where that is None."""


def anchor(agreement: str) -> str:
    """Return a group's fragment, from the agreement that the group is known by."""
    return f"person-{hashlib.sha256(agreement.encode()).hexdigest()[:6]}"


class _Joined:
    """Sets of indices that grow together; each is led by its first."""

    def __init__(self, size: int) -> None:
        self._leader = list(range(size))

    def find(self, index: int) -> int:
        while self._leader[index] != index:
            self._leader[index] = self._leader[self._leader[index]]
            index = self._leader[index]
        return index

    def join(self, indices: Iterable[int]) -> None:
        leaders = sorted({self.find(index) for index in indices})
        for leader in leaders[1:]:
            self._leader[leader] = leaders[0]

    def sets(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for index in range(len(self._leader)):
            found.setdefault(self.find(index), []).append(index)
        return [found[index] for index in sorted(found)]


def group(mentions: Sequence[Mention], said: Said = Said()) -> list[list[int]]:  # noqa: B008 -- a frozen value
    """Join the mentions that share a tie; return groups of indices, in order of their first mention.

    The same agreement is one mention's home: a printed name in it is taken for one person, as its blocks do. What
    people said beats a CIK, and a CIK beats shared companies: a tie that would join two persons who are known to be
    different joins nobody. The result does not depend on the order of the mentions.
    """
    at: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        at.setdefault(mention.agreement, []).append(index)
    ciks = _ciks(mentions, said)
    apart = [(at[one][0], at[other][0]) for one, other in said.different if one in at and other in at]
    firm = _Joined(len(mentions))
    for homes in (*((home,) for home in at), *said.same):
        firm.join(index for home in homes for index in at.get(home, ()))
    by_cik: dict[str, list[int]] = {}
    for index, cik in enumerate(ciks):
        if cik is not None:
            by_cik.setdefault(cik, []).append(index)
    ties: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        for tie in mention.ties:
            ties.setdefault(tie, []).append(index)
    for loose in (by_cik, ties):
        firm = _tied(firm, list(loose.values()), apart, ciks)
    _join_spellings(firm, mentions, said.spellings, apart, ciks)
    return firm.sets()


def _ciks(mentions: Sequence[Mention], said: Said) -> list[str | None]:
    """Return each mention's CIK, as the exhibit or a person gives it."""
    given = dict(said.ciks)
    return [given.get(mention.agreement) or mention.cik or given.get(None) for mention in mentions]


def _conflict(members: Iterable[int], apart: Sequence[tuple[int, int]], ciks: Sequence[str | None]) -> bool:
    """Tell whether mentions cannot all be one person's."""
    here = frozenset(members)
    if any(one in here and other in here for one, other in apart):
        return True
    return len({ciks[index] for index in here} - {None}) > 1


def _copy(firm: _Joined, size: int) -> _Joined:
    joined = _Joined(size)
    for members in firm.sets():
        joined.join(members)
    return joined


def _tied(
    firm: _Joined, ties: Sequence[list[int]], apart: Sequence[tuple[int, int]], ciks: Sequence[str | None]
) -> _Joined:
    """Join what shares a tie, except where that would join what is known to be different."""
    sure = {index: members for members in firm.sets() for index in members}
    whole = [[member for index in tie for member in sure[index]] for tie in ties]
    joined = _copy(firm, len(ciks))
    # A tie that both of two different persons have tells nothing of anyone.
    for tie in whole:
        if not _conflict(tie, apart, ciks):
            joined.join(tie)
    again = _copy(firm, len(ciks))
    for members in joined.sets():
        if not _conflict(members, apart, ciks):
            again.join(members)
    return again


def _join_spellings(
    joined: _Joined,
    mentions: Sequence[Mention],
    spellings: Sequence[tuple[str, ...]],
    apart: Sequence[tuple[int, int]],
    ciks: Sequence[str | None],
) -> None:
    """Join spellings that people said are one person's, where each is the name of one person only."""
    named: dict[str, set[int]] = {}
    for index, mention in enumerate(mentions):
        for name in mention.names:
            named.setdefault(name, set()).add(joined.find(index))
    for names in spellings:
        groups = [named.get(name, set()) for name in names]
        if all(len(found) <= 1 for found in groups):
            leaders = {index for found in groups for index in found}
            members = [
                index for index in range(len(mentions)) if joined.find(index) in {joined.find(x) for x in leaders}
            ]
            if not _conflict(members, apart, ciks):
                joined.join(leaders)
