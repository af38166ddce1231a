"""The same agreement in two files: found by its words, or by date, parties and signers; counted once."""

import sqlite3
from collections.abc import Iterable, Iterator

from sitegen.catalogue.record import record_finding
from sitegen.model.findings import Finding

_ALIKE = """
SELECT published, id, path, slug, words, facts, issuer_key FROM agreement
WHERE parties > 0 AND (words IN (SELECT words FROM agreement GROUP BY words HAVING count(*) > 1)
  OR facts IN (SELECT facts FROM agreement WHERE facts IS NOT NULL GROUP BY facts HAVING count(*) > 1))
ORDER BY published
"""
_Alike = tuple[int, int, str, str, str, str | None, str | None]


def note_copies(db: sqlite3.Connection) -> None:
    """Say of each agreement which one is counted in its stead, and raise a finding on it."""
    db.execute("DELETE FROM finding WHERE code = 'SG408'")
    db.execute("UPDATE agreement SET copy_of = NULL WHERE copy_of IS NOT NULL")
    for copies in _sets(db.execute(_ALIKE).fetchall()):
        counted = copies[0][3]
        for _, number, path, slug, own_words, _, _ in copies:
            if slug == counted:
                continue
            db.execute("UPDATE agreement SET copy_of = ? WHERE id = ?", (counted, number))
            others = [f"{other[2]} ({other[3]})" for other in copies if other[1] != number]
            how = "word for word" if all(other[4] == own_words for other in copies) else "by date, parties and signers"
            message = f"The same agreement, {how}, is in {', '.join(others)}; it is counted once."
            record_finding(db, path, number, Finding("SG408", message), None)


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
