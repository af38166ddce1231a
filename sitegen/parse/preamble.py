"""The parties of the opening paragraph, in printed order, with their defined terms."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.agreement import DefinedTerm, PartyMention
from sitegen.model.name import fold_space, key
from sitegen.model.text import Fact
from sitegen.parse import terms
from sitegen.parse.names import DESCRIBED_IN_CAPITALS, ends_in_form, is_form, read_name, suffix_at
from sitegen.parse.persons import is_person
from sitegen.parse.printed import PrintedNames
from sitegen.parse.prose import Prose

_AMONG = re.compile(
    r"\b(?=[ab])(?:by\s)?(?:and\s)?(?:among|amongst|between)(?:\sand\s(?:among|between))?[:,]?\s"
    r"(?:each\sof\s)?(?:(?:the|all)\s(?:undersigned|following)(?:\s(?:persons|parties|entities|reporting\spersons))?\s?[:,(]\s?)?",
    re.IGNORECASE,
)
_UNDERSIGNED = re.compile(
    r"\bthe\s(?:undersigned|following)(?:\s(?:persons|parties|entities|reporting\spersons))?\s?[,:(]\s?(?:being\s|namely,?\s|each\sof\s)?",
    re.IGNORECASE,
)
_EACH_OF = re.compile(r"\b(?:each|all|both)\sof\s", re.IGNORECASE)
_AGREEMENT = re.compile(r"\b(?:agreement|undertaking|statement|joinder|consent)\b", re.IGNORECASE)
_ACT = re.compile(
    r"[\s,]*(?:\b(?:each|both|all|do|does|hereby|severally|jointly|and|individually|mutually|of\sthem|of\swhom|as\sfollows|\(each[^()]{0,80}\))[\s,]+){0,6}"
    r"(?:agrees?|consents?|acknowledges?|undertakes?|confirms?|join)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s(?=[•·●▪]\s)|\s?(?:[,;]\s?(?:(?:and|&|or|as\swell\sas)\s)?|(?:and|&|as\swell\sas)\s)(?:by\sand\s(?:between|among)\s)?",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"(?:\(?(?:[ivx]{1,5}|[a-z]|\d{1,3})[.)]\s?|[•·●▪*–-]\s)", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"\s?,?\s(?=(?:an?|as|in|organi[sz]ed|incorporated|formed|existing|established|individually|solely|acting|each|both|not|whose|which|who|with|having|the(?=\s[a-z])"
    r"|on\sbehalf|for\sitself|trustee|u/a|u/d/t|dated|created|duly|formerly|now|f/k/a|a/k/a|d/b/a|n/k/a|also|doing|general|managing|by|its|his|her)\b)"
)
_IN_CAPITALS = re.compile(rf",?\s{DESCRIBED_IN_CAPITALS}")
_DESCRIPTION_END = re.compile(
    r"[(;]|,\s(?=(?:and\s|&\s)?(?:\(?(?:[ivx]{1,5}|[a-z]|\d{1,3})\)\s|[A-Z0-9(]|the\s[A-Z]|each\sof))|\sand\s(?=[A-Z(])"
    r"|,?\s(?=(?:each\s|both\s|do\s|does\s|all\s)?(?:hereby\s|agrees?\b|consents?\b|acknowledges?\b|undertakes?\b))"
    r"|\s(?=[•·●▪]\s)|(?<![\s.][A-Z])(?<!\s[JSMD]r)(?<!Mrs)(?<!Inc)(?<!Ltd)(?<!Corp)\.\s(?=[A-Z])|,?\s\Z"
)
_CLAUSE_END = re.compile(r"(?:,|\b(?:19|20)\d\d,?|\bamended)\s(?=(?:the\s)?[A-Z0-9])(?!(?:19|20)\d\d\b)")
_DATE_LINE = re.compile(r"(?:[A-Z][\w.']*,?\s){0,5}\d{1,2},?\s(?:19|20)\d\d,?\s")
_NO_PARTY = re.compile(
    r".*\b(?:agreement|statement|schedule|rules?|act|section|commission|exhibit|regulations?|whereas|witness)\b.*"
    r"|pursuant|each|all|this|the|it|in|now|i|we|you|he|she|they|these|those|both|undersigned|reporting\spersons?|parties|such|any|as|[\W\d]+|[a-z]\.?",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:in|pursuant|under|for|as|by)\b(?:(?!undersigned|agree|parties|persons)[^.;])*\Z", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b(?:offices?|resid(?:es?|ing|ent)|address(?:es)?|located|domiciled|place\sof\sbusiness|whose\sbusiness)\b",
    re.IGNORECASE,
)
_PLACE_PAIR = re.compile(r"(?:England|Antigua|Trinidad|Bosnia|Turks|Newfoundland|Isles)\s?\Z")
_REFERRED = re.compile(
    r"\breference\s(?:is|was)\b|\bthat\scertain\b|\b(?:prior|previous|existing|original)\s(?:\w+\s){0,3}agreement\b"
    r"|\b(?:amends?|restates?|supersedes?|replaces?|join(?:s|ed)?|party)\s(?:\w+\s){0,8}(?:agreement|to\sthe)\b"
    r"|\bparties\sto\s(?:the|an?)\s(?:(?!joint\b)\w+\s){1,5}agreement\b"
    r"|\b(?:terminat\w+|rescinds?|revokes?|amendment\s(?:no\.?\s\w+\s)?to|under|pursuant\sto|in\sconnection\swith)"
    r"\s(?:the|an?)\s(?:\w+\s){0,5}agreement\b",
    re.IGNORECASE,
)
_INSTRUMENT = re.compile(r"\b(?:agreement|indenture|contract|deed|lease|plan)\b", re.IGNORECASE)
_ANOTHERS = frozenset(("the", "that", "a", "an", "such", "said", "certain", "its", "their"))
_OURS = frozenset(("this", "joint", "filing", "filings", "jointly", "group"))
_FEW_WORDS = 7
_SENTENCE = re.compile(r"(?<!\bNo)(?<!\bno)\.\s(?=[A-Z])")
_UNREAD = re.compile(r"(?!(?:an?|each|all|both|as)\s)[^\s,;][^,;]{1,80}?(?=,|;|\s\(|\sand\s|\.\s|\Z)")
"""Words between two separators of a list."""
_BOUNDARY = re.compile(
    r"\b(?=[wrn])(?:whereas|witnesseth|w i t n e s s e t h|recitals?|now,? therefore)\b", re.IGNORECASE
)
_INDIVIDUAL = re.compile(
    r"\b(?:an?\sindividual|individually|a\snatural\sperson|(?:his|her)\s(?:\w+\s)?capacity|a\s(?:citizen|resident)\sof)\b",
    re.IGNORECASE,
)
_ENTITY_KIND = (
    r"(?:(?:exempt(?:ed)?|limited|general|public|private|registered|unlimited|liability|special|business|statutory|closed|open|joint|stock|series|non-profit|professional)[\s-]){0,5}"
    r"(?:partnership|company|corporation|trust|limited|association|bank|foundation|fund|societe|société|entity|cooperative|llc|l\.l\.c\.|lp|l\.p\.)"
)
_ENTITY = re.compile(rf"\ban?\s(?:[\w.&'-]+\s){{0,5}}?{_ENTITY_KIND}", re.IGNORECASE)
_PLACE_BEFORE = re.compile(rf"\ban?\s((?:[A-Z][\w.'-]*\s(?:of\s)?){{1,4}}){_ENTITY_KIND}")
_PLACE_BEHIND = re.compile(
    r"\blaws?\sof\s(?:the\s)?(?:(?:State|Commonwealth|Province|Republic|Kingdom|Grand\sDuchy|Territory|Islands?)\sof\s)?(?:the\s)?((?:[A-Z][\w.'-]*\s?(?:(?:of|and)\s(?=[A-Z]))?){1,5})"
)
_GOES_ON = re.compile(r"(?:[,&(]|\b(?:and|or|of|by|the|among|between))\s\Z", re.IGNORECASE)
_TAIL = 12
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_REACH = 2_000
_WORD = re.compile(r"\S+")
_MOST_PARTIES = 500
_LONGEST_DESCRIPTION = 600
_LONGEST_TAIL = 1_800
_BRACKET_GAP = re.compile(r",?\s?\(")


class Item(msgspec.Struct, frozen=True):
    """One name of a list, as ranges of the folded text."""

    start: int
    end: int
    terms: tuple[terms.PrintedTerm, ...]
    description: str
    """All that stands between this name and the next."""
    tail: int
    """Where it begins."""


class Opening(msgspec.Struct, frozen=True):
    """What the opening paragraph says."""

    parties: tuple[PartyMention, ...] = ()
    terms: tuple[DefinedTerm, ...] = ()
    """Every defined term inside the list of parties."""
    start: int = 0
    end: int = 0
    """The list, as a range of the folded text."""
    unread: Fact | None = None
    """Words in a list of parties that are hardly anything but a name, and were not read as one."""


def read_opening(prose: Prose, signatures: str) -> Opening:
    """Read the parties that the text lists; none when it lists none ("the undersigned").

    `signatures` is the agreement from its last lines of text on: it tells whether "A and B" is one name or two.
    Raises `TooLargeError`.
    """
    signed = PrintedNames(signatures)
    unread: Fact | None = None
    for start, least in _starts(prose):
        items = tuple(_items(prose.text, start, signed))
        among = least > 1 and unread is None
        unread = _unread(prose, items) if among and items else unread
        if len(items) >= least and _is_list(prose.text, items, start):
            return msgspec.structs.replace(_opening(prose, items), unread=_unread(prose, items))
    return Opening(unread=unread)


def _unread(prose: Prose, items: tuple[Item, ...]) -> Fact | None:
    """Return the words of a company behind the last name that was read, or in place of a name."""
    none = next((item for item in items if not _may_be_party(prose.text[item.start : item.end])), None)
    if none:
        return Fact(prose.text[none.start : none.end], prose.span(none.start, none.end))
    behind = _SEPARATOR.match(prose.text, items[-1].tail + len(items[-1].description))
    if behind is None:
        behind = _SEPARATOR.match(prose.text, items[-1].end)
    words = _UNREAD.match(prose.text, behind.end()) if behind else None
    if words is None:
        return None
    form = _WORD.match(prose.text, words.end() + 2) if prose.text.startswith(", ", words.end()) else None
    end = form.end() if form and is_form(form[0]) else words.end()
    if not ends_in_form(prose.text[words.start() : end]):
        return None
    return Fact(prose.text[words.start() : end], prose.span(words.start(), end))


def _starts(prose: Prose) -> Iterator[tuple[int, int]]:
    """Yield where a list of parties may begin, and how many names make one there."""
    text = prose.text
    boundary = _BOUNDARY.search(text)
    head = boundary.start() if boundary else len(text)
    for found in _AMONG.finditer(text, 0, head):
        if _is_referred_to(text, found.start()):
            continue
        if _AGREEMENT.search(text, max(0, found.start() - _REACH), found.start()) or found.start() < _REACH // 10:
            yield found.end(), 2
    for found in _UNDERSIGNED.finditer(text, 0, head):
        yield found.end(), 1
    for start in prose.paragraphs:
        if start < head and not _GOES_ON.search(text, max(0, start - _TAIL), start):
            yield start, 1
            each = _EACH_OF.match(text, start)
            if each:
                yield each.end(), 1
    for found in _CLAUSE_END.finditer(text, 0, min(head, _REACH)):
        begin, _ = prose.paragraph(found.start())
        if _DATE_LINE.fullmatch(text, begin, found.end()) or _INTRODUCTION.match(text[begin : found.end()]):
            yield found.end(), 1


def _is_referred_to(text: str, at: int) -> bool:
    """Say whether the agreement whose parties are about to be listed is another one: `the Voting Agreement among …`."""
    lead = text[max(0, at - _REACH // 4) : at]
    lead = lead[max((found.end() for found in _SENTENCE.finditer(lead)), default=0) :]
    if _REFERRED.search(lead):
        return True
    last = max((found.start() for found in _INSTRUMENT.finditer(lead)), default=0)
    before = [word.strip('("“,').casefold() for word in lead[:last].split()[-_FEW_WORDS:]]
    named = next((number for number, word in enumerate(reversed(before)) if word in _ANOTHERS), 0)
    return named > 0 and not _OURS.intersection(before[len(before) - named :])


def _items(text: str, start: int, signed: PrintedNames) -> Iterator[Item]:
    at = start
    for _ in range(_MOST_PARTIES):
        numbered = _ENUMERATOR.match(text, at)
        at = numbered.end() if numbered else at
        each = _EACH_OF.match(text, at)
        at = each.end() if each else at
        end = max(read_name(text, at, signed.one_name) or 0, signed.head_at(text, at)) or None
        if end is None:
            return
        tail, found = _tail(text, at, end, signed)
        yield Item(at, end, found, text[end:tail], end)
        separator = _SEPARATOR.match(text, tail)
        if not separator or separator.end() == tail:
            return
        at = separator.end()


def _tail(text: str, start: int, end: int, signed: PrintedNames) -> tuple[int, tuple[terms.PrintedTerm, ...]]:
    """Return where a name's brackets and description end, and the terms that they define."""
    found: list[terms.PrintedTerm] = []
    at = end
    while at - end < _LONGEST_TAIL:
        bracket = _bracket_at(text, at)
        close = terms.bracket_end(text, bracket) if bracket is not None else None
        if bracket is not None and close is not None:
            found.extend(terms.terms_in(text, bracket, close, text[start:end]))
            at = close
            continue
        behind = _description_end(text, at, signed) if bracket is None else None
        if behind is None:
            break
        at = behind
    return at, tuple(found)


