"""Sentences on a signature page: words that tell something, where a block only names."""

import re

from sitegen.parse.signatures import ATTORNEY

_TELLS = re.compile(
    r"[A-Z][^*]*\s(?:is|are|was|were|has|have|had|shall|will)\s(?!as\b)[a-zA-Z]"
    r"|(?i:signed|executed|delivered|made|done|entered|given)\b(?:[\s,]+(?:and|signed|executed|delivered|sealed|into|effective|duly))*"
    r"\s(?:on|at|in|as\sof|this)\s(?!behalf\b)"
)
"""How a sentence begins that tells something: no name holds its verb."""
_SENTENCE_END = re.compile(
    r"(?<=[\da-z,]\s)(?:19|20)\d\d\s+(?=[A-Z]{2})|(?:[a-z]{3}\)?|\d{4}|13[dg]-\d|[a-z]\"|\)|1934)[.;:]\s+(?=[A-Z\"“(*/])"
)
_STRONG = re.compile(
    r"\b(?=[hauwpftcersib])(?:hereby|hereto|herein|hereunto|agrees?|agreed|acknowledges?|undersigned|witness|whereof|pursuant|foregoing|thereto|therein|"
    r"thereunder|constitutes?|executed?|shall|counterparts?|accordance|responsible|accuracy|incorporated by reference|"
    r"herewith|statement|schedule 13|amendments?|behalf of each|securities (?:and )?exchange (?:act|commission)|"
    r"first above written)\b",
    re.IGNORECASE,
)
_OF_ATTORNEY = re.compile(
    r"\*{0,3}\s?(?:(?:duly\s)?(?:authori[sz]ed|signed|executed)\s)?(?:by|under|pursuant\sto|through|as)?\s?(?:an?\s|the\s)?"
    r"(?:powers?\sof\sattorney|attorneys?[\s-]in[\s-]fact)",
    re.IGNORECASE,
)
_OF_POWER = re.compile(
    r"(?:\(\d{1,2}\)\s*)?(?:An?|The)\spowers?\sof\sattorney\s(?:authori[sz]|appoint|grant|is|was|has|execut|previous|dated|given|from|in)",
    re.IGNORECASE,
)
"""How a sentence begins that tells where a power of attorney is: no words of the signer."""
_NAMED_ATTORNEY = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w.'’-]*,?\s(?:as\s)?(?:an?\s)?(?i:attorneys?[\s-]*in[\s-]*fact)\b"
)
"""How words under a mark begin that tell under which power: `Ada Testperson as attorney-in-fact pursuant to`."""
_CAPTIONED = re.compile(
    r"(?:[^,;.]{3,60},\s)?(?:individually|for\s(?:him|her)self|on\s(?:his|her)\sown\sbehalf)\s(?:and|as)\b"
    r"|[^,;.]{3,60},\s(?:for\sand\s)?on\sbehalf\sof\seach\b",
    re.IGNORECASE,
)
"""How words under a mark begin, whatever they go on with: `individually and as President of the foregoing`."""
_MANY_WORDS = 11
LONGEST = 4000
"""Letters beyond which words are no line of a block."""


def is_prose(text: str) -> bool:
    """Say whether words are sentences of an agreement and not lines of a signature block."""
    if _OF_POWER.match(text):
        return True
    if _OF_ATTORNEY.match(text) or (text[:1] == "*" and ATTORNEY.search(text[:LONGEST])):
        return False
    if _NAMED_ATTORNEY.match(text):
        return False
    if _TELLS.match(text[:LONGEST]):
        return True
    strong = len(_STRONG.findall(text[:LONGEST]))
    if strong == 1 and _CAPTIONED.match(text):
        return False
    return strong > 0 and (strong > 1 or text.count(" ") >= _MANY_WORDS)


def sentence_ends(text: str) -> list[int]:
    """Return where the sentences of a text end: behind the full stop and the blanks before the next words."""
    return [found.end() for found in _SENTENCE_END.finditer(text)]


__all__ = ["LONGEST", "is_prose", "sentence_ends"]
