"""THE pipeline: exhibits into the catalogue, addresses from the ledger, pages out of the catalogue.

Follow one exhibit: `_gather` has it read and parsed (`exhibits.py`: `read`, `parse`) and records what it says
(`catalogue/record.py`); `_address` gives its names their permanent addresses (`identity/ledger.py`); `publish` asks the
lines of `pages.PAGES` that show what was touched (`catalogue/touched.py`) for their views, has the theme render them
(`press.py`) and writes what differs.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

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
from sitegen.catalogue.kept import kept_ledgers
from sitegen.catalogue.record import (
    FileKey,
    StoredParse,
    because,
    drop_unused,
    files_recorded,
    forget,
    is_filled,
    keep_stamps,
    open_catalogue,
    record,
    settle_keys,
    stamps_recorded,
)
from sitegen.catalogue.silencing import silence
from sitegen.catalogue.touched import cause_of_all
from sitegen.catalogue.version import parser_version
from sitegen.config import Config
from sitegen.content import (
    ExhibitFile,
    append_rows,
    ledger_hashes,
    list_changed,
    list_exhibits,
    list_notes,
    list_pages,
    load_decisions,
    load_ledgers,
    stamp,
)
from sitegen.editorial import Editorial, link_editorial, read_editorial, refusal
from sitegen.exhibits import exhibits
from sitegen.export.schemas import SCHEMA_FILES
from sitegen.identity.decisions import FILE as DECISIONS_FILE
from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import KINDS, Ledger, LedgerError
from sitegen.lock import locked
from sitegen.model.failure import Failure
from sitegen.pages.site import Site
from sitegen.press import prepare as load_theme
from sitegen.publish import Progress, Result, publish
from sitegen.render.output import OutputError

__all__ = ["Progress", "Result", "build", "prepare", "survey"]


def build(
    config: Config,
    progress: Progress | None = None,
    waiting: Callable[[], None] | None = None,
    changed: Iterable[Path] | None = None,
    executor: Executor | None = None,
    *,
    hurried: Callable[[], bool] | None = None,
) -> Result:
    """Make the site below `config.output` say what `config.content` holds.

    `waiting` is called once when another build of this site has to end first. `changed` may say which files are all
    that changed since the last build: then exhibits beside them are not looked at. Files are parsed by `executor`;
    without one, by up to `config.jobs` worker processes when there is much to parse, else by this process. Once
    `hurried` says so, pages of the whole site are left to the next build (`Result.postponed`).

    Raises `LedgerError` when the ledger is damaged or misses an address, `DecisionError` when a decision cannot be
    carried out, `EditorialError` when a note or a link of the editor's leads nowhere and `OutputError` when the site
    cannot be written; always the last good site and all addresses stay.
    """
    tell = progress or _silent
    with locked(config.state / "lock", config.content, waiting):
        try:
            return _build(config, tell, changed, executor, hurried)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise unusable(config.state / "catalogue.db", error) from error
            if config.clean:
                raise
        return _build(msgspec.structs.replace(config, clean=True), tell, None, executor, hurried)


def _build(
    config: Config,
    tell: Progress,
    changed: Iterable[Path] | None,
    executor: Executor | None,
    hurried: Callable[[], bool] | None,
) -> Result:
    with closing(open_catalogue(config.state / "catalogue.db", anew=config.clean)) as db:
        editorial = read_editorial(list_pages(config.content), list_notes(config.content))
        some = list_changed(config.content, changed) if changed is not None and is_filled(db) else None
        if some is None:
            files, gone = list_exhibits(config.content), None
        else:
            files, gone = [file for _, file in some if file], [path for path, file in some if not file]
        _gather(db, files, editorial, tell, gone, jobs=config.jobs, executor=executor)
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
        return publish(db, config, site, tell, hurried or _unhurried)


def prepare(config: Config) -> None:
    """Load the parser and the theme, which a build without changes needs not: the next exhibit would wait for them."""
    from sitegen.parse import parse_file  # noqa: PLC0415 -- as above

    parse_file("ready.txt", _READY)
    with contextlib.suppress(Failure, OSError):
        load_theme(config.theme, config.state)


_READY = b"""JOINT FILING AGREEMENT

Dated: May 1, 2001

NOBODY WHO EXISTS, L.P.
By: No One, LLC, its General Partner

By: /s/ A. Nobody
Name: A. Nobody
Title: Manager
"""
"""What has the parser compile its patterns."""


def survey(
    files: list[ExhibitFile],
    editorial: Editorial | None = None,
    ledgers: Mapping[str, Ledger] | None = None,
    decisions: Decisions | None = None,
    jobs: int = 1,
) -> sqlite3.Connection:
    """Return a catalogue, in memory, of what these files say, with the addresses that a build would give."""
    known = ledgers if ledgers is not None else {kind: Ledger(kind) for kind in KINDS}
    db = open_catalogue(None)
    _gather(db, files, editorial or Editorial(), _silent, jobs=jobs)
    give_addresses(db, known, _today(), decisions)
    return db


def _unhurried() -> bool:
    return False


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
    *,
    jobs: int,
    executor: Executor | None = None,
) -> None:
    """Bring the catalogue up to date with the files: with all that there are, or with some and those that are gone."""
    db.execute("BEGIN IMMEDIATE")
    some = None if gone is None else [*gone, *(file.path for file in files)]
    before = files_recorded(db, some)
    left_out = before.keys() - {file.path for file in files}
    for path in sorted(left_out - editorial.digests.keys()):
        because(db, f"{path} was removed")
        forget(db, path)
    known, stamps = stamps_recorded(db, parser_version(), [file.path for file in files]), {}
    # Before a file is read: what changes afterwards has another stamp.
    marks = {file.path: stamp(file) for file in files}
    unread = [
        file for file in files if file.finding or not marks[file.path] or known.get(file.path) != marks[file.path]
    ]
    with closing(exhibits(db, unread, before, jobs, executor)) as found:
        for done, (file, key, stored) in enumerate(found):
            tell("Reading", done, len(unread))
            stamps[file.path] = marks[file.path]
            if stored:
                because(db, f"{file.path} was {'edited' if file.path in before else 'added'}")
                record(db, file.path, key, stored)
    keep_stamps(db, stamps.items())
    for path, digest in editorial.digests.items():
        key = FileKey(digest, ".md", "")
        if before.get(path) != key:
            because(db, f"{path} was {'edited' if path in before else 'added'}")
            record(db, path, key, StoredParse((), editorial.findings.get(path, ())))
    settle_keys(db)
    drop_unused(db)
    db.execute("COMMIT")


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
    ledgers = load_ledgers(config.content) if whole else kept_ledgers(db)
    before = addresses_recorded(db, folder) if whole else frozenset()
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
