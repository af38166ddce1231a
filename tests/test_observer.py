"""Watching real folders through the system's own observers, and by looking."""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchdog
from watchdog.observers import Observer
from watching import Result, Watcher, site

from sitegen import notifier, observer, watch
from sitegen.changes import Change, State
from sitegen.config import load


@pytest.fixture(params=["told", "looking"])
def watcher(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setattr(notifier, "POLL", 0.02)
    site(tmp_path)
    watching = Watcher(tmp_path, poll=request.param == "looking")
    watching.thread.start()
    watching.until({})
    yield watching
    watching.end()


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


def test_an_output_folder_that_someone_deletes_is_an_occasion(watcher: Watcher) -> None:
    (watcher.root / "public").mkdir()
    (watcher.root / "content" / "a.txt").write_text("one")
    watcher.until({"a.txt": "one"})
    (watcher.root / "public").rmdir()
    while "Changed: public" not in watcher.spoken:
        watcher.until({"a.txt": "one"})


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


@pytest.mark.parametrize("limit", [errno.ENOSPC, errno.EMFILE])
@pytest.mark.parametrize("when", ["start", "schedule"])
def test_at_the_system_s_limit_of_watches_it_looks_for_itself_and_says_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, when: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(limit, "limit reached")

    monkeypatch.setattr(notifier, "POLL", 0.02)
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
    tries = watch.attempts(lambda: site(tmp_path), lambda *_: Result(), watch.system(print, poll=False), print)
    with pytest.raises(OSError, match="broken disk"):
        next(tries)


# --- How programs save -----------------------------------------------------------------------------------------------


def slowly(place: Path, text: str) -> None:
    """Write as copying programs do: piece by piece, longer apart than a burst of changes is gathered."""
    with place.open("w") as file:
        for start in range(0, len(text), 400):
            file.write(text[start : start + 400])
            file.flush()
            time.sleep(0.08)


def in_place(exhibit: Path, text: str) -> None:  # VS Code, nano, scp, a browser's "save as"
    slowly(exhibit, text)


def vim_that_renames(exhibit: Path, text: str) -> None:
    for name in (".a.txt.swp", "4913"):
        exhibit.with_name(name).write_text("x")
    exhibit.with_name("4913").unlink()
    exhibit.rename(exhibit.with_name("a.txt~"))
    slowly(exhibit, text)
    exhibit.with_name("a.txt~").unlink()
    exhibit.with_name(".a.txt.swp").unlink()


def emacs(exhibit: Path, text: str) -> None:
    exhibit.with_name(".#a.txt").symlink_to("ada@desk.example.4711")
    slowly(exhibit.with_name("#a.txt#"), text)
    exhibit.rename(exhibit.with_name("a.txt~"))
    slowly(exhibit, text)
    exhibit.with_name("#a.txt#").unlink()
    exhibit.with_name(".#a.txt").unlink()


def gnome_and_rsync(exhibit: Path, text: str) -> None:
    hidden = exhibit.with_name(".goutputstream-A1B2C3")
    slowly(hidden, text)
    hidden.replace(exhibit)


def jetbrains(exhibit: Path, text: str) -> None:
    slowly(exhibit.with_name("a.txt___jb_tmp___"), text)
    exhibit.rename(exhibit.with_name("a.txt___jb_old___"))
    exhibit.with_name("a.txt___jb_tmp___").rename(exhibit)
    exhibit.with_name("a.txt___jb_old___").unlink()


def libreoffice(exhibit: Path, text: str) -> None:
    lock = exhibit.with_name(".~lock.a.txt#")
    lock.write_text("Ada Testperson")
    slowly(exhibit.with_name("lu47114x2b.tmp"), text)
    exhibit.unlink()
    exhibit.with_name("lu47114x2b.tmp").rename(exhibit)
    lock.unlink()


def sed_in_place(exhibit: Path, text: str) -> None:
    draft = exhibit.with_name("sedAb3xYz")  # counts as a file, but is never whole before it has its name
    slowly(draft, text)
    draft.replace(exhibit)


def moved_in_from_elsewhere(exhibit: Path, text: str) -> None:
    aside = exhibit.parents[2] / "aside.txt"
    slowly(aside, text)
    aside.replace(exhibit)


def vim(exhibit: Path, text: str) -> None:
    if shutil.which("vim") is None:
        pytest.skip("vim is not installed")
    script = exhibit.parents[2] / "save.vim"
    script.write_text(f"call setline(1, '{text.rstrip(chr(10))}')\nsleep 100m\nwq\n")
    words = ["vim", "-u", "NONE", "-N", "-es", "--cmd", "set backup writebackup", "-S", str(script), str(exhibit)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    script.unlink()


SAVES = [
    in_place,
    vim_that_renames,
    emacs,
    gnome_and_rsync,
    jetbrains,
    libreoffice,
    sed_in_place,
    moved_in_from_elsewhere,
    vim,
]


@pytest.mark.parametrize("save", SAVES)
@pytest.mark.parametrize("watcher", ["told"], indirect=True)
def test_no_build_sees_a_file_that_a_program_is_in_the_middle_of_saving(
    watcher: Watcher, save: Callable[[Path, str], None]
) -> None:
    exhibit = watcher.root / "content" / "exhibits" / "a.txt"
    text = "Quillfeather " * 100 + "\n"
    exhibit.write_text("one")
    watcher.until({"exhibits/a.txt": "one"})
    save(exhibit, text)
    middle = watcher.until({"exhibits/a.txt": text})
    assert all(seen == {"exhibits/a.txt": "one"} for seen in middle)


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Ada", "-c", "user.email=ada@x.example", *words], check=True
    )


def test_a_git_checkout_of_five_hundred_files_is_a_few_builds(watcher: Watcher) -> None:
    content = watcher.root / "content"
    kept = {"kept.txt": "kept"}
    everything = kept | {f"exhibits/{number % 7}/{number}.txt": str(number) for number in range(500)}
    (content / "kept.txt").write_text("kept")
    git(watcher.root, "init", "-q", "-b", "few")
    git(watcher.root, "add", "content")
    git(watcher.root, "commit", "-q", "-m", "few")
    git(watcher.root, "checkout", "-q", "-b", "all")
    for path, text in everything.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_text(text)
    git(watcher.root, "add", "content")
    git(watcher.root, "commit", "-q", "-m", "all")
    watcher.until(everything)
    git(watcher.root, "checkout", "-q", "few")
    watcher.until(kept)
    git(watcher.root, "checkout", "-q", "all")
    assert len(watcher.until(everything)) < 20


# --- What the system does not tell -----------------------------------------------------------------------------------


def test_a_folder_moved_away_and_made_anew_is_watched_and_the_old_one_is_not(watcher: Watcher) -> None:
    folder, away = watcher.root / "content" / "1999", watcher.root / "aside"
    away.mkdir()
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    watcher.until({"1999/a.txt": "one"})
    folder.rename(away / "1999")
    watcher.until({})
    folder.mkdir()
    folder.rmdir()
    shutil.rmtree(away / "1999")
    folder.mkdir()
    (folder / "b.txt").write_text("two")
    watcher.until({"1999/b.txt": "two"})


def test_a_linked_file_is_watched_where_it_really_is(watcher: Watcher) -> None:
    real = watcher.root / "aside" / "real.txt"
    real.parent.mkdir()
    real.write_text("one")
    (watcher.root / "content" / "a.txt").symlink_to(real)
    watcher.until({"a.txt": "one"})
    real.write_text("two")
    watcher.until({"a.txt": "two"})
    real.with_name("new.txt").write_text("three")
    real.with_name("new.txt").replace(real)
    watcher.until({"a.txt": "three"})


@pytest.mark.parametrize("poll", [False, True], ids=["told", "looking"])
def test_links_in_a_circle_are_watched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, poll: bool) -> None:
    monkeypatch.setattr(notifier, "POLL", 0.02)
    content = site(tmp_path).content
    for name in ("round", "again", "thrice"):
        (content / name).symlink_to(content)
    (content / "up").symlink_to(tmp_path)
    with observer.observe(watch.places(load(tmp_path)), poll=poll, say=print) as watching:
        (content / "a.txt").write_text("one")
        change = watching.next(20)
        assert change is not None
        assert change.path == content / "a.txt"


