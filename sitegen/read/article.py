"""Pages of the site's own: front matter and Markdown."""

import re

import msgspec

from sitegen.model.findings import Finding
from sitegen.read.front_matter import front_matter
from sitegen.read.linked import Target

RESERVED = frozenset(
    {"agreements", "parties", "signers", "issuers", "graph", "search", "review", "bridges", "differences"}
    | {"data", "assets", "index", "404"}
)
"""Folders of the site that no page of its own may take."""
_KEYS = ("title", "menu", "order")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORDER = re.compile(r"-?[0-9]{1,9}")
_LONGEST_SLUG = 60
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


class Article(msgspec.Struct, frozen=True):
    """One of the site's own pages, at `/<slug>/`."""

    slug: str
    title: str
    body: str
    """Markdown, without the front matter."""
    menu: bool = True
    """Whether the footer links to it."""
    order: int = 0
    """Place in the menu: lower first, then by title."""
    above: int = 0
    """Lines of the file above the body."""
    links: dict[str, Target] = {}
    """What its links by identity lead to, by the words between the brackets."""


def read_article(path: str, data: bytes) -> tuple[Article | None, tuple[Finding, ...]]:
    """Read `content/pages/NAME.md`: its front matter (title, menu, order) between lines of `---`, then Markdown.

    A reserved or unusable name gives no page and an error; an odd setting is left out with a warning.
    """
    slug = path.rpartition("/")[2].rpartition(".")[0]
    if slug in RESERVED or not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        why = "is a folder of the site itself" if slug in RESERVED else "is no address"
        message = f"{path}: the name {slug!r} {why}, so the page was left out. Rename it, for example to about-us.md."
        return None, (Finding("SG602", message),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (Finding("SG603", f"{path}: the page is not UTF-8 text and was left out."),)
    front = front_matter(text.replace("\r\n", "\n"), _KEYS)
    settings, body = front.settings, front.body
    findings = [Finding("SG601", f"{path}, line {fault.line}: {fault.message}") for fault in front.faults]
    title = settings.get("title") or _heading(body) or slug.replace("-", " ").capitalize()
    menu, order = settings.get("menu", "true").casefold(), settings.get("order", "0")
    if menu not in _TRUE | _FALSE:
        findings.append(Finding("SG601", f"{path}: menu is {menu!r}; write true or false. Taken as true."))
    if not _ORDER.fullmatch(order):
        findings.append(Finding("SG601", f"{path}: order is {order!r}; write a whole number. Taken as 0."))
        order = "0"
    return Article(slug, title, body, menu not in _FALSE, int(order), front.above), tuple(findings)


def menu_order(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Sort pages as the menu shows them."""
    return tuple(sorted(articles, key=lambda article: (article.order, article.title, article.slug)))


def _heading(body: str) -> str:
    first = body.lstrip().partition("\n")[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""
