"""`sitegen init` and the GitHub Pages way, from an empty folder to pushed addresses."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sitegen import __version__, init
from sitegen.model.failure import UsageError

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / ".github" / "workflows"
STARTER = ROOT / "sitegen" / "starter"
NEW = [
    ".gitattributes",
    ".github/workflows/pages.yml",
    ".gitignore",
    "content/exhibits/.gitkeep",
    "content/pages/how-to-read.md",
    "requirements.txt",
    "sitegen.toml",
]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def sitegen(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_new_site_is_written_and_the_next_steps_are_said(tmp_path: Path) -> None:
    said = list(init.init(tmp_path / "dossiers"))
    assert sorted(files(tmp_path / "dossiers")) == NEW
    assert [line for line in said if line.startswith("wrote")] != []
    assert f"cd {tmp_path / 'dossiers'} && sitegen serve --open" in "\n".join(said)


def test_a_new_site_builds_at_once_into_a_whole_site_without_findings(tmp_path: Path) -> None:
    assert sitegen("init", "dossiers", folder=tmp_path).returncode == 0
    built = sitegen("build", folder=tmp_path / "dossiers")
    assert (built.returncode, built.stderr) == (0, "")
    assert "Findings: none." in built.stdout
    public = tmp_path / "dossiers" / "public"
    for page in ("index.html", "how-to-read/index.html", "404.html"):
        assert (public / page).is_file()
    checked = sitegen("check", "--format", "github", folder=tmp_path / "dossiers")
    assert (checked.returncode, "error" in checked.stdout) == (0, False)


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    own = {path: f"my own {path}".encode() for path in NEW if path != "sitegen.toml"}
    for path, data in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "sitegen.toml").symlink_to("nowhere.toml")
    said = list(init.init(tmp_path))
    assert files(tmp_path) == own
    assert not (tmp_path / "nowhere.toml").exists()
    assert sum(line.startswith("kept") for line in said) == len(NEW)
    assert not any(line.startswith("wrote") for line in said)


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    list(init.init(tmp_path))
    before = files(tmp_path)
    list(init.init(tmp_path))
    assert files(tmp_path) == before


def test_settings_in_pyproject_are_not_put_out_of_force(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.sitegen]\ntitle = "Mine"\n')
    list(init.init(tmp_path))
    assert not (tmp_path / "sitegen.toml").exists()
    (tmp_path / "pyproject.toml").write_text("not TOML")
    list(init.init(tmp_path))
    assert (tmp_path / "sitegen.toml").exists()


def test_a_file_where_a_folder_is_needed_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "dossiers").write_text("a file")
    with pytest.raises(UsageError, match=r"dossiers is a file"):
        list(init.init(tmp_path / "dossiers"))
    (tmp_path / "content").write_text("a file")
    with pytest.raises(UsageError, match=r"content.* is a file"):
        list(init.init(tmp_path))


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({}, f"sitegen=={__version__}"),
        (
            {"url": "https://github.com/owner/sitegen.git", "vcs_info": {"vcs": "git", "commit_id": "a1b2c3"}},
            "sitegen @ git+https://github.com/owner/sitegen.git@a1b2c3",
        ),
        (
            {"url": "https://user:secret@github.com/owner/sitegen", "vcs_info": {"vcs": "git", "commit_id": "a1b2c3"}},
            "sitegen @ git+https://github.com/owner/sitegen@a1b2c3",
        ),
        ({"url": "file:///no/such/checkout", "dir_info": {"editable": True}}, f"sitegen=={__version__}"),
    ],
)
def test_the_workflow_installs_sitegen_from_where_this_one_came(
    origin: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "_origin", lambda: origin)
    assert init.requirement() == expected


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://github.com/owner/sitegen.git", "sitegen @ git+https://github.com/owner/sitegen.git"),
        ("git@github.com:owner/sitegen.git", "sitegen @ git+https://github.com/owner/sitegen.git"),
        ("ssh://git@github.com/owner/sitegen.git", "sitegen @ git+https://github.com/owner/sitegen.git"),
        ("https://token@github.com/owner/sitegen.git", "sitegen @ git+https://github.com/owner/sitegen.git"),
        ("/srv/sitegen.git", f"sitegen=={__version__}"),
        ("file:///srv/sitegen.git", f"sitegen=={__version__}"),
    ],
)
def test_a_sitegen_that_runs_from_a_checkout_is_installed_from_where_that_was_cloned(
    tmp_path: Path, remote: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", remote)
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "one")
    monkeypatch.setattr(init, "_origin", lambda: {"url": tmp_path.as_uri()})
    assert init.requirement() == expected  # the commit was never pushed: nobody else could fetch it
    commit = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", commit)
    assert init.requirement() == (f"{expected}@{commit}" if "git+" in expected else expected)


# --- The workflows ---------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str, **environment: str) -> str:
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
    names |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_CONFIG_GLOBAL": "/dev/null"}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | names | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text())
    return loaded


@pytest.mark.parametrize("path", [STARTER / "pages.yml", *sorted(WORKFLOWS.glob("*.yml"))], ids=str)
def test_the_workflows_are_ones_that_github_takes(path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_this_project_publishes_itself_as_its_users_do() -> None:
    ours = (WORKFLOWS / "pages.yml").read_text().splitlines()
    theirs = (STARTER / "pages.yml").read_text().splitlines()
    assert len(ours) == len(theirs)
    assert [line.strip() for line, other in zip(ours, theirs, strict=True) if line != other] == [
        "run: python -m pip install --constraint requirements.lock ."
    ]


def test_nothing_may_do_more_than_it_needs() -> None:
    pages = workflow(STARTER / "pages.yml")
    assert pages["permissions"] == {}
    assert pages["jobs"]["build"]["permissions"] == {"contents": "write", "pages": "read"}
    assert pages["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    for path in (STARTER / "pages.yml", *WORKFLOWS.glob("*.yml")):
        for job in workflow(path)["jobs"].values():
            assert "timeout-minutes" in job
            for step in job["steps"]:
                # An expression inside a script would run whatever a branch is named.
                assert "${{" not in step.get("run", "")
                assert step.get("uses", "actions/").startswith("actions/")


def test_the_site_is_checked_and_its_addresses_pushed_before_it_is_published() -> None:
    jobs = workflow(STARTER / "pages.yml")["jobs"]
    steps = jobs["build"]["steps"]
    order = [step.get("name") or step["uses"].partition("@")[0] for step in steps]
    assert order.index("Build") < order.index("Check") < order.index("Keep new addresses")
    assert order[-1] == "actions/upload-pages-artifact"
    assert jobs["deploy"]["needs"] == "build"
    build = steps[order.index("Build")]
    assert (build["run"], build["env"]) == (
        'sitegen build --base-url "$BASE_URL"',
        {"BASE_URL": "${{ steps.pages.outputs.base_url }}"},
    )


class Repository:
    """A repository on "GitHub" (a bare one beside it), and a runner's checkout in which a step is run."""

    def __init__(self, root: Path) -> None:
        self.hub, self.checkout = root / "hub.git", root / "checkout"
        git(root, "init", "--quiet", "--bare", "--initial-branch=main", str(self.hub))
        git(root, "clone", "--quiet", str(self.hub), str(self.checkout))
        list(init.init(self.checkout))
        git(self.checkout, "checkout", "--quiet", "-B", "main")
        git(self.checkout, "add", ".")
        git(self.checkout, "commit", "--quiet", "--message", "A new site")
        git(self.checkout, "push", "--quiet", "origin", "main")

    def keep_addresses(self) -> "subprocess.CompletedProcess[str]":
        steps = workflow(self.checkout / ".github/workflows/pages.yml")["jobs"]["build"]["steps"]
        script = next(step["run"] for step in steps if step.get("name") == "Keep new addresses")
        environment = {
            "TOKEN": "secret",
            "GITHUB_SERVER_URL": "https://github.invalid",
            "GITHUB_REPOSITORY": "owner/dossiers",
            "GITHUB_REF": "refs/heads/main",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.hub}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.invalid/owner/dossiers",
        }
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=self.checkout,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def published(self) -> list[str]:
        return git(self.hub, "ls-tree", "-r", "--name-only", "main").splitlines()


