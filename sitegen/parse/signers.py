"""What a draft says of its human and its staircase: signer, title, attorney's words, chain, date."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from operator import methodcaller

import msgspec

from sitegen.model.agreement import ChainLink, SignatureBlock
from sitegen.model.text import Fact, Span
from sitegen.parse import headers, offices, signatures
from sitegen.parse.dates import dates
from sitegen.parse.drafts import Draft
from sitegen.parse.names import ends_in_form
from sitegen.parse.resolve import Register
from sitegen.parse.signatures import ATTORNEY, Words, joined

_OF = re.compile(r"\s*(?:of|to|for)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:its|as)\s+", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Inc|Ltd|Corp|Co|Asst|Sr|Secy|Treas)\.$")
_AND_OTHERS = re.compile(
    r",?\s+and\s+(?:for\s+and\s+)?on\s+behalf\s+of\s+(?:each|all|the\s+(?:above|foregoing|following))\b.{0,300}$",
    re.IGNORECASE,
)
"""What a By: line says besides: that the entity stands for all in the header."""
_FOR_WHOM = re.compile(
    r"in[\s-]*fact\s(?:for|of)\s(?:each\sof\s)?(?P<first>[A-Z][^,;]{2,60}?)(?=,|;|\sand\b|$).*", re.IGNORECASE
)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_MOST_STOREYS = 12


class Page(msgspec.Struct, frozen=True):
    """What the styles may ask about the other signatures of the same agreement."""

    register: Register
    spellings: Mapping[str, int]
    """How often each human's name, letters alone, is printed in a mark or under one."""
    footnotes: Mapping[str, Sequence[Draft]]
    """The drafts that explain each footnote sign, in order: a mark's is the first one behind it."""
    dated_blocks: bool
    """Each block has its date above it."""
    listed: bool = False
    """The parties stand in a list or an annex, to which a signature may point."""


def spellings(drafts: Sequence[Draft]) -> Counter[str]:
    """Count the printings of humans' names: of two spellings in one block, the one used elsewhere is the name."""
    return Counter(
        signatures.letters(signatures.drop_degree(words.text))
        for draft in drafts
        for words in (draft.marked, draft.name, *(_head(draft)))
        if words
    )


def _head(draft: Draft) -> tuple[Words, ...]:
    return tuple(Words(piece.text, piece.start) for piece in draft.heads if signatures.is_human(piece.text))


def human(words: Words) -> Words:
    """Return a human's name without degrees and stars."""
    return words.cut(0, len(signatures.drop_degree(words.text)))


def signed_for(draft: Draft) -> bool:
    """Say whether the printed name and title under the mark are those of the person signed for."""
    return bool(
        draft.attorney
        and draft.principal is None
        and draft.marked
        and draft.name
        and draft.mark
        and draft.attorney.start < draft.name.start
        and not signatures.shares_word(draft.marked.text, draft.name.text)
    )


def printed_name(draft: Draft, page: Page) -> Words | None:
    """Return the human's name, degrees and all: under the mark, else in it; the attorney's, not the principal's."""
    name, marked = draft.name, draft.marked
    if draft.several or (draft.stars and marked is None):
        return None
    if marked is None or name is None or signed_for(draft):
        return marked if name is None or signed_for(draft) else name
    if signatures.letters(name.text) == signatures.letters(marked.text):
        return marked if name.text.isupper() and not marked.text.isupper() else name
    if not signatures.shares_word(name.text, marked.text):
        return name if draft.attorney or not all(map(signatures.is_human, (name.text, marked.text))) else None
    if len(signatures.letters(marked.text.split()[0])) == 1 < len(signatures.letters(name.text.split()[0])):
        return name
    elsewhere = [page.spellings[signatures.letters(signatures.drop_degree(words.text))] for words in (name, marked)]
    return marked if elsewhere[1] > 1 and elsewhere[0] < 2 else name  # noqa: PLR2004


def signer(draft: Draft, page: Page) -> Words | None:
    """Return the name of the human who signed, without degrees."""
    name = printed_name(draft, page)
    return human(name) if name else None


def title(draft: Draft) -> Fact | None:
    """Return the signer's office as printed; none for an attorney's."""
    held = draft.titles or ([draft.role] if draft.role else [])
    held = [words for words in held if not ATTORNEY.search(words.text)]
    if not held or signed_for(draft) or draft.principal_named:
        return None
    fact = joined(held).cut(0).fact
    whole = _BRACKETED.fullmatch(fact.value)
    plain = _POSSESSIVE.sub("", whole[1] if whole else fact.value).rstrip(" ,;*")
    plain = plain if _ABBREVIATED.search(plain) else plain.rstrip(".")
    return Fact(plain, fact.span) if plain else None


