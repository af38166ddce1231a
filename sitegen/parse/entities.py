"""Whether words are an entity's name, or no more than the end of one."""

import re

from sitegen.model.name import split_form
from sitegen.parse import lexicon, names

_OF_TRUST = re.compile(
    r"(\b(?:trust|plan|estate)\b)(?:\s+(?:no\.?\s*)?(?:[IVX]+|\d+)"
    r"|,?\s+\(?(?:dated?|dtd|u/|under|f/b/o|fbo|for\s+the\s+benefit|of|as\s+amended)\b[^;]*)$",
    re.IGNORECASE,
)
TERMINAL = lexicon.words(
    "fund funds trust company partners partnership group corporation foundation bank holdings associates management "
    "capital advisors advisers investors investments"
)
"""Words that a name may well end with, and so a line."""
_GENERIC = TERMINAL | lexicon.words(
    "offshore onshore master feeder international global domestic institutional intermediate parent portfolio series "
    "opportunity opportunities strategies strategy investment limited partner general company qp blocker aggregator "
    "sub revocable irrevocable living family charitable grantor marital remainder annuity insurance children "
    "grandchildren survivor survivors bypass residuary exempt number no"
)
_WORD = re.compile(r"\w+")
_TRUST_ENDING = re.compile(r"(?:[A-Za-z'’]+\s){0,4}(?:trust|foundation|estate)\b", re.IGNORECASE)
NUMBERED = re.compile(r"(?:[IVX]+|\d+)\b|\(")
_TRUSTEE = re.compile(r",?\s+(?:as\s+)?(?:co-?)?trustees?$", re.IGNORECASE)
_MOST_OF_FORM = 3
"""Words of the longest legal form: `Limited Liability Company`."""
LONGEST_LINE = 1000
"""Letters beyond which a line is no name."""


def is_formed(text: str) -> bool:
    """Say whether a name ends in a legal form, or is a trust's that goes on: `the A Trust dated June 6, 1985`."""
    text = text[-LONGEST_LINE:]
    text = _TRUSTEE.sub("", _OF_TRUST.sub(r"\1", text))
    return bool(text) and (bool(split_form(text)[1]) or names.ends_in_form(text))


def is_bare_form(text: str) -> bool:
    """Say whether a few words are a legal form and nothing else: `L.P.`, `Limited Liability Company`."""
    return len(text.split()) <= _MOST_OF_FORM and not split_form("X " + text)[0].removeprefix("X").strip(" ,()")


def is_generic(text: str) -> bool:
    """Say whether a line holds no word that could tell one party from another: `Offshore, LP`, `L.P.`, `FUND II`."""
    stem = split_form(f"X {text}")[0].removeprefix("X")
    return all(word.casefold() in _GENERIC or NUMBERED.match(word) for word in _WORD.findall(stem))


def ends_trust(text: str) -> bool:
    """Say whether a line is the end of a trust's name that begins with its settlor's: `Revocable Trust`."""
    return _TRUST_ENDING.match(text) is not None and is_generic(text)


def begins_with_form(text: str) -> bool:
    """Say whether a line begins with the end of a name: `CORPORATION`, `LIMITED, TRUSTEE`."""
    first = "".join(text.split(maxsplit=1)[:1]).rstrip(",")
    return first.casefold() not in TERMINAL and bool(split_form(f"X {first}")[1])


__all__ = [
    "LONGEST_LINE",
    "NUMBERED",
    "TERMINAL",
    "begins_with_form",
    "ends_trust",
    "is_bare_form",
    "is_formed",
    "is_generic",
]
