"""What an HTML element's style says of its lines."""

import re
from functools import lru_cache

import msgspec

LONGEST = 500
"""Characters of a style that are looked at."""

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\.0*)?(?:[a-z%;]|$)", re.IGNORECASE
)
_MARGIN = re.compile(r"margin(-top|-bottom)?\s*:\s*([^;]*)", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{0,4}\.?\d{0,4})(em)?")
_BLANK = 0.4
"""Least margin, in lines of text, that shows as a blank line."""
_POINTS = 12


class Style(msgspec.Struct, frozen=True):
    """What an element's style says of its lines; None where it says nothing."""

    hidden: bool = False
    above: bool | None = None
    """Whether a blank line stands above it."""
    below: bool | None = None


UNSTYLED = Style()


def read_style(style: str) -> Style:
    """Read an element's `style`: whether it is shown, and whether its margins are about a line high."""
    return _read(style[:LONGEST])


@lru_cache(1024)
def _read(style: str) -> Style:
    above: bool | None = None
    below: bool | None = None
    for side, value in _MARGIN.findall(style):
        lengths = [_is_blank(length) for length in value.split()] or [False]
        if side.lower() != "-bottom":
            above = lengths[0]
        if side.lower() != "-top":
            below = (lengths[2:] or lengths)[0]
    return Style(_HIDING.search(style) is not None, above, below)


def _is_blank(length: str) -> bool:
    """Tell whether a margin is about a line high."""
    found = _LENGTH.match(length)
    size = float(found[1]) if found and found[1].strip(".") else 0.0
    return size / (1 if found and found[2] else _POINTS) >= _BLANK
