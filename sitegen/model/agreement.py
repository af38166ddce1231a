"""Mentions: what ONE document says. Nothing here is an identity; `identity` and `catalogue` make those."""

import msgspec

from sitegen.model.findings import Finding
from sitegen.model.text import Basis, Fact, Span


class PartyMention(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A reporting person that agrees to file jointly (17 CFR 240.13d-1(k)(1))."""

    name: Fact
    """As the agreement first defines it, without ", a Delaware …"."""
    kind: str
    """`entity` or `person`."""
    aliases: tuple[Fact, ...] = ()
    """Defined terms for this party alone, other and former names; collective terms are none."""
    cik: Fact | None = None
    """Ten digits, when the exhibit, its header or its XML ties it to this party."""
    place: Fact | None = None
    """Place of organization, as printed."""


class IssuerMention(msgspec.Struct, frozen=True, omit_defaults=True):
    """The company whose securities are reported. `name.basis` says where it was read."""

    name: Fact
    cik: Fact | None = None


class DefinedTerm(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A term in quotation marks that the text defines: ("EMC"), (the "Exchange Act")."""

    term: Fact
    party: int | None = None
    """Index in `Agreement.parties` when it names one party."""


class Clause(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A numbered clause, or a paragraph of the body."""

    number: str | None
    text: Fact
    """Its words, white space folded."""
    kind: str | None = None
    """`joint-filing`, `responsibility`, `amendment`, `exhibit`, `counterparts`, `termination` or `governing-law`."""


class ChainLink(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An entity printed between a party and the human who signs."""

    name: Fact
    """As printed in the block."""
    party: int | None = None
    """Index in `Agreement.parties` that the printing resolves to."""
    capacity: Fact | None = None
    """What this entity is to the one before it, lower case, as printed in the block: `general partner`."""


class SignatureBlock(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One party, one human: who signed for whom, through whom, as what."""

    style: str
    """The reading style that recognised it, by name."""
    printed: Fact
    """The party as printed in the block."""
    span: Span
    party: int | None = None
    """Index in `Agreement.parties` that the printing resolves to."""
    chain: tuple[ChainLink, ...] = ()
    """From the party outward to the human."""
    signer: Fact | None = None
    """The human's printed name under the mark, else the name in the mark; the attorney, not the principal."""
    mark: Fact | None = None
    """The conformed signature as printed (`/s/ Jane Doe`), when there is one."""
    title: Fact | None = None
    """The signer's office, as printed."""
    title_party: int | None = None
    """Index of another party that the title names; never a link of a chain."""
    attorney: Fact | None = None
    """The words that say the signer signs as attorney-in-fact."""
    signed: Fact | None = None
    """ISO date printed in the block."""


class Edit(msgspec.Struct, frozen=True, omit_defaults=True):
    """A correction that the editor made beside the exhibit: shown as such, with its reason."""

    fact: str
    """What it corrects: `date`, `issuer`, `signer`, …"""
    value: str | None
    """What holds instead; None when the fact is suppressed."""
    reason: str
    by: str
    date: str
    """ISO date of the decision."""
    was: str | None = None
    block: int | None = None
    """Number of the signature block, from 1."""


class Agreement(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one joint filing agreement, or one structured schedule, says."""

    kind: str
    """`agreement` or `schedule`."""
    span: Span
    """Where it begins and ends in the document's text."""
    title: Fact | None = None
    """The heading as printed, lines joined."""
    exhibit: Fact | None = None
    """The exhibit number: `1`, `99.1`, `A`."""
    date: Fact | None = None
    """ISO date, full or partial (`2003-11`, `2003`)."""
    issuer: IssuerMention | None = None
    securities: Fact | None = None
    """The class of securities, as printed."""
    cusip: Fact | None = None
    schedule: Fact | None = None
    """`13D`, `13G` or `both`."""
    amendment: Fact | None = None
    """The amendment's number."""
    rules: tuple[Fact, ...] = ()
    """Rules cited, each once: `13d-1(k)(1)`."""
    parties: tuple[PartyMention, ...] = ()
    terms: tuple[DefinedTerm, ...] = ()
    clauses: tuple[Clause, ...] = ()
    blocks: tuple[SignatureBlock, ...] = ()
    read: tuple[Span, ...] = ()
    """Lines that a fact or known boilerplate accounts for; the others are `unread`."""
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    """The editor's corrections that are in this reading."""


__all__ = [
    "Agreement",
    "Basis",
    "ChainLink",
    "Clause",
    "DefinedTerm",
    "Edit",
    "Fact",
    "IssuerMention",
    "PartyMention",
    "SignatureBlock",
]
