"""What an agreement refers to: the schedule, its amendment, the rules of 17 CFR 240.13d."""

import re

import msgspec

from sitegen.model.text import Basis, Fact, SourceDocument, Span
from sitegen.parse.prose import Prose, without_brackets

_SCHEDULE = re.compile(
    r"\b(?:schedules?|forms?|statements?|sc)\s(?:on\sschedules?\s)?13\s?[-–]?\s?(?P<kind>[DG])\b(?:\s?/\s?A\b)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![-\w(.])13\s?(?P<kind>[DG])\b(?:\s?/\s?A\b)?(?!\s?[-–(])", re.IGNORECASE)
_PAIR = re.compile(
    r"\b13\s?(?P<one>[DG])(?:/A)?(?:\s?(?:\(the\s\"[^\"]{1,30}\"\)\s?)?,?\s?(?:and/or|and|or|/)\s?)(?:(?:a\s|an\s|any\s|on\s|the\s|statements?\s|schedules?\s|forms?\s|amendments?\s|to\s|each\s){0,6})13\s?(?P<two>[DG])\b",
    re.IGNORECASE,
)
_FORM_TYPE = re.compile(r"13\s?(?P<kind>[DG])", re.IGNORECASE)
_AMENDMENT = re.compile(r"\bamendment\s(?:no\.?|number|\#)\s?(?P<number>\d{1,3})\b", re.IGNORECASE)
_COVER_SCHEDULE = re.compile(r"\bschedule\s{1,9}13\s?(?P<kind>[DG])\b(?:\s?/\s?A\b)?", re.IGNORECASE)
_COVER_AMENDMENT = re.compile(r"\(\s?amendment\s+no\.?\s{0,4}(?P<number>\d{1,3})\s?\)", re.IGNORECASE)
_COVER = 6_000
_RULE = re.compile(
    r"\b(?:(?:240\s?\.\s?)?13\s?\(?d\)?)\s?-\s?(?P<number>[1l7]|101|102|2|3|5)(?P<levels>(?:\s?\(\s?\w{1,4}\s?\)){0,5})(?P<bare>(?<=\))\d(?!\w))?",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\(\s?(\w{1,4})\s?\)")


class References(msgspec.Struct, frozen=True):
    """The schedule, its amendment, and the rules cited."""

    schedule: Fact | None = None
    amendment: Fact | None = None
    rules: tuple[Fact, ...] = ()


def read_references(document: SourceDocument, prose: Prose, title: Fact | None) -> References:
    """Read what the text refers to; schedule and amendment else come from the header and the cover."""
    return References(
        schedule=_schedule(prose) or _title_schedule(title) or _header_schedule(document) or _cover_schedule(document),
        amendment=_amendment(document, prose),
        rules=_rules(prose, title),
    )


def _schedule(prose: Prose) -> Fact | None:
    """`both` only when the text sets them side by side; a schedule in brackets ("including …") is the lesser one."""
    text = without_brackets(prose.text)
    pair = next((found for found in _PAIR.finditer(text) if found["one"].upper() != found["two"].upper()), None)
    first = _SCHEDULE.search(text) or _SCHEDULE.search(prose.text) or _BARE.search(prose.text)
    if pair and (first is None or pair.start() <= first.end()):
        return Fact("both", prose.span(pair.start(), pair.end()))
    return Fact(f"13{first['kind'].upper()}", prose.span(first.start(), first.end())) if first else None


def _title_schedule(title: Fact | None) -> Fact | None:
    found = _SCHEDULE.search(title.value) if title else None
    return Fact(f"13{found['kind'].upper()}", title.span) if found and title else None


def _header_schedule(document: SourceDocument) -> Fact | None:
    form = document.filing.form if document.filing else None
    found = _FORM_TYPE.search(form.value) if form else None
    return Fact(f"13{found['kind'].upper()}", form.span, Basis.HEADER) if found and form else None


def _cover_schedule(document: SourceDocument) -> Fact | None:
    """Read the schedule off the cover of the document that holds the agreement."""
    found = _COVER_SCHEDULE.search(document.text, document.body.start, _cover_end(document))
    return Fact(f"13{found['kind'].upper()}", Span(found.start(), found.end()), Basis.COVER) if found else None


def _cover_end(document: SourceDocument) -> int:
    return min(document.body.end, document.body.start + _COVER)


def _amendment(document: SourceDocument, prose: Prose) -> Fact | None:
    found = _AMENDMENT.search(prose.text)
    if found:
        return Fact(found["number"], prose.span(found.start("number"), found.end("number")))
    found = _COVER_AMENDMENT.search(document.text, document.body.start, _cover_end(document))
    if not found or not int(found["number"]):
        return None
    return Fact(found["number"], Span(found.start("number"), found.end("number")), Basis.COVER)


def _rules(prose: Prose, title: Fact | None) -> tuple[Fact, ...]:
    """Cite each rule once, where it is first cited; a paragraph covers its own sub-paragraphs."""
    cited: dict[str, Fact] = {}
    for found in _RULE.finditer(prose.text):
        rule = _normal(found)
        cited.setdefault(rule, Fact(rule, prose.span(found.start(), found.end())))
    for found in _RULE.finditer(title.value) if title else ():
        rule = _normal(found)
        if title and rule not in cited:
            cited[rule] = Fact(rule, title.span)
    kept = [rule for rule in cited if not any(rule != other and rule.startswith(f"{other}(") for other in cited)]
    return tuple(cited[rule] for rule in kept)


def _normal(found: re.Match[str]) -> str:
    """Write a citation in one way: `13d-1(k)(1)(iii)`; the letter l stands for the figure where a figure belongs."""
    number = "1" if found["number"].casefold() == "l" else found["number"]
    levels: list[str] = []
    for place, level in enumerate(_LEVEL.findall(found["levels"])):
        low = level.casefold()
        levels.append(low.replace("l", "1").replace("i", "1") if place == 1 and low in {"l", "i"} else low)
    levels += [found["bare"]] if found["bare"] else []
    return f"13d-{number}" + "".join(f"({level})" for level in levels)
