"""Dates that do not fit: that no calendar has, later than the filing, or far from those of the signatures."""

import re
from collections.abc import Iterator
from datetime import date

from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse.dates import MONTH, SUFFIX, YEAR, month_of

_NEAR = 60
"""Days that a signature may be from the agreement's date and be called of its time."""
_LATE_DAY = re.compile(
    rf"""(?=\d|(?<![^\W\d_])[adfjmnos])(?:  # what no such date begins with is passed over at once
        (?<![^\W\d_])(?P<m1>{MONTH})\.?\s{{1,9}}(?P<d1>29|[3-9]\d)(?:{SUFFIX})?\s?,?\s{{1,9}}(?P<y1>{YEAR})(?!\d)
      | (?<![\d/$.])(?P<d2>29|[3-9]\d)(?:{SUFFIX})?\s{{1,9}}(?:day\s{{1,9}})?(?:of\s{{1,9}})?
        (?P<m2>{MONTH})\b\.?,?\s{{1,9}}(?P<y2>{YEAR})(?!\d)
      | (?<![\d/.-])(?P<m3>0?[1-9]|1[0-2])/(?P<d3>29|[3-9]\d)/(?P<y3>{YEAR})(?![\d/-]))""",
    re.IGNORECASE | re.VERBOSE,
)
_LATE = re.compile(r"(?<!\d)(?:29|[3-9]\d)(?!\d)")
_BLANKS = re.compile(r"\s+")


def misfits(document: SourceDocument, agreement: Agreement) -> Iterator[Finding]:
    """Report what is wrong with the agreement's dates, in the order of the codes."""
    yield from _impossible(document.text, agreement.span)
    yield from _after_filing(document, agreement)
    yield from _apart(agreement)


def _impossible(text: str, span: Span) -> Iterator[Finding]:
    if _LATE.search(text, span.start, span.end) is None:
        return
    for found in _LATE_DAY.finditer(text, span.start, span.end):
        kind = (found.lastgroup or "")[-1]
        try:
            date(int(found[f"y{kind}"]), month_of(found[f"m{kind}"]), int(found[f"d{kind}"]))
        except ValueError:
            printed = _BLANKS.sub(" ", found[0])
            yield Finding("SG310", f"No calendar has the date {printed}.", Span(found.start(), found.end()))


def _after_filing(document: SourceDocument, agreement: Agreement) -> Iterator[Finding]:
    filed = document.filing.filed if document.filing else None
    if filed is None:
        return
    dated = agreement.date
    if dated and _is_later(dated.value, filed.value):
        yield Finding("SG313", f"The agreement is dated {dated.value} and was filed on {filed.value}.", dated.span)
    for block in agreement.blocks:
        signed = block.signed
        if signed and signed != dated and _is_later(signed.value, filed.value):
            message = f"{block.printed.value} signed on {signed.value}; the filing was made on {filed.value}."
            yield Finding("SG313", message, signed.span)


def _is_later(day: str, other: str) -> bool:
    """Tell whether a full or partial date is surely later than a full one."""
    return day > other[: len(day)]


def _apart(agreement: Agreement) -> Iterator[Finding]:
    """Report the first signature of each day that is far from the agreement's own date."""
    own = _day(agreement.date)
    reported: set[str] = set()
    for block in agreement.blocks:
        signed = _day(block.signed)
        if own is None or signed is None or block.signed is None or block.signed.value in reported:
            continue
        if abs((signed - own).days) > _NEAR:
            reported.add(block.signed.value)
            message = f"The agreement is dated {own.isoformat()}; {block.printed.value} signed on {signed.isoformat()}."
            yield Finding("SG314", message, block.signed.span)


def _day(fact: Fact | None) -> date | None:
    try:
        return date.fromisoformat(fact.value) if fact else None
    except ValueError:
        return None  # partial
