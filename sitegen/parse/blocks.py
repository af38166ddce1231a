"""Signature blocks of one agreement: who signed for whom, through whom, as what."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument, Span
from sitegen.parse import reconcile
from sitegen.parse.drafts import Draft
from sitegen.parse.grammar import drafts
from sitegen.parse.layout import lines
from sitegen.parse.pieces import pieces
from sitegen.parse.resolve import Register, settle
from sitegen.parse.signatures import same_human
from sitegen.parse.signers import Page, spellings, undated
from sitegen.parse.styles import STYLES
from sitegen.parse.styles.caption import names_others
from sitegen.parse.styles.oneself import says_so
from sitegen.parse.unbroken import unbroken


def _footnotes(found: Sequence[Draft]) -> dict[str, list[Draft]]:
    explained: dict[str, list[Draft]] = {}
    for draft in found:
        if draft.footnote:
            explained.setdefault(draft.footnote, []).append(draft)
    starred = [draft for draft in found if draft.stars]
    foot = _attorney_at_foot(found) if len({draft.stars for draft in starred}) == 1 and not explained else None
    if foot and foot.start > starred[-1].start:
        foot.footnote = starred[-1].stars
        explained[foot.footnote] = [foot]
    _leave_untold(starred, [draft.start for draft in _attorneys_alone(found)], explained)
    return {sign: sorted(feet, key=attrgetter("start")) for sign, feet in explained.items()}


def _attorneys_alone(found: Sequence[Draft]) -> list[Draft]:
    """Return the attorneys whose signatures neither name anybody nor bear a sign."""
    return [
        draft
        for draft in found
        if (draft.attorney and draft.mark and not draft.footnote)
        and not (draft.heads or draft.steps or draft.represents or draft.principal)
    ]


def _leave_untold(starred: Sequence[Draft], alone: Sequence[int], explained: Mapping[str, Sequence[Draft]]) -> None:
    """Leave marks untold that an attorney who signs for nobody parts from their foot: either may be their attorney."""
    feet = {sign: sorted(foot.start for foot in those) for sign, those in explained.items()}
    between = sorted(alone)
    for draft in starred:
        own = feet.get(draft.stars, [])
        foot = bisect_left(own, draft.start)
        behind = bisect_right(between, draft.start)
        if foot < len(own) and behind < len(between) and between[behind] < own[foot]:
            draft.untold = True


def _attorney_at_foot(found: Sequence[Draft]) -> Draft | None:
    """Return the one attorney whose signature names nobody: the signs are his, though he bears none."""
    alone = _attorneys_alone(found)
    if len(alone) != 1 or names_others(alone[0]):
        return None
    before = alone[0].after
    while before is not None and not (before.heads or before.steps or before.stars):
        before = before.after
    starred = before is not None and before.stars and not (before.heads or before.steps)
    return alone[0] if before is None or starred else None


def signature_drafts(document: SourceDocument, span: Span) -> list[Draft]:
    """Return the signatures of the agreement that `span` covers, whoever its parties are. Raises `TooLargeError`."""
    return drafts(document.text, pieces(unbroken(lines(document, span))))


def signature_blocks(
    document: SourceDocument, found: Sequence[Draft], parties: tuple[PartyMention, ...], *, listed: bool = False
) -> tuple[tuple[SignatureBlock, ...], tuple[Finding, ...]]:
    """Read the signatures of an agreement: one block for each party and human, in reading order.

    `parties` may be empty, where only the signatures name them: blocks then have no party, and the same drafts are
    read again once the parties are known; `reconcile` compares the two. `listed`: they stand in a list or an annex,
    and a signature may be for all in it.
    """
    page = Page(
        register=Register(parties),
        spellings=spellings(found),
        footnotes=_footnotes(found),
        dated_blocks=len({draft.lead_date.start for draft in found if draft.lead_date}) > 1 and not undated(found),
        listed=listed,
    )
    findings: list[Finding] = []
    settled = settle(_blocks(found, page, findings), page.register)
    return settled, (*findings, *(reconcile.findings(document, parties, settled) if parties else ()))


def _blocks(found: Sequence[Draft], page: Page, findings: list[Finding]) -> Iterator[SignatureBlock]:
    """Read each draft in the first style that fits it; what none reads is among the findings."""
    for draft in found:
        draft.further = False
        if draft.witness:
            continue
        read = (
            next((read for style in STYLES if (read := style(draft, page)) is not None), None)
            if draft.signed and not draft.untold
            else None
        )
        if read is None:
            findings.append(reconcile.unread(draft.start, draft.end))
        else:
            yield from read
            own = any(block.signer and same_human(block.printed.value, block.signer.value) for block in read)
            silent = names_others(draft) and all(block.style == "individual" for block in read)
            if silent or (says_so(draft) and not own):
                findings += [reconcile.passed_over(block, draft.start, draft.end) for block in read]


__all__ = ["signature_blocks", "signature_drafts"]
