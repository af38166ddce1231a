"""Near-name proposals over the whole catalogue: made anew only when the names have changed."""

import hashlib
import sqlite3
from collections.abc import Iterator

from sitegen.catalogue.records import NameRef, ProposedPair
from sitegen.identity.decisions import Decisions, decided_pairs
from sitegen.identity.proposals import Named, proposals

_NAMED = """
SELECT identity, name, kind, coalesce(
    (SELECT CASE WHEN count(DISTINCT cik) = 1 THEN max(cik) END FROM party
      WHERE party.identity = name.identity AND cik IS NOT NULL),
    (SELECT CASE WHEN count(DISTINCT issuer_cik) = 1 THEN max(issuer_cik) END FROM agreement
      WHERE issuer_identity = name.identity AND issuer_cik IS NOT NULL)
  ) FROM name ORDER BY identity, section
"""


def propose(db: sqlite3.Connection) -> None:
    """Bring the pairs of names that could be one up to date, whatever people decided on them."""
    names = [Named(*row) for row in _once(db)]
    of = hashlib.sha256()
    for named in names:
        of.update(repr(named).encode("utf-8", "backslashreplace"))
    if db.execute("SELECT 1 FROM proposed WHERE of = ?", (of.hexdigest(),)).fetchone():
        return
    db.execute("DELETE FROM proposal")
    db.execute("DELETE FROM proposed")
    db.execute("INSERT INTO proposed VALUES (?)", (of.hexdigest(),))
    db.executemany(
        "INSERT INTO proposal VALUES (NULL, ?, ?, ?, ?, ?)",
        ((each.one, each.other, each.reason, each.one_word, each.other_word) for each in proposals(names)),
    )


def _once(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield each identity once, whichever sections it has pages in."""
    last = None
    for row in db.execute(_NAMED):
        if row[0] != last:
            yield row
        last = row[0]


def proposed_pairs(db: sqlite3.Connection, decisions: Decisions) -> tuple[ProposedPair, ...]:
    """Return the pairs of names that a person should decide on, the most likely first.

    Two names in one list of parties are two parties, and what a person decided needs no proposal.
    """
    apart = frozenset(decided_pairs(decisions))
    rows = db.execute(
        "SELECT one, other, reason, one_word, other_word FROM proposal WHERE NOT EXISTS ("
        "SELECT 1 FROM party AS p JOIN party AS o USING (agreement) "
        "WHERE p.identity = proposal.one AND o.identity = proposal.other) ORDER BY number"
    )
    pairs = []
    for one, other, *words in rows.fetchall():
        wholes = sorted((one.partition("#")[0], other.partition("#")[0]))
        if wholes[0] == wholes[1] or (wholes[0], wholes[1]) in apart:
            continue
        pairs.append(ProposedPair(_anywhere(db, one), _anywhere(db, other), *words))
    return tuple(pairs)


def _anywhere(db: sqlite3.Connection, identity: str) -> NameRef:
    row = db.execute(
        "SELECT section, slug, name, kind FROM name WHERE identity = ? ORDER BY section = 'issuers', section LIMIT 1",
        (identity,),
    ).fetchone()
    return NameRef(*row)
