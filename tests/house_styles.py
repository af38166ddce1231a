"""Agreements as filers print them: what is drawn, in every style of signature, and the formats it may be stored in.

A style takes who signs and gives the lines of one block with what they say. Styles that leave something open are none:
what is printed here has one reading.
"""

import html
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from itertools import zip_longest
from random import Random
from typing import NamedTuple

from pdfs import Words, pdf

_WORDS = (
    "Quillfeather", "Marlowe", "Alder", "Specimen", "Harrow", "Larkspur", "Tamarind", "Verbena", "Northgate", "Osprey",
    "Thistledown", "Bramblewick", "Dunmore", "Fernhollow", "Mossgate", "Ashbourne",
)  # fmt: skip
_KINDS = ("Capital", "Fund", "Partners", "Holdings", "Master Fund", "Advisors", "Opportunities Fund II")
_FORMS = (", L.P.", " LP", ", LLC", ", L.L.C.", ", Ltd.", " Limited", ", Inc.", " Corp.")
_GIVEN = ("Ada", "Ben", "Carla", "Dietrich", "Edda", "Fenn", "Maria", "Hugo")
_FAMILY = ("Testperson", "Mockwell", "Sampleman", "Inventa", "Fauxley", "Madeup", "Pretend", "Nobody")


class Said(NamedTuple):
    """What one block says: a row for each party and human."""

    party: str
    chain: tuple[tuple[str, str | None], ...]
    signer: str
    title: str | None = None
    attorney: bool = False
    signed: str | None = None


class Block(NamedTuple):
    """A printed block, and what it says."""

    lines: list[str]
    says: list[Said]


class Look(NamedTuple):
    """What one typist does everywhere."""

    by: str = "By: "
    mark: str = "/s/ "
    labels: bool = True
    capitals: bool = True
    rule: bool = False

    def head(self, name: str) -> str:
        return name.upper() if self.capitals else name

    def sign(self, human: str, title: str | None = None, by: str | None = None) -> list[str]:
        """Print a mark, and below it who signed."""
        by = self.by if by is None else by
        below = [f"Name: {human}", f"Title: {title}"] if self.labels and title else [human, *([title] if title else [])]
        return [f"{by}{self.mark}{human}", *(["-" * 30] if self.rule else []), *below]


