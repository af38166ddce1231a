"""Answers kept for a while: the same names are asked about many times in one agreement."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 120
"""Characters of a text whose answer is kept: memory stays bounded whatever a file holds."""
_KEPT = 4096

_Answer = TypeVar("_Answer")


def recall(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Keep the last answers that a pure function gave to short texts."""
    kept = lru_cache(_KEPT)(function)

    @wraps(function)
    def ask(text: str) -> _Answer:
        return kept(text) if len(text) <= LONGEST else function(text)

    return ask


__all__ = ["recall"]
