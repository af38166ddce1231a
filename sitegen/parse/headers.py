"""The lines above a signature: one party or several, names wrapped or stacked, descriptions cut off."""

import re
from collections.abc import Sequence

from sitegen.model.name import split_form
from sitegen.parse import names, signatures
from sitegen.parse.pieces import Piece
from sitegen.parse.resolve import Register
from sitegen.parse.signatures import Words, joined

_PLACE = r"(?:[A-Z][\w.]*\s+){0,4}"
_KIND = (
    r"(?:(?:[\w-]+\s+){0,4}(?:limited\s+(?:liability\s+)?(?:partnership|company)|corporation|company|partnership|trust|llc|l\.l\.c\.|lp|l\.p\.|"
    r"inc\.?|fund|bank|association|foundation|entity|plan|organization|s\.?[àa]\.?\s?r\.?l\.?|limited|plc|gmbh|individual|person)\b)"
)
_DESCRIPTION = re.compile(rf"(?:^|[,;]?\s+\(?)(?:a|an)\s+{_PLACE}{_KIND}.*$", re.IGNORECASE)
_SELF = re.compile(
    r"[,;]?\s+\(?(?:individually|an individual|in (?:his|her|its|their) individual capacity|on (?:his|her|its) own behalf|for (?:him|her|it)self(?: only)?)"
    r"\)?\W*$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"\s*\((?:the |each,? an? |collectively,? )?[\"“'][^\"”)]{1,60}[\"”']\)?\W*$")
_LIST = re.compile(r"\s*;\s*(?:and\s+)?|,\s+and\s+|,\s+|\s+(?:and|AND)\s+(?=[A-Z])|\s+&\s+(?=[A-Z])")
_JOINS_NEXT = re.compile(r"(?:,|&|-|/|\b(?:and|of|the|for|f/b/o|fbo|u/a|dated|as|de|y))$", re.IGNORECASE)
_JOINS_BEFORE = re.compile(r"(?:\(|(?-i:[a-z&])|(?:u/a|u/t|f/b/o|fbo|dated|dtd|for the benefit|of|and)\b|&)", re.IGNORECASE)
_SMALL = re.compile(r"(?:\((?!the )|[a-z&])")
_TERMINAL = frozenset(
    "fund funds trust company partners partnership group corporation foundation bank holdings associates management capital advisors "
    "advisers investors investments".split()
)
_NOT_A_NAME = re.compile(r"^[\W\d_]*$|[:?!]$|\b(?:page \d|exhibit|cusip|the undersigned|as of|hereby|signature)\b", re.IGNORECASE)
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
        above, below = lines[number - 1].text, lines[number].text
        wraps = bool(_JOINS_NEXT.search(above)) or bool(_SMALL.match(below)) or _bare_form(below) or bool(_JOINS_BEFORE.match(below))
        worth += 3.0 if wraps else 0.0
        if _formed(above) and not wraps:
            worth -= 4.0
        if pieces[number].gap:
            worth -= 3.0
        elif not wraps and above.split()[-1].strip(".,").casefold() in _TERMINAL:
            worth -= 2.0
        if not wraps and signatures.is_human(above) and signatures.is_human(below) and not _formed(whole.text):
            worth -= 2.0
    return worth


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
        if not head or not rest or _bare_form(rest.split(",")[0]) or names.drop_person_suffix(f"X Y, {rest.split(',')[0]}") == "X Y":
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


def parties(pieces: Sequence[Piece], register: Register) -> list[Words]:
    """Return the parties that header lines name, in printed order, without descriptions."""
    found: list[Words] = []
    segments = [trim(segment) for segment in _segments(pieces, register)]
    for segment in segments:
        for name in split_list(segment, register):
            bare = trim(name)
            if bare.text and _name_like(bare.text):
                found.append(bare)
    if len(found) < 2:  # noqa: PLR2004
        return found
    sure = [name for name in found if register.find(name.text) is not None]
    likely = [name for name in found if name in sure or _formed(name.text) or signatures.is_human(name.text)]
    return likely or found[-1:]


__all__ = ["parties", "split_list", "trim"]
