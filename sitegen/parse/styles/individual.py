"""No header: a person who signs for himself, or one more officer of the party above."""

import re

import msgspec

from sitegen.model.agreement import SignatureBlock
from sitegen.model.name import fold_key
from sitegen.parse import headers, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signers import Page

_FOR_MANY = re.compile(
    r"\b(?:of|for|behalf of)\s+(?:(?:each|all)\s+(?:of\s+)?(?:the|them)\b|the\s+(?:above|below|foregoing|following|"
    r"undersigned|(?:persons|entities|parties|funds|companies|(?:reporting|filing)\s+persons|filers|group|members)\s+"
    r"(?:above|below|listed|named|set)\b))",
    re.IGNORECASE,
)
"""Words that say that a signature is not the signer's own, and for whom only by pointing elsewhere."""


_OFFICE_OF = re.compile(r"\s(?:of|for)\s+(?:the\s+)?(?=[A-Z\d])")


def opened_by(draft: Draft) -> Draft:
    """Return the draft whose header a further officer's mark stands under; kept, as the next officer asks again."""
    first = draft
    while first.after is not None and not first.heads:
        first = first.opener or first.after
    draft.opener = None if first is draft else first
    return first


def _of_another(draft: Draft, page: Page) -> bool:
    """Say whether a mark without `By:` has an office at a company, trust or plan under it that is not the one above."""
    title = signers.title(draft)
    if title is None or draft.by or (found := _OFFICE_OF.search(title.value)) is None:
        return False
    first = opened_by(draft)
    above = {fold_key(party.name.text).tokens for party in headers.parties(first.heads, page.register)}
    return fold_key(title.value[found.end() :]).tokens not in above


def is_officer(draft: Draft, page: Page) -> bool:
    """Say whether the signature is a further one of the party whose block stands right before it."""
    before = draft.after
    if before is None or not (before.heads or before.further):
        return False
    if _of_another(draft, page):
        return False
    who = signers.signer(draft, page)
    if signers.title(draft) or draft.attorney or draft.steps:
        return True
    earlier = signers.signer(before, page)
    if who and earlier and signatures.letters(who.text) == signatures.letters(earlier.text):
        return False
    known = who is not None and page.register.is_person(who.text)
    return draft.by and not known and signers.title(before) is None


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a draft without a header."""
    if draft.heads:
        return None
    if is_officer(draft, page):
        draft.further = True
        first = opened_by(draft)
        parties = headers.parties(first.heads, page.register)
        if not draft.by:  # no company that the header names is said to sign by him
            parties = [msgspec.structs.replace(party, agent=None) for party in parties]
        links = signers.chain(draft if draft.steps else first, page)
        return tuple(signers.headed("officers", party, draft, page, links) for party in parties) or None
    who = signers.printed_name(draft, page)
    if any(_FOR_MANY.search(words.text) for words in (*draft.titles, *draft.notes)):
        return None
    if who is None or not who.text or draft.steps or draft.stars or draft.attorney:
        return None
    if draft.doubtful and not page.register.is_person(who.text):
        return None
    return (signers.block("individual", who, draft, page),)
