"""Build, and build again on change. Only the occasion is decided here: what to do about it, the build finds out.

A lost event therefore costs time, never truth; and there is no second way of building.
"""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import msgspec

from sitegen.changes import Notices, Places, bursts
from sitegen.config import SETTINGS_FILE, Config
from sitegen.model.failure import Failure, UsageError


class Built(Protocol):
    """What a build tells: a `sitegen.build.Result`."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Paths below the output folder that were written or removed."""


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
    error: str | None = None
    """Why there is no new site, where, and what to do. The last good one stands."""


Say = Callable[[str], None]
Configure = Callable[[], Config]
"""Reads the settings anew; raises UsageError."""
Rebuild = Callable[[Config], Built]
"""Brings the output folder up to date."""
Observe = Callable[[Places], AbstractContextManager[Watching]]
"""Watches places while its block lasts: `sitegen.observer.observe`."""

FAILURES = (Failure, OSError)
"""What a build raises when there can be no new site. Anything else is a defect and ends the watch."""

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
    """Build, then build again on each change, for ever. Raises UsageError only when the first settings are wrong."""
    config = configure()
    with observe(places(config)) as watching:
        # Watched before the first build, so that no change falls between the two.
        tried = _attempt(config, rebuild, say)
        ledger = _ledger(config)
        yield tried
        say(f"Watching {_shown(config.content, config)}. Ctrl-C ends.")
        for paths in bursts(watching):
            occasion = sorted(path for path in paths if not _is_own_writing(path, config, ledger))
            if not occasion:
                continue
            more = f" and {len(occasion) - 1} more" if len(occasion) > 1 else ""
            say(f"Changed: {_shown(occasion[0], config)}{more}")
            try:
                fresh = msgspec.structs.replace(configure(), clean=False)
            except UsageError as error:
                yield _failed(config, error, say)
                continue
            if places(fresh) != places(config):
                watching.attend(places(fresh))
            config = fresh
            tried = _attempt(config, rebuild, say)
            ledger = _ledger(config)
            yield tried


def places(config: Config) -> Places:
    """Say what a build with these settings reads, and what it writes."""
    settings = {config.root / SETTINGS_FILE, config.root / "pyproject.toml"}
    return Places(
        trees=(config.content, config.theme),
        folder=config.root,
        settings=frozenset(settings if config.file is None else {*settings, config.file.resolve()}),
        ignored=(config.output, config.state),
    )


def _attempt(config: Config, rebuild: Rebuild, say: Say) -> Attempt:
    try:
        return Attempt(config, rebuild(config).changed)
    except FAILURES as error:
        return _failed(config, error, say)


def _failed(config: Config, error: Exception, say: Say) -> Attempt:
    told = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    say(f"error: {told}")
    say("The site stays as it was; the next change tries again.")
    return Attempt(config, error=told)


def _ledger(config: Config) -> dict[Path, tuple[int, int]]:
    """Take down how the last build left the ledger, the one thing that it writes inside content/."""
    kept = {}
    for path in (config.content / "permalinks").glob("*"):
        try:
            status = path.stat()
        except OSError:
            continue
        kept[path] = (status.st_mtime_ns, status.st_size)
    return kept


def _is_own_writing(path: Path, config: Config, ledger: dict[Path, tuple[int, int]]) -> bool:
    folder = config.content / "permalinks"
    return path == folder or (path.parent == folder and _ledger(config).get(path) == ledger.get(path))


def _shown(path: Path, config: Config) -> str:
    return str(path.relative_to(config.root) if config.root in path.parents else path)
