"""Watching: when a change leads to a build, and when it does not."""

import contextlib
import errno
import os
import queue
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import watchdog
from hypothesis import given
from hypothesis import strategies as st
from watchdog.observers import Observer

from sitegen import observer, watch
from sitegen.changes import GATHER, GONE, PATIENCE, Change, Places, State, bursts
from sitegen.config import Config, load
from sitegen.content import is_scratch
from sitegen.model.failure import UsageError

SETTLE = 1.0
EXHIBIT = Path("/site/content/exhibits/quillfeather.txt")
OTHER = Path("/site/content/exhibits/testperson.txt")


class Script:
    """Notices that happen at given seconds of a clock that only waiting moves on; their end ends the watch."""

    settle = SETTLE

    def __init__(self, *script: tuple[float, Path, State]) -> None:
        self.now = 0.0
        self.script = list(script)

    def clock(self) -> float:
        return self.now

    def next(self, timeout: float | None) -> Change | None:
        if not self.script and timeout is None:
            raise EOFError
        if self.script and (timeout is None or self.script[0][0] <= self.now + timeout):
            when, path, state = self.script.pop(0)
            self.now = max(self.now, when)
            return Change(path, state)
        self.now += timeout or 0.0
        return None


def played(*script: tuple[float, Path, State], build: float = 0.0) -> list[tuple[float, set[str]]]:
    """The bursts of a script: at which second, and which file names; each build takes `build` seconds."""
    notices, seen = Script(*script), []
    with contextlib.suppress(EOFError):
        for paths in bursts(notices, notices.clock):
            seen.append((round(notices.now, 6), {path.name for path in paths}))
            notices.now += build
    return seen


def test_a_saved_file_is_built_in_the_moment_it_is_closed() -> None:
    assert played((5.0, EXHIBIT, State.GROWING), (5.001, EXHIBIT, State.WHOLE)) == [(5.001, {"quillfeather.txt"})]


def test_a_file_that_is_still_being_copied_waits_until_its_writer_closes_it() -> None:
    copied = [(0.3 * step, EXHIBIT, State.GROWING) for step in range(20)]
    assert played(*copied, (6.0, EXHIBIT, State.WHOLE)) == [(6.0, {"quillfeather.txt"})]


def test_a_file_that_is_never_closed_is_built_when_it_no_longer_grows() -> None:
    assert played((0.0, EXHIBIT, State.GROWING), (0.4, EXHIBIT, State.GROWING)) == [
        (0.4 + SETTLE, {"quillfeather.txt"})
    ]


def test_a_file_half_copied_holds_up_the_one_beside_it_since_a_build_would_read_both() -> None:
    assert played((0.0, EXHIBIT, State.GROWING), (0.0, OTHER, State.WHOLE), (0.7, EXHIBIT, State.WHOLE)) == [
        (0.7, {"quillfeather.txt", "testperson.txt"})
    ]


def test_a_file_that_never_stops_growing_cannot_stop_the_site() -> None:
    endless = [(0.5 * step, EXHIBIT, State.GROWING) for step in range(100)]
    assert played(*endless)[0] == (PATIENCE, {"quillfeather.txt"})


def test_an_editor_that_saves_by_deleting_and_writing_anew_never_shows_a_site_without_the_file() -> None:
    assert played((0.0, EXHIBIT, State.GONE), (0.01, EXHIBIT, State.GROWING), (0.02, EXHIBIT, State.WHOLE)) == [
        (0.02, {"quillfeather.txt"})
    ]


def test_a_deleted_file_is_gone_from_the_site_a_moment_later() -> None:
    assert played((3.0, EXHIBIT, State.GONE)) == [(3.0 + GONE, {"quillfeather.txt"})]


def test_the_first_file_of_a_checkout_is_built_at_once_and_the_rest_together() -> None:
    files = [Path(f"/site/content/exhibits/{number}.txt") for number in range(500)]
    checkout = [(0.001 * number, path, State.WHOLE) for number, path in enumerate(files)]
    first, rest = played(*checkout, build=0.02)
    assert first == (0.0, {"0.txt"})
    assert rest == (round(0.499 + GATHER, 6), {path.name for path in files[1:]})