def test_new_addresses_are_pushed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    ledger = repository.checkout / "content" / "permalinks" / "parties.tsv"
    ledger.parent.mkdir()
    ledger.write_text("quillfeather-capital-lp\n")
    (repository.checkout / "public").mkdir()
    (repository.checkout / "public" / "index.html").write_text("built")
    assert repository.keep_addresses().returncode == 0
    assert "content/permalinks/parties.tsv" in repository.published()
    assert "public/index.html" not in repository.published()


def test_without_new_addresses_nothing_is_pushed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    before = git(repository.hub, "rev-parse", "main")
    done = repository.keep_addresses()
    assert (done.returncode, done.stdout.strip()) == (0, "No new addresses.")
    assert git(repository.hub, "rev-parse", "main") == before


def test_addresses_that_cannot_be_pushed_stop_the_publication_and_name_the_command(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    (repository.hub / "hooks" / "pre-receive").write_text("#!/bin/sh\nexit 1\n")
    (repository.hub / "hooks" / "pre-receive").chmod(0o755)
    ledger = repository.checkout / "content" / "permalinks" / "parties.tsv"
    ledger.parent.mkdir()
    ledger.write_text("quillfeather-capital-lp\n")
    done = repository.keep_addresses()
    assert done.returncode == 1
    assert "::error " in done.stdout
    assert "sitegen build && git add content/permalinks && git commit" in done.stdout
