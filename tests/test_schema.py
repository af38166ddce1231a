"""Every data twin is what its JSON Schema says, and keeps the promises about nulls, strings and lines."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from exhibits import exhibit
from jsonschema import Draft202012Validator

from sitegen.build import build
from sitegen.config import load
from sitegen.export.schemas import SCHEMA_FILES

CONTENT = Path(__file__).parents[1] / "content"
SECOND = """JOINT FILING AGREEMENT

The undersigned agree to file this statement jointly.

QUILLFEATHER CAPITAL, LLC

By: /s/ Ada Testperson
Name: Ada Testperson
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with pages of all kinds: a rich agreement, a bare one, two successive ones, and one withdrawn."""
    folder = tmp_path_factory.mktemp("schema")
    exhibits = folder / "content" / "exhibits"
    exhibits.mkdir(parents=True)
    (folder / "content" / "pages").symlink_to(CONTENT / "pages")
    (exhibits / "hanaro.txt").write_bytes((CONTENT / "exhibits" / "hanaro-2003.txt").read_bytes())
    (exhibits / "bare.txt").write_text(SECOND)
    for year in (2001, 2003):
        blocks = [("Quillfeather Capital, LLC", "Ada Testperson"), ("Ada Testperson", "Ada Testperson")]
        (exhibits / f"{year}.txt").write_text(exhibit("Plainly Invented Mills, Inc.", f"March 1, {year}", blocks))
    (exhibits / "gone.txt").write_text(SECOND.replace("CAPITAL", "VENTURES"))
    build(load(folder))
    (exhibits / "gone.txt").unlink()
    build(load(folder))
    return folder / "public"


def twins(public: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted(public.rglob("index.json")):
        yield path.relative_to(public), json.loads(path.read_text(encoding="utf-8"))


def test_every_twin_is_valid_and_every_shape_occurs(public: Path) -> None:
    validators = {}
    for name, file in SCHEMA_FILES.items():
        schema = json.loads((public / "data" / "schema" / file).read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validators[name] = Draft202012Validator(schema)
    seen = {"sitegen/manifest/1"}
    for path, data in twins(public):
        name = str(data["schema"])
        seen.add(name)
        problems = [error.message for error in validators[name].iter_errors(data)]
        assert problems == [], path
    manifest = json.loads((public / "manifest.json").read_text(encoding="utf-8"))
    assert validators["sitegen/manifest/1"].is_valid(manifest)
    assert seen == set(SCHEMA_FILES)


def test_every_page_but_source_and_graph_has_a_twin(public: Path) -> None:
    for page in public.rglob("index.html"):
        alone = page.parent.name in {"source", "graph"}
        assert page.with_name("index.json").exists() is not alone, page


def walk(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, dict):
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def test_no_string_is_empty_and_every_range_of_lines_is_in_the_source(public: Path) -> None:
    for path, data in twins(public):
        assert "" not in [value for value in walk(data) if isinstance(value, str)], path
        if data["schema"] != "sitegen/agreement/1":
            continue
        lines = data["source"]["lines"]
        assert len((public / path).with_name("source.txt").read_text(encoding="utf-8").splitlines()) == lines
        ranges = [
            inner["lines"] for inner in walk(data) if isinstance(inner, dict) and isinstance(inner.get("lines"), list)
        ]
        assert ranges
        assert all(1 <= first <= last <= lines for first, last in ranges), path
