"""What is dirty becomes what is on disk: pages in their order, then what lists them all.

A page is due when what it shows was touched (`catalogue.touched`), when what it is made with is another (its template,
the settings, this code), or when its file is not as it was left. It is off the list once its files are on disk, so a
build that is killed anywhere is finished by the next.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from itertools import chain

import msgspec

from sitegen.catalogue import outputs
from sitegen.catalogue.catalogue import DOSSIERS_KEPT
from sitegen.catalogue.outputs import Due, File
from sitegen.catalogue.proposed import propose
from sitegen.catalogue.record import sources_recorded
from sitegen.catalogue.records import Counts
from sitegen.catalogue.summaries import KEPT, keep, names_touched
from sitegen.catalogue.touched import recorded, settle, spread, touched
from sitegen.config import Config
from sitegen.export.manifest import NAME as MANIFEST
from sitegen.export.manifest import manifest_files, own_files
from sitegen.export.schemas import schema_files
from sitegen.export.sitemap import robots, sitemap
from sitegen.pages import PAGES, Page
from sitegen.pages.site import Site
from sitegen.press import Press, file_paths
from sitegen.render.folder import theme_folder
from sitegen.render.output import Output, OutputError

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""

_UNLISTED = frozenset({"missing", "moved", "names", "addresses", "authority-csv"})
"""Page kinds that no sitemap names."""
_FIXED, _SITEMAP, _MANIFEST = "fixed", "sitemap", "manifest"
"""What stands beside the pages: theme and schemas; and what lists all pages and files."""
_LISTS = (_SITEMAP, _MANIFEST)
_AGREEMENTS = {"agreements": "agreements", "dossiers": "agreements"}
"""Subjects that are agreements, and their section."""
_EVERY = "*"
"""In place of a key: all pages of the kind."""
_KINDS = {page.kind: page for page in PAGES}
_LISTED = _KINDS.keys() - _UNLISTED
_NARROW = [page for page in PAGES if page.of != "site"]
_WIDE = [page for page in PAGES if page.of == "site"]
"""Pages that a change reaches by name, and those that it reaches whatever it is."""
_LARGEST_SITE = 2**30
_LARGEST_FILE = 100 * 2**20
_BATCH = 64
"""Pages after which those on disk are taken off the list."""
_FEW = 256
"""Subjects up to which it is asked one by one which pages they have."""


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
    causes: tuple[tuple[str, str], ...] = ()
    """Why each of these files was written or removed."""
    postponed: bool = False
    """Whether the build made way for a change, and pages of the whole site are still to be made."""


class _HurriedError(Exception):
    """A change waits: what is left is made by the next build."""


def publish(db: sqlite3.Connection, config: Config, site: Site, tell: Progress, hurried: Callable[[], bool]) -> Result:
    """Make the output folder say what the catalogue holds. Raises `OutputError` when it cannot be written.

    Once `hurried` says so, pages of the whole site stay due.
    """
    return _Publication(db, config, site, tell, hurried).run()


class _Publication:
    """One build's work below the output folder."""

    def __init__(
        self, db: sqlite3.Connection, config: Config, site: Site, tell: Progress, hurried: Callable[[], bool]
    ) -> None:
        self._db = db
        self._config = config
        self._site = site
        self._tell = tell
        self._hurried = hurried
        self._folder = config.output.as_uri()
        self._theme_folder = theme_folder(config.theme)
        self._press = Press(site, self._theme_folder, config.state, config.jobs)
        self._output = Output(config.output)
        self._causes: list[tuple[str, str]] = []
        self._saved: list[tuple[str, str]] = []
        self._made = self._fingerprints()
        self._states: dict[tuple[str, str], str] = {}
        """What pages are made of that tell it."""

    def run(self) -> Result:
        made, before = self._made, outputs.fingerprints(self._db)
        if made == before:
            self._write_saved()
        self._mark(made, before)
        if not outputs.is_known(self._db, self._folder):
            for path in own_files(self._config.output):
                outputs.own(self._db, self._folder, path)
        if made == before:
            self._write_near()
        postponed = False
        try:
            self._make_way()
            self._examine()
            if due := outputs.due(self._db):
                self._write(due)
        except _HurriedError:
            postponed = True
        changed = list(dict.fromkeys(self._output.changed))
        return Result(
            counts=self._site.catalogue.counts(),
            pages=outputs.pages(self._db, self._folder, _KINDS),
            written=len(changed) - self._output.removed,
            removed=self._output.removed,
            changed=tuple(changed),
            remarks=tuple(self._remarks()),
            causes=tuple(self._causes),
            postponed=postponed,
        )

    def _make_way(self) -> None:
        if self._hurried():
            raise _HurriedError

    def _write_saved(self) -> None:
        """Write the dossiers of exhibits that were recorded just now: before it is asked what else these reach."""
        page = _KINDS["agreement"]
        made = [(page, slug, cause) for slug, cause in recorded(self._db)]
        if 0 < len(made) <= _FEW:
            self._claim(_paths(made))
            self._make_all(made)
            self._saved = [(page.kind, key) for page, key, _ in made]

    def _mark(self, made: dict[str, str], before: dict[str, str]) -> None:
        """Turn what is touched into pages that are due, and take it off the record, in one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        if before.get(_FIXED) != made[_FIXED]:
            outputs.disown(self._db, self._folder, (*_KINDS, _FIXED, *_LISTS))
        spread(self._db)
        told = names_touched(self._db) if before.get(KEPT) == made[KEPT] else [_EVERY]
        outputs.mark(self._db, (Due(KEPT, identity, "") for identity in told))
        for page in PAGES:
            if before.get(page.kind) == made[page.kind]:
                outputs.mark(self._db, self._touched(page))
            else:
                cause = "its template, the settings or sitegen changed" if page.kind in before else "the first build"
                # Which pages of the whole site there are is known when its summaries are up to date.
                keys = (_EVERY,) if page.of == "site" else (*page.keys(self._site), *self._keys_before(page))
                outputs.mark(self._db, (Due(page.kind, key, cause) for key in dict.fromkeys(keys)))
        if before.get(_FIXED) != made[_FIXED]:
            outputs.mark(self._db, [Due(_FIXED, "", "the theme or sitegen changed")])
        outputs.keep_fingerprints(self._db, made)
        settle(self._db)
        outputs.mark_with_others(self._db, _LISTS)
        outputs.done(self._db, self._saved)
        self._db.execute("COMMIT")

    def _touched(self, page: Page) -> Iterator[Due]:
        for subject, cause in touched(self._db, page.of):
            if page.of == "site":
                yield Due(page.kind, _EVERY, cause)
                continue
            keys = page.keys_of(self._site, subject) if page.keys_of else self._by_subject(page).get(subject, ())
            there = outputs.files_of(self._db, self._folder, page.kind, subject)
            for key in dict.fromkeys((*keys, *(file.key for file in there))):
                yield Due(page.kind, key, cause)

    def _keys_before(self, page: Page) -> Iterator[str]:
        return (file.key for file in outputs.files_of(self._db, self._folder, page.kind))

    @cache  # noqa: B019 -- lives as long as the build
    def _by_subject(self, page: Page) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in page.keys(self._site):
            found.setdefault(page.about(key), []).append(key)
        return found

    def _fingerprints(self) -> dict[str, str]:
        """Return what each kind of page is made with, besides the catalogue."""
        site = self._site
        menu = [(each.slug, each.title) for each in site.articles if each.menu]
        common = [_code(), self._folder, site.title, site.base_url, site.noindex, site.schemas, menu]
        made = {KEPT: [_code()], _FIXED: [common, sorted(asset.path for asset in self._theme_folder.assets.values())]}
        for page in PAGES:
            made[page.kind] = [common, self._theme_folder.fingerprint(page.template)]
        return {kind: hashlib.sha256(msgspec.json.encode(of)).hexdigest() for kind, of in made.items()}

    def _examine(self) -> None:
        """Mark pages whose files are not as they were left."""
        prefix = f"{self._config.output}/"
        if altered := list(outputs.altered(self._db, self._folder, prefix)):
            self._db.execute("BEGIN IMMEDIATE")
            outputs.unmake(self._db, self._folder, [file.path for file in altered])
            outputs.mark(
                self._db,
                (
                    Due(file.kind, file.key, f"{file.path} was changed or deleted in the output folder")
                    for file in altered
                ),
            )
            outputs.mark_with_others(self._db, _LISTS)
            self._db.execute("COMMIT")

    def _write_near(self) -> None:
        """Write the pages that a change reaches by name, before it is even asked what the whole site has to show.

        What has no page any more waits for the rest: its files may belong to one of these.
        """
        made, _ = self._plan(_NARROW, outputs.due(self._db))
        self._claim(_paths(made))
        self._make_all(self._together(made))

    def _write(self, due: dict[str, dict[str, str]]) -> None:
        """Write all pages that are due (causes by kind and key), or take them away, and then what lists them."""
        fixed = dict(self._fixed()) if _FIXED in due else {}
        gone: list[tuple[File, str]] = []
        for group in ([*_NARROW, *_WIDE],) if _FIXED in due else (_NARROW, _WIDE):
            if any(page.kind in due for page in group if page.of == "site"):
                self._make_way()
                self._gather(due.get(KEPT, {}))
            made, left_out = self._plan(group, due)
            made = self._differing(made)
            self._claim(chain(fixed, (MANIFEST,), _paths(made)))
            self._make_all(self._together(made))
            gone += left_out
        if _FIXED in due:
            self._replace(_FIXED, fixed.items(), due[_FIXED].get("", ""))
        for file, cause in gone:
            # It may belong to another page by now.
            if outputs.is_of(self._db, self._folder, file):
                self._take_away([file], cause)
        for kind in _LISTS:
            self._make_way()
            if kind in due:
                self._replace(kind, self._list(kind), next(iter(due[kind].values())))
        self._take_away(outputs.files_of(self._db, self._folder, ""), "no page of the site now")
        outputs.all_done(self._db)

    def _gather(self, names: dict[str, str]) -> None:
        """Bring up to date what pages of the whole site gather from all names, of those that were touched."""
        self._db.execute("BEGIN IMMEDIATE")
        keep(self._db, None if _EVERY in names else names)
        propose(self._db)
        self._db.execute("COMMIT")

    def _plan(
        self, group: list[Page], due: dict[str, dict[str, str]]
    ) -> tuple[list[tuple[Page, str, str]], list[tuple[File, str]]]:
        """Return the pages to make, with cause, and the files of pages that are no more."""
        made: list[tuple[Page, str, str]] = []
        gone: list[tuple[File, str]] = []
        for page in group:
            asked = dict(due.get(page.kind, {}))
            if not asked:
                continue
            alive = self._alive(page, asked)
            if cause := asked.pop(_EVERY, ""):
                asked = dict.fromkeys((*alive, *self._keys_before(page)), cause) | asked
            made += [(page, key, asked[key]) for key in alive if key in asked]
            for key in asked.keys() - set(alive):
                files = outputs.files_of_page(self._db, self._folder, page.kind, key)
                gone += [(file, asked[key]) for file in files]
        return made, gone

    def _differing(self, made: list[tuple[Page, str, str]]) -> list[tuple[Page, str, str]]:
        """Leave out the pages that are made of what they were made of."""
        before = {
            page.kind: outputs.made_of(self._db, self._folder, page.kind)
            for page in dict.fromkeys(page for page, _, _ in made)
            if page.state
        }
        differing = []
        for page, key, cause in made:
            if page.state and (state := page.state(self._site, key)) is not None:
                digest = hashlib.sha256(msgspec.json.encode([self._made[page.kind], state])).hexdigest()
                if before[page.kind].get(key) == digest:
                    continue
                self._states[page.kind, key] = digest
            differing.append((page, key, cause))
        return differing

    def _together(self, made: list[tuple[Page, str, str]]) -> list[tuple[Page, str, str]]:
        """Put pages that show the same agreements one after another, where there are too many to keep all in memory."""
        if len({page.about(key) for page, key, _ in made if page.of in _AGREEMENTS}) <= DOSSIERS_KEPT:
            return made
        places = self._site.catalogue.places()

        def place(one: tuple[Page, str, str]) -> tuple[int, str]:
            page, key, _ = one
            subject = page.about(key) if page.of == "page" else f"{_AGREEMENTS.get(page.of, page.of)}/{page.about(key)}"
            at = places.get(subject)
            return (len(places), "") if at is None else (at, subject)

        return sorted(made, key=place)

    def _make_all(self, made: list[tuple[Page, str, str]]) -> None:
        finished: list[tuple[str, str]] = []
        written: list[File] = []
        with closing(self._press.make_all([(page, key) for page, key, _ in made])) as contents:
            for done, (data, (page, key, cause)) in enumerate(zip(contents, made, strict=True)):
                if page.of == "site" and self._hurried():
                    self._finish(finished, written)
                    raise _HurriedError
                self._tell("Writing", done, len(made))
                state = self._states.get((page.kind, key))
                files = _files(page, key, state)
                written += [self._put(file, each, cause) for file, each in zip(files, data, strict=True)]
                finished.append((page.kind, key))
                if len(finished) == _BATCH:
                    self._finish(finished, written)
                    finished, written = [], []
        self._finish(finished, written)
        for page, key, _ in made[:1]:
            self._output.check_stayed(page.path(key))

    def _alive(self, page: Page, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the keys, among these at least, that have a page now, each once."""
        subjects = dict.fromkeys(map(page.about, keys))
        if page.keys_of is None or len(subjects) > _FEW:
            return tuple(dict.fromkeys(page.keys(self._site)))
        return tuple(dict.fromkeys(key for subject in subjects for key in page.keys_of(self._site, subject)))

    def _claim(self, paths: Iterable[str]) -> None:
        """Say in the catalogue, before anything is written, which files will be the site's own."""
        first = not outputs.is_known(self._db, self._folder)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._output.check_free(path for path in paths if outputs.own(self._db, self._folder, path))
        except OutputError:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        if first:
            # Of a first build that is killed, the folder itself says whose files are in it, if the catalogue goes too.
            whole = dict.fromkeys(outputs.own_paths(self._db, self._folder), "")
            for path, data in manifest_files({}, whole):
                self._output.write(path, data)
                outputs.own(self._db, self._folder, path)

    def _put(self, file: File, data: bytes, cause: str) -> File:
        before = len(self._output.changed)
        written = self._output.write(file.path, data)
        if len(self._output.changed) > before:
            self._causes.append((file.path, cause))
        return msgspec.structs.replace(file, **msgspec.structs.asdict(written))

    def _finish(self, pages: list[tuple[str, str]], written: list[File]) -> None:
        """Take pages off the list: their files are on disk."""
        self._db.execute("BEGIN IMMEDIATE")
        outputs.keep_files(self._db, self._folder, written)
        outputs.done(self._db, pages)
        self._db.execute("COMMIT")

    def _take_away(self, old: list[File], cause: str) -> None:
        """Delete files that belong to no page any more."""
        if address := outputs.published_among(self._db, [file.path for file in old]):
            raise OutputError(f"no page would answer at {address}, which was published. It was left as it is.")
        for file in old:
            self._remove(file.path, cause)
        outputs.drop_files(self._db, self._folder, [file.path for file in old])

    def _remove(self, path: str, cause: str) -> None:
        before = self._output.removed
        self._output.remove(path)
        if self._output.removed > before:
            self._causes.append((path, cause))

    def _replace(self, kind: str, files: Iterable[tuple[str, bytes]], cause: str) -> None:
        """Let a kind of file that stands beside the pages be these."""
        old = {file.path for file in outputs.files_of(self._db, self._folder, kind)}
        for path, data in files:
            self._claim([path])
            self._finish([], [self._put(File(path, kind, "", ""), data, cause)])
            old.discard(path)
        for path in sorted(old):
            self._remove(path, cause)
        outputs.drop_files(self._db, self._folder, old)

    def _fixed(self) -> Iterator[tuple[str, bytes]]:
        yield ".nojekyll", b""
        yield from ((asset.path, asset.data) for asset in self._theme_folder.assets.values())
        yield from schema_files().items()
        yield "robots.txt", robots(self._config.base_url, noindex=self._config.noindex).encode()

    def _list(self, kind: str) -> Iterator[tuple[str, bytes]]:
        listed = outputs.listed(self._db, self._folder)
        if kind == _MANIFEST:
            files = {path: sha256 for path, of, sha256 in listed if of != _MANIFEST}
            yield from manifest_files(sources_recorded(self._db), files)
        elif self._config.base_url is not None:
            pages = [path for path, of, _ in listed if of in _LISTED and path.endswith(".html")]
            yield from ((name, text.encode()) for name, text in sitemap(self._config.base_url, pages).items())

    def _remarks(self) -> Iterator[str]:
        if self._config.base_url is None:
            yield (
                "base_url is not set: canonical addresses, OpenGraph and the sitemap are left out. "
                "Set it in sitegen.toml or pass --base-url."
            )
        size, large = outputs.sizes(self._db, self._folder, _LARGEST_FILE)
        if size > _LARGEST_SITE:
            yield f"the site has {size / 2**30:.1f} GB; GitHub Pages publishes at most 1 GB."
        for path, size in large:
            yield f"{path} has {size / 2**20:.0f} MB; GitHub takes files of at most 100 MB."


def _paths(made: Iterable[tuple[Page, str, str]]) -> Iterator[str]:
    """Yield the files of pages."""
    return (path for page, key, _ in made for path in file_paths(page, key))


def _files(page: Page, key: str, state: str | None = None) -> Iterator[File]:
    """Yield the files of a page, not written yet."""
    return (File(path, page.kind, key, page.about(key), made_of=state) for path in file_paths(page, key))


@cache
def _code() -> str:
    """Return a hash of sitegen's own source."""
    digest = hashlib.sha256()
    for name, data in _sources(package_files("sitegen"), ""):
        digest.update(f"{name}\0".encode() + data)
    return digest.hexdigest()


def _sources(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in {"__pycache__", "themes"}:
            yield from _sources(entry, f"{above}{entry.name}/")
        elif entry.name.endswith((".py", ".sql", ".toml")):
            yield above + entry.name, entry.read_bytes()
