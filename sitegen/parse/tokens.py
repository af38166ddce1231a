"""Lines of a signature page cut into raw pieces, each with a role: a typist's tokens.

One printed line may hold one piece (`Name: Ada Testperson`) or, in text that lost its line ends, six blocks.
"""

import re
from collections.abc import Iterator

from sitegen.model.name import split_form
from sitegen.parse.dates import date_at, dates
from sitegen.parse.labels import cuts
from sitegen.parse.layout import Line
from sitegen.parse.persons import is_person
from sitegen.parse.piece import Piece, Role
from sitegen.parse.prose import is_furniture, is_rule
from sitegen.parse.sentences import LONGEST, is_prose, sentence_ends

_FOR = re.compile(
    r"(?:(?:signed|executed)\s)?(?:by,?\s)?for\sand\son\sbehalf\sof\s?:?(?=\s|$)(?!\s(?:itself|himself|herself|themselves|each|all)\b)",
    re.IGNORECASE,
)
"""What may stand before a party's name, as a British company's."""
_WITNESS = re.compile(r"(?:witness(?:ed|es)?|attest(?:ed)?|signed\sin\sthe\spresence\sof)$", re.IGNORECASE)
_BOX = re.compile(r"[xX✗✘☒×]$")
"""What a form prints where one signs."""
_BY_START = re.compile(r"\*{0,3}\s?(?:By|BY)(?:[\s_-]+(?=[A-Z/\\*_(\[-]|its\b|$)|$)")
STARS = re.compile(r"\(?(?:\*{1,4}|†{1,3})\)?$")
"""The sign of a footnote, alone."""
_DATED = re.compile(r"dated?\s?:?\s*(?:as\s)?(?:of\s)?(?:this\s|the\s)?", re.IGNORECASE)
_JOINT = " \t\u00a0,;/&"
"""What stands between two marks on one line, with or without "and"."""
_PAD = " \t\u00a0\u00ad_"
_OPENS = re.compile(
    r"in\switness\b|in\sevidence\b|the\sundersigned\b|each\sof\sthe\b|this\sagreement\b|pursuant\sto\srule|\*|\(\d{1,2}\)|(?:duly|signed)\b",
    re.IGNORECASE,
)
"""How a paragraph begins that may stand right under a block; and words that stand under one."""
_CAPTION = re.compile(
    r"(?:signatures?(?:\s(?:page|pages|follow|appear|block)\b.*)?|\W*signature\spage\b.*|name/?\s?title|authorized\ssignatures?"
    r"|(?:the\s)?(?:general\spartners|managing\smembers|(?:managing\s)?directors|members|managers|trustees|individuals|reporting\spersons|shareholders"
    r"|stockholders|filing\spersons|investors|funds|entities)"
    r"|(?:the\s)?(?:reporting\spersons?|filing\spart(?:y|ies)|signatories|entities|individuals?|investors?|funds?|filing\spersons?|filers?|parties|joint\sfilers?"
    r"|general\spartners?|stockholders?|members?):"
    r"|(?:names?\sof\s(?:the\s|each\s)?)?(?:reporting|filing)\sperson(?:s|\(s\))?|names?\sof\s(?:entity|party|filer|signatory)"
    r"|(?:agreed|accepted|acknowledged)\b.{0,60}:?|very\struly\syours,?|sincerely,?"
    r"|(?:exhibit|annex|schedule|appendix)\s[\w.-]{1,8}|(?:by|date|signature|title|name):?"
    r"|joint\sfiling\s(?:agreement|statement).{0,40}|sequentially\snumbered.*|<[^>]{1,40}>)$",
    re.IGNORECASE,
)
_STAMP = re.compile(r"[A-Z]{0,4}[\s-]?(?:[A-Z.]*\d[\dA-Z.]*(?:[\s/-]+|$)){1,6}$|\d{4}\.\d\d\.\d\d\b[\d\s:.+'’-]*$")
_NOTICE = re.compile(r"\[\s?(?:the\s|remainder\sof\s|counterpart\s)?(?:signature|this)?\s?page\b[^\]]*$", re.IGNORECASE)
_SHORT = 3


