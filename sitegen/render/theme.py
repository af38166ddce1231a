"""A theme: templates that turn views into pages, and static files under names that change with their content."""

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from sitegen.pages.site import Site
from sitegen.read.linked import Target
from sitegen.render.compiler import VERSION, FastCode
from sitegen.render.folder import ThemeError, ThemeFolder

_ANY_DEPTH = "404.html"
_PACKAGE = Path(__file__).parents[1]

__all__ = ["Theme", "ThemeError"]


class _FastEnvironment(jinja2.Environment):
    code_generator_class = FastCode


class Theme:
    """A theme, ready to render."""

    def __init__(self, folder: ThemeFolder, bytecode: Path | None = None) -> None:
        self._assets = folder.assets
        self._templates = folder.templates
        self._fast = self._environment(_FastEnvironment)
        if bytecode:
            self._fast.bytecode_cache = jinja2.FileSystemBytecodeCache(str(bytecode), f"__sitegen_{VERSION}_%s.cache")

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

    @cached_property
    def _plain(self) -> jinja2.Environment:
        """The templates as Jinja2 itself compiles them: slower, and where one is at fault it says which and why."""
        return self._environment(jinja2.Environment)

    def _environment(self, kind: type[jinja2.Environment]) -> jinja2.Environment:
        made = kind(
            loader=jinja2.FileSystemLoader(self._templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        made.filters["markdown"] = _markdown
        made.filters["csv"] = _csv
        made.globals["asset_path"] = self.asset_path
        return made

    def prepare(self, templates: Iterable[str]) -> None:
        """Load templates before a page waits for them; what is wrong with one, the page says that needs it."""
        for name in templates:
            with contextlib.suppress(jinja2.TemplateError, OSError):
                self._fast.get_template(name)

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
        given = {"view": view, "site": site, "root": root, "path": path}
        with contextlib.suppress(Exception):
            return _shortened(self._fast.get_template(template).render(given), root, path)
        try:
            page = self._plain.get_template(template).render(given)
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
        return _shortened(page, root, path)

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


def _shortened(page: str, root: str, path: str) -> str:
    """Link to what stands in the page's own folder without a way up: a fragment of the page then loads nothing."""
    folder = path.rpartition("/")[0]
    if not folder or path == _ANY_DEPTH:
        return page
    return page.replace(f'href="{root}{path}#', 'href="#').replace(f'href="{root}{folder}/', 'href="')


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
