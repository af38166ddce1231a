"""Markdown of the site's own pages and notes: CommonMark and tables, no raw HTML, links that lead nowhere odd."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = ("http:", "https:", "mailto:")
_TOP, _LOWEST = 2, 6


def to_html(text: str) -> str:
    """Return the HTML of a Markdown text. Links are http, https, mailto or relative; others stay plain text.

    The page's own title is its h1, so headings start at h2.
    """
    return str(_MARKDOWN.render(text))


def _link_allowed(url: str) -> bool:
    address = "".join(url.split()).casefold()
    found = _SCHEME.match(address)
    if found:
        return found[0] in _ALLOWED
    return not address.startswith(("/", "\\"))


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = _link_allowed  # type: ignore[method-assign]
    markdown.core.ruler.push("page_headings", _headings)
    return markdown


def _headings(state: StateCore) -> None:
    """Move all headings down so that the highest becomes h2."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    down = _TOP - min((int(token.tag[1]) for token in headings), default=_TOP)
    for token in headings:
        token.tag = f"h{min(_LOWEST, int(token.tag[1]) + down)}"


_MARKDOWN = _make()
