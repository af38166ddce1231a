"""Headings: the title of an agreement, its exhibit label, and the headings of what stands before and behind it."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.parse.lexicon import words

_TOKEN = re.compile(r"\S+")
_EDGE = "\"'“”‘’()[]{}.,;:*_-–—"
_VOCABULARY = words(
    """
    joint jointly filing filings filed file agreement agreements statement statements undertaking undertakings consent
    consents joinder acknowledgment acknowledgement acknowledgments confirmation authorization memorandum acquisition
    solicitation power attorney appointing designating designated filer filers authorized signatory group members member
    of to for as and or on in by with the a an this re regarding relating relative concerning respect among between
    evidencing pursuant under required accordance rule rules section sections regulation regulations reg schedule
    schedules form forms amended restated amendment amendments second third fourth fifth sixth no number first
    counterpart information make making reporting person persons parties exchange act securities 1934
    beneficial ownership 13d 13g 13d/a 13g/a
    13 d g
    """
)
"""All words that titles are made of; a line with any other word is no title."""
_CORE = words(
    "agreement agreements undertaking undertakings joinder consent consents acknowledgment acknowledgement confirmation"
    " authorization"
)
_WITH_JOINT = words("filing filings statement statements file acquisition")
_ENDS = _CORE | _WITH_JOINT | words("attorney act 1934 persons parties group filer signatory")
TITLE_WORD = re.compile(
    r"\b(?:agreements?|undertakings?|joinder|consents?|acknowledge?ments?|confirmation|authorization|joint)\b"
    r"|\bA\sG\sR\sE\sE",
    re.IGNORECASE,
)
"""What every title holds: one of the words that make it one."""
_SMALL = words("of to for as and or on in by with the a an re among between no under filing")
"""Words that a title may print in lower case."""
_CONTINUES = words(
    "pursuant under of to regarding relating among between as by for with required concerning respecting"
)
_RESTATES = words(
    "amended and restated further first second third fourth fifth sixth seventh amendment no number to the"
)
"""What a line over a title may consist of that belongs to it."""
_LEADS_ON = words("among between pursuant of to for under and with by the a an in re regarding relating concerning")
"""Words that no title ends with: its next line goes on."""
_ARTICLES = words("this the a an")
_RULE = "13d"
_RULE_WORD = re.compile(
    r"""(?:240\.)?13\(?[dg]\)?(?:-[1l2]?)?(?:\(\w{1,4}\))*\d?\Z | \(?\w{1,3}\)(?:\(\w{1,4}\))*\Z | §+\Z
    | \d{1,2}(?:st|nd|rd|th)?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_TITLE_LINE = 400
_MOST_TITLE_WORDS = 24
_MOST_IN_SENTENCE_CASE = 4

