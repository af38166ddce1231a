"""Settings: found, checked, and overruled by the command line."""

from pathlib import Path

import pytest

from sitegen.config import load
from sitegen.model.failure import UsageError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def test_without_settings_the_defaults_hold(site: Path) -> None:
    config = load(site)
    assert (config.content, config.output) == (site / "content", site / "public")
    assert config.base_url is None


def test_own_file_comes_before_the_projects(site: Path) -> None:
    (site / "pyproject.toml").write_text('[tool.sitegen]\ntitle = "Theirs"\n')
    assert load(site).title == "Theirs"
    (site / "sitegen.toml").write_text('title = "Ours"\n')
    assert load(site).title == "Ours"


def test_the_command_line_wins(site: Path) -> None:
    (site / "sitegen.toml").write_text('base_url = "https://example.org/a"\n')
    assert load(site).base_url == "https://example.org/a/"
    assert load(site, base_url="https://example.org/b/").base_url == "https://example.org/b/"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('titel = "x"', "did you mean 'title'"),
        ("zzz = 1", "known settings"),
        ("title = 1", "Expected `str`"),
        ("title = ", "not valid TOML"),
        ("title = " + "[" * 5000, "not valid TOML"),
        ("title = " + "9" * 5000, "not valid TOML"),
        ('base_url = "example.org"', "is no web address"),
        ('base_url = "http://[x"', "is no web address"),
        ('base_url = "http://℀"', "is no web address"),
        ('theme = "nowhere"', "theme 'nowhere' not found"),
        ('output = "content/public"', "lies inside the content folder"),
        ('output = "."', "holds the content folder"),
        ('content = "elsewhere"', "no content folder"),
        (f'content = "{"x" * 5000}"', "no content folder"),
        (f'theme = "{"x" * 5000}"', "not found"),
        (r'content = "a\u0000"', "names no folder"),
        (r'output = "a\u0000"', "names no folder"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cure(site: Path, settings: str, said: str) -> None:
    (site / "sitegen.toml").write_text(settings + "\n")
    with pytest.raises(UsageError, match=said):
        load(site)


@pytest.mark.parametrize(
    ("project", "said"),
    [("[tool]\nsitegen = 3", "below a line"), ("[[tool.sitegen]]", "below a line"), ("tool = 3", None)],
)
def test_a_project_file_that_means_something_else_by_its_tables_is_no_accident(
    site: Path, project: str, said: str | None
) -> None:
    (site / "pyproject.toml").write_text(project + "\n")
    if said is None:
        assert load(site).file is None
    else:
        with pytest.raises(UsageError, match=said):
            load(site)


def test_a_settings_file_that_is_named_must_exist(site: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read"):
        load(site, site / "other.toml")
