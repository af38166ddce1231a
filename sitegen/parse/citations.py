"""Rules that an agreement cites against Regulation 13D-G (17 CFR 240.13d-1 to 13d-102), as it stood on its day."""

import re
from collections.abc import Iterator

from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import Fact, Span
from sitegen.parse.prose import Prose

_MOVED = "1998-02-17"
"""Release 34-39538 took effect: joint filings moved from 13d-1(f) to 13d-1(k)."""
_FULL = len(_MOVED)
_EXIST = {
    "1": re.compile(r"(?:\([a-j]\).*|\(k\)(?:\(1\)(?:\((?:i|ii|iii)\))?|\(2\))?)?"),
    "2": re.compile(r"(?:\([a-d]\).*)?"),
    "3": re.compile(r"(?:\([a-d]\).*)?"),
    "4": re.compile(r".*"),
    "5": re.compile(r"(?:\([a-d]\).*)?"),
    "6": re.compile(r".*"),
    "7": re.compile(r".*"),
    "101": re.compile(r".*"),
    "102": re.compile(r".*"),
}
"""Paragraphs of each rule that any text of the regulation ever had, as far as joint filers cite them."""
_RULE = re.compile(
    r"\b(?:rules?|§|section)\s(?:240\s?\.\s?)?(?P<rule>13\s?[dg]\s?-\s?(?P<number>\d{1,3}))(?![\d-])(?P<levels>(?:\s?\(\s?\w{1,4}\s?\)){0,5})",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s")


def citations(agreement: Agreement, prose: Prose, filed: Fact | None) -> Iterator[Finding]:
    """Report rules that do not exist, and the rule on joint filings cited where it stood at another time."""
    wrong = set()
    for one in _nowhere(agreement, prose):
        if one.value not in wrong:
            wrong.add(one.value)
            yield Finding(
                "SG307", f"The agreement cites Rule {one.value}; Regulation 13D-G has no such rule.", one.span
            )
    day = agreement.date or filed
    if day is None:
        return
    cited = {rule.value[: len("13d-1(k)")]: rule for rule in reversed(agreement.rules)}
    old, new = cited.get("13d-1(f)"), cited.get("13d-1(k)")
    whose = "is dated" if agreement.date else "was filed on"
    if old and not new and _is_after(day.value):
        yield Finding(
            "SG308",
            f"The agreement cites Rule {old.value} and {whose} {day.value}; "
            "since February 17, 1998 joint filings stand in Rule 13d-1(k)(1).",
            old.span,
        )
    elif new and not old and _is_before(day.value):
        yield Finding(
            "SG308",
            f"The agreement cites Rule {new.value} and {whose} {day.value}; "
            "before February 17, 1998 joint filings stood in Rule 13d-1(f)(1).",
            new.span,
        )


def _is_after(day: str) -> bool:
    """Tell whether a full or partial date is surely not before the move."""
    return day >= _MOVED if len(day) == _FULL else day > _MOVED[: len(day)]


def _is_before(day: str) -> bool:
    """Tell whether a full or partial date is surely before the move."""
    return day < _MOVED[: len(day)]


def _nowhere(agreement: Agreement, prose: Prose) -> Iterator[Fact]:
    for rule in agreement.rules:
        number, bracket, levels = rule.value.removeprefix("13d-").partition("(")
        if not _EXIST[number].fullmatch(bracket + levels):
            yield rule
    for found in _RULE.finditer(prose.text):
        number = found["number"]
        if number not in _EXIST or "g" in found["rule"].casefold():
            said = _BLANK.sub("", found["rule"] + found["levels"]).lower()
            yield Fact(said, _span(prose, found))


def _span(prose: Prose, found: re.Match[str]) -> Span:
    return prose.span(found.start("rule"), found.end("levels"))
