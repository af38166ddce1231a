"""Headings: the title of an agreement, its exhibit label, and the headings of what stands before and behind it."""

import re

import msgspec

_TOKEN = re.compile(r"\S+")
_EDGE = "\"'“”‘’()[]{}.,;:*_-–—"
_VOCABULARY = frozenset(
    """
    joint jointly filing filings filed file agreement agreements statement statements undertaking undertakings consent consents joinder
    acknowledgment acknowledgement acknowledgments confirmation authorization memorandum acquisition solicitation power attorney
    of to for as and or on in by with the a an this re regarding relating relative concerning respect among between evidencing
    pursuant under required accordance rule rules section sections regulation regulations reg schedule schedules form forms form
    amended restated amendment amendments second third fourth fifth sixth no number first counterpart group members member
    reporting person persons parties exchange act securities 1934 beneficial ownership 13d 13g 13d/a 13g/a 13 d g
    """.split()  # noqa: SIM905
)
_CORE = frozenset(
    "agreement agreements undertaking undertakings joinder consent consents acknowledgment acknowledgement confirmation authorization".split()
)
_JOINTLY = frozenset("filing filings statement statements file acquisition".split())
_RULE_WORD = re.compile(
    r"(?:240\.)?13\(?[dg]\)?(?:-[1l12])?(?:\(\w{1,4}\))*\Z|\(?\w{1,3}\)(?:\(\w{1,4}\))*\Z|§+\Z|\d{1,2}(?:st|nd|rd|th)?\Z",
    re.IGNORECASE,
)
_ENDS = frozenset(
    "agreement agreements undertaking undertakings consent consents joinder acknowledgment acknowledgement statement statements filing filings confirmation authorization attorney act 1934 persons parties group".split()
)
_LONGEST_TITLE_LINE = 200

_LABEL = re.compile(
    r"[\s\"'“”(*_-]{0,200}(?P<word>exhibit|ex|annex|appendix|attachment)\b[\s.:-]{0,4}(?:(?:no\b\.?|number|\#)\s{0,3})?"
    r"[\"'“”(]{0,2}(?P<number>\d{1,3}(?:\.\d{1,3})?(?:\.?[A-Za-z])?(?:\(\w{1,3}\))*|[A-Z](?:-?\d{1,2})?|[a-z]|[IVX]{1,5})"
    r"[\"'“”)]{0,2}(?![\w.-]*\w)(?:\s{1,9}to\s{1,9}(?:the\s{1,9})?(?:schedule|form)\s{0,9}13\s?-?[dg](?:/a)?\b)?[\s.:*_-]{0,200}",
    re.IGNORECASE,
)
_SCHEDULE_LABEL = re.compile(
    r"\s{0,200}schedule\s{1,3}(?!13)[\"'“”]?(?:[A-Z]|\d{1,2}|[IVX]{1,5})[\"'“”]?\s*\Z", re.IGNORECASE
)
_OTHER_PART = re.compile(
    r"\s{0,200}(?:(?:exhibit\s+index|index\s+(?:to|of)\s+exhibits|list\s+of\s+exhibits)\b.{0,40}"
    r"|(?:limited\s+|special\s+)?powers?\s+of\s+attorney\W{0,9}"
    r"|item\s+\d{1,2}\s?[.:(].{0,200})\Z",
    re.IGNORECASE,
)
_SIGNATURE_HEADING = re.compile(r"[\W_]{0,60}signatures?(?:\s+pages?)?[\W_]{0,60}\Z", re.IGNORECASE)
_MARK = re.compile(r"/\s?s\s?/|\bs\\|\(signature\)", re.IGNORECASE)


class Label(msgspec.Struct, frozen=True):
    """An exhibit label in a line: `EXHIBIT 99.1`."""

    number: str
    start: int
    """Of the number, in the line."""
    end: int
    """Where what follows the label begins."""


def label_in(line: str) -> Label | None:
    """Read the exhibit label that a line begins with."""
    found = _LABEL.match(line)
    if not found or (found["number"].islower() and not found["number"][0].isdigit() and found["word"].islower()):
        return None
    return Label(found["number"], found.start("number"), found.end())


def is_label_line(line: str) -> bool:
    """Say whether a line is an exhibit's, annex's or schedule's label and nothing else."""
    label = label_in(line)
    return (label is not None and label.end >= len(line.rstrip())) or _SCHEDULE_LABEL.match(line) is not None


def is_other_part(line: str) -> bool:
    """Say whether a line heads something that is no part of an agreement: an index, a power of attorney, an item."""
    return _OTHER_PART.match(line) is not None