def test_changed_permissions_are_an_occasion_but_do_not_finish_a_file_that_grows() -> None:
    assert played((0.0, EXHIBIT, State.TOUCHED)) == [(0.0, {"quillfeather.txt"})]
    assert played((0.0, EXHIBIT, State.GROWING), (0.1, EXHIBIT, State.TOUCHED)) == [(SETTLE, {"quillfeather.txt"})]


@given(
    st.lists(st.tuples(st.floats(0, 60), st.sampled_from([EXHIBIT, OTHER]), st.sampled_from(State)), max_size=40),
    st.floats(0, 3),
)
def test_every_change_leads_to_a_build_that_begins_after_it(
    script: list[tuple[float, Path, State]], build: float
) -> None:
    script.sort(key=lambda step: step[0])
    built = played(*script, build=build)
    for when, path, _ in script:
        assert any(begun >= round(when, 6) and path.name in names for begun, names in built)


SCRATCH = """.quillfeather.txt.swp quillfeather.txt~ #quillfeather.txt# .#quillfeather.txt 4913 ~$exhibit.txt
exhibit.txt.tmp exhibit.pdf.crdownload exhibit.htm.part .goutputstream-A1B2C3 .DS_Store .git exhibit.txt___jb_tmp___
__pycache__"""


@pytest.mark.parametrize("name", SCRATCH.split())
def test_files_that_editors_and_browsers_leave_while_they_work_are_no_occasion(name: str) -> None:
    assert is_scratch(name)


@pytest.mark.parametrize("name", ["quillfeather-2003.txt", "0001193125-03-081234.nc", "exhibit 1.htm", "Ünïcode.TXT"])
def test_exhibits_are_an_occasion(name: str) -> None:
    assert not is_scratch(name)


def test_what_the_build_writes_is_no_occasion(tmp_path: Path) -> None:
    watched = watch.places(site(tmp_path))
    own = [
        "public/index.html",
        "public",
        ".sitegen/catalogue.db",
        ".sitegen",
        "README.md",
        "notes.txt",
        "content/.git/x",
    ]
    for path in own:
        assert not watched.counts(tmp_path / path, is_folder=False), path


def test_all_that_a_page_is_made_from_is_an_occasion(tmp_path: Path) -> None:
    watched = watch.places(site(tmp_path))
    read = [
        "content/exhibits/a.txt",
        "content/exhibits/a.txt.toml",
        "content/pages/about.md",
        "content/identities.toml",
    ]
    read += ["content/notes/parties/a.md", "themes/own/templates/party.html", "themes/own/static/site.css"]
    read += ["sitegen.toml", "pyproject.toml", "content", "content/permalinks/parties.tsv"]
    for path in read:
        assert watched.counts(tmp_path / path, is_folder=False), path
    assert watched.counts(tmp_path / "themes", is_folder=True)


# --- The whole loop, with a build that only counts -------------------------------------------------------------------


class Result(msgspec.Struct, frozen=True):
    changed: tuple[str, ...] = ()


def site(root: Path, settings: str = 'theme = "own"\n') -> Config:
    """A folder with content, a theme and settings."""
    (root / "content" / "exhibits").mkdir(parents=True, exist_ok=True)
    (root / "themes" / "own" / "templates").mkdir(parents=True, exist_ok=True)
    (root / "sitegen.toml").write_text(settings)
    return load(root)


class Told:
    """Notices that a test tells one by one; `end` ends the watch."""

    settle = SETTLE

    def __init__(self) -> None:
        self.changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self.attended: list[Places] = []

    def tell(self, path: Path, state: State = State.WHOLE) -> None:
        self.changes.put(Change(path, state))

    def next(self, timeout: float | None) -> Change | None:
        try:
            return self.changes.get_nowait()
        except queue.Empty:
            if timeout is None:
                raise EOFError from None
            return None

    def attend(self, places: Places) -> None:
        self.attended.append(places)

    @contextlib.contextmanager
    def observe(self, places: Places) -> Iterator["Told"]:
        self.attend(places)
        yield self


def loop(
    root: Path, told: Told, rebuild: Callable[[Config], Result], spoken: list[str] | None = None
) -> Iterator[watch.Attempt]:
    said = spoken if spoken is not None else []
    with contextlib.suppress(EOFError):
        yield from watch.attempts(lambda: load(root), rebuild, told.observe, said.append)


