"""Drawings that do not hang together, set in rows like the words of a paragraph: all rows justified but the last."""

from collections.abc import Sequence
from typing import NamedTuple

PAD = 14.0
"""Free space inside a band's left and right edges."""
_PAD_HIGH = 10.0
_GUTTER = 8.0
_MOST_STRETCH = 150.0
"""How much wider a gap between two columns may be drawn, in px."""


class Slot(NamedTuple):
    """The band of one drawing."""

    x: float
    y: float
    w: float
    h: float


class Packed(NamedTuple):
    """Bands in the order of the drawings, and the size of them all."""

    slots: list[Slot]
    width: float
    height: float


class _Stack:
    """Drawings one above the other."""

    def __init__(self, first: int, width: float, height: float) -> None:
        self.members = [first]
        self.width = width
        self.height = height


def _rows(sizes: Sequence[tuple[float, float]], room: float) -> list[list[_Stack]]:
    """Fill rows with the tallest first; what is lower than its row is stacked."""
    waiting = sorted(range(len(sizes)), key=lambda index: -sizes[index][1])
    rows: list[list[_Stack]] = []
    while waiting:
        first = waiting.pop(0)
        row = [_Stack(first, *sizes[first])]
        left = room - row[0].width
        for index in list(waiting):
            wide, high = sizes[index]
            under = next(
                (stack for stack in row[1:] if wide <= stack.width and stack.height + _GUTTER + high <= row[0].height),
                None,
            )
            if under is not None:
                under.members.append(index)
                under.height += _GUTTER + high
            elif wide + _GUTTER <= left:
                row.append(_Stack(index, wide, high))
                left -= wide + _GUTTER
            else:
                continue
            waiting.remove(index)
        rows.append(row)
    return rows


def pack(parts: Sequence[tuple[float, float, int]], room: float) -> Packed:
    """Pack drawings of given width, height and number of gaps that may widen, into rows of `room` px."""
    sizes = [(wide + 2 * PAD, high + 2 * _PAD_HIGH) for wide, high, _ in parts]
    room = max([room, *(wide for wide, _ in sizes)]) if len(parts) > 1 else max((w for w, _ in sizes), default=0.0)
    slots: dict[int, Slot] = {}
    y = 0.0
    rows = _rows(sizes, room)
    for row in rows:
        spare = room - sum(stack.width for stack in row) - _GUTTER * (len(row) - 1)
        gaps = [min(max(parts[index][2], 0) for index in stack.members) for stack in row]
        share = min(spare / sum(gaps), _MOST_STRETCH) if sum(gaps) else 0.0
        high = max(stack.height for stack in row)
        x = 0.0
        for stack, wider in zip(row, gaps, strict=True):
            wide = stack.width + share * wider
            extra = (high - stack.height) / len(stack.members)
            top = y
            for index in stack.members:
                tall = sizes[index][1] + extra
                slots[index] = Slot(x, top, wide, tall)
                top += tall + _GUTTER
            x += wide + _GUTTER
        y += high + _GUTTER
    width = max((slot.x + slot.w for slot in slots.values()), default=0.0)
    return Packed([slots[index] for index in range(len(parts))], width, max(y - _GUTTER, 0.0))
