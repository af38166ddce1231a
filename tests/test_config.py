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
        ('base_url = "example.org"', "is no web address"),
        ('theme = "nowhere"', "theme 'nowhere' not found"),
        ('output = "content/public"', "lies inside the content folder"),
        ('output = "."', "holds the content folder"),
        ('content = "elsewhere"', "no content folder"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cure(site: Path, settings: str, said: str) -> None:
    (site / "sitegen.toml").write_text(settings + "\n")
    with pytest.raises(UsageError, match=said):
        load(site)


def test_a_settings_file_that_is_named_must_exist(site: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read"):
        load(site, site / "other.toml")
