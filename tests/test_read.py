"""Reading: what a user would see of a file as lines, whatever its format and however broken."""

from pathlib import Path

import pytest
from casefile import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.agreement import Agreement, PartyMention, SignatureBlock
from sitegen.model.text import Cell, Fact, Filer, Filing, SourceDocument, Span
from sitegen.parse.schedule import read_schedule
from sitegen.read import Reading, read
from sitegen.read.submission import DOCUMENTS

EXHIBIT = Path(__file__).parents[1] / "content" / "exhibits" / "hanaro-2003.txt"
CASES = cases("read")
NAMES = {"html": "specimen.htm", "text": "specimen.txt", "xml": "primary_doc.xml"}


def reading(case: Case) -> Reading:
    info, text = case.inputs[0]
    kind, _, name = info.partition(" ")
    return read(name or NAMES[kind], text.encode("utf-8"))


def document_of(case: Case, info: str) -> SourceDocument:
    _, _, name = info.partition(" of ")
    return next(one for one in reading(case).documents if not name or one.name == name)


def filing_of(found: Reading) -> Filing:
    """Return what the last document knows of its filing: a structured schedule's facts stand with the others only."""
    return (found.documents[-1].filing if found.documents else None) or Filing()


def cell_of(document: SourceDocument, cell: Cell) -> str:
    return f"{cell.row} {cell.column} {document.text[cell.span.start : cell.span.end]}"


def filer_of(filer: Filer) -> str:
    return " ".join(filter(None, (filer.role, filer.name.value, value(filer.cik))))


def party_of(party: PartyMention) -> str:
    return " | ".join((party.name.value, party.kind, *(alias.value for alias in party.aliases)))


def block_of(block: SignatureBlock) -> str:
    """Print a block on one line: party, chain and signer from left to right, then title and attorney."""
    links = [f"{link.name.value} [{link.capacity.value}]" if link.capacity else link.name.value for link in block.chain]
    words = [value(block.title), "attorney" if block.attorney else ""]
    return " | ".join([" <- ".join([block.printed.value, *links, value(block.signer)]), *filter(None, words)])


def value(fact: Fact | None) -> str:
    return fact.value if fact else ""


def said(found: Reading) -> dict[str, list[str]]:
    """Print all that a case can expect."""
    first = found.documents[0] if found.documents else None
    filing = filing_of(found)
    one = (read_schedule(first) if first else None) or Agreement("schedule", Span(0, 0))
    return {
        "format": [first.format] if first else [],
        "finding": [finding.code for finding in found.findings],
        "document": [" ".join(filter(None, (one.type, one.format, one.name))) for one in found.documents],
        "cell": [cell_of(first, cell) for cell in first.cells] if first else [],
        "accession": [value(filing.accession)],
        "form": [value(filing.form)],
        "filed": [value(filing.filed)],
        "filer": [filer_of(filer) for filer in filing.filers],
        "date": [value(one.date)] if one.date else [],
        "schedule": [value(one.schedule)],
        "amendment": [value(one.amendment)],
        "rule": [rule.value for rule in one.rules],
        "party": [party_of(party) for party in one.parties],
        "block": [block_of(block) for block in one.blocks],
    }


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_document_comes_out_as_lines(case: Case) -> None:
    for info, expected in case.inputs[1:]:
        assert document_of(case, info).text == expected, case.place


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_document_says_what_it_is_and_of_which_filing(case: Case) -> None:
    found = said(reading(case))
    for key, values in case.expected.items():
        assert found[key] == values, f"{case.place}: {key}"


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_every_fact_of_a_filing_stands_where_it_says(case: Case) -> None:
    for document in reading(case).documents:
        filing = document.filing or Filing()
        for fact in (filing.accession, filing.form, *(filer.name for filer in filing.filers)):
            assert fact is None or document.text[fact.span.start : fact.span.end] == fact.value, case.place
        for fact in filter(None, (filing.filed, *(filer.cik for filer in filing.filers))):
            printed = document.text[fact.span.start : fact.span.end]
            assert printed.zfill(10) == fact.value.replace("-", "").zfill(10), case.place


