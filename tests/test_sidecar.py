"""The editor's sidecar: shown as the editor's, never as stated; what no longer fits is a finding."""

import json
from pathlib import Path

import pytest

from sitegen.cli import main

EXHIBIT = """Exhibit 99.1

                     JOINT FILING AGREEMENT

The undersigned hereby agree that the statement with respect to the shares of
Inkwell Testing Corp. is filed on behalf of each of them under Rule 13d-1(k)(1).

                              QUILLFEATHER CAPITAL, LLC

                              By: /s/ Ada Testperson
                              Name:  Ada Testperson
                              Title: Manager

                              FEATHERSTONE FICTION LTD.

                              By: /s/ Bert Specimen
                              Name:  Bert Specimen
                              Title: Director
"""
SIGNED_BY = 'reason = "see the filed PDF"\nby = "A. Editor"\ndate = 2026-01-02\n'


@pytest.fixture
def exhibit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "one.txt").write_text(EXHIBIT)
    return tmp_path / "content" / "one.txt"


def built(exhibit: Path, sidecar: str | None = None) -> dict[str, object]:
    if sidecar is not None:
        exhibit.with_name("one.txt.toml").write_text(sidecar)
    assert main(["build", "--quiet"]) == 0
    (page,) = (exhibit.parents[1] / "public" / "agreements").glob("*/index.json")
    return json.loads(page.read_text(encoding="utf-8"))


def codes(agreement: dict[str, object]) -> list[str]:
    return [finding["code"] for finding in agreement["findings"] if finding["code"].startswith("SG32")]


def test_what_the_exhibit_does_not_say_is_supplied_and_the_address_stays(exhibit: Path) -> None:
    before = built(exhibit)
    assert before["source"]["accession"] is None
    after = built(
        exhibit,
        'accession = "0001234567-14-000123"\nfiled = 2014-03-04\nissuer_cik = "98765"\n'
        'edgar_url = "https://www.sec.gov/x"\n[ciks]\n"Quillfeather Capital LLC" = "11111"\n',
    )
    assert after["id"] == before["id"]
    assert after["source"]["accession"] == "0001234567-14-000123"
    assert after["source"]["filed"] == "2014-03-04"
    assert after["source"]["edgar_url"] == "https://www.sec.gov/x"
    assert after["issuer"]["cik"] == "0000098765"
    assert after["parties"][0]["cik"] == "0000011111"
    assert codes(after) == []


def test_a_correction_is_shown_with_its_reason_and_can_be_taken_back(exhibit: Path) -> None:
    before = built(exhibit)
    after = built(exhibit, f'[[set]]\nfact = "schedule"\nvalue = "13G"\n{SIGNED_BY}')
    assert (before["schedule"], after["schedule"]) == (None, "13G")
    assert after["edits"] == [
        {
            "fact": "schedule",
            "block": None,
            "value": "13G",
            "was": None,
            "reason": "see the filed PDF",
            "by": "A. Editor",
            "date": "2026-01-02",
        }
    ]
    page = (exhibit.parents[1] / "public" / "agreements" / str(after["id"]) / "index.html").read_text(encoding="utf-8")
    assert "see the filed PDF" in page
    assert "A. Editor" in page
    exhibit.with_name("one.txt.toml").unlink()
    assert built(exhibit) == before


@pytest.mark.parametrize(
    ("entry", "field", "value"),
    [
        ('[[set]]\nfact = "date"\nvalue = "2014-03"\n', "date", "2014-03"),
        (
            '[[set]]\nfact = "issuer"\nvalue = "Ink Corp."\nwas = "Inkwell Testing Corp."\n',
            "issuer",
            "Ink Corp.",
        ),
        ('[[suppress]]\nfact = "issuer"\n', "issuer", None),
        ('[[suppress]]\nfact = "rule"\nvalue = "13d-1(k)(1)"\n', "rules", []),
    ],
)
def test_facts_are_set_and_suppressed(exhibit: Path, entry: str, field: str, value: object) -> None:
    found = built(exhibit, entry + SIGNED_BY)[field]
    assert (found["name"] if isinstance(found, dict) else found) == value


def test_facts_of_a_block_are_set_and_suppressed(exhibit: Path) -> None:
    entry = '[[set]]\nfact = "signer"\nblock = 2\nvalue = "Bertram Specimen"\nwas = "Bert Specimen"\n'
    after = built(exhibit, f'{entry}{SIGNED_BY}\n[[suppress]]\nfact = "signer_title"\nblock = 1\n{SIGNED_BY}')
    assert [(block["signer"], block["title"]) for block in after["signature_blocks"]] == [
        ("Ada Testperson", None),
        ("Bertram Specimen", "Director"),
    ]
    assert after["signature_blocks"][1]["lines"][0] > 1


def test_a_name_that_is_no_party_is_taken_out(exhibit: Path) -> None:
    entry = f'[[suppress]]\nfact = "party"\nvalue = "QUILLFEATHER CAPITAL, LLC"\n{SIGNED_BY}'
    after = built(exhibit, entry)
    assert [party["name"] for party in after["parties"]] == ["FEATHERSTONE FICTION LTD."]
    assert [block["party"] for block in after["signature_blocks"]][1] == "FEATHERSTONE FICTION LTD."


@pytest.mark.parametrize(
    "entry",
    [
        '[[set]]\nfact = "issuer"\nvalue = "X Corp."\nwas = "Another Corp."\n',
        '[[set]]\nfact = "schedule"\nvalue = "13F"\n',
        '[[set]]\nfact = "date"\nvalue = "March 3, 2014"\n',
        '[[set]]\nfact = "shoe size"\nvalue = "9"\n',
        '[[set]]\nfact = "signer"\nblock = 9\nvalue = "X"\n',
        '[[suppress]]\nfact = "cusip"\n',
        '[[suppress]]\nfact = "alias"\nvalue = "no such"\n',
        '[[suppress]]\nfact = "block"\nblock = 0\n',
    ],
)
def test_an_entry_that_does_not_fit_is_left_out_and_said(exhibit: Path, entry: str) -> None:
    before = built(exhibit)
    after = built(exhibit, entry + SIGNED_BY)
    assert codes(after) == ["SG322"]
    assert after["edits"] == []
    assert {**after, "findings": None} == {**before, "findings": None}


def test_an_exhibit_that_says_otherwise_stays_as_it_is(exhibit: Path) -> None:
    after = built(exhibit, 'issuer = "Another Corp."\n[ciks]\n"Nobody Inc." = "1"\n')
    assert codes(after) == ["SG322", "SG322"]
    assert after["issuer"]["name"] == "Inkwell Testing Corp."


@pytest.mark.parametrize(
    "sidecar",
    [
        "colour = 1\n",
        "accession = 7\n",
        "[[set]]\nfact = 'date'\nvalue = '2014'\n",
        "=",
        'edgar_url = "javascript:x"\n',
    ],
)
def test_a_sidecar_that_is_not_understood_is_named(exhibit: Path, sidecar: str) -> None:
    before = built(exhibit)
    assert built(exhibit, sidecar) == before
    review = json.loads((exhibit.parents[1] / "public" / "review" / "index.json").read_text(encoding="utf-8"))
    (finding,) = [found for found in review["findings"] if found["code"] == "SG321"]
    assert "one.txt.toml" in finding["message"]
