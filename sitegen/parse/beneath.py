"""What words under a mark are: the signer's printed name, more of what stood above them, or the next header."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import msgspec

from sitegen.parse import offices, signatures
from sitegen.parse.drafts import Draft, continues, inside, is_open
from sitegen.parse.names import ends_in_form
from sitegen.parse.piece import Piece, Role

_CAPTION_OF = re.compile(
    r"\b(?:as\s(?:an?\s|the\s|co-)?[a-z]+(?:\s[a-z]+)?\s(?:of|for)|in[\s-]fact\s(?:of|for)|on\sbehalf\sof)\s(?:each\sof\s)?(?:the\s)?\S",
    re.IGNORECASE,
)
_FIDUCIARY_OF = re.compile(
    r"(?:co-|successor\s|sole\s)?(?:trustees?|execut(?:or|rix)|administrat(?:or|rix)|custodian|guardian|conservator)\s(?:of|for|under)\s\S",
    re.IGNORECASE,
)
_TRUST_END = re.compile(r"\btrust$", re.IGNORECASE)
_INSTRUMENT = re.compile(r"(?:agreement|indenture|dated)\b", re.IGNORECASE)
_HEADING = frozenset((Role.TEXT, Role.PARTY, Role.BY, Role.NAME))
_DANGLES = re.compile(r"\b(?:of|the|and|for|as|to|its)$")
"""Words that no line ends a block with, though a page may end there."""
_SAYS_WHOSE = re.compile(r"(?:for|on|as|its|in|by)\b", re.IGNORECASE)
_LONGEST_CAPTION = 4000
_MOST_OF_COMPANY = 20
_LAST_OF_LIST = re.compile(r".*(?:,|;|\b(?:and|of|for)\b)\s+", re.IGNORECASE)
_SUFFIXED = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?$", re.IGNORECASE)


class Place(NamedTuple):
    """Where words stand: the draft whose mark is above them, the piece that it took last, the next that is no rule."""

    draft: Draft
    last: Piece | None
    following: Piece | None


def _heads_its_own_mark(piece: Piece, at: Place) -> bool:
    """Say whether the next mark repeats a name: it is that mark's header, not the name under the one above.

    Where that one has the very name and the next a `Jr.` behind it, it is not.
    """
    mark, above = at.following, at.draft.marked
    if mark is None or mark.role != Role.MARK or not signatures.leads(mark.text, piece.text):
        return False
    name, next_name = map(signatures.letters, (piece.text, mark.text[: signatures.name_end(mark.text)]))
    return above is None or name == next_name or name != signatures.letters(above.text)


def _signed_above(draft: Draft) -> bool:
    """Say whether the header is the name of the human whose mark has been read."""
    marked = draft.marked
    return marked is not None and any(
        signatures.is_human(head.text) and signatures.same_human(head.text, marked.text) for head in draft.heads
    )


def is_name(piece: Piece, at: Place) -> bool:
    """Say whether words begin with the printed name of the human whose mark, or mere name, stands above.

    Relatives share a surname: a name that is not the mark's own is taken for a header wherever it can be one.
    """
    draft = at.draft
    if draft.name is not None:
        return draft.mark is None and bool(signatures.leads(piece.text, draft.name.text))
    if _signed_above(draft) and _heads_its_own_mark(piece, at):
        return False
    return draft.says_marked(piece.text) > 0 or _is_other_spelling(piece, at)


def _is_other_spelling(piece: Piece, at: Place) -> bool:
    """Say whether words begin with a human's name that is the mark's in another spelling, or the first one here."""
    draft = at.draft
    split = signatures.name_end(piece.text)
    if piece.flows or not piece.fresh:
        split = min(split, inside(piece.text) or split)
    human = piece.text[:split]
    if not signatures.is_human(human):
        return False
    if draft.marked is None:
        return True
    if piece.gap > 1 or not signatures.shares_word(human, draft.marked.text):
        return False
    if signatures.same_human(human, draft.marked.text):
        return True
    return piece.gap == 0 and not _signed_above(draft) and not _heads_its_own_mark(piece, at)


def is_principal(piece: Piece, at: Place) -> bool:
    """Say whether a line repeats the person whom the attorney above signs for: his office behind is his own."""
    heads = at.following is not None and (at.following.role in {Role.BY, Role.MARK} or at.following.by)
    principal = at.draft.principal
    if principal is not None and not heads and signatures.letters(piece.text) == signatures.letters(principal.text):
        return True
    return at.draft.name is None and not heads and at.draft.names_principal(piece.text)


def is_header(piece: Piece, at: Place) -> bool:
    """Say whether words under a witness's mark open a block: an entity, or a human whose mark follows."""
    if at.following is None or at.draft.says_marked(piece.text):
        return heads_next(piece, at)
    by = at.following.role == Role.BY or at.following.by
    return by or ends_in_form(piece.text) or _heads_its_own_mark(piece, at)