ENCODED = "QUILLFEATHER CAPITAL, S.\u00c0 r.l. \u2013 the \u201cFund\u201d\nBy: /s/ Ada Testperson\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ENCODED.encode("utf-8"), "utf-8"),
        (ENCODED.encode("utf-8-sig"), "utf-8-sig"),
        (ENCODED.encode("cp1252"), "cp1252"),
        (ENCODED.encode("utf-16"), "utf-16"),
        (ENCODED.encode("utf-16-le"), "utf-16-le"),
        (ENCODED.encode("utf-16-be"), "utf-16-be"),
        (ENCODED.encode("utf-32"), "utf-32"),
        (ENCODED.encode("utf-32-be"), "utf-32-be"),
    ],
)
def test_text_in_any_encoding_of_edgars_reads_the_same_and_names_its_encoding(data: bytes, encoding: str) -> None:
    found = read("exhibits/specimen.txt", data)
    assert [(one.text, one.encoding) for one in found.documents] == [(ENCODED, encoding)]
    codes = [finding.code for finding in found.findings]
    assert codes == ([] if encoding.startswith("utf-8") else ["SG103"])


def test_latin_1_is_read_where_windows_1252_has_no_such_byte() -> None:
    found = read("specimen.txt", b"S.\xc0 r.l. \x81")
    assert [one.encoding for one in found.documents] == ["latin-1"]
    assert found.documents[0].text.startswith("S.\u00c0 r.l.")


def test_a_stray_byte_does_not_turn_a_utf_8_text_into_another_encoding() -> None:
    found = read("specimen.txt", ENCODED.encode("utf-8") + b"Ada\x92s")
    assert found.documents[0].text == ENCODED + "Ada\u2019s"
    assert "but for 1 of its bytes" in found.findings[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "SG101"),
        (b" \r\n\t", "SG101"),
        (b"<html><body><div></div></body></html>", "SG101"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "SG102"),
        (b"\xff\xfe" + bytes(range(200, 256)) * 90, "SG102"),
    ],
)
def test_a_file_without_text_gives_a_finding_and_no_document(data: bytes, code: str) -> None:
    assert [finding.code for finding in read("specimen.htm", data).findings] == [code]
    assert read("specimen.htm", data).documents == ()


