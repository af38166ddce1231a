"""The persons behind one printed name, from all agreements that print it."""

import sqlite3
from collections.abc import Iterable

from sitegen.identity.decisions import Decisions
from sitegen.identity.persons import Mention, Said, anchor, group

Persons = tuple[tuple[str, tuple[str, ...]], ...]
"""Each person's anchor, and the slugs of the agreements that name it, the first published first."""

_MENTIONS = """
SELECT a.published, a.slug, a.home, b.signer_key, NULL, CASE b.party_kind WHEN 'entity' THEN b.party_identity END
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement WHERE b.signer_identity = :name
UNION ALL
SELECT a.published, a.slug, a.home, b.signer_key, NULL, l.identity
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement
  JOIN link AS l ON l.agreement = b.agreement AND l.block = b.ordinal WHERE b.signer_identity = :name
UNION ALL
SELECT a.published, a.slug, a.home, p.key, p.cik, NULL
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement WHERE p.identity = :name
UNION ALL
SELECT a.published, a.slug, a.home, p.key, NULL, o.identity
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement
  JOIN party AS o ON o.agreement = p.agreement AND o.kind = 'entity' AND o.identity <> :name WHERE p.identity = :name
"""
"""Per mention: the companies that the name signs for or is a co-party with, and any CIK; NULL ties to nothing."""


def persons_named(db: sqlite3.Connection, identity: str, decisions: Decisions) -> Persons:
    """Return the persons of a printed name."""
    if "#" in identity:  # a person said that this name is of several: this is one of them
        homes = sorted({row[:3] for row in db.execute(_MENTIONS, {"name": identity})})
        return ((anchor(homes[0][2]), tuple(slug for _, slug, _ in homes)),) if homes else ()
    return _grouped(db.execute(_MENTIONS, {"name": identity}), said_of(decisions, identity))


_OF_KEYS = """
SELECT a.published, a.slug, a.home, b.signer_key, NULL, CASE b.party_kind WHEN 'entity' THEN b.party_identity END
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement WHERE b.signer_key IN wanted
UNION ALL
SELECT a.published, a.slug, a.home, b.signer_key, NULL, l.identity
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement
  JOIN link AS l ON l.agreement = b.agreement AND l.block = b.ordinal WHERE b.signer_key IN wanted
UNION ALL
SELECT a.published, a.slug, a.home, p.key, p.cik, NULL
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement WHERE p.key IN wanted
UNION ALL
SELECT a.published, a.slug, a.home, p.key, NULL, o.identity
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement
  JOIN party AS o ON o.agreement = p.agreement AND o.kind = 'entity' AND o.key NOT IN wanted WHERE p.key IN wanted
UNION ALL
SELECT published, slug, home, issuer_key, issuer_cik, NULL FROM agreement WHERE issuer_key IN wanted
"""


def parted(db: sqlite3.Connection, identity: str, keys: str, decisions: Decisions) -> Persons:
    """Return the groups of a name, person or entity, that a person said is of several; as an issuer too.

    `keys` (JSON) are its spellings. What ties mentions together are whole names here, whichever of them are parted too.
    """
    rows = db.execute(f"WITH wanted (key) AS (SELECT value FROM json_each(?)) {_OF_KEYS}", (keys,))
    return _grouped(((*row[:5], row[5] and row[5].partition("#")[0]) for row in rows), said_of(decisions, identity))


_NAMED = """
SELECT 1 FROM name WHERE identity = ?1 AND kind = 'person'
UNION ALL SELECT 1 FROM party WHERE identity = ?1 AND kind = 'person'
"""


def persons_kept(db: sqlite3.Connection, identity: str) -> Persons:
    """Return the persons of a printed name as they were noted."""
    found: dict[str, list[str]] = {}
    for agreement, name in db.execute(
        "SELECT p.agreement, p.anchor FROM person AS p JOIN agreement AS a ON a.slug = p.agreement "
        "WHERE p.identity = ? ORDER BY a.published",
        (identity,),
    ):
        found.setdefault(name, []).append(agreement)
    return tuple((name, tuple(agreements)) for name, agreements in found.items())


def note_persons(db: sqlite3.Connection, decisions: Decisions) -> None:
    """Bring up to date whose person each mention in scope is; what differs is written."""
    old: dict[str, dict[str, str]] = {}
    for identity, agreement, name in db.execute(
        "SELECT identity, agreement, anchor FROM scope JOIN person USING (identity)"
    ):
        old.setdefault(identity, {})[agreement] = name
    for (identity,) in db.execute("SELECT identity FROM scope ORDER BY identity").fetchall():
        new: dict[str, str] = {}
        if db.execute(_NAMED, (identity,)).fetchone():
            groups = persons_named(db, identity, decisions)
            new = {agreement: name for name, agreements in groups for agreement in agreements}
        gone = old.get(identity, {}).items() - new.items()
        come = new.items() - old.get(identity, {}).items()
        db.executemany(
            "DELETE FROM person WHERE identity = ? AND agreement = ?", [(identity, one) for one, _ in sorted(gone)]
        )
        db.executemany("INSERT INTO person VALUES (?, ?, ?)", [(identity, *one) for one in sorted(come)])


def _grouped(rows: Iterable[tuple[int, str, str, str | None, str | None, str | None]], said: Said) -> Persons:
    found: dict[tuple[int, str, str], tuple[set[str], set[str], set[str]]] = {}
    for published, slug, home, name, cik, tie in rows:
        ties, ciks, names = found.setdefault((published, slug, home), (set(), set(), set()))
        ties.update([tie] if tie else ())
        ciks.update([cik] if cik else ())
        names.update([name] if name else ())
    homes = sorted(found)
    mentions = []
    for place in homes:
        ties, ciks, names = found[place]
        mentions.append(Mention(place[1], frozenset(ties), min(ciks) if len(ciks) == 1 else None, frozenset(names)))
    groups = group(mentions, said)
    return tuple((anchor(homes[members[0]][2]), tuple(homes[index][1] for index in members)) for members in groups)


def said_of(decisions: Decisions, identity: str) -> Said:
    """Return what people said about the mentions of one name."""
    about = [
        entry for entry in decisions.entries if any(decisions.identity(name.key) == identity for name in entry.names)
    ]
    same = [entry.names for entry in about if entry.kind == "same"]
    return Said(
        same=tuple(
            tuple(name.agreement for name in names if name.agreement)
            for names in same
            if sum(name.agreement is not None for name in names) > 1
        ),
        different=tuple(
            (one.agreement, other.agreement)
            for one, other in (entry.names for entry in about if entry.kind == "different")
            if one.agreement and other.agreement and decisions.identity(one.key) == decisions.identity(other.key)
        ),
        spellings=tuple(
            tuple(dict.fromkeys(name.key for name in names))
            for names in same
            if any(name.agreement is None for name in names)
        ),
        ciks=tuple((entry.names[0].agreement, entry.value) for entry in about if entry.kind == "cik"),
    )
