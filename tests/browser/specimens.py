"""Invented exhibits for the kinds of pages that a collection of one agreement does not have."""

from collections.abc import Iterator, Mapping
from html import escape

FUND = "Quillfeather Capital, L.P."
PERSON = "Ada Testperson"
_GIVEN = ("Amber", "Birch", "Cedar", "Dune", "Ember", "Fern", "Grove", "Heather", "Iris", "Juniper", "Kelp", "Linden")
_KINDS = ("Specimen Fund, L.P.", "Specimen Partners, LLC", "Specimen Holdings Ltd.")

_ABOUT = """---
title: About this site
menu: true
order: 1
---
What stands **here**, and [where it is from](https://www.sec.gov/edgar).

## Scope

- One.
- Two.

> As quoted, of [[Quillfeather Capital, L.P.]].[^1]

[^1]: In [[00#L3]].
"""

_NOTE = """---
title: What was looked at
author: A. Editor
date: 2026-02-03
---
Signs for [[Quillfeather Capital, L.P.|the fund]],[^1] and again.[^1]

# Checked

| what | result |
|---|---|
| [[exhibits/29.txt#L3-L5]] | as printed |

### Not checked

1. The schedule.

[^1]: See [[Plainly Invented Mills]].
"""


def exhibit(issuer: str, dated: str, parties: tuple[str, ...], signer: str = PERSON) -> str:
    """Return an agreement among these parties, `signer` signing for each that is not the signer."""
    among = ", ".join(parties[:-1]) + f" and {parties[-1]}"
    return (
        "Exhibit 99.1\n\nJOINT FILING AGREEMENT\n\n"
        f"This Joint Filing Agreement, dated as of {dated}, is among {among}.\n\n"
        "In accordance with Rule 13d-1(k)(1) under the Securities Exchange Act of 1934, each of them agrees to the "
        f"joint filing\nof a statement on Schedule 13G with respect to the common stock of {issuer}.\n\n"
        "IN WITNESS WHEREOF, the undersigned have executed this agreement as of the date first above written.\n"
    ) + "".join(_block(party, signer) for party in parties)


def _block(party: str, signer: str) -> str:
    if party == signer:
        return f"\n\n{party}\n\n/s/ {signer}\n-----------------------\n{signer}\n"
    return f"\n\n{party.upper()}\n\nBy:  /s/ {signer}\n     --------------------\nName:  {signer}\nTitle: Director\n"


def collection() -> Mapping[str, bytes]:
    """Return a content folder with over 500 parties, two names in over 20 agreements, and pages of all kinds."""
    return {name: text.encode() for name, text in _files()}


def _files() -> Iterator[tuple[str, str]]:
    names = [f"{given} {number} {kind}" for number in range(1, 16) for given in _GIVEN for kind in _KINDS]
    for number in range(30):
        parties = (FUND, *names[number * 18 : number * 18 + 18], PERSON)
        issuer = "Plainly Invented Mills, Inc." if number < 25 else f"Invented Works {number}, Inc."
        yield f"exhibits/{number:02}.txt", exhibit(issuer, f"March {number % 28 + 1}, {1999 + number % 12}", parties)
    yield "exhibits/damaged.pdf", "no PDF"
    yield "exhibits/letter.txt", "Dear reader,\n\nno agreement stands in this letter.\n"
    yield "pages/about.md", _ABOUT
    yield "notes/signers/ada-testperson.md", _NOTE
    yield (
        "permalinks/agreements.tsv",
        f"1998-01-02-gone-mills\texhibits/gone.txt#1\t{'0' * 64}\t2020-01-02\n",
    )
    yield "permalinks/parties.tsv", "vanished-fund-lp\tvanished fund|lp\t2020-01-02\n"


HOSTILE = (
    "<script>alert(1)</script> Fund, L.P.",
    "{{ 7*7 }} LLC",
    '"><img src=x onerror=alert(1)>, Inc.',
    "</script><svg onload=alert(1)> Partners, L.P.",
    "Tom &amp; &#60;b&#62; Co., LLC",
    "javascript:alert(1), L.P.",
    "Ahrefs Ltd",
    f"Quillfeather {'Everlengthening ' * 124}Fund, L.P.",
)
"""Names that a page must show letter by letter."""


def hostile() -> Mapping[str, bytes]:
    """Return a content folder whose names are code to anyone who does not quote them."""
    parties = (*HOSTILE[:-1], PERSON)
    return {
        "exhibits/schedule.xml": schedule("<b onclick=alert(1)>Invented</b> Mills, Inc.", HOSTILE).encode(),
        "exhibits/agreement.txt": exhibit("<i>Invented</i> Mills, Inc.", "May 5, 2020", parties).encode(),
        "exhibits/<img src=x onerror=alert(1)>.zip": b"",
        "pages/about.md": b"---\ntitle: <script>alert(1)</script>\nmenu: true\n---\n<script>alert(1)</script> and "
        b"[a link](javascript:alert(1)) and <img src=x onerror=alert(1)> and {{ 7*7 }}\n",
    }


def schedule(issuer: str, persons: tuple[str, ...]) -> str:
    """Return a structured Schedule 13G that all persons sign by the same officer."""
    covers = "".join(
        f"<coverPageHeaderReportingPersonDetails><reportingPersonName>{escape(name)}</reportingPersonName>"
        "<typeOfReportingPerson>OO</typeOfReportingPerson></coverPageHeaderReportingPersonDetails>"
        for name in persons
    )
    signatures = "".join(
        f"<signatureInformation><reportingPersonName>{escape(name)}</reportingPersonName><signatureDetails>"
        f"<signature>/s/ {PERSON}</signature><title>{PERSON}, {escape(persons[0])} &lt;u&gt;Director&lt;/u&gt;</title>"
        "<date>05/06/2026</date></signatureDetails></signatureInformation>"
        for name in persons
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13g">'
        "<headerData><submissionType>SCHEDULE 13G</submissionType></headerData><formData><coverPageHeader>"
        "<securitiesClassTitle>Common Stock</securitiesClassTitle>"
        f"<issuerInfo><issuerCik>0000999998</issuerCik><issuerName>{escape(issuer)}</issuerName></issuerInfo>"
        f"</coverPageHeader>{covers}{signatures}</formData></edgarSubmission>"
    )
