"""THE pipeline: exhibits into the catalogue, addresses from the ledger, pages out of the catalogue.

Follow one exhibit: `_gather` reads and parses it (`read`, `parse`) and records what it says (`catalogue/record.py`);
`_address` gives its names their permanent addresses (`identity/ledger.py`); `_publish` asks each line of `pages.PAGES`
for its views and lets the theme render them; `Output` writes what differs.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from sitegen.catalogue.addresses import addresses_recorded, give_addresses, note_changed_texts, unanswered
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.faults import is_damaged, unusable
from sitegen.catalogue.record import (
    FileKey,
    StoredParse,
    cached_parse,
    drop_unused,
    files_recorded,
    forget,
    open_catalogue,
    own_outputs,
    plan_outputs,
    record,
    store_parse,
)
from sitegen.catalogue.records import Counts
from sitegen.catalogue.silencing import silence
from sitegen.catalogue.version import parser_version
from sitegen.config import Config
from sitegen.content import (
    ExhibitFile,
    UnreadableError,
    append_rows,
    list_exhibits,
    list_notes,
    list_pages,
    load_decisions,
    load_ledgers,
    read_bytes,
    sha256,
    sidecar_text,
)
from sitegen.editorial import Editorial, link_editorial, read_editorial, refusal
from sitegen.export.manifest import manifest_files, own_files
from sitegen.export.schemas import SCHEMA_FILES, schema_files
from sitegen.export.sitemap import robots, sitemap
from sitegen.export.twins import EXPORTERS, encode
from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import KINDS, Ledger, LedgerError
from sitegen.lock import locked
from sitegen.pages import PAGES, Page
from sitegen.pages.site import Site
from sitegen.render.output import Output, OutputError
from sitegen.render.theme import Theme

if TYPE_CHECKING:
    from sitegen.parse import Parsed

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""

_UNLISTED = frozenset({"missing", "moved", "names", "addresses", "authority-csv"})
"""Page kinds that no sitemap names."""
_LARGEST_SITE = 2**30
_LARGEST_FILE = 100 * 2**20


class Result(msgspec.Struct, frozen=True):
    """What a build did."""

    counts: Counts
    pages: int
    """HTML pages of the site."""
    written: int
    removed: int
    changed: tuple[str, ...]
    """Files below the output folder that were written or removed."""
    remarks: tuple[str, ...]
    """What the user should know about the site as a whole."""


def build(config: Config, progress: Progress | None = None, waiting: Callable[[], None] | None = None) -> Result:
    """Make the site below `config.output` say what `config.content` holds.

    `waiting` is called once when another build of this site has to end first.

    Raises `LedgerError` when the ledger is damaged or misses an address, `DecisionError` when a decision cannot be
    carried out, `EditorialError` when a note or a link of the editor's leads nowhere and `OutputError` when the site
    cannot be written; always the last good site and all addresses stay.
    """
    tell = progress or _silent
    with locked(config.state / "lock", config.content, waiting):
        try:
            return _build(config, tell)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise unusable(config.state / "catalogue.db", error) from error
            if config.clean:
                raise
        return _build(msgspec.structs.replace(config, clean=True), tell)


def _build(config: Config, tell: Progress) -> Result:
    with closing(open_catalogue(config.state / "catalogue.db", anew=config.clean)) as db:
        ledgers, decisions = load_ledgers(config.content), load_decisions(config.content)
        editorial = read_editorial(list_pages(config.content), list_notes(config.content))
        sources = _gather(db, list_exhibits(config.content), editorial, tell)
        editorial = _address(db, config, ledgers, decisions, editorial)
        site = Site(
            catalogue=Catalogue(db),
            title=config.title,
            base_url=config.base_url,
            noindex=config.noindex,
            articles=editorial.articles,
            notes=editorial.notes,
            schemas=tuple(SCHEMA_FILES.values()),
        )
        return _publish(db, config, site, sources, tell)


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
    note_changed_texts(db, known["agreements"])
    return db


def _silent(_what: str, _done: int, _of: int) -> None:
    pass


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _gather(db: sqlite3.Connection, files: list[ExhibitFile], editorial: Editorial, tell: Progress) -> dict[str, str]:
    """Bring the catalogue up to date with the files; return all sources' hashes."""
    db.execute("BEGIN IMMEDIATE")
    before = files_recorded(db)
    sources: dict[str, str] = {}
    for done, file in enumerate(files):
        tell("Reading", done, len(files))
        key, stored = _exhibit(db, file)
        sources[file.path] = key.sha256
        if before.pop(file.path, None) != key:
            record(db, file.path, key, stored())
    for path, digest in editorial.digests.items():
        before.pop(path, None)
        sources[path] = digest
        record(db, path, FileKey(digest, ".md", ""), StoredParse((), editorial.findings.get(path, ())))
    for path in before:
        forget(db, path)
    drop_unused(db)
    db.execute("COMMIT")
    return {path: digest for path, digest in sources.items() if digest}


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


