"""Which documents hold an agreement to file jointly, and where it begins and ends (17 CFR 240.13d-1(k)(1)).

What makes an agreement is the act, not the heading. A mention of such an agreement, a schedule's own signature page
and a power of attorney hold none. Around the act stand a title, an exhibit label, or a schedule's signature section.
"""

import re

import msgspec

from sitegen.model.text import Fact, Lines, SourceDocument, Span
from sitegen.parse import heading
from sitegen.parse.act import acts
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
_TITLE_REACH = 30_000
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
    """Find all agreements of a document, in order."""
    if document.format == "xml":
        return ()
    found: list[Recognised] = []
    lines: Lines | None = None
    floor = searched = document.body.start
    for act in acts(document.text, document.body):
        if act.start < floor:
            continue
        lines = lines or Lines(document.text)
        one = _around(document, lines, act, floor, searched)
        if one:
            found.append(one)
            floor = searched = one.span.end
        else:
            searched = act.start
    return tuple(found)


def _around(document: SourceDocument, lines: Lines, act: Span, floor: int, searched: int) -> Recognised | None:
    """Find what frames an act: title, label, beginning and end; None for an act that nothing frames.

    Above `searched` an earlier act has found no title.
    """
    first = lines.number(act.start)
    title = _title_above(lines, act, max(floor, searched))
    label = _label_above(lines, lines.number(title.span.start) if title else first, floor)
    begin = min(fact.span.start for fact in (title, label, Fact("act", act)) if fact)
    begin = max(floor, lines.span(lines.number(begin)).start)
    if title or label:
        begin = floor if _is_bare(document.text[floor:begin]) else begin
    elif _follows_certification(lines, first, floor):
        begin = act.start
    elif _is_exhibit(document, act):
        begin = floor
    else:
        return None
    end, signed = _end(lines, act, document.body.end, label)
    if signed is None:
        if title is None or not _is_exhibit(document, act) or not _is_own_line(lines, title.span):
            return None
        signed = end
    if label is None and title and (label := _label_below(lines, end, document.body.end)):
        end = document.body.end
    heads = [title.span.end] if title else []
    if not title and label and label.span.start < act.start:
        heads = [min(lines.span(lines.number(label.span.start)).end, act.start)]
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


def _title_above(lines: Lines, act: Span, floor: int) -> Fact | None:
    """Find the title nearest above the act, or run together with it.

    A line of its own goes before the same words inside a line: an opening paragraph repeats its heading.
    """
    first = lines.number(act.start)
    inside = _title_beside(lines, first, act)
    for number in range(first - 1, lines.number(floor) - 1, -1):
        span = lines.span(number)
        line = lines.text[span.start : span.end]
        if act.start - span.end > _TITLE_REACH:
            break
        whole = heading.title_line(line)
        if whole:
            return _joined_title(lines, number, whole, floor)
        if inside is None and (found := heading.title_within(line, len(line))):
            inside = _fact(lines, span.start + found[0], span.start + found[1])
        if _stops(line) or heading.is_label_line(line) or (inside and inside.span.start - span.start > _INSIDE_REACH):
            break
    return inside


def _title_beside(lines: Lines, number: int, act: Span) -> Fact | None:
    """Read a title in the line where the act begins: run together with its sentence, or before it."""
    start = lines.span(number).start
    line = lines.text[start : min(lines.span(number).end, act.end)]
    at = act.start - start
    found = heading.title_at_head(line, at, act.end - start) or heading.title_within(line, at)
    return _fact(lines, start + found[0], start + found[1]) if found else None


def _fact(lines: Lines, start: int, end: int) -> Fact:
    return Fact(" ".join(lines.text[start:end].split()), Span(start, end))


