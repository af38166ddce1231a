"""Offices of people and capacities of entities: the vocabulary of the words under a signature."""

import re

import msgspec

from sitegen.model.name import split_form
from sitegen.model.recall import recall
from sitegen.parse.lexicon import words
from sitegen.parse.names import ends_in_form

_OFFICE_NOUNS = words(
    """
    officer president vp svp evp avp member manager director partner secretary treasurer controller comptroller counsel
    signatory signer agent representative trustee cotrustee executor executrix co-executor administrator administratrix
    guardian custodian conservator chairman chairwoman chairperson chair ceo cfo coo cco cio clo cto gc founder
    cofounder principal owner proprietor head shareholder stockholder settlor grantor trustor liquidator receiver
    procurator actuary prokurist geschäftsführer gérant directeur administrador solicitor attorney accountant analyst
    supervisor employee directors members managers trustees signatories partners nominee protector advisor adviser
    attorney-in-fact attorneys-in-fact person
    """
)
_OFFICE_WORDS = _OFFICE_NOUNS | words(
    """
    chief executive financial operating compliance investment investments legal administrative accounting technology
    risk information senior sr. vice v.p. s.v.p. e.v.p. c.e.o. c.f.o. general deputy assistant asst associate assoc
    managing authorized authorised duly sole of the and & co first second group global corporate regional portfolio
    board department operations finance tax regulatory affairs personal independent special successor acting interim
    non-executive joint alternate international fund business development corporation company strategy marketing
    research management human resources private equity public assurance institutional manager/director lead its as a an
    for limited class sr junior committee trust designated presiding
    """
)
_CONNECTORS = words("of and & the for a an as its")
_GOES_ON = words("of for and to at")
_STRIP = ".,;:()"
_FEW_LETTERS = 3

_MODIFIER = (
    r"(?:sole|managing|co|corporate|ultimate|designated|discretionary|duly|appointed|alternative|general|independent|"
    r"administrative|successor|acting|initial|external|collateral|controlling|class [a-z]|limited|directing|joint|"
    r"special|parent|executive|investment|asset|portfolio|fund|registered|authorized|commodity)"
)
_NOUN = (
    r"(?:partners?|members?|managers?|(?:management|managing|holding|trust|parent) company|"
    r"advis[eo]rs?|sub-?advis[eo]rs?|trustees?|directors?|"
    r"shareholders?|stockholders?|owners?|agents?|attorneys?[ -]in[ -]fact|administrators?|custodians?|sponsors?|"
    r"nominees?|parents?|liquidators?|servicers?|representatives?|signator(?:y|ies)|secretary|operators?|"
    r"executors?|depositary|delegates?)"
)
_ROLE = rf"(?:{_MODIFIER}[ -]+){{0,4}}{_NOUN}(?:[ -](?:manager|member|trustee|director))?"
_SHORT = r"G\.? ?P\.?(?!\w)"
ROLE = rf"(?:{_ROLE}(?:,? (?:and|&|/) (?:its |the |as )?{_ROLE}){{0,2}})"
"""What an entity can be to another: `general partner`, `sole member`, `investment adviser and manager`."""

_AS = (
    r"(?:acting |signing |solely |each |not individually,? but )*(?:by and through |through |by )?"
    r"(?:in (?:its|their|his|her) capacity as|as)"
)
_POSSESSIVE = r"(?:its|their|the|a|an|our|whose|each of whose|the respective)"
_WHOSE = r"(?P<whose>\s+(?:of|to|for)\b.*)?[\s.,;:)*]*$"
_TAIL = re.compile(
    rf"(?:(?:[\s,;(–—-]+(?:{_AS}\s+)?{_POSSESSIVE}\s+|[\s,;(–—-]+{_AS}\s+)(?P<stated>{ROLE})"
    rf"|[,;(–—-]\s*(?P<bare>{ROLE}|{_SHORT})|[,\s]\s*(?P<short>{_SHORT})){_WHOSE}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?:{_AS}\s+)?(?:{_POSSESSIVE}\s+)?(?P<role>{ROLE}|G\.\s?P\.){_WHOSE}", re.IGNORECASE)
_INVERTED = re.compile(rf"(?:{_AS}\s+)?{_POSSESSIVE}\s+(?P<role>{ROLE})\s*[,:;–—-]?\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\s/]+")
_UNMARKED = re.compile(rf"\s+(?P<role>{ROLE}){_WHOSE}", re.IGNORECASE)
_ITS_OTHER = re.compile(r"[\s,;(]+its\s+(?P<role>[A-Za-z][\w-]*(?:\s[A-Za-z][\w-]*){0,3})[\s.,;:)]*$", re.IGNORECASE)
"""A capacity in words of its own, behind a company's legal form: `X Company, its managing venturer`."""
_ADVISOR = re.compile(r"advisor", re.IGNORECASE)
LONGEST = 400
"""Characters that are looked at."""
_MOST_OF_DEPARTMENT = 5


