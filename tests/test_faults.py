"""Faults of the disk, the system and the people at it: nothing is lost, it is said what to do, the next build heals.

After each fault one law holds: the next build gives the very site that a clean build of the same content gives.
"""

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from browser.specimens import exhibit

from sitegen import build as building
from sitegen.build import build
from sitegen.cli import main
from sitegen.config import load
from sitegen.content import append_rows, load_ledgers
from sitegen.identity.ledger import Row
from sitegen.render.output import OutputError

NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of ten exhibits that was not built yet; the command line works in it."""
    root = tmp_path / "site"
    monkeypatch.chdir(put(root))
    return root


def put(root: Path) -> Path:
    exhibits = root / "content" / "exhibits"
    exhibits.mkdir(parents=True)
    for day, number in enumerate(NUMBERS, 1):
        parties = (f"Quillfeather {number}, L.P.", f"Inkwell {number} LLC", "Ada Testperson")
        (exhibits / f"{number.lower()}.txt").write_text(exhibit(f"Paper {number}, Inc.", f"March {day}, 2010", parties))
    return root


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def clean(site: Path) -> dict[str, str]:
    """The files of a clean build of a site's content, ledger included."""
    fresh = site.with_name("fresh")
    shutil.copytree(site / "content", fresh / "content")
    build(load(fresh))
    made = tree(fresh / "public")
    shutil.rmtree(fresh)
    return made


def heals(site: Path, *options: str) -> bool:
    """Build once more; say whether the site is now what a clean build would make of its content."""
    assert main(["build", "--quiet", *options]) == 0
    return tree(site / "public") == clean(site)


def edit(site: Path) -> None:
    """Let every page of an exhibit, and all indexes, change."""
    place = site / "content" / "exhibits" / "one.txt"
    place.write_text(place.read_text().replace("Inkwell One LLC", "Blotting One LLC").replace("INKWELL", "BLOTTING"))


def command(*arguments: str) -> list[str]:
    """The command line in a process of its own, with the rights of an ordinary user."""
    words = [sys.executable, "-m", "sitegen", *arguments]
    if os.geteuid() != 0:
        return words
    if shutil.which("setpriv") is None:
        pytest.skip("root may write and read everywhere, and setpriv is not here to take that right away")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *words]


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=site, capture_output=True, text=True, check=False, timeout=60)


# --- Disks -----------------------------------------------------------------------------------------------------------


