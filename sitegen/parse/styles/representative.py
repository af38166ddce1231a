"""One signature for a company and for those it represents: `for itself and as general partner of …`."""

import re

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.parse import headers, offices, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words, joined
from sitegen.parse.signers import Page

_BOTH = re.compile(
    r"[,;]?\s+\(?(?:(?:each\s+)?(?:for|on behalf of|by and on behalf of|for and on behalf of)\s+"
    r"(?:itself|themselves|himself|herself)|individually|in its own (?:right|capacity)),?\s+and\s+"
    r"(?:in (?:its|their|his|her) capacity )?(?:(?:solely )?as|on behalf of|for)\s+(?:the\s+|an?\s+)?"
    rf"(?:(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+)?(?:each of\s*:?\s*)?",
    re.IGNORECASE,
)


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Give the company its own block, and each one it represents a block that signs through the company."""
    if not draft.heads:
        return None
    whole = joined([Words.at(piece.text, piece.start) for piece in draft.heads])
    found = _BOTH.search(whole.text)
    if found is None or found.start() == 0 or not whole.text[found.end() :].strip():
        return None
    company, others = whole.cut(0, found.start()), whole.cut(found.end())
    if not company.text:
        return None
    role = whole.cut(*found.span("role")) if found["role"] else None
    own = signers.block("representative", company, draft, page)
    links = (ChainLink(name=company.fact, capacity=signers.stated_as(role)), *own.chain)
    represented = [headers.trim(name) for name in headers.split_list(others, page.register)]
    return (own, *(signers.block("representative", name, draft, page, links) for name in represented if name.text))
