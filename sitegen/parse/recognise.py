"""Which documents hold an agreement to file jointly, and where it begins and ends (17 CFR 240.13d-1(k)(1)).

What makes an agreement is the act, not the heading: a sentence in which persons agree that one statement is filed
for them all. A mention of such an agreement, a schedule's own signature page and a power of attorney hold none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from sitegen.model.text import Basis, Fact, Lines, SourceDocument, Span
from sitegen.parse import heading
from sitegen.parse.prose import Prose, is_furniture

_CLUES = ("joint", "behalf", "single statement", "one statement")
_FOLLOWS = "as follows"
_AS_FOLLOWS = re.compile(r"\bagrees?\b[^.;]{0,80}?\bas\sfollows\b")
_FOLLOWS_REACH = 5_000
_WINDOW_LINES = 60
_WINDOW = 12_000
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\"'%]{2})[.;:]\s(?=[\"']?[A-Z0-9]|\()(?!(?<=(?:Inc|orp|Ltd)\.\s)\()")

_AGREES = re.compile(
    r"\b(?:agrees?|consents?|undertakes?|covenants?|acknowledges?|joins?)\b"
    r"|\b(?:confirms?|evidences?|evidencing|memorializes?|constitutes?|reflects?)\b[^.;]{0,80}\bagreement\b"
)
_JOINT = re.compile(
    r"\bjoint(?:ly)?\b[^.;]{0,160}?\b(?:fil(?:e|ed|es|ing|ings)|statements?|schedules?|submi\w{1,8})\b"
    r"|\b(?:fil(?:e|ed|es|ing|ings)|statements?|schedules?|submi\w{1,8})\b[^.;]{0,160}?\bjoint(?:ly)?\b"
    r"|\bfil(?:e|ed|ing)\b[^;]{0,160}?\bon\s(?:(?:its|their|his|her|our|each|both|the)\b[^.;]{0,40}\s)?behalf\b"
    r"|\bon\sbehalf\sof\s(?:each|the\sundersigned|all|both|them|us|such|said)\b[^.;]{0,160}?\bfil(?:e|ed|ing)\b"
    r"|\b(?:single|one|combined)\s(?:joint\s)?(?:statement|schedule|filing|report)\b"
)
_REFERENCE = re.compile(
    r"\b13\s?\(?[dg]\)?\b|\bschedules?\b|\bsection\s1[36]\b|\b(?:this|the|such|said|foregoing|attached|any|a|one|single)\s(?:\w{1,12}\s)?(?:statement|filing|report)s?\b"
    r"|\bjoint\sfilings?\b"
)
_SIGNERS = re.compile(
    r"\b(?:undersigned|part(?:y|ies)|each|hereby|we|reporting|named|signator(?:y|ies)|signers?|both)\b"
)
_NOT_THE_ACT = re.compile(
    r"\battorneys?-in-fact\b|\battorneys?\sin\sfact\b|\bappoints?\b|\bproxy\sstatement|\bregistration\sstatement|\bpress\srelease"
    r"|\bhsr\b|\bantitrust|\btax\sreturns?\b|\bentered\sinto\b|\ba\scopy\sof\swhich\b|\bpreviously\sfiled\b|\bfinancing\sstatement"
)
_FIELD = re.compile(r"\s*(?:by|name|title|its|date|dated)\s?:", re.IGNORECASE)
_CERTIFICATION = re.compile(r"\bafter reasonable inquiry\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*item\s+\d{1,2}\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"/\s?s\s?/|\bs\\|\bby\s?:|\bname\s?:|\btitle\s?:|_{5,}|\(signature\)|\n\s*-{8,}\s*\n|\bby\s?_|\bby-{4,}",
    re.IGNORECASE,
)
_TITLE_REACH = 30_000
_WEAK_TITLE_REACH = 600
_LABEL_REACH = 12
_TITLE_LINES = 4
_FLATTENED = 80
"""Characters before a signature on its own line that are no name any more but flattened text."""


class Recognised(msgspec.Struct, frozen=True):
    """An agreement found in a document."""

    span: Span
    """All of it: label, title, text, signatures."""
    body: Span
    """Its running text, from behind the title to before the first signature."""
    title: Fact | None = None
    exhibit: Fact | None = None


def is_act(sentence: str, *, agreed: bool = False) -> bool:
    """Say whether a sentence is the act of agreeing that one statement is filed for all who sign.

    With `agreed`, the words "agree as follows" stand before it.
    """
    low = sentence.lower()
    return (
        (agreed or _AGREES.search(low) is not None)
        and _JOINT.search(low) is not None
        and _REFERENCE.search(low) is not None
        and _SIGNERS.search(low) is not None
        and _NOT_THE_ACT.search(low) is None
    )


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Cut a folded text into sentences, roughly: an abbreviation before a capital may cut too early."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield start, found.start() + 1
        start = found.end()
    if start < len(text):
        yield start, len(text)


def recognise(document: SourceDocument) -> tuple[Recognised, ...]:
    """Find all agreements of a document, in order."""
    if document.format == "xml":
        return ()
    text = document.text
    found: list[Recognised] = []
    lines: Lines | None = None
    for act in _acts(text, document.body):
        if found and act.start < found[-1].span.end:
            continue
        lines = lines or Lines(text)
        floor = found[-1].span.end if found else document.body.start
        one = _around(document, lines, act, floor)
        if one:
            found.append(one)
    return tuple(found)


def _low(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _acts(text: str, body: Span) -> Iterator[Span]:
    """Yield the sentences that are acts, looking only into paragraphs that hold a clue."""
    low = _low(text)
    follows = [found.end() for found in _AS_FOLLOWS.finditer(low, body.start, body.end)] if _FOLLOWS in low else []
    done = body.start
    while True:
        at = min((hit for clue in _CLUES if (hit := low.find(clue, done, body.end)) != -1), default=-1)
        if at == -1:
            return
        window = _paragraph(text, at, Span(done, body.end))
        for part in _parts(text, window):
            prose = Prose(text, part)
            for start, end in sentences(prose.text):
                span = prose.span(start, end)
                before = bisect_right(follows, span.start) - 1
                agreed = before >= 0 and span.start - follows[before] < _FOLLOWS_REACH
                if is_act(prose.text[start:end], agreed=agreed):
                    yield span
        done = max(window.end, at + 1)


def _parts(text: str, window: Span) -> Iterator[Span]:
    """Cut a paragraph behind each heading and signature line: where no blank line stands, a sentence begins there."""
    start = at = window.start
    heads = True
    while at < window.end:
        stop = text.find("\n", at, window.end)
        stop = window.end if stop == -1 else stop + 1
        line = text[at:stop].rstrip("\n")
        if _breaks(line, heads=heads):
            yield Span(start, at)
            start = stop
        elif line.strip():
            heads = False
        at = stop
    yield Span(start, window.end)


def _breaks(line: str, *, heads: bool) -> bool:
    if len(line) > _WEAK_TITLE_REACH or not line.strip():
        return False
    return (
        heading.is_label_line(line)
        or heading.title_line(line) is not None
        or (heads and heading.continuation_line(line) is not None)
        or heading.is_signature_heading(line)
        or (heading.has_mark(line) and not is_act(line))
        or _FIELD.match(line) is not None
    )


def _paragraph(text: str, at: int, within: Span) -> Span:
    """Return the lines around `at` up to blank ones that end a sentence, bounded in number and length."""
    start = at
    for _ in range(_WINDOW_LINES):
        previous = text.rfind("\n", within.start, start)
        if previous == -1 or at - previous > _WINDOW:
            start = max(within.start, at - _WINDOW)
            break
        above = text.rfind("\n", within.start, previous)
        if not text[above + 1 : previous].strip() if above != -1 else not text[within.start : previous].strip():
            start = previous + 1
            break
        start = previous
    end = at
    for _ in range(_WINDOW_LINES):
        following = text.find("\n", end, within.end)
        if following == -1 or following - at > _WINDOW:
            end = min(within.end, at + _WINDOW)
            break
        end = following + 1
        below = text.find("\n", end, within.end)
        if not text[end : below if below != -1 else within.end].strip():
            break
    return Span(start, end)


def _around(document: SourceDocument, lines: Lines, act: Span, floor: int) -> Recognised | None:
    """Find title, label, beginning and end of the agreement that holds an act; None when the act stands in a schedule."""
    text, first = document.text, lines.number(act.start)
    title = _title_above(lines, act, floor)
    label_line = _label_above(lines, lines.number(title.span.start) if title else first, floor)
    in_signatures = title is None and label_line is None and _follows_certification(lines, first, floor)
    if title is None and label_line is None and not in_signatures and not _is_exhibit(document, lines, act):
        return None
    exhibit = _exhibit(lines, label_line) if label_line else None
    begin_line = min(number for number in (first, label_line, title and lines.number(title.span.start)) if number)
    begin = max(floor, lines.span(begin_line).start)
    if in_signatures:
        begin = max(floor, act.start)
    elif (
        (title is None and label_line is None)
        or not text[floor:begin].strip()
        or all(is_furniture(line) for line in text[floor:begin].split("\n"))
    ):
        begin = floor
    end, signed = _end(lines, act, document.body.end, exhibit.value if exhibit else None)
    if signed is None:
        return None
    if exhibit is None:
        exhibit = _label_below(lines, end, document.body.end, title)
        end = document.body.end if exhibit else end
    body_start = max(title.span.end if title else begin, begin)
    if title is None and exhibit and label_line:
        body_start = exhibit.span.end
    return Recognised(Span(begin, end), Span(body_start, max(act.end, signed)), title, exhibit)


def _title_above(lines: Lines, act: Span, floor: int) -> Fact | None:
    """Find the title nearest above the act, with no signature, item or certification between.

    A line of its own goes before the same words inside a line: an opening paragraph repeats its heading.
    """
    first = lines.number(act.start)
    low = lines.number(floor)
    inside: Fact | None = None
    span = lines.span(first)
    found = heading.title_at_head(
        lines.text[span.start : min(span.end, act.end)], act.start - span.start, act.end - span.start
    )
    found = found or heading.title_within(lines.text[span.start : act.start], act.start - span.start)
    inside = _title(lines, first, found) if found else None
    for number in range(first - 1, low - 1, -1):
        span = lines.span(number)
        if act.start - span.end > _TITLE_REACH:
            break
        line = lines.text[span.start : span.end]
        whole = heading.title_line(line)
        if whole:
            return _joined_title(lines, number, whole, low)
        if inside is None and (found := heading.title_within(line, len(line))):
            inside = _title(lines, number, found)
        if _stops(line) or (inside and inside.span.start - span.start > _WEAK_TITLE_REACH):
            break
    return inside


def _title(lines: Lines, number: int, found: tuple[int, int]) -> Fact:
    start = lines.span(number).start
    span = Span(start + found[0], start + found[1])
    return Fact(" ".join(lines.text[span.start : span.end].split()), span)


def _stops(line: str) -> bool:
    return (
        heading.has_mark(line)
        or heading.is_signature_heading(line)
        or _CERTIFICATION.search(line) is not None
        or heading.is_other_part(line)
    )


def _joined_title(lines: Lines, number: int, found: tuple[int, int], low: int) -> Fact:
    """Join the lines of a title: upward while they are titles, downward while they only go on."""
    top, bottom = number, number
    while top - 1 >= low and bottom - top < _TITLE_LINES and heading.title_line(lines.get(top - 1)):
        top -= 1
    end = found[1]
    below = number + 1
    while below <= len(lines) and below - top <= _TITLE_LINES:
        line = lines.get(below)
        more = heading.continuation_line(line)
        if more is None and not is_furniture(line):
            break
        if more:
            bottom, end = below, more[1]
        elif line.strip() and heading.continuation_line(line) is None:
            break
        below += 1
    start = lines.span(top).start + len(lines.get(top)) - len(lines.get(top).lstrip())
    span = Span(start, lines.span(bottom).start + end)
    return Fact(" ".join(lines.text[span.start : span.end].split()), span)


def _label_above(lines: Lines, number: int, floor: int) -> int | None:
    """Return the line of the exhibit label directly above a line, or in it."""
    seen = 0
    for above in range(number, lines.number(floor) - 1, -1):
        line = lines.get(above)
        label = heading.label_in(line)
        if label and (above == number or heading.is_label_line(line) or heading.title_within(line, len(line))):
            return above
        if above == number and re.search(r"\bEXHIBIT\s", line[:400]):
            inside = line.upper().find("EXHIBIT ")
            if heading.label_in(line[inside:]):
                return above
        if not is_furniture(line):
            seen += 1
        if seen > _LABEL_REACH // 3 or _stops(line):
            return None
    return None


def _exhibit(lines: Lines, number: int) -> Fact | None:
    line, start = lines.get(number), lines.span(number).start
    label = heading.label_in(line)
    if label is None:
        inside = line.upper().find("EXHIBIT ")
        label = heading.label_in(line[inside:])
        start += inside
        line = line[inside:]
    if label is None:
        return None
    return Fact(label.number, Span(start + label.start, start + label.start + len(label.number)))


def _label_below(lines: Lines, end: int, limit: int, title: Fact | None) -> Fact | None:
    """Read a label printed below an agreement that has none above, with nothing behind it."""
    rest = lines.text[end:limit]
    if title is None or len(rest) > _WINDOW or len(rest.split()) > _TITLE_LINES:
        return None
    for number in range(lines.number(min(end, max(0, len(lines.text) - 1))), len(lines) + 1):
        if heading.is_label_line(lines.get(number)):
            return _exhibit(lines, number)
    return None


def _follows_certification(lines: Lines, first: int, floor: int) -> bool:
    """Say whether a line stands in a schedule's signature section, before its first signature."""
    for number in range(first, max(lines.number(floor), first - 40) - 1, -1):
        line = lines.get(number)
        if heading.is_signature_heading(line) or _CERTIFICATION.search(line):
            return True
        if number != first and (heading.has_mark(line) or _ITEM.match(line)):
            return False
    return False


