"""The words that pages share: dates as filed, counts, lists, and the sentences that bound every claim."""

from collections.abc import Sequence

BY_LINE = (
    "A “By:” line shows who signs for whom. It is evidence of authority to sign, not proof of ownership or control."
)
"""Stands on every page that shows a chain."""
NOT_IN_EXHIBIT = "Not in this exhibit"
SAME_NAME = "Same printed name, not known to be the same person."

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONGEST_DESCRIPTION = 200
_QUOTES = '“”"'


def date_words(date: str | None) -> str:
    """Write an ISO date, full or partial, the American way: `November 17, 2003`, `November 2003`, `2003`."""
    if date is None:
        return "undated"
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = _MONTHS[int(month) - 1]
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"


def schedule_words(schedule: str | None, amendment: str | None = None) -> str:
    """Write `Schedule 13D, Amendment No. 1`; empty when the exhibit names no schedule."""
    name = {None: "", "both": "Schedules 13D and 13G"}.get(schedule, f"Schedule {schedule}")
    change = f"Amendment No. {amendment}" if amendment else ""
    return ", ".join(filter(None, (name, change)))


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: `1 party`, `1,204 parties`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(items: Sequence[str]) -> str:
    """Join names for a sentence: `A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def shorten(text: str, limit: int = _LONGEST_DESCRIPTION) -> str:
    """Cut a text at a word so that it holds at most `limit` characters, the ellipsis counted."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def quoted(text: str) -> str:
    """Put printed words between quotation marks, once."""
    return f"“{text.strip(_QUOTES)}”"
