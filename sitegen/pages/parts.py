"""How a long list is cut into pages: by year, where that is too much by month, where that is too much by number."""

from collections.abc import Mapping

import msgspec

from sitegen.pages.wording import date_words

_YEAR = 4


class Part(msgspec.Struct, frozen=True):
    """One page of a list."""

    label: str
    """Its address below the list's: `2003`, `2003-11`, `2003-11-part-2`, `undated`, `files`; empty for a whole list."""
    buckets: tuple[str, ...]
    """What it is made of (`catalogue.reviewed`)."""
    start: int
    """Where it begins among what its buckets hold."""
    count: int

    @property
    def year(self) -> str:
        """The year that it is of; `undated` or `files` where it is of none."""
        return self.label[:_YEAR] if self.label[:1].isdigit() else self.label.partition("-part-")[0]

    @property
    def words(self) -> str:
        """Its label as a reader meets it: `November 2003, part 2`."""
        day, _, number = self.label.partition("-part-")
        name = date_words(day) if day[:1].isdigit() else day.capitalize()
        return f"{name}, part {number}" if number else name


def parts(buckets: Mapping[str, int], limit: int) -> tuple[Part, ...]:
    """Cut a list into pages of at most `limit` entries, newest first; one page without a label where all fit."""
    total = sum(buckets.values())
    if total <= limit:
        return (Part("", (), 0, total),)
    years: dict[str, dict[str, int]] = {}
    for bucket in sorted(buckets, key=lambda name: (not name[0].isdigit(), name), reverse=True):
        year = bucket[:_YEAR] if bucket[0].isdigit() else bucket
        years.setdefault(year, {})[bucket] = buckets[bucket]
    out: list[Part] = []
    for year, held in years.items():
        if sum(held.values()) <= limit:
            out.append(Part(year, tuple(held), 0, sum(held.values())))
            continue
        for bucket, number in held.items():
            out += _numbered(bucket, number, limit)
    return tuple(out)


def _numbered(bucket: str, number: int, limit: int) -> list[Part]:
    if number <= limit:
        return [Part(bucket, (bucket,), 0, number)]
    starts = range(0, number, limit)
    return [
        Part(f"{bucket}-part-{place}", (bucket,), start, min(limit, number - start))
        for place, start in enumerate(starts, 1)
    ]
