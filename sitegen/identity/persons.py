"""Which mentions of one printed name are known to be one person (NAMES-AND-CLAIMS: Persons)."""

import hashlib
from collections.abc import Sequence

import msgspec


class Mention(msgspec.Struct, frozen=True):
    """A printed name in one agreement, and what ties it to the same name in others."""

    agreement: str
    """The agreement's identity key."""
    ties: frozenset[str]
    """Keys of companies that the person signs for or is a co-party with, and the person's CIK."""


def anchor(agreement: str) -> str:
    """Return a group's fragment, from the agreement that the group is known by."""
    return f"person-{hashlib.sha256(agreement.encode()).hexdigest()[:6]}"


def group(mentions: Sequence[Mention]) -> list[list[int]]:
    """Join the mentions that share a tie; return groups of indices, in order of their first mention.

    The same agreement is one mention's home: a printed name in it is taken for one person, as its blocks do.
    """
    leader = list(range(len(mentions)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        for tie in (mention.agreement, *sorted(mention.ties)):
            other = find(first.setdefault(tie, index))
            mine = find(index)
            leader[max(mine, other)] = min(mine, other)
    groups: dict[int, list[int]] = {}
    for index in range(len(mentions)):
        groups.setdefault(find(index), []).append(index)
    return [groups[index] for index in sorted(groups)]
