"""`manifest.json`: the SHA-256 of every source and every file of the site. Only files it names are ever deleted."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zlib import crc32

import msgspec

NAME = "manifest.json"
_MOST = 10_000
_SHARDS = 0xFF


class Manifest(msgspec.Struct, frozen=True):
    """What the site was made of and what it consists of; above 10,000 entries the lists stand in shards."""

    sources: dict[str, str]
    """SHA-256 by path below the content folder."""
    pages: dict[str, str]
    """SHA-256 by path below the output folder; the manifest itself is not in it."""
    shards: list[str]
    """Paths of further manifests of the same shape, whose entries belong to this one."""
    schema: str = "sitegen/manifest/1"


def manifest_files(sources: dict[str, str], pages: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the manifest's files, each with its path."""
    if len(sources) + len(pages) <= _MOST:
        yield NAME, _encode(Manifest(dict(sorted(sources.items())), dict(sorted(pages.items())), []))
        return
    shards: dict[str, tuple[list[str], list[str]]] = {}
    for index, paths in enumerate((sources, pages)):
        for path in sorted(paths):
            # Files of one folder stand in one shard, so that a change of a page changes few.
            digits = crc32(path.rpartition("/")[0].encode("utf-8", "backslashreplace")) & _SHARDS
            shards.setdefault(f"manifest/{digits:02x}.json", ([], []))[index].append(path)
    for name, (read, made) in sorted(shards.items()):
        yield name, _encode(Manifest({path: sources[path] for path in read}, {path: pages[path] for path in made}, []))
    yield NAME, _encode(Manifest({}, {}, sorted(shards)))


def _encode(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def own_files(output: Path) -> set[str]:
    """Return the files that a manifest on disk says are the site's own; a damaged one owns nothing."""
    main = _decode(output / NAME)
    if main is None:
        return set()
    found = {NAME, *main.pages}
    for name in main.shards:
        shard = _decode(output / name) if _is_inside(name) else None
        if shard is not None:
            found |= {name, *shard.pages}
    return {path for path in found if _is_inside(path)}


def _decode(path: Path) -> Manifest | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts
