"""What tests of watching share: a folder with content, and a watch of it in a thread of its own."""

import contextlib
import os
import queue
import threading
from pathlib import Path

import msgspec

from sitegen import watch
from sitegen.config import Config, load
from sitegen.content import is_scratch


class Result(msgspec.Struct, frozen=True):
    changed: tuple[str, ...] = ()
    postponed: bool = False


def site(root: Path, settings: str = 'theme = "own"\n') -> Config:
    """A folder with content, a theme and settings."""
    (root / "content" / "exhibits").mkdir(parents=True, exist_ok=True)
    (root / "themes" / "own" / "templates").mkdir(parents=True, exist_ok=True)
    (root / "sitegen.toml").write_text(settings)
    return load(root)


class Watcher:
    """A watch of a real folder in a thread of its own; each try of the build lists the files it would read."""

    def __init__(self, root: Path, *, poll: bool) -> None:
        self.root = root
        self.seen: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
        self.spoken: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run, kwargs={"poll": poll}, daemon=True)

    def run(self, *, poll: bool) -> None:
        tries = watch.attempts(
            lambda: load(self.root), self.rebuild, watch.system(self.spoken.append, poll=poll), self.spoken.append
        )
        for _ in tries:
            if self.stop.is_set():
                return

    def rebuild(self, config: Config, _: watch.Changed, *_hurried: watch.Hurried) -> Result:
        texts = {}
        for folder, _, names in os.walk(config.content, followlinks=True):
            for path in (Path(folder, name) for name in names if not is_scratch(name)):
                with contextlib.suppress(FileNotFoundError):
                    texts[path.relative_to(config.content).as_posix()] = path.read_text()
        self.seen.put(texts)
        return Result()

    def until(self, expected: dict[str, str]) -> list[dict[str, str]]:
        """Wait for the build that reads exactly these files; give what the builds before it read."""
        before = []
        while (seen := self.seen.get(timeout=20)) != expected:
            before.append(seen)
        return before

    def end(self) -> None:
        self.stop.set()
        (self.root / "content").mkdir(exist_ok=True)
        (self.root / "content" / "end.txt").write_text("end")
        self.thread.join(timeout=20)
        assert not self.thread.is_alive()