def changes(watching: observer.Observed) -> set[Path]:
    """All that is told until nothing is for a moment."""
    found = set()
    while (change := watching.next(0.5)) is not None:
        found.add(change.path)
    return found


def test_events_that_the_system_dropped_make_everything_an_occasion(tmp_path: Path) -> None:
    config = site(tmp_path)
    inotify_c = pytest.importorskip("watchdog.observers.inotify_c", exc_type=Exception)
    with observer.observe(watch.places(config), poll=False, say=print) as watching:
        flood = inotify_c.InotifyEvent(-1, inotify_c.InotifyConstants.IN_Q_OVERFLOW, 0, b"")
        watching._notifier._observer._inotify_fd.handle_event(flood)
        assert changes(watching) == {config.content, config.theme}
        (config.content / "a.txt").write_text("one")
        assert changes(watching) == {config.content / "a.txt"}


def test_a_thread_of_watchdog_that_dies_is_replaced(tmp_path: Path) -> None:
    config = site(tmp_path)
    with observer.observe(watch.places(config), poll=False, say=print) as watching:
        for turn in range(3):
            emitters = watching._notifier._observer.emitters
            (one,) = [emitter for emitter in emitters if emitter.watch.path == str(config.content)]
            one.queue_events = None
            (config.content / "a.txt").write_text(str(turn))
            while watching.next(20) != Change(config.theme, State.GROWING):
                pass
            changes(watching)
        (config.content / "c.txt").write_text("three")
        assert changes(watching) == {config.content / "c.txt"}


