"""Which documents hold an agreement to file jointly, and where it begins and ends (17 CFR 240.13d-1(k)(1)).

What makes an agreement is the act, not the heading. A mention of such an agreement, a schedule's own signature page
and a power of attorney hold none. Around the act stand a title, an exhibit label, or a schedule's signature section.
"""

import re
from collections.abc import Callable

import msgspec

from sitegen.model.text import Fact, Lines, SourceDocument, Span
from sitegen.parse import heading
from sitegen.parse.act import acts
from sitegen.parse.bounds import AGREEMENTS
from sitegen.parse.prose import is_furniture

_CERTIFICATION = re.compile(r"\bafter\s{1,9}reasonable\s{1,9}inquiry\b", re.IGNORECASE)
_CERTIFICATION_REACH = 40
_ITEM = re.compile(r"\s*item\s+\d{1,2}\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"""(?i:/\s?s\s?/|\(signature\)|^[ \t]{0,200}(?:by|name|title)\s?:)|\bS\\|\bB[yY]\s?[:_]|\bB[yY]-{4,}
    |\b(?:Name|NAME|Title|TITLE)\s?:|_{5,}|^[ \t]{0,200}-{8,}[ \t]{0,200}$""",
    re.MULTILINE | re.VERBOSE,
)
_LABEL_WITHIN = re.compile(r"\bEXHIBIT\s(?=\S)")
_AMONG = re.compile(r"\b(?:by\s{1,99}and\s{1,99})?(?:among|between)\b", re.IGNORECASE)
"""Where a title begins to list the parties."""
_RULE = re.compile(r"\b13\s?\(?d\)?\s?-\s?[1l]", re.IGNORECASE)
_SCHEDULE = re.compile(
    r"""\b13\s{0,9}[-(]?\s?[dg]\b|\bsection\s{1,9}1[36]\b|\bjoint\s{1,9}filing|\bexchange\s{1,9}act\b
    |\b(?:this|the|such|said|foregoing|attached|within|our)\s{1,9}(?:\w{1,12}\s{1,9})?(?:statement|schedule|filing|report|amendment)""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_REACH = 30_000
_LONGEST_LINE = 2_000
_MOST_PAGES = 50
_INSIDE_REACH = 600
_LABEL_REACH = 4
_TITLE_LINES = 4
_HEAD = 3_000
_TAIL = 400
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


def recognise(document: SourceDocument) -> tuple[Recognised, ...]:
    """Find all agreements of a document, in order, and at most one more than are read."""
    if document.format == "xml":
        return ()
    found: list[Recognised] = []
    page: _Page | None = None
    for act in acts(document.text, document.body):
        page = page or _Page(document)
        if act.start < page.floor:
            continue
        one = _around(page, act)
        page.searched = act.start
        if one:
            found.append(one)
            page.floor = page.searched = one.span.end
            page.other = False
        if len(found) > AGREEMENTS:
            break
    return tuple(found)


class _Kind(msgspec.Struct, frozen=True):
    """A kind of lines: the words that are looked for in the text, and the test of a line that holds one."""

    hint: re.Pattern[str]
    test: Callable[[str], bool]


_PART = _Kind(
    re.compile(r"\b(?:ex|exhibits?|annex|appendix|attachment|schedule|index|power|powers|item)\b", re.IGNORECASE),
    lambda line: heading.is_label_line(line) or heading.is_other_part(line),
)
_TITLE = _Kind(heading.TITLE_WORD, lambda line: heading.title_line(line) is not None)


class _Page:
    """A document while its acts are looked at in order: what was found for one act is not looked for again."""

    __slots__ = ("_ahead", "_behind", "_sign", "document", "floor", "limit", "lines", "other", "searched", "text")

    def __init__(self, document: SourceDocument) -> None:
        self.document, self.text, self.limit = document, document.text, document.body.end
        self.lines = Lines(document.text)
        self.floor = self.searched = document.body.start
        """Where the last agreement ends; above `searched` an earlier act has found no title."""
        self.other = False
        """Whether the heading above is that of an agreement about something else."""
        self._sign: int | None = -1
        self._ahead: dict[_Kind, int] = {}
        self._behind = (0, -1, -1)

    def line(self, number: int) -> str:
        """Return a line as far as a heading or a label could reach."""
        span = self.lines.span(number)
        return self.text[span.start : min(span.end, span.start + _LONGEST_LINE)]

    def signed_after(self, offset: int) -> int | None:
        """Return where the first signature at or behind an offset begins, None when there is none."""
        if self._sign is not None and self._sign < offset:
            found = _SIGNED.search(self.text, offset, self.limit)
            self._sign = found.start() if found else None
        return self._sign

    def next(self, kind: _Kind, number: int) -> int:
        """Return the number of the first line of a kind from `number` on; behind the last, when there is none."""
        known = self._ahead.get(kind, 0)
        if known >= number:
            return known
        last = self.lines.number(max(self.limit - 1, 0))
        at = self.lines.span(number).start if number <= last else self.limit
        while hint := kind.hint.search(self.text, at, self.limit):
            number = self.lines.number(hint.start())
            if kind.test(self.line(number)):
                break
            at = self.lines.span(number).end
        else:
            number = last + 1
        self._ahead[kind] = number
        return number

    def follows_certification(self, first: int) -> bool:
        """Say whether a line stands in a schedule's signature section, before its first signature."""
        at, certified, marked = self._behind
        for number in range(max(at, first - _CERTIFICATION_REACH), first):
            line = self.line(number)
            certified = number if _certifies(line) else certified
            marked = number if heading.has_mark(line) or _ITEM.match(line) else marked
        self._behind = (max(at, first), certified, marked)
        certified = first if _certifies(self.line(first)) else certified
        return certified >= max(self.lines.number(self.floor), first - _CERTIFICATION_REACH, marked)


def _certifies(line: str) -> bool:
    return heading.is_signature_heading(line) or _CERTIFICATION.search(line) is not None


def _around(page: _Page, act: Span) -> Recognised | None:
    """Find what frames an act: title, label, beginning and end; None for an act that nothing frames.

    Without a title, the act itself must say which statement is meant; in an agreement about something else a clause
    counts only when it names the rule that calls for it.
    """
    first = page.lines.number(act.start)
    title = _title_above(page, act)
    if title is None and page.other and not _RULE.search(page.text, act.start, act.end):
        return None
    if title is None and not _SCHEDULE.search(page.text, act.start, act.end):
        return None
    label = _label_above(page, page.lines.number(title.span.start) if title else first)
    begin = min(fact.span.start for fact in (title, label, Fact("act", act)) if fact)
    begin = max(page.floor, page.lines.span(page.lines.number(begin)).start)
    if title or label:
        begin = page.floor if begin - page.floor < _HEAD and _is_bare(page.text[page.floor : begin]) else begin
    elif page.follows_certification(first):
        begin = act.start
    elif _is_exhibit(page.document, act):
        begin = page.floor
    else:
        return None
    end, signed = _end(page, act, begin, label)
    if signed is None:
        if title is None or not _is_exhibit(page.document, act) or not _is_own_line(page.lines, title.span):
            return None
        signed = end
    if label is None and title and (label := _label_below(page, end)):
        end = page.limit
    heads = [title.span.start + len(_AMONG.split(page.text[title.span.start : title.span.end])[0])] if title else []
    if not title and label and label.span.start < act.start:
        heads = [min(page.lines.span(page.lines.number(label.span.start)).end, act.start)]
    return Recognised(
        span=Span(begin, end),
        body=Span(max([begin, *heads]), max(act.end, signed)),
        title=title,
        exhibit=label,
    )


def _is_own_line(lines: Lines, span: Span) -> bool:
    line = lines.span(lines.number(span.start))
    return (
        not lines.text[line.start : span.start].strip() and not lines.text[span.end : max(line.end, span.end)].strip()
    )


def _is_bare(text: str) -> bool:
    return all(is_furniture(line) for line in text.split("\n"))


def _stops(line: str) -> bool:
    """Say whether a line stands in another part of a filing: nothing above it frames what is below."""
    return (
        heading.has_mark(line)
        or heading.is_signature_heading(line)
        or _CERTIFICATION.search(line) is not None
        or heading.is_other_part(line)
    )


def _title_above(page: _Page, act: Span) -> Fact | None:
    """Find the title nearest above the act, or run together with it.

    A line of its own goes before the same words inside a line: an opening paragraph repeats its heading.
    """
    lines, floor = page.lines, max(page.floor, page.searched)
    first = lines.number(act.start)
    inside = _title_beside(page, first, act)
    for number in range(first - 1, lines.number(floor) - 1, -1):
        span = lines.span(number)
        line = page.line(number)
        if act.start - span.end > _TITLE_REACH:
            break
        whole = heading.title_line(line) or (heading.lone_title(line) if _stands_alone(page, number) else None)
        if whole:
            page.other = False
            return _joined_title(page, number, whole, page.floor)
        if heading.is_other_agreement(line):
            page.other = True
            break
        if inside is None and (found := heading.title_within(line, len(line))):
            inside = _fact(lines, span.start + found[0], span.start + found[1])
        if _stops(line) or heading.is_label_line(line) or (inside and inside.span.start - span.start > _INSIDE_REACH):
            break
    return inside


def _stands_alone(page: _Page, number: int) -> bool:
    """Say whether a line is a paragraph of its own."""
    above = page.line(number - 1) if number > 1 else ""
    below = page.line(number + 1) if number < len(page.lines) else ""
    return is_furniture(above) and is_furniture(below)


def _title_beside(page: _Page, number: int, act: Span) -> Fact | None:
    """Read a title in the line where the act begins: run together with its sentence, or before it."""
    start = max(page.lines.span(number).start, page.searched, act.start - _LONGEST_LINE)
    line = page.text[start : min(page.lines.span(number).end, act.end)]
    at = act.start - start
    found = heading.title_at_head(line, at, act.end - start) or heading.title_within(line, at)
    return _fact(page.lines, start + found[0], start + found[1]) if found else None


def _fact(lines: Lines, start: int, end: int) -> Fact:
    return Fact(" ".join(lines.text[start:end].split()), Span(start, end))


def _joined_title(page: _Page, number: int, found: tuple[int, int], floor: int) -> Fact:
    """Join the lines of a title: upward while they are titles, downward while they only go on."""
    lines, top, least = page.lines, number, page.lines.number(floor)
    while number - top < _TITLE_LINES and top > least:
        above = page.line(top - 1)
        if not (heading.title_line(above) or heading.restates_line(above)):
            break
        top -= 1
    end, last = lines.span(number).start + found[1], page.line(number)
    for below in range(number + 1, min(len(lines), number + _TITLE_LINES) + 1):
        line = page.line(below)
        more = heading.led_line(line, last) if heading.leads_on(last) else heading.continuation_line(line)
        if more and not _goes_into_text(page, below):
            end, last = lines.span(below).start + more[1], line
        elif not is_furniture(line):
            break
    first = page.line(top)
    start = lines.span(top).start + len(first) - len(first.lstrip())
    while heading.leads_on(lines.text[start:end]) and " " in lines.text[start:end]:  # names of parties follow
        end = start + len(lines.text[start:end].rstrip().rpartition(" ")[0].rstrip())
    return _fact(lines, start, end)


def _goes_into_text(page: _Page, number: int) -> bool:
    """Say whether a sentence goes on from a line into the next: such a line is no title's."""
    return number < len(page.lines) and page.line(number + 1).lstrip()[:1].islower()


def _label_above(page: _Page, number: int) -> Fact | None:
    """Read the exhibit label in a line, or in one of the few above it."""
    seen = 0
    for above in range(number, page.lines.number(page.floor) - 1, -1):
        line = page.line(above)
        label = _label(page, above, anywhere=above == number)
        if label and (above == number or heading.is_label_line(line) or heading.title_within(line, len(line))):
            return label
        seen += not is_furniture(line)
        if seen > _LABEL_REACH or _stops(line):
            return None
    return None


def _label(page: _Page, number: int, *, anywhere: bool = False) -> Fact | None:
    line, start = page.line(number), page.lines.span(number).start
    within = _LABEL_WITHIN.search(line, 0, _TAIL) if anywhere else None
    label = heading.label_in(line)
    if label is None and within:
        label, start = heading.label_in(line[within.start() :]), start + within.start()
    if label is None:
        return None
    return Fact(label.number, Span(start + label.start, start + label.start + len(label.number)))


def _label_below(page: _Page, end: int) -> Fact | None:
    """Read a label printed below an agreement that has none above, with nothing behind it."""
    if page.limit - end > _TAIL or len(page.text[end : page.limit].split()) > _TITLE_LINES or end >= page.limit:
        return None
    last = page.lines.number(page.limit - 1)
    labels = (_label(page, number) for number in range(page.lines.number(end), last + 1))
    return next((label for label in labels if label), None)


def _is_exhibit(document: SourceDocument, act: Span) -> bool:
    """Say whether the act opens a document that is an exhibit of its own."""
    if document.type and not document.type.upper().startswith("EX"):
        return False
    if act.start - document.body.start > _HEAD:
        return False
    return not any(_stops(line) for line in document.text[document.body.start : act.start].split("\n"))


def _end(page: _Page, act: Span, begin: int, own: Fact | None) -> tuple[int, int | None]:
    """Return where the agreement ends, and where its first signature begins (None: it is not signed)."""
    sign = page.signed_after(act.end)
    if sign is None:
        return page.limit, None
    first = page.lines.number(act.end)
    first += page.lines.span(first).start <= act.end
    part = page.next(_PART, first)
    for _ in range(_MOST_PAGES):
        if part >= len(page.lines) or not _is_own_part(page, part, begin, sign, own):
            break
        part = page.next(_PART, part + 1)
    stop = page.lines.span(part).start if part <= page.lines.number(max(page.limit - 1, 0)) else page.limit
    if stop <= sign:
        return stop, None
    line = page.lines.number(sign)
    start = page.lines.span(line).start
    title = page.next(_TITLE, line + 1)
    if title < part:
        stop = min(stop, page.lines.span(title).start)
    before = " ".join(page.text[max(start, sign - _LONGEST_LINE) : sign].split())
    alone = start >= act.end and len(before) < _FLATTENED
    return stop, start if alone else max(sign, act.end)


def _is_own_part(page: _Page, number: int, begin: int, sign: int, own: Fact | None) -> bool:
    """Say whether a label is repeated, or heads a list that the text before the signatures speaks of."""
    line, start = page.line(number), page.lines.span(number).start
    label = heading.label_in(line)
    if label and own and label.number == own.value:
        return True
    words = " ".join(line.split()).strip(" .:").casefold()
    if start > sign or heading.is_other_part(line) or words.startswith("ex"):
        return False
    return words in " ".join(page.text[max(begin, start - _TITLE_REACH) : start].split()).casefold()
