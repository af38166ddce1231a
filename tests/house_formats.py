"""Agreements stored as files: typed pages, submissions of every age, HTML, PDF."""

import html
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from house_styles import Block
from pdfs import Words, pdf


class Drawn(NamedTuple):
    """An agreement before it is printed."""

    blocks: list[Block]
    issuer: str
    day: date
    schedule: str

    @property
    def parties(self) -> list[str]:
        return list(dict.fromkeys(said.party for block in self.blocks for said in block.says))

    @property
    def named(self) -> str:
        """The parties as a list between commas; one alone is not listed."""
        *first, last = self.parties
        return f", {', '.join(first)} and {last}," if first else ""

    @property
    def dated(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"


def worded(drawn: Drawn, names: str, wording: str = "agreement") -> list[str]:
    """Word an agreement: title and paragraphs above the signatures; `names` are listed there, or only sign."""
    paragraphs = (" ".join(part.split()) for part in WORDINGS[wording].split("\n\n"))
    blanks = {"names": names, "schedule": drawn.schedule, "issuer": drawn.issuer, "dated": drawn.dated}
    return [part.format(**blanks, day=f"{drawn.day.day}th day of {drawn.day:%B, %Y}") for part in paragraphs]


WORDINGS = {
    "agreement": """JOINT FILING AGREEMENT

The undersigned{names} hereby agree that the statement on Schedule {schedule} with respect to the common stock of
{issuer} is filed on behalf of each of them.

Dated: {dated}""",
    "restated": """AMENDED AND RESTATED JOINT FILING AGREEMENT

This Amended and Restated Joint Filing Agreement amends and restates in its entirety the Joint Filing Agreement, dated
January 12, 2009, by and among certain of the undersigned.

In accordance with Rule 13d-1(k)(1) under the Securities Exchange Act of 1934, as amended, the undersigned{names} hereby
agree to the joint filing on behalf of each of them of the Schedule {schedule}, and all further amendments thereto, with
respect to the common stock of {issuer}

IN WITNESS WHEREOF, the undersigned have executed this agreement as of {dated}.""",
    "joinder": """JOINDER TO JOINT FILING AGREEMENT

Reference is made to the Joint Filing Agreement dated as of May 2, 2009 (the "Joint Filing Agreement") by and among
Hollowbarrel Capital LLC and Ignatius Faux relating to the Schedule {schedule} filed with respect to the common stock of
{issuer}

By executing this Joinder, each of the undersigned{names} agrees to become a party to the Joint Filing Agreement and
agrees that the Schedule {schedule}, as amended, is filed on behalf of each of them as well.

Dated: {dated}""",
    "amendment": """AMENDMENT NO. 1 TO JOINT FILING AGREEMENT

This Amendment No. 1, dated as of {dated}, amends the Joint Filing Agreement dated as of May 2, 2009. The
undersigned{names} hereby agree that the statement on Schedule {schedule} with respect to the common stock of {issuer}
is filed on behalf of each of them.""",
    "untitled": """EXHIBIT A

Pursuant to Rule 13d-1(k)(1) the undersigned{names} hereby agree that the Schedule {schedule} relating to the common
stock of {issuer} to which this exhibit is attached is filed on behalf of each of them.

Date: {dated}""",
    "witnessed": """AGREEMENT OF JOINT FILING

The undersigned{names} hereby agree to file jointly with the Securities and Exchange Commission any and all statements
on Schedule {schedule} and amendments thereto with respect to the common stock of {issuer} This agreement may be
executed in counterparts.

IN WITNESS WHEREOF, the undersigned have executed this agreement this {day}.""",
}
"""How agreements are worded, blanks to be filled; blank lines part their paragraphs."""


class File(NamedTuple):
    name: str
    data: bytes


Format = Callable[[Drawn, list[str]], File]
"""Stores an agreement, its paragraphs given, under a name."""


def _typed(drawn: Drawn, body: list[str], *, indent: int = 0, width: int = 76) -> str:
    paragraphs = [body[0].center(width).rstrip(), *(textwrap.fill(part, width) for part in body[1:])]
    blocks = ["\n".join((" " * indent + line).rstrip() for line in block.lines) for block in drawn.blocks]
    return "\n\n".join([*paragraphs, *(f"\n{block}" for block in blocks)]) + "\n"


def typed(drawn: Drawn, body: list[str]) -> File:
    return File("specimen.txt", _typed(drawn, body, indent=32, width=70).encode())


def columns(drawn: Drawn, body: list[str]) -> File:
    """Print the blocks in two columns, wider than any line of theirs."""
    pairs = list(zip_longest(drawn.blocks[::2], drawn.blocks[1::2]))
    blocks = ["\n".join(_beside(one.lines, two.lines if two else [])) for one, two in pairs]
    return File("specimen.txt", ("\n\n".join([*body, *(f"\n{block}" for block in blocks)]) + "\n").encode())


def _beside(left: list[str], right: list[str]) -> Iterator[str]:
    width = max(map(len, left)) + 6
    for one, two in zip_longest(left, right, fillvalue=""):
        yield f"{one:<{width}}{two}".rstrip()


_HEADER = """<SEC-DOCUMENT>0000999999-{year:02}-000011.txt : 20120214
<SEC-HEADER>0000999999-{year:02}-000011.hdr.sgml : 20120214
ACCESSION NUMBER:		0000999999-{year:02}-000011
CONFORMED SUBMISSION TYPE:	SC {schedule}
PUBLIC DOCUMENT COUNT:		2
FILED AS OF DATE:		20120214

SUBJECT COMPANY:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			{issuer}
		CENTRAL INDEX KEY:			0000999998

	FILING VALUES:
		FORM TYPE:		SC {schedule}
</SEC-HEADER>
<DOCUMENT>
<TYPE>SC {schedule}
<SEQUENCE>1
<TEXT>
Nothing of note.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<TEXT>
{text}</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
_PEM = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: webmaster@www.sec.gov
MIC-Info: RSA-MD5,RSA,
 AAAA0000

{}-----END PRIVACY-ENHANCED MESSAGE-----
"""


def _submitted(drawn: Drawn, text: str) -> str:
    issuer = drawn.issuer.upper().replace(",", "").replace(".", "")
    return _HEADER.format(year=drawn.day.year % 100, schedule=drawn.schedule, issuer=issuer, text=text)


def submission(drawn: Drawn, body: list[str]) -> File:
    return File("specimen.txt", _submitted(drawn, _typed(drawn, body)).encode())


def mailed(drawn: Drawn, body: list[str]) -> File:
    """Store a submission as EDGAR did until 2001."""
    text = _submitted(drawn, _typed(drawn, body))
    escaped = "".join(f"- {line}" if line.startswith("-") else line for line in text.splitlines(keepends=True))
    return File("specimen.txt", _PEM.format(escaped).encode())


def preformatted(drawn: Drawn, body: list[str]) -> File:
    return _page(f"<pre>{html.escape(_typed(drawn, body, indent=32))}</pre>")


def _page(markup: str) -> File:
    return File("specimen.htm", f"<html><body>\n{markup}\n</body></html>\n".encode())


def _paragraphs(body: list[str]) -> str:
    return "\n".join(f"<p>{html.escape(part)}</p>" for part in body)


def spaced(drawn: Drawn, body: list[str]) -> File:
    """Indent lines by blanks that do not break."""
    blocks = ("<br>\n".join("&nbsp;" * 20 + html.escape(line) for line in block.lines) for block in drawn.blocks)
    return _page("\n".join((_paragraphs(body), *(f"<p>{block}</p>" for block in blocks))))


def rows(drawn: Drawn, body: list[str]) -> File:
    """Give each line a row of a table, a mark's label and a value's label a cell of their own."""
    tables = []
    for block in drawn.blocks:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(line)) for line in block.lines)
        tables.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return _page("\n<p>&nbsp;</p>\n".join((_paragraphs(body), *tables)))


