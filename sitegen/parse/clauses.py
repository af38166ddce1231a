"""The clauses of the body and what each is about."""

import re
from collections.abc import Iterator

from sitegen.model.agreement import Clause
from sitegen.model.name import fold_space
from sitegen.model.text import Fact, Span
from sitegen.parse.act import is_act, sentences
from sitegen.parse.prose import UNWRAPPED, Prose, is_furniture

_NUMBER = re.compile(
    r"\s{0,80}(?:\((?P<a>\d{1,2}|[a-z]|[ivx]{2,4})\)|(?P<b>\d{1,2})[.)]|(?:section|article)\s(?P<c>\d{1,2})[.:]?)(?=\s|\Z)",
    re.IGNORECASE,
)
_RECITAL = re.compile(
    r"""\W*(?:whereas\b|now,?\s{1,9}therefore\b|that,?\s{1,9}in\s{1,9}consideration\b
    |w\s?i\s?t\s?n\s?e\s?s\s?s\s?e\s?t\s?h\b|recitals?\W*\Z|background\W*\Z)""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(
    r"\W*(?:in\s{1,9}(?:witness|evidence)\s{1,9}(?:whereof|thereof)\b|in\switness\b|witness\s{1,9}(?:the|our|my)\b"
    r"|(?:executed|signed)\s{1,9}(?:in|at|as|this|on|by)\b|dated?\b|signatures?\W*\Z)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 6
_KINDS = (
    ("counterparts", re.compile(r"\bcounterparts?\b", re.IGNORECASE)),
    (
        "governing-law",
        re.compile(
            r"\bgoverned\sby\b|\bgoverning\slaw\b|\bconstrued\s(?:and\senforced\s)?in\saccordance\swith\sthe\slaws\b",
            re.IGNORECASE,
        ),
    ),
    ("termination", re.compile(r"\bterminat|\brevoked?\b|\bremain\sin\sfull\sforce\b|\bwithdraw", re.IGNORECASE)),
    ("responsibility", re.compile(r"\bresponsib(?:le|ility)\b|\bcompleteness\sand\saccuracy\b", re.IGNORECASE)),
    (
        "exhibit",
        re.compile(
            r"\b(?:filed|included?|attached|annexed|inclusion|filing)\b[^.;]{0,80}\bas\san?\s(?:exhibit|attachment)\b|\bas\s(?:an\s)?exhibit\s\w{1,3}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "amendment",
        re.compile(
            r"\b(?:agreement\b[^.;]{0,60}\b(?:may|shall|can)\s(?:not\s)?be\s(?:amended|modified|supplemented)|no\samendment|amended\sat\sany\stime)\b",
            re.IGNORECASE,
        ),
    ),
)


def read_clauses(text: str, body: Span, opening: Span | None) -> tuple[Clause, ...]:
    """Cut the running text into its numbered clauses; without numbers, into its paragraphs.

    The paragraph that lists the parties, recitals and the closing words are none.
    """
    paragraphs = [
        span
        for span in _paragraphs(text, body)
        if opening is None or not _overlap(span, opening) or is_act(fold_space(text[span.start : span.end]))
    ]
    numbered = [span for span in paragraphs if _NUMBER.match(text, span.start, span.end)]
    return tuple(_clause(text, span) for span in _grouped(text, paragraphs, numbered=len(numbered) > 1))


def is_framework(words: str) -> bool:
    """Say whether a paragraph is a recital or one of the closing formulas."""
    return _RECITAL.match(words) is not None or _CLOSING.match(words) is not None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _paragraphs(text: str, body: Span) -> Iterator[Span]:
    """Cut at blank lines and before numbers; page furniture neither begins nor ends a paragraph."""
    start: int | None = None
    end = at = body.start
    blank = True
    while at < body.end:
        stop = text.find("\n", at, body.end)
        stop = body.end if stop == -1 else stop
        line = text[at:stop]
        if not line.strip():
            blank = True
        elif not is_furniture(line):
            if start is not None and ((blank and _ends(text[start:end])) or _NUMBER.match(line) or is_framework(line)):
                yield Span(start, end)
                start = None
            if start is None:
                start = at + len(line) - len(line.lstrip())
            end = at + len(line.rstrip())
            blank = len(line) > UNWRAPPED
        at = stop + 1
    if start is not None:
        yield Span(start, end)


def _ends(words: str) -> bool:
    return words.rstrip(" \"'”’)")[-1:] in {".", ";", ":", ",", ""} or words.isupper() or len(words) < 60  # noqa: PLR2004


def _grouped(text: str, paragraphs: list[Span], *, numbered: bool) -> Iterator[Span]:
    """Yield clauses: with numbers, a clause goes on until the next number or a closing formula."""
    held: Span | None = None
    for span in paragraphs:
        words = text[span.start : span.end]
        if is_framework(words):
            if held:
                yield held
            held = None
        elif not numbered:
            if (words.rstrip()[-1:] in {".", ";", ":"} and len(words.split()) >= _FEWEST_WORDS) or is_act(words):
                yield span
        elif _NUMBER.match(words):
            if held:
                yield held
            held = span
        elif held:
            held = Span(held.start, span.end)
    if held:
        yield held


def _clause(text: str, span: Span) -> Clause:
    found = _NUMBER.match(text, span.start, span.end)
    number = next((group for group in found.groups() if group), None) if found else None
    prose = Prose(text, Span(found.end() if found and number else span.start, span.end))
    return Clause(
        number=number, text=Fact(prose.text or fold_space(text[span.start : span.end]), span), kind=_kind(prose.text)
    )


def _kind(words: str) -> str | None:
    if any(is_act(words[start:end]) for start, end in sentences(words)):
        return "joint-filing"
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), None)
    return kind or ("joint-filing" if is_act(words, agreed=True) else None)