def _bracket_at(text: str, at: int) -> int | None:
    """Return where a bracket opens behind a name or its description; an enumerator's is none of theirs."""
    gap = _BRACKET_GAP.match(text, at)
    return gap.end() - 1 if gap and not _ENUMERATOR.match(text, gap.end() - 1) else None


def _description_end(text: str, at: int, signed: PrintedNames) -> int | None:
    """Return where the description that begins here ends, or None when none does."""
    capitals = _IN_CAPITALS.match(text, at)
    if capitals:
        return capitals.end()
    described = _DESCRIPTION.match(text, at)
    if not described or _ACT.match(text, at):
        return None
    limit = min(len(text), described.end() + _LONGEST_DESCRIPTION)
    ending = _DESCRIPTION_END.search(text, described.end(), limit)
    while ending and _goes_on(text, described.end(), ending, signed):
        ending = _DESCRIPTION_END.search(text, ending.end(), limit)
    if ending is None:
        return None
    end = ending.start() - (text[ending.start() - 1 : ending.start()] == " ")
    return end if end > described.start() else None


def _goes_on(text: str, start: int, ending: re.Match[str], signed: PrintedNames) -> bool:
    """Say whether a description goes on: behind a comma in a name, a date, an address, an "and" in a place's name."""
    if ending[0].startswith(",") and _ADDRESS.search(text, start, ending.start()):
        end = read_name(text, ending.end(), signed.one_name)
        return end is not None and not (signed.head_at(text, ending.end()) or key(text[ending.end() : end]).form)
    if ending[0].startswith(","):
        return suffix_at(text, ending.end()) is not None or _YEAR.match(text, ending.end()) is not None
    return ending[0].strip() == "and" and _PLACE_PAIR.search(text, start, ending.start()) is not None