def test_a_failed_build_is_said_and_tried_again_at_the_next_change(tmp_path: Path) -> None:
    config, told, spoken = site(tmp_path), Told(), []
    outcomes = [UsageError("themes/own/templates/party.html, line 3: unknown tag 'iff'."), Result(("index.html",))]

    def rebuild(_: Config) -> Result:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    told.tell(tmp_path / "themes/own/templates/party.html")
    failed, mended = loop(tmp_path, told, rebuild, spoken)
    assert failed == watch.Attempt(config, error="themes/own/templates/party.html, line 3: unknown tag 'iff'.")
    assert mended == watch.Attempt(config, ("index.html",))
    assert "error: themes/own/templates/party.html, line 3: unknown tag 'iff'." in spoken
    assert "Changed: themes/own/templates/party.html" in spoken


def test_a_defect_of_the_build_is_not_hidden(tmp_path: Path) -> None:
    site(tmp_path)

    def rebuild(_: Config) -> Result:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(loop(tmp_path, Told(), rebuild))


def test_wrong_settings_end_the_start_but_not_the_watch(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "sitegen.toml").write_text("titel = 'Dossiers'\n")
    with pytest.raises(UsageError, match="title"):
        next(loop(tmp_path, Told(), lambda _: Result()))
    good, told = site(tmp_path), Told()
    tries = loop(tmp_path, told, lambda _: Result())
    assert next(tries).error is None
    (tmp_path / "sitegen.toml").write_text("titel = 'Dossiers'\n")
    told.tell(tmp_path / "sitegen.toml")
    wrong = next(tries)
    assert wrong.config == good
    assert "titel" in (wrong.error or "")


def test_new_settings_hold_from_the_next_build_and_are_watched(tmp_path: Path) -> None:
    site(tmp_path)
    told, titles = Told(), []

    def rebuild(config: Config) -> Result:
        titles.append((config.title, config.clean))
        return Result()

    tries = loop(tmp_path, told, rebuild)
    next(tries)
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "sitegen.toml").write_text('theme = "own"\ntitle = "New Title"\ncontent = "exhibits"\n')
    told.tell(tmp_path / "sitegen.toml")
    next(tries)
    assert titles == [("Filing Dossiers", False), ("New Title", False)]
    assert [places.trees[0].name for places in told.attended] == ["content", "exhibits"]


def test_clean_holds_for_the_first_build_alone(tmp_path: Path) -> None:
    site(tmp_path)
    told, clean = Told(), []
    told.tell(tmp_path / "content/exhibits/a.txt")

    def rebuild(config: Config) -> Result:
        clean.append(config.clean)
        return Result()

    with contextlib.suppress(EOFError):
        list(watch.attempts(lambda: load(tmp_path, clean=True), rebuild, told.observe, lambda _: None))
    assert clean == [True, False]


def test_the_ledger_that_a_build_writes_is_no_occasion_but_a_person_s_edit_of_it_is(tmp_path: Path) -> None:
    site(tmp_path)
    told = Told()
    ledger = tmp_path / "content" / "permalinks" / "parties.tsv"

    def rebuild(_: Config) -> Result:
        ledger.parent.mkdir(exist_ok=True)
        if not ledger.exists():
            ledger.write_text("quillfeather-capital-lp\n")
            told.tell(ledger.parent)
            told.tell(ledger, State.GROWING)
            told.tell(ledger)
            told.tell(ledger.with_name("parties.tsv.new"))
        return Result()

    assert len(list(loop(tmp_path, told, rebuild))) == 1
    tries = loop(tmp_path, told, rebuild)
    next(tries)
    ledger.write_text("quillfeather-capital-lp\nada-testperson\n")
    told.tell(ledger)
    assert next(tries).error is None


# --- The system's own observers --------------------------------------------------------------------------------------


