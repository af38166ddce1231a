"""Settings: `sitegen.toml`, else `[tool.sitegen]` in `pyproject.toml`; the command line wins."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import msgspec

from sitegen.model.failure import UsageError
from sitegen.model.findings import RULES
from sitegen.model.silence import Silence
from sitegen.workers import cores

SETTINGS_FILE = "sitegen.toml"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a settings file may hold. Paths count from the folder that the file is in."""

    title: str = "Filing Dossiers"
    """The site's name, in the masthead and in page titles."""
    base_url: str | None = None
    """Address that the site is published at; needed for canonical addresses, OpenGraph, sitemap and `link`."""
    noindex: bool = False
    """Ask search engines to stay away."""
    content: str = "content"
    """Folder of the exhibits, pages, notes and the ledger."""
    output: str = "public"
    """Folder that the site is written to."""
    theme: str = "dossier"
    """Name or folder of the theme."""
    jobs: int | None = None
    """Processes that parse and render; as many as there are cores unless it is said."""
    silence: tuple[Silence, ...] = ()
    """Findings that the user accepts, by file and code, each with its reason."""


class Config(msgspec.Struct, frozen=True):
    """Settings with the command line's options applied; all paths absolute."""

    root: Path
    """The folder that settings count from: of the settings file, else the current one."""
    file: Path | None
    """The settings file that was read."""
    content: Path
    output: Path
    theme: Path
    title: str
    base_url: str | None
    """Ends in `/`."""
    noindex: bool
    silences: tuple[Silence, ...] = ()
    jobs: int = 1
    """Processes that parse and render, at most."""
    strict: bool = False
    locked: bool = False
    clean: bool = False

    @property
    def state(self) -> Path:
        """Folder of the catalogue: may be deleted at any time."""
        return self.root / ".sitegen"


def load(directory: Path, file: Path | None = None, **options: Any) -> Config:
    """Read the settings that hold in a folder. Options that are None or False leave the settings as they are."""
    path = file if file is not None else _find(directory)
    settings = _settings(path) if path else Settings()
    given = {name: value for name, value in options.items() if value}
    root = path.resolve().parent if path else directory.resolve()
    start = directory.resolve()
    content = start / given["content"] if "content" in given else root / settings.content
    output = start / given["output"] if "output" in given else root / settings.output
    theme = _theme(str(given["theme"]), start) if "theme" in given else _theme(settings.theme, root)
    where = "--base-url" if given.get("base_url") else f"base_url in {path}"
    config = Config(
        root=root,
        file=path,
        content=content.resolve(),
        output=output.resolve(),
        theme=theme,
        title=settings.title,
        base_url=_base_url(given.get("base_url") or settings.base_url, where),
        noindex=settings.noindex,
        silences=settings.silence,
        jobs=given.get("jobs") or settings.jobs or cores(),
        strict=bool(given.get("strict")),
        locked=bool(given.get("locked")),
        clean=bool(given.get("clean")),
    )
    _check_folders(config)
    return config


def load_silences(
    directory: Path, file: Path | None = None, content: str | None = None
) -> tuple[tuple[Silence, ...], Path]:
    """Return what the settings of a folder silence, and the content folder that it counts from, which may not exist."""
    path = file if file is not None else _find(directory)
    settings = _settings(path) if path else Settings()
    root = path.resolve().parent if path else directory.resolve()
    return settings.silence, (directory / content if content else root / settings.content).resolve()


def _find(directory: Path) -> Path | None:
    own = directory / SETTINGS_FILE
    if own.is_file():
        return own
    project = directory / "pyproject.toml"
    if project.is_file() and "sitegen" in _tools(_toml(project)):
        return project
    return None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check the path given with --config.") from None
    except (ValueError, RecursionError) as error:  # besides TOML's own: bytes, numbers too long, brackets too deep
        raise UsageError(f"{path}: not valid TOML: {error}. Mend the line named.") from None


def _tools(project: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of tools in a `pyproject.toml`; empty where there are none."""
    found = project.get("tool")
    return found if isinstance(found, dict) else {}


def _settings(path: Path) -> Settings:
    table = _toml(path)
    if path.name == "pyproject.toml":
        table = _tools(table).get("sitegen", {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: sitegen is a table of settings. Write them below a line [tool.sitegen].")
    _check_known(f"{path}: unknown setting", table, Settings.__struct_fields__, "known settings")
    _check_silences(path, table.get("silence", ()))
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}. Mend the setting named.") from None
    if settings.jobs is not None and settings.jobs < 1:
        raise UsageError(f"{path}: jobs is {settings.jobs}. Write 1 or more, or leave it out for as many as cores.")
    for folder in (settings.content, settings.output, settings.theme):
        if "\0" in folder:
            raise UsageError(f"{path}: {folder!r} names no folder. Mend the setting named.")
    return settings


def _check_known(problem: str, names: Iterable[str], known: Sequence[str], of: str) -> None:
    """Raise `UsageError` for the first name that is not known, naming the nearest that is."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"{of}: {', '.join(known)}."
            raise UsageError(f"{problem} {name!r}; {meant}")


def _check_silences(path: Path, entries: object) -> None:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        if entries:
            raise UsageError(f"{path}: silence is a list of tables. Write each entry below a line [[silence]].")
        return
    fields = Silence.__struct_fields__
    for number, entry in enumerate(entries, 1):
        where = f"{path}: entry {number} of [[silence]]:"
        _check_known(f"{where} unknown key", entry, fields, "known keys")
        for field in fields:
            if not isinstance(entry.get(field), str) or not entry[field].strip():
                raise UsageError(f"{where} {field} is missing. Each entry needs {', '.join(fields)}, as words.")
        _check_known(f"{where} no finding has the code", [entry["code"]], tuple(RULES), "codes")
        if not RULES[entry["code"]].silenceable:
            raise UsageError(f"{where} {entry['code']} cannot be silenced: {RULES[entry['code']].settle}")


def _base_url(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:  # brackets that hold no IPv6 address, letters that fold to a slash
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"{where}: {value!r} is no web address. Write it like https://example.github.io/dossiers/.")
    return value.rstrip("/") + "/"


def _theme(name: str, start: Path) -> Path:
    """Find a theme: a folder, then `./themes/NAME`, then the one that sitegen carries."""
    package = Path(__file__).parent
    places = [start / name, start / "themes" / name, package / "themes" / name, package.parent / "themes" / name]
    for place in places:
        if os.path.isdir(place / "templates"):  # noqa: PTH112 -- False, not an error, for a name too long
            return place.resolve()
    raise UsageError(f"theme {name!r} not found: neither the folder {places[0]} nor {places[1]} holds templates/.")


def _check_folders(config: Config) -> None:
    if not os.path.isdir(config.content):  # noqa: PTH112 -- False, not an error, for a name too long
        raise UsageError(
            f"no content folder at {config.content}. Make it and put exhibits into it, "
            "name another with --content DIR, or start a site with `sitegen init`."
        )
    if config.output == config.content or config.content in config.output.parents:
        raise UsageError(
            f"the output folder {config.output} lies inside the content folder. Name another with --output."
        )
    if config.output in config.content.parents:
        raise UsageError(f"the output folder {config.output} holds the content folder. Name another with --output.")
