"""Who acts for whom in one agreement: the steps that its blocks print, each with its role as printed."""

import msgspec

from sitegen.catalogue.records import ActingLink
from sitegen.model.text import Fact, Span
from sitegen.pages.evidence import INFERRED, SIGNED, STATED, Chip, Evidence, Kind, name_link
from sitegen.pages.prose import Prose, Run
from sitegen.pages.wording import count, quoted

FEW_CHIPS = 4
"""Places shown beside a row; the others are counted."""


class ActingRow(msgspec.Struct, frozen=True):
    """A step printed in one or more blocks."""

    through: Run
    party: Run
    role: str
    """In quotation marks; empty when the block states none."""
    rule: str
    """Where the role was read, when not in the block."""
    kind: Kind
    chips: tuple[Chip, ...]
    more: str
    blocks: Prose
    """Links to the blocks that print it."""


def acting_rows(evidence: Evidence) -> tuple[ActingRow, ...]:
    """Return the steps that the agreement's blocks print."""
    return tuple(acting_row(evidence, link) for link in evidence.dossier.acting)


def acting_row(evidence: Evidence, link: ActingLink) -> ActingRow:
    """Show one step: who signs through whom, and in which role, as printed."""
    said = role_fact(evidence, link)
    words = evidence.words(said.span) if said else ""
    chips = evidence.chips(said.span if said else None, *step_spans(evidence, link))
    shown = chips[:FEW_CHIPS]
    rule = ""
    if link.basis == "defined-term":
        rule = f"Rule: its short name {quoted(words)} joins the other’s name with the role."
    return ActingRow(
        through=named(evidence, link.through),
        party=named(evidence, link.party),
        role=quoted(words if link.basis == "stated" else link.role) if link.role else "",
        rule=rule,
        kind={"stated": STATED, "defined-term": INFERRED}.get(link.basis, SIGNED),
        chips=shown,
        more=more(len(chips) - len(shown)),
        blocks=tuple(Run(str(index + 1), to=evidence.block_of(index)) for index in link.blocks),
    )


def role_fact(evidence: Evidence, link: ActingLink) -> Fact | None:
    """Return the printed words of a role: in the block, or as a short name that ends in it."""
    said = evidence.agreement
    if link.basis == "stated":
        steps = [step for index in link.blocks for step in said.blocks[index].chain if step.capacity]
        facts = [step.capacity for step in steps if canonical(evidence, step.party, step.name) == link.through]
        return next((fact for fact in facts if fact and fact.value == link.role), None)
    if link.basis == "defined-term":
        aliases = [alias for party in said.parties if party.name.value == link.through for alias in party.aliases]
        inside = [alias for alias in aliases if link.span.start <= alias.span.start < link.span.end]
        return inside[-1] if inside else None
    return None


def step_spans(evidence: Evidence, link: ActingLink) -> tuple[Span, ...]:
    """Return the places of the "By:" lines that print a step."""
    spans = []
    for index in link.blocks:
        block = evidence.agreement.blocks[index]
        through = [step for step in block.chain if canonical(evidence, step.party, step.name) == link.through]
        spans += [step.name.span for step in through[:1]]
    return tuple(spans)


def canonical(evidence: Evidence, party: int | None, printed: Fact) -> str:
    """Return the name as the agreement first defines it where it is a party, else as printed."""
    return evidence.agreement.parties[party].name.value if party is not None else printed.value


def named(evidence: Evidence, name: str) -> Run:
    """Link a name of the agreement to its party page; plain words when it is no party."""
    for party, ref in zip(evidence.agreement.parties, evidence.dossier.parties, strict=True):
        if party.name.value == name:
            return name_link(ref, name)
    return Run(name, style="doc")


def more(hidden: int) -> str:
    """Say how many places are not shown."""
    return f"and {count(hidden, 'more place')}" if hidden > 0 else ""
