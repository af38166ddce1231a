"""The documents are true: every command, option, setting, finding code and field of the data is in them."""

import argparse
import re
from pathlib import Path

import msgspec
import pytest

from sitegen.cli import _parser
from sitegen.config import Settings
from sitegen.content import EXHIBIT_SUFFIXES
from sitegen.export import across_shapes, shapes
from sitegen.model.findings import RULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIELDS = (ROOT / "sitegen" / "export" / "README.md").read_text(encoding="utf-8")
EVERYWHERE = {"schema", "id", "url", "lines"}


def commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = [action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(action.choices)


def test_every_command_and_no_other_is_in_the_readme() -> None:
    assert set(re.findall(r"^\| `sitegen (\w+)", README, re.MULTILINE)) == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_of_a_command_is_in_the_readme(name: str) -> None:
    options = {word for action in commands()[name]._actions for word in action.option_strings if word.startswith("--")}
    assert options
    assert [option for option in options if not re.search(rf"{option}\b", README)] == []


def test_every_option_of_the_readme_exists() -> None:
    known = {
        word
        for parser in (_parser(), *commands().values())
        for action in parser._actions
        for word in action.option_strings
    }
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known


def test_every_setting_stands_with_its_default() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)` \| (\S.*?) \|", README.split("## Settings")[1].split("\n## ")[0], re.MULTILINE)
    )
    assert set(rows) == set(Settings.__struct_fields__)
    for name, default in zip(Settings.__struct_fields__, Settings.__struct_defaults__, strict=True):
        said = {None: "–", (): "–", True: "`true`", False: "`false`"}.get(default, f'`"{default}"`')
        assert rows[name] == said, name


def test_every_finding_stands_with_its_severity_and_title() -> None:
    table = README.split("<!-- findings -->")[1].split("<!-- /findings -->")[0]
    rows = "".join(f"| `{rule.code}` | {rule.severity} | {rule.title} |\n" for rule in RULES.values())
    assert table.strip() == f"| code | severity | finding |\n|---|---|---|\n{rows}".strip()


def test_no_code_stands_twice_in_the_table() -> None:
    codes = re.findall(r'Rule\(\s*"(SG\d{3})"', (ROOT / "sitegen/model/findings.py").read_text(encoding="utf-8"))
    assert sorted(codes) == list(RULES)


def test_findings_are_in_order_and_say_how_to_settle_them() -> None:
    assert list(RULES) == sorted(RULES)
    for rule in RULES.values():
        assert rule.severity in {"error", "warning", "note"}, rule.code
        assert rule.meaning.endswith("."), rule.code
        assert rule.settle == "" or rule.settle.endswith("."), rule.code


@pytest.mark.parametrize("suffix", sorted(EXHIBIT_SUFFIXES))
def test_every_ending_that_is_read_is_in_the_readme(suffix: str) -> None:
    assert f"`{suffix}`" in README


def test_the_commit_hook_runs_a_command_that_exists_on_every_kind_of_exhibit() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^  entry: sitegen (\w+)$", hook, re.MULTILINE)
    (files,) = re.findall(r"^  files: (\S+)$", hook, re.MULTILINE)
    assert entry in commands()
    assert {suffix for suffix in EXHIBIT_SUFFIXES if re.search(files, f"a{suffix}")} == EXHIBIT_SUFFIXES - {".pdf"}


SHAPES = [
    shape
    for module in (shapes, across_shapes)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct) and shape.__module__ == module.__name__
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_of_a_twin_is_documented(shape: type[msgspec.Struct]) -> None:
    section = FIELDS.split(f"## {shape.__name__}\n")[1].split("\n## ")[0]
    said = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    assert said <= set(shape.__struct_fields__)
    assert set(shape.__struct_fields__) - EVERYWHERE <= said


@pytest.mark.parametrize("page", ["README.md", "sitegen/README.md", "themes/README.md", "tests/README.md"])
def test_links_between_documents_lead_somewhere(page: str) -> None:
    place = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)", place.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (place.parent / target).exists(), target


def test_every_module_that_the_architecture_names_exists() -> None:
    page = (ROOT / "sitegen" / "README.md").read_text(encoding="utf-8")
    paths = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.(?:py|sql))`", page))
    assert paths
    missing = [
        path for path in paths if not any((ROOT / "sitegen" / base / path).exists() for base in ("", "catalogue"))
    ]
    assert missing == []
