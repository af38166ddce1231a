"""Drawings that do not hang together, set in rows like the words of a paragraph: all rows justified but the last."""

from collections.abc import Sequence
from typing import NamedTuple

PAD = 14.0
"""Free space inside a band's left and right edges."""
_PAD_HIGH = 10.0
_GUTTER = 8.0
_MOST_STRETCH, _LAST_STRETCH = 280.0, 120.0
"""How much wider a gap between two columns may be drawn, in px; in the last row, which may stay short."""


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
    """Fill rows with the tallest first; lower ones are stacked beside it where they fill half its height at least."""
    waiting = sorted(range(len(sizes)), key=lambda index: -sizes[index][1])
    rows: list[list[_Stack]] = []
    while waiting:
        first = waiting.pop(0)
        row = [_Stack(first, *sizes[first])]
        left = room - row[0].width
        for index in list(waiting):
            if index in waiting and sizes[index][0] + _GUTTER <= left:
                stack = _stack(index, waiting, sizes, row[0].height)
                if stack.height * 2 >= row[0].height:
                    row.append(stack)
                    left -= stack.width + _GUTTER
                    waiting = [each for each in waiting if each not in stack.members]
        rows.append(row)
    return rows


def _stack(first: int, waiting: Sequence[int], sizes: Sequence[tuple[float, float]], most: float) -> _Stack:
    stack = _Stack(first, *sizes[first])
    for index in waiting:
        wide, high = sizes[index]
        if index != first and wide <= stack.width and stack.height + _GUTTER + high <= most:
            stack.members.append(index)
            stack.height += _GUTTER + high
    return stack


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
        most = _LAST_STRETCH if row is rows[-1] else _MOST_STRETCH
        share = min(spare / sum(gaps), most) if sum(gaps) else 0.0
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
