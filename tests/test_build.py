"""Builds: the same content gives the same bytes, addresses stay, only own files go."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.cli import main
from sitegen.config import Config, load
from sitegen.identity.ledger import LedgerError
from sitegen.render.output import OutputError

EXHIBIT = (Path(__file__).parents[1] / "content" / "exhibits" / "hanaro-2003.txt").read_bytes()
SLUG = "2003-11-17-hanaro-telecom"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "exhibits").mkdir(parents=True)
    (tmp_path / "content" / "exhibits" / "one.txt").write_bytes(EXHIBIT)
    return tmp_path


def config(site: Path, **options: object) -> Config:
    return load(site, **options)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def twin(site: Path, page: str) -> dict[str, object]:
    return json.loads((site / "public" / page / "index.json").read_text(encoding="utf-8"))


def test_a_second_build_writes_nothing(site: Path) -> None:
    build(config(site))
    assert build(config(site)).changed == ()


def test_the_dossier_of_a_saved_exhibit_is_written_first(site: Path) -> None:
    (site / "content" / "exhibits" / "two.txt").write_bytes(EXHIBIT.replace(b"Hanaro", b"Invented"))
    build(config(site))
    added = site / "content" / "exhibits" / "another.txt"
    added.write_bytes(EXHIBIT.replace(b"November 17, 2003", b"November 18, 2003"))
    assert build(config(site), changed=[added]).changed[0] == "agreements/2003-11-18-hanaro-telecom/index.html"


def test_a_hurried_build_writes_what_an_exhibit_reaches_by_name_and_leaves_the_rest_to_the_next(site: Path) -> None:
    build(config(site))
    before = tree(site / "public")
    (site / "content" / "exhibits" / "two.txt").write_bytes(EXHIBIT.replace(b"Hanaro", b"Invented"))
    made = build(config(site), hurried=lambda: True)
    assert made.postponed
    assert {"agreements/2003-11-17-invented-telecom/index.html", "parties/aif-ii-nt-ltd/index.html"} < set(made.changed)
    assert {path for path, sha in tree(site / "public").items() if before.get(path) == sha} >= {
        "index.html",
        "search/index.html",
        "agreements/index.html",
        "manifest.json",
    }
    ended = build(config(site))
    assert not ended.postponed
    assert "index.html" in ended.changed
    assert not any(path.startswith("agreements/2003") for path in ended.changed)


def test_a_saved_exhibit_leaves_what_is_said_of_other_files(site: Path) -> None:
    (site / "content" / "exhibits" / "readme.md").write_text("No exhibit.")
    build(config(site))
    page = (site / "public" / "review" / "index.html").read_bytes()
    assert b"readme.md" in page
    (site / "content" / "exhibits" / "one.txt").write_bytes(EXHIBIT + b"\n")
    build(config(site), changed=[site / "content" / "exhibits" / "one.txt"])
    assert b"readme.md" in (site / "public" / "review" / "index.html").read_bytes()


def test_bytes_do_not_depend_on_hash_seed_zone_day_or_catalogue(site: Path, tmp_path: Path) -> None:
    build(config(site, base_url="https://example.org/x/"))
    first = tree(site / "public")
    code = (
        "import sys\nfrom datetime import UTC, datetime\nimport sitegen.build as b\n"
        "class Other(datetime):\n    @classmethod\n    def now(cls, tz=None): return cls(2031, 5, 6, tzinfo=UTC)\n"
        "b.datetime = Other\n"
        "from sitegen.cli import main\nsys.exit(main(sys.argv[1:]))"
    )
    for seed, zone, output in (("0", "Asia/Kathmandu", "again"), ("4242", "America/St_Johns", "more")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "0"}
        options = ["--clean", "--output", str(tmp_path / output), "--base-url", "https://example.org/x/", "--quiet"]
        subprocess.run([sys.executable, "-c", code, "build", *options], cwd=site, env=environment, check=True)
        assert tree(tmp_path / output) == first


def test_a_removed_exhibit_leaves_a_page_at_every_address_it_had(site: Path) -> None:
    build(config(site))
    before = {path for path in tree(site / "public") if path.endswith("index.html") and path.count("/") == 2}
    (site / "content" / "exhibits" / "one.txt").unlink()
    (site / "public" / "CNAME").write_text("example.org")
    result = build(config(site))
    assert result.counts.agreements == 0
    after = tree(site / "public")
    addresses = {page for page in before if page.split("/")[0] in {"agreements", "parties", "signers", "issuers"}}
    assert addresses
    assert addresses <= after.keys()
    assert "CNAME" in after
    assert twin(site, f"agreements/{SLUG}")["schema"] == "sitegen/withdrawn/1"
    assert f"agreements/{SLUG}/source.txt" not in after


def test_a_renamed_exhibit_keeps_its_address(site: Path) -> None:
    build(config(site))
    folder = site / "content" / "exhibits"
    (folder / "one.txt").rename(folder / "two.txt")
    build(config(site))
    assert twin(site, f"agreements/{SLUG}")["source"]["path"] == "exhibits/two.txt"
    assert [path.name for path in (site / "public" / "agreements").iterdir() if path.is_dir()] == [SLUG]


def test_an_edited_exhibit_keeps_its_address_and_says_that_its_text_changed(site: Path) -> None:
    build(config(site))
    exhibit = site / "content" / "exhibits" / "one.txt"
    exhibit.write_bytes(EXHIBIT.replace(b"November 17, 2003", b"November 18, 2003"))
    build(config(site))
    edited = twin(site, f"agreements/{SLUG}")
    assert edited["date"] == "2003-11-18"
    (finding,) = [found for found in edited["findings"] if found["code"] == "SG502"]
    assert sha256(EXHIBIT).hexdigest() in finding["message"]
    assert edited["source"]["text_sha256"] in finding["message"]


def test_two_files_with_one_text_are_two_dossiers_with_addresses_of_their_own(site: Path) -> None:
    (site / "content" / "exhibits" / "two.txt").write_bytes(EXHIBIT)
    assert build(config(site)).counts.agreements == 2
    slugs = [path.name for path in (site / "public" / "agreements").iterdir() if path.is_dir()]
    assert SLUG in slugs
    (other,) = [slug for slug in slugs if slug != SLUG]
    assert other.startswith(f"{SLUG}-")
    assert len(other) == len(SLUG) + 5


def test_the_ledger_has_every_address_before_and_after(site: Path) -> None:
    build(config(site))
    ledgers = site / "content" / "permalinks"
    rows = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in ledgers.iterdir()}
    assert {kind: len(lines) for kind, lines in rows.items()} == {
        "agreements": 1,
        "parties": 32,
        "signers": 15,
        "issuers": 1,
    }
    build(config(site, clean=True))
    assert rows == {path.stem: path.read_text(encoding="utf-8").splitlines() for path in ledgers.iterdir()}


def test_locked_refuses_new_addresses_and_writes_nothing(site: Path) -> None:
    with pytest.raises(OutputError, match="--locked"):
        build(config(site, locked=True))
    assert not (site / "public").exists()
    assert not (site / "content" / "permalinks").exists()
    build(config(site))
    build(config(site, locked=True))


def test_a_damaged_ledger_stops_the_build_and_the_site_stays(site: Path) -> None:
    build(config(site))
    before = tree(site / "public")
    ledger = site / "content" / "permalinks" / "parties.tsv"
    ledger.write_text(ledger.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="line 33"):
        build(config(site))
    assert tree(site / "public") == before


def test_a_file_of_someone_else_is_never_overwritten(site: Path) -> None:
    (site / "public").mkdir()
    (site / "public" / "index.html").write_text("theirs")
    with pytest.raises(OutputError, match="was not made by sitegen"):
        build(config(site))
    assert tree(site / "public") == {"index.html": sha256(b"theirs").hexdigest()}


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_catalogue_is_made_again(site: Path, damage: bytes) -> None:
    build(config(site))
    for path in (site / ".sitegen").glob("catalogue.db*"):
        path.unlink()
    (site / ".sitegen" / "catalogue.db").write_bytes(damage)
    assert build(config(site)).changed == ()


def test_the_manifest_names_every_file_and_every_source(site: Path) -> None:
    build(config(site))
    manifest = json.loads((site / "public" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sources"] == {"exhibits/one.txt": sha256(EXHIBIT).hexdigest()}
    files = tree(site / "public")
    files.pop("manifest.json")
    assert manifest["pages"] == files


def test_output_outside_the_project_and_parallel_sites_do_not_meet(site: Path, tmp_path: Path) -> None:
    build(config(site, output=str(tmp_path / "elsewhere" / "deep")))
    assert (tmp_path / "elsewhere" / "deep" / "index.html").exists()
    assert not (site / "public").exists()


OTHER = """JOINT FILING AGREEMENT

