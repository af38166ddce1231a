"""Pieces of a signature page: labels have the words that stand for them, and nothing is said twice."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

import msgspec

from sitegen.model.name import split_form
from sitegen.parse.bounds import PARTS, TooLargeError
from sitegen.parse.layout import Line
from sitegen.parse.offices import office_end
from sitegen.parse.piece import Piece, Role
from sitegen.parse.signatures import ATTORNEY, is_human, leads
from sitegen.parse.tokens import STARS, tokens

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
        alone = piece.role == Role.MARK and piece.fresh and not piece.by and STARS.match(piece.text)
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
    raw = list(islice(tokens(list(lines)), PARTS + 1))
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


__all__ = ["pieces"]
