"""Pages of the site's own: front matter and Markdown."""

import difflib
import re

import msgspec

from sitegen.model.findings import Finding

RESERVED = frozenset(
    {"agreements", "parties", "signers", "issuers", "graph", "search", "review", "data", "assets", "index", "404"}
)
"""Folders of the site that no page of its own may take."""
_KEYS = ("title", "menu", "order")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORDER = re.compile(r"-?[0-9]{1,9}")
_LONGEST_SLUG = 60
_FENCE = "---"
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
    settings, body, findings = _front_matter(path, text.replace("\r\n", "\n"))
    title = settings.get("title") or _heading(body) or slug.replace("-", " ").capitalize()
    menu, order = settings.get("menu", "true").casefold(), settings.get("order", "0")
    if menu not in _TRUE | _FALSE:
        findings.append(Finding("SG601", f"{path}: menu is {menu!r}; write true or false. Taken as true."))
    if not _ORDER.fullmatch(order):
        findings.append(Finding("SG601", f"{path}: order is {order!r}; write a whole number. Taken as 0."))
        order = "0"
    return Article(slug, title, body, menu not in _FALSE, int(order)), tuple(findings)


def menu_order(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Sort pages as the menu shows them."""
    return tuple(sorted(articles, key=lambda article: (article.order, article.title, article.slug)))


def _front_matter(path: str, text: str) -> tuple[dict[str, str], str, list[Finding]]:
    if not text.startswith(_FENCE + "\n"):
        return {}, text, []
    lines = text.split("\n")
    if _FENCE not in lines[1:]:
        message = f"{path}: the front matter has no closing line of ---, so the whole file was taken as text."
        return {}, text, [Finding("SG601", message)]
    end = lines.index(_FENCE, 1)
    settings: dict[str, str] = {}
    findings = []
    for number, line in enumerate(lines[1:end], 2):
        name, colon, value = line.partition(":")
        name = name.strip()
        if name in _KEYS and colon:
            settings[name] = value.strip().strip("\"'")
        elif line.strip():
            near = difflib.get_close_matches(name, _KEYS, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(_KEYS)}."
            findings.append(Finding("SG601", f"{path}, line {number}: unknown setting {name!r}; {meant}"))
    return settings, "\n".join(lines[end + 1 :]), findings


def _heading(body: str) -> str:
    first = body.lstrip().partition("\n")[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""
