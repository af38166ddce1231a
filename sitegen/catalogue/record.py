"""The catalogue's writing side: files and what they say go in."""

import hashlib
import re
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from sitegen.catalogue.faults import is_damaged
from sitegen.catalogue.origin import unread_lines
from sitegen.model.agreement import Agreement
from sitegen.model.findings import RULES, Finding
from sitegen.model.name import key
from sitegen.model.text import Lines, SourceDocument

if TYPE_CHECKING:
    # The parser takes long to import, and most builds parse nothing.
    from sitegen.parse import Found, Parsed

_SCHEMA = "".join(
    (files("sitegen.catalogue") / name).read_text(encoding="utf-8") for name in ("schema.sql", "triggers.sql")
)
_FORMAT = crc32(_SCHEMA.encode()) >> 1
"""Changes with the schema: a catalogue of another schema is made anew."""


class StoredFound(msgspec.Struct, frozen=True):
    """A `Found` without its text, which the `text` table holds."""

    document: SourceDocument
    text_sha256: str
    lines: int
    agreement: Agreement


class StoredParse(msgspec.Struct, frozen=True):
    """What the parse cache keeps of one file. A hit replays its findings."""

    found: tuple[StoredFound, ...]
    findings: tuple[Finding, ...]


class FileKey(msgspec.Struct, frozen=True):
    """What a reading depends on: bytes, the file's ending, the parser's code, and the editor's sidecar."""

    sha256: str
    suffix: str
    version: str
    sidecar: str = ""
    """Its text; a cached parse does not depend on it."""


_DECODER = msgspec.json.Decoder(StoredParse)


STATEMENTS_KEPT = 512
"""Prepared statements that a connection keeps: a build asks more than two hundred, again and again."""


def open_catalogue(path: Path | None, *, anew: bool = False) -> sqlite3.Connection:
    """Open the catalogue for writing, in memory without a path; a damaged one, or of another format, is made anew."""
    if path is None:
        return _connect(":memory:")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not anew:
            return _connect(path)
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    return _connect(path)


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60, cached_statements=STATEMENTS_KEPT)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found not in {0, _FORMAT}:
            raise sqlite3.DatabaseError("catalogue of another format")  # noqa: TRY301 -- one handler closes it for all
        if found == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def cached_parse(db: sqlite3.Connection, file: FileKey) -> StoredParse | None:
    """Return the cached parse of these bytes; an unreadable entry is a miss."""
    row = db.execute(
        "SELECT result FROM parsed WHERE sha256 = ? AND suffix = ? AND version = ?",
        (file.sha256, file.suffix, file.version),
    ).fetchone()
    if row is None:
        return None
    try:
        return _DECODER.decode(row[0])
    except msgspec.MsgspecError:
        return None


def store_parse(db: sqlite3.Connection, file: FileKey, parsed: "Parsed") -> StoredParse:
    """Keep a parse for the next build."""
    stored = StoredParse(tuple(_stored(db, found) for found in parsed.found), parsed.findings)
    result = msgspec.json.encode(stored).decode()
    db.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?, ?, ?)", (file.sha256, file.suffix, file.version, result))
    return stored


def _stored(db: sqlite3.Connection, found: "Found") -> StoredFound:
    sha256 = found.document.id
    db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (sha256, found.document.text))
    bare = msgspec.structs.replace(found.document, text="", cells=())
    return StoredFound(bare, sha256, len(Lines(found.document.text)), found.agreement)


def files_recorded(db: sqlite3.Connection, paths: Collection[str] | None = None) -> dict[str, FileKey]:
    """Return what the projection holds, by path: all of it, or of these paths and of the editor's own files."""
    query = "SELECT path, sha256, suffix, version, sidecar FROM file"
    if paths is None:
        return {path: FileKey(*rest) for path, *rest in db.execute(query)}
    own = (row for glob in ("notes/*", "pages/*") for row in db.execute(f"{query} WHERE path GLOB '{glob}'"))
    some = db.execute(f"{query} WHERE path IN (SELECT value FROM json_each(?))", (_json(paths),))
    return {path: FileKey(*rest) for path, *rest in (*own, *some)}


def is_filled(db: sqlite3.Connection) -> bool:
    """Say whether any file is recorded."""
    return db.execute("SELECT 1 FROM file LIMIT 1").fetchone() is not None


def stamps_recorded(db: sqlite3.Connection, version: str, paths: Collection[str]) -> dict[str, str]:
    """Return the stamps of those of these files that this version of the parser read, by path."""
    rows = db.execute(
        "SELECT f.path, stamp FROM json_each(?) CROSS JOIN file AS f ON f.path = value "
        "WHERE version = ? AND stamp <> ''",
        (_json(paths), version),
    )
    return dict(rows)


def keep_stamps(db: sqlite3.Connection, stamps: Iterable[tuple[str, str]]) -> None:
    """Remember the files' stamps, by path."""
    db.executemany("UPDATE file SET stamp = ? WHERE path = ?", ((mark, path) for path, mark in stamps))