def _cells(line: str) -> tuple[str, ...]:
    label, colon, value = line.partition(": ")
    return (f"{label}:", value) if colon and label in {"By", "Name", "Title", "Date"} else ("", line)


def halves(drawn: Drawn, body: list[str]) -> File:
    """Set blocks side by side in the two cells of a row."""
    pairs = zip_longest(drawn.blocks[::2], drawn.blocks[1::2])
    rows = ("".join(f"<td>{_lines(block)}</td>" for block in pair) for pair in pairs)
    return _page(_paragraphs(body) + "\n<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")


def _lines(block: Block | None) -> str:
    return "<br>".join(map(html.escape, block.lines)) if block else ""


def portable(drawn: Drawn, body: list[str]) -> File:
    pages: list[Words] = [[]]
    height = 740
    for line in _typed(drawn, body).split("\n"):
        height -= 12
        if height < 60:
            pages.append([])
            height = 740
        if line.strip():
            pages[-1].append((line.strip(), 60 + 5 * (len(line) - len(line.lstrip())), height))
    return File("specimen.pdf", pdf(*pages))


def carriages(drawn: Drawn, body: list[str]) -> File:
    """End lines as a program does that writes CRLF for the line feed of CRLF."""
    return File("specimen.txt", _typed(drawn, body).replace("\n", "\r\r\n").encode())


def paged(drawn: Drawn, body: list[str]) -> File:
    """Break pages between blocks, with their heads."""
    head = "\n<PAGE>\nCUSIP No. 000000AA1            13G               Page 7 of 9 Pages\n\n"
    paragraphs = [body[0].center(76).rstrip(), *(textwrap.fill(part, 76) for part in body[1:])]
    blocks = [head + "\n".join(block.lines) for block in drawn.blocks]
    return File("specimen.txt", ("\n\n".join([*paragraphs, *blocks]) + "\n").encode())


