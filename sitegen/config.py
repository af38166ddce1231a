"""Settings: `sitegen.toml`, else `[tool.sitegen]` in `pyproject.toml`; the command line wins."""

import difflib
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sitegen.model.failure import UsageError

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
        strict=bool(given.get("strict")),
        locked=bool(given.get("locked")),
        clean=bool(given.get("clean")),
    )
    _check_folders(config)
    return config


def _find(directory: Path) -> Path | None:
    own = directory / SETTINGS_FILE
    if own.is_file():
        return own
    project = directory / "pyproject.toml"
    if project.is_file() and "sitegen" in _toml(project).get("tool", {}):
        return project
    return None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check the path given with --config.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}. Mend the line named.") from None


def _settings(path: Path) -> Settings:
    table = _toml(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("sitegen", {})
    known = Settings.__struct_fields__
    for name in table:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(known)}."
            raise UsageError(f"{path}: unknown setting {name!r}; {meant}")
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}. Mend the setting named.") from None


def _base_url(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"{where}: {value!r} is no web address. Write it like https://example.github.io/dossiers/.")
    return value.rstrip("/") + "/"


def _theme(name: str, start: Path) -> Path:
    """Find a theme: a folder, then `./themes/NAME`, then the one that sitegen carries."""
    package = Path(__file__).parent
    places = [start / name, start / "themes" / name, package / "themes" / name, package.parent / "themes" / name]
    for place in places:
        if (place / "templates").is_dir():
            return place.resolve()
    raise UsageError(f"theme {name!r} not found: neither the folder {places[0]} nor {places[1]} holds templates/.")


def _check_folders(config: Config) -> None:
    if not config.content.is_dir():
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
