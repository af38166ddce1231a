"""Where a dossier comes from, and what of its text nothing accounts for."""

from sitegen.model.agreement import Agreement
from sitegen.model.text import Lines, SourceDocument


def edgar_url(document: SourceDocument) -> str | None:
    """Return the filing's page at the SEC: as the editor gives it, else by the header's accession number and CIK."""
    filing = document.filing
    if filing is not None and filing.url is not None:
        return filing.url.value
    if filing is None or filing.accession is None:
        return None
    ciks = [
        filer.cik.value for role in ("subject", "filer") for filer in filing.filers if filer.role == role and filer.cik
    ]
    if not ciks:
        return None
    accession = filing.accession.value
    return f"https://www.sec.gov/Archives/edgar/data/{int(ciks[0])}/{accession.replace('-', '')}/{accession}-index.htm"


def unread_lines(agreement: Agreement, text: str) -> tuple[tuple[int, int], ...]:
    """Return ranges of lines inside the agreement that hold words and that nothing accounts for."""
    lines = Lines(text)
    read: set[int] = set()
    for span in agreement.read:
        first, last = lines.range(span)
        read.update(range(first, last + 1))
    ranges: list[tuple[int, int]] = []
    first, last = lines.range(agreement.span)
    for number in range(first, last + 1):
        if number in read or not lines.get(number).strip():
            continue
        if ranges and all(not lines.get(between).strip() for between in range(ranges[-1][1] + 1, number)):
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)
