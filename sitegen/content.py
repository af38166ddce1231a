"""The content folder on disk: which files are exhibits, pages and ledgers. Everything else gets a note."""

import hashlib
import os
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sitegen.identity.decisions import FILE as DECISIONS_FILE
from sitegen.identity.decisions import Decision, Decisions, appended, parse_decisions
from sitegen.identity.ledger import KINDS, Ledger, Row, format_rows, parse_ledger
from sitegen.model.failure import Failure, UsageError
from sitegen.model.findings import Finding

EXHIBIT_SUFFIXES = frozenset({".txt", ".htm", ".html", ".nc", ".xml", ".pdf"})
"""Endings of files that may hold an agreement."""
LARGEST = 64 * 2**20
"""Bytes of an exhibit, at most."""
_TICK = 2 * 10**9
"""Nanoseconds in which some file systems tell no two writes apart."""
_TRIES = 5
"""Times that a file is read which changes under the reading."""
_SCRATCH_ENDINGS = ("~", ".tmp", ".part", ".partial", ".crdownload", ".download", "___jb_tmp___", "___jb_old___")
_OWN = frozenset({"pages", "notes", "permalinks"})
_OWN_FILES = frozenset({DECISIONS_FILE})


class ExhibitFile(msgspec.Struct, frozen=True):
    """A file below the content folder that may hold an agreement, or a note on why it does not."""

    path: str
    """Below the content folder, with forward slashes, fit to be shown."""
    place: Path
    finding: Finding | None = None
    """Says why the file is not read."""
    sidecar: Path | None = None
    """The editor's `FILE.toml` beside it."""

    @property
    def suffix(self) -> str:
        """Ending in lower case, with its dot."""
        return self.place.suffix.lower()


class ContentError(Failure):
    """The content folder cannot be read as a whole (exit status 3): the message says what, where and what to do."""


class UnreadableError(Exception):
    """A file that gives no bytes; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def is_scratch(name: str) -> bool:
    """Say whether a file's name is one that editors, browsers and copiers give to unfinished work, or is hidden."""
    return name.startswith((".", "~$", "#")) or name.endswith(_SCRATCH_ENDINGS) or name in {"4913", "__pycache__"}


def shown(path: Path, below: Path) -> str:
    """Return a path below a folder as text: bytes that are no UTF-8 and control characters are spelled out."""
    name = os.fsencode(path.as_posix()[len(below.as_posix()) :].lstrip("/")).decode("utf-8", "backslashreplace")
    if name.isprintable():
        return name
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in name)


def list_exhibits(content: Path) -> list[ExhibitFile]:
    """Return all files below the content folder that are not the site's own, in order of path."""
    found = [_classify(place, content) for place in _walk(content, content, frozenset())]
    return sorted((file for file in found if file), key=lambda file: file.path)


def list_changed(content: Path, changed: Iterable[Path]) -> list[tuple[str, ExhibitFile | None]] | None:
    """Return the exhibits among changed files, by path, None where one is gone; None where all must be looked at.

    A shortcut for few files that came, went or were edited; whatever else changed is found by listing all.
    """
    found: dict[str, ExhibitFile | None] = {}
    for place in changed:
        if not place.is_relative_to(content):
            continue
        parts = place.relative_to(content).parts
        if (
            any(map(is_scratch, parts))
            or (len(parts) > 1 and parts[0] in _OWN)
            or parts in {(name,) for name in _OWN_FILES}
        ):
            continue
        if place.suffix.lower() not in EXHIBIT_SUFFIXES or place.is_dir() or place.is_symlink():
            return None
        found[shown(place, content)] = _classify(place, content) if place.exists() else None
    return sorted(found.items())


def stamp(file: ExhibitFile) -> str:
    """Return what tells that an exhibit and its sidecar are as they were; empty where that cannot be told.

    As git does, a file as new as this moment is looked at again: it could change once more within one tick.
    """
    marks = []
    for place in (file.place, file.sidecar):
        if place is None:
            continue
        try:
            status = place.stat()
        except OSError:
            return ""
        if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _TICK:
            return ""
        marks.append(f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}")
    return " ".join(marks)


def _walk(folder: Path, content: Path, above: frozenset[str]) -> Iterator[Path]:
    """Yield files, following links to folders, but never in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        return
    for entry in _entries(folder):
        if is_scratch(entry.name):
            continue
        place = folder / entry.name
        if _is_folder(entry):
            if folder != content or entry.name not in _OWN:
                yield from _walk(place, content, above | {real})
        elif folder != content or entry.name not in _OWN_FILES:
            yield place


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, in order of name; nothing when it has just gone. Raises `ContentError`."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ContentError(
            f"{folder} cannot be read: {error.strerror}. Its exhibits would be taken for withdrawn. Mend it, or move "
            "it out of the content folder; nothing was written."
        ) from None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _classify(place: Path, content: Path) -> ExhibitFile | None:
    path = shown(place, content)
    suffix = place.suffix.lower()
    if suffix in EXHIBIT_SUFFIXES:
        sidecar = place.with_name(f"{place.name}.toml")
        # A name as long as the system takes leaves no room for a sidecar's: that is no error.
        return ExhibitFile(path, place, sidecar=sidecar if os.path.isfile(sidecar) else None)  # noqa: PTH113 -- False, not an error, for a name too long
    if suffix == ".toml" and place.with_suffix("").exists():
        return None
    ending = f"the ending {suffix}" if suffix else "a name without an ending"
    return ExhibitFile(path, place, Finding("SG105", f"{path} has {ending} and is not read as an exhibit."))


def sidecar_text(file: ExhibitFile) -> str:
    """Return the text of a file's sidecar; empty when there is none. Raises `UnreadableError`."""
    if file.sidecar is None:
        return ""
    try:
        return file.sidecar.read_bytes().decode("utf-8", "backslashreplace")
    except OSError as error:
        message = f"{file.path}.toml could not be read: {error.strerror}."
        raise UnreadableError(Finding("SG106", message)) from None


