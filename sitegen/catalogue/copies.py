"""The same agreement in two files: found by its words, or by date, parties and signers; counted once."""

import sqlite3
from collections.abc import Iterable, Iterator

from sitegen.catalogue.record import replace_findings

_SAME = """
WITH RECURSIVE alike (id) AS (
  SELECT a.id FROM touched JOIN agreement AS a ON a.words = touched.key WHERE subject = 'words' AND parties > 0
  UNION SELECT a.id FROM touched JOIN agreement AS a ON a.facts = touched.key WHERE subject = 'facts' AND parties > 0
  UNION SELECT o.id FROM alike JOIN agreement AS a USING (id) JOIN agreement AS o ON o.words = a.words AND o.parties > 0
  UNION SELECT o.id FROM alike JOIN agreement AS a USING (id) JOIN agreement AS o ON o.facts = a.facts AND o.parties > 0
)
SELECT published, id, path, slug, words, facts, issuer_key, copy_of FROM alike JOIN agreement USING (id)
ORDER BY published
"""
"""Whatever shares words or facts with what was touched, and with that, and so on."""
_Alike = tuple[int, int, str, str, str, str | None, str | None, str | None]


def note_copies(db: sqlite3.Connection) -> None:
    """Say of each agreement which one is counted in its stead, and raise a finding on it."""
    rows = db.execute(_SAME).fetchall()
    counted: dict[int, str | None] = {row[1]: None for row in rows}
    findings = []
    for copies in _sets(rows):
        first = copies[0][3]
        for _, number, _path, slug, own_words, *_ in copies:
            if slug == first:
                continue
            counted[number] = first
            others = [f"{other[2]} ({other[3]})" for other in copies if other[1] != number]
            how = "word for word" if all(other[4] == own_words for other in copies) else "by date, parties and signers"
            findings.append((number, f"The same agreement, {how}, is in {', '.join(others)}; it is counted once."))
    for row in rows:
        if row[7] != counted[row[1]]:
            db.execute("UPDATE agreement SET copy_of = ? WHERE id = ?", (counted[row[1]], row[1]))
    replace_findings(db, "SG408", counted, findings)


def _sets(rows: list[_Alike]) -> Iterator[list[_Alike]]:
    """Yield the sets of copies, the first published first."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    first: dict[str, int] = {}
    for row in rows:
        for mark in (row[4], row[5]):
            if mark is not None:
                one, two = sorted((find(row[0]), find(first.setdefault(mark, row[0]))))
                leader[two] = one
    alike: dict[int, list[_Alike]] = {}
    for row in rows:
        alike.setdefault(find(row[0]), []).append(row)
    for found in alike.values():
        yield from (copies for copies in _by_issuer(found) if len(copies) > 1)


def _by_issuer(rows: list[_Alike]) -> Iterable[list[_Alike]]:
    """Part agreements of one wording that are about several issuers; one that names none could be about any."""
    issuers = {row[6] for row in rows if row[6] is not None}
    if len(issuers) <= 1:
        return [rows]
    return [[row for row in rows if row[6] == issuer] for issuer in sorted(issuers)]
