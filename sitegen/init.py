"""`sitegen init`: a new site that builds as it is, and publishes itself from GitHub. Nothing that exists is touched."""

import json
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sitegen import __version__
from sitegen.model.failure import UsageError

_STARTER = Path(__file__).with_name("starter")
_FILES = (
    ("sitegen.toml", "sitegen.toml"),
    ("content/pages/how-to-read.md", "how-to-read.md"),
    ("content/exhibits/.gitkeep", None),
    (".github/workflows/pages.yml", "pages.yml"),
    (".gitignore", "gitignore"),
    (".gitattributes", "gitattributes"),
)


def init(directory: Path) -> Iterator[str]:
    """Write a new site into a folder and tell, line by line, what was written, what was there, and what comes next.

    Raises UsageError when a file stands where a folder is needed, and OSError when the folder cannot be written to.
    """
    requirements = f"# What the GitHub Pages workflow builds this site with.\n{requirement()}\n".encode()
    files = {path: (_STARTER / source).read_bytes() if source else b"" for path, source in _FILES}
    for path, data in {**files, "requirements.txt": requirements}.items():
        place = directory / path
        if path == "sitegen.toml" and _is_set_in_pyproject(directory):
            yield "kept   pyproject.toml, which has the settings"
        elif _write_new(place, data):
            yield f"wrote  {place}"
        else:
            yield f"kept   {place}, which was there"
    yield from (
        "",
        f"1. Put exhibits into {directory / 'content' / 'exhibits'}: text, HTML, XML or whole submissions from EDGAR.",
        "2. Look at the site:  " + ("" if directory == Path() else f"cd {directory} && ") + "sitegen serve --open",
        "3. To publish it, push the folder to a repository on GitHub; in its Settings, under Pages, choose GitHub",
        "   Actions as the source. Every push from then on builds and publishes the site.",
    )


def requirement() -> str:
    """Say how pip gets the sitegen that is running (PEP 508): from where it was installed, else by its version."""
    origin = _origin()
    commit, address = origin.get("vcs_info", {}).get("commit_id", ""), origin.get("url", "")
    if address.startswith("file://"):
        checkout = url2pathname(urlsplit(address).path)
        published = _git(checkout, "branch", "--remotes", "--contains", "HEAD")
        commit = _git(checkout, "rev-parse", "HEAD") if published else ""
        address = _git(checkout, "config", "--get", "remote.origin.url")
    address = _public(address)
    if not address:
        return f"sitegen=={__version__}"
    return f"sitegen @ git+{address}" + (f"@{commit}" if commit else "")


def _origin() -> dict[str, Any]:
    """Read where pip says that it installed sitegen from (PEP 610); nothing when that was an index."""
    try:
        text = distribution("sitegen").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    origin: dict[str, Any] = json.loads(text) if text else {}
    return origin


def _git(checkout: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  fixed words
            ["git", "-C", checkout, *arguments],  # noqa: S607  the user's git
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _public(address: str) -> str:
    """Write a repository's address as anyone can fetch it; nothing when only this machine or this user can."""
    if address.startswith("git@") and ":" in address:
        address = "https://" + address.removeprefix("git@").replace(":", "/", 1)
    parts = urlsplit(address)
    return f"https://{parts.hostname}{parts.path}" if parts.scheme in {"https", "ssh"} and parts.hostname else ""


def _is_set_in_pyproject(directory: Path) -> bool:
    try:
        tools = tomllib.loads((directory / "pyproject.toml").read_text(encoding="utf-8")).get("tool")
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(tools, dict) and "sitegen" in tools


def _write_new(place: Path, data: bytes) -> bool:
    """Write a file unless anything, even a broken link, has its name."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(data)
    except (FileExistsError, NotADirectoryError):
        if place.parent.is_dir():
            return False
        raise UsageError(f"{place.parent} is a file; a new site needs a folder there. Move it away.") from None
    return True
