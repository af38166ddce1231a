"""A line of time: dated marks in rows, placed in hundredths of the width, so that it fits any page without a script.

Marks that would touch on the narrowest phone are one mark with their number; labels never stand beside each other in a
row, and years are as many as a phone has room for.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from sitegen.graph.lettering import wrap

NARROWEST = 280.0
"""Width in px that nothing may touch at."""
_LEFT, _WIDE = 6.0, 88.0
_APART = 6.5
_MOST_YEARS = 5
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_LABEL_SIZE = 12
_LABEL, _ROW, _AXIS = 20, 26, 24
_FULL = len("2003-11-17")


class Mark(msgspec.Struct, frozen=True):
    """A date to place."""

    date: str
    """ISO, full or partial."""
    words: str


class Dot(msgspec.Struct, frozen=True):
    """One mark, or several that would touch."""

    x: float
    """In hundredths of the width: where the first of them stands."""
    number: int
    partial: bool
    """Whether no date of it is full: it stands in the middle of its month or year."""
    words: str


class Lane(msgspec.Struct, frozen=True):
    """Marks of one kind."""

    label: str
    """Empty where there is one row."""
    label_y: float
    y: float
    """Of its line, in px."""
    dots: tuple[Dot, ...]


class Tick(msgspec.Struct, frozen=True):
    """A year's first day."""

    x: float
    label: str


class Strip(msgspec.Struct, frozen=True):
    """A line of time: `x` in hundredths of the width, all else in px."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: float


def strip(rows: Sequence[tuple[str, Sequence[Mark]]]) -> Strip:
    """Place marks in labelled rows, in the order given; each row has at least one."""
    years = [int(mark.date[:4]) for _, marks in rows for mark in marks]
    first, last = min(years), max(years)
    start, days = _ordinal(first, 1, 1), _ordinal(last + 1, 1, 1) - _ordinal(first, 1, 1)

    def x(day: float) -> float:
        return round(_LEFT + _WIDE * (day - start) / days, 2)

    placed, y = [], 0.0
    for label, marks in rows:
        shown = wrap(label, _LABEL_SIZE, NARROWEST - 16, 1)[0] if label.strip() else ""
        y += _LABEL if label else 0
        dots = _dots([(x(_middle(mark.date)), mark) for mark in marks])
        placed.append(Lane(shown, y - 5, y + _ROW / 2, dots))
        y += _ROW
    step = next(each for each in _STEPS if (last + 1 - first) / each <= _MOST_YEARS)
    ticks = [Tick(x(_ordinal(year, 1, 1)), str(year)) for year in range(first, last + 2) if (year - first) % step == 0]
    return Strip(tuple(placed), tuple(ticks), y + _AXIS)


def _ordinal(year: int, month: int, day: int) -> int:
    """Count days; the year after the last that a calendar knows is as long as it."""
    return date(year, month, day).toordinal() if year <= date.max.year else date.max.toordinal() + 1


def _middle(day: str) -> float:
    """Return the middle of a full or partial date, in days."""
    year, month, number = ([int(part) for part in day.split("-")] + [0, 0])[:3]
    if number:
        return _ordinal(year, month, number) + 0.5
    if month:
        return _ordinal(year, month, 1) + calendar.monthrange(year, month)[1] / 2
    return (_ordinal(year, 1, 1) + _ordinal(year + 1, 1, 1)) / 2


def _dots(placed: Iterable[tuple[float, Mark]]) -> tuple[Dot, ...]:
    groups: list[list[tuple[float, Mark]]] = []
    for spot in sorted(placed, key=lambda each: (each[0], each[1].date)):
        if groups and spot[0] - groups[-1][0][0] < _APART:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return tuple(_dot(group) for group in groups)


def _dot(group: Sequence[tuple[float, Mark]]) -> Dot:
    words = "; ".join(dict.fromkeys(mark.words for _, mark in group))
    return Dot(group[0][0], len(group), all(len(mark.date) < _FULL for _, mark in group), words)