_LABEL = re.compile(
    r"""[\s\"'“”(*_-]{0,200}(?P<word>exhibit|ex|annex|appendix|attachment)\b[\s.:-]{0,4}
    (?:(?:no\b\.?|number|\#)\s{0,3})?[\"'“”(]{0,2}
    (?P<number>\d{1,3}(?:\.\d{1,3})?(?:\.?[A-Za-z])?(?:\(\w{1,3}\))*|[A-Z](?:-?\d{1,2})?|[a-z]|[IVX]{1,5})[\"'“”)]{0,2}
    (?![\w.-]*\w)(?:\s{1,9}to\s{1,9}(?:the\s{1,9})?(?:schedule|form)\s{0,9}13\s?-?[dg](?:/a)?\b)?[\s.:*_-]{0,200}""",
    re.IGNORECASE | re.VERBOSE,
)
_SCHEDULE_LABEL = re.compile(
    r"\s{0,200}schedule\s{1,3}(?!13)[\"'“”]?(?:[A-Z]|\d{1,2}|[IVX]{1,5})[\"'“”]?\s*\Z", re.IGNORECASE
)
_OTHER_PART = re.compile(
    r"""\s{0,200}(?:(?:exhibit\s+index|index\s+(?:to|of)\s+exhibits|list\s+of\s+exhibits)\b.{0,40}
    |(?:limited\s+|special\s+)?powers?\s+of\s+attorney\W{0,9}
    |item\s+\d{1,2}\s?[.:(].{0,200})\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_AGREEMENT = re.compile(
    r"""\s{0,200}(?:[\w.&'’/-]{1,30}\s{1,9}){0,8}?(?:lock-?\s?up|voting|stand-?still|underwriting|purchase|merger|support|tender
    |registration(?:\s{1,9}rights)?|proxy|confidentiality|nondisclosure|settlement|employment|credit|loan|pledge|escrow
    |shareholders?['’]?|stockholders?['’]?|investors?['’]?|investment|subscription|exchange|nomination|cooperation|advisory
    |management|partnership|operating|rights|indemnification)\s{1,9}(?:and\s{1,9}\w{1,20}\s{1,9})?(?:letter\s{1,9})?agreement\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_HEADING = 120
_SPACED = re.compile(r"\s*[A-Z](?:\s{1,4}[A-Z]){4,60}\s*\Z")
_SIGNATURE_HEADING = re.compile(r"[\W_]{0,60}signatures?(?:\s+pages?)?[\W_]{0,60}\Z", re.IGNORECASE)
_MARK = re.compile(r"/\s?s\s?/|\bs\\|\(signature\)", re.IGNORECASE)


class Label(msgspec.Struct, frozen=True):
    """An exhibit label in a line: `EXHIBIT 99.1`."""

    number: str
    start: int
    """Of the number, in the line."""
    end: int
    """Where what follows the label begins."""


class _Word(msgspec.Struct, frozen=True):
    """A word of a line that may be a title's."""

    plain: str
    """Without punctuation, in lower case; a rule's number is `13d`."""
    printed: str
    start: int
    end: int


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


def is_other_agreement(line: str) -> bool:
    """Say whether a line is the heading of an agreement about something else: `LOCK-UP AGREEMENT`."""
    return (
        len(line.strip()) < _LONGEST_HEADING and line.strip()[:1].isupper() and _OTHER_AGREEMENT.match(line) is not None
    )


def is_signature_heading(line: str) -> bool:
    """Say whether a line is the word "Signature" alone."""
    return _SIGNATURE_HEADING.match(line) is not None


def has_mark(line: str) -> bool:
    """Say whether a line holds a conformed signature."""
    return ("/" in line or "\\" in line or "(" in line) and _MARK.search(line) is not None


def title_line(line: str) -> tuple[int, int] | None:
    """Return the range of a line that is a title and nothing else, or None."""
    read = _title_words(line)
    if not read or not _is_title(read) or not read[0].printed.lstrip(_EDGE)[:1].isupper():
        return None
    sentence = read[0].plain == "joint" and len(read) <= _MOST_IN_SENTENCE_CASE and read[-1].plain in _ENDS
    if any(_is_lower(word) and word.plain not in _SMALL for word in read) and not sentence:
        return None
    return read[0].start, read[-1].end


def lone_title(line: str) -> tuple[int, int] | None:
    """Return the range of a sentence-case line, a title where it stands alone: `Agreement under Rule 13d-1(k)`."""
    read = _title_words(line)
    if not read or not read[0].printed[:1].isupper() or read[0].plain not in _CORE | {"joint"} or not _is_title(read):
        return None
    return (read[0].start, read[-1].end) if read[-1].plain in _ENDS | {_RULE} else None


def continuation_line(line: str) -> tuple[int, int] | None:
    """Return the range of a line that can only go on a title: `PURSUANT TO RULE 13d-1(k)`."""
    read = _title_words(line)
    if not read or read[0].plain not in _CONTINUES or (leads_on(line) and not line.isupper()):
        return None
    return read[0].start, read[-1].end


def leads_on(line: str) -> bool:
    """Say whether a line's last word calls for another: `AGREEMENT REGARDING JOINT FILING OF`."""
    return line.rstrip().rpartition(" ")[2].strip(_EDGE).casefold() in _LEADS_ON


def led_line(line: str, title: str) -> tuple[int, int] | None:
    """Return the range of a line that a title leads on to: a title's words, or names in capitals behind "AMONG"."""
    names = _lists_names(title) and title.isupper() and line.isupper() and not line.rstrip().endswith(".")
    read = None if names else _title_words(line)
    if names:
        return len(line) - len(line.lstrip()), len(line.rstrip())
    if not read or any(_is_lower(word) and word.plain not in _SMALL for word in read):
        return None
    return read[0].start, read[-1].end


def _lists_names(title: str) -> bool:
    return title.rstrip().casefold().endswith((" among", " between"))


def _is_lower(word: _Word) -> bool:
    return word.printed.islower() and word.plain.isalpha()


def restates_line(line: str) -> bool:
    """Say whether a line over a title belongs to it: `AMENDED AND RESTATED`."""
    read = _title_words(line) or []
    return bool(read) and all(
        word.plain in _RESTATES and (word.printed[:1].isupper() or word.plain in _SMALL) for word in read
    )


def title_within(line: str, end: int) -> tuple[int, int] | None:
    """Return the last title printed inside a longer line before `end`: flattened text runs title and sentence together.

    All its words are in capitals, or all begin with one; it ends with the word that makes it a title, or with the
    rule that it cites.
    """
    if TITLE_WORD.search(line, 0, end) is None:
        return None
    best: tuple[int, int] | None = None
    run: list[_Word] = []
    for word in _words(line, 0, end):
        if word.plain in _VOCABULARY and (_is_heading_case(word, run) or (run and word.plain in _SMALL)):
            run.append(word)
        else:
            best, run = _trimmed(run) or best, []
    return _trimmed(run) or best


def title_at_head(line: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the title that a sentence is run together with: it begins at `start`, or behind an exhibit label there."""
    label = label_in(line[start:end])
    start += label.end if label else 0
    for word in _words(line, start, end):
        if word.plain in _VOCABULARY and (_is_heading_case(word, []) or word.plain in _SMALL):
            continue
        found = title_within(line[: word.start], word.start)
        return found if found and not line[start : found[0]].strip() else None
    return None


def _words(line: str, start: int, end: int) -> Iterator[_Word]:
    return (_word(found) for found in _TOKEN.finditer(line, start, end))


def _word(found: re.Match[str]) -> _Word:
    printed = found[0]
    plain = _RULE if _RULE_WORD.match(printed.strip(".,;:*")) else printed.strip(_EDGE).casefold()
    return _Word(plain, printed, found.start(), found.end())


def _title_words(line: str) -> list[_Word] | None:
    """Return a line's words when a title's line could have them all, and does not end like a sentence."""
    if len(line) > _LONGEST_TITLE_LINE:
        return None
    read: list[_Word] = []
    for word in _words(line, 0, len(line)):
        if word.plain and word.plain not in _VOCABULARY:
            return _spaced(line)
        read += [word] if word.plain else []
    if not read or len(read) > _MOST_TITLE_WORDS or read[-1].printed.endswith((".", ",", ";")):
        return None
    return read


def _spaced(line: str) -> list[_Word] | None:
    """Return the one word of a line whose letters are set apart: `A G R E E M E N T`."""
    if not _SPACED.match(line):
        return None
    start, word = len(line) - len(line.lstrip()), "".join(line.split())
    return [_Word(word.casefold(), word, start, len(line.rstrip()))] if word.casefold() in _VOCABULARY else None


def _is_title(read: list[_Word]) -> bool:
    held = {word.plain for word in read}
    return bool(held & _CORE) or ("joint" in held and bool(held & _WITH_JOINT))


def _is_heading_case(word: _Word, run: list[_Word]) -> bool:
    if word.plain == _RULE or word.printed.isupper():
        return True
    return word.printed[:1].isupper() and not any(earlier.printed.isupper() for earlier in run)


def _trimmed(run: list[_Word]) -> tuple[int, int] | None:
    """Cut a run of title words to the title in it, if there is one."""
    while run and (_is_number(run[0]) or len(run[0].plain) == 1 or run[0].plain in {"of", "to", "and", "or"}):
        run = run[1:]
    if not run or run[0].plain in _ARTICLES:
        return None
    upper = run[0].printed.isupper()
    if not upper:
        core = next((number for number, word in enumerate(run) if word.plain in _CORE), -1)
        run = run[: core + 1]
    while run and run[-1].plain not in _ENDS and not (run[-1].plain == _RULE and len(run) > 1):
        run = run[:-1]
    if len(run) <= 1 or not _is_title(run) or not (upper or {"joint", "13d", "13g"} & {word.plain for word in run}):
        return None
    return run[0].start, run[-1].start + len(run[-1].printed.rstrip(".,;:"))


def _is_number(word: _Word) -> bool:
    """Say whether a word is an exhibit's number, or announces one."""
    return (word.plain == _RULE and not word.printed.isalpha()) or word.plain in {"no", "number"}
