"""The collection at a glance: counts and short lists, the same few queries whatever it holds.

An agreement in two files counts once in the lists, and once for each file in the years, as in the index.
"""

import sqlite3

import msgspec

from sitegen.catalogue.records import NameRef

_LISTED = 5
_NAME = "n.section, n.slug, n.name, n.kind"
_YEARS = "SELECT substr(date, 1, 4), count(*) FROM agreement GROUP BY 1 ORDER BY 1"
_SPAN = "SELECT min(date), max(date) FROM agreement"
_PEOPLE = "SELECT count(*) FROM name WHERE section = 'parties' AND kind = 'person'"
_TOP = "WHERE a.copy_of IS NULL{more} GROUP BY n.section, n.identity ORDER BY 5 DESC, n.sort, n.slug LIMIT ?"
_ISSUERS = (
    f"SELECT {_NAME}, count(*) FROM agreement AS a "
    f"JOIN name AS n ON n.section = 'issuers' AND n.identity = a.issuer_identity {_TOP.format(more='')}"
)
_SIGNERS = (
    f"SELECT {_NAME}, p.anchor, count(*) FROM block AS b JOIN agreement AS a ON a.id = b.agreement "
    "JOIN name AS n ON n.section = 'signers' AND n.identity = b.signer_identity "
    "LEFT JOIN person AS p ON p.identity = b.signer_identity AND p.agreement = a.slug "
    "WHERE a.copy_of IS NULL GROUP BY n.identity, p.anchor ORDER BY 6 DESC, n.sort, n.slug, p.anchor LIMIT ?"
)
_PARTIES = (
    f"SELECT {_NAME}, count(DISTINCT b.party_identity) FROM link AS l "
    "JOIN block AS b ON b.agreement = l.agreement AND b.ordinal = l.block JOIN agreement AS a ON a.id = l.agreement "
    "JOIN name AS n ON n.section = 'parties' AND n.identity = l.identity "
    f"{_TOP.format(more=' AND b.party_identity <> l.identity')}"
)


class Overview(msgspec.Struct, frozen=True):
    """What the home page is made of."""

    years: dict[str | None, int]
    """Agreements by year, the undated under None."""
    first: str | None
    """The oldest date, ISO, full or partial."""
    last: str | None
    people: int
    """Parties that are persons."""
    issuers: tuple[tuple[NameRef, int], ...]
    """With most agreements, and how many."""
    signers: tuple[tuple[NameRef, int], ...]
    """The persons with most signature blocks, and how many: namesakes are not known to be one person."""
    parties: tuple[tuple[NameRef, int], ...]
    """On the "By:" lines of most other parties, and of how many."""


def overview(db: sqlite3.Connection) -> Overview:
    """Return the collection at a glance."""
    first, last = db.execute(_SPAN).fetchone()
    (people,) = db.execute(_PEOPLE).fetchone()
    return Overview(
        years=dict(db.execute(_YEARS)),
        first=first,
        last=last,
        people=people,
        issuers=_top(db, _ISSUERS),
        signers=_top(db, _SIGNERS),
        parties=_top(db, _PARTIES),
    )


def _top(db: sqlite3.Connection, query: str) -> tuple[tuple[NameRef, int], ...]:
    return tuple((NameRef(*name), number) for *name, number in db.execute(query, (_LISTED,)))
