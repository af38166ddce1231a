"""Invented agreements on paper: plain text, HTML, or a submission with its header."""

import textwrap
from datetime import date
from html import escape
from zlib import crc32

from invented.truth import Block, Told
from invented.world import Filing

_WIDTH = 78
_INDENT = 36


def ending(filing: Filing) -> str:
    """Return how the file's name ends; a series keeps to one form of paper."""
    return (".txt", ".txt", ".txt", ".htm", ".nc")[crc32(filing.series.name.encode()) % 5]


def on_paper(filing: Filing) -> str:
    """Return the exhibit's text."""
    form = ending(filing)
    if form == ".htm":
        return _html(filing)
    return _submission(filing, _plain(filing)) if form == ".nc" else _plain(filing)


def _plain(filing: Filing) -> str:
    told = filing.told
    paragraphs = [textwrap.fill(part, _WIDTH, initial_indent=" " * 5) for part in _body(filing)]
    if not filing.series.preamble:
        paragraphs.append(f"Dated: {_day(told.date)}")
    blocks = [textwrap.indent("\n".join(_signature(block)), " " * _INDENT) for block in told.blocks]
    head = ["Exhibit 99.1", told.title.center(_WIDTH).rstrip()]
    return "\n\n".join([*head, *paragraphs]) + "\n\n\n" + "\n\n\n".join(blocks) + "\n"


def _html(filing: Filing) -> str:
    told = filing.told
    paragraphs = [f"<p>{escape(part)}</p>" for part in _body(filing)]
    if not filing.series.preamble:
        paragraphs.append(f"<p>Dated: {_day(told.date)}</p>")
    blocks = ["<p>" + "<br>\n".join(escape(line) for line in _signature(block)) + "</p>" for block in told.blocks]
    head = f'<p align="right">Exhibit 99.1</p>\n<p align="center"><b>{told.title}</b></p>'
    return "\n".join(["<html><body>", head, *paragraphs, *blocks, "</body></html>"]) + "\n"


def _submission(filing: Filing, exhibit: str) -> str:
    told, series = filing.told, filing.series
    filed = told.date.replace("-", "")
    accession = f"0009{crc32(series.name.encode()) % 10**6:06}-{filed[2:4]}-{series.filed + 1:06}"
    form = f"SC {told.schedule}" + ("/A" if told.amendment else "")
    return f"""<SEC-DOCUMENT>{accession}.txt : {filed}
<SEC-HEADER>{accession}.hdr.sgml : {filed}
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
PUBLIC DOCUMENT COUNT:\t\t1
FILED AS OF DATE:\t\t{filed}

SUBJECT COMPANY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\t{_conformed(told.issuer)}
\t\tCENTRAL INDEX KEY:\t\t\t{series.cik}

FILED BY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\t{_conformed(filing.manager)}
\t\tCENTRAL INDEX KEY:\t\t\t{8_000_000 + crc32(filing.manager.encode()) % 10**6:010}
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>1
<TEXT>

{exhibit}</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def _conformed(name: str) -> str:
    return name.upper().replace(",", "").replace(".", "")


def _body(filing: Filing) -> list[str]:
    told, series = filing.told, filing.series
    statement = f"the statement on Schedule {told.schedule}"
    if told.amendment:
        statement = f"Amendment No. {told.amendment} to {statement}"
    about = f"with respect to the {series.security} of {told.issuer}"
    act = f"{statement} {about} is, and any further amendments thereto will be, filed on behalf of each of them"
    clauses = [f"{number}. {text}" for number, text in enumerate(told.clauses, 1)]
    rule = "Rule 13d-1(k)(1) under the Securities Exchange Act of 1934, as amended"
    if not series.preamble:
        witness = "IN WITNESS WHEREOF, the undersigned have executed this Agreement as of the date set forth below."
        return [f"In accordance with {rule}, the undersigned hereby agree that {act}.", *clauses, witness]
    opening = f'This Joint Filing Agreement (this "Agreement") is made as of {_day(told.date)}, by and among '
    witness = "IN WITNESS WHEREOF, the parties have executed this Agreement as of the day and year first above written."
    agreed = f"Pursuant to {rule}, each of the parties hereby agrees that {act}."
    return [f"{opening}{_listed(told, filing.places)}.", agreed, *clauses, witness]


def _listed(told: Told, places: tuple[str, ...]) -> str:
    items = [
        party.name
        + (f" (formerly known as {party.former})" if party.former else "")
        + f", {place}"
        + (f' ("{party.term}")' if party.term else "")
        for party, place in zip(told.parties, places, strict=True)
    ]
    return ", ".join(items[:-1]) + " and " + items[-1]


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day:%B} {day.day}, {day.year}"


def _signature(block: Block) -> list[str]:
    mark = f"/s/ {block.signer}"
    rule = "-" * len(mark)
    if block.signer == block.party:
        return [mark, rule, block.signer]
    lines = [block.party.upper(), ""]
    for link in block.chain:
        lines += [f"By:  {link.name}" + ("," if link.capacity else "")]
        lines += [*([f"     its {link.capacity}"] if link.capacity else []), ""]
    title = "Attorney-in-Fact" if block.attorney else block.title
    return [*lines, f"By:  {mark}", f"     {rule}", f"Name:  {block.signer}", f"Title: {title}"]
