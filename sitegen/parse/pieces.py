"""Lines of a signature page cut into pieces, each with a role: a typist's tokens.

One printed line may hold one piece (`Name: Ada Testperson`) or, in text that lost its line ends, six blocks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

import msgspec

from sitegen.model.name import split_form
from sitegen.model.recall import recall
from sitegen.model.text import Span
from sitegen.parse.bounds import PARTS, TooLargeError
from sitegen.parse.dates import date_at, dates
from sitegen.parse.layout import Line
from sitegen.parse.offices import office_end
from sitegen.parse.persons import is_person
from sitegen.parse.prose import is_furniture, is_rule
from sitegen.parse.signatures import ATTORNEY, is_human, leads


class Role:
    """What a piece does in a block."""

    BY = "by"
    """`By:` and what follows it: an entity, a human, or nothing."""
    MARK = "mark"
    """A conformed signature: `/s/ Ada Testperson`, `*`."""
    BLANK = "blank"
    """A ruled line to sign on, with no name on it."""
    NAME = "name"
    TITLE = "title"
    BOTH = "both"
    """`Name/Title:`."""
    ITS = "its"
    DATE = "date"
    TEXT = "text"
    """Words with no label: a party, a human's name, an office, a capacity, a caption."""
    PARTY = "party"
    """`Entity:`, `For and on behalf of`: a party's name behind a label."""
    STAMP = "stamp"
    """The words of software that signs: `DocuSigned by:`; a mark, unless one says the same beside it."""
    WITNESS = "witness"
    """`Witness:`, `Attest:`: the marks below are nobody's who agrees."""
    PROSE = "prose"
    """Sentences, captions of pages: what no block spans."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Some words of one line and their role; `text` is without label and rules, `start` is where it begins."""

    role: str
    text: str
    start: int
    row: int
    gap: int
    """Empty rows before its line; 0 for all but a line's first piece."""
    indent: int = 0
    fresh: bool = True
    """It begins its line."""
    flows: bool = False
    """Another piece follows on the same line."""
    label: int = -1
    """Where its label or mark begins; -1 without one."""
    by: bool = False
    """A mark that stands behind a label: `By: /s/ …`, `Name: /s/ …`."""

    @property
    def begin(self) -> int:
        """Return where it begins, label included."""
        return self.start if self.label < 0 else self.label

    @property
    def end(self) -> int:
        """Return where its words end."""
        return self.start + len(self.text)


