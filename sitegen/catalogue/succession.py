"""Which agreement about an issuer came before which: by full dates and shared parties, never by a guess."""

import sqlite3
from collections.abc import Callable, Iterable

import msgspec

_LAST = "9999-99-99"
Persons = Callable[[str, str], str | None]
"""The anchor of the person whom an identity means in an agreement (by slug)."""

_ROSTER = """
SELECT a.slug, a.date, p.identity, p.kind FROM agreement AS a JOIN party AS p ON p.agreement = a.id
WHERE a.issuer_identity = ? AND (a.copy_of IS NULL OR NOT EXISTS (
  SELECT 1 FROM agreement AS o WHERE o.slug = a.copy_of AND o.issuer_identity = a.issuer_identity))
ORDER BY a.date IS NULL, a.date, a.slug, p.ordinal
"""


class Roster(msgspec.Struct, frozen=True):
    """Who is a party to one agreement."""

    slug: str
    date: str | None
    members: frozenset[tuple[str, str]]
    """Identity, and for a person the group that is meant."""


class Pair(msgspec.Struct, frozen=True):
    """An agreement and the newest earlier one about the same issuer that shares a party with it."""

    older: str
    newer: str
    """Slugs."""


def rosters(db: sqlite3.Connection, issuer: str, person: Persons) -> tuple[Roster, ...]:
    """Return the agreements about an issuer (by identity), each counted once, oldest first, undated last."""
    found: dict[tuple[str, str | None], set[tuple[str, str]]] = {}
    for slug, date, identity, kind in db.execute(_ROSTER, (issuer,)).fetchall():
        group = person(identity, slug) if kind == "person" else None
        found.setdefault((slug, date), set()).add((identity, group or ""))
    return tuple(Roster(slug, date, frozenset(members)) for (slug, date), members in found.items())


def successive(agreements: Iterable[Roster]) -> tuple[Pair, ...]:
    """Pair each agreement with the one before it, oldest first.

    Agreements of filers who share no party with earlier ones begin a line of their own. Those of one day, and those
    whose dates leave open which is the earlier, are not before each other.
    """
    dated = [each for each in agreements if each.date]
    pairs = []
    for each in dated:
        earlier = [
            other
            for other in dated
            if other.date and each.date and _before(other.date, each.date) and other.members & each.members
        ]
        if earlier:
            last = max(
                earlier, key=lambda other: (_ends(other.date or ""), len(other.members & each.members), other.slug)
            )
            pairs.append(Pair(last.slug, each.slug))
    return tuple(pairs)


def _before(one: str, other: str) -> bool:
    """Whether all of one date, full or partial, lies before all of another."""
    return _ends(one) < other


def _ends(date: str) -> str:
    """Return a day that no later day of a full or partial ISO date passes."""
    return date + _LAST[len(date) :]


def filers(agreements: Iterable[Roster]) -> dict[str, str]:
    """Return, for each agreement (slug), the oldest one that it hangs together with by parties in common."""
    groups: list[tuple[str, list[str], set[tuple[str, str]]]] = []
    for each in agreements:
        joined = [group for group in groups if group[2] & each.members]
        first = joined[0][0] if joined else each.slug
        slugs = [each.slug, *(slug for group in joined for slug in group[1])]
        members = set(each.members).union(*(group[2] for group in joined))
        groups = [group for group in groups if group not in joined]
        groups.append((first, slugs, members))
    return {slug: first for first, slugs, _ in groups for slug in slugs}
