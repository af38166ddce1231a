"""The issuer and the class of its securities: as the agreement names them, else the filing's header, else its cover."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

import msgspec

from sitegen.model.agreement import IssuerMention
from sitegen.model.name import fold_space, key
from sitegen.model.text import Basis, Fact, SourceDocument, Span
from sitegen.parse.names import read_name, suffix_at
from sitegen.parse.prose import Prose, without_brackets

_OF = re.compile(
    # Here and below, the letters that a word may begin with stand first: all others are passed over at once.
    r"\b(?=[ofiwrcnt])(?P<link>of|issued\sby|in|relating\sto|with\srespect\sto|regarding|concerning|in\srespect\sof|for|re:|issuer:|company:|issuer\sis|(?:name\sof\s)?(?:the\s)?issuer\sbeing)\s(?=(?:the\s)?[A-Z0-9\"])",
    re.IGNORECASE,
)
_SECURITY = re.compile(
    r"\b(?=[suiagwndcb])(?:stock|shares?|securities|security|units?|interests?|ads|adss|adrs?|gdrs?|warrants?|notes?|debentures?|certificates?|bonds?|depositary\s(?:shares|receipts))\b",
    re.IGNORECASE,
)
_PAR_VALUE = re.compile(
    r"""no|without|with|an?|par|nominal|stated|value|per|share|each|of|the|and|won|yen|rmb|nis|eur|usd|hkd?|cad|aud|sgd|chf|gbp|jpy|inr|dollars?|cents?|outstanding|equity
    |issued|held|beneficially|owned|by|them|it|him|her|undersigned|\w{0,4}[$€£¥][\d.,/]*|[\d.,/]+""",
    re.IGNORECASE | re.VERBOSE,
)
_STATEMENT = re.compile(
    r"""\b(?:schedules?\s(?:13\s?[DG](?:/A)?)?|statements?|filings?|amendments?|reports?)\b
    (?:\s(?:on|to|thereto|schedule|form|13\s?[DG](?:/A)?|no\.?|\d{1,3}|\(the\s\"[^\"]{1,40}\"\)|filed|being|dated|with
    |the|securities|and|exchange|commission|sec|as|of|hereof|herewith|date))*[\s,]*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_OWNERSHIP = re.compile(r"\b(?:ownership|holdings?|investments?|position|stake)\Z", re.IGNORECASE)
_GROUP = re.compile(r"\bgroup\b[^;]{0,160}\Z", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;](?<=[a-z)\"]{2}.)\s(?=[A-Z])")
_NO_ISSUER = re.compile(
    r"(?:the\s)?(?:securities\s(?:and|&)\sexchange|securities\sexchange\sact|exchange\sact|securities\sact|commission|schedule|rules?\b|regulation|section|form\b|exhibit|item\b|statement"
    r"|issuer\Z|company\Z|corporation\Z|registrant\Z|reporting|undersigned|filing\spersons|joint\sfil|agreement|state\b|united\sstates|common\b|class\b|ordinary\sshares|preferred\b|act\b|parties|persons|above|which"
    r"|american\sdepositary|new\syork\sstock|nasdaq|general\srules|amendment|investors?\Z|trust\Z|fund\Z|partnership\Z)",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:above|aforementioned|captioned)[\s-](?:referenced|named|captioned|mentioned|listed)?\s?(?:issuer|company|corporation)\b|\bissuer\s(?:named|referenced|identified)\sabove\b",
    re.IGNORECASE,
)
_CLASS_LEAD = re.compile(
    r"(?:\b(?:with\s)?respect\sto|\brelating\sto|\bregarding|\bconcerning|\bownership\s(?:by\s(?:each\sof\s)?(?:them|the\sundersigned)\s)?of|\bacquisition\sof|\bholdings?\sof|\binterests?\sin|\bin\srespect\sof|\bshares\sof|\bsecurities\sof|\bof)"
    r"\s(?:(?:the|its|their|any|certain|all|such|issued|outstanding|beneficial(?!\sinterest)|shares\sof(?!\sbeneficial))\s)*(?=\S)",
    re.IGNORECASE,
)
_CLASS_BEHIND = re.compile(
    r"(?:'s?)?\s(?:(?:class\s\w|series\s\w|common|ordinary|preferred|preference|capital|voting|non-voting|equity|depositary|\w-shares)\s){0,4}"
    r"(?:stock|shares|units|securities|interests)\b(?!\s(?:ownership|purchase|option|exchange|transfer|bonus|savings|plan)\b)",
    re.IGNORECASE,
)
_OF_INTEREST = re.compile(r"\b(?:units|shares|certificates)\sof\s\Z", re.IGNORECASE)
"""Behind these words a class's name goes on: `units of limited partnership interest`."""
_STOCK = re.compile(r"(?:[\w-]+\s){0,5}stock\b", re.IGNORECASE)
_GENERIC = frozenset(("securities", "shares", "equity securities", "stock", "interests", "security", "share"))
_DEFINED = re.compile(
    r"\((?:hereinafter\s)?(?:called\s)?(?:the\s)?\"(?:the\s)?(?:issuer|company|corporation)\"\)", re.IGNORECASE
)
_LEAD = re.compile(r"(?:\b(?:of|in|by|that|from|at|with)|,)\s(?=(?:the\s)?(?:[A-Z0-9]|[a-z]{1,2}[A-Z]))")
_DESCRIBED = re.compile(r"\s?(?:,\s(?:an?|organi[sz]ed|incorporated|formed)\b[^.;\"]{0,200})?\s?")
_BY_MAKER = re.compile(r"\sby\s(?=[A-Z])")
_DOES = re.compile(r"\b(?:acqui|purchas|own|held|hold|sale|sold|transfer|disposition)", re.IGNORECASE)
_DESCRIPTION_FOLLOWS = re.compile(r",\san?\s(?:[A-Z][\w.]*\s){0,4}(?:corporation|company|partnership|trust)\b")
_WINDOW = 320
_STATE_MARK = re.compile(r"\s*/[A-Z]{2,4}/?\s*\Z")

