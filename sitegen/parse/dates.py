"""Dates by a strict grammar, full or partial; a missing day is never filled in."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
SUFFIX = r"\s?(?:s\s?t|n\s?d|r\s?d|t\s?h)\b"
YEAR = r"(?:19|20)\d\d"
_IN_YEAR = r"(?:in\s(?:the\s)?year\s)?"
_BLANK = r"(?:(?<!_)_{1,40}|\[[\s_•●*]{0,9}\])"
_DAY_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))

_DATE = re.compile(
    rf"""(?=\d|_|\[|(?<![^\W\d_])[adefjmnost])(?:  # what no date begins with is passed over at once
      (?<![^\W\d_])(?P<m1>{MONTH})\.?\s?(?P<d1>\d{{1,2}})(?:{SUFFIX})?\s?[,.]?\s{{0,2}}(?P<y1>{YEAR})(?!\d)
    | (?<![\d/])(?P<d2>\d{{1,2}})(?:{SUFFIX})?\s(?:day\s)?(?:of\s)?
      (?P<m2>{MONTH})\b\.?\s?,?\s?{_IN_YEAR}(?P<y2>{YEAR})(?!\d)
    | \b(?P<o3>{_DAY_WORD})\sday\sof\s(?P<m3>{MONTH})\b\.?\s?,?\s?{_IN_YEAR}(?P<y3>{YEAR})(?!\d)
    | (?<![\d/.-])(?P<m4>\d{{1,2}})[/-](?P<d4>\d{{1,2}})[/-](?P<y4>{YEAR}|\d\d)(?![\d/-])
    | (?<![\d/.-])(?P<y5>{YEAR})-(?P<m5>\d\d)-(?P<d5>\d\d)(?![\d-])
    | (?<![\d.])(?P<d7>\d{{1,2}})\.(?P<m7>\d{{1,2}})\.(?P<y7>{YEAR})(?![\d.])
    | (?<![\d/-])(?P<d8>\d{{1,2}})[-/](?P<m8>{MONTH})[-/](?P<y8>{YEAR}|\d\d)(?![\d/-])
    | (?:{_BLANK}(?:\s?(?:th|st|nd|rd))?\s?(?:day\s)?(?:of\s)?)?
      \b(?P<m6>{MONTH})\b\.?\s?(?:_{{1,30}}\s?)?[,.]?\s{{0,2}}(?P<y6>{YEAR})(?!\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = {
    **{word: number for number, word in enumerate((
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ), 1)},
    **{word: 10 * number for number, word in enumerate((
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ), 2)},
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_YEAR_WORDS = (
    rf"(?:two\sthousand(?:,?\s(?:and\s)?(?:{_WORDS})(?:[\s-](?:{_WORDS}))?)?"
    rf"|(?:nineteen(?:\shundred(?:\sand)?)?|twenty)\s(?:{_WORDS})(?:[\s-](?:{_WORDS}))?)"
)
_WORDED = re.compile(
    rf"""
      \b(?:(?P<d9>\d{{1,2}})(?:{SUFFIX})?|(?P<o9>{_DAY_WORD}))\s(?:day\s)?of\s(?P<m9>{MONTH})\b\.?\s?,?\s?
      (?:in\s(?:the\s)?year\s(?:of\sour\slord,?\s)?)?(?P<y9>{_YEAR_WORDS})\b
    | (?<![^\W\d_])(?P<m0>{MONTH})\.?\s(?P<d0>\d{{1,2}})(?:{SUFFIX})?,?\s(?P<y0>{_YEAR_WORDS})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Dates whose year is in words: `the fifth day of May, two thousand and three`."""
_YEAR_HEADS = ("thousand", "nineteen", "twenty")
_YEAR_HINT = re.compile(rf"{YEAR}|[/-]\d\d(?!\d)")
"""What stands in every date whose year is in figures."""
_WITHOUT_DAY = "6"
_DAY_FIRST = "7"
_WORD = re.compile(r"[a-z]+")
_CENTURY_YEARS = 100
_CENTURY = 93  # EDGAR begins in 1993: a two-digit year from here on is of the last century


class PrintedDate(msgspec.Struct, frozen=True, gc=False):
    """A date as a range of the text it was found in."""

    iso: str
    """`2003-11-17`, or `2003-11` when no day is printed."""
    start: int
    end: int


def month_of(word: str) -> int:
    """Return the number of a month by its name, or as printed; 0 for none."""
    if word.isdigit():
        return int(word)
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].casefold())), 0)


def _day(found: re.Match[str], kind: str) -> int:
    word = found[f"o{kind}"] if f"o{kind}" in found.re.groupindex else None
    if word:
        return _ORDINALS.index(word.casefold()) + 1 if word.casefold() in _ORDINALS else 0
    return int(found[f"d{kind}"] or 0) if f"d{kind}" in found.re.groupindex else 0


def _year(printed: str) -> int:
    """Return a year in figures or in words: `two thousand and three`, `nineteen ninety-nine`."""
    if printed.isdigit():
        return int(printed)
    words = [word for word in _WORD.findall(printed.casefold()) if word != "and"]
    head = 2000 if words[0] in {"two", "twenty"} else 1900
    behind = words[2:] if words[1] in {"thousand", "hundred"} else words[1:]
    rest = sum(_NUMBERS.get(word, 0) for word in behind)
    return head + rest if rest < _CENTURY_YEARS else 0


def _read(found: re.Match[str]) -> str | None:
    kind = (found.lastgroup or "")[-1:]
    year = _year(found[f"y{kind}"])
    if year < 100:  # noqa: PLR2004
        year += 1900 if year >= _CENTURY else 2000
    month = month_of(found[f"m{kind}"])
    if kind == _WITHOUT_DAY:
        return f"{year:04}-{month:02}"
    if kind == _DAY_FIRST and month != _day(found, kind) <= len(_MONTHS):
        return None
    try:
        return date(year, month, _day(found, kind)).isoformat()
    except ValueError:
        return None


def dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Find all dates of a folded text, in order; one that no calendar has, or that two readers read apart, is none."""
    stop = len(text) if end is None else end
    low = text[start:stop].lower()
    worded = list(_WORDED.finditer(text, start, stop)) if any(word in low for word in _YEAR_HEADS) else []
    figured = list(_DATE.finditer(text, start, stop)) if _YEAR_HINT.search(text, start, stop) else []
    for found in sorted([*figured, *worded], key=re.Match.start):
        iso = _read(found)
        if iso:
            yield PrintedDate(iso, found.start(), found.end())


def date_at(text: str, start: int) -> PrintedDate | None:
    """Read the date that begins exactly here, or None."""
    found = _DATE.match(text, start) or _WORDED.match(text, start)
    iso = _read(found) if found else None
    return PrintedDate(iso, found.start(), found.end()) if found and iso else None