@pytest.mark.parametrize(
    ("printed", "settled"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\r\r\nb\r\r\n", "a\nb\n"),
        ("a\n\fb\n", "a\n b\n"),
        ("a\fb\x0bc", "a\nb\nc"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\x00b\x1a", "a b "),
        ("Ada\u200b\u00ad Test\u202eperson\ufeff", "Ada Testperson"),
        ("Ada\x92s\x85", "Ada\u2019s\u2026"),
        ("a\tb  c ", "a\tb  c "),
    ],
)
def test_only_line_feeds_end_lines_and_what_nobody_sees_is_gone(printed: str, settled: str) -> None:
    assert read("specimen.txt", printed.encode("utf-8")).documents[0].text == settled


def test_a_plain_exhibit_is_kept_character_for_character() -> None:
    data = EXHIBIT.read_bytes()
    assert read("hanaro-2003.txt", data).documents[0].text.encode("utf-8") == data


HOSTILE = {
    "nested tables": "<table><tr><td>x" * 100_000,
    "nested and closed": "<table><tr><td>x" * 30_000 + "</td></tr></table>" * 30_000,
    "nested bold": "<b>" * 300_000 + "x",
    "bold with attributes": "".join(f"<b a={number}>" for number in range(50_000)) + "<p>x" * 50_000,
    "open quotes": '<a b="' * 100_000,
    "open comments": "<!--" * 200_000,
    "less-than signs": "<" * 500_000,
    "one row": "<table><tr>" + "<td>x" * 100_000,
    "columns": "<table>" + "<tr><td>By:<td>x<td>By:<td>y" * 20_000,
    "hundreds of columns": "<table><tr>" + "<td>By:" * 20_000 + "<tr><td>By: x<td>y" * 20_000,
    "rows spanned": "<table>" + "<tr><td rowspan=9999 colspan=999>x" * 30_000,
    "blanks": "<p>" + " " * 1_000_000,
    "styles": "".join(f'<p style="margin:{number}pt">x' for number in range(30_000)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_html_ends_in_lines_or_a_finding(kind: str) -> None:
    found = read("specimen.htm", f"<html><body>{HOSTILE[kind]}".encode())
    assert found.documents or found.findings


def test_table_of_more_cells_than_are_kept_apart_is_a_finding() -> None:
    found = read("specimen.htm", f"<html><body>{HOSTILE['one row']}".encode())
    assert [finding.code for finding in found.findings] == ["SG108"]
    assert found.documents[0].text.count("x") == HOSTILE["one row"].count("x")


def test_submission_of_thousands_of_documents_stops_with_a_finding() -> None:
    one = "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nJOINT FILING AGREEMENT\n</TEXT>\n</DOCUMENT>\n"
    found = read("specimen.txt", (one * 2000).encode())
    assert len(found.documents) == DOCUMENTS
    assert [finding.code for finding in found.findings] == ["SG107"]


def test_a_header_beyond_what_is_read_ends_with_a_whole_line_and_a_finding() -> None:
    named = "".join(f"FILED BY:\nCOMPANY CONFORMED NAME: QUILLFEATHER {number:06} LTD\n" for number in range(6000))
    found = read("specimen.txt", f"<SEC-HEADER>\n{named}</SEC-HEADER>\n<DOCUMENT>\n<TEXT>\nAgreed\n</TEXT>\n".encode())
    assert [finding.code for finding in found.findings] == ["SG107"]
    filing = found.documents[0].filing
    assert filing
    assert 1000 < len(filing.filers) < 6000
    assert all(filer.name.value.endswith(" LTD") for filer in filing.filers)


HEADERS = {
    "one long word": "A" * 1_000_000,
    "blanks": "A" + " " * 1_000_000 + "B",
    "colons": "A:" * 500_000,
    "open tags": "<A" * 500_000,
    "members": "GROUP MEMBERS: ADA TESTPERSON\n" * 30_000,
}


@pytest.mark.parametrize("kind", HEADERS)
def test_hostile_header_ends_in_documents(kind: str) -> None:
    header = f"<SEC-HEADER>\nACCESSION NUMBER: 0000999999-25-000001\n{HEADERS[kind]}\n</SEC-HEADER>\n"
    found = read("specimen.txt", f"{header}<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nAGREEMENT\n</TEXT>\n</DOCUMENT>\n".encode())
    assert [document.text.splitlines()[-1] for document in found.documents] == ["AGREEMENT"]


def test_documents_inside_documents_are_text() -> None:
    found = read("specimen.txt", b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n" + b"<TEXT>\n" * 10_000)
    assert [one.format for one in found.documents] == ["plain"]


FRAGMENTS = """
<table>|</table>|<tr>|<td>|<td colspan=3>|</td>|<th rowspan=2>|<p>|</p>|<br>|<pre>|</pre>|<div>|<b>|<sup>|1|</sup>
|&nbsp;|&#146;|By:|Name:|/s/ Ada|_____|QUILLFEATHER|\n|<DOCUMENT>\n|<TYPE>EX-99\n|<TEXT>\n|</TEXT>\n|<SEC-HEADER>\n
|<?xml |<edgarSubmission>|ACCESSION NUMBER: 0000999999-25-000001\n|<hr style=display:none>|\r|\f|\x00|\u2028
|\u00ad|\u00e9|%PDF-1.4
"""
PAGES = st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=60).map("".join)


@settings(deadline=None)  # a PDF is read by a program of its own
@given(st.one_of(st.binary(max_size=400), PAGES.map(str.encode)))
def test_any_bytes_give_lines_whose_places_hold(data: bytes) -> None:
    found = read("specimen.txt", data)
    assert found.documents or found.findings
    for document in found.documents:
        text = document.text
        assert not set(text) & set("\r\f\v\x00\x85\u2028\u2029\u200b\u00ad\ufeff")
        assert text.encode("utf-8").decode("utf-8") == text
        assert document.body.end == len(text)
        ends = 0
        for cell in document.cells:
            assert ends <= cell.span.start < cell.span.end <= len(text)
            assert "\n" not in text[cell.span.start : cell.span.end]
            ends = cell.span.end


@given(
    st.lists(st.lists(st.sampled_from(("", "By:", "/s/ Ada", "Name:", "QUILL LP")), min_size=1, max_size=4), max_size=6)
)
def test_no_cell_of_a_table_is_lost_or_said_twice(rows: list[list[str]]) -> None:
    page = "".join("<tr>" + "".join(f"<td>{text}" for text in row) for row in rows)
    found = read("specimen.htm", f"<html><table>{page}</table><p>end".encode()).documents[0]
    written = [(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row) if text]
    kept = [(cell.row, cell.column, found.text[cell.span.start : cell.span.end]) for cell in found.cells]
    assert sorted(kept) == sorted(written)
