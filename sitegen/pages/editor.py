"""The editor's note on a page: never the exhibit's words, and marked so."""

import msgspec

from sitegen.pages.site import Site
from sitegen.pages.wording import date_words
from sitegen.read.linked import Target


class EditorView(msgspec.Struct, frozen=True):
    """An editor's note."""

    title: str
    """Empty when it has none."""
    signed: str
    """Who wrote it and when; empty when it does not say."""
    body: str
    """Markdown."""
    links: dict[str, Target]
    """What its links by identity lead to."""


def editor(site: Site, page: str) -> EditorView | None:
    """Return the note on a page, `parties/<slug>`."""
    note = site.notes.get(page)
    if note is None:
        return None
    signed = ", ".join(filter(None, (note.author, date_words(note.date) if note.date else None)))
    return EditorView(note.title or "", signed, note.body, note.links)
