"""Bad input: each file gets a page or a finding in clear words, and the rest of the site is built."""

import json
import os
from pathlib import Path

import pytest

from sitegen.cli import main

GOOD = """Exhibit 99.1

                     JOINT FILING AGREEMENT

The undersigned hereby agree that the statement on Schedule 13D with respect to
the common stock of Inkwell Testing Corp. is filed on behalf of each of them.

Dated: March 3, 2014

                              {first}

                              By: /s/ Ada Testperson
                                  ------------------
                              Name:  Ada Testperson
                              Title: Manager

                              FEATHERSTONE FICTION LTD.

                              By: /s/ Bert Specimen
                                  -----------------
                              Name:  Bert Specimen
                              Title: Director
"""
NAME = "QUILLFEATHER CAPITAL, LLC"


@pytest.fixture
def exhibits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content" / "exhibits"
    folder.mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD.format(first=NAME))
    return folder


def build(exhibits: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Build; return the findings about files, and all agreements' data."""
    assert main(["build", "--quiet"]) == 0
    public = exhibits.parents[1] / "public"
    review = json.loads((public / "review" / "index.json").read_text(encoding="utf-8"))
    pages = sorted((public / "agreements").glob("*/index.json"))
    assert (public / "parties" / "quillfeather-capital-llc" / "index.html").exists()
    agreements = [json.loads(page.read_text(encoding="utf-8")) for page in pages]
    return [found for found in review["findings"] if found["path"]], agreements


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "SG101"),
        ("blank.txt", b" \n\t\n", "SG101"),
        ("noise.txt", bytes(range(256)) * 40, "SG102"),
        ("letter.txt", b"Dear Sir or Madam,\n\nThank you for your letter.\n", "SG201"),
        ("page.html", b"<html><body><p>Nothing to see.</p></body></html>", "SG201"),
        ("picture.gif", b"GIF89a", "SG105"),
        ("NOTES", b"to do", "SG105"),
    ],
)
def test_a_file_without_an_agreement_gets_a_finding_that_names_it(
    exhibits: Path, name: str, data: bytes, code: str
) -> None:
    (exhibits / name).write_bytes(data)
    findings, agreements = build(exhibits)
    assert [(found["path"], found["code"]) for found in findings] == [(f"exhibits/{name}", code)]
    assert len(agreements) == 1


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_in_any_usual_encoding_is_read(exhibits: Path, encoding: str) -> None:
    (exhibits / "good.txt").unlink()
    text = GOOD.format(first=NAME).replace("Bert Specimen", "Zoë Spécimen")
    (exhibits / "coded.txt").write_bytes(text.encode(encoding))
    _, (agreement,) = build(exhibits)
    signers = [block["signer"] for block in agreement["signature_blocks"]]
    assert signers == ["Ada Testperson", "Zoë Spécimen"]


def test_equal_texts_are_two_dossiers(exhibits: Path) -> None:
    (exhibits / "same.txt").write_text(GOOD.format(first=NAME))
    _, agreements = build(exhibits)
    assert len({agreement["id"] for agreement in agreements}) == len(agreements) == 2


@pytest.mark.parametrize(
    "name",
    [
        "two words.txt",
        'O\'Brien "quoted".txt',
        "実験.txt",
        "line\nfeed.txt",
        "tab\tbed.txt",
        "100%.txt",
        "a&b<c>.txt",
        "semi;colon#hash?query.txt",
        os.fsdecode(b"caf\xe9.txt"),
    ],
)
def test_a_file_of_any_name_is_read_and_shown(exhibits: Path, name: str) -> None:
    (exhibits / "good.txt").rename(exhibits / name)
    _, (agreement,) = build(exhibits)
    assert agreement["source"]["path"].startswith("exhibits/")
    assert "\n" not in agreement["source"]["path"]
    assert len(agreement["signature_blocks"]) == 2
    assert main(["build", "--quiet", "--clean", "--locked"]) == 0


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script> Fund, L.P.",
        "{{ 7*7 }} {% raw %} Holdings LLC",
        '"><img src=x onerror=alert(1)> Partners, Inc.',
        "Ahrefs Ltd",
        "Smith & O'Neil's “Best” Fund, L.P.",
        "X" * 2000 + ", L.P.",
        "Quill " * 400 + "Fund, L.P.",
        "../../etc/passwd, Inc.",
    ],
)
def test_a_hostile_name_is_text_and_nothing_else(exhibits: Path, name: str) -> None:
    text = GOOD.format(first=NAME).replace("of each of them", f"of each of {name} and Featherstone Fiction Ltd.")
    (exhibits / "hostile.txt").write_text(text.replace(NAME, name))
    build(exhibits)
    public = exhibits.parents[1] / "public"
    for page in public.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert "> 49 " not in html, page
        assert page.resolve().is_relative_to(public.resolve())
    assert not list(public.parent.glob("passwd*"))


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_built(exhibits: Path) -> None:
    (exhibits / "gone.txt").symlink_to(exhibits / "nowhere.txt")
    findings, agreements = build(exhibits)
    assert [found["code"] for found in findings] == ["SG106"]
    assert "gone.txt" in str(findings[0]["message"])
    assert len(agreements) == 1


def test_a_file_too_large_is_refused_by_its_size(exhibits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.content.LARGEST", 5000)
    (exhibits / "large.txt").write_bytes(b"x" * 5001)
    findings, _ = build(exhibits)
    assert [found["code"] for found in findings] == ["SG104"]


def test_a_file_that_changes_under_the_reading_is_read_whole(exhibits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = exhibits / "late.txt"
    late.write_text(GOOD.format(first="EARLY DRAFT, LLC")[:200])
    reads = []

    def growing(place: Path) -> bytes:
        data = place.open("rb").read()
        if place.name == late.name and not reads:
            reads.append(place)
            late.write_text(GOOD.format(first="WHOLE COPY, LLC"))
        return data

    monkeypatch.setattr(Path, "read_bytes", growing)
    build(exhibits)
    public = exhibits.parents[1] / "public" / "parties"
    assert reads
    assert (public / "whole-copy-llc").exists()
    assert not (public / "early-draft-llc").exists()


def test_folders_in_a_circle_end(exhibits: Path) -> None:
    (exhibits / "round").symlink_to(exhibits)
    _, agreements = build(exhibits)
    assert len(agreements) == 1


@pytest.mark.long
def test_a_text_of_fifty_megabytes_is_read_or_refused(exhibits: Path) -> None:
    line = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.\n"
    (exhibits / "huge.txt").write_text(line * (50 * 2**20 // len(line)) + GOOD.format(first=NAME))
    findings, agreements = build(exhibits)
    assert len(agreements) == 2 or [found["path"] for found in findings] == ["exhibits/huge.txt"]
