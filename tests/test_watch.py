"""Watching: when a change leads to a build, and when it does not."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watching import Result, site

from sitegen import watch
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

    def waiting(self) -> list[Change]:
        return [Change(path, state) for when, path, state in self.script if when <= self.now]


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


class Told:
    """Notices that a test tells one by one; `end` ends the watch."""

    settle = SETTLE

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.attended: list[Places] = []

    def tell(self, path: Path, state: State = State.WHOLE) -> None:
        self.changes.append(Change(path, state))

    def next(self, timeout: float | None) -> Change | None:
        if self.changes:
            return self.changes.pop(0)
        if timeout is None:
            raise EOFError
        return None

    def waiting(self) -> list[Change]:
        return self.changes

    def attend(self, places: Places) -> None:
        self.attended.append(places)

    @contextlib.contextmanager
    def observe(self, places: Places) -> Iterator["Told"]:
        self.attend(places)
        yield self


def loop(root: Path, told: Told, rebuild: watch.Rebuild, spoken: list[str] | None = None) -> Iterator[watch.Attempt]:
    said = spoken if spoken is not None else []
    with contextlib.suppress(EOFError):
        yield from watch.attempts(lambda: load(root), rebuild, told.observe, said.append)


def test_a_failed_build_is_said_and_tried_again_at_the_next_change(tmp_path: Path) -> None:
    config, told, spoken = site(tmp_path), Told(), []
    outcomes = [UsageError("themes/own/templates/party.html, line 3: unknown tag 'iff'."), Result(("index.html",))]

    def rebuild(_: Config, __: watch.Changed, *_hurried: watch.Hurried) -> Result:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    told.tell(tmp_path / "themes/own/templates/party.html")
    failed, mended = loop(tmp_path, told, rebuild, spoken)
    assert failed == watch.Attempt(config, error="themes/own/templates/party.html, line 3: unknown tag 'iff'.")
    assert mended == watch.Attempt(config, ("index.html",), occasion=(config.theme / "templates" / "party.html",))
    assert "error: themes/own/templates/party.html, line 3: unknown tag 'iff'." in spoken
    assert "Changed: themes/own/templates/party.html" in spoken


def test_a_defect_of_the_build_is_not_hidden(tmp_path: Path) -> None:
    site(tmp_path)

    def rebuild(_: Config, __: watch.Changed, *_hurried: watch.Hurried) -> Result:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(loop(tmp_path, Told(), rebuild))


def test_wrong_settings_end_the_start_but_not_the_watch(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "sitegen.toml").write_text("titel = 'Dossiers'\n")
    with pytest.raises(UsageError, match="title"):
        next(loop(tmp_path, Told(), lambda *_: Result()))
    good, told = site(tmp_path), Told()
    tries = loop(tmp_path, told, lambda *_: Result())
    assert next(tries).error is None
    (tmp_path / "sitegen.toml").write_text("titel = 'Dossiers'\n")
    told.tell(tmp_path / "sitegen.toml")
    wrong = next(tries)
    assert wrong.config == good
    assert "titel" in (wrong.error or "")


def test_new_settings_hold_from_the_next_build_and_are_watched(tmp_path: Path) -> None:
    site(tmp_path)
    told, titles = Told(), []

    def rebuild(config: Config, _: watch.Changed, *_hurried: watch.Hurried) -> Result:
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

    def rebuild(config: Config, _: watch.Changed, *_hurried: watch.Hurried) -> Result:
        clean.append(config.clean)
        return Result()

    with contextlib.suppress(EOFError):
        list(watch.attempts(lambda: load(tmp_path, clean=True), rebuild, told.observe, lambda _: None))
    assert clean == [True, False]


def test_the_ledger_that_a_build_writes_is_no_occasion_but_a_person_s_edit_of_it_is(tmp_path: Path) -> None:
    site(tmp_path)
    told = Told()
    ledger = tmp_path / "content" / "permalinks" / "parties.tsv"

    def rebuild(_: Config, __: watch.Changed, *_hurried: watch.Hurried) -> Result:
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


def test_a_build_is_told_which_files_changed_since_the_last_good_one(tmp_path: Path) -> None:
    config, told, hints = site(tmp_path), Told(), []
    outcomes = [Result(), UsageError("broken"), Result(), Result(), Result()]

    def rebuild(_: Config, changed: watch.Changed, *_hurried: watch.Hurried) -> Result:
        hints.append(None if changed is None else {path.name for path in changed})
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    tries = loop(tmp_path, told, rebuild)
    next(tries)
    for path in ("exhibits/a.txt", "exhibits/b.txt", "identities.toml"):
        told.tell(config.content / path)
        next(tries)
    told.tell(config.theme / "static" / "site.css")
    next(tries)
    assert hints == [None, {"a.txt"}, {"a.txt", "b.txt"}, {"identities.toml"}, None]


def test_settings_that_were_wrong_for_a_while_make_a_build_look_at_everything(tmp_path: Path) -> None:
    config, told, hints = site(tmp_path), Told(), []

    def rebuild(_: Config, changed: watch.Changed, *_hurried: watch.Hurried) -> Result:
        hints.append(changed)
        return Result()

    tries = loop(tmp_path, told, rebuild)
    next(tries)
    (tmp_path / "sitegen.toml").write_text("titel = 'Dossiers'\n")
    told.tell(tmp_path / "sitegen.toml")
    told.tell(config.content / "exhibits" / "a.txt")
    next(tries)
    site(tmp_path)
    told.tell(config.content / "exhibits" / "b.txt")
    next(tries)
    assert hints == [None, None]


def test_a_build_that_the_disk_would_not_take_is_tried_again_without_a_change_and_said_once(tmp_path: Path) -> None:
    site(tmp_path)
    spoken: list[str] = []
    full = OSError(errno.ENOSPC, "No space left on device", "public/index.html")
    outcomes: list[OSError | Result] = [full, full, full, Result(("index.html",))]

    def rebuild(_: Config, changed: watch.Changed, *_hurried: watch.Hurried) -> Result:
        assert changed is None
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    failed, cured = loop(tmp_path, Told(), rebuild, spoken)
    assert failed.error == "public/index.html: No space left on device"
    assert cured.changed == ("index.html",)
    assert [line for line in spoken if line.startswith("error")] == [f"error: {failed.error}"]


def test_time_between_tries_grows_to_a_minute_and_begins_anew_after_a_good_build(tmp_path: Path) -> None:
    waits: list[float | None] = []
    outcomes: list[OSError | Result] = [*[OSError(errno.ENOSPC, "full")] * 8, Result()]

    class Waiting(Told):
        def next(self, timeout: float | None) -> Change | None:
            waits.append(timeout)
            return super().next(timeout)

    def rebuild(*_: object) -> Result:
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    site(tmp_path)
    list(loop(tmp_path, Waiting(), rebuild))
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, None]


def test_a_build_makes_way_for_a_change_that_waits_and_is_ended_without_another(tmp_path: Path) -> None:
    config, told = site(tmp_path), Told()
    ledger, exhibits = config.content / "permalinks", config.content / "exhibits"
    asked: list[bool] = []
    hints: list[watch.Changed] = []

    def rebuild(_: Config, changed: watch.Changed, hurried: watch.Hurried) -> Result:
        hints.append(changed)
        if len(hints) == 1:
            told.tell(exhibits / "a.txt")
        if len(hints) == 2:
            told.tell(ledger)
            told.tell(ledger / "parties.tsv")
            told.tell(exhibits / "half.txt", State.GROWING)
            asked.append(hurried())
            told.tell(exhibits / "b.txt")
        asked.append(hurried())
        return Result((f"{len(hints)}.html",), postponed=asked[-1])

    tries = list(loop(tmp_path, told, rebuild))
    assert asked == [False, False, True, False], "the first build makes the site whole"
    assert [(each.changed[0], each.postponed) for each in tries] == [
        ("1.html", False),
        ("2.html", True),
        ("3.html", False),
    ]
    assert hints[1] == {exhibits / "a.txt"}
    assert {path.name for path in hints[2] or ()} >= {"b.txt", "half.txt"}


def test_what_was_left_is_made_when_no_change_follows(tmp_path: Path) -> None:
    config, told = site(tmp_path), Told()
    outcomes = [Result(), Result(("a.html",), postponed=True), Result(("index.html",))]
    told.tell(config.content / "exhibits" / "a.txt")
    tries = list(loop(tmp_path, told, lambda *_: outcomes.pop(0)))
    assert [each.changed for each in tries] == [(), ("a.html",), ("index.html",)]


def test_changes_that_never_end_do_not_put_off_the_pages_of_the_site_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, told = site(tmp_path), Told()
    monkeypatch.setattr(watch, "LONGEST_POSTPONED", 0.0)
    asked: list[bool] = []

    def rebuild(_: Config, __: watch.Changed, hurried: watch.Hurried) -> Result:
        if len(asked) < 5:
            told.tell(config.content / "exhibits" / f"{len(asked)}.txt")
        asked.append(hurried())
        return Result(postponed=asked[-1])

    list(loop(tmp_path, told, rebuild))
    assert asked[:5] == [False, True, False, True, False]
