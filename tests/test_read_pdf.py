"""PDFs: lines as they stand on the page, and clear words where one cannot be read."""

import io
import sys

import pytest
from pdfs import pdf
from pypdf import PdfReader, PdfWriter

from sitegen.read import Reading, read
from sitegen.read.pdf_runs import PAGES


def text(found: Reading) -> str:
    assert [(one.format, one.encoding) for one in found.documents] == [("pdf", "pdf")]
    return found.documents[0].text


def refusal(data: bytes) -> str:
    found = read("exhibits/specimen.pdf", data)
    assert found.documents == ()
    assert [finding.code for finding in found.findings] == ["SG112"]
    return found.findings[0].message


def test_lines_stand_as_on_the_page_and_a_label_keeps_its_value() -> None:
    page = [
        ("JOINT FILING AGREEMENT", 250, 740),
        ("The undersigned agree.", 50, 700),
        ("By:", 50, 660),
        ("/s/ Ada Testperson", 80, 660),
        ("Title:", 50, 648),
        ("Director", 110, 648),
    ]
    assert text(read("specimen.pdf", pdf(page))) == (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree.\n\nBy: /s/ Ada Testperson\nTitle: Director\n"
    )


def test_blocks_side_by_side_come_out_one_after_the_other() -> None:
    page = [
        ("QUILLFEATHER CAPITAL, L.P.", 50, 700),
        ("OTHER SPECIMEN LLC", 320, 700),
        ("By: /s/ Ada Testperson", 50, 688),
        ("By: /s/ Bob Specimen", 320, 688),
        ("Ada Testperson", 70, 676),
        ("Bob Specimen", 340, 676),
    ]
    found = read("specimen.pdf", pdf(page))
    assert text(found) == (
        "QUILLFEATHER CAPITAL, L.P.\nBy: /s/ Ada Testperson\nAda Testperson\n\n"
        "OTHER SPECIMEN LLC\nBy: /s/ Bob Specimen\nBob Specimen\n\n"
    )
    columns = [
        (cell.row, found.documents[0].text[cell.span.start : cell.span.end]) for cell in found.documents[0].cells
    ]
    assert columns[0] == (0, "QUILLFEATHER CAPITAL, L.P.")
    assert columns[3] == (0, "OTHER SPECIMEN LLC")


def test_pages_follow_each_other_without_a_gap() -> None:
    assert text(read("specimen.pdf", pdf([("the undersigned", 50, 50)], [("hereby agree", 50, 740)]))) == (
        "the undersigned\nhereby agree\n"
    )


def test_without_the_extra_the_finding_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = read("specimen.pdf", pdf([("JOINT FILING AGREEMENT", 50, 740)]))
    assert found.documents == ()
    assert [finding.code for finding in found.findings] == ["SG111"]
    assert "pip install 'sitegen[pdf]'" in found.findings[0].message


def test_an_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([("secret", 50, 740)]))))
    writer.encrypt("password", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    assert "password" in refusal(data.getvalue())


def test_a_broken_pdf_is_refused() -> None:
    assert "cannot be read" in refusal(b"%PDF-1.7\n" + bytes(range(256)))


def test_a_scan_is_refused() -> None:
    assert "no text" in refusal(pdf([]))


def test_a_pdf_longer_than_any_exhibit_is_refused() -> None:
    assert f"sitegen reads {PAGES}" in refusal(pdf(*([[("x", 50, 740)]] * (PAGES + 1))))


def test_a_drawing_made_of_letters_is_refused() -> None:
    drawing = [("x", 10 + 20 * (number % 29), 5 + number // 29 * 3) for number in range(29 * 250)]
    assert "runs of text" in refusal(pdf(drawing))
