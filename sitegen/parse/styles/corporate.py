"""The usual block: one party or several above, a staircase of By: lines, one officer's signature."""

import re

import msgspec

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.name import fold_key
from sitegen.parse import entities, headers, offices, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signatures import Words
from sitegen.parse.signers import Page

_FIDUCIARY = re.compile(
    r"\b(?:trustees?|execut(?:or|rix)|administrat(?:or|rix)|custodian|guardian|conservator|representative|nominee)\b",
    re.IGNORECASE,
)
"""Offices with which a person may himself be a party."""
_OFFICE_OF = re.compile(r"(?P<office>[^,;]{3,60}?)\s+of\s+(?:the\s+)?(?=[A-Z\d])")


def _own(parties: list[headers.Party], draft: Draft, page: Page) -> list[headers.Party]:
    """Leave out people in the header beside the one who signs: only an attorney signs for others."""
    who = signers.signer(draft, page)
    mine = [party for party in parties if who and signatures.letters(party.name.text) == signatures.letters(who.text)]
    if draft.attorney or not mine:
        return parties
    return [party for party in parties if party in mine or not signatures.is_human(party.name.text)]


def _through_office(draft: Draft, page: Page) -> tuple[Words, tuple[ChainLink, ...]] | None:
    """Read a chain told by the office alone: `Managing Member of G, LLC, its general partner`."""
    if draft.steps or draft.attorney or len(draft.titles) != 1:
        return None
    words = draft.titles[0]
    opening = _OFFICE_OF.match(words.text)
    if opening is None or offices.office_end(opening["office"]) != len(opening["office"]):
        return None
    links = signers.storeys(words.cut(opening.end()), page)
    told = links and all(link.capacity and entities.is_formed(link.name.value) for link in links)
    return (words.cut(*opening.span("office")), tuple(links)) if told else None


def _within(party: Words, links: tuple[ChainLink, ...]) -> tuple[ChainLink, ...]:
    """Leave out of a stack's chain the party itself, and what it acts for: none of them signs through itself."""
    own = fold_key(party.text)
    at = next((number for number, link in enumerate(links) if fold_key(link.name.value) == own), -1)
    return links[at + 1 :]


def _is_signer(head: str) -> bool:
    """Say whether a header's line is what stands under a mark: `Ada Testperson, President`. The page runs otherwise."""
    end = signatures.name_end(head)
    if _FIDUCIARY.search(head[end:]):
        return False
    return head[end : end + 1] == "," and signatures.is_human(head[:end]) and offices.is_office(head[end:].lstrip(" ,"))


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Repeat the signature for each party that the header stacks."""
    if signers.signer(draft, page) is None or any(_is_signer(piece.text) for piece in draft.heads):
        return None
    parties = _own(headers.parties(draft.heads, page.register), draft, page)
    style = "stacked" if len(parties) > 1 else "corporate"
    told = _through_office(draft, page)
    links = told[1] if told else signers.chain(draft, page)
    blocks = [
        signers.headed(style, party, draft, page, _within(party.name, links) if parties[1:] else links)
        for party in parties
    ]
    if told:
        blocks = [msgspec.structs.replace(block, title=told[0].fact) for block in blocks]
    return tuple(blocks) or None
