"""Build, and build again on change. Only the occasion is decided here: what to do about it, the build finds out.

A lost event therefore costs time, never truth; and there is no second way of building.
"""

import functools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import msgspec

from sitegen.changes import Change, Notices, Places, State, bursts
from sitegen.config import SETTINGS_FILE, Config
from sitegen.model.failure import Failure, UsageError


class Built(Protocol):
    """What a build tells: a `sitegen.build.Result`."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Paths below the output folder that were written or removed."""

    @property
    def postponed(self) -> bool:
        """Whether it made way for a change, and left pages of the whole site to the next build."""


class Watching(Notices, Protocol):
    """Changes of places that may themselves change: a `sitegen.observer.Observed`."""

    def attend(self, places: Places) -> None:
        """Watch these places from now on."""


class Attempt(msgspec.Struct, frozen=True):
    """One try to bring the site up to date."""

    config: Config
    """The settings in force: the last good ones when reading them failed."""
    changed: tuple[str, ...] = ()
    """Paths below the output folder that were written or removed."""
    postponed: bool = False
    """Whether pages of the whole site are still to be made: another try follows."""
    error: str | None = None
    """Why there is no new site, where, and what to do. The last good one stands."""
    occasion: tuple[Path, ...] = ()
    """The files whose change led to this try."""


Say = Callable[[str], None]
Configure = Callable[[], Config]
"""Reads the settings anew; raises UsageError."""
Changed = frozenset[Path] | None
"""Paths inside the content folder that may differ since the last good build, a folder with all that is in it; None when
anything may."""
Hurried = Callable[[], bool]
"""Says whether a change waits for the build to end."""
Rebuild = Callable[[Config, Changed, Hurried], Built]
"""Brings the output folder up to date."""
Observe = Callable[[Places], AbstractContextManager[Watching]]
"""Watches places while its block lasts: `sitegen.observer.observe`."""

FAILURES = (Failure, OSError)
"""What a build raises when there can be no new site. Anything else is a defect and ends the watch."""
RETRY = 2.0
"""Seconds until a failed build is tried again without a change, each time twice as many: a full disk tells of none."""
LONGEST_RETRY = 60.0
"""The most of them."""
LONGEST_POSTPONED = 10.0
"""Seconds for which pages of the whole site make way for changes that never end."""

say_aside: Say = functools.partial(print, file=sys.stderr, flush=True)


def watch(configure: Configure, rebuild: Rebuild, *, poll: bool = False, say: Say = say_aside) -> int:
    """Build and build again until Ctrl-C; give the exit status. Raises UsageError when the first settings are wrong."""
    try:
        for _ in attempts(configure, rebuild, system(say, poll=poll), say):
            pass
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


def system(say: Say, *, poll: bool) -> Observe:
    """Give the observer of this system, or one that looks at each file once a second."""
    from sitegen.observer import observe  # noqa: PLC0415  watchdog is loaded only where something is watched

    return functools.partial(observe, poll=poll, say=say)


def attempts(configure: Configure, rebuild: Rebuild, observe: Observe, say: Say) -> Iterator[Attempt]:
    """Build, then build again on each change, for ever. Raises UsageError only when the first settings are wrong.

    What failed is tried again with the next change, and after a while without one where time may cure it.
    """
    site = _Site(configure(), rebuild)
    with observe(places(site.config)) as watching:

        def hurried() -> bool:
            return site.makes_way(watching.waiting())

        # Watched before the first build, so that no change falls between the two; it makes the site whole.
        site.build(lambda: False)
        yield _said(site, (), say)
        say(f"Watching {_shown(site.config.content, site.config)}. Ctrl-C ends.")
        for paths in bursts(watching, patience=lambda: site.retry):
            occasion = sorted(path for path in paths if not site.wrote(path))
            if occasion:
                more = f" and {len(occasion) - 1} more" if len(occasion) > 1 else ""
                say(f"Changed: {_shown(occasion[0], site.config)}{more}")
            elif paths:
                continue
            before = site.tried, places(site.config)
            if site.configure(configure, occasion):
                if places(site.config) != before[1]:
                    watching.attend(places(site.config))
                site.build(hurried)
            if occasion or before[0].postponed or site.tried.error != before[0].error:
                yield _said(site, occasion, say)


