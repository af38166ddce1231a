"""The lines of a structured schedule: one field a line, `Label: value`.

A field stands at the margin and further lines of its value are indented, so that no value can pass for a field.
"""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.text import Basis, Fact, Filer, Filing, SourceDocument, Span

FORM = "Form"
AMENDMENT = "Amendment number"
SECURITIES = "Class of securities"
ISSUER = "Issuer"
ISSUER_CIK = "Issuer CIK"
CUSIP = "CUSIP"
RULE = "Rule"
PERSON = "Reporting person"
PERSON_CIK = "Reporting person CIK"
PERSON_TYPE = "Type of reporting person"
SIGNED_FOR = "Signature for"
SIGNATURE = "Signature"
TITLE = "Title"
DATE = "Date"

_IDENTITY = frozenset((FORM, ISSUER, ISSUER_CIK, PERSON, PERSON_CIK))
_FIELD = re.compile(r"^([A-Z][^:\n]{0,80}): ([^\n]+)", re.MULTILINE)


class Field(msgspec.Struct, frozen=True, gc=False):
    """One field of a structured schedule, by its first line."""

    label: str
    value: str
    span: Span
    """Of the value."""

    @property
    def fact(self) -> Fact:
        """The value as a fact."""
        return Fact(self.value, self.span, Basis.XML)

    @property
    def cik(self) -> Fact | None:
        """The value as a CIK of ten digits, when it is one."""
        if self.value.isascii() and self.value.isdigit() and len(self.value) <= len("0000000000"):
            return Fact(self.value.zfill(10), self.span, Basis.XML)
        return None


def fields(text: str, part: Span) -> Iterator[Field]:
    """Read the fields of a part of a text, in order; spans count characters of the whole text."""
    for found in _FIELD.finditer(text, part.start, part.end):
        yield Field(found[1], found[2], Span(*found.span(2)))


def filing(text: str, part: Span) -> Filing:
    """Name form, issuer and reporting persons of a schedule, with their CIKs."""
    form: Fact | None = None
    filers: list[Filer] = []
    for field in fields(text, part):
        if field.label == FORM:
            form = form or field.fact
        elif field.label == ISSUER:
            filers.append(Filer("subject", field.fact))
        elif field.label == PERSON:
            filers.append(Filer("filer", field.fact))
        elif field.label in {ISSUER_CIK, PERSON_CIK}:
            role = "subject" if field.label == ISSUER_CIK else "filer"
            if filers and filers[-1].role == role and filers[-1].cik is None:
                filers[-1] = Filer(role, filers[-1].name, field.cik)
    return Filing(form=form, filers=tuple(filers))


def identity(document: SourceDocument) -> str:
    """Return the lines of a schedule that name form, issuer and reporting persons, for documents filed beside it."""
    named = (field for field in fields(document.text, document.body) if field.label in _IDENTITY)
    lines = [f"{field.label}: {field.value}\n" for field in named]
    return "".join((*lines, "\n")) if lines else ""
