"""Answers kept for a while: the same names are asked about many times in one agreement."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 120
"""Characters of a text whose answer is kept: memory stays bounded whatever a file holds."""
_KEPT = 4096
_MANY = 16_384

_Answer = TypeVar("_Answer")


def _kept(function: Callable[[str], _Answer], most: int) -> Callable[[str], _Answer]:
    kept = lru_cache(most)(function)

    @wraps(function)
    def ask(text: str) -> _Answer:
        return kept(text) if len(text) <= LONGEST else function(text)

    return ask


def recall(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Keep the last answers that a pure function gave to short texts."""
    return _kept(function, _KEPT)


def recall_many(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Keep more of them, for what the names of a whole site are asked."""
    return _kept(function, _MANY)


__all__ = ["recall", "recall_many"]
