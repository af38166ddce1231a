"""Silencing: a finding that was looked at and is right as it is counts no more, and the review says why."""

import json
import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.config import load
from sitegen.model.failure import UsageError
from sitegen.model.findings import RULES
from sitegen.model.silence import Silence

UNSIGNED = """\
JOINT FILING AGREEMENT

The undersigned, Quillfeather Specimen, L.P. and Thistledown Specimen, L.P., agree that the Schedule 13G is
filed on behalf of each of them.

Dated: March 3, 2014

QUILLFEATHER SPECIMEN, L.P.
By: /s/ Ada Testperson
Name: Ada Testperson
Title: Manager
"""
REASON = "Thistledown signs <on> a page of its own."
SETTINGS = f"""
[[silence]]
path = "exhibits/**"
code = "SG401"
reason = "{REASON}"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "exhibits" / "2014").mkdir(parents=True)
    (tmp_path / "content" / "exhibits" / "2014" / "one.txt").write_text(UNSIGNED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_silenced_finding_fails_nothing_and_is_counted_apart(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict"]) == 1
    assert main(["build", "--strict"]) == 1
    (home / "sitegen.toml").write_text(SETTINGS)
    capsys.readouterr()
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 note; 1 silenced"
    assert main(["build", "--strict"]) == 0
    assert "Findings: 1 note; 1 silenced." in capsys.readouterr().out


def test_a_commit_hook_that_names_the_file_heeds_the_settings(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    assert main(["check", "--strict", "content/exhibits/2014/one.txt"]) == 0
    assert "1 silenced" in capsys.readouterr().out
    Path("elsewhere.txt").write_text(UNSIGNED)
    assert main(["check", "--strict", "elsewhere.txt"]) == 1


def test_it_leaves_the_dossier_and_stands_in_the_review_with_its_reason(home: Path) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    main(["build", "--quiet"])
    dossier = json.loads(next(home.glob("public/agreements/*/index.json")).read_text())
    assert [found["code"] for found in dossier["findings"]] == ["SG302"]
    review = json.loads((home / "public/review/index.json").read_text())
    assert [found["code"] for found in review["findings"]] == ["SG302"]
    assert [(found["code"], found["reason"]) for found in review["silenced"]] == [("SG401", REASON)]
    page = (home / "public/review/index.html").read_text()
    section = page.split('id="silenced"')[1].split("</section>")[0]
    assert "Thistledown signs &lt;on&gt; a page of its own." in section
    assert RULES["SG401"].title in section
    assert RULES["SG401"].title not in page.replace(section, "").split('id="checks"')[1].split("</section>")[1]


def test_taking_the_entry_out_brings_the_finding_back(home: Path) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    main(["build", "--quiet"])
    (home / "sitegen.toml").unlink()
    main(["build", "--quiet"])
    dossier = json.loads(next(home.glob("public/agreements/*/index.json")).read_text())
    assert [found["code"] for found in dossier["findings"]] == ["SG401", "SG302"]


def test_a_second_build_finds_nothing_to_do(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    main(["build", "--quiet"])
    main(["build"])
    assert ": 0 files written, 0 removed." in capsys.readouterr().out


def test_another_reason_is_shown_by_the_next_build(home: Path) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    main(["build", "--quiet"])
    (home / "sitegen.toml").write_text(SETTINGS.replace("Thistledown signs", "It signs"))
    main(["build", "--quiet"])
    page = (home / "public/review/index.html").read_text()
    assert "It signs &lt;on&gt; a page of its own." in page
    assert "Thistledown signs &lt;on&gt;" not in page


def test_an_entry_that_fits_nothing_is_a_finding(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sitegen.toml").write_text(SETTINGS + SETTINGS.replace("exhibits/**", "exhibits/two.txt"))
    assert main(["check", "--strict"]) == 1
    said = capsys.readouterr().out
    assert "sitegen.toml: warning SG604: Entry 2 of [[silence]] fits no finding: SG401 in exhibits/two.txt." in said
    main(["build"])
    assert "1 warning, 1 note; 1 silenced" in capsys.readouterr().out
    assert "Entry 2 of [[silence]]" in (home / "public/review/index.html").read_text()


def test_a_file_that_cannot_be_read_may_be_silenced(home: Path) -> None:
    (home / "content" / "exhibits" / "blank.txt").write_bytes(b"")
    (home / "sitegen.toml").write_text(SETTINGS + SETTINGS.replace("SG401", "SG101"))
    assert main(["check", "--strict"]) == 0


def test_machines_are_told_what_is_silenced(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sitegen.toml").write_text(SETTINGS)
    main(["check", "--format", "json"])
    rows = {row["code"]: row["silenced"] for row in json.loads(capsys.readouterr().out)}
    assert rows == {"SG401": REASON, "SG302": None}
    main(["check", "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    suppressions = {result["ruleId"]: result["suppressions"] for result in results}
    assert suppressions == {"SG401": [{"kind": "external", "justification": REASON}], "SG302": []}
    main(["check", "--format", "github"])
    assert "SG401" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("exhibits/*.txt", "exhibits/a.txt", True),
        ("exhibits/*.txt", "exhibits/2014/a.txt", False),
        ("exhibits/**", "exhibits/2014/a.txt", True),
        ("**/a.txt", "a.txt", True),
        ("**/a.txt", "exhibits/2014/a.txt", True),
        ("**/a.txt", "exhibits/ba.txt", False),
        ("exhibits/a?.txt", "exhibits/a1.txt", True),
        ("exhibits/a[1].txt", "exhibits/a[1].txt", True),
        ("exhibits/a.txt", "exhibits/a-txt", False),
    ],
)
def test_a_pattern_fits_as_a_shell_would(pattern: str, path: str, *, fits: bool) -> None:
    assert Silence(pattern, "SG401", "why").fits(path) is fits


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("code =", "cod ="), "unknown key 'cod'; did you mean 'code'"),
        (("SG401", "SG402x"), "no finding has the code 'SG402x'; did you mean 'SG402'"),
        (("SG401", "SG503"), "SG503 cannot be silenced"),
        (("reason =", "# reason ="), "reason is missing"),
        ((REASON, "  "), "reason is missing"),
        (('"exhibits/**"', "1"), "path is missing"),
        (("[[silence]]", "[silence]"), "Write each entry below a line [[silence]]"),
    ],
)
def test_a_wrong_entry_is_named_with_its_cure(home: Path, change: tuple[str, str], said: str) -> None:
    (home / "sitegen.toml").write_text(SETTINGS.replace(*change))
    with pytest.raises(UsageError, match=re.escape(said)):
        load(home)
