"""`sitegen check` for people and machines: one set of findings, in the form that each reads."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from sitegen.cli import main

ROOT = Path(__file__).parents[1]
EXHIBIT = ROOT / "content" / "exhibits" / "hanaro-2003.txt"
SCHEMA = ROOT / "tests/browser/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
HTML = (
    "<p>JOINT FILING AGREEMENT</p><p>The undersigned agree to file this Schedule 13G jointly.</p>"
    "<p>Dated: March 3, 2014</p><p>ADA TESTPERSON</p><p>/s/ Bert Specimen</p>"
    "<p>Bert Specimen, Attorney-in-Fact</p>"
)


def sarif(capsys: pytest.CaptureFixture[str], *paths: str) -> dict[str, object]:
    main(["check", *paths, "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(log)] == []
    return log["runs"][0]


def test_sarif_is_valid_and_marks_the_very_words(capsys: pytest.CaptureFixture[str]) -> None:
    run = sarif(capsys, str(EXHIBIT))
    lines = EXHIBIT.read_text(encoding="utf-8").split("\n")
    marked = {}
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"].get("region")
        if region and region["startLine"] == region["endLine"]:
            words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            marked.setdefault(result["ruleId"], []).append(words)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert marked["SG403"][0] == "AOF NT. Ltd."
    assert marked["SG404"] == ["Director, EMC"]


def test_lines_of_a_derived_text_are_not_given_as_the_files_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page with space.htm").write_text(HTML)
    run = sarif(capsys, "page with space.htm")
    assert run["results"]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": "page%20with%20space.htm"}}
    main(["check", "page with space.htm"])
    assert "page with space.htm, line " in capsys.readouterr().out
    main(["check", "page with space.htm", "--format", "github"])
    assert ",line=" not in capsys.readouterr().out


def test_nothing_found_is_a_valid_empty_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sarif(capsys, str(tmp_path))["results"] == []