_COVER_ISSUER = re.compile(r"\(\s?name\s+of\s+(?:the\s+)?(?:issuer|company)\s?\)", re.IGNORECASE)
_COVER_CLASS = re.compile(r"\(\s?title\s+of\s+class\s+of\s+securities\s?\)", re.IGNORECASE)
_COVER = 20_000
_LINK_BEFORE = re.compile(r"[\s,]*\b(?:of|issued\sby|in)(?:\sthe)?\s\Z", re.IGNORECASE)
_LONGEST_LINK = 20
_NUMBER = r"(?P<number>[0-9A-Z]{3}[\s-]?[0-9A-Z]{3}[\s-]?[0-9A-Z]{2}[\s-]?[0-9])(?![0-9A-Z])"
_CUSIP = re.compile(rf"\bcusip\b[^a-z0-9]{{0,4}}(?:no\b|number\b|#)?[\s.:#]{{0,8}}{_NUMBER}", re.IGNORECASE | re.ASCII)
_CUSIP_CAPTION = re.compile(rf"(?<![0-9A-Z]){_NUMBER}\s{{0,200}}\(\s?cusip\s+(?:number|no)", re.IGNORECASE | re.ASCII)


class Subject(msgspec.Struct, frozen=True):
    """What the filing is about."""

    issuer: IssuerMention | None = None
    securities: Fact | None = None
    differs: str | None = None
    """The header's subject company, when the agreement names another."""
    second: Fact | None = None
    """Another company whose securities a further sentence of the agreement is about."""


def read_subject(document: SourceDocument, prose: Prose, taken: frozenset[str]) -> Subject:
    """Read issuer and class of securities; `taken` holds the parties' name keys, which are no issuer's."""
    name, securities = _in_text(prose, taken)
    header = _header(document)
    second = _second(prose, taken, name) if name else None
    if name is None:
        mention = header or _cover(document)
        return Subject(mention, securities or _cover_class(document))
    if header is None:
        return Subject(IssuerMention(name), securities, second=second)
    if _alike(name.value, header.name.value):
        return Subject(IssuerMention(name, header.cik), securities, second=second)
    return Subject(IssuerMention(name), securities, header.name.value, second)


