"""What does not agree inside one agreement: parties against signatures, printings against names."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

import msgspec

from sitegen.model.agreement import Agreement, ChainLink, PartyMention, SignatureBlock
from sitegen.model.findings import Finding
from sitegen.model.name import NameKey, fold_key, fold_space
from sitegen.model.roles import defined_role, exclude, unfit
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse.signatures import letters

_FEW = 12
_GRANT = re.compile(r"\b(?:constitut|appoint|designat)(?:es?|ed|ing)\b[^.]{0,200}?\battorneys?\b", re.IGNORECASE)
_INSTRUMENT = re.compile(
    r"(?-i:[Pp])owers?\s+of\s+attorney[^.]{0,400}?(?:incorporated\s+(?:herein\s+)?by\s+reference|filed\s+(?:herewith|with|as|by)|attached|"
    r"accession\s+n|exhibit\s+\w)",
    re.IGNORECASE,
)


def sentence(text: str) -> str:
    """End a sentence with one full stop, where a name may bring its own: `Quillfeather Capital, L.P.`."""
    return text if text.endswith(".") else f"{text}."


def _listed(items: Sequence[str]) -> str:
    """Join items as a list in a sentence, the first few of many."""
    shown, more = items[:_FEW], len(items) - _FEW
    ends = [*shown, f"{more} more"] if more > 0 else shown
    return " and ".join(filter(None, ("; ".join(ends[:-1]), ends[-1])))


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


def _spelling(name: str) -> str:
    """Return a name as it is spelled, letter case and an article before it aside."""
    return fold_space(name).casefold().removeprefix("the ")


def _spelled(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report each spelling beyond letter case once; those that differ in punctuation alone together."""
    known = {
        (index, _spelling(fact.value)) for index, party in enumerate(parties) for fact in (party.name, *party.aliases)
    }
    punctuated: list[tuple[str, Fact]] = []
    for index, printed in _printings(blocks):
        name, spelling = parties[index].name.value, (index, _spelling(printed.value))
        if spelling in known:
            continue
        known.add(spelling)
        if letters(printed.value) == letters(name):
            punctuated.append((name, printed))
        else:
            yield Finding("SG403", f"“{name}” is printed “{printed.value}” on the signature page.", printed.span)
    if punctuated:
        said = _listed([f"“{name}” is printed “{printed.value}”" for name, printed in punctuated])
        yield Finding("SG403", f"On the signature page, {said}.", punctuated[0][1].span)


