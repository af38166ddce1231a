"""The lines above a signature: one party or several, names wrapped or stacked, descriptions cut off."""

import re
from collections.abc import Sequence

import msgspec

from sitegen.model.name import split_form
from sitegen.parse import names, persons, signatures
from sitegen.parse.pieces import Piece
from sitegen.parse.resolve import Register
from sitegen.parse.signatures import Words, joined

_PLACE = r"(?:[A-Z][\w.]*\s+){0,4}"
_KIND = (
    r"(?:(?:[\w-]+\s+){0,4}(?:limited\s+(?:liability\s+)?(?:partnership|company)|corporation|company|partnership|trust|llc|l\.l\.c\.|lp|l\.p\.|"
    r"inc\.?|fund|bank|association|foundation|entity|plan|organization|s\.?[àa]\.?\s?r\.?l\.?|limited|plc|gmbh|individual|person)\b)"
)
_DESCRIPTION = re.compile(rf"(?:^|[,;]?\s+\(?)(?:a|an)\s+{_PLACE}{_KIND}.*$|,\s+an?\s+(?:umbrella|series|portfolio|sub-?fund|division|separate account)\s.*$", re.IGNORECASE)
_SELF = re.compile(
    r"[,;]?\s+\(?(?:individually|an individual|in (?:his|her|its|their) individual capacity|on (?:his|her|its) own behalf|for (?:him|her|it)self(?: only)?)"
    r"\)?\W*$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"\s*\((?:the |each,? an? |collectively,? )?[\"“'][^\"”)]{1,60}[\"”']\)?\W*$")
_LIST = re.compile(r"\s*;\s*(?:and\s+)?|,\s+and\s+|,\s+|\s+(?:and|AND)\s+(?=[A-Z])|\s+&\s+(?=[A-Z])")
_JOINS_NEXT = re.compile(r"(?:,|&|-|/|\b(?:and|of|the|for|f/b/o|fbo|u/a|dated|as|de|y|under|under trust|trustee)|\b(?:f/?b/?o|for the benefit of)\b.{1,30})$", re.IGNORECASE)
_JOINS_BEFORE = re.compile(r"(?:\(|(?-i:[a-z&])|(?:u/a|u/t|f/b/o|fbo|dated|dtd|for the benefit|of|and)\b|&)", re.IGNORECASE)
_SMALL = re.compile(r"\((?!the )|[a-z&]")
_TERMINAL = frozenset(
    "fund funds trust company partners partnership group corporation foundation bank holdings associates management capital advisors "
    "advisers investors investments".split()
)
_NOT_A_NAME = re.compile(r"^[\W\d_]*$|[:?!]$|\b(?:page \d|exhibit|cusip|the undersigned|as of|hereby|signature)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[IVX]+|\d+)\b|\(")
_HANGING = 8
"""A line this much deeper than the one above it, at most, goes on with it."""
_ACTING = re.compile(r"[,;]?\s+\(?(?:acting\s+(?:herein\s+|solely\s+)?)?(?:by|through|by\sand\sthrough)\s+(?=[A-Z]|its\s)")
_SERIES = re.compile(
    r"[,;]?\s+\(?(?:acting\s+)?(?:for\s+and\s+)?(?:on\s+behalf|for\s+the\s+account|in\s+respect|with\s+respect\s+to)\s+(?:of\s+)?"
    r"(?:(?:its|the)\s+)?(?:(?:series|sub-?funds?|portfolios?)[,:]?\s+)?",
    re.IGNORECASE,
)
_LONGEST_NAME = 300
_MOST_LINES = 4


def trim(words: Words) -> Words:
    """Cut what a header says besides the name: `, a Delaware limited partnership`, `, individually`, `(the "Fund")`."""
    before = None
    while words.text and words is not before:
        before = words
        for pattern in (_DESCRIPTION, _SELF, _DEFINED):
            found = pattern.search(words.text)
            if found and found.start() > 0:
                words = words.cut(0, found.start())
                break
            if found:
                return words.cut(len(words.text))
        else:
            break
    return words


def _formed(text: str) -> bool:
    return bool(split_form(text)[1]) or names.is_form(text.split()[-1])


def _worth(lines: Sequence[Words], pieces: Sequence[Piece], register: Register) -> float:
    """Weigh the reading of some lines as one party's name."""
    whole = trim(joined(lines))
    if not whole.text or _SMALL.match(whole.text):
        return 0.5
    worth = 0.0
    if register.find(whole.text) is not None:
        worth += 4.0 + len(lines)
    elif signatures.is_human(whole.text) and len(lines) == 1:
        worth += 1.0
    elif _formed(whole.text):
        worth += 2.0
    else:
        worth += 0.5
    for number in range(1, len(lines)):
        worth += _joint(lines[number - 1].text, lines[number].text, pieces[number - 1], pieces[number], formed=_formed(whole.text))
    return worth


def _joint(above: str, below: str, upper: Piece, lower: Piece, *, formed: bool) -> float:
    """Weigh the reading of a line as the rest of the name on the line above it."""
    if lower.gap:
        return -3.0
    if _JOINS_NEXT.search(above) or _JOINS_BEFORE.match(below) or _bare_form(below):
        return 3.0
    hangs = 0 < lower.indent - upper.indent <= _HANGING
    ended = bool(split_form(above)[1])
    if ended and not (hangs and _NUMBERED.match(below)):
        return -4.0
    if hangs or _NUMBERED.match(below):
        return 3.0
    if _formed(above) or signatures.is_human(above) or above.split()[-1].strip(".,").casefold() in _TERMINAL:
        return -2.0
    return 1.5 if formed else 0.0


def _bare_form(text: str) -> bool:
    return len(text.split()) <= 3 and not split_form("X " + text)[0].removeprefix("X").strip(" ,()")  # noqa: PLR2004


def _segments(pieces: Sequence[Piece], register: Register) -> list[Words]:
    """Group header lines to names: the grouping of most worth, found from the first line to the last."""
    lines = [Words.at(piece.text, piece.start) for piece in pieces]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(lines) + 1):
        options = [
            (best[start][0] + _worth(lines[start:stop], pieces[start:stop], register), start)
            for start in range(max(0, stop - _MOST_LINES), stop)
        ]
        best.append(max(options, key=lambda option: (option[0], -option[1])))
    cuts, stop = [], len(lines)
    while stop:
        cuts.append((best[stop][1], stop))
        stop = best[stop][1]
    return [joined(lines[start:end]) for start, end in reversed(cuts)]


def _human_list(text: str) -> bool:
    """Say whether a list goes on with people alone: a lone name of plain words may be half of a fund's."""
    return all(signatures.is_human(part) for part in _LIST.split(text) if part.strip())


def split_list(words: Words, register: Register) -> list[Words]:
    """Cut a list of names (`A, L.P., B, L.P. and C, LLC`) into its names; one name stays one."""
    text = words.text
    if register.find(text) is not None:
        return [words]
    parts: list[Words] = []
    start = 0
    for found in _LIST.finditer(text):
        rest = text[found.end() :]
        head = text[start : found.start()].strip()
        if not head or not rest or _bare_form(rest.split(",")[0]) or persons.drop_person_suffix(f"X Y, {rest.split(',')[0]}") == "X Y":
            continue
        if register.find(head) is not None or _formed(head) or (signatures.is_human(head) and _human_list(rest)):
            parts.append(words.cut(start, found.start()))
            start = found.end()
    last = words.cut(start)
    whole = len(parts) == 0
    fits = register.find(last.text) is not None or _formed(last.text) or signatures.is_human(last.text)
    return [words] if whole or not fits else [*parts, last]


def _name_like(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_NAME and not _NOT_A_NAME.search(text) and (text[0].isupper() or text[0].isdigit() or not text[0].isascii())


def acting_through(pieces: Sequence[Piece]) -> tuple[list[Piece], Words | None]:
    """Cut `, by X, its General Partner` off a header: the lines before it, and the entity's words."""
    for number, piece in enumerate(pieces):
        found = _ACTING.search(piece.text)
        if found and found.start() > 1:
            rest = [Words.at(line.text, line.start) for line in pieces[number + 1 :] if not line.gap]
            kept = msgspec.structs.replace(piece, text=piece.text[: found.start()])
            return [*pieces[:number], kept], joined([Words.at(piece.text, piece.start).cut(found.end()), *rest])
    return list(pieces), None


def _series(words: Words, register: Register) -> Words | None:
    """Read `a trust, on behalf of its series X`: whichever of the two is a party, else both as printed."""
    found = _SERIES.search(words.text)
    if not found or found.start() == 0:
        return None
    whole, part = words.cut(0, found.start()), words.cut(found.end())
    if register.find(words.text) is not None or not part.text:
        return words
    return next((name for name in (part, whole) if register.find(name.text) is not None), words)


def parties(pieces: Sequence[Piece], register: Register) -> list[Words]:
    """Return the parties that header lines name, in printed order, without descriptions."""
    found: list[Words] = []
    segments = [trim(segment) for segment in _segments(pieces, register)]
    for segment in segments:
        series = _series(segment, register)
        if series:
            found.append(series)
            continue
        for name in split_list(segment, register):
            bare = trim(name)
            if bare.text and _name_like(bare.text):
                found.append(bare)
    if len(found) < 2:  # noqa: PLR2004
        return found
    sure = [name for name in found if register.find(name.text) is not None]
    likely = [name for name in found if name in sure or _formed(name.text) or signatures.is_human(name.text)]
    return likely or found[-1:]


__all__ = ["acting_through", "parties", "split_list", "trim"]
