"""The agreement's own date: of the act of agreeing, else the one date that all signatures bear."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from sitegen.model.text import Fact, Span
from sitegen.parse.dates import PrintedDate, dates
from sitegen.parse.names import read_name
from sitegen.parse.prose import Prose, is_furniture

_WORDS = "as|of|on|this|the|date|day|effective|made|and|entered|into|first|written|dated|is|was|hereof|set|forth"
_LINK = rf"(?:[\s,]+(?:{_WORDS})){{0,9}}[\s,:]*\Z"
_OPENING = re.compile(
    rf"""\b(?:agreement|undertaking|statement|joinder)\b(?:\s?\((?:this|the|hereinafter)?[^()]{{0,60}}\))?[\s,]*(?:is\s|was\s)?
    (?:dated|made|entered\sinto|executed|effective
    |by\sand\s(?:among|between)\b[^.;]{{0,400}}(?:dated|made|effective)){_LINK}""",
    re.IGNORECASE | re.VERBOSE,
)
_AMENDS = re.compile(
    rf"\bthis\samendment(?:\sno\.?\s\d{{1,3}})?[\s,]*(?:is\s)?(?:dated|made|effective){_LINK}", re.IGNORECASE
)
_AGREEMENT_BEHIND = re.compile(r"(?:(?!\b(?:schedule|statement)\b)[^;]){0,120}?\bagreement\b", re.IGNORECASE)
"""What an amendment says behind its date that it amends."""
_ACT = re.compile(
    rf"""\b(?:execut(?:e|es|ed|ing)|sign(?:s|ed)?|hands?(?:\sand\sseals?)?|caused|entered\sinto|affixed|subscribed|agree[ds]?
    |undersigned(?:\s(?:persons|parties))?)\b[^.;]{{0,200}}?[\s,](?:as\sof|on|this|dated|effective|the){_LINK}""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER = re.compile(
    r"""\b(?:schedule|13\s?[dg](?:/a)?|statement\son|power|attorney|that\scertain|original|prior|previous
    |amendment\sno|filed|annual\sreport|held|owned|outstanding|merger|purchase)\b[^.;]{0,60}\Z
    | \b(?:schedules?|13\s?[dg](?:/a)?|statements?|amendments?)\b[^;]{0,240}\bdated(?:\sas\sof)?\s\Z
    | \bthe\s(?:[\w-]{1,20}\s){0,5}(?:agreement|indenture|contract|deed|plan|lease)(?:\s\([^()]{0,60}\))?,?
      \s(?:dated|made)\b[^.;]{0,30}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_DISTANT = re.compile(
    r"""\b(?:that\scertain|original|prior|previous|existing|merger|purchase|voting|pursuant\sto\s(?:the|an?))
    \s(?:\w{1,20}\s){0,3}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_ANOTHER = re.compile(r"\b(?:the|an?|such|said)\s(?:[\w-]{1,20}\s){0,5}\Z", re.IGNORECASE)
_THIS = re.compile(r"\((?:this|(?:the\s|hereinafter\s)?[\"'“”‘’]*(?:joint\sfiling\s)?agreement\b)", re.IGNORECASE)
"""The term that an agreement gives itself."""
_ON_THE_DAY = re.compile(r"\bundersigned(?:\s(?:persons|parties|entities))?,?\s(?:on|as\sof)\s\Z", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\A|[\s.:;])(?:D(?:ated?|ATED?)(?:\s(?:as\sof|this|the|on)|\sAS\sOF|\sTHIS)*(?:\sthe)?[\s:,]*"
    r"|(?:D(?:ated?|ATED?)|S(?:igned|IGNED)|E(?:xecuted|XECUTED))\s(?:at|in|AT|IN|this)\s(?:the\s)?(?:[A-Z][\w.'-]*[\s,]+){1,6}"
    r"(?:(?:this|on|as|of|the|THIS|ON|AS|OF|THE)[\s,]+){0,4}|Effective(?:\sas\sof)?[\s:,]*)\Z"
)
_AFTER_LABEL = re.compile(r"[\s,.]*\(?\s?dated?\b\s?\)?", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"[.)\"]\s?\Z")
_PLACE = re.compile(r"(?:[A-Z][\w.'-]*[\s,]+){0,5}(?:the\s)?\Z")
_LEAD = 260
_PLACE_REACH = 100
_REACH = 1_000
"""Characters beside a date that are looked at to see that it stands alone."""


def agreed_on(prose: Prose, text: str, rest: Span, names: Sequence[Span] = ()) -> tuple[Fact | None, bool]:
    """Read the date from the running text, else from the signatures in `rest`; say too whether those differ.

    A date in a name (`names`), as of a trust's instrument, is none of either.
    """
    is_named = _within(names)
    found = [one for one in dates(prose.text) if not is_named(prose.span(one.start, one.end))]
    for test in (_opens, _acts, _labelled, _stands):
        for one in found:
            if test(prose, one):
                return Fact(one.iso, prose.span(one.start, one.end)), False
    signed = [(one, span) for one, span in signed_on(text, rest) if not is_named(span)]
    if signed and len({date.iso for date, _ in signed}) == 1:
        return Fact(signed[0][0].iso, signed[0][1]), False
    return None, len(signed) > 1


def _within(spans: Sequence[Span]) -> Callable[[Span], bool]:
    """Return the test whether a span lies inside one of many: in `reach`, how far those that begin before it go."""
    ordered = sorted(spans)
    reach = list(accumulate((span.end for span in ordered), max))

    def is_within(span: Span) -> bool:
        before = bisect_right(ordered, span.start, key=attrgetter("start"))
        return before > 0 and span.end <= reach[before - 1]

    return is_within


def _lead(prose: Prose, one: PrintedDate) -> str:
    return prose.text[max(0, one.start - _LEAD) : one.start]


def _opens(prose: Prose, one: PrintedDate) -> bool:
    lead = _lead(prose, one)
    if one.start <= _LEAD:
        lead = f"Agreement {lead}"
    found = _OPENING.search(lead)
    if found is None:
        return bool(_AMENDS.search(lead) and _AGREEMENT_BEHIND.match(prose.text, one.end))
    before = lead[: found.start()]
    return not _DISTANT.search(before) and (_THIS.search(found[0]) is not None or not _ANOTHER.search(before))


def _acts(prose: Prose, one: PrintedDate) -> bool:
    lead = _lead(prose, one)
    if _ON_THE_DAY.search(lead):
        return True
    found = _ACT.search(lead)
    return found is not None and not _OTHER.search(lead)


def _labelled(prose: Prose, one: PrintedDate) -> bool:
    if _AFTER_LABEL.match(prose.text, one.end) and prose.text[one.end : one.end + 9].strip(" (").startswith(
        ("Date", "DATE")
    ):
        return True
    return _LABEL.search(_lead(prose, one)) is not None


def _stands(prose: Prose, one: PrintedDate) -> bool:
    """Say whether a date is a paragraph of its own, alone or behind a place, or closes the text."""
    text, (start, end) = prose.text, prose.paragraph(one.start)
    if start == end:
        return False
    place = one.start - start <= _REACH and _PLACE.match(text[start : one.start]) is not None
    behind = one.end
    while behind < end and text[behind] in " .,":
        behind += 1
    if start == one.start and read_name(text, one.end + 1, lambda _: True) == end:
        return True
    if behind >= end and place:
        return True
    if len(text) - one.end <= _REACH and _SENTENCE_BEFORE.search(text[max(0, one.start - 2) : one.start]):
        rest = text[one.end :].strip(" .")
        if not rest or read_name(rest, 0, lambda _: True) == len(rest):
            return True
    return start == 0 and place and behind < end and text[behind].isupper()


def signed_on(text: str, rest: Span) -> Iterator[tuple[PrintedDate, Span]]:
    """Yield the dates that stand at signatures: behind a label, or on a line of their own."""
    at = rest.start
    while at < rest.end:
        stop = text.find("\n", at, rest.end)
        stop = rest.end if stop == -1 else stop
        line = text[at:stop]
        if not is_furniture(line):
            first, last = len(line) - len(line.lstrip(" \t:_-")), len(line.rstrip(" \t.:_-"))
            for one in dates(line):
                before = line[max(0, one.start - _PLACE_REACH) : one.start]
                alone = one.start <= first and (
                    last <= one.end or _AFTER_LABEL.match(line, one.end) or line.startswith(("   ", "\t"), one.end)
                )
                if alone or (_LABEL.search(before) and "ttorney" not in before[-60:]):
                    yield one, Span(at + one.start, at + one.end)
        at = stop + 1
