"""From what changed to all that shows it.

Triggers (`triggers.sql`) put a *subject* on record for every row that changes: an agreement, an identity, a name's row,
a mark of likeness, a published address. Here each spreads to the subjects whose pages show it. A page kind is of one
subject (`pages.Page.of`), so what is touched at last is what must be made anew.
"""

import sqlite3
from collections.abc import Iterator

NEAR = 6
"""Names of one stem that a page shows before, and after, its own."""

MENTIONS = (
    ("party", "identity", "agreement"),
    ("block", "signer_identity", "agreement"),
    ("block", "party_identity", "agreement"),
    ("link", "identity", "agreement"),
    ("agreement", "issuer_identity", "id"),
)
"""Where names are mentioned: table, its columns of identity and agreement."""

_NOTED = (
    "substr({0}, 7, instr(substr({0}, 7), '/') - 1), replace(substr({0}, 7 + instr(substr({0}, 7), '/')), '.md', '')"
)
"""Section and slug of a note's file."""
_SPREAD = (
    # The editor's note stands on the page that its file is named for; one of the site's own pages is its file.
    f"SELECT {_NOTED.format('key')}, cause FROM touched WHERE subject = 'file' AND key GLOB 'notes/*/*.md'",
    # The pages of a name show every mention of it.
    "SELECT section, slug, cause FROM touched JOIN name ON identity = touched.key WHERE subject = 'identity'",
    # Agreements show the display names, kinds and addresses of all that they mention.
    *(
        f"""SELECT 'agreements', a.slug, cause FROM touched JOIN {table} AS m ON m.{identity} = touched.key
          JOIN agreement AS a ON a.id = m.{agreement} WHERE subject = 'name'"""
        for table, identity, agreement in MENTIONS
    ),
    # An agreement and its copies show one another.
    """SELECT 'agreements', o.slug, cause FROM touched JOIN agreement AS o ON o.copy_of = touched.key
      WHERE subject = 'agreements'""",
    """SELECT 'agreements', o.slug, cause FROM touched JOIN agreement AS a ON a.slug = touched.key
      JOIN agreement AS o ON o.copy_of = a.copy_of WHERE subject = 'agreements'""",
    """SELECT 'agreements', a.copy_of, cause FROM touched JOIN agreement AS a ON a.slug = touched.key
      WHERE subject = 'agreements'""",
    # The pages of all names in an agreement show what it says.
    *(
        f"""SELECT section, name.slug, cause FROM touched JOIN agreement AS a ON a.slug = touched.key
          JOIN {table} AS m ON m.{agreement} = a.id JOIN name ON name.identity = m.{identity}
          WHERE subject = 'agreements'"""
        for table, identity, agreement in MENTIONS
    ),
    # A dossier stands beside the others about its issuer.
    "SELECT 'dossiers', key, cause FROM touched WHERE subject = 'agreements'",
    """SELECT 'dossiers', a.slug, cause FROM touched JOIN name AS n ON n.slug = touched.key AND n.section = 'issuers'
      JOIN agreement AS a ON a.issuer_identity = n.identity WHERE subject = 'issuers'""",
    # An address without a page leads to the pages of the names and texts that it answered for.
    """SELECT 'page', subject || '/' || key, cause FROM touched
      WHERE subject IN ('agreements', 'parties', 'signers', 'issuers')""",
    """WITH one (name, cause) AS (
      SELECT substr(key, 1, instr(key || '#', '#') - 1), cause FROM touched WHERE subject = 'identity'),
      held (key, cause) AS (SELECT * FROM one UNION SELECT s.key, cause FROM one JOIN spelling AS s
      ON s.identity = one.name)
      SELECT 'page', d.section || '/' || d.slug, cause FROM held JOIN address AS d
      ON (d.key = held.key OR (d.key > held.key || '#' AND d.key < held.key || '$'))
      WHERE NOT EXISTS (SELECT 1 FROM name AS n WHERE n.section = d.section AND n.slug = d.slug)""",
    """SELECT 'page', d.section || '/' || d.slug, cause FROM touched JOIN address AS d ON d.text = touched.key
      WHERE subject = 'text' AND NOT EXISTS (SELECT 1 FROM agreement AS a WHERE a.slug = d.slug)""",
    "SELECT 'site', '', min(cause) FROM touched HAVING count(*) > 0",
    # What the editor writes may link to any name: it is few files, all made anew after any change.
    f"SELECT {_NOTED.format('path')}, cause FROM file, touched WHERE subject = 'site' AND path GLOB 'notes/*/*.md'",
    """SELECT 'dossiers', replace(substr(path, 18), '.md', ''), cause FROM file, touched
      WHERE subject = 'site' AND path GLOB 'notes/agreements/*.md'""",
    """SELECT 'articles', replace(substr(path, 7), '.md', ''), cause FROM file, touched
      WHERE subject = 'site' AND path GLOB 'pages/*.md'""",
    """SELECT 'articles', replace(substr(key, 7), '.md', ''), cause FROM touched
      WHERE subject = 'file' AND key GLOB 'pages/*.md'""",
)
_BEFORE = "sort < :sort OR (sort = :sort AND slug < :slug)"
_AFTER = "sort > :sort OR (sort = :sort AND slug > :slug)"


def cause_of_all(db: sqlite3.Connection) -> str:
    """Return why anything is touched; empty when nothing is."""
    causes = [words for (words,) in db.execute("SELECT DISTINCT cause FROM touched ORDER BY cause LIMIT 3")]
    return f"{causes[0]}, and more" if len(causes) > 1 else causes[0] if causes else ""


def spread(db: sqlite3.Connection) -> None:
    """Touch all subjects that show one that is touched."""
    _touch_neighbours(db)
    for query in _SPREAD:
        db.execute(f"INSERT OR IGNORE INTO touched {query}")


def _touch_neighbours(db: sqlite3.Connection) -> None:
    """Touch the names beside a name among those of its stem: their pages show it."""
    places = db.execute("SELECT key, cause FROM touched WHERE subject = 'near' ORDER BY key").fetchall()
    for place, cause in places:
        section, stem, sort, slug = place.split("\x1f")
        at = {"section": section, "stem": stem, "sort": sort, "slug": slug, "cause": cause}
        for side, order in ((_BEFORE, "DESC"), (_AFTER, "ASC")):
            db.execute(
                "INSERT OR IGNORE INTO touched SELECT section, slug, :cause FROM name WHERE section = :section "
                f"AND stem = :stem AND ({side}) ORDER BY sort {order}, slug {order} LIMIT {2 * NEAR}",
                at,
            )


def touched(db: sqlite3.Connection, subject: str) -> Iterator[tuple[str, str]]:
    """Yield the keys that are touched of a kind of subject, each with the cause."""
    yield from db.execute("SELECT key, cause FROM touched WHERE subject = ? ORDER BY key", (subject,)).fetchall()


def recorded(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the agreements (by slug) of the files that were recorded since the last build, each with the cause."""
    return db.execute(
        "SELECT a.slug, cause FROM touched CROSS JOIN agreement AS a ON a.path = touched.key "
        "WHERE subject = 'file' AND a.slug IS NOT NULL ORDER BY a.path, a.ordinal"
    ).fetchall()


def settle(db: sqlite3.Connection) -> None:
    """Take all that is touched off the record: it is spread, and its pages are marked."""
    db.execute("DELETE FROM touched")
