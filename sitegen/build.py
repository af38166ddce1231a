"""THE pipeline: exhibits into the catalogue, addresses from the ledger, pages out of the catalogue.

Follow one exhibit: `_gather` reads and parses it (`read`, `parse`) and records what it says (`catalogue/record.py`);
`_address` gives its names their permanent addresses (`identity/ledger.py`); `publish` asks the lines of `pages.PAGES`
that show what was touched (`catalogue/touched.py`) for their views, lets the theme render them and writes what differs.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.catalogue.addresses import (
    addresses_recorded,
    give_addresses,
    is_ledger_known,
    keep_ledger,
    unanswered,
)
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.faults import is_damaged, unusable
from sitegen.catalogue.identities import decisions_made
from sitegen.catalogue.record import (
    FileKey,
    StoredParse,
    because,
    cached_parse,
    drop_unused,
    files_recorded,
    forget,
    is_filled,
    keep_stamps,
    open_catalogue,
    record,
    settle_keys,
    sources_recorded,
    stamps_recorded,
    store_parse,
)
from sitegen.catalogue.silencing import silence
from sitegen.catalogue.touched import cause_of_all
from sitegen.catalogue.version import parser_version
from sitegen.config import Config
from sitegen.content import (
    ExhibitFile,
    UnreadableError,
    append_rows,
    ledger_hashes,
    list_changed,
    list_exhibits,
    list_notes,
    list_pages,
    load_decisions,
    load_ledgers,
    read_bytes,
    sha256,
    sidecar_text,
    stamp,
)
from sitegen.editorial import Editorial, link_editorial, read_editorial, refusal
from sitegen.export.schemas import SCHEMA_FILES
from sitegen.identity.decisions import FILE as DECISIONS_FILE
from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import KINDS, Ledger, LedgerError
from sitegen.lock import locked
from sitegen.pages.site import Site
from sitegen.publish import Progress, Result, publish
from sitegen.render.output import OutputError

if TYPE_CHECKING:
    from sitegen.parse import Parsed

__all__ = ["Progress", "Result", "build", "survey"]


def build(
    config: Config,
    progress: Progress | None = None,
    waiting: Callable[[], None] | None = None,
    changed: Iterable[Path] | None = None,
) -> Result:
    """Make the site below `config.output` say what `config.content` holds.

    `waiting` is called once when another build of this site has to end first. `changed` may say which files are all
    that changed since the last build: then exhibits beside them are not looked at.

    Raises `LedgerError` when the ledger is damaged or misses an address, `DecisionError` when a decision cannot be
    carried out, `EditorialError` when a note or a link of the editor's leads nowhere and `OutputError` when the site
    cannot be written; always the last good site and all addresses stay.
    """
    tell = progress or _silent
    with locked(config.state / "lock", config.content, waiting):
        try:
            return _build(config, tell, changed)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise unusable(config.state / "catalogue.db", error) from error
            if config.clean:
                raise
        return _build(msgspec.structs.replace(config, clean=True), tell, None)


def _build(config: Config, tell: Progress, changed: Iterable[Path] | None) -> Result:
    with closing(open_catalogue(config.state / "catalogue.db", anew=config.clean)) as db:
        editorial = read_editorial(list_pages(config.content), list_notes(config.content))
        some = list_changed(config.content, changed) if changed is not None and is_filled(db) else None
        if some is None:
            _gather(db, list_exhibits(config.content), editorial, tell)
        else:
            _gather(db, [file for _, file in some if file], editorial, tell, [path for path, file in some if not file])
        editorial = _address(db, config, editorial)
        site = Site(
            catalogue=Catalogue(db),
            title=config.title,
            base_url=config.base_url,
            noindex=config.noindex,
            articles=editorial.articles,
            notes=editorial.notes,
            schemas=tuple(SCHEMA_FILES.values()),
        )
        return publish(db, config, site, sources_recorded(db), tell)


def survey(
    files: list[ExhibitFile],
    editorial: Editorial | None = None,
    ledgers: Mapping[str, Ledger] | None = None,
    decisions: Decisions | None = None,
) -> sqlite3.Connection:
    """Return a catalogue, in memory, of what these files say, with the addresses that a build would give."""
    known = ledgers if ledgers is not None else {kind: Ledger(kind) for kind in KINDS}
    db = open_catalogue(None)
    _gather(db, files, editorial or Editorial(), _silent)
    give_addresses(db, known, _today(), decisions)
    return db


def _silent(_what: str, _done: int, _of: int) -> None:
    pass


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _gather(
    db: sqlite3.Connection,
    files: list[ExhibitFile],
    editorial: Editorial,
    tell: Progress,
    gone: Sequence[str] | None = None,
) -> None:
    """Bring the catalogue up to date with the files: with all that there are, or with some and those that are gone."""
    db.execute("BEGIN IMMEDIATE")
    before = files_recorded(db)
    if gone is None:
        left_out = before.keys() - {file.path for file in files}
    else:
        left_out = {path for path in before if path in gone or path.endswith(".md")}
    for path in sorted(left_out - editorial.digests.keys()):
        because(db, f"{path} was removed")
        forget(db, path)
    known, stamps = stamps_recorded(db, parser_version()), {}
    for done, file in enumerate(files):
        tell("Reading", done, len(files))
        # Before the file is read: what changes afterwards has another stamp.
        mark = stamp(file)
        if mark and known.get(file.path) == mark and file.finding is None:
            continue
        stamps[file.path] = mark
        key, stored = _exhibit(db, file)
        if before.get(file.path) != key:
            because(db, f"{file.path} was {'edited' if file.path in before else 'added'}")
            record(db, file.path, key, stored())
    keep_stamps(db, stamps.items())
    for path, digest in editorial.digests.items():
        key = FileKey(digest, ".md", "")
        if before.get(path) != key:
            because(db, f"{path} was {'edited' if path in before else 'added'}")
            record(db, path, key, StoredParse((), editorial.findings.get(path, ())))
    settle_keys(db)
    drop_unused(db)
    db.execute("COMMIT")


def _exhibit(db: sqlite3.Connection, file: ExhibitFile) -> tuple[FileKey, Callable[[], StoredParse]]:
    """Return what a file's parse depends on, and how to get at that parse."""
    finding = file.finding
    if finding is None:
        try:
            data, sidecar = read_bytes(file), sidecar_text(file)
        except UnreadableError as error:
            finding = error.finding
    if finding is not None:
        problem = finding
        return FileKey("", file.suffix, problem.message), lambda: StoredParse((), (problem,))
    key = FileKey(sha256(data), file.suffix, parser_version(), sidecar)
    return key, lambda: cached_parse(db, key) or store_parse(db, key, _parse(file.path, data))


