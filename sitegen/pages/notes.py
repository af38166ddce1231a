"""Review notes: findings as a reader meets them."""

import msgspec

from sitegen.model.findings import RULES, Finding
from sitegen.model.text import Span
from sitegen.pages.evidence import Chip, Evidence
from sitegen.pages.prose import Prose


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
    ordered = sorted(evidence.dossier.findings, key=lambda finding: tag_of(finding) is INFORMATION)
    return tuple(_note(evidence, number, finding) for number, finding in enumerate(ordered, 1))


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
        concerns=tuple(evidence.party(index) for index in parties_at(evidence, finding.span)),
    )


def parties_at(evidence: Evidence, span: Span | None) -> tuple[int, ...]:
    """Return the parties whose mention or block holds a place; none for a place that holds many of them."""
    if span is None:
        return ()
    said = evidence.agreement
    found = {index for index, party in enumerate(said.parties) if _touch(party.name.span, span)}
    found |= {block.party for block in said.blocks if block.party is not None and _touch(block.span, span)}
    return tuple(sorted(found)) if len(found) <= _FEW else ()


def notes_about(evidence: Evidence, parties: frozenset[int], blocks: frozenset[int]) -> tuple[Note, ...]:
    """Return the notes whose lines lie in these parties' mentions or these blocks."""
    said = evidence.agreement
    places = [said.parties[index].name.span for index in parties] + [said.blocks[index].span for index in blocks]
    spans = {finding.span for finding in evidence.dossier.findings if finding.span}
    near = {span for span in spans if any(_touch(span, place) for place in places)}
    chips = {evidence.chip(span) for span in near if len(parties_at(evidence, span))}
    return tuple(note for note in notes(evidence) if chips.intersection(note.chips))


_FEW = 6


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