def sources_recorded(db: sqlite3.Connection) -> dict[str, str]:
    """Return the SHA-256 of all sources that were read, by path."""
    return dict(db.execute("SELECT path, sha256 FROM file WHERE sha256 <> '' ORDER BY path"))


def forget(db: sqlite3.Connection, path: str) -> None:
    """Take a file and all that it says out of the projection; the parse cache keeps its parse."""
    db.execute("DELETE FROM file WHERE path = ?", (path,))


def because(db: sqlite3.Connection, words: str) -> None:
    """Say why rows change from now on: what is touched remembers it."""
    db.execute("UPDATE cause SET why = ?", (words,))


def with_sidecar(parse: StoredParse, path: str, text: str) -> StoredParse:
    """Return a parse with the editor's words of `FILE.toml` in it."""
    if not text:
        return parse
    from sitegen.parse.sidecar import apply, read_sidecar  # noqa: PLC0415 -- few exhibits have one

    sidecar, findings = read_sidecar(f"{path}.toml", text.encode())
    found = []
    for ordinal, one in enumerate(parse.found):
        document, agreement = apply(sidecar, one.document, one.agreement, ordinal, len(parse.found))
        found.append(msgspec.structs.replace(one, document=document, agreement=agreement))
    return StoredParse(tuple(found), parse.findings + findings)


def drop_unused(db: sqlite3.Connection) -> None:
    """Forget the cached parses and texts of files that went, or changed, where no other file has them."""
    db.execute(
        "DELETE FROM parsed WHERE sha256 IN (SELECT key FROM touched WHERE subject = 'bytes') "
        "AND (sha256, suffix, version) NOT IN ("
        "SELECT f.sha256, f.suffix, f.version FROM file AS f WHERE f.sha256 = parsed.sha256)"
    )
    db.execute(
        "DELETE FROM text WHERE sha256 IN (SELECT key FROM touched WHERE subject = 'text') "
        "AND NOT EXISTS (SELECT 1 FROM agreement WHERE text_sha256 = text.sha256)"
    )


def _json(paths: Collection[str]) -> str:
    return msgspec.json.encode(list(paths)).decode()


def record(db: sqlite3.Connection, path: str, file: FileKey, parse: StoredParse) -> None:
    """Put what a file says into the projection, in place of what it said before."""
    forget(db, path)
    values = (path, file.sha256, file.suffix, file.version, file.sidecar)
    db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, '')", values)
    edited = with_sidecar(parse, path, file.sidecar)
    for ordinal, found in enumerate(edited.found):
        _record_agreement(db, path, ordinal, found)
    for rank, finding in enumerate(edited.findings):
        _record_finding(db, path, None, rank, finding)


def _agreement_key(path: str, ordinal: int, document: SourceDocument, taken: Iterable[str]) -> str:
    """Return accession number and document, else path and ordinal in the file (CONTRACT: an agreement's identity)."""
    filing = document.filing
    if filing is None or filing.accession is None:
        return f"{path}#{ordinal + 1}"
    whole = f"{filing.accession.value}/{document.name or document.type or '-'}"
    same = sum(1 for other in taken if other == whole or other.startswith(f"{whole}#"))
    return f"{whole}#{same + 1}" if same else whole


def _record_agreement(db: sqlite3.Connection, path: str, ordinal: int, found: StoredFound) -> None:
    agreement, document = found.agreement, found.document
    filing = document.filing
    accession = filing.accession.value if filing and filing.accession else None
    taken = [row[0] for row in db.execute("SELECT wish FROM agreement WHERE path = ?", (path,))]
    (text,) = db.execute("SELECT text FROM text WHERE sha256 = ?", (found.text_sha256,)).fetchone()
    issuer = agreement.issuer
    values = (
        path,
        ordinal,
        f"{path}#{ordinal + 1}",
        _agreement_key(path, ordinal, document, taken),
        None,
        agreement.kind,
        agreement.title.value if agreement.title else None,
        agreement.date.value if agreement.date else None,
        issuer.name.value if issuer else None,
        str(key(issuer.name.value)) if issuer else None,
        issuer.cik.value if issuer and issuer.cik else None,
        str(key(issuer.name.value)) if issuer else None,
        agreement.parties[0].name.value if agreement.parties else None,
        agreement.schedule.value if agreement.schedule else None,
        accession,
        filing.filed.value if filing and filing.filed else None,
        found.text_sha256,
        len(agreement.parties),
        len({key(block.signer.value) for block in agreement.blocks if block.signer}),
        _words(text[agreement.span.start : agreement.span.end]),
        _facts(agreement),
        None,
        None,
        None,
    )
    with closing(db.execute(f"INSERT INTO agreement VALUES (NULL{', ?' * len(values)})", values)) as cursor:
        agreement_id = cursor.lastrowid
    db.executemany(
        "INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                agreement_id,
                index,
                party.name.value,
                str(key(party.name.value)),
                party.kind,
                party.cik.value if party.cik else None,
                party.aliases[0].value if party.aliases else None,
                str(key(party.name.value)),
            )
            for index, party in enumerate(agreement.parties)
        ),
    )
    _record_blocks(db, agreement_id, agreement)
    _record_unread(db, agreement_id, agreement, text)
    if agreement.findings:
        lines = Lines(text)
        for rank, finding in enumerate(agreement.findings):
            _record_finding(db, path, agreement_id, rank, finding, lines=lines)