The undersigned agree to file this statement jointly.

QUILLFEATHER CAPITAL, LLC

By: /s/ Ada Testperson
Name: Ada Testperson
"""


def test_an_added_exhibit_writes_its_dossier_first_and_no_page_of_others(site: Path) -> None:
    build(config(site))
    (site / "content" / "exhibits" / "two.txt").write_text(OTHER)
    result = build(config(site))
    assert result.changed[0] == "agreements/undated-quillfeather-capital-llc/index.html"
    others = [path for path in result.changed if path.startswith((f"agreements/{SLUG}/", "parties/aif-", "signers/s"))]
    assert others == []


def test_a_build_that_is_told_what_changed_looks_at_that_alone_and_makes_the_same_site(site: Path) -> None:
    build(config(site))
    two = site / "content" / "exhibits" / "two.txt"
    two.write_text(OTHER)
    build(config(site), changed=[two])
    assert "QUILLFEATHER" in (site / "public/agreements/undated-quillfeather-capital-llc/source.txt").read_text()
    told = tree(site / "public")
    assert build(config(site)).changed == ()
    two.unlink()
    build(config(site), changed=[two])
    assert "withdrawn" in twin(site, "agreements/undated-quillfeather-capital-llc")["schema"]
    assert build(config(site)).changed == ()
    assert told != tree(site / "public")


def test_explain_names_the_file_whose_change_reached_a_page(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    build(config(site))
    (site / "content" / "exhibits" / "two.txt").write_text(OTHER)
    assert main(["build", "--explain", "--quiet"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "parties/quillfeather-capital-llc/index.html: exhibits/two.txt was added" in said
    (site / "public" / "index.html").unlink()
    assert main(["build", "--explain", "--quiet"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "index.html: index.html was changed or deleted in the output folder" in said