class Watcher:
    """A watch of a real folder in a thread of its own; each try of the build lists the exhibits it would read."""

    def __init__(self, root: Path, *, poll: bool) -> None:
        self.root = root
        self.seen: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
        self.spoken: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run, kwargs={"poll": poll}, daemon=True)

    def run(self, *, poll: bool) -> None:
        tries = watch.attempts(
            lambda: load(self.root), self.rebuild, watch.system(self.spoken.append, poll=poll), self.spoken.append
        )
        for _ in tries:
            if self.stop.is_set():
                return

    def rebuild(self, config: Config) -> Result:
        texts = {}
        for folder, _, names in os.walk(config.content, followlinks=True):
            for path in (Path(folder, name) for name in names if name.endswith(".txt")):
                with contextlib.suppress(FileNotFoundError):
                    texts[path.relative_to(config.content).as_posix()] = path.read_text()
        self.seen.put(texts)
        return Result()

    def until(self, expected: dict[str, str]) -> None:
        """Wait for the build that reads exactly these exhibits."""
        while self.seen.get(timeout=20) != expected:
            pass


@pytest.fixture(params=["told", "looking"])
def watcher(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setattr(observer, "POLL", 0.02)
    site(tmp_path)
    watching = Watcher(tmp_path, poll=request.param == "looking")
    watching.thread.start()
    watching.until({})
    yield watching
    watching.stop.set()
    (tmp_path / "content").mkdir(exist_ok=True)
    (tmp_path / "content" / "end.txt").write_text("end")
    watching.thread.join(timeout=20)
    assert not watching.thread.is_alive()


def test_adding_editing_renaming_and_removing_an_exhibit_is_seen(watcher: Watcher) -> None:
    exhibits = watcher.root / "content" / "exhibits"
    (exhibits / "a.txt").write_text("Quillfeather Capital, L.P.")
    watcher.until({"exhibits/a.txt": "Quillfeather Capital, L.P."})
    (exhibits / "a.txt").write_text("Quillfeather Capital II, L.P.")
    watcher.until({"exhibits/a.txt": "Quillfeather Capital II, L.P."})
    (exhibits / "a.txt").rename(exhibits / "b.txt")
    watcher.until({"exhibits/b.txt": "Quillfeather Capital II, L.P."})
    (exhibits / "b.txt").unlink()
    watcher.until({})


def test_a_folder_made_later_or_moved_in_whole_is_watched(watcher: Watcher) -> None:
    content = watcher.root / "content"
    aside = watcher.root / "aside" / "1999"
    aside.mkdir(parents=True)
    (aside / "a.txt").write_text("one")
    aside.rename(content / "1999")
    watcher.until({"1999/a.txt": "one"})
    (content / "1999" / "a.txt").write_text("two")
    watcher.until({"1999/a.txt": "two"})
    (content / "deep" / "deeper").mkdir(parents=True)
    (content / "deep" / "deeper" / "b.txt").write_text("three")
    watcher.until({"1999/a.txt": "two", "deep/deeper/b.txt": "three"})


def test_content_that_is_deleted_and_made_anew_is_watched_again(watcher: Watcher) -> None:
    content = watcher.root / "content"
    content.rename(watcher.root / "old")
    content.mkdir()
    (content / "a.txt").write_text("one")
    watcher.until({"a.txt": "one"})
    (content / "a.txt").write_text("two")
    watcher.until({"a.txt": "two"})


def test_an_editor_that_saves_through_another_file_is_seen(watcher: Watcher) -> None:
    exhibit = watcher.root / "content" / "exhibits" / "a.txt"
    exhibit.write_text("one")
    watcher.until({"exhibits/a.txt": "one"})
    swap = exhibit.with_name(".a.txt.swp")
    swap.write_text("two")
    swap.replace(exhibit)
    watcher.until({"exhibits/a.txt": "two"})


def test_a_file_made_readable_is_tried_again(watcher: Watcher) -> None:
    exhibit = watcher.root / "content" / "exhibits" / "a.txt"
    exhibit.write_text("one")
    watcher.until({"exhibits/a.txt": "one"})
    exhibit.chmod(0o600)
    watcher.until({"exhibits/a.txt": "one"})


def test_reading_content_does_not_wake_the_watch(watcher: Watcher) -> None:
    exhibit = watcher.root / "content" / "exhibits" / "a.txt"
    exhibit.write_text("one")
    watcher.until({"exhibits/a.txt": "one"})
    for _ in range(50):
        exhibit.read_bytes()
        os.listdir(exhibit.parent)  # noqa: PTH208  a read that opens the folder itself
    (exhibit.parent / "b.txt").write_text("two")
    watcher.until({"exhibits/a.txt": "one", "exhibits/b.txt": "two"})
    assert watcher.spoken.count("Changed: content/exhibits/a.txt") == 1


def test_a_linked_content_folder_is_watched_where_it_really_is(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    root = tmp_path / "site"
    (root / "themes" / "own" / "templates").mkdir(parents=True)
    (root / "sitegen.toml").write_text('theme = "own"\n')
    (root / "content").symlink_to(real)
    watching = Watcher(root, poll=False)
    watching.thread.start()
    watching.until({})
    (real / "a.txt").write_text("one")
    watching.until({"a.txt": "one"})


def test_a_linked_folder_inside_content_is_watched_also_when_it_is_linked_later(watcher: Watcher) -> None:
    aside = watcher.root / "aside"
    aside.mkdir()
    (aside / "a.txt").write_text("one")
    (watcher.root / "content" / "linked").symlink_to(aside)
    watcher.until({"linked/a.txt": "one"})
    (aside / "a.txt").write_text("two")
    watcher.until({"linked/a.txt": "two"})


def test_links_in_a_circle_are_watched_once(tmp_path: Path) -> None:
    content = site(tmp_path).content
    (content / "round").symlink_to(content)
    (content / "up").symlink_to(tmp_path)
    with observer.observe(watch.places(load(tmp_path)), poll=False, say=print) as watching:
        (content / "a.txt").write_text("one")
        change = watching.next(20)
        assert change is not None
        assert change.path == content / "a.txt"


@pytest.mark.parametrize("limit", [errno.ENOSPC, errno.EMFILE])
@pytest.mark.parametrize("when", ["start", "schedule"])
def test_at_the_system_s_limit_of_watches_it_looks_for_itself_and_says_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, when: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(limit, "limit reached")

    monkeypatch.setattr(observer, "POLL", 0.02)
    monkeypatch.setattr(Observer, when, refuse)
    site(tmp_path)
    watching = Watcher(tmp_path, poll=False)
    watching.thread.start()
    watching.until({})
    (tmp_path / "content" / "a.txt").write_text("one")
    watching.until({"a.txt": "one"})
    assert any("sudo sysctl fs.inotify.max_user_" in line for line in watching.spoken)


def test_a_folder_that_cannot_be_watched_for_another_reason_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "broken disk")

    monkeypatch.setattr(Observer, "schedule", refuse)
    tries = watch.attempts(lambda: site(tmp_path), lambda _: Result(), watch.system(print, poll=False), print)
    with pytest.raises(OSError, match="broken disk"):
        next(tries)


def kept() -> int:
    """Bytes that the watch and watchdog hold on to; Python's own table of names grows by leaps of megabytes."""
    homes = (Path(module.__file__ or "").parent / "*" for module in (watch, watchdog))
    own = [tracemalloc.Filter(inclusive=True, filename_pattern=str(home)) for home in homes]
    return sum(trace.size for trace in tracemalloc.take_snapshot().filter_traces(own).traces)


@pytest.mark.long
def test_ten_thousand_changes_leave_no_trace_in_memory(tmp_path: Path) -> None:
    site(tmp_path)
    watching = Watcher(tmp_path, poll=False)
    watching.thread.start()
    watching.until({})
    exhibits = tmp_path / "content" / "exhibits"
    early = 0
    tracemalloc.start()
    try:
        for turn in range(1200):  # of nine changes each
            folder = exhibits if turn % 40 else exhibits / str(turn)
            folder.mkdir(exist_ok=True)
            for name in "abc":
                (folder / f"{name}.txt").write_text(str(turn))
                (folder / f"{name}.txt").rename(folder / f"{name}{turn}.txt")
            below = folder.relative_to(tmp_path / "content").as_posix()
            watching.until({f"{below}/{name}{turn}.txt": str(turn) for name in "abc"})
            for path in (folder / f"{name}{turn}.txt" for name in "abc"):
                path.unlink()
            watching.until({})
            watching.spoken.clear()
            if turn == 200:
                early = kept()
        late = kept()
    finally:
        tracemalloc.stop()
    assert late - early < 50_000