def _in_text(prose: Prose, taken: frozenset[str]) -> tuple[Fact | None, Fact | None]:
    for start, end, security in _candidates(prose.text):
        name = fold_space(prose.text[start:end])
        if str(key(name)) in taken or _NO_ISSUER.match(name) or suffix_at(prose.text, start) == end:
            continue
        securities = _class(prose, security, start) if security is not None else None
        return Fact(name, prose.span(start, end)), securities
    if _ABOVE.search(prose.text):
        stop = read_name(prose.text, 0, lambda _: True)
        if stop is not None and not _NO_ISSUER.match(prose.text[:stop]):
            return Fact(fold_space(prose.text[:stop]), prose.span(0, stop)), None
    return None, None


def _second(prose: Prose, taken: frozenset[str], issuer: Fact) -> Fact | None:
    """Return a company of another name whose securities are meant in a sentence that does not name the issuer.

    A short name has no legal form and could be anyone's; companies listed in one sentence are all meant.
    """
    ends = [mark.span() for mark in _SENTENCE.finditer(prose.text)]
    for start, end, security in _candidates(prose.text):
        name = fold_space(prose.text[start:end])
        if security is None or not key(name).form or str(key(name)) in taken or _NO_ISSUER.match(name):
            continue
        before, behind = bisect_left(ends, start, key=itemgetter(1)), bisect_left(ends, (end, end))
        low = ends[before - 1][1] if before else 0
        sentence = prose.span(low, ends[behind][0] if behind < len(ends) else len(prose.text))
        apart = not sentence.start <= issuer.span.start < sentence.end
        if apart and not _alike(name, issuer.value):
            return Fact(name, prose.span(start, end))
    return None


