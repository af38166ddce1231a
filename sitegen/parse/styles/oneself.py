"""A human who signs for a party above his mark and for himself: `individually and as President of the foregoing`."""

import re

import msgspec

from sitegen.model.agreement import SignatureBlock
from sitegen.model.name import fold_key
from sitegen.parse import headers, name_lists, offices, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import ATTORNEY, Words
from sitegen.parse.signers import Page
from sitegen.parse.styles import caption, corporate

_SELF = (
    r"(?:individually|personally|for\s+(?:him|her)self|on\s+(?:his|her)\s+own\s+behalf"
    r"|in\s+(?:his|her)\s+individual\s+capacity)"
)
_SAYS_SO = re.compile(rf"\b{_SELF}\b", re.IGNORECASE)
_AND_AS = re.compile(
    rf"{_SELF},?\s+(?:and|&)\s+(?:also\s+)?(?:(?:in\s+(?:his|her)\s+capacity\s+)?as\s+)?(?:the\s+|an?\s+|its\s+)?",
    re.IGNORECASE,
)
_AND_ONESELF = re.compile(rf",?\s+(?:and|&)\s+(?:also\s+)?{_SELF}\W*$", re.IGNORECASE)
_OF = re.compile(r"[\s,]*\b(?:of|for|on\s+behalf\s+of)\s+(?:the\s+(?=[A-Z]))?")
_THE_ABOVE = re.compile(
    r"(?:(?:each|all|both)\s+(?:of\s+)?)?(?:the\s+|such\s+)?(?:(?:above|foregoing|preceding|aforementioned)\b"
    r"|(?:entities|parties|persons|funds|companies|partnerships|trusts)\s+(?:named\s+|listed\s+|set\s+forth\s+)?above\b)",
    re.IGNORECASE,
)


def says_so(draft: Draft) -> bool:
    """Say whether words under a mark say that the human signs for himself."""
    captions = (*draft.titles, *draft.notes, *([draft.attorney] if draft.attorney else ()))
    return any(_SAYS_SO.search(words.text) for words in captions)


def _office(words: Words) -> tuple[Words, Words] | None:
    """Cut `individually and as OFFICE of WHOM` and `OFFICE of WHOM and individually` into office and whom."""
    opening, closing = _AND_AS.match(words.text), _AND_ONESELF.search(words.text)
    if opening:
        rest = words.cut(opening.end())
    elif closing:
        rest = words.cut(0, closing.start())
    else:
        return None
    attorney = ATTORNEY.match(rest.text)
    end = attorney.end() if attorney else offices.office_end(rest.text)
    of = _OF.match(rest.text, end)
    whole = end == len(rest.text.rstrip(" .,;"))
    return (rest.cut(0, end), rest.cut(of.end() if of else end)) if end and (of or whole) else None


def _are_named(whom: Words, blocks: tuple[SignatureBlock, ...], page: Page) -> bool:
    """Say whether the words name none but those that the blocks name, or point to those above."""
    if not whom.text or _THE_ABOVE.match(whom.text):
        return True
    named = {fold_key(fact.value) for block in blocks for fact in (block.printed, *(link.name for link in block.chain))}
    return all(fold_key(headers.trim(name).text) in named for name in name_lists.split_list(whom, page.register))


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Read the block of each party above, and one of the human himself."""
    who = signers.signer(draft, page)
    if who is None or not (draft.heads or draft.steps) or not says_so(draft):
        return None
    if not draft.steps and all(signatures.same_human(head.text, who.text) for head in draft.heads):
        return caption.read(msgspec.structs.replace(draft, heads=[]), page)
    found = [cut for words in (*draft.titles, *draft.notes) if (cut := _office(words))]
    if len(found) != 1:
        return None
    office, whom = found[0]
    titles = [] if ATTORNEY.search(office.text) else [office]
    blocks = corporate.read(msgspec.structs.replace(draft, titles=titles, notes=[]), page)
    if not blocks or not _are_named(whom, blocks, page):
        return None
    own = [signatures.same_human(block.printed.value, who.text) for block in blocks]
    held = [
        msgspec.structs.replace(block, style="oneself", **({"title": None, "attorney": None} if himself else {}))
        for block, himself in zip(blocks, own, strict=True)
    ]
    if not any(own):
        block = signers.block("oneself", who, draft, page, ())
        held.append(msgspec.structs.replace(block, title=None, attorney=None))
    return tuple(held)
