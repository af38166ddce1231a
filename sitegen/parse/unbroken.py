"""Text that lost its line ends: where, behind words about a signer, the next lines must once have begun."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from sitegen.parse import entities, lexicon, name_lists, offices, signatures
from sitegen.parse.bounds import PARTS
from sitegen.parse.drafts import Draft
from sitegen.parse.layout import Line
from sitegen.parse.names import ends_in_form, is_form
from sitegen.parse.persons import drop_person_suffix
from sitegen.parse.piece import Piece, Role
from sitegen.parse.sentences import LONGEST
from sitegen.parse.signatures import Words

_NUMBER = re.compile(r"(?<=\s)\((?P<number>\d{1,2})\)\s+")
_MARKED = re.compile(r"/s/\s?(?:[^\s()/:]+\s+){1,5}\Z", re.IGNORECASE)
_MARK_REACH = 80
_EXPLAINS = re.compile(
    r"(?:(?:signed|executed)\s+)?by\s*:|by\s+/s/|(?:signed|executed)\s+by\s|[^:;()]{3,60}\s(?:sign|attorney)",
    re.IGNORECASE,
)
"""What stands behind the number of a footnote that tells who signed."""
_AND = re.compile(r"(?:,\s+|\s+)(?:and|&)\s+(?:the\s+)?(?=[A-Z\d])")
_FOR = re.compile(r"\b(?:of|for)\s+(?:each\s+of\s+)?(?:the\s+)?(?=[A-Z\d])")
_ATTORNEY_ALONE = re.compile(
    r"(?i:(?:as\s)?attorney[\s-]*in[\s-]*fact)\s+(?!(?i:for|on|of|under|by|pursuant)\b)(?=[A-Z])"
)
_WORDS_OF_OFFICES = lexicon.words("company trust partnership fund limited co corporation")
"""Forms that stand in offices, too: `Trust Officer`, `Fund Manager`."""
_SHORT_WORDS = re.compile(r"(?<=\s)(?:(?!(?:LLC|INC|LTD|LLP|LP|PLC)\b)[A-Z]{1,3}\s){1,2}\Z")
"""Words in capitals, too short to tell a case by, with which a company's name may begin: `KKR`, `TC`."""
_MOST_NAMED = 20
_TWO_NAMES = 4
"""Words that may be two humans' names."""


def unbroken(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines; one that holds the mark that a numbered footnote is about ends where the footnote begins."""
    shift = 0
    for line in lines:
        begin = 0
        for end in _footnotes(line.text):
            yield _part(line, begin, end, shift)
            begin, shift = end, shift + 1
        yield _part(line, begin, len(line.text), shift) if begin or shift else line


def _part(line: Line, begin: int, end: int, shift: int) -> Line:
    text = line.text[begin:end].rstrip()
    gap = 0 if begin else line.gap
    return msgspec.structs.replace(line, text=text, start=line.start + begin, row=line.row + shift, gap=gap)


def _footnotes(text: str) -> Iterator[int]:
    """Yield where a numbered footnote begins whose number stands earlier on the line behind a mark."""
    referred: set[str] = set()
    for found in islice(_NUMBER.finditer(text), PARTS) if "(" in text and "/s/" in text.casefold() else ():
        before = text[max(0, found.start() - _MARK_REACH) : found.start()]
        if _MARKED.search(before):
            referred.add(found["number"])
        elif found["number"] in referred and not ends_in_form(before) and _EXPLAINS.match(text, found.end()):
            yield found.start()


def next_party(words: Words, heads: Iterable[Piece]) -> int:
    """Return where the next party begins behind words that name those for whom the mark above stands; else 0.

    It begins behind the last of them: a name that stands above the mark, too, or the one behind the "and" of a list.
    """
    text = words.text if len(words.text) <= LONGEST else ""
    alone = _ATTORNEY_ALONE.search(text)
    if alone and not offices.office_end(text[alone.end() :]):
        return alone.end()
    whom = _FOR.search(text)
    if whom is None:
        return 0
    for found in islice(_FOR.finditer(text), _MOST_NAMED):
        behind = text[found.end() :]
        end = max((signatures.leads(behind, head.text) for head in heads), default=0)
        if behind[end:].lstrip(" .,")[:1].isupper() and end:
            return found.end() + end
    start = max(found.end() for found in (whom, *_AND.finditer(text, whom.end())))
    parts = name_lists.run_together(words.cut(start))
    if len(parts) > 1:
        return parts[0].end - words.first
    capitals = party_in_capitals(text[start:])
    return start + capitals if capitals else 0


def party_in_capitals(text: str) -> int:
    """Return where a company in capitals begins behind words in small letters; else 0."""
    broken = signatures.case_break(text)
    if not (broken and text[broken].isupper() and entities.is_formed(text[broken:])):
        return 0
    short = _SHORT_WORDS.search(text, 0, broken)
    return short.start() if short else broken


def trail(pieces: Sequence[Piece]) -> bool:
    """Say whether the dates on lines that hold several signatures stand behind them: one does behind the last mark."""
    marks = [number for number, piece in enumerate(pieces) if piece.role == Role.MARK]
    return bool(marks) and any(piece.role == Role.DATE and not piece.fresh for piece in pieces[marks[-1] :])


def name_above(draft: Draft, text: str) -> int:
    """Return where a mark's words end the name that is printed above it: what is behind is the next party's; else 0."""
    above = [*([draft.name.text] if draft.name else []), *(head.text for head in draft.heads)]
    return next((end for name in above if signatures.is_human(name) and (end := signatures.leads(text, name))), 0)


def runs_on(draft: Draft) -> bool:
    """Say whether nothing tells where the words of a signature end, and the name of the next party begins.

    They hold a company's name, or others for whom he signs, or more than a human's name, which is not printed again.
    """
    if draft.marked and draft.name is None and not _is_one_human(draft.marked.text):
        return True
    said = [*draft.titles, *draft.notes, *([draft.attorney] if draft.attorney else [])]
    return any(_holds_names(words.text, draft.heads) for words in said)


def _is_one_human(name: str) -> bool:
    return signatures.is_human(name) and len(drop_person_suffix(name).split()) < _TWO_NAMES


def _holds_names(text: str, heads: Sequence[Piece]) -> bool:
    whom = _FOR.search(text)
    if whom:
        behind = text[whom.end() :]
        return not any(signatures.leads(behind, head.text) == len(behind) for head in heads)
    return any(map(_is_sure_form, text.split()))


def _is_sure_form(word: str) -> bool:
    return is_form(word) and word.strip(".,").casefold() not in _WORDS_OF_OFFICES


__all__ = ["name_above", "next_party", "party_in_capitals", "runs_on", "trail", "unbroken"]
