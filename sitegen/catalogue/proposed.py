"""Near-name proposals over the whole catalogue: made anew only when the names have changed."""

import hashlib
import sqlite3
from collections.abc import Iterator

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