class _Site:
    """What is known of the site from one try to the next."""

    def __init__(self, config: Config, rebuild: Rebuild) -> None:
        self.config = config
        self.tried = Attempt(config)
        self.retry: float | None = None
        """Seconds after which to try again without a change."""
        self._rebuild = rebuild
        self._changed: Changed = None
        self._ledger: dict[Path, tuple[int, int]] = {}
        self._late: float | None = None
        """Since when pages of the whole site have made way for changes."""

    def configure(self, configure: Configure, occasion: list[Path]) -> bool:
        """Take in what changed; say whether the settings are right."""
        try:
            config = msgspec.structs.replace(configure(), clean=False)
        except UsageError as error:
            self._changed = None
            self._fail(error)
            return False
        same = config == msgspec.structs.replace(self.config, clean=False)
        if self._changed is not None and same and all(config.content in path.parents for path in occasion):
            self._changed = self._changed.union(occasion)
        else:
            self._changed = None
        self.config = config
        return True

    def build(self, hurried: Hurried) -> None:
        """Try to bring the site up to date."""
        try:
            built = self._rebuild(self.config, self._changed, hurried)
            self.tried = Attempt(self.config, built.changed, built.postponed)
            self.retry = 0.0 if built.postponed else None
            self._late = (self._late or time.monotonic()) if built.postponed else None
            self._changed = frozenset()
        except FAILURES as error:
            self._fail(error)
        self._ledger = _ledger(self.config)

    def _fail(self, error: Exception) -> None:
        told = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        self.tried = Attempt(self.config, error=told)
        later = min(2 * self.retry, LONGEST_RETRY) if self.retry else RETRY
        self.retry = None if isinstance(error, UsageError) else later

    def makes_way(self, waiting: Sequence[Change]) -> bool:
        """Say whether a build is to leave pages of the whole site for later: a changed file is whole, and waits."""
        if self._late is not None and time.monotonic() - self._late > LONGEST_POSTPONED:
            return False
        ledger = self.config.content / "permalinks"
        return any(
            change.state is not State.GROWING and ledger not in (change.path, change.path.parent) for change in waiting
        )

    def wrote(self, path: Path) -> bool:
        """Say whether a change of a path is what the last build did: of the output folder, or of the ledger."""
        if path in places(self.config).ignored:
            return path.exists()  # deleted by hand, it is made anew
        folder = self.config.content / "permalinks"
        return path == folder or (path.parent == folder and _ledger(self.config).get(path) == self._ledger.get(path))


def places(config: Config) -> Places:
    """Say what a build with these settings reads, and what it writes."""
    settings = {config.root / SETTINGS_FILE, config.root / "pyproject.toml"}
    return Places(
        trees=(config.content, config.theme),
        folder=config.root,
        settings=frozenset(settings if config.file is None else {*settings, config.file.resolve()}),
        ignored=(config.output, config.state),
    )


def _said(site: _Site, occasion: Sequence[Path], say: Say) -> Attempt:
    if site.tried.error:
        say(f"error: {site.tried.error}")
        say(
            f"The site stays as it was; the next change{', or a while without one,' if site.retry else ''} tries again."
        )
    return msgspec.structs.replace(site.tried, occasion=tuple(occasion))


def _ledger(config: Config) -> dict[Path, tuple[int, int]]:
    """Take down the times and sizes of the ledger's files."""
    kept = {}
    for path in (config.content / "permalinks").glob("*"):
        try:
            status = path.stat()
        except OSError:
            continue
        kept[path] = (status.st_mtime_ns, status.st_size)
    return kept


def _shown(path: Path, config: Config) -> str:
    return str(path.relative_to(config.root) if config.root in path.parents else path)
