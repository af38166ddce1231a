"""A caption under the mark says for whom it stands: `individually and as attorney-in-fact for each of …`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.parse import entities, headers, name_lists, offices, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words
from sitegen.parse.signers import Page

_FOR = re.compile(
    r"attorneys?[\s-]*in[\s-]*fact\s*,?\s*(?:for|on behalf of)\b\s*(?:(?:each|all) of\s*)?:?\s*"
    r"(?:the following\s*:?\s*)?",
    re.IGNORECASE,
)
_INDIVIDUALLY = re.compile(
    r"\b(?:individually|personally|for (?:him|her)self|on (?:his|her) own behalf|in (?:his|her) individual capacity)\b",
    re.IGNORECASE,
)
_LEAD = r"(?:solely\s+)?(?:as\s+|its\s+|in (?:his|her) capacity as\s+)?(?:an?\s+|the\s+)?"
_OFFICE_OF = re.compile(
    rf"(?i:{_LEAD})(?P<office>[^,;]{{3,60}}?)"
    r"(?i:\s+(?:of|for)\s+(?:each\s+of\s+)?|,?\s+(?:for\s+and\s+)?on\s+behalf\s+of\s+|,\s+)(?:the\s+)?(?=[A-Z\d])"
)
_ROLE_OF = re.compile(
    rf"[,;]?\s+(?:as\s+|the\s+|its\s+|and\s+)*(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+(?:the\s+)?", re.IGNORECASE
)
_BEHALF = re.compile(r"(?i:(?:for\s+and\s+)?on\s+behalf\s+of:?\s+(?:each\s+of\s+)?)(?:the\s+)?(?=[A-Z\d])")
_ITS_OFFICE = re.compile(
    r",?\s+(?:as|in\s+(?:his|her)\s+capacity\s+as)\s+(?:its\s+|their\s+|the\s+|an?\s+)?(?P<office>[^,;]{3,60})\W*$"
)
_ENTITY_AS = re.compile(
    r"(?:the\s+)?(?P<agent>[A-Z].{2,120}?),?\s+(?:as|in\s+its\s+capacity\s+as)\s+(?:the\s+|an?\s+)?"
    rf"(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+(?:each\s+of\s+)?(?:the\s+)?"
)
_CLAUSE = re.compile(
    r"(?:;\s+|,?\s+and\s+|(?<=individually),?\s+|(?<=self),?\s+)(?=(?:solely\s+)?(?:as|in\s+(?:his|her)\s+capacity)\s)"
    r"|(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?=(?:on\s+behalf\s+of|individually|for\s+(?:him|her)self)\s)"
    r"|(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?=(?:the\s+)?[A-Z][^,;]{2,80},?\s+(?:as|in\s+its\s+capacity\s+as)\s+"
    rf"(?:the\s+|an?\s+)?{offices.ROLE}\s+(?:of|for|to)\s)"
)
"""Where a caption goes on to the next of those for whom the mark stands."""
_STANDS_FOR = re.compile(r"\b(?:of|for|behalf)\s+(?:each\s|all\s|the\s)*[A-Z\d]")
_POINTS = re.compile(
    r"(?:the\s+|such\s+)?(?:other\s+)?(?:(?:persons|entities|parties|individuals)\s+(?:listed|named|set|above|below)"
    r"|(?:undersigned|foregoing|following|above|reporting\s+persons|filing\s+persons)\b)",
    re.IGNORECASE,
)
"""Words that point to those who are named elsewhere."""
_TRUSTEE = re.compile(r"\btrustees?$", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:plan|estate)$", re.IGNORECASE)
_LONGEST = 1500


def _attorney(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read `X, individually and as attorney-in-fact for each of A, B and C` without a header above."""
    words = draft.attorney
    found = _FOR.search(words.text) if words else None
    who = signers.signer(draft, page)
    if words is None or found is None or who is None:
        return None
    represented = [headers.trim(name) for name in name_lists.split_list(words.cut(found.end()), page.register)]
    represented += [party.name for party in headers.listed(draft.represents, page.register)]
    if any(_POINTS.match(name.text) for name in represented):
        return None
    attorney = words.fact
    blocks = [
        msgspec.structs.replace(
            signers.block("caption", name, draft, page, ()),
            title=None,
            attorney=None if signatures.letters(name.text) == signatures.letters(who.text) else attorney,
        )
        for name in represented
        if name.text
    ]
    if any(_INDIVIDUALLY.search(note.text) for note in (words, *draft.notes)):
        own = signers.block("caption", who, draft, page, ())
        blocks.insert(0, msgspec.structs.replace(own, title=None, attorney=None))
    return tuple(blocks) or None


class _For(NamedTuple):
    """One for whom a mark stands, as its caption says."""

    name: Words
    links: tuple[ChainLink, ...] = ()
    office: Words | None = None


def _clauses(caption: Words) -> Iterator[Words]:
    start = 0
    for found in _CLAUSE.finditer(caption.text):
        yield caption.cut(start, found.start())
        start = found.end()
    yield caption.cut(start)


