"""What the review asks of the catalogue: findings of a code, what is silenced, what was not read; a bucket at a time.

A bucket is what a part of a long list is cut by: the month of the agreement's date (`2003-11`; `2003` where no month is
known), `undated`, or `files` for what is about no agreement.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec

from sitegen.catalogue.records import (
    AgreementRef,
    LocatedFinding,
    NotedAgreement,
    SilencedFinding,
    UnreadPassage,
)
from sitegen.model.findings import RULES, Finding
from sitegen.model.text import Span

SILENCED, UNREAD, AGREEMENTS = "silenced", "unread", "agreements"
"""Lists beside those of the codes."""

_REF = "a.slug, a.kind, a.title, a.date, a.issuer, a.first_party, a.schedule, a.parties, a.signers, a.copy_of"
_FINDING = 'f.code, f.message, f.start, f."end", f.first_line, f.last_line'
_BUCKET = "CASE WHEN a.id IS NULL THEN 'files' ELSE coalesce(substr(a.date, 1, 7), 'undated') END"
_AGREEMENT = "LEFT JOIN agreement AS a ON a.id = f.agreement"
_NEWEST_FIRST = "a.id IS NOT NULL, a.date IS NULL, a.date DESC, a.slug, f.path"
_PLACE = "f.start IS NULL, f.start, f.rank, f.code, f.message"
_IN_DOSSIER = f"row_number() OVER (PARTITION BY f.agreement ORDER BY f.severity = 'note', {_PLACE})"


class Reviewed:
    """Read-only view of all that a reviewer is told. Counts are cached: open a new one after a change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.counts = cache(self._counts)
        self.buckets = cache(self._buckets)
        # A page and its data file ask the same, one after the other.
        self.of_code = lru_cache(maxsize=2)(self._of_code)
        self.unread = lru_cache(maxsize=2)(self._unread)
        self.agreements = lru_cache(maxsize=2)(self._agreements)
        self.states = cache(self._states)

    def _counts(self) -> dict[str, int]:
        """Return how many findings stand, by code, in order of code."""
        rows = self._db.execute("SELECT code, count(*) FROM standing GROUP BY code")
        found = dict(rows.fetchall())
        if idle := len(self.idle()):
            found["SG604"] = idle
        return dict(sorted(found.items()))

    def _buckets(self, name: str) -> dict[str, int]:
        """Return how much a list holds in each bucket: of a code, or one of those named above."""
        if name == "SG604":
            return {"files": len(self.idle())} if self.idle() else {}
        source, values = {
            SILENCED: (f"silenced JOIN finding AS f ON f.id = finding {_AGREEMENT}", ()),
            UNREAD: ("unread AS f JOIN agreement AS a ON a.id = f.agreement", ()),
            AGREEMENTS: (
                "(SELECT DISTINCT agreement FROM standing) AS f JOIN agreement AS a ON a.id = f.agreement",
                (),
            ),
        }.get(name, (f"standing AS f {_AGREEMENT} WHERE f.code = ?", (name,)))
        return dict(self._db.execute(f"SELECT {_BUCKET}, count(*) FROM {source} GROUP BY 1", values).fetchall())

    def _states(self) -> dict[str, str]:
        """Return a digest of all that the lists hold in each bucket: equal where nothing in it changed."""
        queries = {
            f"f.path, {_FINDING}, f.rank": f"standing AS f {_AGREEMENT}",
            f"f.path, {_FINDING}, s.reason": "silenced JOIN finding AS f ON f.id = finding "
            f"JOIN silence AS s USING (number) {_AGREEMENT}",
            "f.first_line, f.last_line, f.words": "unread AS f JOIN agreement AS a ON a.id = f.agreement",
        }
        digests: dict[str, Any] = {}
        for told, source in queries.items():
            for bucket, *row in self._db.execute(f"SELECT {_BUCKET}, {told}, {_REF} FROM {source} ORDER BY 2, 3, 4, 5"):
                digests.setdefault(bucket, hashlib.sha256()).update(msgspec.json.encode(row))
        return {bucket: digest.hexdigest() for bucket, digest in digests.items()}

    def notes(self) -> tuple[LocatedFinding, ...]:
        """Return all findings, about the settings and files first, then newest agreement first and by place."""
        return (*self.of_code("SG604"), *self._notes("1", (), {}))

    def _of_code(self, code: str, buckets: Sequence[str] = ()) -> tuple[LocatedFinding, ...]:
        """Return the findings of a code in the same order; of these buckets, if any."""
        if code == "SG604":
            return tuple(LocatedFinding("", None, finding, None, 0) for finding in self.idle())
        return tuple(self._notes("f.code = :code", buckets, {"code": code}))

    def _notes(self, condition: str, buckets: Sequence[str], values: dict[str, str]) -> Iterator[LocatedFinding]:
        rows = self._db.execute(
            f"SELECT f.path, f.number, {_FINDING}, {_REF} FROM ("
            f"SELECT f.*, {_IN_DOSSIER} AS number FROM standing AS f WHERE f.agreement IS NULL "
            f"OR f.agreement IN (SELECT f.agreement FROM standing AS f {_AGREEMENT} WHERE {condition} "
            f"AND {_chosen(buckets)})) AS f "
            f"{_AGREEMENT} WHERE {condition} AND {_chosen(buckets)} ORDER BY {_NEWEST_FIRST}, {_PLACE}",
            {**values, "buckets": _json(buckets)},
        )
        for path, number, *row in rows:
            agreement, finding, lines = _about(row)
            yield LocatedFinding(path, agreement, finding, lines, number if agreement else 0)

    def silenced(self, buckets: Sequence[str] = ()) -> tuple[SilencedFinding, ...]:
        """Return the findings that the settings silence, in the same order."""
        rows = self._db.execute(
            f"SELECT f.path, s.reason, {_FINDING}, {_REF} FROM silenced JOIN finding AS f ON f.id = finding "
            f"JOIN silence AS s USING (number) {_AGREEMENT} WHERE {_chosen(buckets)} "
            f"ORDER BY {_NEWEST_FIRST}, {_PLACE}",
            {"buckets": _json(buckets)},
        )
        return tuple(SilencedFinding(path, *_about(row), reason) for path, reason, *row in rows)

    def idle(self) -> tuple[Finding, ...]:
        """Return a finding for each entry of the settings that silences nothing."""
        rows = self._db.execute("SELECT number, path, code FROM silence WHERE fitting = 0 ORDER BY number")
        return tuple(
            Finding("SG604", f"Entry {number + 1} of [[silence]] fits no finding: {code} in {path}.")
            for number, path, code in rows
        )

    def _unread(self, buckets: Sequence[str] = ()) -> tuple[UnreadPassage, ...]:
        """Return the lines of agreements that nothing accounts for, newest agreement first."""
        rows = self._db.execute(
            f"SELECT f.first_line, f.last_line, f.words, {_REF} FROM unread AS f "
            f"JOIN agreement AS a ON a.id = f.agreement WHERE {_chosen(buckets)} "
            "ORDER BY a.date IS NULL, a.date DESC, a.slug, f.first_line",
            {"buckets": _json(buckets)},
        )
        return tuple(UnreadPassage(AgreementRef(*ref), (first, last), words) for first, last, words, *ref in rows)

    def _agreements(self, buckets: Sequence[str] = ()) -> tuple[NotedAgreement, ...]:
        """Return the agreements that findings are about, newest first, with how many."""
        return tuple(self._noted(buckets, "a.date IS NULL, a.date DESC, a.slug", -1))

    def most_to_check(self, number: int) -> tuple[NotedAgreement, ...]:
        """Return the agreements with the most findings to check."""
        return tuple(self._noted((), "sum(f.severity <> 'note') DESC, a.date IS NULL, a.date DESC, a.slug", number))

    def _noted(self, buckets: Sequence[str], order: str, number: int) -> Iterator[NotedAgreement]:
        rows = self._db.execute(
            f"SELECT sum(f.severity <> 'note'), count(*), {_REF} FROM standing AS f "
            f"JOIN agreement AS a ON a.id = f.agreement WHERE {_chosen(buckets)} GROUP BY a.id ORDER BY {order} "
            "LIMIT :number",
            {"buckets": _json(buckets), "number": number},
        )
        for check, total, *ref in rows:
            yield NotedAgreement(AgreementRef(*ref), check, total - check)

    def with_accession(self) -> int:
        """Return how many agreements tell their filing's accession number."""
        (number,) = self._db.execute("SELECT count(*) FROM agreement WHERE accession IS NOT NULL").fetchone()
        return int(number)


def _chosen(buckets: Sequence[str]) -> str:
    return f"{_BUCKET} IN (SELECT value FROM json_each(:buckets))" if buckets else ":buckets = '[]'"


def _json(buckets: Sequence[str]) -> str:
    return msgspec.json.encode(list(buckets)).decode()


def _about(row: Sequence[Any]) -> tuple[AgreementRef | None, Finding, tuple[int, int] | None]:
    code, message, start, end, first, last, *ref = row
    finding = Finding(code, message, None if start is None else Span(start, end))
    return AgreementRef(*ref) if ref[0] else None, finding, None if first is None else (first, last)


def tally(counts: dict[str, int]) -> tuple[int, int]:
    """Return how many of these findings are to check, and how many are for information."""
    check = sum(number for code, number in counts.items() if RULES[code].severity != "note")
    return check, sum(counts.values()) - check
