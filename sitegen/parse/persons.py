"""Whether a printed name is a natural person's."""

import re

from sitegen.model.name import key, split_form
from sitegen.model.recall import recall
from sitegen.parse.lexicon import words

_TRADE = words(
    """
    fund funds partners partnership trust trusts holdings capital management group company companies bank bancorp
    foundation associates investments investment investors advisors advisers advisory estate ventures venture
    properties enterprises international insurance assurance university college pension plan retirement board
    endowment services service systems technologies technology global worldwide securities asset assets equity equities
    financial finance portfolio series master offshore onshore opportunities strategies research development industries
    industrial resources energy realty association society institute council authority ministry government republic
    commission office family charitable revocable irrevocable grantor annuity ira 401(k) profit sharing corporation
    incorporated limited gp lp llc llp inc corp ltd plc sa nv bv ag gmbh co church hospital center centre club union
    federation cooperative network media communications pharmaceuticals principals account accounts custodian department
    holdco acquisition merger sub spv aggregator bidco topco midco intermediate
    """
)
"""Words that stand in names of companies, funds and trusts, and hardly in a person's."""
_HONORIFICS = words("mr mrs ms dr sir lord lady dame prof prince princess sheikh rev hon judge")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['.-](?=[^\W\d_]))*\.?")
_ENDING = re.compile(
    r",?\s+(?:jr|sr|i{2,3}|iv|v|2d|3d|2nd|3rd|4th|esq|ph\.?\s?d|m\.?\s?d|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE
)
_ACADEMIC = re.compile(r",\s(?:ph\.?\s?d|m\.?\s?d|esq|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE)
_GENERATION = re.compile(r",?\s+(?:jr|sr|i{2,3}|iv|v|2d|3d|2nd|3rd|4th)\.?\Z", re.IGNORECASE)
_MOST_WORDS = 6
_LONGEST = 500


@recall
def drop_person_suffix(name: str) -> str:
    """Cut generational and academic endings off a person's name: `Jr.`, `III`, `Ph.D.`."""
    shorter = _ENDING.sub("", name) if len(name) <= _LONGEST else name
    while shorter != name:
        name, shorter = shorter, _ENDING.sub("", shorter)
    return name


def drop_degree(name: str) -> str:
    """Cut an academic or professional ending alone: `Ada Testperson, Ph.D.`."""
    return _ACADEMIC.sub("", name)


def generation(name: str) -> str:
    """Return what tells a person from a namesake of the family, letters alone: `jr`, `sr`, `iii`; else nothing."""
    found = _GENERATION.search(drop_degree(name))
    return "".join(filter(str.isalnum, found[0])).casefold() if found else ""


def same_person(one: str, other: str) -> bool:
    """Say whether two printings are one person's name, generational and academic endings left aside."""
    return key(drop_person_suffix(one)).tokens == key(drop_person_suffix(other)).tokens


def is_person(name: str) -> bool:
    """Say whether a name reads as a person's: no legal form, no word of the trade, two to six plain words."""
    bare = drop_person_suffix(name)
    tokens = bare.replace(",", " ").split()
    if not tokens:
        return False
    first = tokens[0].rstrip(".").casefold()
    if first in _HONORIFICS:
        return True
    if not 1 < len(tokens) <= _MOST_WORDS or split_form(bare)[1] or first == "the":
        return False
    return all(_WORD.fullmatch(token) and token.strip(".,").casefold() not in _TRADE for token in tokens)