def read_bytes(file: ExhibitFile) -> bytes:
    """Return a file's bytes, all of one state. Raises `UnreadableError` when there are none, or too many."""
    try:
        for _ in range(_TRIES):
            before = file.place.stat()
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableError(Finding("SG106", f"{file.path} is no ordinary file and was not read."))
            if before.st_size > LARGEST:
                message = f"{file.path} has {before.st_size / 2**20:.0f} MB; sitegen reads up to {LARGEST // 2**20} MB."
                raise UnreadableError(Finding("SG104", message))
            data = file.place.read_bytes()
            after = file.place.stat()
            if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                return data
    except OSError as error:
        raise UnreadableError(Finding("SG106", f"{file.path} could not be read: {error.strerror}.")) from None
    raise UnreadableError(Finding("SG106", f"{file.path} is being written and was not read; build again when it is."))


def list_pages(content: Path) -> list[tuple[str, bytes]]:
    """Return the site's own pages, `pages/NAME.md`, in order of name."""
    folder = content / "pages"
    names = [entry.name for entry in _entries(folder) if entry.name.endswith(".md") and not is_scratch(entry.name)]
    places = [folder / name for name in names]
    return [(shown(place, content), place.read_bytes()) for place in places if place.is_file()]


def list_notes(content: Path) -> list[tuple[str, bytes]]:
    """Return the files below `notes/`, in order of path. Raises `UsageError` for one that cannot be read."""
    try:
        found = [
            (shown(place, content), place.read_bytes()) for place in _walk(content / "notes", content, frozenset())
        ]
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be read: {error.strerror}. Mend its permissions.") from None
    return sorted(found)


def load_ledgers(content: Path) -> dict[str, Ledger]:
    """Read `permalinks/KIND.tsv`. Raises `LedgerError` when a line is none."""
    ledgers = {}
    for kind in KINDS:
        place = _ledger_file(content, kind)
        data = place.read_bytes() if place.exists() else b""
        ledgers[kind] = parse_ledger(kind, data.decode("utf-8", "backslashreplace"), shown(place, content))
    return ledgers


def ledger_hashes(content: Path) -> dict[str, str]:
    """Return the SHA-256 of each ledger's file, as of an empty one where there is none."""
    places = {kind: _ledger_file(content, kind) for kind in KINDS}
    return {kind: sha256(place.read_bytes() if place.exists() else b"") for kind, place in places.items()}


def load_ledgers_at(content: Path, revision: str) -> dict[str, Ledger]:
    """Read the ledger as it stands at a git revision. Raises `UsageError` where git knows no such revision."""
    if _git(content, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise UsageError(f"git knows no revision {revision!r} in {content}. Name a branch, tag or commit.")
    ledgers = {}
    for kind in KINDS:
        text = _git(content, "show", f"{revision}:./permalinks/{kind}.tsv") or ""
        ledgers[kind] = parse_ledger(kind, text, f"{revision}:permalinks/{kind}.tsv")
    return ledgers


def _git(folder: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603, S607 -- the user's git, fixed words
    except OSError:
        return None
    return done.stdout.decode("utf-8", "backslashreplace") if done.returncode == 0 else None


def load_decisions(content: Path) -> Decisions:
    """Read `identities.toml`. Raises `DecisionError` when an entry cannot be carried out."""
    place, text = decisions_text(content)
    return parse_decisions(text, str(place))


def append_decision(content: Path, entry: Decision) -> None:
    """Append an entry to `identities.toml`; what is there stays, byte for byte."""
    place, text = decisions_text(content)
    _append(place, appended(text, entry)[len(text) :].encode())


def decisions_text(content: Path) -> tuple[Path, str]:
    """Return the place of `identities.toml` and its text, empty when there is none. Raises `UsageError`."""
    place = content / DECISIONS_FILE
    try:
        return place, place.read_bytes().decode("utf-8") if place.exists() else ""
    except UnicodeDecodeError:
        raise UsageError(f"{place}: not UTF-8 text. Save it as UTF-8; nothing was written.") from None


def append_rows(content: Path, kind: str, rows: list[Row]) -> None:
    """Append new lines to a ledger's file, safely on disk before any page of theirs is written."""
    place = _ledger_file(content, kind)
    place.parent.mkdir(parents=True, exist_ok=True)
    _append(place, (b"\n" if _is_cut(place) else b"") + format_rows(kind, rows).encode())


def _is_cut(place: Path) -> bool:
    """Say whether a file's last line has no end."""
    if not place.exists() or not place.stat().st_size:
        return False
    with place.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


def _append(place: Path, data: bytes) -> None:
    """Append all of the bytes, safely on disk, or none: half a line would have to be mended by hand."""
    with place.open("ab", buffering=0) as file:
        before = file.tell()
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(before)
            raise


def _ledger_file(content: Path, kind: str) -> Path:
    return content / "permalinks" / f"{kind}.tsv"


def sha256(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()
