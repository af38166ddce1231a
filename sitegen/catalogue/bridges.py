"""Who connects agreements about different issuers: entities, and persons as groups of mentions, never as bare names."""

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.catalogue.people import persons_kept

_MENTIONS = """
WITH mention AS MATERIALIZED (
  SELECT p.identity, p.agreement FROM asked CROSS JOIN party AS p USING (identity)
  UNION SELECT b.signer_identity, b.agreement FROM asked CROSS JOIN block AS b ON b.signer_identity = asked.identity
  UNION SELECT l.identity, l.agreement FROM asked CROSS JOIN link AS l USING (identity))
SELECT m.identity, a.slug, a.issuer_identity FROM mention AS m JOIN agreement AS a ON a.id = m.agreement
WHERE a.copy_of IS NULL AND a.issuer_identity IS NOT NULL ORDER BY m.identity, a.date IS NULL, a.date DESC, a.slug
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


class Between(msgspec.Struct, frozen=True):
    """What a name in agreements about two issuers or more is: a bridge, several persons, each one or none, or both."""

    bridges: tuple[Bridge, ...]
    namesakes: Namesakes | None


def between_issuers(db: sqlite3.Connection) -> Iterator[tuple[str, Between]]:
    """Yield the names, of those that are asked about (`summaries`), that agreements about different issuers print."""
    mentions: dict[str, list[tuple[str, str]]] = {}
    for identity, slug, issuer in db.execute(_MENTIONS).fetchall():
        mentions.setdefault(identity, []).append((slug, issuer))
    for identity, places in mentions.items():
        if len({issuer for _, issuer in places}) > 1:
            yield identity, _between(db, identity, places)


def _between(db: sqlite3.Connection, identity: str, places: list[tuple[str, str]]) -> Between:
    if db.execute(_KIND, (identity,)).fetchone() != ("person",):
        return Between((Bridge(identity, None, _by_issuer(places)),), None)
    here = {slug for slug, _ in places}
    groups = [(anchor, tuple(slug for slug in slugs if slug in here)) for anchor, slugs in persons_kept(db, identity)]
    known = [(anchor, slugs) for anchor, slugs in groups if slugs]
    crossing = [(anchor, _by_issuer([place for place in places if place[0] in slugs])) for anchor, slugs in known]
    return Between(
        tuple(Bridge(identity, anchor, by_issuer) for anchor, by_issuer in crossing if len(by_issuer) > 1),
        Namesakes(identity, tuple(known)) if len(known) > 1 else None,
    )


def bridges(found: Iterable[Between]) -> tuple[tuple[Bridge, ...], tuple[Namesakes, ...]]:
    """Return the bridges, those between most issuers first, and the names that only look like one."""
    every = list(found)
    built = [bridge for each in every for bridge in each.bridges]
    built.sort(key=lambda bridge: (-len(bridge.agreements), bridge.identity, bridge.person or ""))
    return tuple(built), tuple(each.namesakes for each in every if each.namesakes)


def _by_issuer(places: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    issuers: dict[str, list[str]] = {}
    for slug, issuer in places:
        issuers.setdefault(issuer, []).append(slug)
    return tuple((issuer, tuple(slugs)) for issuer, slugs in issuers.items())
