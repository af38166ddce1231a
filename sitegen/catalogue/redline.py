"""Which clauses of two agreements are one clause, and the words in which they differ."""

import difflib
import re
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.catalogue.records import Dossier
from sitegen.catalogue.signing import Place, fact_place
from sitegen.model.agreement import Clause
from sitegen.model.recall import recall

_ALIKE = 0.6
"""Share of equal words above which two clauses are one that was changed."""
_MOST_WORDS = 4_000
_AROUND = 8
"""Equal words shown on either side of a difference."""
_DASHES = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})
_EDGE = re.compile(r"^\W+|\W+$")


class Piece(msgspec.Struct, frozen=True):
    """Words of a clause."""

    words: str
    differs: bool
    """Whether the other agreement's clause lacks them."""


class ClauseSide(msgspec.Struct, frozen=True):
    """A clause in one of two agreements."""

    number: str | None
    pieces: tuple[Piece, ...]
    """Its words; equal ones far from a difference are left out, with an ellipsis."""
    place: Place | None


class ClauseChange(msgspec.Struct, frozen=True):
    """A clause that the two agreements word differently, or that only one prints."""

    older: ClauseSide | None
    newer: ClauseSide | None


def changed_clauses(older: Dossier, newer: Dossier) -> tuple[ClauseChange, ...]:
    """Return the clauses whose words differ, in the newer agreement's order; those it does not print stand last.

    Capitals, punctuation at the edge of a word and the shape of quotation marks are no difference.
    """
    left, right = older.agreement.clauses, newer.agreement.clauses
    old, new = [_folded(clause) for clause in left], [_folded(clause) for clause in right]
    pairs = _pairs(old, new)
    _by_number(pairs, left, right)
    changes = []
    for index, clause in enumerate(right):
        other = pairs.get(index)
        if other is None:
            changes.append(ClauseChange(None, _whole(newer, clause)))
        elif old[other] != new[index]:
            changes.append(_change(older, left[other], newer, clause))
    taken = set(pairs.values())
    changes += [ClauseChange(_whole(older, clause), None) for at, clause in enumerate(left) if at not in taken]
    return tuple(changes)


def _folded(clause: Clause) -> tuple[str, ...]:
    return tuple(map(_fold, clause.text.value.split()[:_MOST_WORDS]))


@recall
def _fold(word: str) -> str:
    return _EDGE.sub("", word.translate(_DASHES).casefold())


def _pairs(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Return the older clause of each newer one that has one: equal ones first, then the most alike."""
    free = dict(enumerate(old))
    pairs: dict[int, int] = {}
    for index, words in enumerate(new):
        same = next((at for at, other in free.items() if other == words), None)
        if same is not None:
            pairs[index] = same
            del free[same]
    likely = [
        (-ratio, index, at)
        for index, words in enumerate(new)
        if index not in pairs
        for at, ratio in _alike(words, free)
    ]
    for _, index, at in sorted(likely):
        if index not in pairs and at in free:
            pairs[index] = at
            del free[at]
    return pairs


def _alike(words: tuple[str, ...], others: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, float]]:
    """Yield the clauses that are alike enough, and how much: the dear question only where the cheap ones allow it."""
    matcher = difflib.SequenceMatcher(None, (), words, autojunk=False)
    for at, other in others.items():
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            ratio = matcher.ratio()
            if ratio >= _ALIKE:
                yield at, ratio


def _by_number(pairs: dict[int, int], left: Sequence[Clause], right: Sequence[Clause]) -> None:
    """Pair what is left over by number: other words under one number replace each other on the page."""
    taken = set(pairs.values())
    numbers = {clause.number: at for at, clause in enumerate(left) if at not in taken and clause.number}
    for index, clause in enumerate(right):
        if index not in pairs and clause.number in numbers:
            pairs[index] = numbers.pop(clause.number)


def _whole(dossier: Dossier, clause: Clause) -> ClauseSide:
    words = clause.text.value.split()
    return ClauseSide(clause.number, (Piece(" ".join(words[:_MOST_WORDS]), differs=True),), _place(dossier, clause))


def _place(dossier: Dossier, clause: Clause) -> Place | None:
    return fact_place(dossier, clause.text)


def _change(older: Dossier, one: Clause, newer: Dossier, other: Clause) -> ClauseChange:
    left, right = one.text.value.split()[:_MOST_WORDS], other.text.value.split()[:_MOST_WORDS]
    steps = difflib.SequenceMatcher(None, list(map(_fold, left)), list(map(_fold, right)), autojunk=False).get_opcodes()
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for number, (step, start, end, start_2, end_2) in enumerate(steps):
        for side, words in zip(sides, (left[start:end], right[start_2:end_2]), strict=True):
            if words:
                shown = (
                    _shortened(words, before=number > 0, after=number < len(steps) - 1) if step == "equal" else words
                )
                side.append(Piece(" ".join(shown), differs=step != "equal"))
    return ClauseChange(
        ClauseSide(one.number, tuple(sides[0]), _place(older, one)),
        ClauseSide(other.number, tuple(sides[1]), _place(newer, other)),
    )


def _shortened(words: list[str], *, before: bool, after: bool) -> list[str]:
    """Leave out equal words that stand far from a difference on either side."""
    kept = _AROUND * (before + after)
    if len(words) <= kept + 1:
        return words
    return [*(words[:_AROUND] if before else []), "…", *(words[-_AROUND:] if after else [])]
