"""Workers: the same site however many there are; one that dies costs at most its own file; none is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import at_fault
import corpus
import pytest

import sitegen.parse
from sitegen import exhibits, press
from sitegen import workers as crew
from sitegen.build import Result, build
from sitegen.cli import main
from sitegen.config import load
from sitegen.workers import WorkerDiedError, Workers, ahead, cores

LOW = "from sitegen import exhibits, press; exhibits.WORTH_WORKERS = press.WORTH_WORKERS = 1; "


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "content"
    corpus.write(folder, 60)
    return folder


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the least work be worth workers, and let these import what the tests do."""
    monkeypatch.setattr(exhibits, "WORTH_WORKERS", 1)
    monkeypatch.setattr(press, "WORTH_WORKERS", 1)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Note the workers that are begun."""
    noted: list[subprocess.Popen[bytes]] = []
    begin = Workers._begin
    monkeypatch.setattr(Workers, "_begin", lambda self: noted.append(one := begin(self)) or one)
    return noted


def site_of(content: Path, root: Path, exhibit: str | None = None) -> Path:
    """A site of the content, or of three exhibits with a fourth of this text in their midst."""
    if exhibit is None:
        shutil.copytree(content, root / "content")
        return root
    (root / "content").mkdir(parents=True)
    for number, place in enumerate(sorted(content.rglob("*.txt"))[:3]):
        shutil.copy(place, root / "content" / f"{number}.txt")
    (root / "content" / "1a.txt").write_text(exhibit)
    return root


def tree(site: Path) -> dict[str, str]:
    return {
        place.relative_to(site).as_posix(): sha256(place.read_bytes()).hexdigest()
        for folder in ("public", "content/permalinks")
        for place in (site / folder).rglob("*")
        if place.is_file()
    }


@pytest.fixture(scope="module")
def alone(content: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Result]:
    """What one process makes of the content."""
    site = site_of(content, tmp_path_factory.mktemp("alone"))
    result = build(load(site, jobs=1))
    return tree(site), result


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("jobs", [2, 3])
def test_the_same_site_however_many_jobs(
    content: Path,
    tmp_path: Path,
    alone: tuple[dict[str, str], Result],
    begun: list["subprocess.Popen[bytes]"],
    jobs: int,
) -> None:
    site = site_of(content, tmp_path)
    result = build(load(site, jobs=jobs))
    assert (tree(site), result) == alone
    assert len(begun) == 2 * jobs  # so many parsed, and so many rendered
    assert all(one.returncode == 0 for one in begun)


def test_one_job_and_small_work_start_no_worker(
    content: Path, tmp_path: Path, begun: list["subprocess.Popen[bytes]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(load(site_of(content, tmp_path / "small", "nothing"), jobs=8))
    monkeypatch.setattr(exhibits, "WORTH_WORKERS", 1)
    monkeypatch.setattr(press, "WORTH_WORKERS", 1)
    build(load(site_of(content, tmp_path / "one", "nothing"), jobs=1))
    assert not begun


@pytest.mark.usefixtures("few")
def test_any_executor_parses(
    content: Path, tmp_path: Path, alone: tuple[dict[str, str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    parse_file = sitegen.parse.parse_file
    monkeypatch.setattr(sitegen.parse, "parse_file", lambda path, data: parsed.append(path) or parse_file(path, data))
    site = site_of(content, tmp_path)
    with ThreadPoolExecutor(3) as executor:
        result = build(load(site, jobs=1), executor=executor)
    assert (tree(site), result) == alone
    assert len(parsed) == 60


@pytest.mark.usefixtures("few")
def test_a_file_that_its_reader_dies_of_is_named_and_the_others_are_read(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.parse.parse_file", at_fault.parse_file)
    site = site_of(content, tmp_path / "site", "Fatalwick LLC")
    monkeypatch.chdir(site)
    assert main(["build", "--jobs", "2", "--strict"]) == 1
    assert "3 agreements" in capsys.readouterr().out
    review = "".join(place.read_text() for place in (site / "public" / "review").rglob("*.html"))
    assert "1a.txt was not read: the process that parsed it ended, twice." in review
    # Nothing of it is kept: once it can be read, it is.
    monkeypatch.undo()
    assert build(load(site)).counts.findings["error"] == 0


@pytest.mark.usefixtures("few")
def test_a_worker_that_is_killed_once_costs_nothing(
    content: Path, tmp_path: Path, alone: tuple[dict[str, str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KILLED", str(tmp_path / "killed"))
    monkeypatch.setattr("sitegen.parse.parse_file", at_fault.parse_once_killed)
    site = site_of(content, tmp_path / "site")
    assert (build(load(site, jobs=2)), tree(site)) == (alone[1], alone[0])
    assert (tmp_path / "killed").exists()


@pytest.mark.usefixtures("few")
def test_pages_that_a_worker_dies_of_are_made_without_it(
    content: Path,
    tmp_path: Path,
    alone: tuple[dict[str, str], Result],
    begun: list["subprocess.Popen[bytes]"],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "_make_batch", at_fault.make_batch)
    site = site_of(content, tmp_path)
    assert (build(load(site, jobs=2)), tree(site)) == (alone[1], alone[0])
    assert any(one.returncode == -signal.SIGKILL for one in begun)


@pytest.mark.usefixtures("few")
def test_a_template_s_fault_is_told_as_without_workers(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_of(content, tmp_path / "site", "nothing")
    shutil.copytree(Path(__file__).parents[1] / "themes" / "dossier", site / "own")
    (site / "own" / "templates" / "party.html").write_text("{{ view.nowhere }}")
    monkeypatch.chdir(site)
    told = []
    for jobs in "12":
        assert main(["build", "--clean", "--theme", "own", "--jobs", jobs]) == 2
        told.append(capsys.readouterr().err)
    assert "party.html:1" in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("when", [".sitegen/catalogue.db-wal", "public/*/*/index.html"])
def test_ctrl_c_ends_all_at_once_and_the_next_build_goes_on(
    content: Path, tmp_path: Path, alone: tuple[dict[str, str], Result], when: str
) -> None:
    site = site_of(content, tmp_path)
    code = (
        f"import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); {LOW}"
        "from sitegen.cli import main; sys.exit(main(['build', '--quiet', '--jobs', '3']))"
    )
    words = [sys.executable, "-c", code]
    running = subprocess.Popen(words, cwd=site, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not next(site.glob(when), None) and running.poll() is None:
        time.sleep(0.002)
    time.sleep(0.3)  # workers are at any point of their start or work
    asked = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=60)[1]
    assert time.monotonic() - asked < 10  # 0.1 s; a busy machine takes longer
    assert running.returncode == 130
    assert said == "sitegen: error: stopped. What was done is kept, and the next build goes on from there.\n"
    assert is_empty(running.pid)
    build(load(site))
    assert tree(site) == alone[0]


def is_empty(group: int) -> bool:
    """Say whether no process of a group is left, a moment after its first has ended."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_workers_end_with_a_caller_that_is_killed() -> None:
    code = (
        "import os, sys; from sitegen.workers import Workers; import at_fault; workers = Workers(2); "
        "[workers.submit(at_fault.own_process).result() for _ in range(2)]; at_fault.kill_oneself()"
    )
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path}, start_new_session=True)
    assert done.wait(timeout=60) == -signal.SIGKILL
    assert is_empty(done.pid)


