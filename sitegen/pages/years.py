"""Agreements a year: a strip of bars, and the same numbers in a table with a row a decade."""

from collections.abc import Mapping

import msgspec

from sitegen.pages.index import ONE_PAGE
from sitegen.pages.prose import Run
from sitegen.pages.wording import count

WIDTH, HEIGHT = 1000, 100
"""Of the strip, which a page stretches to its own width."""
_MOST_BARS = 60
"""Years in a strip; above, the table alone tells."""
_FILLED = 0.7
"""Share of a year's width that its bar takes."""
_LOWEST = 2.0
"""Height of a bar that is not empty, at least."""


class Bar(msgspec.Struct, frozen=True):
    """A year's bar, by its top left corner."""

    x: float
    y: float
    w: float
    h: float


class Decade(msgspec.Struct, frozen=True):
    """A row of ten years."""

    label: str
    cells: tuple[Run | None, ...]
    """How many agreements, linked to their place in the index where there are any; None before and after all."""
    years: tuple[str, ...]


class Years(msgspec.Struct, frozen=True):
    """The agreements by year."""

    title: str
    """What the strip shows, in words."""
    bars: tuple[Bar, ...]
    width: int
    height: int
    first: str
    last: str
    decades: tuple[Decade, ...]
    undated: Run | None


def years(counted: Mapping[str | None, int]) -> Years | None:
    """Draw agreements by year, the undated under None; one year alone needs no drawing."""
    dated = {int(year): number for year, number in counted.items() if year}
    if len(dated) <= 1:
        return None
    first, last = min(dated), max(dated)
    most = max(dated, key=lambda year: (dated[year], -year))
    split = sum(counted.values()) > ONE_PAGE
    undated = counted.get(None, 0)
    return Years(
        title=f"Agreements a year, {first} to {last}. Most in {most}: {dated[most]:,}.",
        bars=_bars(dated, first, last) if last - first < _MOST_BARS else (),
        width=WIDTH,
        height=HEIGHT,
        first=f"{first:04}",
        last=f"{last:04}",
        decades=tuple(
            _decade(dated, decade, first, last, split=split) for decade in sorted({year // 10 * 10 for year in dated})
        ),
        undated=Run(count(undated, "agreement"), to=_place("undated", split=split)) if undated else None,
    )


def _bars(dated: Mapping[int, int], first: int, last: int) -> tuple[Bar, ...]:
    step, most = WIDTH / (last - first + 1), max(dated.values())
    bars = []
    for year, number in sorted(dated.items()):
        height = max(_LOWEST, HEIGHT * number / most)
        bars.append(
            Bar(
                round((year - first + (1 - _FILLED) / 2) * step, 1),
                round(HEIGHT - height, 1),
                round(step * _FILLED, 1),
                round(height, 1),
            )
        )
    return tuple(bars)


def _decade(dated: Mapping[int, int], decade: int, first: int, last: int, *, split: bool) -> Decade:
    span = range(decade, decade + 10)
    return Decade(
        label=f"{decade:04}s",
        cells=tuple(
            None
            if not first <= year <= last
            else Run(str(dated.get(year, 0)), to=_place(f"{year:04}", split=split) if year in dated else "")
            for year in span
        ),
        years=tuple(f"{year:04}" for year in span),
    )


def _place(year: str, *, split: bool) -> str:
    return f"agreements/{year}/index.html" if split else f"agreements/index.html#{year}"
