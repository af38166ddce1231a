"""Starred signatures: an attorney signs at the foot of the page for all that bear the sign."""

from bisect import bisect_left
from operator import attrgetter

import msgspec

from sitegen.model.agreement import SignatureBlock
from sitegen.model.text import Span
from sitegen.parse import headers, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signers import Page
from sitegen.parse.styles import individual


def _qualified(draft: Draft, foot: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a mark that names the attorney himself, the footnote saying only that he is one."""
    who, words = signers.signer(draft, page), signers.attorney(foot)
    parties = headers.parties(draft.heads, page.register)
    if who is None or not parties or any(signatures.same_human(party.name.text, who.text) for party in parties):
        return ()
    return tuple(
        msgspec.structs.replace(signers.headed("footnote", party, draft, page), title=None, attorney=words)
        for party in parties
    )


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a starred draft by its footnote; the footnote itself is no block."""
    if draft.footnote:
        return ()
    feet = page.footnotes.get(draft.stars, ()) if draft.stars else ()
    behind = bisect_left(feet, draft.start, key=attrgetter("start"))
    if behind == len(feet):
        return None
    foot = feet[behind]
    words = signers.attorney(foot)
    if words is None:
        return None
    who = signers.signer(foot, page)
    if who is None:
        return _qualified(draft, foot, page)
    principal = draft.name or draft.marked
    parties = headers.parties(draft.heads, page.register)
    if not parties and individual.is_officer(draft, page):
        draft.further = True
        if draft.after and draft.after.stars == draft.stars:  # the attorney has signed for the party already
            return ()
        parties = headers.parties(individual.opened_by(draft).heads, page.register)
    elif not parties and principal:
        parties = [headers.Party(signers.human(principal))]
    blocks = (signers.headed("footnote", party, draft, page) for party in parties)
    return tuple(
        msgspec.structs.replace(
            block,
            signer=who.fact,
            mark=foot.mark.fact if foot.mark else None,
            title=None,
            attorney=words,
            span=Span(block.span.start, max(block.span.end, foot.end)),
        )
        for block in blocks
    )