def _may_be_party(name: str) -> bool:
    return _NO_PARTY.fullmatch(name) is None and not is_form(name)


def _is_list(text: str, items: tuple[Item, ...], start: int) -> bool:
    """Say whether a list opens an agreement: the act follows it, or "among" or "undersigned" stands before it."""
    if any(not _may_be_party(text[item.start : item.end]) for item in items):
        return False
    last = items[-1]
    end = last.tail + len(last.description)
    if _ACT.match(text, end):
        return True
    lead = text[max(0, start - 60) : start].casefold()
    if len(items) > 1 and re.search(r"\b(?:among|amongst|between)\b[^.]{0,50}\Z", lead):
        return True
    return len(items) > 1 and re.search(r"\bundersigned\b[^.]{0,30}\Z", lead) is not None


def _opening(prose: Prose, items: tuple[Item, ...]) -> Opening:
    parties: list[PartyMention] = []
    defined: list[DefinedTerm] = []
    for number, item in enumerate(items):
        name = fold_space(prose.text[item.start : item.end])
        aliases = tuple(Fact(one.term, prose.span(one.start, one.end)) for one in item.terms if one.own)
        defined.extend(
            DefinedTerm(Fact(one.term, prose.span(one.start, one.end)), number if one.own else None)
            for one in item.terms
        )
        parties.append(
            PartyMention(
                name=Fact(name, prose.span(item.start, item.end)),
                kind=_kind(name, item.description),
                aliases=aliases,
                place=_place(prose, item),
            )
        )
    last = items[-1]
    return Opening(tuple(parties), tuple(defined), items[0].start, last.tail + len(last.description))


def _kind(name: str, description: str) -> str:
    if _ENTITY.search(description):
        return "entity"
    if _INDIVIDUAL.search(description) and is_person(name):
        return "person"
    return "person" if is_person(name) else "entity"


def _place(prose: Prose, item: Item) -> Fact | None:
    """Read the place of organization; a person has none, whatever the text says of residence."""
    for pattern in (_PLACE_BEFORE, _PLACE_BEHIND):
        found = pattern.search(prose.text, item.tail, item.tail + len(item.description))
        if found:
            place = found[1].rstrip(" .,")
            start = found.start(1)
            return Fact(fold_space(place), prose.span(start, start + len(place)))
    return None