_FIRST = """
SELECT id FROM (
  SELECT id, row_number() OVER (PARTITION BY wish ORDER BY path, ordinal) AS place
  FROM touched JOIN agreement ON wish = touched.key WHERE subject = 'wish'
) WHERE place = 1
"""


def settle_keys(db: sqlite3.Connection) -> None:
    """Give each agreement its identity: that of its filing goes to the first file that claims it, in order of path."""
    db.execute(
        "UPDATE agreement SET key = path || '#' || (ordinal + 1), slug = NULL WHERE key = wish "
        "AND wish IN (SELECT key FROM touched WHERE subject = 'wish') "
        f"AND wish <> path || '#' || (ordinal + 1) AND id NOT IN ({_FIRST})"
    )
    db.execute(f"UPDATE agreement SET key = wish, slug = NULL WHERE key <> wish AND id IN ({_FIRST})")


_MOST_LINES = 6
_LONGEST_LINE = 120


def _record_unread(db: sqlite3.Connection, agreement_id: int | None, agreement: Agreement, text: str) -> None:
    lines = Lines(text)
    for first, last in unread_lines(agreement, text):
        shown = [lines.get(number) for number in range(first, min(last, first + _MOST_LINES - 1) + 1)]
        words = "\n".join(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in shown)
        db.execute("INSERT INTO unread VALUES (?, ?, ?, ?)", (agreement_id, first, last, words))


_NOT_WORDS = re.compile(r"[\W_]+")


def _words(text: str) -> str:
    """Return a hash of an agreement's words, whatever stands between them."""
    return hashlib.sha256(_NOT_WORDS.sub(" ", text.casefold()).strip().encode("utf-8", "replace")).hexdigest()


def _facts(agreement: Agreement) -> str | None:
    """Return a hash of date, parties and signers: what two readings of one agreement share; None where one lacks."""
    signers = {str(key(block.signer.value)) for block in agreement.blocks if block.signer}
    if agreement.date is None or not agreement.parties or not signers:
        return None
    said = [[agreement.date.value], sorted(str(key(party.name.value)) for party in agreement.parties), sorted(signers)]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _record_blocks(db: sqlite3.Connection, agreement_id: int | None, agreement: Agreement) -> None:
    for ordinal, block in enumerate(agreement.blocks):
        party = agreement.parties[block.party] if block.party is not None else None
        name = party.name.value if party else block.printed.value
        db.execute(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                agreement_id,
                ordinal,
                name,
                str(key(name)),
                party.kind if party else "entity",
                block.signer.value if block.signer else None,
                str(key(block.signer.value)) if block.signer else None,
                block.title.value if block.title else None,
                block.attorney is not None,
                str(key(name)),
                str(key(block.signer.value)) if block.signer else None,
            ),
        )
        for step, link in enumerate(block.chain):
            name = link.name.value if link.party is None else agreement.parties[link.party].name.value
            capacity = link.capacity.value if link.capacity else None
            db.execute(
                "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
                (agreement_id, ordinal, step, name, str(key(name)), capacity, str(key(name))),
            )


def _record_finding(
    db: sqlite3.Connection, path: str, agreement: int | None, rank: int, finding: Finding, *, lines: Lines | None = None
) -> None:
    span = finding.span
    first, last = lines.range(span) if lines and span else (None, None)
    start, end = (span.start, span.end) if span else (None, None)
    db.execute(
        "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (path, agreement, rank, finding.code, RULES[finding.code].severity, finding.message, start, end, first, last),
    )


_LAST = 2**31
"""Rank of findings that all documents raise together: after those of the reading, by code."""


def replace_findings(
    db: sqlite3.Connection, code: str, agreements: Iterable[int] | None, wanted: Iterable[tuple[int, str]]
) -> None:
    """Let agreements (None: all) have these findings of a code (agreement, message) and no others; write what differs.

    For findings that all documents together raise: they have no place in the text.
    """
    among = "" if agreements is None else "AND agreement IN (SELECT value FROM json_each(?))"
    scope = () if agreements is None else (msgspec.json.encode(sorted(set(agreements))).decode(),)
    found = db.execute(f"SELECT agreement, message, id FROM finding WHERE code = ? {among}", (code, *scope))
    old = {(agreement, message): number for agreement, message, number in found.fetchall()}
    new = dict.fromkeys(wanted)
    db.executemany("DELETE FROM finding WHERE id = ?", [(number,) for one, number in old.items() if one not in new])
    db.executemany(
        "INSERT INTO finding SELECT NULL, path, id, ?, ?, ?, ?, NULL, NULL, NULL, NULL FROM agreement WHERE id = ?",
        [(_LAST, code, RULES[code].severity, one[1], one[0]) for one in new if one not in old],
    )
