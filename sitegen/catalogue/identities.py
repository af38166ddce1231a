"""Which identity each mention belongs to: its printed name's key, unless a person decided otherwise."""

import sqlite3
from collections.abc import Iterable, Mapping

import msgspec

from sitegen.catalogue.names import split_key
from sitegen.catalogue.people import parted
from sitegen.catalogue.record import replace_findings
from sitegen.identity.decisions import FILE, Decision, Decisions, Reference
from sitegen.identity.ledger import Ledger

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


def decide(db: sqlite3.Connection, decisions: Decisions, ledgers: Mapping[str, Ledger]) -> dict[str, tuple[str, ...]]:
    """Give each mention its identity; return the agreements of each identity that shares its name with another.

    Only what differs is written. Raises `DecisionError` for a name or agreement that the site never had.
    """
    before = decisions_made(db)
    if decisions.entries:
        decisions.check_known(known_names(db, ledgers), ledgers["agreements"].addresses())
    joined: dict[str, set[str]] = {}
    for made in (before, decisions):
        for name in {*made.spellings, *(name.key for entry in made.of("different") for name in entry.names)}:
            joined.setdefault(decisions.identity(name), set()).add(name)
    spelled = [(whole, _json(sorted(names | {whole}))) for whole, names in sorted(joined.items())]
    for whole, keys in spelled:
        part = split_key(whole, "") if whole in decisions.split else ""
        for table, key, identity, _ in _COLUMNS:
            db.execute(
                f"UPDATE {table} SET {identity} = ?1 WHERE {key} IN (SELECT value FROM json_each(?2)) "
                f"AND {identity} <> ?1 AND (?3 = '' OR substr({identity}, 1, length(?3)) <> ?3)",
                (whole, keys, part),
            )
    members: dict[str, tuple[str, ...]] = {}
    for whole, keys in spelled:
        if whole in decisions.split:
            parts = {split_key(whole, slugs[0]): slugs for _, slugs in parted(db, whole, keys, decisions)}
            _part(db, whole, keys, parts)
            members |= parts
    _note_misfits(db, decisions)
    if decisions.entries != before.entries:
        _keep(db, decisions)
    if decisions.entries:
        _tell(db, decisions, members)
    return members


def _part(db: sqlite3.Connection, whole: str, keys: str, parts: Mapping[str, tuple[str, ...]]) -> None:
    """Give all mentions of these names (JSON) the part of their identity that their agreement belongs to."""
    here = {
        part: [number for (number,) in db.execute(_IDS, (_json(slugs),)).fetchall()] for part, slugs in parts.items()
    }
    everywhere = _json([number for numbers in here.values() for number in numbers])
    for table, key, identity, agreement in _COLUMNS:
        for part, numbers in here.items():
            db.execute(
                f"UPDATE {table} SET {identity} = ?1 WHERE {key} IN (SELECT value FROM json_each(?2)) "
                f"AND {agreement} IN (SELECT value FROM json_each(?3)) AND {identity} <> ?1",
                (part, keys, _json(numbers)),
            )
        db.execute(
            f"UPDATE {table} SET {identity} = ?1 WHERE {key} IN (SELECT value FROM json_each(?2)) "
            f"AND {agreement} NOT IN (SELECT value FROM json_each(?3)) AND {identity} <> ?1",
            (whole, keys, everywhere),
        )


_IDS = "SELECT id FROM agreement WHERE slug IN (SELECT value FROM json_each(?))"


def _keep(db: sqlite3.Connection, decisions: Decisions) -> None:
    """Remember the decisions; whatever shows one of them, before or now, is touched."""
    db.execute("DELETE FROM spelling")
    db.execute("DELETE FROM decision")
    db.execute("DELETE FROM decided")
    db.executemany("INSERT INTO spelling VALUES (?, ?)", sorted(decisions.spellings.items()))
    db.executemany("INSERT INTO decision VALUES (?, ?)", enumerate(map(_json, decisions.entries)))


def _tell(db: sqlite3.Connection, decisions: Decisions, members: Mapping[str, tuple[str, ...]]) -> None:
    """Bring up to date which identities the decisions are about."""
    wanted = {
        (identity, number)
        for number, entry in enumerate(decisions.entries)
        for name in entry.names
        for identity in _identities(decisions, members, name)
    }
    found = set(db.execute("SELECT identity, number FROM decided"))
    db.executemany("DELETE FROM decided WHERE identity = ? AND number = ?", sorted(found - wanted))
    db.executemany("INSERT INTO decided VALUES (?, ?)", sorted(wanted - found))


_NAMED_IN = """
SELECT a.id, EXISTS (SELECT 1 FROM party WHERE agreement = a.id AND key = :key)
    OR EXISTS (SELECT 1 FROM block WHERE agreement = a.id AND signer_key = :key) OR a.issuer_key IS :key
  FROM agreement AS a WHERE a.slug = :slug
"""


def _note_misfits(db: sqlite3.Connection, decisions: Decisions) -> None:
    """Raise a finding where a decision is about a name that its agreement does not hold."""
    misfits = [
        (number, f"{FILE}, line {entry.line}: {name.name} is no party, signer or issuer of this agreement.")
        for entry in decisions.entries
        for name in entry.names
        for number, held in db.execute(_NAMED_IN, {"key": name.key, "slug": name.agreement}).fetchall()
        if not held
    ]
    replace_findings(db, "SG410", None, misfits)


_CONCERNED = """
SELECT m.agreement FROM scope JOIN party AS m USING (identity) WHERE m.kind = 'entity' AND m.cik IS NOT NULL
  AND (SELECT count(DISTINCT cik) FROM party AS o WHERE o.identity = m.identity) > 1
UNION SELECT f.agreement FROM scope JOIN party AS m USING (identity) JOIN finding AS f USING (agreement)
  WHERE f.code = 'SG409'
"""
_SEVERAL_CIKS = """
SELECT p.agreement, p.name, p.cik, (
    SELECT group_concat(cik || ' (' || slug || ')', ', ') FROM (
      SELECT o.cik, min(b.slug) AS slug FROM party AS o JOIN agreement AS b ON b.id = o.agreement
      WHERE o.identity = p.identity AND o.cik <> p.cik GROUP BY o.cik ORDER BY o.cik)
  ) AS others
  FROM party AS p WHERE p.agreement IN (SELECT value FROM json_each(?)) AND p.kind = 'entity' AND others IS NOT NULL
"""


def note_ciks(db: sqlite3.Connection) -> None:
    """Raise a finding on each mention of a company, its name in scope, that has another CIK elsewhere."""
    concerned = [number for (number,) in db.execute(_CONCERNED).fetchall()]
    rows = db.execute(_SEVERAL_CIKS, (_json(concerned),)).fetchall()
    conflicts = [
        (number, f"{name} has the CIK {cik} here, and elsewhere {others}.") for number, name, cik, others in rows
    ]
    replace_findings(db, "SG409", concerned, conflicts)


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
