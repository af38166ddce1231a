"""What a program costs: CPU and wall seconds, peak memory. For Linux."""

import os
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec


class FailedError(Exception):
    """A measured program failed, or did not do the work: its figure would be false."""


class Cost(msgspec.Struct, frozen=True):
    """What one run of a program cost."""

    cpu: float
    """Seconds, user and system, with all programs that it started and waited for."""
    wall: float
    """Seconds."""
    peak: float
    """MB of the largest of its processes."""
    said: str = ""
    """What it printed."""


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end. Raises `FailedError` with the end of what it said when its status is not 0."""
    said = folder / ".said"
    with said.open("wb") as heard:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=heard,
            stderr=subprocess.STDOUT,
            env={**surroundings(), **(environment or {})},
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    text = said.read_text(encoding="utf-8", errors="replace")
    said.unlink()
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with status {process.returncode}:\n{text[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, text)


def surroundings() -> dict[str, str]:
    """Return the environment of a user, whose Python keeps compiled modules whatever the one of this shell does."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def median(costs: Iterable[Cost]) -> Cost:
    """Return the median of each figure."""
    runs = list(costs)
    return Cost(*(statistics.median(getattr(cost, name) for cost in runs) for name in ("cpu", "wall", "peak")))


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a running process, all its threads, has used."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
