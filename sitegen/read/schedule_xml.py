"""Structured Schedules 13D and 13G (EDGAR XML) as lines: one field a line, `Label: value`.

Lines that begin a field stand at the margin; further lines of its value are indented, so that no value can pass
for a field. Addresses, telephone numbers and filing credentials are left out.
"""

import re
from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]  # no stubs come with it; two names are used

from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument, Span
from sitegen.read.fields import (
    AMENDMENT,
    CUSIP,
    DATE,
    FORM,
    ISSUER,
    ISSUER_CIK,
    PERSON,
    PERSON_CIK,
    PERSON_TYPE,
    RULE,
    SECURITIES,
    SIGNATURE,
    SIGNED_FOR,
    TITLE,
    fields,
    filing,
)
from sitegen.read.plain import settle
from sitegen.read.stored import Reading, Stored

_LABELS = {
    "submissiontype": FORM,
    "amendmentno": AMENDMENT,
    "securitiesclasstitle": SECURITIES,
    "dateofevent": "Date of event",
    "eventdaterequiresfilingthisstatement": "Date of event",
    "issuername": ISSUER,
    "issuercik": ISSUER_CIK,
    "issuercusip": CUSIP,
    "issuercusipnumber": CUSIP,
    "designaterulepursuantthisschedulefiled": RULE,
    "reportingpersonname": PERSON,
    "reportingpersoncik": PERSON_CIK,
    "reportingcik": PERSON_CIK,
    "rptownercik": PERSON_CIK,
    "citizenshipororganization": "Citizenship or place of organization",
    "typeofreportingperson": PERSON_TYPE,
    "signaturereportingperson": SIGNED_FOR,
    "signature": SIGNATURE,
    "title": TITLE,
    "date": DATE,
}
"""Elements of both forms, in lower case, by what their lines are called."""
_FIRST = {ISSUER: 0, PERSON: 0, ISSUER_CIK: 1, PERSON_CIK: 1}
"""Fields that open their group, in whatever order the form has them."""
_GROUPS = frozenset(("issuerinfo", "reportingpersoninfo", "coverpageheaderreportingpersondetails"))
_SIGNATURES = frozenset(("signatureperson", "signatureinformation"))
_LEFT_OUT = re.compile(
    r"address|phone|ccc$|contact|notification|authorizedpersons|livetestflag|flags$|schemaversion|^documents$"
)
_ITEM = re.compile(r"item\d+$")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_SCHEDULE = re.compile(r"(?:SCHEDULE|SC) 13[DG]\b", re.IGNORECASE)
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DEPTH = 32
_LINES = 500_000
"""Lines of a schedule that is read; one of sixty persons has a few thousand."""
_CHUNK = 1 << 16


class _Target:
    """Takes elements in order and writes their lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.root = ""
        self._path: list[str] = []
        self._text: list[str] = []
        self._group: list[tuple[str, str]] = []
        self._unseen = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """Open an element."""
        name = tag.rpartition("}")[2]
        self.root = self.root or tag
        plain = name.lower()
        if self._unseen or _LEFT_OUT.search(plain) or len(self._path) >= _DEPTH:
            self._unseen += 1
            return
        self._path.append(name)
        self._text.clear()
        if plain in _SIGNATURES or plain in _GROUPS or _ITEM.match(plain):
            self.lines.append("")

    def end(self, _tag: str) -> None:
        """Close an element: one that holds words is a field."""
        if self._unseen:
            self._unseen -= 1
            return
        name = self._path.pop()
        value = "".join(self._text).strip()
        self._text.clear()
        if value:
            self._field(name, value)
        if name.lower() in _GROUPS:
            group, self._group = self._group, []
            for label, said in sorted(group, key=lambda field: _FIRST.get(field[0], len(_FIRST))):
                self._line(label, said)

    def data(self, text: str) -> None:
        """Take text."""
        if not self._unseen:
            self._text.append(text)

    def close(self) -> str:
        """End the document and return its text."""
        text = "\n".join(self.lines).strip("\n")
        return f"{text}\n" if text else ""

    def _field(self, name: str, value: str) -> None:
        plain = name.lower()
        around = [outer.lower() for outer in self._path]
        label = _LABELS.get(plain) or " ".join(_WORD.split(name)).lower().capitalize()
        item = next((outer for outer in reversed(around) if _ITEM.match(outer)), "")
        if item:
            label = f"Item {item.removeprefix('item')}, {' '.join(_WORD.split(name)).lower()}"
        elif label == PERSON and _SIGNATURES.intersection(around):
            label = SIGNED_FOR
        if _GROUPS.intersection(around):
            self._group.append((label, value))
        else:
            self._line(label, value)

    def _line(self, label: str, value: str) -> None:
        text = settle(value)
        parts = [text] if label in _LABELS.values() else text.split("\n")
        first, *others = (" ".join(part.split()) for part in parts)
        self.lines.append(f"{label}: {first}")
        self.lines.extend(f"  {line}" for line in others if line)


def read_schedule(stored: Stored) -> Reading:
    """Read a structured Schedule 13D or 13G.

    XML with a document type is refused (SG109): its entities can swell a small file beyond any memory. XML that is
    broken, or is another kind of filing, gives SG110.
    """
    if _DOCTYPE.search(stored.text):
        return Reading(findings=(Finding("SG109", "The XML declares a document type or entities."),))
    target = _Target()
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=False)
    text = _DECLARATION.sub("", stored.text, count=1).lstrip()
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            if len(target.lines) > _LINES:
                message = f"The XML has more than {_LINES:,} fields; sitegen reads no more."
                return Reading(findings=(Finding("SG110", message),))
        lines = parser.close()
    except etree.XMLSyntaxError as error:
        return Reading(findings=(Finding("SG110", f"The XML is broken: {error.msg}."),))
    whole = Span(0, len(lines))
    form = next((field.value for field in fields(lines, whole) if field.label == FORM), "")
    if not _SCHEDULE.match(form):
        return Reading(findings=(Finding("SG110", "The XML is no Schedule 13D or 13G."),))
    document = SourceDocument(
        text=lines, format="xml", encoding=stored.encoding, body=whole, filing=filing(lines, whole)
    )
    return Reading((document,))
