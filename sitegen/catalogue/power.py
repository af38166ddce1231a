"""Where an attorney-in-fact's power of attorney stands: never what it allows, nor whether it holds."""

import re
from functools import lru_cache

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
    for heading, words in _instruments(dossier) if family else ():
        if family in words:
            return Power(STATED, heading)
    mention = _mention(dossier, block.span) or _first_mention(dossier)
    return Power(REFERRED, mention) if mention else Power(ABSENT, None)


@lru_cache(maxsize=8)
def _instruments(dossier: Dossier) -> tuple[tuple[Span, str], ...]:
    """Return the headings whose words appoint someone, with these words in small letters: once for all blocks."""
    found = []
    for heading in _HEADING.finditer(dossier.text):
        words = dossier.text[heading.end() : heading.end() + _LONGEST]
        following = _HEADING.search(words)
        own = words[: following.start()] if following else words
        if _APPOINTS.search(own):
            found.append((Span(heading.start(), heading.end()), own.casefold()))
    return tuple(found)


@lru_cache(maxsize=8)
def _first_mention(dossier: Dossier) -> Span | None:
    return _mention(dossier, Span(dossier.agreement.span.start, len(dossier.text)))


def _mention(dossier: Dossier, where: Span) -> Span | None:
    found = _MENTION.search(dossier.text, where.start, where.end)
    return Span(found.start(), found.end()) if found else None
