"""How long a watch takes from the saving of an exhibit until its pages are on disk."""

import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import msgspec
from costs import FailedError, cpu_of, surroundings

_PATIENCE = 600.0
_REST = 0.4
"""Seconds between two saves: longer than a watch gathers events."""
_WARM = 3.0
"""Seconds in which a watch that has begun loads the parser, beside its waiting."""


class Change(msgspec.Struct, frozen=True):
    """One added exhibit, in milliseconds."""

    dossier: float
    """From the exhibit's last write to its dossier's, by the times of both files (the kernel's, to 4 ms)."""
    whole: float
    """From the exhibit's last write to the report that all is done."""
    cpu: float
    """CPU that the watch used."""


def added_in_watch(site: Path, texts: list[str]) -> list[Change]:
    """Watch a site that is built, and add exhibits one by one, to a folder that is there."""
    _added(site).mkdir()
    command = [sys.executable, "-m", "sitegen", "watch"]
    environment = {**surroundings(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
        try:
            _until_built(lines)
            time.sleep(_WARM)
            return [_add(site, number, text, process.pid, lines) for number, text in enumerate(texts)]
        finally:
            process.terminate()


def _added(site: Path) -> Path:
    return site / "content" / "exhibits" / "added"


def _listen(stream: IO[str], lines: "queue.SimpleQueue[str]") -> None:
    for line in stream:
        lines.put(line)
    lines.put("")


def _until_built(lines: "queue.SimpleQueue[str]") -> None:
    heard: list[str] = []
    while True:
        line = lines.get(timeout=_PATIENCE)
        if " files written" in line:
            return
        heard.append(line)
        if not line:
            raise FailedError(f"the watch ended:\n{''.join(heard)}")


def _add(site: Path, number: int, text: str, pid: int, lines: "queue.SimpleQueue[str]") -> Change:
    time.sleep(_REST)
    while not lines.empty():
        lines.get()
    dossiers = site / "public" / "agreements"
    exhibit = _added(site) / f"{number}.txt"
    cpu = cpu_of(pid)
    exhibit.write_text(text, encoding="utf-8")
    saved = exhibit.stat().st_mtime_ns
    while True:
        _until_built(lines)
        whole = time.time_ns() - saved
        # The watch may have made way for the file in the midst of building its new folder.
        if made := [when for when in map(_written, dossiers.iterdir()) if when >= saved]:
            break
    seen = min(made) - saved
    return Change(seen / 1e6, whole / 1e6, (cpu_of(pid) - cpu) * 1e3)


def _written(dossier: Path) -> int:
    page = dossier / "index.html"
    return page.stat().st_mtime_ns if page.exists() else 0
