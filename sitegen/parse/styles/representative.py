"""One signature for a company and for those it represents: `for itself and as general partner of …`."""

import re

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.text import Fact, Span
from sitegen.parse import headers, offices, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words, joined
from sitegen.parse.signers import Page

_BOTH = re.compile(
    r"[,;]?\s+\(?(?:(?P<self>(?:each\s+)?(?:for|on behalf of|by and on behalf of|for and on behalf of)"
    r"\s+(?:itself|themselves|himself|herself),?\s+and|individually,?\s+and|in its own (?:right|capacity),?\s+and)\s+)(?:in (?:its|their|his|her) capacity )?"
    rf"(?P<as>(?:solely )?as|as the|on behalf of|for)\s+(?:the\s+|an?\s+)?(?:(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+)?(?:each of\s*:?\s*)?",
    re.IGNORECASE,
)


def _parts(words: Words) -> tuple[Words, Words | None, Words] | None:
    for found in _BOTH.finditer(words.text):
        if found["self"] and words.text[found.end() :].strip() and found.start() > 0:
            role = words.cut(*found.span("role")) if found["role"] else None
            return words.cut(0, found.start()), role, words.cut(found.end())
    return None


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Give the company its own block, and each one it represents a block that signs through the company."""
    if not draft.heads:
        return None
    whole = joined([Words.at(piece.text, piece.start) for piece in draft.heads])
    parts = _parts(whole)
    if parts is None:
        return None
    company, role, others = parts
    own = signers.block("representative", company, draft, page)
    capacity = role and Fact(offices.capacity(role.text), Span(role.start, role.end))
    link = ChainLink(name=company.fact, capacity=capacity)
    represented = headers.split_list(others, page.register)
    return (own, *(signers.block("representative", headers.trim(name), draft, page, (link, *own.chain)) for name in represented))