def _strip(text: str, start: int) -> tuple[str, int]:
    """Cut rules and blanks off both ends; the start moves along."""
    body = text.rstrip(_PAD + "-")
    if text[len(body) :].strip(" \t\u00a0-") and not text[len(body) :].startswith("_"):
        body = text.rstrip(_PAD)
    bare = body.lstrip(_PAD)
    while bare.startswith("--"):
        bare = bare.lstrip(_PAD + "-")
    return bare, start + len(body) - len(bare) if bare else start


def _prose_lines(lines: list[Line]) -> set[int]:
    """Return the numbers of lines that are sentences; a paragraph runs to a full stop or a blank line."""
    prose: set[int] = set()
    run: list[int] = []

    def close() -> None:
        if run and is_prose(" ".join(lines[number].text for number in run)):
            prose.update(run)
        run.clear()

    for number, line in enumerate(lines):
        if is_furniture(line.text):
            if _OPENS.match(line.text):
                close()
            continue
        found = cuts(line.text)
        labelled = bool(found) and found[0][0] == 0
        if (line.gap and run) or labelled or _BY_START.match(line.text) or _OPENS.match(line.text):
            close()
        if number and line.row == lines[number - 1].row:
            continue
        if any(role != Role.PROSE for *_, role in found):
            continue
        run.append(number)
        goes_on = number + 1 < len(lines) and lines[number + 1].text[:1].islower()
        if line.text.endswith((".", ";", ":")) and len(line.text.split()[-1]) > _SHORT and not goes_on:
            close()
    close()
    return prose


def _unjoined(name: str) -> str:
    """Cut what joins a mark to the next one on its line off the name."""
    bare = name.rstrip(_JOINT)
    return (bare[:-4] if bare[-4:].casefold() == " and" else bare).rstrip(_JOINT)


def _dated(text: str, start: int) -> tuple[str, str, int] | None:
    """Cut a text that begins with a date into the date, the words behind it, and where these begin."""
    opening = _DATED.match(text)
    found = date_at(text, opening.end() if opening else 0)
    if not found:
        return None
    rest = text[found.end :].lstrip(" .,;")
    return text[: found.end], rest, start + len(text) - len(rest)


def _dated_behind(mark: str) -> int:
    """Return where the name in a mark ends that a date follows on its line: `Ada Testperson May 3, 2004`; else 0."""
    found = next(dates(mark), None)
    name = mark[: found.start].rstrip(_PAD + ",;-") if found and not mark[found.end :].strip(_PAD + ".") else ""
    return len(name) if is_person(name) else 0


def _texts(text: str, start: int, line: Line, *, fresh: bool, flows: bool) -> Iterator[Piece]:
    """Give unlabelled words their role; sentences and dates that begin them are pieces of their own."""
    while True:
        text, start = _strip(text, start)
        if not text:
            return
        gap = line.gap if fresh else 0
        if STARS.match(text):
            yield Piece(Role.MARK, text, start, line.row, gap, line.indent, fresh, flows, label=start)
            return
        ends = sentence_ends(text) if is_prose(text) else []
        if not ends and len(text) > LONGEST:
            break
        dated = None if ends else _dated(text, start)
        if ends:
            yield Piece(Role.PROSE, text[: ends[-1]].rstrip(), start, line.row, gap, line.indent, fresh, flows=True)
            text, start = text[ends[-1] :], start + ends[-1]
        elif dated and (not dated[1] or dated[1][0].isupper()):
            date, rest, place = dated
            yield Piece(Role.DATE, date, start, line.row, gap, line.indent, fresh, flows=bool(rest) or flows)
            text, start = rest, place
        else:
            break
        fresh = False
    if _CAPTION.match(text) or _STAMP.match(text) or (flows and _BOX.match(text)):
        return
    if fresh and _WITNESS.match(text):
        yield Piece(Role.WITNESS, text, start, line.row, gap, line.indent, fresh, flows)
        return
    prose = is_prose(text) or len(text) > LONGEST
    yield Piece(Role.PROSE if prose else Role.TEXT, text, start, line.row, gap, line.indent, fresh, flows)