def _cut_name(words: Words) -> Words:
    name = headers.trim(words.cut(0))
    while name.text.endswith((" -", " –", " (")):
        name = name.cut(0, len(name.text) - 2)
    return name


def stated_as(role: Words | None) -> Fact | None:
    """Return a capacity in its one spelling."""
    return Fact(offices.capacity(role.text), Span(role.start, role.end)) if role else None


def storeys(words: Words, page: Page, below: Words | None = None) -> list[ChainLink]:
    """Read one By: line, from the party outward: `X, general partner of Y, its general partner` is Y, then X."""
    found: list[ChainLink] = []
    others = _AND_OTHERS.search(words.text)
    words = words.cut(0, others.start()) if others else words
    while words.text and len(found) < _MOST_STOREYS:
        stated = None if below else offices.stated_capacity(words.text)
        capacity = words.cut(stated.start, stated.end) if stated else below
        name = _cut_name(words.cut(stated.name_start, stated.name_end)) if stated else _cut_name(words)
        sure = stated is None or stated.sure or ends_in_form(name.text) or page.register.find(name.text) is not None
        if not sure or not name.text:
            capacity, name, stated = None, _cut_name(words), None
        if not name.text:
            break
        found.append(ChainLink(name=name.fact, capacity=stated_as(capacity)))
        below = None
        if stated is None or stated.whose is None:
            break
        opening = _OF.match(words.text, stated.whose)
        words = words.cut(opening.end() if opening else stated.whose)
        if not offices.stated_capacity(words.text):
            break
    return found[::-1]


def chain(draft: Draft, page: Page) -> tuple[ChainLink, ...]:
    """Return the entities between party and human, from the party outward."""
    return tuple(link for step in draft.steps for link in storeys(step.words, page, step.capacity))


def attorney(draft: Draft, links: tuple[ChainLink, ...] = ()) -> Fact | None:
    """Return the words that say that the signature is an attorney-in-fact's."""
    if draft.attorney:
        return draft.attorney.fact
    stated = [link.capacity for link in links if link.capacity and ATTORNEY.search(link.capacity.value)]
    return stated[0] if stated else None


def _for_others(draft: Draft, printed: Words) -> bool:
    """Say whether an attorney's words name people of the same header, and the party is a company that they do not name.

    The words may end in the middle of a name, with their line.
    """
    found = _FOR_WHOM.search(draft.attorney.text) if draft.attorney and len(draft.heads) > 1 else None
    if found is None or signatures.is_human(printed.text):
        return False
    first, said = signatures.letters(found["first"]), signatures.letters(found[0])
    people = [signatures.letters(head.text) for head in draft.heads if signatures.is_human(head.text)]
    return (
        bool(first)
        and any(map(methodcaller("startswith", first), people))
        and (signatures.letters(printed.text) not in said)
    )


def signed(draft: Draft, page: Page) -> Fact | None:
    """Return the ISO date printed in the block."""
    words = draft.date or (draft.lead_date if page.dated_blocks else None)
    found = next(dates(words.text), None) if words else None
    return Fact(found.iso, Span(words.start, words.end)) if words and found else None


def undated(drafts: Sequence[Draft]) -> list[Words]:
    """Return the dates of which nothing tells whether they are the signature's before or behind them, and the first.

    Whose they are makes no difference where all are one day.
    """
    leads = [draft.lead_date for draft in drafts if draft.lead_date]
    days = {found.iso for words in leads for found in islice(dates(words.text), 1)}
    return leads if len(days) > 1 and any(draft.between for draft in drafts) else []


def block(
    style: str, printed: Words, draft: Draft, page: Page, links: tuple[ChainLink, ...] | None = None
) -> SignatureBlock:
    """Return the block of one party and the draft's human."""
    storeys = chain(draft, page) if links is None else links
    who = signer(draft, page)
    mark = draft.mark
    start = min(printed.start, draft.start)
    return SignatureBlock(
        style=style,
        printed=printed.fact,
        span=Span(start, max(printed.end, draft.end)),
        chain=storeys,
        signer=who.fact if who and who.text else None,
        mark=mark.fact if mark and mark.text else None,
        title=title(draft),
        attorney=None if _for_others(draft, printed) else attorney(draft, storeys),
        signed=signed(draft, page),
    )


def headed(
    style: str, party: headers.Party, draft: Draft, page: Page, links: tuple[ChainLink, ...] | None = None
) -> SignatureBlock:
    """Return the block of a party whose header may itself name an entity it acts through."""
    own = storeys(party.agent, page, party.role) if party.agent else []
    return block(style, party.name, draft, page, (*own, *(chain(draft, page) if links is None else links)))


__all__ = [
    "Page",
    "attorney",
    "block",
    "chain",
    "headed",
    "human",
    "printed_name",
    "signed_for",
    "signer",
    "spellings",
    "storeys",
    "title",
    "undated",
]
