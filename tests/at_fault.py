"""Work that goes wrong, for workers to import: a process that is killed, or that says it is there and waits."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from sitegen import press
from sitegen.parse import Parsed, parse
from sitegen.read import read

FATAL = b"Fatalwick"


def parse_file(path: str, data: bytes) -> Parsed:
    if FATAL in data:
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(read(path, data))


def parse_once_killed(path: str, data: bytes) -> Parsed:
    """Be killed with the first file only."""
    mark = Path(os.environ["KILLED"])
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(read(path, data))


def make_batch(batch: list[tuple[str, str]]) -> Any:
    if any(kind == "party" for kind, _ in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return press._make_batch(batch)


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def own_process(_: object = None) -> int:
    return os.getpid()


def wait_for_ever(place: str) -> None:
    Path(place, str(os.getpid())).touch()
    while True:
        time.sleep(60)


def refuse(what: str) -> None:
    raise ValueError(what)
