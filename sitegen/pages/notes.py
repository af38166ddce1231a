"""Review notes: findings as a reader meets them."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from sitegen.model.findings import RULES, Finding
from sitegen.model.text import Span
from sitegen.pages.evidence import Chip, Evidence
from sitegen.pages.prose import Prose

_FEW = 6


class Tag(msgspec.Struct, frozen=True):
    """How weighty a note is."""

    key: str
    word: str
    meaning: str


CHECK = Tag("chk", "Check", "A person should look. The answer could change a fact on these pages.")
INFORMATION = Tag("inf", "For information", "Worth knowing. It changes nothing on these pages.")


class Note(msgspec.Struct, frozen=True):
    """One finding."""

    number: int
    """Its number in the agreement's dossier."""
    anchor: str
    to: str
    """Its address in the dossier."""
    code: str
    tag: Tag
    title: str
    message: str
    settle: str
    """How to settle it; empty when nothing is to be done."""
    chips: tuple[Chip, ...]
    concerns: Prose
    """The parties whose lines it is about."""


def tag_of(finding: Finding) -> Tag:
    """Return what a finding's severity is called to readers."""
    return INFORMATION if finding.severity == "note" else CHECK


def notes(evidence: Evidence) -> tuple[Note, ...]:
    """Return a dossier's notes: those to check first, then by place."""
    return tuple(_note(evidence, number, finding) for number, finding in _numbered(evidence))


def _numbered(evidence: Evidence) -> Iterator[tuple[int, Finding]]:
    return enumerate(sorted(evidence.dossier.findings, key=lambda finding: tag_of(finding) is INFORMATION), 1)


def _note(evidence: Evidence, number: int, finding: Finding) -> Note:
    rule = RULES[finding.code]
    return Note(
        number=number,
        anchor=f"n{number}",
        to=f"{evidence.root}index.html#n{number}",
        code=finding.code,
        tag=tag_of(finding),
        title=rule.title,
        message=finding.message,
        settle=rule.settle,
        chips=evidence.chips(finding.span),
        concerns=_concerned(evidence, finding),
    )


def _concerned(evidence: Evidence, finding: Finding) -> Prose:
    """Return the parties that a finding names, or in whose block its place lies."""
    said = evidence.agreement
    found = {index for index, party in enumerate(said.parties) if party.name.value in finding.message}
    found |= {block.party for block in said.blocks if block.party is not None and _touch(block.span, finding.span)}
    return tuple(evidence.party(index) for index in sorted(found)) if len(found) <= _FEW else ()


def notes_about(evidence: Evidence, names: Iterable[str], blocks: Collection[int]) -> tuple[Note, ...]:
    """Return the notes that print one of these names, or whose place lies in one of these blocks."""
    known = tuple(names)
    places = [evidence.agreement.blocks[index].span for index in blocks]
    return tuple(
        _note(evidence, number, finding)
        for number, finding in _numbered(evidence)
        if any(name in finding.message for name in known) or any(_touch(place, finding.span) for place in places)
    )


def _touch(place: Span, other: Span | None) -> bool:
    return other is not None and place.start < other.end and other.start < place.end