def _cut(line: Line) -> Iterator[Piece]:
    text = line.text
    opening = _BY_START.match(text)
    found = [cut for cut in cuts(text) if cut[0] == 0 or cut[2] != Role.PARTY]
    if opening and not (found and found[0][0] < opening.end()):
        found.insert(0, (opening.start(), len(opening[0].rstrip(_PAD + "-")), Role.BY))
    behalf = _FOR.match(text)
    if behalf:
        found = [(0, behalf.end(), Role.PARTY), *(cut for cut in found if cut[0] >= behalf.end())]
    first = found[0][0] if found else len(text)
    yield from _texts(text[:first], line.start, line, fresh=True, flows=bool(found))
    for number, (begin, after, role) in enumerate(found):
        last = number + 1 == len(found)
        stop = len(text) if last else found[number + 1][0]
        value, start = _strip(text[after:stop], line.start + after)
        value = _unjoined(value) if [one for *_, one in found[number : number + 2]] == [Role.MARK, Role.MARK] else value
        fresh = begin == 0
        gap = line.gap if fresh else 0
        if role == Role.PROSE:
            yield from _texts(text[begin:stop], line.start + begin, line, fresh=fresh, flows=not last)
            continue
        if role in {"form", "rule", "page", "bracket"}:
            if role == "rule":
                rule = text[begin:after]
                yield Piece(Role.BLANK, rule, line.start + begin, line.row, gap, line.indent, fresh, not last)
            yield from _texts(value, start, line, fresh=False, flows=not last)
            continue
        if role == Role.DATE:
            dated = _dated(value, start)
            if dated:
                flows = not last or bool(dated[1])
                yield Piece(
                    Role.DATE, dated[0], start, line.row, gap, line.indent, fresh, flows, label=line.start + begin
                )
                yield from _texts(dated[1], dated[2], line, fresh=False, flows=not last)
            else:
                yield from _texts(value, start, line, fresh=False, flows=not last)
            continue
        if role == Role.WITNESS:
            yield Piece(role, text[begin:after], line.start + begin, line.row, gap, line.indent, fresh, not last)
            yield from _texts(value, start, line, fresh=False, flows=not last)
            continue
        yield from _labelled(role, value, start, line, begin=line.start + begin, fresh=fresh, last=last)


def _labelled(role: str, value: str, start: int, line: Line, *, begin: int, fresh: bool, last: bool) -> Iterator[Piece]:
    """Give the words behind a label or in a mark a role: stars behind By: are a mark, a date behind a mark a date."""
    starred = role == Role.BY and bool(STARS.match(value))
    end = _dated_behind(value) if role == Role.MARK else 0
    words, flows, gap = value[: end or None], bool(end) or not last, line.gap if fresh else 0
    role = Role.MARK if starred else role
    yield Piece(role, words, start, line.row, gap, line.indent, fresh, flows, begin, by=starred)
    if end:
        yield from _texts(value[end:], start + end, line, fresh=False, flows=not last)


def _sentence(line: Line, *, last: bool) -> Iterator[Piece]:
    """Give a line of sentences its role, and a party its own that stands behind the last full stop."""
    ends = sentence_ends(line.text) if last else []
    rest = line.text[ends[-1] :] if ends else ""
    party = bool(rest) and not is_prose(rest) and (bool(split_form(rest)[1]) or rest.isupper() or is_person(rest))
    text = line.text[: ends[-1]].rstrip() if party else line.text
    yield Piece(Role.PROSE, text, line.start, line.row, line.gap, line.indent, flows=party)
    if party:
        yield Piece(Role.TEXT, rest, line.start + ends[-1], line.row, 0, line.indent, fresh=False)


def _bracketed(lines: list[Line]) -> set[int]:
    """Return the numbers of the lines of notices in square brackets: `[Signature page to the agreement` … `]`."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if _NOTICE.match(line.text):
            last = next((at for at in range(number, number + _SHORT) if at < len(lines) and "]" in lines[at].text), -1)
            found.update(range(number, last + 1) if last > number else ())
    return found


def tokens(lines: list[Line]) -> Iterator[Piece]:
    """Yield the raw pieces of lines in reading order: a label without words, and the words behind it, are two."""
    prose, notices = _prose_lines(lines), _bracketed(lines)
    for number, line in enumerate(lines):
        if number in notices:
            continue
        if number in prose:
            yield from _sentence(line, last=number + 1 not in prose)
        elif is_rule(line.text) and not STARS.match(line.text):
            if line.text.count("_") + line.text.count("-") > _SHORT:
                yield Piece(Role.BLANK, line.text, line.start, line.row, line.gap, line.indent)
        elif not is_furniture(line.text) or STARS.match(line.text):
            yield from _cut(line)


__all__ = ["STARS", "tokens"]