def tabbed(drawn: Drawn, body: list[str]) -> File:
    blocks = ["\n".join(f"\t\t\t\t{line}".rstrip() for line in block.lines) for block in drawn.blocks]
    return File("specimen.txt", ("\n\n".join([*body, *(f"\n{block}" for block in blocks)]) + "\n").encode())


def divided(drawn: Drawn, body: list[str]) -> File:
    """Give each line a block of its own."""
    lines = (line for block in drawn.blocks for line in ("", *block.lines))
    return _page(_paragraphs(body) + "\n".join(f"<div>{html.escape(line) or '&nbsp;'}</div>" for line in lines))


def abreast(drawn: Drawn, body: list[str]) -> File:
    """Set blocks side by side, line by line in the rows of one table."""
    one, two = (block.lines for block in drawn.blocks)
    rows = (
        f"<tr><td>{html.escape(left)}</td><td>&nbsp;</td><td>{html.escape(right)}</td></tr>"
        for left, right in zip_longest(one, two, fillvalue="")
    )
    return _page(_paragraphs(body) + f"\n<table>{''.join(rows)}</table>")


def nested(drawn: Drawn, body: list[str]) -> File:
    """Set blocks below each other, each a table in a cell."""
    blocks = (
        "<tr><td>"
        "<table>" + "".join(f"<tr><td>{html.escape(line)}</td></tr>" for line in block.lines) + "</table></td></tr>"
        for block in drawn.blocks
    )
    return _page(_paragraphs(body) + f"\n<table>{''.join(blocks)}</table>")


def doubled(drawn: Drawn, body: list[str]) -> File:
    """Type a blank line below each line."""
    return File("specimen.txt", _typed(drawn, body, width=66).replace("\n", "\n\n").encode())


def flattened(drawn: Drawn, body: list[str]) -> File:
    """Lose all line ends, as a copied page does."""
    words = (line for part in (body, *(block.lines for block in drawn.blocks)) for line in part)
    return File("specimen.txt", (" ".join(filter(None, words)) + "\n").encode())


FORMATS: tuple[Format, ...] = (
    typed, columns, submission, mailed, preformatted, spaced, rows, halves, portable, carriages, paged, tabbed,
    divided, abreast, nested, doubled,
)  # fmt: skip


Filing = Callable[[Drawn, Drawn], File]
"""Stores two agreements in one file."""


def exhibits(one: Drawn, two: Drawn) -> File:
    """Submit each as an exhibit, a power of attorney between them, behind a schedule that is signed, too."""
    texts = [_typed(drawn, worded(drawn, "")) for drawn in (one, two)]
    whole = _submitted(one, texts[0]).replace("Nothing of note.", _SIGNED.format(dated=one.dated))
    more = _EXHIBIT.format(type="EX-24", number=3, text=_POWER) + _EXHIBIT.format(
        type="EX-99.2", number=4, text=texts[1]
    )
    return File("specimen.txt", whole.replace("</SEC-DOCUMENT>", f"{more}</SEC-DOCUMENT>").encode())


def one_text(one: Drawn, two: Drawn) -> File:
    """Print one behind the other."""
    parts = [f"EXHIBIT {label}\n\n{_typed(drawn, worded(drawn, ''))}" for label, drawn in (("A", one), ("B", two))]
    return File("specimen.txt", "\n\n".join(parts).encode())


def one_page(one: Drawn, two: Drawn) -> File:
    """Set one behind the other in one page of HTML."""
    parts = (
        f"<p>EXHIBIT {label}</p>\n{_paragraphs(worded(drawn, ''))}\n"
        + "\n".join(f"<p>{_lines(block)}</p>" for block in drawn.blocks)
        for label, drawn in (("A", one), ("B", two))
    )
    return _page("\n<hr>\n".join(parts))


_SIGNED = """SIGNATURE

After reasonable inquiry and to the best of my knowledge and belief, I certify
that the information set forth in this statement is true, complete and correct.

Dated: {dated}

HOLLOWBARREL CAPITAL LLC

By: /s/ Ignatius Faux
Name: Ignatius Faux
Title: Manager
"""
_POWER = """POWER OF ATTORNEY

Know all by these presents, that the undersigned hereby constitutes and
appoints Ignatius Faux as attorney-in-fact to execute Schedules 13D and 13G.

Dated: January 5, 2009

/s/ Zelda Dummy
Zelda Dummy
"""
_EXHIBIT = """<DOCUMENT>
<TYPE>{type}
<SEQUENCE>{number}
<TEXT>
{text}</TEXT>
</DOCUMENT>
"""
FILINGS: tuple[Filing, ...] = (exhibits, one_text, one_page)