def _parse(path: str, data: bytes) -> "Parsed":
    from sitegen.parse import Parsed, parse  # noqa: PLC0415 -- builds that find every parse cached need no parser
    from sitegen.read import read  # noqa: PLC0415

    reading = read(path, data)
    parsed = parse(reading)
    return Parsed(parsed.found, reading.findings + parsed.findings)


def _address(db: sqlite3.Connection, config: Config, editorial: Editorial) -> Editorial:
    """Give all identities their addresses and tie the editor's links to them; the ledger is on disk before any page."""
    folder, decisions = config.content.as_uri(), load_decisions(config.content)
    whole = not is_ledger_known(db, folder, ledger_hashes(config.content))
    cause = cause_of_all(db)
    is_decided = decisions.entries == decisions_made(db).entries
    db.execute("BEGIN IMMEDIATE")
    if not whole and not cause and is_decided:
        because(db, "the findings that the settings silence changed")
        silence(db, config.silences)
        editorial = _linked(db, config, editorial)
        db.execute("COMMIT")
        return editorial
    because(
        db, cause or ("the ledger of published addresses was edited" if is_decided else f"{DECISIONS_FILE} was edited")
    )
    ledgers = load_ledgers(config.content)
    before = addresses_recorded(db, folder)
    give_addresses(db, ledgers, _today(), decisions, whole=whole)
    silence(db, config.silences)
    if lost := unanswered(db, before):
        db.execute("ROLLBACK")
        raise LedgerError(
            f"{config.content / 'permalinks'} misses {lost[0]}"
            f"{f' and {len(lost) - 1} more addresses' if len(lost) > 1 else ''} of the last build. "
            "Restore the lines from git. If they were never published, forget them: sitegen build --clean."
        )
    editorial = _linked(db, config, editorial)
    grown = {kind: ledger.new_rows for kind, ledger in ledgers.items() if ledger.new_rows}
    if grown and config.locked:
        db.execute("ROLLBACK")
        addresses = sum(len(rows) for rows in grown.values())
        raise OutputError(
            f"--locked: {addresses} new lines are missing in {config.content / 'permalinks'}. "
            "Run `sitegen build` without --locked and commit content/permalinks; nothing was written."
        )
    for kind, rows in grown.items():
        append_rows(config.content, kind, rows)
    keep_ledger(db, folder, ledger_hashes(config.content))
    db.execute("COMMIT")
    return editorial


def _linked(db: sqlite3.Connection, config: Config, editorial: Editorial) -> Editorial:
    """Tie the editor's links to the pages that they name. Raises `EditorialError` when one leads nowhere."""
    editorial = link_editorial(db, editorial)
    if editorial.faults:
        db.execute("ROLLBACK")
        raise refusal(editorial, config.content)
    return editorial
