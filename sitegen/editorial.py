"""The editor's own words: the site's pages and the notes on names and agreements, their links tied to what they name.

A note without a page, a link that leads nowhere or could lead to several pages stops the build: words about a real
person must not stand on the wrong page, nor point at someone else.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.catalogue.lookup import Found, Lookup
from sitegen.content import sha256
from sitegen.model.failure import UsageError
from sitegen.model.findings import Finding
from sitegen.model.text import Lines, Span
from sitegen.pages.wording import date_words
from sitegen.read.article import Article, menu_order, read_article
from sitegen.read.linked import Target
from sitegen.read.note import EditorNote, read_note

_LINES = re.compile(r"L([1-9][0-9]{0,7})(?:-L?([1-9][0-9]{0,7}))?")
_MOST = 20


class EditorialError(UsageError):
    """Notes or pages that cannot be published: the message names files, lines and cures."""


class Fault(msgspec.Struct, frozen=True):
    """A finding about one file of the editor's."""

    path: str
    """Below the content folder."""
    finding: Finding
    line: int
    text: str
    """What the file holds."""


class Editorial(msgspec.Struct, frozen=True):
    """All files of the editor's own words."""

    articles: tuple[Article, ...] = ()
    """The site's own pages, in order of menu."""
    notes: dict[str, EditorNote] = {}
    """By the address of the page that they are about."""
    digests: dict[str, str] = {}
    """SHA-256 of each file, by path."""
    findings: dict[str, tuple[Finding, ...]] = {}
    """What was left out of a page, by path."""
    faults: tuple[Fault, ...] = ()
    """What must not be published."""
    texts: dict[str, str] = {}
    """Of each file that holds a page or a note, by path."""


def read_editorial(pages: Sequence[tuple[str, bytes]], notes: Sequence[tuple[str, bytes]]) -> Editorial:
    """Read files, given by path below the content folder."""
    articles, texts, findings = [], {}, {}
    for path, data in pages:
        article, findings[path] = read_article(path, data)
        if article:
            articles.append(article)
            texts[path] = _text(data)
    about: dict[str, EditorNote] = {}
    faults = []
    for path, data in notes:
        note, problems = read_note(path, data)
        text = _text(data)
        faults += [_fault(path, "SG614", problem.line, problem.message, text) for problem in problems]
        if note:
            about[note.page] = note
            texts[path] = text
    digests = {path: sha256(data) for path, data in (*pages, *notes)}
    return Editorial(menu_order(tuple(articles)), about, digests, findings, tuple(faults), texts)


def link_editorial(db: sqlite3.Connection, editorial: Editorial) -> Editorial:
    """Tie all links to the pages of a catalogue whose names have their addresses; add what cannot be tied."""
    if not editorial.texts:
        return editorial
    written = {path: _written(editorial, path) for path in editorial.texts}
    lookup = Lookup(db)
    found = lookup.find(sorted({_place(words)[0] for links in written.values() for words, _ in links}))
    targets: dict[str, Target] = {}
    faults = [*editorial.faults, *_without_page(lookup, editorial)]
    for path, links in written.items():
        for words, line in links:
            place, lines = _place(words)
            try:
                targets[words] = _target(found[place], lines)
            except _UntiedError as error:
                said = f"[[{words}]] {error}{'' if found[place] else _nearest(lookup.near(place))}"
                faults.append(_fault(path, error.code, line, said, editorial.texts[path], words=f"[[{words}"))

    def tied(path: str) -> dict[str, Target]:
        return {words: targets[words] for words, _ in written[path] if words in targets}

    return msgspec.structs.replace(
        editorial,
        articles=tuple(msgspec.structs.replace(one, links=tied(f"pages/{one.slug}.md")) for one in editorial.articles),
        notes={
            page: msgspec.structs.replace(note, links=tied(f"notes/{page}.md"))
            for page, note in editorial.notes.items()
        },
        faults=tuple(sorted(faults, key=lambda fault: (fault.path, fault.line))),
    )


def refusal(editorial: Editorial, content: Path) -> EditorialError:
    """Return the error that says what must not be published, by file and line."""
    faults = editorial.faults
    shown = [f"{content / fault.path}:{fault.line}: {fault.finding.message}" for fault in faults[:_MOST]]
    more = [f"and {len(faults) - _MOST} more; `sitegen check` lists all."] if len(faults) > _MOST else []
    return EditorialError("\n".join([*shown, *more, "Nothing was written."]))


class _UntiedError(Exception):
    """A link that leads to no page, or to no one page."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _written(editorial: Editorial, path: str) -> list[tuple[str, int]]:
    """Return the words of all links in a file, with the lines that they stand on."""
    from sitegen.render.markdown import links_in  # noqa: PLC0415 -- most builds read no Markdown

    page = path.partition("/")[2].removesuffix(".md")
    article = next((one for one in editorial.articles if one.slug == page), None) if path.startswith("pages/") else None
    one = article or editorial.notes[page]
    return [(words, one.above + line) for words, line in links_in(one.body)]


def _place(words: str) -> tuple[str, str]:
    """Part a link into what it names and the lines that it points to."""
    place, _, lines = words.partition("#")
    return place.strip(), lines.strip()


def _target(found: Sequence[Found], lines: str) -> Target:
    if not found:
        raise _UntiedError("SG611", "names no page.")
    if len(found) > 1:
        listed = "; ".join(f"{page.ref.section}/{page.ref.slug} ({_name(page)})" for page in found)
        raise _UntiedError("SG612", f"could be any of: {listed}. Write the address of the one that is meant.")
    (page,) = found
    address = f"{page.ref.section}/{page.ref.slug}"
    if not lines:
        return Target(f"{address}/index.html", page.words or _name(page))
    if page.ref.section != "agreements":
        raise _UntiedError("SG611", f"points to lines, but {address} is no agreement.")
    asked = _LINES.fullmatch(lines)
    if asked is None:
        raise _UntiedError("SG611", f"points to {lines!r}; write a line as #L105, or lines as #L103-L111.")
    first, last = int(asked[1]), int(asked[2] or asked[1])
    if not first <= last <= page.lines:
        raise _UntiedError("SG611", f"points to a line that {address} does not have; it has {page.lines}.")
    label = f"L{first}" if first == last else f"L{first}–{last}"
    # The lines have anchors, ranges of them only where a fact stands on one.
    return Target(f"{address}/source/index.html#L{first}", f"{_name(page)}, {label}")


def _name(page: Found) -> str:
    return f"{page.ref.name}, {date_words(page.date)}" if page.ref.section == "agreements" else page.ref.name


def _without_page(lookup: Lookup, editorial: Editorial) -> Iterator[Fault]:
    answers = lookup.find(editorial.notes)
    for page, note in editorial.notes.items():
        if not answers[page]:
            section, _, slug = page.partition("/")
            said = f"there is no page {page}/ for this note.{_nearest(lookup.near(slug, section))}"
            yield _fault(f"notes/{page}.md", "SG613", 1, said, editorial.texts[f"notes/{note.page}.md"])


def _nearest(names: Sequence[str]) -> str:
    return f" Nearest: {'; '.join(names)}." if names else ""


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _fault(path: str, code: str, line: int, message: str, text: str, *, words: str = "") -> Fault:
    """Return a finding about a line, or about these words on it."""
    whole = Lines(text).span(line) if text else None
    at = text.find(words, whole.start, whole.end) if whole and words else -1
    return Fault(path, Finding(code, message, whole if at < 0 else Span(at, at + len(words))), line, text)