def capacity(role: str) -> str:
    """Return a capacity in its one spelling: lower case, `adviser` for `advisor`, `general partner` for `G.P.`."""
    spelled = " ".join(role.split()).casefold().rstrip(" .,;:")
    if spelled.replace(".", "").replace(" ", "") == "gp":
        return "general partner"
    return _ADVISOR.sub("adviser", spelled)


class Stated(msgspec.Struct, frozen=True):
    """A capacity found in a text, by offsets of that text."""

    name_start: int
    name_end: int
    start: int
    end: int
    whose: int | None
    """Where what it is a capacity of begins: ` of Y, its general partner`."""
    sure: bool
    """It is said to be the entity's own: `its`, `as`, `the`."""


@recall
def stated_capacity(text: str) -> Stated | None:
    """Find the capacity said of the name in a By: line: `X, its general partner`, `its General Partner, X`."""
    if len(text) > LONGEST:
        return None
    inverted = _INVERTED.match(text)
    if inverted and text[inverted.end() :].strip(_STRIP):
        return Stated(inverted.end(), len(text), *inverted.span("role"), None, sure=True)
    for found in _TAIL.finditer(text):
        if found.start() == 0:
            return None
        group = "stated" if found["stated"] else "bare" if found["bare"] else "short"
        whose = found.start("whose") if found["whose"] else None
        return Stated(0, found.start(), *found.span(group), whose, sure=group == "stated")
    for found in _UNMARKED.finditer(text):
        if split_form(text[: found.start()])[1]:
            whose = found.start("whose") if found["whose"] else None
            return Stated(0, found.start(), *found.span("role"), whose, sure=False)
    return _in_own_words(text)


def _in_own_words(text: str) -> Stated | None:
    other = _ITS_OTHER.search(text)
    if other and ends_in_form(text[: other.start()]) and not ends_in_form(other["role"]):
        return Stated(0, other.start(), *other.span("role"), None, sure=True)
    return None


def capacity_alone(text: str) -> tuple[int, int] | None:
    """Find the capacity in a line that says nothing else: `its General Partner`, `Investment Adviser`."""
    found = _ALONE.match(text) if len(text) <= LONGEST else None
    return found.span("role") if found else None


def _is_word(word: str) -> bool:
    bare = word.strip(_STRIP).casefold()
    return (
        bare in _OFFICE_WORDS
        or word.casefold() in _OFFICE_WORDS
        or all(part in _OFFICE_WORDS for part in bare.split("-"))
    )


def _is_noun(word: str) -> bool:
    bare = word.strip(_STRIP).casefold()
    return bare in _OFFICE_NOUNS or bare.rsplit("-", 1)[-1] in _OFFICE_NOUNS or bare.replace(".", "") in _OFFICE_NOUNS


def is_office(text: str) -> bool:
    """Say whether a line under a signature reads as an office: `Director, EMC`, `Senior V.P. and General Counsel`."""
    end = office_end(text)
    if not end or text[:4].casefold() == "the ":
        return False
    rest = text[end:].lstrip()
    return not rest or rest[0] in ",-–—/(&;*." or rest.split()[0].casefold() in _GOES_ON


def is_department(text: str) -> bool:
    """Say whether a line is of the words of offices alone, though it names none: `Corporate Compliance`."""
    words = _WORD.findall(text[:LONGEST])
    alone = 0 < len(words) <= _MOST_OF_DEPARTMENT and all(map(_is_word, words))
    return alone and not office_end(text) and not split_form(f"X {text}")[1]


def is_plural(text: str) -> bool:
    """Say whether an office is several people's: `Authorized Signatories`, `Joint Managing Directors`."""
    words = text[: office_end(text)].split()
    return bool(words) and words[-1].endswith("s") and _is_noun(words[-1])


@recall
def office_end(text: str) -> int:
    """Return where the office that a text begins with ends; 0 when it begins with none."""
    end = 0
    capitals: bool | None = None
    for found in _WORD.finditer(text[:LONGEST]):
        word = found[0]
        if not _is_word(word):
            break
        if len(word) > _FEW_LETTERS and word.isalpha() and word.casefold() not in _CONNECTORS:
            if capitals is not None and word.isupper() != capitals:
                break
            capitals = word.isupper()
        if _is_noun(word):
            end = found.start() + len(word.rstrip(",;:"))
    return end


__all__ = ["ROLE", "Stated", "capacity", "capacity_alone", "is_office", "is_plural", "office_end", "stated_capacity"]
