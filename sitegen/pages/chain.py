"""A signature block as its own staircase: the party, each "By:" line, the human who signs."""

import re

import msgspec

from sitegen.model.text import Basis, Span
from sitegen.pages.evidence import Chip, Evidence, name_link, signature_span
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.wording import date_words, quoted

_SAYS_BY = re.compile(r"\bby\s{0,9}:?\s{0,80}\Z", re.IGNORECASE)
_LOOK_BACK = 100


class Step(msgspec.Struct, frozen=True):
    """A line of the staircase."""

    by: bool
    """Whether a "By:" line leads to it."""
    name: Run
    after: str
    """The title or the role, as printed."""
    here: str
    """`this party` or `this signer` on that one's page."""
    mark: bool
    """Whether it is the conformed signature."""
    chip: Chip


class Chain(msgspec.Struct, frozen=True):
    """A signature block."""

    number: int
    anchor: str
    to: str
    """Address of the block in its dossier."""
    tag: str
    """`Unmatched block`, where the printed name is no party's."""
    steps: tuple[Step, ...]
    remarks: tuple[Prose, ...]


def chain(evidence: Evidence, index: int, here: str = "") -> Chain:
    """Show a block as printed; `here` is the page's own `section/slug`, marked and not linked."""
    block = evidence.agreement.blocks[index]
    dossier = evidence.dossier
    party = dossier.parties[block.party] if block.party is not None else None
    steps = []
    names = [
        (block.printed, party, None),
        *((link.name, dossier.chains[index][place], link.capacity) for place, link in enumerate(block.chain)),
    ]
    for place, (printed, ref, capacity) in enumerate(names):
        is_here = ref is not None and f"{ref.section}/{ref.slug}" == here
        role = f", {quoted(evidence.words(capacity.span))}" if capacity else ""
        steps.append(
            Step(
                by=place > 0,
                name=Run(printed.value, style="doc") if is_here else name_link(ref, printed.value),
                after=role,
                here="this party" if is_here else "",
                mark=False,
                chip=evidence.chip(printed.span),
            )
        )
    signature = signature_span(block)
    if signature is not None:
        steps.append(_signature(evidence, index, signature, here))
    return Chain(
        number=index + 1,
        anchor=f"b{index + 1}",
        to=evidence.block_of(index),
        tag="" if block.party is not None else "Unmatched block",
        steps=tuple(steps),
        remarks=_remarks(evidence, index),
    )


def _signature(evidence: Evidence, index: int, place: Span, here: str) -> Step:
    block = evidence.agreement.blocks[index]
    ref = evidence.dossier.signers[index]
    signed = block.mark or block.signer
    text = "Signature without a name"
    if signed:
        text = signed.value if signed.basis == Basis.EDITOR else evidence.words(signed.span)
    is_here = ref is not None and f"{ref.section}/{ref.slug}" == here
    return Step(
        by=_says_by(evidence, signed.span.start if signed else place.start),
        name=Run(text, style="doc") if is_here else name_link(ref, text),
        after=_capacity(evidence, index),
        here="this signer" if is_here else "",
        mark=True,
        chip=evidence.chip(place),
    )


def _says_by(evidence: Evidence, at: int) -> bool:
    return _SAYS_BY.search(evidence.text[max(0, at - _LOOK_BACK) : at]) is not None


def _capacity(evidence: Evidence, index: int) -> str:
    block = evidence.agreement.blocks[index]
    said = [fact.value for fact in (block.title, block.attorney) if fact]
    if block.title and block.attorney and block.attorney.value.casefold() in block.title.value.casefold():
        said.pop()
    return "".join(f", {words}" for words in said)


def _remarks(evidence: Evidence, index: int) -> tuple[Prose, ...]:
    block = evidence.agreement.blocks[index]
    remarks = []
    if signature_span(block):
        if block.signer is None:
            remarks.append(prose("The signer’s name was not read."))
    else:
        remarks.append(prose("No signature was read in this block."))
    for name, fact in (("signer", block.signer), ("title", block.title), ("date", block.signed)):
        if fact and fact.basis == Basis.EDITOR:
            remarks.append(prose(f"The {name} is the editor’s, not the exhibit’s: {quoted(fact.value)}."))
    if block.title_party is not None:
        remarks.append(prose("The title names another party: ", evidence.party(block.title_party), "."))
    if block.attorney:
        remarks.append(prose("Signed by an attorney-in-fact. The power of attorney is not in this exhibit."))
    if block.signed:
        remarks.append(prose(f"Dated {date_words(block.signed.value)} in the block."))
    return tuple(remarks)
