"""Exhibits → what is to be recorded of them: their bytes are read and parsed, by workers when there are many."""

import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack
from typing import TYPE_CHECKING

import msgspec

from sitegen.catalogue.record import FileKey, StoredParse, cached_parse, store_parse
from sitegen.catalogue.version import parser_version
from sitegen.content import ExhibitFile, UnreadableError, read_bytes, sha256, sidecar_text
from sitegen.model.findings import Finding
from sitegen.workers import Workers, ahead

if TYPE_CHECKING:
    from sitegen.parse import Parsed

WORTH_WORKERS = 500_000
"""Bytes to read from which on workers do: those of less are parsed before a worker has started."""
_AHEAD = 8
"""Files that are begun, for each worker, ahead of the one that is recorded."""


class _Begun(msgspec.Struct, frozen=True):
    """A file that was read, and whose parse may still be on its way."""

    file: ExhibitFile
    key: FileKey
    stored: StoredParse | None = None
    data: bytes | None = None
    """What is to be parsed."""
    parsing: "Future[Parsed] | None" = None


def exhibits(
    db: sqlite3.Connection,
    files: Sequence[ExhibitFile],
    recorded: Mapping[str, FileKey],
    jobs: int,
    executor: Executor | None = None,
) -> Generator[tuple[ExhibitFile, FileKey, StoredParse | None], None, None]:
    """Yield the files in order, each with what it says, None when that is recorded already; a few are held at a time.

    Files are parsed by `executor`; without one, by up to `jobs` worker processes when there is much to parse, else by
    this process. A file that a worker died of, twice, has a finding.
    """
    with ExitStack() as stack:
        if executor is None and jobs > 1 and _weigh(files) >= WORTH_WORKERS:
            executor = stack.enter_context(Workers(jobs))
        begun = (_begin(db, file, recorded.get(file.path), executor) for file in files)
        for one in ahead(begun, _AHEAD * jobs if executor else 0, lambda one: len(one.data or b"")):
            yield _finish(db, one)


def _weigh(files: Iterable[ExhibitFile]) -> int:
    size = 0
    for file in files:
        try:
            size += file.place.stat().st_size
        except OSError:
            continue
    return size


def _begin(db: sqlite3.Connection, file: ExhibitFile, recorded: FileKey | None, executor: Executor | None) -> _Begun:
    """Read a file's bytes and, unless it is known what they say, let the executor begin with them."""
    finding = file.finding
    if finding is None:
        try:
            data, sidecar = read_bytes(file), sidecar_text(file)
        except UnreadableError as error:
            finding = error.finding
    if finding is not None:
        key, stored = _unread(file, finding)
        return _Begun(file, key, None if recorded == key else stored)
    key = FileKey(sha256(data), file.suffix, parser_version(), sidecar)
    if recorded == key:
        return _Begun(file, key)
    if known := cached_parse(db, key):
        return _Begun(file, key, known)
    return _Begun(file, key, data=data, parsing=_submit(executor, file.path, data) if executor else None)


def _submit(executor: Executor, path: str, data: bytes) -> "Future[Parsed]":
    from sitegen.parse import parse_file  # noqa: PLC0415 -- builds that find every parse cached need no parser

    try:
        return executor.submit(parse_file, path, data)
    except BrokenExecutor as error:
        broken: Future[Parsed] = Future()
        broken.set_exception(error)
        return broken


def _finish(db: sqlite3.Connection, begun: _Begun) -> tuple[ExhibitFile, FileKey, StoredParse | None]:
    """Wait for a file's parse, and keep it."""
    file, key = begun.file, begun.key
    if begun.data is None:
        return file, key, begun.stored
    try:
        return file, key, store_parse(db, key, _parsed(file.path, begun.data, begun.parsing))
    except BrokenExecutor:
        message = (
            f"{file.path} was not read: the process that parsed it ended, twice. Read it alone: sitegen show FILE."
        )
        return (file, *_unread(file, Finding("SG106", message)))


def _parsed(path: str, data: bytes, parsing: "Future[Parsed] | None") -> "Parsed":
    """Wait for a parse. What a worker died of, another tries alone: it may have been something else's doing."""
    from sitegen.parse import parse_file  # noqa: PLC0415 -- builds that find every parse cached need no parser

    if parsing is None:
        return parse_file(path, data)
    try:
        return parsing.result()
    except BrokenExecutor:
        with Workers(1) as alone:
            return alone.submit(parse_file, path, data).result()


def _unread(file: ExhibitFile, finding: Finding) -> tuple[FileKey, StoredParse]:
    return FileKey("", file.suffix, finding.message), StoredParse((), (finding,))
