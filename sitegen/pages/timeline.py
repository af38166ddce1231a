"""Agreements on a line of time: a picture beside the table that says the same.

Reach: the agreements that the page lists.
"""

from collections.abc import Iterable, Sequence

import msgspec

from sitegen.catalogue.records import AgreementRef
from sitegen.graph.strip import Mark, Strip, strip
from sitegen.pages.wording import count, date_words

_MOST_ROWS = 6
_FEWEST = 2
UNKNOWN = "Issuer not named"


class Timeline(msgspec.Struct, frozen=True):
    """A line of time."""

    strip: Strip
    title: str
    description: str
    undated: str
    """How many agreements have no date; empty when all have one."""


def timeline(agreements: Iterable[tuple[str, AgreementRef]]) -> Timeline | None:
    """Place agreements, each with the label of its row, by date; None for fewer than two dates.

    Rows with most agreements stand first; what is left over shares the last one.
    """
    rows: dict[str, list[AgreementRef]] = {}
    undated = 0
    for label, ref in agreements:
        if ref.date:
            rows.setdefault(label, []).append(ref)
        else:
            undated += 1
    dates = sorted(ref.date for refs in rows.values() for ref in refs if ref.date)
    if len(set(dates)) < _FEWEST:
        return None
    ordered = sorted(rows.items(), key=lambda row: (-len(row[1]), min(ref.date or "" for ref in row[1]), row[0]))
    if len(ordered) > _MOST_ROWS:
        rest = ordered[_MOST_ROWS - 1 :]
        joined = [ref for _, refs in rest for ref in refs]
        ordered = [*ordered[: _MOST_ROWS - 1], (f"{len(rest)} others", joined)]
    labelled = len(ordered) > 1
    marks = [(label if labelled else "", _marks(refs)) for label, refs in ordered]
    return Timeline(
        strip=strip(marks),
        title=f"{count(len(dates), 'dated agreement')} from {date_words(dates[0])} to {date_words(dates[-1])}",
        description=". ".join(_told(label, refs) for label, refs in ordered) + ".",
        undated=f"{count(undated, 'undated agreement')} not on the line." if undated else "",
    )


def _marks(refs: Sequence[AgreementRef]) -> tuple[Mark, ...]:
    return tuple(Mark(ref.date, date_words(ref.date)) for ref in refs if ref.date)


def _told(label: str, refs: Sequence[AgreementRef]) -> str:
    dates = sorted(ref.date for ref in refs if ref.date)
    span = date_words(dates[0]) if len(set(dates)) == 1 else f"{date_words(dates[0])} to {date_words(dates[-1])}"
    return f"{label}: {count(len(dates), 'agreement')}, {span}".removesuffix(".")


def by_issuer(refs: Iterable[AgreementRef]) -> Timeline | None:
    """Place agreements in a row for each issuer."""
    return timeline((ref.issuer or UNKNOWN, ref) for ref in refs)