def heads_next(piece: Piece, at: Place) -> bool:
    """Say whether a human's name is the header of his own mark that follows, not the name under the last one."""
    following = at.following
    if not (piece.fresh and piece.gap and following and following.role == Role.MARK and not following.by):
        return False
    return bool(at.draft.says_marked(following.text))


def goes_on(piece: Piece, at: Place) -> bool:
    """Say whether a line goes on with the words before it: a caption runs on until its last name is whole."""
    draft, last = at.draft, at.last
    latest = draft.latest
    if last is None or latest is None or len(latest.text) > _LONGEST_CAPTION:
        return False
    if piece.gap and piece.row != last.row and not _DANGLES.search(last.text):
        return False
    if draft.name is None and draft.says_marked(piece.text):
        return False
    if _ends_known_name(draft, latest.text, piece) or is_open(last.text):
        return True
    if continues(piece.text) or (_INSTRUMENT.match(piece.text) and _TRUST_END.search(last.text)):
        return True
    return piece.indent >= last.indent and _is_unended(at, last, piece)


def _ends_known_name(draft: Draft, above: str, piece: Piece) -> bool:
    """Say whether a line ends a company's name behind an office, one that the block names: `President, A` / `Corp.`."""
    company = signatures.letters(f"{above.rpartition(',')[2]} {piece.text}") if "," in above and not piece.gap else ""
    known = (*(head.text for head in draft.heads), *(step.words.text for step in draft.steps))
    return bool(company) and any(signatures.letters(name).startswith(company) for name in known)


def _is_unended(at: Place, last: Piece, piece: Piece) -> bool:
    """Say whether the name that ends a caption is cut short by the end of its line."""
    latest, below = at.draft.latest, at.following
    if latest is None or ends_in_form(last.text):
        return False
    if not _CAPTION_OF.search(latest.text):
        heads = below is not None and not below.gap and (below.by or below.role in {Role.BY, Role.MARK})
        return not heads and _FIDUCIARY_OF.match(latest.text) is not None
    if "attorney" not in latest.text.casefold():
        return True
    name = _LAST_OF_LIST.sub("", latest.text)
    if offices.office_end(name) == len(name):
        return False
    rest = piece.text.split(",")[0]
    return not signatures.is_human(name) or " " not in rest or bool(_SUFFIXED.match(rest))


def is_office_beneath(piece: Piece, at: Place) -> bool:
    """Say whether unknown words right under the printed name can only be an office."""
    draft, last, following = at
    if piece.gap or not piece.fresh or draft.name is None or draft.titles:
        return False
    if last is None or last.role not in {Role.TEXT, Role.NAME, Role.BY}:
        return False
    apart = following is None or (following.role == Role.TEXT and following.gap > 0)
    return apart and not ends_in_form(piece.text) and not signatures.is_human(piece.text)


def is_department(piece: Piece, at: Place) -> bool:
    """Say whether a line right under an office names the department that it is held in."""
    last = at.last
    if not at.draft.titles or not piece.fresh or last is None or last.end < at.draft.titles[-1].end:
        return False
    return piece.gap <= last.gap and offices.is_department(piece.text)


def is_company(piece: Piece, at: Place) -> bool:
    """Say whether an entity stands right below its officer's name and office, the next block apart."""
    draft, last, following = at
    if piece.gap or not piece.fresh or not (draft.name or draft.marked) or not draft.titles:
        return False
    if last is None or piece.row <= last.row:
        return False
    if not _is_entity(piece) or (following and not following.gap):
        return False
    if draft.heads or draft.steps:
        return following is None or following.role == Role.TEXT
    return following is None or not (following.by or following.role == Role.BY)