_CUT = re.compile(
    r"""(?<![^\s_*.,;:)\-\u00ad])(?:
      (?P<mark>(?://?\s?s\s?//?|\\{1,2}s\\{1,2}|(?<![\w/\\])s[\\/](?=[\s_]{0,3}(?-i:[A-Z]))|/s(?=[\s_](?-i:[A-Z]))
               |\((?:signed|s|sgd\.?)\)|\[(?:signed|s)\])[\s_:.\u00ad-]*)
    | (?P<stamp>(?:^|(?<=:)|(?<=:\s)|(?=[a-z]{4,14}[\s-]?[a-z]{4,14}(?:\s(?:electronic|digit)ally)?\sby\s?:))
               (?:(?:electronically|digitally|docu|e)[\s-]?signed|signed\s(?:electronic|digit)ally)\sby(?:\s?:|(?=\s*(?:/s/|(?-i:[A-Z])|$)))\s*)
    | (?P<both>(?:print(?:ed)?\s)?names?\s?(?:/|and|&|,)\s?(?:title|capacity|office)\s?:|name\s?/\s?title(?=\s\s?[A-Z]))
    | (?P<name>(?:print(?:ed)?\s|typed\s)?name(?:\s?\((?:print|printed|please\sprint)\)|\sprinted)?\s?:)
    | (?P<title>(?:title|position|office|capacity)(?:\s?\(if\sany\))?\s?:)
    | (?P<its>its\s?:)
    | (?P<party>(?:(?:name\sof\s)?(?:entity|company|(?:reporting|filing)\sperson|filer|party|(?:share|stock)holder
               |investor|individual)|entity\sname)\s?:)
    | (?P<witness>(?:(?:in\sthe\s)?presence\sof|(?:witness(?:ed)?|attest(?:ed)?)(?:\sby)?)\s?:)
    | (?P<date>dated?\s?:)
    | (?P<by>\*{0,3}\s?(?:(?:by|per|signature|signed(?:\sby)?|sign\shere)\s?:|by(?=[-_]{3}|[\s_]{1,3}(?:/s/|\\s\\))))
    | (?P<rule>(?<=\s)[-_=]{5,}(?=\s|$))
    | (?P<bracket>\[(?:the\s|remainder\sof\s)?signatures?\s[^\]]{3,80}\])
    | (?P<prose>in\switness\swhereof\b)
    | (?P<page><page>|page\s\d{1,3}\sof\s\d{1,3}(?:\spages?)?)
    | (?P<form>\((?:authorized\s)?(?:signatures?|date|names?|title|print\sname|name\s?(?:/|and|&)\s?title|seal
               |(?:electronically|digitally)\ssigned)\))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = frozenset(":/\\([-_=<")
_SAID = ("signed", "witness", "page")
_FOR = re.compile(
    r"(?:(?:signed|executed)\s)?(?:by,?\s)?for\sand\son\sbehalf\sof\s?:?(?=\s|$)(?!\s(?:itself|himself|herself|themselves|each|all)\b)",
    re.IGNORECASE,
)
"""What may stand before a party's name, as a British company's."""
_WITNESS = re.compile(r"(?:witness(?:ed|es)?|attest(?:ed)?|signed\sin\sthe\spresence\sof)$", re.IGNORECASE)
_TELLS = re.compile(
    r"[A-Z][^*]*\s(?:is|are|was|were|has|have|had|shall|will)\s(?!as\b)[a-zA-Z]"
    r"|(?i:signed|executed|delivered|made|done|entered|given)\b(?:[\s,]+(?:and|signed|executed|delivered|sealed|into|effective|duly))*"
    r"\s(?:on|at|in|as\sof|this)\s(?!behalf\b)"
)
"""How a sentence begins that tells something: no name holds its verb."""
_BOX = re.compile(r"[xX✗✘☒×]$")
"""What a form prints where one signs."""
_BY_START = re.compile(r"\*{0,3}\s?(?:By|BY)(?:[\s_-]+(?=[A-Z/\\*_(\[-]|its\b|$)|$)")
_STARS = re.compile(r"\(?(?:\*{1,4}|†{1,3})\)?$")
_DATED = re.compile(r"dated?\s?:?\s*(?:as\s)?(?:of\s)?(?:this\s|the\s)?", re.IGNORECASE)
_JOINT = " \t\u00a0,;/&"
"""What stands between two marks on one line, with or without "and"."""
_PAD = " \t\u00a0\u00ad_"
_SENTENCE_END = re.compile(
    r"(?<=[\da-z,]\s)(?:19|20)\d\d\s+(?=[A-Z]{2})|(?:[a-z]{3}\)?|\d{4}|13[dg]-\d|[a-z]\"|\)|1934)[.;:]\s+(?=[A-Z\"“(*/])"
)
_STRONG = re.compile(
    r"\b(?=[hauwpftcersib])(?:hereby|hereto|herein|hereunto|agrees?|agreed|acknowledges?|undersigned|witness|whereof|pursuant|foregoing|thereto|therein|"
    r"thereunder|constitutes?|executed?|shall|counterparts?|accordance|responsible|accuracy|incorporated by reference|"
    r"herewith|statement|schedule 13|amendments?|behalf of each|securities (?:and )?exchange (?:act|commission)|"
    r"first above written)\b",
    re.IGNORECASE,
)
_OF_ATTORNEY = re.compile(
    r"\*{0,3}\s?(?:(?:duly\s)?(?:authori[sz]ed|signed|executed)\s)?(?:by|under|pursuant\sto|through|as)?\s?(?:an?\s|the\s)?"
    r"(?:powers?\sof\sattorney|attorneys?[\s-]in[\s-]fact)",
    re.IGNORECASE,
)
_OF_POWER = re.compile(
    r"(?:\(\d{1,2}\)\s*)?(?:An?|The)\spowers?\sof\sattorney\s(?:authori[sz]|appoint|grant|is|was|has|execut|previous|dated|given|from|in)",
    re.IGNORECASE,
)
"""How a sentence begins that tells where a power of attorney is: no words of the signer."""
_NAMED_ATTORNEY = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w.'’-]*,?\s(?:as\s)?(?:an?\s)?(?i:attorneys?[\s-]*in[\s-]*fact)\b"
)
"""How words under a mark begin that tell under which power: `Ada Testperson as attorney-in-fact pursuant to`."""
_CAPTIONED = re.compile(
    r"(?:[^,;.]{3,60},\s)?(?:individually|for\s(?:him|her)self|on\s(?:his|her)\sown\sbehalf)\s(?:and|as)\b"
    r"|[^,;.]{3,60},\s(?:for\sand\s)?on\sbehalf\sof\seach\b",
    re.IGNORECASE,
)
"""How words under a mark begin, whatever they go on with: `individually and as President of the foregoing`."""
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
_MANY_WORDS = 11
_LONGEST_TEXT = 4000


def is_prose(text: str) -> bool:
    """Say whether words are sentences of an agreement and not lines of a signature block."""
    if _OF_POWER.match(text):
        return True
    if _OF_ATTORNEY.match(text) or (text[:1] == "*" and ATTORNEY.search(text[:_LONGEST_TEXT])):
        return False
    if _NAMED_ATTORNEY.match(text):
        return False
    if _TELLS.match(text[:_LONGEST_TEXT]):
        return True
    strong = len(_STRONG.findall(text[:_LONGEST_TEXT]))
    if strong == 1 and _CAPTIONED.match(text):
        return False
    return strong > 0 and (strong > 1 or text.count(" ") >= _MANY_WORDS)


def _strip(text: str, start: int) -> tuple[str, int]:
    """Cut rules and blanks off both ends; the start moves along."""
    body = text.rstrip(_PAD + "-")
    if text[len(body) :].strip(" \t\u00a0-") and not text[len(body) :].startswith("_"):
        body = text.rstrip(_PAD)
    bare = body.lstrip(_PAD)
    while bare.startswith("--"):
        bare = bare.lstrip(_PAD + "-")
    return bare, start + len(body) - len(bare) if bare else start


def _may_be_cut(text: str) -> bool:
    """Say whether a line holds a sign or a word that is in every label, mark and rule: far cheaper than to find it."""
    return not _SIGNS.isdisjoint(text) or any(word in text.casefold() for word in _SAID)


@recall
def _cuts(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the labels, marks and rules of a line: start, end and role."""
    found = islice(_CUT.finditer(text), PARTS + 1) if _may_be_cut(text) else ()
    return tuple((one.start(), one.end(), one.lastgroup or "") for one in found)


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
        cuts = _cuts(line.text)
        labelled = bool(cuts) and cuts[0][0] == 0
        if (line.gap and run) or labelled or _BY_START.match(line.text) or _OPENS.match(line.text):
            close()
        if number and line.row == lines[number - 1].row:
            continue
        if any(role != Role.PROSE for *_, role in cuts):
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
        if _STARS.match(text):
            yield Piece(Role.MARK, text, start, line.row, gap, line.indent, fresh, flows, label=start)
            return
        ends = [found.end() for found in _SENTENCE_END.finditer(text)] if is_prose(text) else []
        if not ends and len(text) > _LONGEST_TEXT:
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
    prose = is_prose(text) or len(text) > _LONGEST_TEXT
    yield Piece(Role.PROSE if prose else Role.TEXT, text, start, line.row, gap, line.indent, fresh, flows)


def _cut(line: Line) -> Iterator[Piece]:
    text = line.text
    opening = _BY_START.match(text)
    cuts = [cut for cut in _cuts(text) if cut[0] == 0 or cut[2] != Role.PARTY]
    if opening and not (cuts and cuts[0][0] < opening.end()):
        cuts.insert(0, (opening.start(), len(opening[0].rstrip(_PAD + "-")), Role.BY))
    behalf = _FOR.match(text)
    if behalf:
        cuts = [(0, behalf.end(), Role.PARTY), *(cut for cut in cuts if cut[0] >= behalf.end())]
    first = cuts[0][0] if cuts else len(text)
    yield from _texts(text[:first], line.start, line, fresh=True, flows=bool(cuts))
    for number, (begin, after, role) in enumerate(cuts):
        last = number + 1 == len(cuts)
        stop = len(text) if last else cuts[number + 1][0]
        value, start = _strip(text[after:stop], line.start + after)
        value = _unjoined(value) if [one for *_, one in cuts[number : number + 2]] == [Role.MARK, Role.MARK] else value
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
    starred = role == Role.BY and bool(_STARS.match(value))
    end = _dated_behind(value) if role == Role.MARK else 0
    words, flows, gap = value[: end or None], bool(end) or not last, line.gap if fresh else 0
    role = Role.MARK if starred else role
    yield Piece(role, words, start, line.row, gap, line.indent, fresh, flows, begin, by=starred)
    if end:
        yield from _texts(value[end:], start + end, line, fresh=False, flows=not last)


def _sentence(line: Line, *, last: bool) -> Iterator[Piece]:
    """Give a line of sentences its role, and a party its own that stands behind the last full stop."""
    ends = [found.end() for found in _SENTENCE_END.finditer(line.text)] if last else []
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


def _raw(lines: list[Line]) -> Iterator[Piece]:
    prose, notices = _prose_lines(lines), _bracketed(lines)
    for number, line in enumerate(lines):
        if number in notices:
            continue
        if number in prose:
            yield from _sentence(line, last=number + 1 not in prose)
        elif is_rule(line.text) and not _STARS.match(line.text):
            if line.text.count("_") + line.text.count("-") > _SHORT:
                yield Piece(Role.BLANK, line.text, line.start, line.row, line.gap, line.indent)
        elif not is_furniture(line.text) or _STARS.match(line.text):
            yield from _cut(line)


_LABELS = frozenset((Role.MARK, Role.BY, Role.NAME, Role.TITLE, Role.BOTH, Role.ITS, Role.PARTY))


def _signed_once(found: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; the words of software beside a mark of the same name say nothing more."""
    said = {number + 1 for number, piece in enumerate(found) if piece.role == Role.STAMP and _is_said(found, number)}
    for number, piece in enumerate(found):
        if piece.role != Role.STAMP:
            if number not in said:
                yield piece
            continue
        if number + 1 in said:
            continue
        behind = next((one for one in found[number + 1 : number + 3] if one.text or one.role != Role.BY), piece)
        beside = [*found[max(0, number - 1) : number], behind]
        marks = [one for one in beside if one.role == Role.MARK and max(one, piece, key=attrgetter("begin")).gap == 0]
        if not any(leads(mark.text, piece.text) or not piece.text for mark in marks):
            yield msgspec.structs.replace(piece, role=Role.MARK)


def _is_said(found: Sequence[Piece], number: int) -> bool:
    """Say whether the line below a stamp has the name that the mark right below that line has again."""
    below = found[number + 1 : number + 4]
    mark = next((piece for piece in below[1:] if piece.text), None)
    if found[number].text or mark is None or mark.role != Role.MARK or any(piece.gap for piece in below):
        return False
    return below[0].role == Role.TEXT and leads(mark.text, below[0].text) > 0


def _may_be_office(text: str) -> bool:
    """Say whether words below `Title:` can be the office, and are not the next party."""
    return bool(office_end(text)) or not (is_human(text) or split_form(text)[1])


def _with_signs(found: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces; the sign of a footnote that stands alone before it is part of it: `*`, `By: Ada Testperson`."""
    sign: Piece | None = None
    for piece in found:
        if sign is not None:
            near = piece.row == sign.row or not piece.gap
            if near and piece.role == Role.BY and ATTORNEY.search(piece.text):
                yield msgspec.structs.replace(
                    piece, label=sign.begin, gap=sign.gap, indent=sign.indent, fresh=sign.fresh
                )
                sign = None
                continue
            yield sign
        alone = piece.role == Role.MARK and piece.fresh and not piece.by and _STARS.match(piece.text)
        sign = piece if alone else None
        if sign is None:
            yield piece
    if sign is not None:
        yield sign


def pieces(lines: Iterable[Line]) -> list[Piece]:
    """Return the pieces of lines in reading order; an empty label has taken the words that stand for it.

    Raises `TooLargeError`.
    """
    ordered: list[Piece] = []
    raw = list(islice(_raw(list(lines)), PARTS + 1))
    if len(raw) > PARTS:
        raise TooLargeError
    for piece in _with_signs(_signed_once(raw)):
        label = ordered[-1] if ordered else None
        if label is None or label.role not in _LABELS or label.text:
            ordered.append(piece)
            continue
        near = piece.row == label.row or piece.gap == 0
        if label.role == Role.MARK:
            ordered[-1:] = [label, piece]
            if piece.role == Role.TEXT and near:
                ordered[-2:] = [
                    msgspec.structs.replace(
                        piece, role=Role.MARK, by=label.by, label=label.begin, gap=label.gap, fresh=label.fresh
                    )
                ]
            continue
        if piece.role == Role.MARK and label.role in {Role.BY, Role.NAME}:
            ordered[-1] = msgspec.structs.replace(piece, by=True, label=label.begin, gap=label.gap, fresh=label.fresh)
        elif piece.role == Role.TEXT and (
            piece.row == label.row
            or (label.role in {Role.BY, Role.PARTY} and piece.gap <= 1)
            or (near and label.role == Role.ITS)
            or (near and label.role == Role.NAME and is_human(piece.text))
            or (near and label.role == Role.TITLE and _may_be_office(piece.text))
        ):
            ordered[-1] = msgspec.structs.replace(
                piece, role=label.role, label=label.begin, gap=label.gap, fresh=label.fresh, indent=label.indent
            )
        elif label.role == Role.BY:
            if piece.role != Role.BLANK:
                ordered[-1] = msgspec.structs.replace(label, role=Role.BLANK, by=True)
                ordered.append(piece)
            else:
                ordered[-1] = msgspec.structs.replace(piece, by=True, label=label.begin, gap=label.gap)
        else:
            ordered[-1] = piece
    return ordered


def span_of(items: Iterable[Piece]) -> Span:
    """Return the stretch of text that pieces cover."""
    listed = list(items)
    return Span(min(piece.begin for piece in listed), max(piece.end for piece in listed))


__all__ = ["Piece", "Role", "is_prose", "pieces", "span_of"]
