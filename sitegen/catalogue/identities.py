"""Which identity each mention belongs to: its printed name's key, unless a person decided otherwise."""

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from sitegen.catalogue.people import parted
from sitegen.catalogue.record import record_finding
from sitegen.identity.decisions import FILE, Decision, Decisions, Reference
from sitegen.identity.ledger import Ledger
from sitegen.model.findings import Finding

_COLUMNS = (
    ("party", "key", "identity", "agreement"),
    ("block", "party_key", "party_identity", "agreement"),
    ("block", "signer_key", "signer_identity", "agreement"),
    ("link", "key", "identity", "agreement"),
    ("agreement", "issuer_key", "issuer_identity", "id"),
)
"""Where names are mentioned: table, its columns of key, identity and agreement."""
_PRINTED = """
SELECT key, name FROM party UNION ALL SELECT signer_key, signer FROM block WHERE signer IS NOT NULL
UNION ALL SELECT issuer_key, issuer FROM agreement WHERE issuer IS NOT NULL
"""


def split_key(identity: str, agreement: str) -> str:
    """Return the identity of those who share a name, known by the agreement that was published first."""
    return f"{identity}#{agreement}"


def decide(db: sqlite3.Connection, decisions: Decisions, ledgers: Mapping[str, Ledger]) -> dict[str, tuple[str, ...]]:
    """Give each mention its identity; return the agreements of each identity that shares its name with another.

    Raises `DecisionError` for a name or agreement that the site never had.
    """
    for table, key, identity, _ in _COLUMNS:
        db.execute(f"UPDATE {table} SET {identity} = {key} WHERE {identity} IS NOT {key}")
    db.execute("DELETE FROM spelling")
    db.execute("DELETE FROM decision")
    db.execute("DELETE FROM decided")
    db.execute("DELETE FROM finding WHERE code = 'SG410'")
    if not decisions.entries:
        return {}
    decisions.check_known(known_names(db, ledgers), ledgers["agreements"].addresses())
    db.executemany("INSERT INTO spelling VALUES (?, ?)", sorted(decisions.spellings.items()))
    for table, key, identity, _ in _COLUMNS:
        db.executemany(
            f"UPDATE {table} SET {identity} = ? WHERE {key} = ?",
            ((to, name) for name, to in decisions.spellings.items()),
        )
    members = {
        split_key(identity, slugs[0]): slugs
        for identity in sorted(decisions.split)
        for _, slugs in parted(db, identity, decisions)
    }
    for part, slugs in members.items():
        whole = part.partition("#")[0]
        ids = db.execute("SELECT id FROM agreement WHERE slug IN (SELECT value FROM json_each(?))", (_json(slugs),))
        agreements = _json([number for (number,) in ids])
        for table, _, identity, agreement in _COLUMNS:
            db.execute(
                f"UPDATE {table} SET {identity} = ? WHERE {identity} = ? "
                f"AND {agreement} IN (SELECT value FROM json_each(?))",
                (part, whole, agreements),
            )
    _note_misfits(db, decisions)
    for number, entry in enumerate(decisions.entries):
        db.execute("INSERT INTO decision VALUES (?, ?)", (number, _json(entry)))
        about = {one for name in entry.names for one in _identities(decisions, members, name)}
        db.executemany("INSERT INTO decided VALUES (?, ?)", ((one, number) for one in sorted(about)))
    return members


_NAMED_IN = """
SELECT a.id, a.path, EXISTS (SELECT 1 FROM party WHERE agreement = a.id AND key = :key)
    OR EXISTS (SELECT 1 FROM block WHERE agreement = a.id AND signer_key = :key) OR a.issuer_key IS :key
  FROM agreement AS a WHERE a.slug = :slug
"""


def _note_misfits(db: sqlite3.Connection, decisions: Decisions) -> None:
    """Raise a finding where a decision is about a name that its agreement does not hold."""
    for entry in decisions.entries:
        for name in entry.names:
            for number, path, held in db.execute(_NAMED_IN, {"key": name.key, "slug": name.agreement}).fetchall():
                if not held:
                    message = f"{FILE}, line {entry.line}: {name.name} is no party, signer or issuer of this agreement."
                    record_finding(db, path, number, Finding("SG410", message), None)


_SEVERAL_CIKS = """
SELECT a.id, a.path, p.name, p.cik, (
    SELECT group_concat(cik || ' (' || slug || ')', ', ') FROM (
      SELECT o.cik, min(b.slug) AS slug FROM party AS o JOIN agreement AS b ON b.id = o.agreement
      WHERE o.identity = p.identity AND o.cik <> p.cik GROUP BY o.cik ORDER BY o.cik)
  )
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement WHERE p.kind = 'entity' AND p.cik IS NOT NULL
  AND p.identity IN (SELECT identity FROM party WHERE cik IS NOT NULL GROUP BY identity HAVING count(DISTINCT cik) > 1)
"""


def note_ciks(db: sqlite3.Connection) -> None:
    """Raise a finding on each mention of a company whose name has another CIK elsewhere."""
    db.execute("DELETE FROM finding WHERE code = 'SG409'")
    for agreement, path, name, cik, others in db.execute(_SEVERAL_CIKS).fetchall():
        message = f"{name} has the CIK {cik} here, and elsewhere {others}."
        record_finding(db, path, agreement, Finding("SG409", message), None)


def decisions_made(db: sqlite3.Connection) -> Decisions:
    """Return the decisions that the catalogue was made with."""
    rows = db.execute("SELECT data FROM decision ORDER BY number")
    return Decisions(msgspec.json.decode(data, type=Decision) for (data,) in rows)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _identities(decisions: Decisions, members: Mapping[str, tuple[str, ...]], name: Reference) -> Iterable[str]:
    """Yield the identities that a reference is about."""
    whole = decisions.identity(name.key)
    if whole not in decisions.split:
        yield whole
    for part, slugs in members.items():
        if part.partition("#")[0] == whole and (name.agreement is None or name.agreement in slugs):
            yield part


def known_names(db: sqlite3.Connection, ledgers: Mapping[str, Ledger]) -> dict[str, str]:
    """Return a printed name for each key that an exhibit has now, or that an address was ever given to."""
    names: dict[str, str] = {}
    for kind, ledger in ledgers.items():
        if kind != "agreements":
            for held in ledger.addresses().values():
                for key in held:
                    plain = key.partition("#")[0]
                    names.setdefault(plain, plain.replace("|", " ").strip())
    names.update(db.execute(_PRINTED))
    return names
