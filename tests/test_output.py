"""The output folder: only what differs is written, only own files are deleted."""

from pathlib import Path

import pytest

from sitegen.export.manifest import NAME, manifest_files, own_files
from sitegen.render.output import Output, OutputError


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_equal_bytes_are_not_written_again(tmp_path: Path) -> None:
    first = Output(tmp_path).write("a/index.html", b"one")
    before = (tmp_path / "a/index.html").stat()
    output = Output(tmp_path)
    assert output.write("a/index.html", b"one") == first
    assert output.changed == []
    assert (tmp_path / "a/index.html").stat().st_ino == before.st_ino


def test_folders_that_a_deleted_file_leaves_empty_go_with_it(tmp_path: Path) -> None:
    put(tmp_path, {"old/page/index.html": b"ours", "old/theirs.txt": b"theirs", "CNAME": b"example.org"})
    output = Output(tmp_path)
    output.remove("old/page/index.html")
    output.remove("gone/index.html")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["CNAME", "old", "theirs.txt"]
    assert output.changed == ["old/page/index.html"]


def test_a_file_of_someone_else_in_the_way_stops_the_build(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": b"theirs"})
    with pytest.raises(OutputError, match=r"was not made by sitegen"):
        Output(tmp_path).check_free(["index.html"])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    put(tmp_path, {"a": b"a file where a folder must be"})
    with pytest.raises(OutputError, match=r"could not be written"):
        Output(tmp_path).write("a/index.html", b"page")


def test_a_manifest_names_own_files_also_in_shards(tmp_path: Path) -> None:
    pages = {f"parties/p{number}/index.html": "0" * 64 for number in range(12_000)}
    files = dict(manifest_files({"exhibits/a.txt": "1" * 64}, pages))
    put(tmp_path, files)
    assert len(files) > 1
    assert own_files(tmp_path) == {*pages, *files}


def test_a_manifest_cannot_name_files_outside(tmp_path: Path) -> None:
    put(tmp_path, dict(manifest_files({}, {"../secret": "0" * 64, "/etc/x": "0" * 64, "ok.html": "0" * 64})))
    assert own_files(tmp_path) == {NAME, "ok.html"}


def test_a_damaged_manifest_owns_nothing(tmp_path: Path) -> None:
    put(tmp_path, {NAME: b"{"})
    assert own_files(tmp_path) == set()