def _is_exhibit(document: SourceDocument, lines: Lines, act: Span) -> bool:
    """Say whether the act opens a document that is an exhibit of its own."""
    if document.type and not document.type.upper().startswith("EX"):
        return False
    head = document.text[document.body.start : act.start]
    return len(head) < _WINDOW // 4 and not any(_stops(line) for line in head.split("\n"))


def _end(lines: Lines, act: Span, limit: int, own_label: str | None) -> tuple[int, int | None]:
    """Return where the agreement ends and where its first signature's line begins (None: it is not signed)."""
    signed: int | None = None
    sign = _SIGNED.search(lines.text, act.end, limit)
    if sign is None:
        return limit, None
    number = lines.number(act.end)
    last = lines.number(max(act.end, limit - 1))
    while number <= last:
        span = lines.span(number)
        line = lines.text[max(span.start, act.end) : span.end]
        if signed is None and (sign.start() < span.end):
            before = " ".join(lines.text[span.start : sign.start()].split())
            signed = span.start if span.start >= act.end and len(before) < _FLATTENED else max(sign.start(), act.end)
        elif span.start > act.end and (
            (heading.is_label_line(line) and not _same_label(line, own_label))
            or heading.is_other_part(line)
            or (signed is not None and heading.title_line(line) is not None)
        ):
            if signed is None:
                return span.start, None
            return span.start, signed
        number += 1
    return limit, signed


def _same_label(line: str, own: str | None) -> bool:
    label = heading.label_in(line)
    return label is not None and label.number == own


__all__ = ["Recognised", "recognise"]
_ = Basis
