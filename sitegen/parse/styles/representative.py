"""One signature for a company and for those it represents: `for itself and as general partner of …`."""

import re

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.name import fold_key
from sitegen.parse import headers, name_lists, offices, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words, joined
from sitegen.parse.signers import Page

_BOTH = re.compile(
    r"[,;]?\s+\(?(?:(?:each\s+)?(?:for|on behalf of|by and on behalf of|for and on behalf of)\s+"
    r"(?:itself|themselves|himself|herself)|on (?:its|their) own behalf"
    r"|individually|in its own (?:right|capacity)),?\s+and\s+"
    r"(?:in (?:its|their|his|her) capacity )?(?:(?:solely )?as|on behalf of|for)\s+(?:the\s+|an?\s+)?"
    rf"(?:(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+)?(?:each of\s*:?\s*)?",
    re.IGNORECASE,
)


_AS_ITS = re.compile(
    rf",?\s+(?:in (?:its|their) capacity )?as\s+(?:(?:its|their|the|an?)\s+)?(?P<role>{offices.ROLE})\W*$",
    re.IGNORECASE,
)


def _through(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a By: line that says so: the company in the header signs with no chain, the others through it."""
    stair = draft.steps[0].words
    found = _BOTH.search(stair.text)
    if found is None or found.start() == 0:
        return None
    company = stair.cut(0, found.start())
    role = stair.cut(*found.span("role")) if found["role"] else draft.steps[0].capacity
    inner = tuple(link for step in draft.steps[1:] for link in signers.storeys(step.words, page, step.capacity))
    links = (ChainLink(name=company.fact, capacity=signers.stated_as(role)), *inner)
    listed = headers.parties(draft.heads, page.register)
    known = {fold_key(party.name.text) for party in listed} | {fold_key(company.text)}
    others = [headers.trim(name) for name in name_lists.split_list(stair.cut(found.end()), page.register)]
    names = [party.name for party in listed] or [company]
    names += [name for name in others if name.text and fold_key(name.text) not in known]
    return tuple(
        signers.block(
            "representative", name, draft, page, inner if fold_key(name.text) == fold_key(company.text) else links
        )
        for name in names
    )


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Give the company its own block, and each one it represents a block that signs through the company."""
    if draft.steps:
        return _through(draft, page)
    if not draft.heads:
        return None
    whole = joined([Words(piece.text, piece.start) for piece in draft.heads])
    found = _BOTH.search(whole.text)
    if found is None or found.start() == 0 or not whole.text[found.end() :].strip():
        return None
    company, others = whole.cut(0, found.start()), whole.cut(found.end())
    if not company.text:
        return None
    role = whole.cut(*found.span("role")) if found["role"] else None
    behind = _AS_ITS.search(others.text)
    if role is None and behind:
        others, role = others.cut(0, behind.start()), others.cut(*behind.span("role"))
    own = signers.block("representative", company, draft, page)
    links = (ChainLink(name=company.fact, capacity=signers.stated_as(role)), *own.chain)
    represented = [headers.trim(name) for name in name_lists.split_list(others, page.register)]
    return (own, *(signers.block("representative", name, draft, page, links) for name in represented if name.text))
