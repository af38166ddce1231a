"""Numbered footnotes that say who signed: `(1) By: /s/ Ada Testperson, Attorney-in-Fact` is as good as a star."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sitegen.parse import signatures
from sitegen.parse.piece import Piece, Role
from sitegen.parse.signatures import ATTORNEY

_NUMBER = re.compile(r"\(\d{1,2}\)")
_BY = re.compile(r"\s*(?:(?:duly\s)?(?:signed|executed)\s)?(?:by[:\s]\s*)?", re.IGNORECASE)


def numbers(pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the signs of the footnotes of a page under which someone signs, or is said to have signed as attorney."""
    signed = (
        piece.text
        for piece, beside in pairwise(pieces)
        if _NUMBER.fullmatch(piece.text) and beside.row == piece.row and beside.role in {Role.BY, Role.MARK}
    )
    said = (found[0] for piece in pieces if (found := _NUMBER.match(piece.text)) and _says_attorney(piece, found.end()))
    return frozenset((*signed, *said))


def _says_attorney(note: Piece, start: int) -> bool:
    """Say whether the words behind a note's number are an attorney's name and that he is one."""
    by = _BY.match(note.text, start)
    rest = note.text[by.end() if by else start :]
    end = signatures.name_end(rest)
    return note.role == Role.TEXT and signatures.is_human(rest[:end]) and ATTORNEY.search(rest, end) is not None


__all__ = ["numbers"]