def _listed(words: Words, page: Page) -> list[Words] | None:
    """Return the entities that words list; None where one of them is hardly an entity's name."""
    names = [headers.trim(name) for name in name_lists.split_list(words, page.register)]
    sure = all(
        name.text
        and (entities.is_formed(name.text) or _PLAN.search(name.text) or page.register.find(name.text) is not None)
        for name in names
    )
    return names if sure else None


def _in_office(clause: Words, page: Page) -> list[_For] | None:
    """Read `as director of A, general partner of B`: from the human outward to the party."""
    opening = _OFFICE_OF.match(clause.text)
    if opening is None or offices.office_end(opening["office"]) != len(opening["office"]):
        return None
    rest, start = clause.cut(opening.end()), 0
    names: list[Words] = []
    roles: list[Words] = []
    for found in _ROLE_OF.finditer(rest.text):
        names.append(rest.cut(start, found.start()))
        roles.append(rest.cut(*found.span("role")))
        start = found.end()
    names.append(rest.cut(start))
    listed = [_listed(name, page) for name in names]
    if any(some is None or len(some) > 1 for some in listed[:-1]) or listed[-1] is None:
        return None
    # `trustee of the Ada Testperson and Ben Testperson Family Trust`: half a trust's name is no beneficiary
    if _TRUSTEE.search(opening["office"]) and any(signatures.is_human(name.text) for name in listed[-1]):
        return None
    stood: list[_For] = []
    for number in range(len(names) - 1, -1, -1):
        if number + 1 < len(names) and page.register.find(names[number].text) is None:
            continue
        links = tuple(
            ChainLink(name=names[at].fact, capacity=signers.stated_as(roles[at])) for at in range(number - 1, -1, -1)
        )
        stood += [_For(name, links, clause.cut(*opening.span("office"))) for name in listed[number] or ()]
    return stood


def _on_behalf(clause: Words, page: Page) -> list[_For] | None:
    """Read `on behalf of A as its President`, `A as investment manager of B`."""
    behalf = _BEHALF.match(clause.text)
    if behalf:
        rest = clause.cut(behalf.end())
        its = _ITS_OFFICE.search(rest.text)
        office = rest.cut(*its.span("office")) if its and offices.office_end(its["office"]) else None
        names = _listed(rest.cut(0, its.start()) if its and office else rest, page)
        return None if names is None else [_For(name, (), office) for name in names]
    entity = _ENTITY_AS.match(clause.text)
    if entity is None:
        return None
    agent, names = clause.cut(*entity.span("agent")), _listed(clause.cut(entity.end()), page)
    if names is None or not entities.is_formed(agent.text):
        return None
    link = ChainLink(name=agent.fact, capacity=signers.stated_as(clause.cut(*entity.span("role"))))
    return [_For(name, (link,)) for name in names]


def _described(caption: Words, who: Words, page: Page) -> bool:
    """Say whether `X, Director, Y Corp.` rather describes X, who is a party himself, than says that he signs for Y."""
    opening = _OFFICE_OF.match(caption.text)
    if opening is None or not opening[0].rstrip().endswith(","):
        return False
    return page.register.find(caption.text[opening.end() :]) is None and page.register.find(who.text) is not None


def _office(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read `X, individually, as director of A, general partner of B, and on behalf of C`."""
    who = signers.signer(draft, page)
    captions = [words for words in (*draft.titles, *draft.notes) if len(words.text) <= _LONGEST]
    if who is None or not captions or draft.attorney:
        return None
    own, stood, held = False, list[_For](), Words("")
    for clause in (clause for caption in captions for clause in _clauses(caption) if clause.text):
        if offices.office_end(clause.text) == len(clause.text):
            held = clause
            continue
        alone = _INDIVIDUALLY.fullmatch(clause.text)
        read = None if alone else _in_office(clause, page) or _on_behalf(clause, page)
        if not (alone or read) or _described(clause, who, page):
            return None
        own = own or alone is not None
        stood += read or ()
    if not stood:
        return None
    own_block = msgspec.structs.replace(signers.block("caption", who, draft, page, ()), title=None)
    blocks = [
        msgspec.structs.replace(
            signers.block("caption", one.name, draft, page, one.links),
            title=(one.office or held).fact if one.office or held.text else None,
        )
        for one in stood
    ]
    return (own_block, *blocks) if own else tuple(blocks)


def names_others(draft: Draft) -> bool:
    """Say whether the words under a mark without a header name others for whom it may stand."""
    if draft.heads or draft.steps:
        return False
    captions = (*draft.notes, *([draft.attorney] if draft.attorney else ()))
    said = any(_STANDS_FOR.search(words.text) for words in captions)
    return said or any(_STANDS_FOR.search(words.text) and entities.is_formed(words.text) for words in draft.titles)


def _principal(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read `/s/ X by Y, attorney-in-fact` without a header above: the party is X."""
    who, name = draft.principal, signers.signer(draft, page)
    if (
        who is None
        and draft.attorney
        and draft.marked
        and name
        and not signatures.shares_word(name.text, draft.marked.text)
    ):
        who = draft.marked
    return (msgspec.structs.replace(signers.block("caption", who, draft, page, ()), title=None),) if who else None


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read a draft whose parties stand only in the caption under its mark."""
    if draft.heads or draft.steps:
        return None
    return _attorney(draft, page) or _office(draft, page) or _principal(draft, page)
