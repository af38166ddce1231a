"""One signature for all whom a list or an annex names: `Director of each of the persons listed on Annex A`."""

import re

import msgspec

from sitegen.model.agreement import SignatureBlock
from sitegen.parse import signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words, joined
from sitegen.parse.signers import Page

_LISTED = re.compile(
    r",?\s*(?:(?:of|for|on\s+behalf\s+of)\s+)?(?P<whom>(?:each|all)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+){1,4}?"
    r"(?:listed|named|set\s+forth|identified)\s+(?:on|in)\s+.{3,60})$",
    re.IGNORECASE,
)


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a draft whose words point to the list that has been read; its party is printed as they say."""
    if not page.listed or draft.steps:
        return None
    heads = [Words(piece.text, piece.start) for piece in draft.heads]
    above = _LISTED.fullmatch(joined(heads).text) if heads else None
    if above:
        return (signers.block("collective", joined(heads).cut(*above.span("whom")), draft, page, ()),)
    captions = () if heads else (*draft.titles, *draft.notes, *([draft.attorney] if draft.attorney else ()))
    for words in captions:
        found = _LISTED.search(words.text)
        if found:
            office = words.cut(0, found.start()) if words in draft.titles and words is not draft.attorney else None
            block = signers.block("collective", words.cut(*found.span("whom")), draft, page, ())
            return (msgspec.structs.replace(block, title=office.fact if office and office.text else None),)
    return None
