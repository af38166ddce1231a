"""Signature blocks with their names settled: who signed for whom, through whom, as what, and on which lines."""

from collections.abc import Iterable

import msgspec

from sitegen.catalogue.power import Power, power
from sitegen.catalogue.records import AgreementRef, Dossier, NameRef
from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.name import key
from sitegen.model.text import Basis, Fact, Span


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Lines of an agreement's source, 1-based and inclusive."""

    agreement: str
    """Slug of the agreement."""
    first: int
    last: int


class Named(msgspec.Struct, frozen=True):
    """A name that an agreement prints."""

    name: str
    """As the agreement first defines it where it is a party, else as printed."""
    ref: NameRef | None
    """Its page, and who on it is meant."""
    place: Place | None
    """None where the editor supplied it."""

    @property
    def identity(self) -> str:
        """Equal for two mentions that are known to be of one: an entity, or one person of a printed name."""
        if self.ref is None:
            return str(key(self.name))
        return f"{self.ref.slug}#{self.ref.person or ''}"

    @property
    def page(self) -> str:
        """Equal for two mentions that may be of one: persons of one printed name are not told apart."""
        return self.ref.slug if self.ref else str(key(self.name))


class Step(Named, frozen=True):
    """A name on a "By:" line."""

    capacity: str | None = None
    """What it is to the name before it, lower case, as printed in the block."""


class Member(msgspec.Struct, frozen=True):
    """A party in one agreement, with its signature blocks."""

    named: Named
    signed: tuple["Signing", ...]


class Signing(msgspec.Struct, frozen=True):
    """One signature block."""

    agreement: AgreementRef
    block: int
    """Index in the agreement's blocks."""
    party: Named
    listed: bool
    """Whether the block's printing resolves to a party of the agreement."""
    through: tuple[Step, ...]
    """From the party outward to the human."""
    signer: Named | None
    title: str | None
    attorney: bool
    attorney_words: str | None
    """The words that say so, as printed."""
    power: Power | None
    """Where the power of attorney stands, for an attorney-in-fact."""
    power_place: Place | None
    dated: str | None
    """The date in the block, else the agreement's."""
    place: Place
    """Mark, printed name and title; the whole block where there is none."""

    @property
    def office(self) -> Named:
        """The name that the human signs under: the last "By:" line, else the party."""
        return self.through[-1] if self.through else self.party


def signings(dossier: Dossier) -> tuple[Signing, ...]:
    """Return an agreement's signature blocks, in its order."""
    return tuple(signing(dossier, index) for index in range(len(dossier.agreement.blocks)))


def place(dossier: Dossier, span: Span) -> Place:
    """Return the lines of a span."""
    return Place(dossier.ref.slug, *dossier.lines.range(span))


def fact_place(dossier: Dossier, *facts: Fact | None) -> Place | None:
    """Return the lines from the first to the last of these facts; None where the document prints none of them."""
    spans = [fact.span for fact in facts if fact is not None and fact.basis != Basis.EDITOR]
    return place(dossier, _joint(spans)) if spans else None


def _joint(spans: Iterable[Span]) -> Span:
    first, *others = spans
    return (
        Span(min(first.start, *[s.start for s in others]), max(first.end, *[s.end for s in others]))
        if others
        else first
    )


def party_named(dossier: Dossier, index: int) -> Named:
    """Return a party where the agreement first names it."""
    fact = dossier.agreement.parties[index].name
    return Named(fact.value, dossier.parties[index], fact_place(dossier, fact))


def members(dossier: Dossier, signed: Iterable[Signing]) -> dict[str, Member]:
    """Return an agreement's parties by identity, in its order, each with its blocks among these."""
    parties: dict[str, Named] = {}
    for index in range(len(dossier.agreement.parties)):
        party = party_named(dossier, index)
        parties.setdefault(party.identity, party)
    blocks: dict[str, list[Signing]] = {}
    for each in signed:
        if each.listed:
            blocks.setdefault(each.party.identity, []).append(each)
    return {one: Member(party, tuple(blocks.get(one, ()))) for one, party in parties.items()}


def signing(dossier: Dossier, index: int) -> Signing:
    """Return one signature block."""
    block = dossier.agreement.blocks[index]
    held = power(dossier, block) if block.attorney is not None else None
    own = fact_place(dossier, block.mark, block.signer, block.title, block.attorney)
    return Signing(
        agreement=dossier.ref,
        block=index,
        party=_named(dossier, block.party, block.printed, None),
        listed=block.party is not None,
        through=tuple(_step(dossier, link, ref) for link, ref in zip(block.chain, dossier.chains[index], strict=True)),
        signer=_signer(dossier, index, block),
        title=block.title.value if block.title else None,
        attorney=block.attorney is not None,
        attorney_words=block.attorney.value if block.attorney else None,
        power=held,
        power_place=place(dossier, held.span) if held and held.span else None,
        dated=block.signed.value if block.signed else dossier.ref.date,
        place=own or place(dossier, block.span),
    )


def _signer(dossier: Dossier, index: int, block: SignatureBlock) -> Named | None:
    if block.signer is None:
        return None
    return Named(block.signer.value, dossier.signers[index], fact_place(dossier, block.signer))


def _named(dossier: Dossier, party: int | None, printed: Fact, ref: NameRef | None) -> Named:
    if party is None:
        return Named(printed.value, ref, fact_place(dossier, printed))
    return Named(dossier.agreement.parties[party].name.value, dossier.parties[party], fact_place(dossier, printed))


def _step(dossier: Dossier, link: ChainLink, ref: NameRef | None) -> Step:
    named = _named(dossier, link.party, link.name, ref)
    return Step(
        named.name,
        named.ref,
        fact_place(dossier, link.name, link.capacity),
        link.capacity.value if link.capacity else None,
    )
