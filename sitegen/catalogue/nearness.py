"""An order in which what shows the same agreements stands together, so that each is opened once or twice for all."""

import sqlite3
from collections import Counter

from sitegen.catalogue.touched import MENTIONS

_PARTIES = """
SELECT a.slug, p.identity FROM agreement AS a LEFT JOIN party AS p ON p.agreement = a.id
ORDER BY a.date IS NULL, a.date DESC, a.slug
"""


def places(db: sqlite3.Connection) -> dict[str, int]:
    """Return the place of each agreement and name, by `section/slug`.

    Agreements stand beside those that share their most frequent party, newest first; a name with the last agreement
    that mentions it.
    """
    rows = db.execute(_PARTIES).fetchall()
    often = Counter(identity for _, identity in rows)
    home: dict[str, tuple[int, str]] = {}
    for slug, identity in rows:
        home[slug] = max(home.get(slug, (0, "")), (often[identity], identity or ""))
    at = {slug: place for place, slug in enumerate(sorted(home, key=lambda slug: home[slug][1]))}
    last: dict[str, int] = {}
    for table, identity, agreement in MENTIONS:
        query = f"SELECT DISTINCT m.{identity}, a.slug FROM {table} AS m JOIN agreement AS a ON a.id = m.{agreement}"
        for name, slug in db.execute(query):
            last[name] = max(last.get(name, 0), at[slug])
    names = db.execute("SELECT section || '/' || slug, identity FROM name")
    return {f"agreements/{slug}": place for slug, place in at.items()} | {
        page: last[name] for page, name in names if name in last
    }