def _joined_title(lines: Lines, number: int, found: tuple[int, int], floor: int) -> Fact:
    """Join the lines of a title: upward while they are titles, downward while they only go on."""
    top = number
    while number - top < _TITLE_LINES and top > lines.number(floor) and heading.title_line(lines.get(top - 1)):
        top -= 1
    end = lines.span(number).start + found[1]
    for below in range(number + 1, min(len(lines), number + _TITLE_LINES) + 1):
        more = heading.continuation_line(lines.get(below))
        if more:
            end = lines.span(below).start + more[1]
        elif not is_furniture(lines.get(below)):
            break
    first = lines.get(top)
    return _fact(lines, lines.span(top).start + len(first) - len(first.lstrip()), end)


def _label_above(lines: Lines, number: int, floor: int) -> Fact | None:
    """Read the exhibit label in a line, or in one of the few above it."""
    seen = 0
    for above in range(number, lines.number(floor) - 1, -1):
        line = lines.get(above)
        label = _label(lines, above, anywhere=above == number)
        if label and (above == number or heading.is_label_line(line) or heading.title_within(line, len(line))):
            return label
        seen += not is_furniture(line)
        if seen > _LABEL_REACH or _stops(line):
            return None
    return None


def _label(lines: Lines, number: int, *, anywhere: bool = False) -> Fact | None:
    line, start = lines.get(number), lines.span(number).start
    within = _LABEL_WITHIN.search(line, 0, _TAIL) if anywhere else None
    label = heading.label_in(line)
    if label is None and within:
        label, start = heading.label_in(line[within.start() :]), start + within.start()
    if label is None:
        return None
    return Fact(label.number, Span(start + label.start, start + label.start + len(label.number)))


def _label_below(lines: Lines, end: int, limit: int) -> Fact | None:
    """Read a label printed below an agreement that has none above, with nothing behind it."""
    if limit - end > _TAIL or len(lines.text[end:limit].split()) > _TITLE_LINES or end >= limit:
        return None
    last = lines.number(limit - 1)
    labels = (_label(lines, number) for number in range(lines.number(end), last + 1))
    return next((label for label in labels if label), None)


def _follows_certification(lines: Lines, first: int, floor: int) -> bool:
    """Say whether a line stands in a schedule's signature section, before its first signature."""
    for number in range(first, max(lines.number(floor), first - _CERTIFICATION_REACH) - 1, -1):
        line = lines.get(number)
        if heading.is_signature_heading(line) or _CERTIFICATION.search(line):
            return True
        if number != first and (heading.has_mark(line) or _ITEM.match(line)):
            return False
    return False


def _is_exhibit(document: SourceDocument, act: Span) -> bool:
    """Say whether the act opens a document that is an exhibit of its own."""
    if document.type and not document.type.upper().startswith("EX"):
        return False
    if act.start - document.body.start > _HEAD:
        return False
    return not any(_stops(line) for line in document.text[document.body.start : act.start].split("\n"))


def _end(lines: Lines, act: Span, limit: int, label: Fact | None) -> tuple[int, int | None]:
    """Return where the agreement ends, and where its first signature begins (None: it is not signed)."""
    sign = _SIGNED.search(lines.text, act.end, limit)
    if sign is None:
        return limit, None
    signed: int | None = None
    for number in range(lines.number(act.end), lines.number(max(act.end, limit - 1)) + 1):
        span = lines.span(number)
        line = lines.text[max(span.start, act.end) : span.end]
        if signed is None and sign.start() < span.end:
            before = " ".join(lines.text[span.start : sign.start()].split())
            alone = span.start >= act.end and len(before) < _FLATTENED
            signed = span.start if alone else max(sign.start(), act.end)
        elif span.start > act.end and _is_next_part(line, label, signed=signed is not None):
            return span.start, signed
    return limit, signed


def _is_next_part(line: str, own: Fact | None, *, signed: bool) -> bool:
    label = heading.label_in(line)
    if heading.is_label_line(line):
        return not (label and own and label.number == own.value)
    return heading.is_other_part(line) or (signed and heading.title_line(line) is not None)