def is_signature_heading(line: str) -> bool:
    """Say whether a line is the word "Signature" alone."""
    return _SIGNATURE_HEADING.match(line) is not None


def has_mark(line: str) -> bool:
    """Say whether a line holds a conformed signature."""
    return _MARK.search(line) is not None


def _word(token: str) -> str:
    return token.strip(_EDGE).casefold() if not _RULE_WORD.match(token.strip(".,;:*")) else "13d"


def _is_title(words: list[str]) -> bool:
    held = set(words)
    return bool(held & _CORE) or ("joint" in held and bool(held & _JOINTLY))


def title_line(line: str) -> tuple[int, int] | None:
    """Return the range of a line that is a title and nothing else, or None."""
    if len(line) > _LONGEST_TITLE_LINE + 200 or not line.strip():
        return None
    tokens = list(_TOKEN.finditer(line))
    words = [_word(token[0]) for token in tokens]
    kept = [word for word in words if word]
    if not kept or len(kept) > 24 or any(word not in _VOCABULARY for word in kept) or not _is_title(kept):  # noqa: PLR2004
        return None
    if not (tokens[0][0].lstrip(_EDGE)[:1].isupper()) or tokens[-1][0].endswith((".", ",", ";")):
        return None
    if any(
        token[0].islower() and word not in _SMALL and word.isalpha() for token, word in zip(tokens, words, strict=True)
    ):
        return None
    return tokens[0].start(), tokens[-1].end()


_SMALL = frozenset("of to for as and or on in by with the a an re among between no under filing".split())


def continuation_line(line: str) -> tuple[int, int] | None:
    """Return the range of a line that can only go on a title: `PURSUANT TO RULE 13d-1(k)`."""
    tokens = list(_TOKEN.finditer(line)) if len(line) <= _LONGEST_TITLE_LINE else []
    words = [_word(token[0]) for token in tokens]
    kept = [word for word in words if word]
    if not kept or any(word not in _VOCABULARY for word in kept) or tokens[-1][0].endswith((".", ",", ";")):
        return None
    if kept[0] not in {
        "pursuant",
        "under",
        "of",
        "to",
        "regarding",
        "relating",
        "among",
        "between",
        "as",
        "by",
        "for",
        "with",
        "required",
    }:
        return None
    return tokens[0].start(), tokens[-1].end()


def title_within(line: str, end: int) -> tuple[int, int] | None:
    """Return the last title printed inside a longer line before `end`: flattened text runs title and sentence together.

    All its words are in capitals, or all begin with one; it ends with the word that makes it a title, or with the
    rule that it cites.
    """
    best: tuple[int, int] | None = None
    run: list[tuple[str, re.Match[str]]] = []
    for token in _TOKEN.finditer(line, 0, end):
        word = _word(token[0])
        capital = (
            token[0].isupper() or word == "13d" or (token[0][:1].isupper() and not any(t[0].isupper() for _, t in run))
        )
        if word in _VOCABULARY and (capital or (run and word in _SMALL)):
            run.append((word, token))
            continue
        best = _trim(run, line) or best
        run = []
    return _trim(run, line) or best


def title_at_head(line: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the title that a sentence is run together with: it begins at `start`, or behind an exhibit label there."""
    label = label_in(line[start:end])
    start += label.end if label else 0
    for token in _TOKEN.finditer(line, start, end):
        word = _word(token[0])
        if word not in _VOCABULARY or not (
            token[0].isupper() or word == "13d" or token[0][:1].isupper() or word in _SMALL
        ):
            return (
                title_within(line[: token.start()], token.start())
                if _starts_title(line, start, token.start())
                else None
            )
    return None


def _starts_title(line: str, start: int, end: int) -> bool:
    found = title_within(line[:end], end)
    return found is not None and not line[start : found[0]].strip()


def _trim(run: list[tuple[str, re.Match[str]]], line: str) -> tuple[int, int] | None:
    while run and ((run[0][0] == "13d" and not run[0][1][0].isalpha()) or len(run[0][0]) == 1):
        run = run[1:]
    if not run or run[0][0] in {"this", "the", "a", "an"}:
        return None
    upper = run[0][1][0].isupper()
    if not upper:
        last = next((i for i, (word, _) in enumerate(run) if word in _CORE), None)
        run = run[: last + 1] if last is not None else []
    while run and not (run[-1][0] in _ENDS or (run[-1][0] == "13d" and len(run) > 1)):
        run = run[:-1]
    words = [word for word, _ in run]
    if len(run) < 2 or not _is_title(words) or not ({"joint", "13d", "13g"} & set(words) or upper):  # noqa: PLR2004
        return None
    return run[0][1].start(), run[-1][1].start() + len(run[-1][1][0].rstrip(".,;:"))