def fill_disk(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the disk take `after` more files and half of another."""
    write = Path.write_bytes
    left = [after]

    def full(place: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            write(place, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
        return write(place, data)

    monkeypatch.setattr(Path, "write_bytes", full)


@pytest.mark.parametrize("after", [0, 1, 40])
def test_a_full_disk_leaves_whole_pages_only_and_the_next_build_writes_the_rest(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], after: int
) -> None:
    with monkeypatch.context() as disk:
        fill_disk(disk, after)
        assert main(["build", "--quiet"]) == 3
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert f"{site}/public/" in said
    assert "build again" in said
    made = tree(site / "public")
    made.pop("manifest.json", None)  # of a first build, it names the files before they are there
    assert made.items() <= clean(site).items()
    assert heals(site)


@pytest.mark.parametrize("after", [0, 3])
def test_a_disk_that_fills_up_over_a_good_site_leaves_each_page_old_or_new(
    site: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    build(load(site))
    before = tree(site / "public")
    edit(site)
    with monkeypatch.context() as disk:
        fill_disk(disk, after)
        assert main(["build", "--quiet"]) == 3
    new = clean(site)
    for path, digest in tree(site / "public").items():
        assert digest in {before.get(path), new.get(path)}, path
    assert heals(site)


@pytest.mark.parametrize("kilobytes", [4, 100, 200])
def test_a_disk_too_full_for_the_catalogue_is_said(site: Path, kilobytes: int) -> None:
    limit = (kilobytes << 10, kilobytes << 10)
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from sitegen.cli import main; sys.exit(main(['build']))"],
        cwd=site,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert f"{site}/.sitegen/catalogue.db could not be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert heals(site)


def test_a_ledger_that_the_disk_cannot_take_is_left_without_half_a_line(site: Path) -> None:
    append_rows(site / "content", "parties", [Row("quillfeather", "quillfeather", None, "2026-01-01")])
    place = site / "content" / "permalinks" / "parties.tsv"
    before = place.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            append_rows(site / "content", "parties", [Row("inkwell", "inkwell", None, "2026-01-01")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert place.read_bytes() == before
    assert heals(site)


def test_output_that_cannot_be_written_is_named_and_stays(site: Path) -> None:
    build(load(site))
    before = tree(site / "public")
    folders = [site / "public", *(path for path in (site / "public").rglob("*") if path.is_dir())]
    edit(site)
    for folder in folders:
        folder.chmod(0o555)
    done = run(site, "build", "--quiet")
    assert done.returncode == 3
    assert "Permission denied" in done.stderr
    assert "mend the folder's permissions" in done.stderr
    assert tree(site / "public") == before
    for folder in folders:
        folder.chmod(0o755)
    assert heals(site)


def test_output_on_another_device_is_written_like_any_other(site: Path) -> None:
    shared = Path("/dev/shm")  # noqa: S108  a device of its own on Linux
    if not shared.is_dir() or shared.stat().st_dev == site.stat().st_dev:
        pytest.skip("this system has no second device to write to")
    output = shared / f"sitegen-{os.getpid()}"
    try:
        assert main(["build", "--quiet", "--output", str(output)]) == 0
        edit(site)
        assert main(["build", "--quiet", "--output", str(output)]) == 0
        assert tree(output) == clean(site)
    finally:
        shutil.rmtree(output)


# --- What is there goes away -----------------------------------------------------------------------------------------


def at(step: str, number: int, do: Callable[[], object]) -> building.Progress:
    """Do something once, in the middle of a build."""

    def progress(what: str, done: int, _: int) -> None:
        if (what, done) == (step, number):
            do()

    return progress


def test_an_output_folder_deleted_in_mid_build_is_no_site_that_was_built(site: Path) -> None:
    with pytest.raises(OutputError, match=r"public was deleted .* Build again"):
        build(load(site), at("Writing", 20, lambda: shutil.rmtree(site / "public")))
    assert heals(site)


def test_an_exhibit_that_goes_while_others_are_read_is_said_and_takes_nothing_with_it(site: Path) -> None:
    build(load(site))
    two = site / "content" / "exhibits" / "two.txt"
    result = build(load(site, clean=True), at("Reading", 2, two.unlink))
    assert result.counts.findings["error"] == 1
    assert heals(site)


@pytest.mark.parametrize("folder", ["content", "content/exhibits"])
def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(site: Path, folder: str) -> None:
    build(load(site))
    before = tree(site / "public")
    (site / folder).chmod(0o300)
    try:
        done = run(site, "build", "--quiet")
        checked = run(site, "check")
    finally:
        (site / folder).chmod(0o755)
    for said in (done, checked):
        assert said.returncode == 3
        assert f"{site}/{folder} cannot be read: Permission denied" in said.stderr
    assert tree(site / "public") == before
    assert heals(site)


# --- The catalogue and the ledger ------------------------------------------------------------------------------------


def test_a_catalogue_with_a_spoilt_page_is_made_anew(site: Path) -> None:
    build(load(site))
    whole = clean(site)
    place = site / ".sitegen" / "catalogue.db"
    good = place.read_bytes()
    for start in range(0, len(good), 5 * 4096):
        place.write_bytes(good[:start] + b"\xaa" * 4096 + good[start + 4096 :])
        assert main(["build", "--quiet"]) == 0
        assert tree(site / "public") == whole, start


@pytest.mark.parametrize("spoil", ["PRAGMA user_version = 12345", "DROP TABLE party", "DELETE FROM file"])
def test_a_catalogue_of_another_version_is_made_anew(site: Path, spoil: str) -> None:
    build(load(site))
    with sqlite3.connect(site / ".sitegen" / "catalogue.db") as db:
        db.execute(spoil)
    db.close()
    assert heals(site)


def test_a_catalogue_that_cannot_be_opened_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ".sitegen" / "catalogue.db").mkdir(parents=True)
    assert main(["build", "--quiet"]) == 3
    assert f"{site}/.sitegen/catalogue.db could not be used: unable to open database file" in capsys.readouterr().err
    (site / ".sitegen" / "catalogue.db").rmdir()
    assert heals(site)


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-9], lambda data: b"\xff\xfe" + data, lambda data: data.replace(b"\t", b" ", 1)],
    ids=["cut short", "bytes that are no text", "a space for a tab"],
)
def test_a_damaged_ledger_is_named_with_its_line_and_nothing_is_written(
    site: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[bytes], bytes]
) -> None:
    build(load(site))
    before = tree(site / "public")
    ledger = site / "content" / "permalinks" / "parties.tsv"
    good = ledger.read_bytes()
    ledger.write_bytes(damage(good))
    edit(site)
    assert main(["build", "--quiet"]) == 3
    said = capsys.readouterr().err
    assert "permalinks/parties.tsv, line " in said
    assert "Restore the file from git" in said
    assert tree(site / "public") == before
    ledger.write_bytes(good)
    assert heals(site)


def test_a_clock_that_went_backwards_changes_no_page_and_no_order_of_addresses(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(load(site))
    published = {kind: [row.slug for row in ledger.rows] for kind, ledger in load_ledgers(site / "content").items()}
    monkeypatch.setattr(building, "_today", lambda: "1999-12-31")
    edit(site)
    future = time.time() + 86_400
    os.utime(site / "content" / "exhibits" / "two.txt", (future, future))
    assert heals(site)
    for kind, ledger in load_ledgers(site / "content").items():
        assert [row.slug for row in ledger.rows][: len(published[kind])] == published[kind]


def test_an_edit_that_leaves_size_and_time_as_they_were_is_seen(site: Path) -> None:
    build(load(site))
    place = site / "content" / "exhibits" / "one.txt"
    status = place.stat()
    place.write_text(place.read_text().replace("Ada Testperson", "Eda Testperson").replace("ADA", "EDA"))
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert place.stat().st_size == status.st_size
    assert heals(site)
    assert (site / "public" / "signers" / "eda-testperson" / "index.html").exists()


# --- Two at once, and kills ------------------------------------------------------------------------------------------


def start(site: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a build; Ctrl-C reaches it, also where a test run in the background would ignore it."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from sitegen.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, "build", "--quiet", *arguments]
    return subprocess.Popen(words, cwd=site, stderr=subprocess.PIPE, text=True)


def finish(running: Sequence["subprocess.Popen[str]"]) -> list[tuple[int, str]]:
    return [(one.wait(timeout=60), one.communicate()[1]) for one in running]


def test_builds_at_once_in_one_folder_wait_for_each_other(site: Path) -> None:
    done = finish([start(site) for _ in range(3)])
    assert [status for status, _ in done] == [0, 0, 0]
    assert any("Another build of this site, or of its content, is running" in said for _, said in done)
    assert tree(site / "public") == clean(site)


def test_two_sites_of_one_content_folder_never_write_one_line_of_its_ledger_twice(site: Path) -> None:
    other = site.with_name("other")
    other.mkdir()
    content = ["--content", str(site / "content")]
    done = finish([start(site), start(other, *content), start(other, *content)])
    assert [status for status, _ in done] == [0, 0, 0]
    for kind, ledger in load_ledgers(site / "content").items():
        slugs = [row.slug for row in ledger.rows]
        assert len(slugs) == len(set(slugs)), kind
    assert tree(site / "public") == tree(other / "public") == clean(site)


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["content/permalinks/*", ".sitegen/catalogue.db", "public/index.html", "public/*/*/*"])
def test_a_build_that_is_killed_is_finished_by_the_next(site: Path, kill: signal.Signals, when: str) -> None:
    running = start(site)
    while not next(site.glob(when), None) and running.poll() is None:
        time.sleep(0.002)
    killed = time.monotonic()
    running.send_signal(kill)
    ((status, said),) = finish([running])
    assert time.monotonic() - killed < 5  # 0.1 s; a busy machine takes longer
    if kill is signal.SIGINT and status != 0:
        assert status == 130
        assert said == "sitegen: error: stopped. What was done is kept, and the next build goes on from there.\n"
    assert heals(site)


def test_a_killed_build_and_a_deleted_catalogue_leave_a_folder_that_is_still_the_site_s_own(site: Path) -> None:
    # Called as the signal calls it: a test run started in the background ignores the signal itself.
    with pytest.raises(KeyboardInterrupt):
        build(load(site), at("Writing", 20, lambda: signal.default_int_handler(signal.SIGINT, None)))
    shutil.rmtree(site / ".sitegen")
    assert heals(site)


# --- Names -----------------------------------------------------------------------------------------------------------

ODD = ['O\'Brien & "Sons" <i>', "two  spaces ", "実験", "line\nfeed", "-dash", os.fsdecode(b"caf\xe9"), "%41#x?y=1"]


@pytest.mark.parametrize("name", ODD)
def test_a_project_content_and_output_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    root = put(tmp_path / name)
    monkeypatch.chdir(root)
    (root / "content" / "exhibits").rename(root / "content" / name)
    (root / "content" / name / "one.txt").rename(root / "content" / name / f"{name}.txt")
    (root / "content").rename(root / f"{name}s")
    words = [f"--content={name}s", f"--output={name}"]
    done = run(root, "build", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "10 agreements" in done.stdout
    again = run(root, "build", *words)
    assert "0 files written" in again.stdout
    assert run(root, "check", f"--content={name}s").returncode == 0
    assert (root / name / "index.html").exists()


def test_a_name_as_long_as_the_system_takes_is_read(site: Path) -> None:
    exhibits = site / "content" / "exhibits"
    (exhibits / "one.txt").rename(exhibits / f"{'x' * 251}.txt")
    assert heals(site)


def test_a_path_longer_than_the_system_takes_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(load(site))
    before = tree(site / "public")
    os.chdir(site / "content")
    for _ in range(25):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    Path("deep.txt").write_text("an exhibit that nobody can open by its path")
    os.chdir(site)
    assert main(["build", "--quiet"]) == 3
    assert "File name too long" in capsys.readouterr().err
    assert tree(site / "public") == before
    shutil.rmtree(site / "content" / ("d" * 200))
    assert heals(site)


def test_an_output_folder_longer_than_the_system_takes_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--quiet", "--output", "/".join(["p" * 200] * 20)]) == 3
    assert "File name too long" in capsys.readouterr().err
    assert heals(site)


@pytest.mark.parametrize("arguments", [["build"], ["check"], ["rules"]])
def test_a_full_disk_under_standard_output_is_said(site: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "sitegen", *arguments]
        done = subprocess.run(words, cwd=site, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    said = "sitegen: error: standard output: No space left on device. Mend that and run the command again.\n"
    assert (done.returncode, done.stderr) == (3, said)
