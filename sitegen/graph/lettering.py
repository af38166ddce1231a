"""How much room words take. Which typeface a reader has is not known at build time, so widths err to the wide side."""

from functools import lru_cache
from unicodedata import east_asian_width

NAME, NOTE, LABEL, CHIP = 13, 11, 11.5, 10.5
"""Font sizes in px of names, the notes below them, roles on lines, and line numbers."""

_ADVANCE = dict(
    zip(
        map(chr, range(32, 127)),
        # Thousandths of an em, from the widest text face in common use as a serif fallback.
        (318, 402, 460, 838, 636, 950, 890, 275, 390, 390, 500, 838, 318, 338, 318, 337)
        + (636,) * 10
        + (337, 337, 838, 838, 838, 536, 1000, 722, 735, 765, 802, 730, 694, 799, 872, 395, 401, 747, 664, 1024, 875)
        + (820, 673, 820, 753, 685, 667, 843, 722, 1028, 712, 660, 695, 390, 337, 390, 838, 500, 500, 596, 640, 560)
        + (640, 592, 370, 640, 644, 320, 310, 606, 320, 948, 644, 602, 640, 640, 478, 513, 402, 644, 565, 856, 564)
        + (565, 527, 636, 337, 636, 838),
        strict=True,
    )
)
_SERIF, _BOLD, _MONO = 0.00094, 0.00104, 0.61


def _advance(letter: str) -> int:
    known = _ADVANCE.get(letter)
    return known if known is not None else 1060 if east_asian_width(letter) in "WF" else 700


@lru_cache(maxsize=16384)
def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in px."""
    return sum(map(_advance, words)) * size * (_BOLD if bold else _SERIF)


def mono_width(words: str, size: float) -> float:
    """Return the width of a line in the typeface of sources, in px."""
    return len(words) * size * _MONO


def _broken(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """Cut a word that no line can hold."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size, bold=bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _fill(words: list[str], widths: list[float], space: float, room: float) -> list[str]:
    lines: list[str] = []
    used = 0.0
    for word, wide in zip(words, widths, strict=True):
        if lines and used + space + wide <= room:
            lines[-1] += " " + word
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines


@lru_cache(maxsize=16384)
def wrap(words: str, size: float, room: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """Break words into lines of at most `room` px, evenly filled; at most `most` lines, the last ending in "…"."""
    parts = [
        piece
        for word in words.split()
        for piece in ([word] if width(word, size, bold=bold) <= room else _broken(word, size, room, bold=bold))
    ]
    widths = [width(part, size, bold=bold) for part in parts]
    space = width(" ", size, bold=bold)
    lines = _fill(parts, widths, space, room)
    if len(lines) > most:
        cut = lines[most - 1]
        while cut and width(cut + " …", size, bold=bold) > room:
            cut = cut[:-1]
        return (*lines[: most - 1], cut.rstrip(" ,") + " …")
    if len(lines) > 1:
        low, high = max(widths), room
        while high - low > 2:  # noqa: PLR2004 - px; finer balance is not seen
            middle = (low + high) / 2
            if len(_fill(parts, widths, space, middle)) > len(lines):
                low = middle
            else:
                high = middle
        lines = _fill(parts, widths, space, high)
    return tuple(lines)
