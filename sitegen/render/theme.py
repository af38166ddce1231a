"""A theme: templates that turn views into pages, and static files under names that change with their content."""

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from sitegen.pages.site import Site
from sitegen.read.linked import Target
from sitegen.render.folder import ThemeError, ThemeFolder

_ANY_DEPTH = "404.html"
_PACKAGE = Path(__file__).parents[1]

__all__ = ["Theme", "ThemeError"]


class Theme:
    """A theme, ready to render."""

    def __init__(self, folder: ThemeFolder, bytecode: Path | None = None) -> None:
        self._assets = folder.assets
        self._templates = folder.templates
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder.templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(bytecode)) if bytecode else None,
        )
        self._environment.filters["markdown"] = _markdown
        self._environment.filters["csv"] = _csv
        self._environment.globals["asset_path"] = self.asset_path

    @classmethod
    def load(cls, directory: Path, state: Path | None = None) -> "Theme":
        """Read a theme. Compiled templates are kept beside it, as Python keeps its own, else below the folder `state`.

        Raises `ThemeError` when the folder is no theme.
        """
        return cls.of(ThemeFolder(directory), state)

    @classmethod
    def of(cls, folder: ThemeFolder, state: Path | None = None) -> "Theme":
        """Make a theme's folder ready to render."""
        return cls(folder, _bytecode(folder.templates, state))

    def asset_path(self, name: str) -> str:
        """Return a static file's address below the site's root."""
        try:
            return self._assets[name].path
        except KeyError:
            raise ThemeError(f"the theme has no static file {name!r}, which a template asks for.") from None

    def render(self, template: str, view: msgspec.Struct, site: Site, path: str) -> str:
        """Return the page that a template makes of a view, to stand at `path` below the site's root.

        `root` is the way from there to the site's root; the page for unknown addresses is served at any depth, so its
        way starts from the site's base path. Raises `ThemeError` naming the template's file and line.
        """
        root = site.base_path if path == _ANY_DEPTH else "../" * path.count("/")
        try:
            page = self._environment.get_template(template).render(view=view, site=site, root=root, path=path)
        except jinja2.TemplateNotFound as error:
            raise ThemeError(
                f"{self._place(error) or self._templates}: the theme has no template {error.name!r}, needed for {path}."
            ) from error
        except Exception as error:
            place = self._place(error)
            if place is None:
                raise
            named = isinstance(error, jinja2.TemplateError | ThemeError)
            what = (str(error) if named else f"{type(error).__name__}: {error}").removesuffix(".")
            raise ThemeError(f"{place}: {what}. Page {path} cannot be made; mend the template.") from error
        # What stands in the page's own folder needs no way up: shorter, and a fragment of the page loads nothing.
        folder = path.rpartition("/")[0]
        if not folder or path == _ANY_DEPTH:
            return page
        return page.replace(f'href="{root}{path}#', 'href="#').replace(f'href="{root}{folder}/', 'href="')

    def _place(self, error: Exception) -> str | None:
        """Return the file and line of a template that an error comes from; None when it is a defect of sitegen."""
        import traceback  # noqa: PLC0415 -- only a template that fails needs it

        if isinstance(error, jinja2.TemplateSyntaxError):
            return f"{error.filename or error.name}:{error.lineno}"
        place = None
        for frame in traceback.extract_tb(error.__traceback__):
            file = Path(frame.filename)
            if self._templates in file.parents:
                place = f"{file}:{frame.lineno}"
            elif _PACKAGE in file.parents and not isinstance(error, ThemeError):
                place = None
        return place


def _bytecode(templates: Path, state: Path | None) -> Path | None:
    """Return a folder for compiled templates that can be written to; None when there is none."""
    for folder in (templates / "__pycache__", *([state / "templates"] if state else [])):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
    return None


def _csv(rows: Iterable[Iterable[str]]) -> Any:
    """Write comma-separated values (RFC 4180): no HTML, so nothing of it is escaped."""
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return Markup(lines.getvalue())  # noqa: S704 -- a data file, which no browser renders


def _markdown(text: str, links: Mapping[str, Target], root: str, top: int = 2) -> Any:
    from sitegen.render.markdown import to_html  # noqa: PLC0415 -- most builds render no Markdown

    return Markup(to_html(text, links, root, top))  # noqa: S704 -- raw HTML is off and links are checked there
