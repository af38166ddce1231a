"""Commands as a user meets them: what they say, what they leave alone, their exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.model.findings import RULES

EXHIBIT = Path(__file__).parents[1] / "content" / "exhibits" / "hanaro-2003.txt"
BASE = "https://example.org/dossiers/"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "exhibits").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hanaro(site: Path) -> Path:
    (site / "content" / "exhibits" / EXHIBIT.name).write_bytes(EXHIBIT.read_bytes())
    return site


def run(*words: str) -> int:
    return main(words)


def test_an_empty_content_folder_gives_an_empty_whole_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    assert "0 agreements" in capsys.readouterr().out
    for page in ("index.html", "404.html", "parties/index.html", "review/index.html", "index.json", ".nojekyll"):
        assert (site / "public" / page).exists(), page


def test_without_a_content_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("build") == 2
    assert "sitegen init" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--output", "content/public"], "lies inside the content folder"),
        (["build", "--theme", "nowhere"], "theme 'nowhere' not found"),
        (["build", "--base-url", "example"], "is no web address"),
        (["show", "nothing.txt"], "does not exist"),
        (["show", "content"], "is a folder"),
        (["check", "nothing.txt"], "does not exist"),
        (["rules", "SG000"], "no finding has the code"),
        (["link", "Anyone"], "addresses need base_url"),
        (["link", "Anyone", "--base-url", BASE], "no site was built"),
    ],
)
def test_wrong_use_says_what_and_what_to_do(
    site: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(*words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert not (site / "public").exists()


def test_a_word_that_is_no_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("frobnicate")
    assert stopped.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_a_build_tells_what_it_made(hanaro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    out = capsys.readouterr().out
    assert "1 agreement, 32 parties, 15 signers, 1 issuer; 32 signature blocks." in out
    assert "base_url is not set" in out
    assert run("build", "--base-url", BASE) == 0
    assert "base_url" not in capsys.readouterr().out
    assert (hanaro / "public" / "sitemap.xml").exists()


def test_warnings_fail_only_a_strict_build(hanaro: Path) -> None:
    assert hanaro.exists()
    assert run("build", "--quiet") == 0
    assert run("build", "--quiet", "--strict") == 1


def test_quiet_prints_nothing(hanaro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hanaro.exists()
    run("build", "--quiet")
    assert capsys.readouterr() == ("", "")


def test_check_prints_findings_with_their_line_and_writes_no_site(
    hanaro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check") == 0
    out = capsys.readouterr().out
    assert re.search(r"content/exhibits/hanaro-2003\.txt:201: note SG403: .*AOF NT\. Ltd\.", out)
    assert re.search(r"\n {4} +AOF NT\. Ltd\.\n {4} +\^{12}\n", out)
    assert {path.name for path in hanaro.iterdir()} == {"content"}
    assert run("check", "--strict") == 1


def test_check_reads_single_files_without_any_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", str(EXHIBIT), "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["path"] for one in found} == {str(EXHIBIT)}
    assert {"path", "code", "severity", "message", "lines", "silenced"} == set(found[0])
    assert list(tmp_path.iterdir()) == []


def test_check_speaks_githubs_language(hanaro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hanaro.exists()
    run("check", "--format", "github")
    assert "::notice file=content/exhibits/hanaro-2003.txt,line=201,endLine=201,title=SG403" in capsys.readouterr().out


def test_show_prints_every_fact_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", str(EXHIBIT)) == 0
    out = capsys.readouterr().out
    assert re.search(r"issuer +Hanaro Telecom, Inc\. +L34", out)
    assert re.search(r"Parties \(32\)", out)
    assert re.search(r"└ By: AIG Asian Infrastructure Management II, L\.P\. +L103\n +└ By: .*, Ltd\. +L105", out)
    assert all(len(line) <= 120 for line in out.splitlines())


def test_show_as_json_is_the_pages_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", str(EXHIBIT), "--format", "json") == 0
    (agreement,) = json.loads(capsys.readouterr().out)
    assert agreement["id"] == "2003-11-17-hanaro-telecom"
    assert len(agreement["signature_blocks"]) == 32


def test_rules_lists_and_explains_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == list(RULES)
    for code in RULES:
        assert run("rules", code.lower()) == 0
        assert capsys.readouterr().out.startswith(f"{code} (")


def test_link_gives_an_address_by_name_short_name_or_slug(hanaro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hanaro.exists()
    run("build", "--quiet")
    address = f"{BASE}parties/aig-asian-infrastructure-fund-ii-lp/\n"
    names = ("AIG Asian Infrastructure Fund II, L.P.", "AIG FUND II", "parties/aig-asian-infrastructure-fund-ii-lp")
    for name in names:
        assert run("link", name, "--base-url", BASE) == 0
        assert capsys.readouterr().out == address, name


def test_link_speaks_the_forms_that_letters_and_briefs_need(hanaro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hanaro.exists()
    run("build", "--quiet")
    said = {}
    for form in ("markdown", "mail", "bluebook"):
        assert run("link", "signers/stuart-osborne", "--format", form, "--base-url", BASE) == 0
        said[form] = capsys.readouterr().out
    assert said["markdown"] == f"[Stuart Osborne]({BASE}signers/stuart-osborne/)\n"
    assert said["mail"].startswith("mailto:?subject=Stuart%20Osborne")
    assert "https%3A//example.org/dossiers/signers/stuart-osborne/" in said["mail"]
    assert "Hanaro Telecom, Inc., Joint Filing Agreement, Exhibit 1" in said["bluebook"]


def test_link_lists_what_a_name_could_mean_and_guesses_nothing(
    hanaro: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hanaro.exists()
    run("build", "--quiet")
    assert run("link", "John William Troy", "--base-url", BASE) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "parties/john-william-troy" in printed.err
    assert "signers/john-william-troy" in printed.err
    assert run("link", "Nobody At All", "--base-url", BASE) == 2
    assert "is called 'Nobody At All'" in capsys.readouterr().err


def test_a_failure_of_sitegen_itself_is_no_traceback(
    hanaro: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_content: Path) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("sitegen.build.list_exhibits", fail)
    monkeypatch.setenv("TMPDIR", str(hanaro))
    monkeypatch.setattr("tempfile.tempdir", str(hanaro))
    assert run("build") == 3
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    (log,) = re.findall(r"Details are in (\S+);", printed.err)
    assert "ZeroDivisionError: oops" in Path(log).read_text(encoding="utf-8")


def test_a_reader_that_closes_the_pipe_is_no_error() -> None:
    show = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "show", str(EXHIBIT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert show.stdout is not None
    assert show.stderr is not None
    show.stdout.readline()
    show.stdout.close()
    assert show.stderr.read() == b""
    assert show.wait() == 0


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sitegen.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'jinja2', 'msgspec', 'pyvis', 'watchdog', 'markdown_it', 'werkzeug', 'sqlite3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
