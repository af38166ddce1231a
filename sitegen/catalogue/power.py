"""Where an attorney-in-fact's power of attorney stands: never what it allows, nor whether it holds."""

import re

import msgspec

from sitegen.catalogue.records import Dossier
from sitegen.model.agreement import SignatureBlock
from sitegen.model.text import Span

STATED, REFERRED, ABSENT = "stated", "referred to", "not in this exhibit"

_HEADING = re.compile(
    r"^[ \t]{0,80}(?:limited[ \t]+|special[ \t]+|general[ \t]+)?powers?[ \t]+of[ \t]+attorney[ \t.:]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_APPOINTS = re.compile(r"\bappoint", re.IGNORECASE)
_MENTION = re.compile(r"\bpowers?\s+of\s+attorney\b", re.IGNORECASE)
_LONGEST = 8_000
"""Characters of an instrument that are looked at."""


class Power(msgspec.Struct, frozen=True):
    """What an exhibit shows of a power of attorney."""

    state: str
    """`stated`: the instrument's words stand in the document; `referred to`; `not in this exhibit`."""
    span: Span | None
    """Its heading, or the words that refer to it."""


def power(dossier: Dossier, block: SignatureBlock) -> Power:
    """Say whether the document of an agreement holds the power that a block is signed under.

    The instrument is there when words under its heading appoint the signer by family name; a bare mention of a power
    of attorney, in the block or else in the agreement and what follows it, refers to one.
    """
    family = block.signer.value.split()[-1].casefold() if block.signer else ""
    for found in _HEADING.finditer(dossier.text):
        words = dossier.text[found.end() : found.end() + _LONGEST]
        following = _HEADING.search(words)
        own = words[: following.start()] if following else words
        if family and _APPOINTS.search(own) and family in own.casefold():
            return Power(STATED, Span(found.start(), found.end()))
    start = dossier.agreement.span.start
    for where in (block.span, Span(start, len(dossier.text))):
        mention = _MENTION.search(dossier.text, where.start, where.end)
        if mention:
            return Power(REFERRED, Span(mention.start(), mention.end()))
    return Power(ABSENT, None)