def companies_below(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return where the companies begin that a page prints each below the office of the officer who signs for it.

    So it does when nothing stands above its first mark, and below the last one a company that no mark follows.
    """
    marks = [number for number, piece in enumerate(pieces) if piece.role == Role.MARK]
    above = takewhile(lambda piece: piece.role != Role.PROSE, reversed(pieces[: marks[0]] if marks else ()))
    if any(piece.role in _HEADING for piece in above):
        return frozenset()
    found: list[list[Piece]] = []
    for number, mark in enumerate(marks):
        stop = marks[number + 1] if number + 1 < len(marks) else len(pieces)
        group = list(takewhile(lambda piece: piece.role != Role.PROSE, pieces[mark + 1 : stop]))
        if between := _above_the_name(pieces[mark], group):
            found.append([between])
            continue
        entities = [piece for piece in group if piece.role == Role.TEXT and piece.fresh and _is_entity(piece)]
        if len(entities) > 1 or (entities and entities[0] is not group[-1]):
            return frozenset()
        if entities and entities[0].gap and not any(map(_says_office, group)):
            return frozenset()
        found.append(_lines_of_company(group) if entities else [])
    return frozenset(piece.start for lines in found for piece in lines) if found and found[-1] else frozenset()


def with_marks_below(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; a mark above a company whose By: line names the signer again is put before that line."""
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and piece.role == Role.BY and not piece.gap and signatures.leads(piece.text, waiting[0].text):
            mark, *company = waiting
            yield from [msgspec.structs.replace(one, gap=0 if at else mark.gap) for at, one in enumerate(company)]
            yield msgspec.structs.replace(mark, gap=0, row=piece.row, by=True, flows=True)
            yield msgspec.structs.replace(piece, role=Role.NAME)
            waiting = []
            continue
        goes_on = (
            waiting and not piece.gap and len(waiting) < _MOST_OF_COMPANY and piece.role in {Role.TEXT, Role.BLANK}
        )
        own = len(waiting) == 1 and piece.role == Role.TEXT and signatures.leads(piece.text, waiting[0].text)
        if goes_on and not own:
            waiting.append(piece)
            continue
        yield from waiting
        waiting = [piece] if piece.role == Role.MARK and piece.fresh and not (piece.by or piece.flows) else []
        if not waiting:
            yield piece
    yield from waiting


def _above_the_name(mark: Piece, group: Sequence[Piece]) -> Piece | None:
    """Return the company that stands between a mark and the printed name that repeats it."""
    words = [piece for piece in group if piece.role in {Role.TEXT, Role.NAME} and piece.fresh][:2]
    if len(words) < 2 or words[0].role != Role.TEXT or signatures.leads(words[0].text, mark.text):  # noqa: PLR2004
        return None
    named = signatures.leads(words[1].text, mark.text)
    return words[0] if named and not signatures.is_human(words[0].text) and not _says_office(words[0]) else None


def _lines_of_company(group: Sequence[Piece]) -> list[Piece]:
    """Return the lines of the name that ends a group: those right above it that are no human's and no office."""
    lines = [group[-1]]
    for piece in reversed(group[:-1]):
        other = piece.role != Role.TEXT or not piece.fresh or _SAYS_WHOSE.match(piece.text) or _says_office(piece)
        if lines[-1].gap or other or signatures.is_human(piece.text) or ends_in_form(piece.text):
            break
        lines.append(piece)
    return lines


def _is_entity(piece: Piece) -> bool:
    return ends_in_form(piece.text) and not (_SAYS_WHOSE.match(piece.text) or offices.is_office(piece.text))


def _says_office(piece: Piece) -> bool:
    if piece.role in {Role.TITLE, Role.BOTH, Role.ITS}:
        return True
    behind = piece.text[signatures.name_end(piece.text) :].lstrip(" ,-–—")
    return bool(offices.office_end(piece.text) or offices.office_end(behind))


__all__ = [
    "Place",
    "companies_below",
    "goes_on",
    "heads_next",
    "is_company",
    "is_department",
    "is_header",
    "is_name",
    "is_office_beneath",
    "is_principal",
]