class Cast:
    """Names to sign with; each is given out once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._entities = [f"{word} {kind}" for word in _WORDS for kind in _KINDS]
        self._humans = [f"{given} {family}" for given, family in zip(_GIVEN, _FAMILY, strict=True)]

    def _next(self, of: int) -> int:
        return self._chance.randrange(of)

    def entity(self, form: str = "") -> str:
        # One a stem: two names of one stem would be told apart by more than this is about.
        stem = self._entities.pop(self._next(len(self._entities)))
        self._entities = [one for one in self._entities if one.split()[0] != stem.split()[0]]
        return stem + (form or _FORMS[self._next(len(_FORMS))])

    def human(self) -> str:
        return self._humans.pop(self._next(len(self._humans)))

    def one_of(self, *words: str) -> str:
        return words[self._next(len(words))]

    def title(self) -> str:
        return self.one_of("Director", "Managing Member", "Authorized Signatory", "Vice President", "General Counsel")

    def role(self) -> str:
        return self.one_of("general partner", "managing member", "sole member", "investment manager")


Style = Callable[[Cast, Look], Block]


def plain(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    return Block([look.head(party), "", *look.sign(human, title)], [Said(party, (), human, title)])


def person(cast: Cast, look: Look) -> Block:
    human = cast.human()
    return Block(look.sign(human, by=""), [Said(human, (), human)])


def staircase(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    chain = ((cast.entity(), cast.role()), (cast.entity(), cast.role()))
    steps = [f"{look.by}{name}, its {role}" for name, role in chain]
    return Block([look.head(party), *steps, "", *look.sign(human, title)], [Said(party, chain, human, title)])


def inverted(cast: Cast, look: Look) -> Block:
    party, link, human, title = cast.entity(), cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}its General Partner, {link}", "", *look.sign(human, title)]
    return Block(lines, [Said(party, ((link, "general partner"),), human, title)])


def stacked(cast: Cast, look: Look) -> Block:
    parties, human, title = [cast.entity() for _ in range(3)], cast.human(), cast.title()
    return Block(
        [*map(look.head, parties), "", *look.sign(human, title)], [Said(party, (), human, title) for party in parties]
    )


def for_itself(cast: Cast, look: Look) -> Block:
    partner, fund, human, title = cast.entity(", LLC"), cast.entity(", L.P."), cast.human(), cast.title()
    lines = [f"{look.head(partner)},", "for itself and as general partner of", look.head(fund), ""]
    chain = ((partner, "general partner"),)
    return Block([*lines, *look.sign(human, title)], [Said(partner, (), human, title), Said(fund, chain, human, title)])


def attorney_for_each(cast: Cast, look: Look) -> Block:
    human, parties = cast.human(), [cast.entity(), cast.entity()]
    lines = [
        f"{look.mark}{human}",
        f"{human}, individually and as attorney-in-fact for each of",
        f"{parties[0]} and {parties[1]}",
    ]
    return Block(lines, [Said(human, (), human), *(Said(party, (), human, attorney=True) for party in parties)])


def starred(cast: Cast, look: Look) -> Block:
    parties, human = [cast.human(), cast.human()], cast.human()
    lines = [line for party in parties for line in (f"{look.mark}{party}*", party, "")]
    lines += [f"*By: {look.mark}{human}", f"{human}, Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True) for party in parties])


def swapped(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", f"Name: {human}", f"Title: {title}", f"{look.by}{look.mark}{human}"]
    return Block(lines, [Said(party, (), human, title)])


def unmarked(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    return Block(
        [look.head(party), "", f"{look.by}{human}", f"Name: {human}", f"Title: {title}"],
        [Said(party, (), human, title)],
    )


def caption(cast: Cast, look: Look) -> Block:
    human, parties, title = cast.human(), [cast.entity(" Corp."), cast.entity(", Inc.")], "President"
    lines = [
        f"{look.mark}{human}",
        f"{human}, individually and as {title} of",
        f"{parties[0]} and {parties[1]}",
    ]
    return Block(lines, [Said(human, (), human), *(Said(party, (), human, title) for party in parties)])


def trust(cast: Cast, look: Look) -> Block:
    human, word = cast.human(), cast.entity().split()[0]
    name = cast.one_of(f"{word} Family Trust dated March 3, 1999", f"{word} Trust f/b/o Zelda Dummy u/a/d May 3, 1990")
    return Block([look.head(name), "", *look.sign(human, "Trustee")], [Said(name, (), human, "Trustee")])


def two_officers(cast: Cast, look: Look) -> Block:
    party, officers = cast.entity(), [(cast.human(), "Director"), (cast.human(), "Secretary")]
    signs = [line for human, title in officers for line in ("", *look.sign(human, title))]
    return Block([look.head(party), *signs], [Said(party, (), human, title) for human, title in officers])


def dated(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", *look.sign(human, title), "Date: May 21, 2019"]
    return Block(lines, [Said(party, (), human, title, signed="2019-05-21")])


def attorney(cast: Cast, look: Look) -> Block:
    party, human = cast.entity(), cast.human()
    lines = [look.head(party), "", f"{look.by}{look.mark}{human}", f"Name: {human}", "Title: Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True)])


def entity_as_attorney(cast: Cast, look: Look) -> Block:
    party, link, human, title = cast.entity(), cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}{link}, its attorney-in-fact", "", *look.sign(human, title)]
    return Block(lines, [Said(party, ((link, "attorney-in-fact"),), human, title, attorney=True)])


def series(cast: Cast, look: Look) -> Block:
    party, human, title = f"{cast.entity(' Trust')}, on behalf of its series {cast.entity(' Growth Fund')}", "", ""
    human, title = cast.human(), cast.title()
    return Block([party, "", *look.sign(human, title)], [Said(party, (), human, title)])


STYLES: tuple[Style, ...] = (
    plain, person, staircase, inverted, stacked, for_itself, attorney_for_each, starred, swapped, unmarked, caption,
    trust, two_officers, dated, attorney, entity_as_attorney, series,
)  # fmt: skip


class Drawn(NamedTuple):
    """An agreement before it is printed."""

    blocks: list[Block]
    issuer: str
    day: date
    schedule: str

    @property
    def parties(self) -> list[str]:
        return list(dict.fromkeys(said.party for block in self.blocks for said in block.says))

    def body(self, *, listed: bool) -> list[str]:
        """Return the paragraphs above the signatures; who agrees is listed there, or only signs."""
        *first, last = self.parties
        names = f", {', '.join(first)} and {last}," if listed and first else ""
        act = (
            f"The undersigned{names} hereby agree that the statement on Schedule {self.schedule} with respect to the "
            f"common stock of {self.issuer} is filed on behalf of each of them."
        )
        return ["JOINT FILING AGREEMENT", act, f"Dated: {self.day:%B} {self.day.day}, {self.day.year}"]


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
    return File("specimen.txt", _PEM.format(_submitted(drawn, _typed(drawn, body))).encode())


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


FORMATS: tuple[Format, ...] = (
    typed, columns, submission, mailed, preformatted, spaced, rows, halves, portable,
)  # fmt: skip
