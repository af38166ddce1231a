"""Markdown to HTML that cannot do harm: CommonMark with tables, footnotes and links by identity, no raw HTML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.read.linked import Target

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = ("http:", "https:", "mailto:")
_LOWEST = 6
_LINK = re.compile(r"\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]+))?\]\]")


def to_html(text: str, links: Mapping[str, Target] | None = None, root: str = "", top: int = 2) -> str:
    """Return the HTML of a Markdown text. Links are http, https, mailto or relative; others stay plain text.

    `links` says what links by identity lead to, `root` is the way to the site's root, and `top` the highest heading:
    the page's own title is its h1.
    """
    return str(_MARKDOWN.render(text, {"links": links or {}, "root": root, "top": top}))


def links_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield what the links by identity in a Markdown text name, each with its line from 1; code holds no links."""
    if "[[" not in text:
        return
    lines = text.split("\n")
    for token in _MARKDOWN.parse(text, {}):
        for child in token.children or ():
            if child.type == "identity_link":
                start = token.map[0] if token.map else 0
                holds = (at for at, line in enumerate(lines[start:], start + 1) if f"[[{child.content}" in line)
                yield child.meta["names"], next(holds, start + 1)


def _link_allowed(url: str) -> bool:
    address = "".join(url.split()).casefold()
    found = _SCHEME.match(address)
    if found:
        return found[0] in _ALLOWED
    return not address.startswith(("/", "\\"))


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = _link_allowed  # type: ignore[method-assign]
    markdown.use(footnote_plugin, inline=False)
    markdown.inline.ruler.before("link", "identity_link", _identity_link)
    markdown.core.ruler.push("page_headings", _headings)
    markdown.add_render_rule("identity_link", _render_identity_link)
    markdown.add_render_rule("footnote_block_open", _render_footnotes_open)
    markdown.add_render_rule("footnote_block_close", _render_footnotes_close)
    markdown.add_render_rule("footnote_anchor", _render_footnote_back)
    return markdown


def _identity_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's own form of a rule
    found = _LINK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("identity_link", "", 0)
        token.content = found[1]
        token.meta = {"names": " ".join(found[1].split())}
        token.info = " ".join((found[2] or "").split())
    state.pos = found.end()
    return True


def _render_identity_link(
    _self: RendererProtocol, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType
) -> str:
    token = tokens[at]
    target = env["links"].get(token.meta["names"])
    if target is None:
        return escape(f"[[{token.content}]]")
    return f'<a href="{escape(env["root"] + target.to)}">{escape(token.info or target.words)}</a>'


def _render_footnotes_open(*_: object) -> str:
    return '<ol class="footnotes">\n'


def _render_footnotes_close(*_: object) -> str:
    return "</ol>\n"


def _render_footnote_back(
    _self: RendererProtocol, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    number, again = tokens[at].meta["id"] + 1, tokens[at].meta["subId"]
    to = f"fnref{number}:{again}" if again else f"fnref{number}"
    return f' <a href="#{to}" aria-label="Back to the text of footnote {number}">↩</a>'


def _headings(state: StateCore) -> None:
    """Set headings one below the other, whatever levels their author skips, the highest where the page asks for it."""
    top = int(state.env.get("top", 2))
    above: list[str] = []
    for token in state.tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST, top + len(above) - 1)}"


_MARKDOWN = _make()