def _titles(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    for block in blocks:
        if block.title and block.title_party is not None:
            other = parties[block.title_party].name.value
            message = sentence(f"{_name(block, parties)}: the title “{block.title.value}” names another party, {other}")
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
                message = sentence(
                    f"{company} is signed for by {block.signer.value} here, "
                    f"and by {other.signer.value} in the block of {other.printed.value}"
                )
                yield Finding("SG405", message, block.signer.span)
                break


@lru_cache(maxsize=1)
def _powers(text: str, start: int) -> tuple[int, bool]:
    """Return where the last power of attorney stands that is here or filed, -1 without one; and whether one is granted.

    Kept for the document's next agreement: the text is searched once, however many agreements it holds.
    """
    last = -1
    while found := _INSTRUMENT.search(text, last + 1):
        last = found.start()
    return last, _GRANT.search(text, start) is not None


def _attorneys(document: SourceDocument, blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    signing = [block for block in blocks if block.attorney and block.signer]
    if not signing:
        return
    last, granted = _powers(document.text, document.body.start)
    if granted or last >= min(block.span.start for block in signing):
        return
    reported: set[str] = set()
    for block in signing:
        if block.attorney and block.signer and letters(block.signer.value) not in reported:
            reported.add(letters(block.signer.value))
            message = f"{block.signer.value} signs as attorney-in-fact; the power of attorney is not in this exhibit."
            yield Finding("SG406", message, block.attorney.span)


class Grants:
    """The documents of a filing that grant a power of attorney: looked for once, when an agreement first asks."""

    def __init__(self, documents: Sequence[SourceDocument]) -> None:
        """Take a filing's documents."""
        self._documents = documents

    @cached_property
    def _granting(self) -> list[tuple[SourceDocument, str]]:
        return [(one, fold_space(one.text).casefold()) for one in self._documents if _GRANT.search(one.text)]

    def beside(self, document: SourceDocument) -> list[str]:
        """Return the text, folded, of the other documents that grant one."""
        return [text for one, text in self._granting if one is not document]


def without_found_powers(agreement: Agreement, document: SourceDocument, grants: Grants) -> Agreement:
    """Take back what is said of a missing power of attorney where another document of the filing grants it."""
    if not any(finding.code == "SG406" for finding in agreement.findings):
        return agreement
    granting = grants.beside(document)
    held = {
        block.attorney.span
        for block in agreement.blocks
        if block.attorney and block.signer and any(block.signer.value.casefold() in text for text in granting)
    }
    kept = tuple(found for found in agreement.findings if found.code != "SG406" or found.span not in held)
    return msgspec.structs.replace(agreement, findings=kept)


def without_unasked(agreement: Agreement) -> Agreement:
    """Take back what is said of entities that did not join, where a Schedule 13G is filed.

    Only a Schedule 13D asks for those who stand behind a filer, in its General Instruction C.
    """
    if agreement.schedule is None or agreement.schedule.value != "13G":
        return agreement
    kept = tuple(found for found in agreement.findings if found.code != "SG407")
    return msgspec.structs.replace(agreement, findings=kept)


def _strangers(blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report the entities that are no parties together, each with the party that first signs through it."""
    found: dict[NameKey, tuple[Fact, str]] = {}
    for block in blocks:
        for link in block.chain:
            if link.party is None:
                found.setdefault(fold_key(link.name.value), (link.name, block.printed.value))
    if found:
        first, *others = found.values()
        said = _listed([f"{name.value} (for {party})" for name, party in (first, *others)])
        message = f"Blocks are signed through {said}, which {'are no parties' if others else 'is no party'}."
        yield Finding("SG407", message, first[0].span)


def _capacities(parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]) -> Iterator[Finding]:
    """Report each step once whose capacity contradicts another block's, a defined term's, or the legal form."""
    stated: dict[tuple[str, str], Fact] = {}
    reported: set[tuple[str, str]] = set()
    for name, through, principal, link in _steps(parties, blocks):
        said, step = link.capacity, (letters(name), letters(through))
        if said is None or step in reported:
            continue
        earlier = stated.setdefault(step, said)
        term = defined_role(principal, parties[link.party]) if principal and link.party is not None else None
        other = ""
        if exclude(said.value, earlier.value):
            other = f"and “{earlier.value}” in another block"
        elif term and exclude(said.value, term[0]):
            other = f"and by its defined term “{term[1].value}”"
        elif unfit(said.value, name):
            other = "which a company of that legal form does not have"
        if other:
            reported.add(step)
            message = sentence(f"{through} signs for {name} as its “{said.value}”, {other}")
            yield Finding("SG411", message, said.span)


def _steps(
    parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]
) -> Iterator[tuple[str, str, PartyMention | None, ChainLink]]:
    """Yield each printed step: who is signed for, through whom, the party signed for, and the link."""
    for block in blocks:
        party, name = block.party, _name(block, parties)
        for link in block.chain:
            through = link.name.value if link.party is None else parties[link.party].name.value
            yield name, through, None if party is None else parties[party], link
            party, name = link.party, through


def _bare(
    document: SourceDocument, parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock]
) -> Iterator[Finding]:
    """Report a mark for an entity with nobody's name under it; a person's own name stands above the mark."""
    for block in blocks:
        mark, signer = block.mark, block.signer
        person = block.party is not None and parties[block.party].kind == "person" and not block.chain
        if mark is None or signer is None or block.title or block.attorney or person:
            continue
        if letters(document.text[mark.span.end : block.span.end]) == "":
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
        *_bare(document, parties, blocks),
        *_unsigned(parties, blocks),
        *_unlisted(blocks),
        *_spelled(parties, blocks),
        *_titles(parties, blocks),
        *_companies(blocks),
        *_attorneys(document, blocks),
        *_strangers(blocks),
        *_capacities(parties, blocks),
    )
