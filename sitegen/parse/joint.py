"""Several marks on one line: as many signers of one block, whose names and offices stand below in the same order."""

import re
from collections.abc import Sequence

import msgspec

from sitegen.parse import offices, signatures
from sitegen.parse.drafts import Draft
from sitegen.parse.piece import Piece, Role
from sitegen.parse.signatures import Words, joined

_SEPARATORS = (r"\s{2,}", r"\s*;\s*(?:and\s+)?", r"\s*/\s*", r",\s+", r",\s+(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_BETWEEN = re.compile(r"[\s_]*(?:,|;|&|/|,?\s*\band\b)[\s_]*", re.IGNORECASE)
_RESPECTIVELY = re.compile(r",?\s*respectively\W*$", re.IGNORECASE)


class Beside:
    """The By: marks of a page, row by row: who signs to the right of one may sign for the same party."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Find the marks behind `By:`."""
        self._rows: dict[int, list[Piece]] = {}
        for piece in pieces:
            if piece.role == Role.MARK and piece.by:
                self._rows.setdefault(piece.row, []).append(piece)

    def is_doubtful(self, mark: Piece) -> bool:
        """Say whether a mark without a header stands to the right of another human's By: mark."""
        marks = [] if mark.by else self._rows.get(mark.row, [])
        first = any(one.indent < mark.indent for one in marks)
        return first and not any(signatures.shares_word(one.text, mark.text) for one in marks)


def is_further(mark: Piece, last: Piece | None, draft: Draft, between: str, following: Piece | None) -> bool:
    """Say whether a mark stands with the draft's own.

    It does on the line of a By: mark and behind a comma or "and"; right below, where the next line has both names.
    """
    if last is None or last.role != Role.MARK or mark.by or draft.marked is None or draft.name or draft.latest:
        return False
    if signatures.leads(mark.text, draft.marked.text):
        return False
    if last.row != mark.row:
        both = following.text if following and mark.gap == 0 else ""
        return all(signatures.shares_word(both, one) for one in (mark.text, draft.marked.text))
    apart = mark.fresh and mark.indent != last.indent
    return not apart and (draft.by or _BETWEEN.fullmatch(between) is not None)


def holds_two(name: Words, rest: Words, following: Piece | None) -> bool:
    """Say whether one mark is of two people: `/s/ A and B`, and `/s/ A, B` where the next line lists both again."""
    again = following is not None and signatures.letters(following.text) == signatures.letters(name.text + rest.text)
    return signatures.two_humans(name) is not None or (again and signatures.is_human(rest.text))


def shared_out(words: Words, count: int) -> list[Words] | None:
    """Cut a list into as many items as there are signers; None when it has another number of them."""
    end = _RESPECTIVELY.search(words.text)
    words = words.cut(0, end.start()) if end else words
    for separator in _SEPARATORS:
        places = [(0, 0), *(found.span() for found in re.finditer(separator, words.text, re.IGNORECASE))]
        if len(places) == count:
            stops = [start for start, _ in places[1:]]
            return [words.cut(end, stop) for (_, end), stop in zip(places, [*stops, None], strict=True)]
    return None


def named(draft: Draft, words: Words) -> bool:
    """Give the names below several marks to those who signed: a list of all of them, or one alone."""
    signers = [draft, *draft.beside]
    listed = shared_out(words, len(signers)) or []
    if listed and all(signatures.is_human(name.text) for name in listed):
        for signer, name in zip(signers, listed, strict=True):
            signer.named(name)
        return True
    own = [signer for signer in signers if signer.name is None and _is_name_of(words.text, signer)]
    if len(own) == 1:
        own[0].named(words)
        return True
    said = signatures.letters(words.text)
    return sum(signatures.letters(signer.marked.text) in said for signer in signers if signer.marked) > 1


def _is_name_of(text: str, signer: Draft) -> bool:
    human = text[: signatures.name_end(text)]
    same = signer.marked and signatures.is_human(human) and signatures.same_human(human, signer.marked.text)
    return bool(same) or signer.says_marked(text) > 0


def apart(draft: Draft) -> list[Draft]:
    """Return a draft for each of those who signed on one line; an office is his own, or said of all in the plural."""
    signers = [draft, *draft.beside]
    if len(signers) == 1:
        return signers
    below = joined(draft.titles) if draft.titles else None
    titles: list[Words] | None = None
    own = any(signer.titles for signer in draft.beside)
    if below and not own and len(draft.titles) == len(signers):
        titles = draft.titles
    elif below and not own:
        titles = shared_out(below, len(signers)) or ([below] * len(signers) if offices.is_plural(below.text) else None)
    return [
        msgspec.structs.replace(
            draft,
            beside=[],
            mark=signer.mark,
            marked=signer.marked,
            name=signer.name,
            titles=[titles[number]] if titles else signer.titles if own else [],
        )
        for number, signer in enumerate(signers)
    ]


__all__ = ["Beside", "apart", "is_further", "named", "shared_out"]
