"""The header of an EDGAR submission: what it says of the filing, and the lines that say it."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.text import Basis, Fact, Filer, Filing, Span

LIMIT = 1 << 18
"""Characters of a header that are read."""

_LINE = re.compile(
    r"^[ \t]*(?:<(?P<tag>[A-Za-z0-9-]+)>|(?P<key>[A-Za-z][A-Za-z0-9 ().-]*):)[ \t]*(?P<value>[^\n]*)", re.MULTILINE
)
_SECTIONS = {
    "SUBJECT COMPANY": "subject",
    "ISSUER": "subject",
    "FILED BY": "filer",
    "FILER": "filer",
    "FILED FOR": "filer",
    "REPORTING OWNER": "filer",
}
# fmt: off
_PRIVATE = frozenset((
    "BUSINESS ADDRESS", "MAIL ADDRESS", "STREET 1", "STREET 2", "STREET1", "STREET2", "CITY", "STATE", "ZIP",
    "BUSINESS PHONE", "PHONE", "IRS NUMBER", "EIN", "SSN", "SOCIAL SECURITY NUMBER",
))
# fmt: on
"""Addresses, telephone and tax numbers: an individual's must not be kept, and no fact is read from a company's."""


class Header(msgspec.Struct, frozen=True):
    """The kept lines of a header, ended by an empty line, and what they say; spans count characters of `text`."""

    text: str = ""
    filing: Filing | None = None


class _Line(msgspec.Struct, frozen=True):
    key: str
    """In the words of the printed header, upper case: tags' hyphens are spaces."""
    value: str
    span: Span
    """Of the value."""


def read_header(text: str, most: int = LIMIT) -> Header:
    """Read a header of `KEY: value` lines (1993 on) or `<KEY>value` tags (`.nc`): its lines within `most` characters.

    A line that is cut is no line: half a company's name would be another company.
    """
    kept = _kept(text if len(text) <= most else text[: text.rfind("\n", 0, most) + 1])
    lines = tuple(_lines(kept))
    if not lines:
        return Header()
    first = {line.key: line for line in reversed(lines) if line.value}
    filing = Filing(
        accession=_accession(first),
        form=_fact(first.get("CONFORMED SUBMISSION TYPE") or first.get("TYPE")),
        filed=_filed(first.get("FILED AS OF DATE") or first.get("FILING DATE")),
        filers=tuple(_filers(lines)),
    )
    return Header(kept, filing) if filing != Filing() else Header()


def _key(found: re.Match[str]) -> str:
    return (found["tag"] or found["key"]).replace("-", " ").upper()


def _kept(text: str) -> str:
    """Leave out lines with addresses, closing tags, and all but one of several empty lines."""
    kept: list[str] = []
    for line in text.split("\n"):
        found = _LINE.match(line)
        if (found and _key(found) in _PRIVATE) or line.lstrip().startswith("</"):
            continue
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join((*kept, "", "")) if kept else ""


def _lines(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        value = found["value"].rstrip()
        start = found.start("value")
        yield _Line(_key(found), value, Span(start, start + len(value)))


def _fact(line: _Line | None) -> Fact | None:
    return Fact(" ".join(line.value.split()), line.span, Basis.HEADER) if line else None


_ACCESSION = re.compile(r"\d{10}-\d\d-\d{6}")


def _accession(first: dict[str, _Line]) -> Fact | None:
    for key in ("ACCESSION NUMBER", "SEC DOCUMENT", "IMS DOCUMENT", "SEC HEADER", "IMS HEADER"):
        if (line := first.get(key)) and (found := _ACCESSION.match(line.value)):
            return Fact(found[0], Span(line.span.start, line.span.start + len(found[0])), Basis.HEADER)
    return None


def _filed(line: _Line | None) -> Fact | None:
    """Read `19940323` as an ISO date."""
    found = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", line.value) if line else None
    return Fact("-".join(found.groups()), line.span, Basis.HEADER) if line and found else None


def _cik(line: _Line | None) -> Fact | None:
    if line and line.value.isascii() and line.value.isdigit() and len(line.value) <= len("0000000000"):
        return Fact(line.value.zfill(10), line.span, Basis.HEADER)
    return None


def _filers(lines: tuple[_Line, ...]) -> Iterator[Filer]:
    """Name subject companies, filers and group members in printed order."""
    role, name, cik = "", None, None
    for line in (*lines, _Line("FILER", "", Span(0, 0))):
        match line.key:
            case "GROUP MEMBERS" | "GROUP MEMBER" if line.value:
                yield Filer("member", Fact(" ".join(line.value.split()), line.span, Basis.HEADER))
            case "COMPANY CONFORMED NAME" | "CONFORMED NAME" if line.value:
                name = name or _fact(line)
            case "CENTRAL INDEX KEY" | "CIK":
                cik = cik or _cik(line)
            case key if key in _SECTIONS and not line.value:
                if role and name:
                    yield Filer(role, name, cik)
                role, name, cik = _SECTIONS[key], None, None
