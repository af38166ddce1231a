"""What does not agree inside one agreement: parties against signatures, printings against names."""

import re
from collections.abc import Iterator, Sequence

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.findings import Finding
from sitegen.model.name import NameKey, fold_key, fold_space
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse.signatures import letters

_INSTRUMENT = re.compile(
    r"powers?\s+of\s+attorney[^.]{0,400}?(?:incorporated\s+(?:herein\s+)?by\s+reference|filed\s+(?:herewith|with|as|by)|attached|"
    r"accession\s+n|exhibit\s+\w)",
    re.IGNORECASE,
)


def _sentence(text: str) -> str:
    """End a sentence with one full stop, where a name may bring its own: `Quillfeather Capital, L.P.`."""
    return text if text.endswith(".") else f"{text}."


def unread(start: int, end: int) -> Finding:
    """Say that a signature has no party that can be told."""
    return Finding(
        "SG312", "A signature stands here without a party that can be told; no block was made of it.", Span(start, end)
    )


def passed_over(block: SignatureBlock, start: int, end: int) -> Finding:
    """Say that a caption names others for whom the mark may stand, and was not understood."""
    return Finding(
        "SG312",
        f"Under the mark of {block.printed.value} the words name others for whom it may stand; "
        "no block was made of them.",
        Span(start, end),
    )


def _name(block: SignatureBlock, parties: Sequence[PartyMention]) -> str:
    return block.printed.value if block.party is None else parties[block.party].name.value


def _unsigned(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    signed = {block.party for block in blocks}
    for index, party in enumerate(parties):
        if index not in signed:
            yield Finding(
                "SG401", f"{party.name.value} is named as a party, but no signature block is its own.", party.name.span
            )


def _unlisted(blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    for block in blocks:
        if block.party is None:
            yield Finding(
                "SG402", f"{block.printed.value} signs, but is none of the parties named.", block.printed.span
            )


def _printings(blocks: Sequence[SignatureBlock]) -> Iterator[tuple[int, Fact]]:
    for block in blocks:
        if block.party is not None:
            yield block.party, block.printed
        for link in block.chain:
            if link.party is not None:
                yield link.party, link.name


def _spelled(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report each spelling beyond letter case once."""
    known = {
        (index, fold_space(fact.value).casefold())
        for index, party in enumerate(parties)
        for fact in (party.name, *party.aliases)
    }
    for index, printed in _printings(blocks):
        spelling = index, fold_space(printed.value).casefold()
        if spelling not in known:
            known.add(spelling)
            message = f"“{parties[index].name.value}” is printed “{printed.value}” on the signature page."
            yield Finding("SG403", message, printed.span)


def _titles(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    for block in blocks:
        if block.title and block.title_party is not None:
            other = parties[block.title_party].name.value
            message = _sentence(
                f"{_name(block, parties)}: the title “{block.title.value}” names another party, {other}"
            )
            yield Finding("SG404", message, block.title.span)


def _companies(blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report a company that one human signs for here, and only others there."""
    signed: dict[str, list[tuple[str, SignatureBlock, set[str]]]] = {}
    by_party: dict[tuple[str, str], set[str]] = {}
    for block in blocks:
        if block.signer is None:
            continue
        company = block.chain[-1].name.value if block.chain else block.printed.value
        party = block.chain[-1].party if block.chain else block.party
        identity = f"#{party}" if party is not None else str(fold_key(company))
        place = identity, str(fold_key(block.printed.value))
        humans = by_party.setdefault(place, set())
        humans.add(letters(block.signer.value))
        signed.setdefault(identity, []).append((company, block, humans))
    for places in signed.values():
        if set.intersection(*(humans for _, _, humans in places)):
            continue
        for company, block, humans in places:
            other = next((earlier for _, earlier, others in places if not humans & others), None)
            if other and other.signer and block.signer:
                message = _sentence(
                    f"{company} is signed for by {block.signer.value} here, "
                    f"and by {other.signer.value} in the block of {other.printed.value}"
                )
                yield Finding("SG405", message, block.signer.span)
                break


def _attorneys(document: SourceDocument, blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    signing = [block for block in blocks if block.attorney and block.signer]
    if not signing:
        return
    start, end = min(block.span.start for block in signing), len(document.text)
    if _INSTRUMENT.search(document.text, start, end):
        return
    reported: set[str] = set()
    for block in signing:
        if block.attorney and block.signer and letters(block.signer.value) not in reported:
            reported.add(letters(block.signer.value))
            message = f"{block.signer.value} signs as attorney-in-fact; the power of attorney is not in this exhibit."
            yield Finding("SG406", message, block.attorney.span)


def _strangers(blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report each entity that is no party once, with the others of the chain that first names it."""
    reported: set[NameKey] = set()
    for block in blocks:
        new = {fold_key(link.name.value): link.name for link in block.chain if link.party is None}
        names = [name for identity, name in new.items() if identity not in reported]
        reported.update(new)
        if names:
            said = " and ".join(filter(None, (", ".join(name.value for name in names[:-1]), names[-1].value)))
            message = (
                f"{block.printed.value} signs through {said}, which {'are no parties' if names[1:] else 'is no party'}."
            )
            yield Finding(
                "SG407", message, Span(min(name.span.start for name in names), max(name.span.end for name in names))
            )


def _bare(document: SourceDocument, blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    for block in blocks:
        mark, signer = block.mark, block.signer
        if mark is None or signer is None or block.title or block.attorney:
            continue
        printed = document.text[mark.span.end : block.span.end]
        if letters(signer.value) not in letters(printed) and letters(printed) == "":
            yield Finding(
                "SG311", f"{block.printed.value}: the block prints neither name nor title under the mark.", mark.span
            )


def findings(
    document: SourceDocument, parties: tuple[PartyMention, ...], blocks: tuple[SignatureBlock, ...]
) -> tuple[Finding, ...]:
    """Compare an agreement's parties with its signature blocks, in the order of the codes."""
    if not blocks:
        return ()
    return (
        *_bare(document, blocks),
        *_unsigned(parties, blocks),
        *_unlisted(blocks),
        *_spelled(parties, blocks),
        *_titles(parties, blocks),
        *_companies(blocks),
        *_attorneys(document, blocks),
        *_strangers(blocks),
    )


__all__ = ["findings", "unread"]