def _candidates(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Yield names that stand where an issuer does, and where the word for its securities begins."""
    weaker: list[tuple[int, int, int | None]] = list(_defined(text))
    for found in _OF.finditer(text):
        start = found.end()
        name_end = read_name(text, start, lambda _: True)
        if name_end is None:
            continue
        low = max(0, found.start() - _WINDOW)
        cut = [mark.end() for mark in _SENTENCE.finditer(text, low, found.start())]
        low = cut[-1] if cut else low
        lead = text[low : found.start()].rstrip()
        link = found["link"].casefold()
        security = _last_security(lead) if link in {"of", "issued by", "in"} else None
        stands = security is not None or _stands_for_issuer(link, lead)
        if not stands and (link in {"for", "in"} or not _CLASS_BEHIND.match(text, name_end)):
            continue
        end = _with_maker(text, start, name_end, lead)
        if security is not None:
            yield start, end, low + security
        else:
            weaker.append((start, end, None))
    yield from weaker


def _with_maker(text: str, start: int, end: int, lead: str) -> int:
    """Return where a name ends that goes on behind "by": `Specimen Foods by Testing House, Inc., a Delaware company`.

    Behind a word for buying or owning, "by" says who does.
    """
    by = _BY_MAKER.match(text, end)
    if by is None or key(text[start:end]).form or _DOES.search(lead):
        return end
    longer = read_name(text, by.end())
    described = longer is not None and _DESCRIPTION_FOLLOWS.match(text, longer)
    return longer if longer is not None and described and key(text[by.end() : longer]).form else end


def _stands_for_issuer(link: str, lead: str) -> bool:
    """Say whether a name behind these words is what a statement is about, though no securities are named."""
    if link.endswith((":", "issuer is", "issuer being")):
        return True
    if link == "with respect to" and _GROUP.search(lead):
        return True
    return (_OWNERSHIP if link in {"of", "in"} else _STATEMENT).search(lead) is not None


def _defined(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Yield names that the text defines as "the Issuer" or "the Company"."""
    for found in _DEFINED.finditer(text):
        low = max(0, found.start() - _WINDOW)
        for start in reversed([lead.end() for lead in _LEAD.finditer(text, low, found.start())]):
            if suffix_at(text, start) is not None:
                continue
            end = read_name(text, start, lambda _: True)
            if end is not None and end <= found.start() and _DESCRIBED.fullmatch(text, end, found.start()):
                yield start, end, None
                break


def _last_security(lead: str) -> int | None:
    """Return where the noun begins that a trailing "of" belongs to, with nothing but par value and the like between."""
    for found in reversed(list(_SECURITY.finditer(lead))):
        between = without_brackets(lead[found.end() :]).split()
        if all(_PAR_VALUE.fullmatch(word.strip(",")) for word in between if word != ","):
            return found.start()
    return None


def _class(prose: Prose, security: int, name: int) -> Fact | None:
    """Return the class of securities as printed: from behind its preposition to before "of" and the issuer's name."""
    lead = prose.text[max(0, security - _WINDOW) : security + 1]
    starts = [found.end() for found in _CLASS_LEAD.finditer(lead)]
    link = _LINK_BEFORE.search(prose.text, max(0, name - _LONGEST_LINK), name)
    if not starts or not link:
        return None
    interest = _OF_INTEREST.search(lead, 0, starts[-1])
    before = security + 1 - len(lead)
    of_interest = len(starts) > 1 and interest is not None and not _STOCK.match(prose.text, before + starts[-1])
    start = before + (interest.start() if of_interest and interest else starts[-1])
    printed = prose.text[start : link.start()]
    value = printed.strip(" ,")
    start += printed.find(value)
    if not value or value.casefold() in _GENERIC or len(value) > _WINDOW:
        return None
    return Fact(value, prose.span(start, start + len(value)))


def _header(document: SourceDocument) -> IssuerMention | None:
    subjects = [filer for filer in document.filing.filers if filer.role == "subject"] if document.filing else []
    if len({str(key(subject.name.value)) for subject in subjects}) != 1:
        return None
    name = subjects[0].name
    mark = _STATE_MARK.search(document.text, name.span.start + 1, name.span.end)
    span = Span(name.span.start, mark.start() if mark else name.span.end)
    return IssuerMention(Fact(fold_space(document.text[span.start : span.end]), span, Basis.HEADER), subjects[0].cik)


def _above_caption(document: SourceDocument, caption: re.Pattern[str]) -> Fact | None:
    """Return the line printed over a caption of the cover page."""
    text, start = document.text, document.body.start
    found = caption.search(text, start, min(document.body.end, start + _COVER))
    if not found:
        return None
    end = found.start()
    for _ in range(4):
        begin = text.rfind("\n", start, end) + 1
        begin = begin or start
        line = text[begin:end]
        value = line.strip().strip("_-").strip()
        if value and any(char.isalnum() for char in value):
            at = begin + line.index(value)
            return Fact(fold_space(value), Span(at, at + len(value)), Basis.COVER)
        end = begin - 1
        if end <= start:
            return None
    return None


def _cover(document: SourceDocument) -> IssuerMention | None:
    name = _above_caption(document, _COVER_ISSUER)
    return IssuerMention(name) if name else None


def _cover_class(document: SourceDocument) -> Fact | None:
    return _above_caption(document, _COVER_CLASS)


def read_cusip(document: SourceDocument, span: Span) -> Fact | None:
    """Read the CUSIP number printed in the agreement, else on the cover of its document; its check digit must fit."""
    for low, high, basis in (
        (span.start, span.end, Basis.AGREEMENT),
        (document.body.start, document.body.end, Basis.COVER),
    ):
        end = min(high, low + _COVER)
        for pattern in (_CUSIP, _CUSIP_CAPTION) if "cusip" in document.text[low:end].lower() else ():
            for found in pattern.finditer(document.text, low, end):
                value = re.sub(r"[\s-]", "", found["number"]).upper()
                if _checks(value):
                    return Fact(value, Span(found.start("number"), found.end("number")), basis)
    return None


def _checks(cusip: str) -> bool:
    """Say whether a CUSIP's ninth character is the check digit of the others (modulus 10, double add double)."""
    total = 0
    for place, char in enumerate(cusip[:-1]):
        value = int(char, 36) * (1 + place % 2)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10 == int(cusip[-1])


def _alike(name: str, other: str) -> bool:
    """Say whether two printings may be one issuer: EDGAR shortens names, so one shared word of weight is enough."""
    mine, theirs = set(key(name).tokens), set(key(other).tokens)
    light = {
        "the",
        "of",
        "and",
        "co",
        "inc",
        "corp",
        "ltd",
        "group",
        "holdings",
        "international",
        "company",
        "new",
        "de",
    }
    shared = (mine & theirs) - light
    return bool(shared) or mine == theirs or "".join(key(name).tokens)[:4] == "".join(key(other).tokens)[:4]