def _address(
    db: sqlite3.Connection, config: Config, ledgers: dict[str, Ledger], decisions: Decisions, editorial: Editorial
) -> Editorial:
    """Give all identities their addresses and tie the editor's links to them; the ledger is on disk before any page."""
    db.execute("BEGIN IMMEDIATE")
    before = addresses_recorded(db, config.content.as_uri())
    give_addresses(db, ledgers, _today(), decisions)
    note_changed_texts(db, ledgers["agreements"])
    silence(db, config.silences)
    if lost := unanswered(db, config.content.as_uri(), before):
        db.execute("ROLLBACK")
        raise LedgerError(
            f"{config.content / 'permalinks'} misses {lost[0]}"
            f"{f' and {len(lost) - 1} more addresses' if len(lost) > 1 else ''} of the last build. "
            "Restore the lines from git. If they were never published, forget them: sitegen build --clean."
        )
    editorial = link_editorial(db, editorial)
    if editorial.faults:
        db.execute("ROLLBACK")
        raise refusal(editorial, config.content)
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
    db.execute("COMMIT")
    return editorial


def _publish(db: sqlite3.Connection, config: Config, site: Site, sources: dict[str, str], tell: Progress) -> Result:
    theme = Theme.load(config.theme, config.state)
    plan = [(page, key, page.path(key)) for page in PAGES for key in page.keys(site)]
    fixed = dict(_fixed_files(config, theme, [path for page, _, path in plan if page.kind not in _UNLISTED]))
    paths = [*fixed, *(path for _, _, path in plan)]
    paths += [_twin_path(path) for page, _, path in plan if _has_twin(page, path)]
    paths += [f"agreements/{ref.slug}/source.txt" for ref in site.catalogue.agreements()]
    if lost := {f"{address}/index.html" for address in site.catalogue.published()}.difference(paths):
        raise OutputError(f"no page would answer at {min(lost)}, which was published. Nothing was written.")
    folder = config.output.as_uri()
    own = own_files(config.output) | own_outputs(db, folder)
    output = Output(config.output, own)
    output.check_free(paths)
    plan_outputs(db, folder, own | set(paths))
    if not own:
        # Of a first build that is killed, the folder itself says whose files are in it, should the catalogue go too.
        claim = Output(config.output, own)
        for path, data in manifest_files({}, dict.fromkeys(paths, "")).items():
            claim.write(path, data)
    for path, data in fixed.items():
        output.write(path, data)
    for done, (page, key, path) in enumerate(plan):
        tell("Writing", done, len(plan))
        output.write(path, theme.render(page.template, page.view(site, key), site, path).encode())
        if _has_twin(page, path):
            output.write(_twin_path(path), encode(EXPORTERS[page.kind](site, key)))
        if page.kind == "agreement":
            output.write(f"agreements/{key}/source.txt", site.catalogue.dossier(key).text.encode())
    manifests = manifest_files(sources, output.files)
    for path, data in manifests.items():
        output.write(path, data)
    output.prune()
    output.check_stayed()
    plan_outputs(db, folder, output.files)
    removed = sum(1 for path in output.changed if path not in output.files)
    return Result(
        counts=site.catalogue.counts(),
        pages=len(plan),
        written=len(output.changed) - removed,
        removed=removed,
        changed=tuple(output.changed),
        remarks=tuple(_remarks(config, output)),
    )


def _has_twin(page: Page, path: str) -> bool:
    return page.kind in EXPORTERS and not path.endswith("/source/index.html")


def _twin_path(path: str) -> str:
    return path.removesuffix("index.html") + "index.json"


def _fixed_files(config: Config, theme: Theme, pages: list[str]) -> Iterator[tuple[str, bytes]]:
    yield ".nojekyll", b""
    yield from theme.assets().items()
    yield from schema_files().items()
    if config.base_url:
        yield from ((name, text.encode()) for name, text in sitemap(config.base_url, pages).items())
    yield "robots.txt", robots(config.base_url, noindex=config.noindex).encode()


def _remarks(config: Config, output: Output) -> Iterator[str]:
    if config.base_url is None:
        yield (
            "base_url is not set: canonical addresses, OpenGraph and the sitemap are left out. "
            "Set it in sitegen.toml or pass --base-url."
        )
    if output.size > _LARGEST_SITE:
        yield f"the site has {output.size / 2**30:.1f} GB; GitHub Pages publishes at most 1 GB."
    for path in output.files:
        size = (config.output / path).stat().st_size
        if size > _LARGEST_FILE:
            yield f"{path} has {size / 2**20:.0f} MB; GitHub takes files of at most 100 MB."
