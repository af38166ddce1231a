"""Citations after the Bluebook's manner for SEC filings, of facts that the exhibit gives and no others."""

import msgspec

from sitegen.catalogue.records import Dossier
from sitegen.pages.wording import date_words, schedule_words, shorten

_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_LONGEST_NAME = 200


class Citation(msgspec.Struct, frozen=True):
    """One way to cite the page."""

    label: str
    text: str


def filing_citation(dossier: Dossier, lines: str = "", address: str | None = None) -> Citation:
    """Cite the exhibit itself; `lines` are those that a page rests on, `address` is the dossier's."""
    said, ref = dossier.agreement, dossier.ref
    noun = "Joint Filing Agreement" if said.kind == "agreement" else "Structured Schedule"
    schedule = schedule_words(said.schedule.value if said.schedule else None)
    if said.amendment:
        schedule = f"{schedule} (Amendment No. {said.amendment.value})".strip()
    exhibit = f", Exhibit {said.exhibit.value}" if said.exhibit else ""
    joint = " to " if exhibit and schedule else ", " if schedule else ""
    name = ref.issuer or ref.first_party
    parts = [
        shorten(name, _LONGEST_NAME) if name else "",
        f"{noun}{exhibit}{joint}{schedule}",
        f"{lines} ({bluebook_date(ref.date)})".strip() if lines else "",
        f"EDGAR accession no. {dossier.source.accession}" if dossier.source.accession else "",
        address or "",
    ]
    if not lines:
        parts[1] += f" ({bluebook_date(ref.date)})"
    return Citation("The filing", ", ".join(filter(None, parts)) + ".")


def bluebook_date(date: str | None) -> str:
    """Write an ISO date, full or partial, as the Bluebook does: `Nov. 17, 2003`, `Nov. 2003`."""
    if date is None or "-" not in date:
        return date_words(date)
    year, month, *day = date.split("-")
    return f"{_MONTHS[int(month) - 1]} {int(day[0])}, {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