WATCH = """
import json, os, pathlib, sys
from sitegen import config, watch
root = pathlib.Path(sys.argv[1])
class Result:
    changed, postponed = (), False
def rebuild(config, changed, hurried):
    print(json.dumps(sorted(p.name for p in config.content.rglob("*.txt") if os.access(p.parent, os.R_OK))), flush=True)
    return Result()
watch.watch(lambda: config.load(root), rebuild, say=lambda line: print(line, flush=True))
"""


@contextlib.contextmanager
def elsewhere(root: Path, *prefix: str) -> Iterator[Callable[[str], list[str]]]:
    """Watch in a process begun by another program; the function reads its words up to a line."""
    words = [*prefix, sys.executable, "-c", WATCH, str(root)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        output = running.stdout

        def until(line: str) -> list[str]:
            read: list[str] = []
            while line not in read:
                said = output.readline()
                assert said, (read, running.stderr and running.stderr.read())
                read.append(said.rstrip())
            return read

        yield until
        running.kill()


CURE = "Every file is looked at once a second instead. Cure: sudo sysctl fs.inotify.{}=1048576"


def limited(setting: str, most: int) -> list[str]:
    words = ["unshare", "-Ur", "sh", "-c", f'echo {most} > /proc/sys/user/{setting} && exec "$@"', "sh"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
        pytest.skip("the limit can be lowered for a test only in a user namespace, which this system does not give")
    return words


@pytest.mark.parametrize(
    ("setting", "said", "most"),
    [("max_inotify_watches", "max_user_watches", 8), ("max_inotify_instances", "max_user_instances", 0)],
)
def test_the_system_s_own_limit_reached_at_the_start_is_said_with_its_cure(
    tmp_path: Path, setting: str, said: str, most: int
) -> None:
    content = site(tmp_path).content
    for number in range(12):
        (content / str(number)).mkdir()
    with elsewhere(tmp_path, *limited(setting, most)) as until:
        assert CURE.format(said) in until("Watching content. Ctrl-C ends.")
        (content / "11" / "a.txt").write_text("one")
        until('["a.txt"]')


def test_the_system_s_limit_reached_later_by_a_new_folder_is_said_and_the_folder_is_watched(tmp_path: Path) -> None:
    content = site(tmp_path).content
    with elsewhere(tmp_path, *limited("max_inotify_watches", 8)) as until:
        assert CURE.format("max_user_watches") not in until("Watching content. Ctrl-C ends.")
        (content / "a" / "b" / "c" / "d" / "e" / "f").mkdir(parents=True)
        until(CURE.format("max_user_watches"))
        (content / "a" / "b" / "c" / "d" / "e" / "f" / "deep.txt").write_text("one")
        until('["deep.txt"]')


def test_a_closed_folder_is_watched_once_it_is_opened(tmp_path: Path) -> None:
    content = site(tmp_path).content
    (content / "closed" / "below").mkdir(parents=True)
    (content / "closed").chmod(0o000)
    ordinary = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read everywhere, and setpriv is not here to take that right away")
        ordinary = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    with elsewhere(tmp_path, *ordinary) as until:
        until("Watching content. Ctrl-C ends.")
        (content / "closed").chmod(0o755)
        until("[]")
        (content / "closed" / "below" / "a.txt").write_text("one")
        until('["a.txt"]')


def kept() -> int:
    """Bytes that the watch and watchdog hold on to; Python's own table of names grows by leaps of megabytes."""
    homes = (Path(module.__file__ or "").parent / "*" for module in (watch, watchdog))
    own = [tracemalloc.Filter(inclusive=True, filename_pattern=str(home)) for home in homes]
    return sum(trace.size for trace in tracemalloc.take_snapshot().filter_traces(own).traces)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_ten_thousand_changes_leave_no_trace_in_memory(tmp_path: Path) -> None:
    site(tmp_path)
    watching = Watcher(tmp_path, poll=False)
    watching.thread.start()
    watching.until({})
    exhibits = tmp_path / "content" / "exhibits"
    early = 0
    tracemalloc.start()
    try:
        for turn in range(400):  # of 27 changes each
            folder = exhibits if turn % 40 else exhibits / str(turn)
            folder.mkdir(exist_ok=True)
            for name in "abcdefghi":
                (folder / f"{name}.txt").write_text(str(turn))
                (folder / f"{name}.txt").rename(folder / f"{name}{turn}.txt")
            below = folder.relative_to(tmp_path / "content").as_posix()
            watching.until({f"{below}/{name}{turn}.txt": str(turn) for name in "abcdefghi"})
            for path in (folder / f"{name}{turn}.txt" for name in "abcdefghi"):
                path.unlink()
            watching.until({})
            watching.spoken.clear()
            if turn == 70:
                early = kept()
        late = kept()
    finally:
        tracemalloc.stop()
    assert late - early < 50_000
