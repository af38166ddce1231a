"""Names in running text: where a printed name ends, and whether it names an entity or a person."""

import re
from collections.abc import Callable

from sitegen.model.name import split_form

_TOKEN = re.compile(r"\S+")
_SPACED_FORM = re.compile(
    r"(?:L\. ?L\. ?[CP]\.?|L\. P\.?|S\. ?[àaÀA]\.? ?r\.? ?l\.?(?: II| I\b)?|S\. A\.|N\. V\.|B\. V\.|P\. ?L\. ?C\.?|G\. P\.)(?=[\s,;.)]|\Z)",  # noqa: E501
    re.IGNORECASE,
)
_FORM = re.compile(
    r"""(?: l\.?l\.?l\.?p | p?\.?l\.?l\.?[cp] | l\.?p | l\.?c | u\.?l\.?c
    | inc(?:orporated)? | corp(?:oration)? | ltda? | limited | p\.?l\.?c | co
    | s\.?a\.?(?:\.?[rs]\.?l?)? | s\.?[àa]\.?(?:r\.?l)? | sarl | r\.?l | s\.?c\.?(?:a|sp|s) | s\.?p\.?a | s\.?e\.? | s\.?r\.?l | n\.?v | b\.?v
    | a\.?g | gmbh | k\.?g(?:aa)? | k\.?k | n\.?a | a\.?/?s\.?a? | ab | oyj? | asa | nuf | pte | pty | pvt | bhd | sdn | sicav | s\.?i\.?c\.?a\.?v
    | company | trust | partnership | fund | de\sc\.?v )\.?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = frozenset(("company", "trust", "partnership", "fund", "limited", "co", "sa", "ag", "as", "se", "ab", "na"))
"""Forms that are also plain words of a name: `Trust Company`, `Limited Partners`."""
_SUFFIX = re.compile(
    r"(?:jr|sr|i{1,3}|iv|v|vi|2d|3d|2nd|3rd|4th|esq|ph\.?\s?d|m\.?d|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE
)
_ROMAN = re.compile(r"[IVXLC]+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+\Z")
_CONNECTORS = frozenset(
    "of for the and & de la le du des del di da van von der den zu y e et al el bin binti ibn dos das".split()
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st mt co cos bros no dep assoc inv mgmt intl int'l nat'l ins sir prof rev hon fin".split()
)
_STOPS = frozenset(
    "schedule schedules statement statements form rule common class ordinary preferred stock pursuant whereas witnesseth now each all "
    "such any this these and/or or in on dated date cusip hereby agree agrees as issuer (the filed by with at is are".split()
)
"""Words, however capitalised, at which a name in running text has ended."""
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_AFTER_STOP = frozenset(("common", "class", "schedule", "statement", "rule", "form", "dated", "date", "cusip"))
_LONGEST_NAME = 400
_PAREN = re.compile(r"\(([^()\"]{1,60})\)(?=[\s,;.)]|\Z)")
_ENUMERATOR = re.compile(r"(?:[ivx]{1,5}|[a-z]|\d{1,3})\Z")


_LOWER_FORMS = frozenset("plc p.l.c gmbh s.a s.p.a n.v b.v a.s a/s s.r.l sarl llc lp l.p s.à.r.l a.g".split())


def _lower_form(token: str) -> bool:
    return token.rstrip(".,;:)").casefold() in _LOWER_FORMS and token[:1].islower()


def _bare(token: str) -> str:
    return token.rstrip(",;:.")


def is_form(token: str) -> bool:
    """Say whether one word is a legal form, or the end of one: `L.P.`, `Inc`, `GmbH`."""
    return _FORM.match(token.rstrip(",;:")) is not None


def _capital(token: str) -> bool:
    head = token.lstrip("'\"(")[:1]
    return head.isupper() or head.isdigit()


def suffix_at(text: str, at: int) -> int | None:
    """Return the end of a legal form or personal suffix that begins here: what may stand behind a comma in a name."""
    spaced = _SPACED_FORM.match(text, at)
    if spaced:
        return spaced.end()
    found = _TOKEN.match(text, at)
    if not found:
        return None
    word = found[0].rstrip(",;:)")
    plain = word.rstrip(".").casefold()
    if _SUFFIX.match(word) or (
        (_capital(word) or _lower_form(word)) and _FORM.match(word) and plain not in {"fund", "partnership"}
    ):
        return at + len(word if _abbreviates(word) else word.rstrip("."))
    return None


_ABBREVIATED_FORMS = frozenset("inc corp ltd ltda co cia pte pty pvt bhd sdn jr sr esq".split())


def _abbreviates(word: str) -> bool:
    """Say whether a full stop behind a form or suffix belongs to it: `Inc.`, `L.P.`, but not `Limited.`."""
    plain = word.rstrip(".").casefold()
    return plain in _ABBREVIATED_FORMS or "." in plain


def read_name(text: str, start: int, joins: Callable[[str], bool] = lambda _: False) -> int | None:  # noqa: C901, PLR0911, PLR0912
    """Return where the name that begins at `start` of a folded text ends, or None when no name begins there.

    `joins` says whether a candidate holding "and" is one name: only the rest of the agreement can tell
    "Research and Management Company" from two parties.
    """
    limit = min(len(text), start + _LONGEST_NAME)
    found = _TOKEN.match(text, start, limit)
    if not found:
        return None
    first = found[0]
    if not _capital(first) and first.casefold() != "the":
        return None
    if _bare(first).casefold() in _STOPS and not (
        first[:1].isupper() and len(first) > 2 and _bare(first).casefold() not in _AFTER_STOP
    ):
        return None
    at, end, formed, words = start, None, False, 0
    while at < limit:
        token = _TOKEN.match(text, at, limit)
        if not token:
            break
        word = token[0]
        if word.startswith("("):
            group = _PAREN.match(text, at, limit)
            after = group.end() if group else at
            if not group or not _capital(group[1]) or _ENUMERATOR.match(group[1]) or end is None:
                return end
            if ":" in group[1] or len(group[1].split()) > 4:  # noqa: PLR2004
                return end
            end = after
            formed = False
            if text[after : after + 2] in {", ", "; "}:
                tail = suffix_at(text, after + 2) if text[after] == "," else None
                if tail is None:
                    return end
                at, end, formed = tail, tail, True
            else:
                at = after
            at = _blank(text, at)
            continue
        bare = word.rstrip(",;:")
        plain = bare.rstrip(".)").casefold()
        if words and plain in _STOPS and plain not in _CONNECTORS:
            return end
        if plain in _MONTHS and text[token.end() : token.end() + 2].strip().isdigit():
            return end
        spaced = _SPACED_FORM.match(text, at) if words else None
        if spaced:
            end, formed = spaced.end(), True
            at = end
            if text[at : at + 1] == ",":
                tail = suffix_at(text, at + 2)
                if tail is None:
                    return end
                at = end = tail
            at = _blank(text, at)
            continue
        if word in _CONNECTORS or (words == 0 and word == "the") or word == "AND" or plain in {"of", "and"}:
            following = _TOKEN.match(text, _blank(text, token.end()), limit)
            if not following or not _capital(following[0]) or _bare(following[0]).casefold() in _AFTER_STOP:
                return end
            if formed and plain not in {"of", "&"} and word != "&":
                return end
            if plain == "and" and words:
                longer = read_name(text, following.start(), joins) if words < 12 else None  # noqa: PLR2004
                if longer is None or not joins(text[start:longer]):
                    return end
                return longer
            at = following.start()
            words += 1
            continue
        if not _capital(word) and not (words and _lower_form(word)):
            return end
        form = bool(words) and _FORM.match(bare) is not None
        if formed and not form and not _continues(text, start, end or start, bare):
            return end
        words += 1
        stop = at + len(bare)
        closed = bare.endswith(")")
        if closed and "(" not in bare:
            return at + len(bare) - 1
        abbreviated = bare.endswith(".") and (
            (form and _abbreviates(bare))
            or _INITIALS.match(bare)
            or plain in _ABBREVIATIONS
            or _SUFFIX.match(bare)
            or "." in bare[:-1]
        )
        if bare.endswith(".") and not abbreviated:
            return stop - 1
        end = stop
        formed = form and not (plain.replace(".", "") in _WEAK and not bare.endswith("."))
        weak = form and not formed
        if word != bare:
            tail = suffix_at(text, token.end() + 1) if word[len(bare) :] == "," else None
            if tail is None:
                return end
            end, formed = tail, True
            at = tail
            if text[at : at + 1] == "," and (further := suffix_at(text, at + 2)):
                at = end = further
            if text[at : at + 1] in {",", ";", ":", ")"}:
                return end
            at = _blank(text, at)
            continue
        at = _blank(text, token.end())
        if weak:
            continue
    return end


def _blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at


def _continues(text: str, start: int, end: int, word: str) -> bool:
    """A name in capitals goes on behind its form as EDGAR prints it: `DUNMORE CORP DEL NEW`."""
    return word.isupper() and word.isalpha() and text[start:end].isupper() and not text[end - 1] == "."


_ENTITY_WORDS = frozenset(
    """
    fund funds partners partnership trust trusts holdings capital management group company companies bank bancorp foundation associates
    investments investment investors advisors advisers advisory estate ventures venture properties enterprises international
    insurance assurance university college pension plan retirement board endowment services service systems technologies technology
    global worldwide securities asset assets equity equities financial finance portfolio series master offshore onshore opportunities
    strategies research development industries industrial resources energy realty association society institute council
    authority ministry government republic commission office family charitable revocable irrevocable grantor annuity ira
    401(k) profit sharing corporation incorporated limited gp lp llc llp inc corp ltd plc sa nv bv ag gmbh co church hospital center
    centre club union federation cooperative network media communications pharmaceuticals principals account accounts custodian department
    holdco acquisition merger sub spv aggregator bidco topco midco intermediate
    """.split()  # noqa: SIM905
)
_PERSON_TITLES = frozenset("mr mrs ms dr sir lord lady dame prof prince princess sheikh rev hon judge".split())
_PERSON = re.compile(r"[^\W\d_][^\W\d_'.-]*(?:['.-][^\W\d_]+)*\.?\Z")
_PERSON_SUFFIX = re.compile(
    r",?\s+(?:jr|sr|i{2,3}|iv|v|2d|3d|2nd|3rd|4th|esq|ph\.?\s?d|m\.?\s?d|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE
)
_MOST_PERSON_WORDS = 6


def drop_person_suffix(name: str) -> str:
    """Cut generational and academic endings off a person's name: `Jr.`, `III`, `Ph.D.`."""
    shorter = _PERSON_SUFFIX.sub("", name)
    while shorter != name:
        name, shorter = shorter, _PERSON_SUFFIX.sub("", shorter)
    return name


def is_person(name: str) -> bool:
    """Say whether a printed name reads as a natural person's: no legal form, no word of the trade, a few plain words."""
    bare = drop_person_suffix(name)
    words = bare.replace(",", " ").split()
    if words and words[0].rstrip(".").casefold() in _PERSON_TITLES:
        return True
    if not 1 < len(words) <= _MOST_PERSON_WORDS or split_form(bare)[1] or words[0].casefold() == "the" or "&" in words:
        return False
    return all(_PERSON.match(word) for word in words) and not any(
        word.strip(".,").casefold() in _ENTITY_WORDS for word in words
    )
