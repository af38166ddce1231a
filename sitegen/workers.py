"""An executor over worker processes: threads that each keep one, so a death fails one call and the others go on."""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, TypeVar, cast

from sitegen import worker

_HELD = 64 * 2**20
"""Bytes of calls that are begun ahead, at most."""
_PATIENCE = 5.0
"""Seconds that a worker which has nothing left to do may take to end."""

T = TypeVar("T")
_Call = tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]


class WorkerDiedError(BrokenExecutor):
    """The process that was at work on a call ended before it had an answer."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ahead(begun: Iterable[T], most: int, weigh: Callable[[T], int] = lambda _: 0) -> Iterator[T]:
    """Yield what is begun, in order, once `most` after it are begun, or as many as weigh 64 MB."""
    held: deque[T] = deque()
    weight = 0
    for one in begun:
        held.append(one)
        weight += weigh(one)
        while len(held) > most or (weight > _HELD and held):
            first = held.popleft()
            weight -= weigh(first)
            yield first
    while held:
        yield held.popleft()


class Workers(Executor):
    """Up to `jobs` processes, each begun with its first call; leaving the context by an exception ends them at once.

    `opening`, with its values, is called once in each process before its first call. A call whose process died raises
    `WorkerDiedError`; the next call finds a new process.
    """

    def __init__(self, jobs: int, opening: Callable[..., object] | None = None, *values: Any) -> None:
        self.jobs = jobs
        self._opening: _Call | None = (opening, values, {}) if opening else None
        self._threads = ThreadPoolExecutor(jobs, "worker", _deaf)
        self._own = threading.local()
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Have a worker call a function that it can import. What it raises, the future raises."""
        return cast("Future[T]", self._threads.submit(self._call, (fn, args, kwargs)))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 -- Executor's
        """End: calls that were begun are finished, their processes told that there are no more."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if not wait:
            return
        for process in self._take_all():
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("BinaryIO", stream).close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def kill(self) -> None:
        """End now: calls that were begun get no answer, the others are never begun."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._ended = True
            for process in self._processes:
                process.kill()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Shut down, at once when an exception is why."""
        if kind is not None:
            self.kill()
        return super().__exit__(kind, error, trace)

    def _call(self, call: _Call) -> Any:
        process = getattr(self._own, "process", None)
        try:
            if process is None:
                process = self._begin()
                if self._opening:
                    _ask(process, self._opening)
                self._own.process = process
            return _ask(process, call)
        except (EOFError, BrokenPipeError):
            self._own.process = None
            if process is not None:
                self._bury(process)
            raise WorkerDiedError("A worker process ended before it had an answer.") from None

    def _begin(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[1])
        with self._lock:
            if self._ended:
                raise EOFError
            process = subprocess.Popen(  # noqa: S603 -- this very Python, fixed words
                [sys.executable, "-P", "-m", worker.__name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))},
            )
            self._processes.add(process)
        return process

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._processes.discard(process)
        process.kill()
        with suppress(OSError), process:
            pass

    def _take_all(self) -> set[subprocess.Popen[bytes]]:
        with self._lock:
            taken, self._processes = self._processes, set()
        return taken


def _deaf() -> None:
    """Let a thread, and what it starts, not hear Ctrl-C: it is for the main thread to decide what ends."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _ask(process: subprocess.Popen[bytes], call: _Call) -> Any:
    worker.send(cast("BinaryIO", process.stdin), call)
    good, answer = worker.receive(cast("BinaryIO", process.stdout))
    if not good:
        raise answer
    return answer
