"""A caption under the mark says for whom it stands: `individually and as attorney-in-fact for each of …`."""

import re

import msgspec

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.parse import headers, offices, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.names import is_form
from sitegen.parse.signatures import Words
from sitegen.parse.signers import Page

_FOR = re.compile(
    r"attorneys?[\s-]*in[\s-]*fact\s*,?\s*(?:for|on behalf of)\s+(?:(?:each|all) of\s*)?:?\s*"
    r"(?:the following\s*:?\s*)?",
    re.IGNORECASE,
)
_INDIVIDUALLY = re.compile(
    r"\b(?:individually|for (?:him|her)self|on (?:his|her) own behalf|in (?:his|her) individual capacity)\b",
    re.IGNORECASE,
)
_OFFICE_OF = re.compile(
    r"(?:individually,?\s+and\s+)?(?:solely\s+)?(?:as\s+|its\s+|in (?:his|her) capacity as\s+)?(?:an?\s+|the\s+)?"
    r"(?P<office>[^,;]{3,60}?)\s+of\s+(?=\S)",
    re.IGNORECASE,
)
_ROLE_OF = re.compile(
    rf"[,;]?\s+(?:as\s+|the\s+|its\s+|and\s+)*(?P<role>{offices.ROLE})\s+(?:of|for|to)\s+(?:the\s+)?", re.IGNORECASE
)


def _attorney(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read `X, individually and as attorney-in-fact for each of A, B and C` without a header above."""
    words = draft.attorney
    found = _FOR.search(words.text) if words else None
    who = signers.signer(draft, page)
    if words is None or found is None or who is None:
        return None
    represented = [headers.trim(name) for name in headers.split_list(words.cut(found.end()), page.register)]
    attorney = words.fact
    blocks = [
        msgspec.structs.replace(signers.block("caption", name, draft, page, ()), title=None, attorney=attorney)
        for name in represented
        if name.text
    ]
    if any(_INDIVIDUALLY.search(note.text) for note in (words, *draft.notes)):
        own = signers.block("caption", who, draft, page, ())
        blocks.insert(0, msgspec.structs.replace(own, title=None, attorney=None))
    return tuple(blocks) or None


def _office(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read `X, as director of A, general partner of B`: from the human outward to the party."""
    who = signers.signer(draft, page)
    caption = next((words for words in (*draft.titles, *draft.notes) if _OFFICE_OF.match(words.text)), None)
    opening = _OFFICE_OF.match(caption.text) if caption else None
    if who is None or caption is None or opening is None or not offices.office_end(opening["office"]):
        return None
    rest = caption.cut(opening.end())
    names: list[Words] = []
    roles: list[Words] = []
    start = 0
    for found in _ROLE_OF.finditer(rest.text):
        names.append(rest.cut(start, found.start()))
        roles.append(rest.cut(*found.span("role")))
        start = found.end()
    names.append(rest.cut(start))
    if not all(
        name.text and (is_form(name.text.split()[-1]) or page.register.find(name.text) is not None) for name in names
    ):
        return None
    blocks = []
    if _INDIVIDUALLY.search(caption.text[: opening.end()]):
        blocks.append(msgspec.structs.replace(signers.block("caption", who, draft, page, ()), title=None))
    office = caption.cut(*opening.span("office")).fact
    for number in range(len(names) - 1, -1, -1):
        if number + 1 < len(names) and page.register.find(names[number].text) is None:
            continue
        links = tuple(
            ChainLink(name=names[at].fact, capacity=signers.stated_as(roles[at])) for at in range(number - 1, -1, -1)
        )
        blocks.append(
            msgspec.structs.replace(signers.block("caption", names[number], draft, page, links), title=office)
        )
    return tuple(blocks)


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
