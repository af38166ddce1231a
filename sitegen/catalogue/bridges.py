"""Who connects agreements about different issuers: entities, and persons as groups of mentions, never as bare names."""

import sqlite3
from collections.abc import Callable, Iterable

import msgspec

from sitegen.catalogue.people import Persons

_SEVERAL = """
WITH mention AS MATERIALIZED (
  SELECT identity, agreement FROM party
  UNION SELECT signer_identity, agreement FROM block WHERE signer_identity IS NOT NULL
  UNION SELECT identity, agreement FROM link)
SELECT m.identity, a.slug, a.issuer_identity FROM mention AS m JOIN agreement AS a ON a.id = m.agreement
WHERE a.copy_of IS NULL AND a.issuer_identity IS NOT NULL AND m.identity IN (
  SELECT o.identity FROM mention AS o JOIN agreement AS i ON i.id = o.agreement
  WHERE i.copy_of IS NULL AND i.issuer_identity IS NOT NULL GROUP BY 1 HAVING count(DISTINCT i.issuer_identity) > 1)
ORDER BY m.identity, a.date IS NULL, a.date DESC, a.slug
"""
_KIND = "SELECT kind FROM name WHERE identity = ? AND section <> 'issuers' ORDER BY section LIMIT 1"


class Bridge(msgspec.Struct, frozen=True):
    """An entity, or one person of a printed name, in agreements about two issuers or more."""

    identity: str
    person: str | None
    """The person's group; None for an entity."""
    agreements: tuple[tuple[str, tuple[str, ...]], ...]
    """By issuer (identity): slugs, newest first. The issuer of the newest agreement stands first."""


class Namesakes(msgspec.Struct, frozen=True):
    """A printed name that agreements about different issuers print, not known to be one person's."""

    identity: str
    persons: tuple[tuple[str, tuple[str, ...]], ...]
    """Each group's anchor and its agreements."""


def bridges(
    db: sqlite3.Connection, persons: Callable[[str], Persons]
) -> tuple[tuple[Bridge, ...], tuple[Namesakes, ...]]:
    """Return the bridges, those between most issuers first, and the names that only look like one."""
    mentions: dict[str, list[tuple[str, str]]] = {}
    for identity, slug, issuer in db.execute(_SEVERAL).fetchall():
        mentions.setdefault(identity, []).append((slug, issuer))
    found: list[Bridge] = []
    namesakes: list[Namesakes] = []
    for identity, places in mentions.items():
        kind = db.execute(_KIND, (identity,)).fetchone()
        if kind != ("person",):
            found.append(Bridge(identity, None, _by_issuer(places)))
            continue
        here = {slug for slug, _ in places}
        groups = [(anchor, tuple(slug for slug in slugs if slug in here)) for anchor, slugs in persons(identity)]
        known = [(anchor, slugs) for anchor, slugs in groups if slugs]
        for anchor, slugs in known:
            by_issuer = _by_issuer([place for place in places if place[0] in slugs])
            if len(by_issuer) > 1:
                found.append(Bridge(identity, anchor, by_issuer))
        if len(known) > 1:
            namesakes.append(Namesakes(identity, tuple(known)))
    found.sort(key=lambda bridge: (-len(bridge.agreements), bridge.identity, bridge.person or ""))
    return tuple(found), tuple(namesakes)


def _by_issuer(places: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    issuers: dict[str, list[str]] = {}
    for slug, issuer in places:
        issuers.setdefault(issuer, []).append(slug)
    return tuple((issuer, tuple(slugs)) for issuer, slugs in issuers.items())