@pytest.mark.usefixtures("few")
def test_a_death_fails_its_own_call_and_the_next_finds_a_new_process() -> None:
    with Workers(1) as workers:
        first = workers.submit(at_fault.own_process)
        fatal = workers.submit(at_fault.kill_oneself)
        last = workers.submit(at_fault.own_process)
        with pytest.raises(WorkerDiedError):
            fatal.result()
        assert first.result() != last.result()


@pytest.mark.usefixtures("few")
def test_an_error_of_the_work_is_raised_and_its_process_goes_on() -> None:
    with Workers(1) as workers:
        first = workers.submit(at_fault.own_process)
        with pytest.raises(ValueError, match="no quills"):
            workers.submit(at_fault.refuse, "no quills").result()
        assert list(workers.map(at_fault.own_process, range(2))) == [first.result()] * 2


@pytest.mark.usefixtures("few")
def test_leaving_by_an_exception_ends_work_that_would_never_end(
    tmp_path: Path, begun: list["subprocess.Popen[bytes]"]
) -> None:
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:  # noqa: PT012 -- what is begun is the point
        waiting = [workers.submit(at_fault.wait_for_ever, str(tmp_path)) for _ in range(5)]
        while len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert all(one.done() for one in waiting)
    assert [one.returncode for one in begun] == [-signal.SIGKILL] * 2


def test_little_is_begun_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    def begin(number: int) -> int:
        started.append(number)
        return number

    lead = [len(started) - number for number in ahead(map(begin, range(20)), 3)]
    assert max(lead) == 4
    monkeypatch.setattr(crew, "_HELD", 10)
    started.clear()
    heavy = [len(started) - number for number in ahead(map(begin, range(20)), 15, lambda _: 4)]
    assert max(heavy) == 3
    assert started == list(range(20))


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5"])
def test_a_number_of_jobs_is_one_or_more(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["build", "--jobs", jobs])
    assert "is no number of processes; give 1 or more" in capsys.readouterr().err


def test_the_settings_say_how_many_jobs_and_the_command_line_wins(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert load(tmp_path).jobs == cores()
    (tmp_path / "sitegen.toml").write_text("jobs = 3")
    assert load(tmp_path).jobs == 3
    assert load(tmp_path, jobs=5).jobs == 5
    (tmp_path / "sitegen.toml").write_text("jobs = 0")
    with pytest.raises(Exception, match=r"jobs is 0\. Write 1 or more"):
        load(tmp_path)
