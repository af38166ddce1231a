"""An editor's note on a page: `content/notes/SECTION/SLUG.md`, front matter (title, author, date) and Markdown."""

import re
from datetime import date

import msgspec

from sitegen.read.front_matter import Fault, front_matter
from sitegen.read.linked import Target

SECTIONS = ("agreements", "parties", "signers", "issuers")
"""Sections whose pages take notes."""
_KEYS = ("title", "author", "date")
_PLACE = re.compile(rf"notes/({'|'.join(SECTIONS)})/([a-z0-9-]+)\.md")


class EditorNote(msgspec.Struct, frozen=True):
    """The editor's words about one page; never the exhibit's."""

    page: str
    """The page's address below the root, without slashes around it: `parties/quillfeather-lp`."""
    body: str
    """Markdown, without the front matter."""
    title: str | None = None
    author: str | None = None
    date: str | None = None
    """ISO date."""
    above: int = 0
    """Lines of the file above the body."""
    links: dict[str, Target] = {}
    """What its links by identity lead to, by the words between the brackets."""


def read_note(path: str, data: bytes) -> tuple[EditorNote | None, tuple[Fault, ...]]:
    """Read a note; what is wrong with it comes with its line. A note without words gives none."""
    place = _PLACE.fullmatch(path)
    if place is None:
        wanted = f"notes/SECTION/SLUG.md, where SECTION is one of {', '.join(SECTIONS)} and SLUG that page's address"
        return None, (Fault(1, f"a note stands in {wanted}."),)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, (Fault(1, "the note is not UTF-8 text."),)
    front = front_matter(text, _KEYS)
    faults = [*front.faults]
    day = front.settings.get("date")
    if day is not None and not _is_date(day):
        faults.append(Fault(front.lines["date"], f"date is {day!r}; write it as 2026-01-31."))
    title, author = (front.settings.get(name) or None for name in ("title", "author"))
    if not front.body.strip():
        return None, tuple(faults)
    return EditorNote(f"{place[1]}/{place[2]}", front.body, title, author, day, front.above), tuple(faults)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
