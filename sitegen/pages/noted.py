"""Findings, silenced findings and unread lines as the review shows them."""

import msgspec

from sitegen.catalogue.records import AgreementRef, LocatedFinding, SilencedFinding, UnreadPassage
from sitegen.model.findings import RULES
from sitegen.pages.evidence import Chip, range_anchor, range_label
from sitegen.pages.frame import agreement_label, agreement_link
from sitegen.pages.notes import Tag, tag_of
from sitegen.pages.prose import Prose, Run
from sitegen.pages.wording import count, shorten

_LONGEST = 600


class ReviewNote(msgspec.Struct, frozen=True):
    """A finding on a review page."""

    about: Prose
    """The agreement, or the file."""
    number: str
    """`Note 3` in the dossier; empty for a file's."""
    message: str
    chips: tuple[Chip, ...]


class NoteGroup(msgspec.Struct, frozen=True):
    """The notes of one code that stand on this page."""

    code: str
    anchor: str
    tag: Tag
    title: str
    meaning: str
    settle: str
    notes: tuple[ReviewNote, ...]


class SilencedNote(msgspec.Struct, frozen=True):
    """A finding that the settings silence."""

    code: str
    title: str
    about: Prose
    message: str
    chips: tuple[Chip, ...]
    reason: str


class UnreadLines(msgspec.Struct, frozen=True):
    """Lines of an agreement that nothing accounts for."""

    about: Prose
    chips: tuple[Chip, ...]
    words: str
    """The first of them, as printed."""
    more: str
    """`and 3 more lines`; empty when all are shown."""


def note_groups(found: tuple[LocatedFinding, ...]) -> tuple[NoteGroup, ...]:
    """Show findings by code, in the order in which they come."""
    grouped: dict[str, list[LocatedFinding]] = {}
    for one in found:
        grouped.setdefault(one.finding.code, []).append(one)
    return tuple(
        NoteGroup(
            code=code,
            anchor=code.lower(),
            tag=tag_of(ones[0].finding),
            title=RULES[code].title,
            meaning=RULES[code].meaning,
            settle=RULES[code].settle,
            notes=tuple(map(_note, ones)),
        )
        for code, ones in grouped.items()
    )


def _note(one: LocatedFinding) -> ReviewNote:
    about = _about(one.agreement, one.path)
    to = f"{about[0].to}#n{one.number}" if one.agreement else ""
    return ReviewNote(
        (msgspec.structs.replace(about[0], to=to),),
        f"Note {one.number}" if one.number else "",
        shorten(one.finding.message, _LONGEST),
        _chips(one.agreement, one.lines),
    )


def silenced_note(one: SilencedFinding) -> SilencedNote:
    """Show a silenced finding."""
    code = one.finding.code
    return SilencedNote(
        code,
        RULES[code].title,
        _about(one.agreement, one.path),
        shorten(one.finding.message, _LONGEST),
        _chips(one.agreement, one.lines),
        shorten(one.reason, _LONGEST),
    )


def unread_note(one: UnreadPassage) -> UnreadLines:
    """Show lines that were not read."""
    hidden = one.lines[1] - one.lines[0] - one.words.count("\n")
    more = f"and {count(hidden, 'more line')}" if hidden else ""
    return UnreadLines(_about(one.agreement, ""), _chips(one.agreement, one.lines), one.words, more)


def _about(ref: AgreementRef | None, path: str) -> tuple[Run]:
    return (agreement_link(ref, agreement_label(ref)) if ref else Run(path or "The settings"),)


def _chips(ref: AgreementRef | None, lines: tuple[int, int] | None) -> tuple[Chip, ...]:
    if ref is None or lines is None:
        return ()
    return (Chip(f"L{range_label(*lines)}", f"agreements/{ref.slug}/source/index.html#{range_anchor(*lines)}"),)
