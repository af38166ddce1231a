"""`manifest.json`: the SHA-256 of every source and every file of the site. Only files it names are ever deleted."""

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


def manifest_files(sources: dict[str, str], pages: dict[str, str]) -> dict[str, bytes]:
    """Return the manifest's files by path."""
    if len(sources) + len(pages) <= _MOST:
        return {NAME: _encode(Manifest(dict(sorted(sources.items())), dict(sorted(pages.items())), []))}
    shards: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for index, entries in enumerate((sources, pages)):
        for path, sha256 in sorted(entries.items()):
            # Files of one folder stand in one shard, so that a change of a page changes few.
            digits = crc32(path.rpartition("/")[0].encode()) & _SHARDS
            shards.setdefault(f"manifest/{digits:02x}.json", ({}, {}))[index][path] = sha256
    files = {name: _encode(Manifest(*parts, [])) for name, parts in sorted(shards.items())}
    return files | {NAME: _encode(Manifest({}, {}, list(files)))}


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
