"""The incremental law: whatever changed, and wherever a build was killed, the site is that of a clean build.

A state machine edits a content folder, a theme and settings, kills builds at random points, and after each build
compares the site, byte for byte, with one made from nothing. Limits from which pages are cut are low here, so that a
few exhibits cross them.
"""

import contextlib
import itertools
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from browser.specimens import exhibit
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sitegen import publish
from sitegen.build import Result, build
from sitegen.config import load
from sitegen.editorial import EditorialError
from sitegen.export import manifest, sitemap
from sitegen.identity.decisions import DecisionError
from sitegen.pages import arrival, groups, index, review, search

THEME = Path(__file__).parents[1] / "themes" / "dossier"
FIRMS = ("Quillfeather Capital, L.P.", "Quillfeather Capital II, L.P.", "Quilfeather Capital, L.P.", "Blotwood LLC")
PEOPLE = ("Ada Testperson", "A. Testperson", "Bo Testperson")
ISSUERS = ("Plainly Invented Mills, Inc.", "Blotwood LLC", "Invented Works Corp.")
PATHS = ("a.txt", "b.txt", "deep/c.txt", "d.txt", "e.txt")
ENTRIES = (
    '[[same]]\nnames = ["Quillfeather Capital, L.P.", "Quilfeather Capital, L.P."]\n',
    '[[same]]\nnames = ["Ada Testperson", "A. Testperson"]\n',
    '[[different]]\nnames = ["Quillfeather Capital, L.P.", "Quillfeather Capital II, L.P."]\n',
    '[[kind]]\nname = "Blotwood LLC"\nkind = "person"\n',
    '[[preferred]]\nname = "BLOTWOOD LLC"\n',
    '[[cik]]\nname = "Ada Testperson"\ncik = "0000000123"\n',
)
SIDECARS = (
    'accession = "0000000000-01-000001"\n',
    'accession = "0000000000-01-000002"\n',
    'issuer = "Invented Works Corp."\nissuer_cik = "77"\n',
    'ciks = { "Quillfeather Capital, L.P." = "11" }\n',
    'ciks = { "Quillfeather Capital, L.P." = "12", "Ada Testperson" = "5" }\n',
)
NOTES = ("parties/blotwood-llc", "signers/ada-testperson", "issuers/blotwood-llc", "parties/quillfeather-capital-lp")
TEMPLATES = ("party.html", "agreement.html", "base.html", "macros.html", "names.js", "404.html")
LOW = (
    (index, "ONE_PAGE", 5),
    (search, "ONE_PAGE", 5),
    (review, "A_PAGE", 6),
    (groups, "LISTED", 2),
    (publish, "DOSSIERS_KEPT", 2),
    (arrival, "LARGEST_PART", 150),
    (manifest, "_MOST", 60),
    (sitemap, "_MOST", 12),
)


def tree(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder."""
    places = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in sorted(places)}


def killed(work: int, folder: Path, **options: object) -> None:
    """Build in a process of its own, which is killed when it opens, renames or deletes for the `work`th time."""
    child = os.fork()
    if not child:
        steps = itertools.count(1)

        def strike(*_: object) -> None:
            if next(steps) == work:
                os.kill(os.getpid(), signal.SIGKILL)

        class Struck(sqlite3.Connection):
            def __init__(self, *names: object, **more: object) -> None:
                super().__init__(*names, **more)
                self.set_trace_callback(strike)

        connect = sqlite3.connect
        sqlite3.connect = lambda *names, **more: connect(*names, factory=Struck, **more)
        counted = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
        sys.addaudithook(lambda event, _: strike() if event in counted else None)
        try:
            build(load(folder, **options))
        finally:
            os._exit(0)
    os.waitpid(child, 0)


class Life(RuleBasedStateMachine):
    """A site that is edited."""

    @initialize()
    def begin(self) -> None:
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name) / "site"
        self.exhibits = self.folder / "content" / "exhibits"
        self.exhibits.mkdir(parents=True)
        shutil.copytree(THEME, self.folder / "theme", ignore=shutil.ignore_patterns("__pycache__"))
        self.options: dict[str, object] = {"theme": str(self.folder / "theme")}
        self.entries: list[str] = []
        self.limits = pytest.MonkeyPatch()
        for module, name, value in LOW:
            self.limits.setattr(module, name, value)

    def teardown(self) -> None:
        if hasattr(self, "limits"):
            self.limits.undo()
            self.scratch.cleanup()

    def there(self, data: st.DataObject) -> Path | None:
        files = sorted(path for path in self.exhibits.rglob("*.txt") if path.is_file())
        return data.draw(st.sampled_from(files)) if files else None

    @rule(
        path=st.sampled_from(PATHS),
        firms=st.lists(st.sampled_from(FIRMS), min_size=1, max_size=3, unique=True),
        people=st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True),
        rest=st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ISSUERS), st.integers(1, 3)),
    )
    def write(self, path: str, firms: list[str], people: list[str], rest: tuple[str, str, int]) -> None:
        signer, issuer, day = rest
        place = self.exhibits / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(exhibit(issuer, f"May {day}, 2001", (*firms, *people), signer))

    @rule(data=st.data(), to=st.sampled_from(PATHS))
    def rename(self, data: st.DataObject, to: str) -> None:
        if place := self.there(data):
            (self.exhibits / to).parent.mkdir(exist_ok=True)
            place.rename(self.exhibits / to)

    @rule(data=st.data(), to=st.sampled_from(PATHS))
    def copy(self, data: st.DataObject, to: str) -> None:
        if place := self.there(data):
            (self.exhibits / to).parent.mkdir(exist_ok=True)
            (self.exhibits / to).write_bytes(place.read_bytes().replace(b"5.2001", b" "))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if place := self.there(data):
            place.unlink()

    @rule(data=st.data(), words=st.sampled_from((None, *SIDECARS)))
    def sidecar(self, data: st.DataObject, words: str | None) -> None:
        if place := self.there(data):
            beside = place.with_name(f"{place.name}.toml")
            if words is None:
                beside.unlink(missing_ok=True)
            else:
                beside.write_text(words)

    @rule(name=st.sampled_from(("about", "more", "parties")), body=st.sampled_from((None, "One.", "# Two\n\nMore.")))
    def page(self, name: str, body: str | None) -> None:
        place = self.folder / "content" / "pages" / f"{name}.md"
        place.parent.mkdir(exist_ok=True)
        if body is None:
            place.unlink(missing_ok=True)
        else:
            place.write_text(body)

    @rule(name=st.sampled_from(NOTES), words=st.sampled_from((None, "Ours.", "See [[Blotwood LLC]].")))
    def note(self, name: str, words: str | None) -> None:
        place = self.folder / "content" / "notes" / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        if words is None:
            place.unlink(missing_ok=True)
        else:
            place.write_text(words)

    @rule(entry=st.sampled_from(ENTRIES))
    def decide(self, entry: str) -> None:
        if entry in self.entries:
            self.entries.remove(entry)
        else:
            self.entries.append(entry)
        whole = "\n".join(f'{one}by = "T"\nreason = "r"\ndate = 2020-01-02\n' for one in self.entries)
        (self.folder / "content" / "identities.toml").write_text(whole)

    @rule(name=st.sampled_from(TEMPLATES), words=st.sampled_from((" ", "\n")))
    def template(self, name: str, words: str) -> None:
        with (self.folder / "theme" / "templates" / name).open("a") as file:
            file.write(words)

    @rule(name=st.sampled_from(("site.css", "graph.js", "new.css")))
    def asset(self, name: str) -> None:
        with (self.folder / "theme" / "static" / name).open("a") as file:
            file.write("\n")

    @rule(value=st.sampled_from((None, "https://example.org/x/", "https://example.org/")))
    def published_at(self, value: str | None) -> None:
        self.options["base_url"] = value

    @rule(number=st.integers(0, 200), words=st.sampled_from((None, "damage")))
    def damage(self, number: int, words: str | None) -> None:
        """Take a file out of the site, or spoil it."""
        files = sorted(tree(self.folder / "public"))
        if files:
            place = self.folder / "public" / files[number % len(files)]
            place.unlink() if words is None else place.write_text(words)

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self.folder / "public", ignore_errors=True)

    @rule(work=st.integers(1, 900))
    def kill(self, work: int) -> None:
        killed(work, self.folder, **self.options)

    @rule(steps=st.integers(0, 60))
    def hurry(self, steps: int) -> None:
        """Build until a change waits, as a watch does: what lists the whole site is left for later."""
        count = itertools.count()
        with contextlib.suppress(DecisionError, EditorialError):
            build(load(self.folder, **self.options), hurried=lambda: next(count) >= steps)

    @rule()
    def look(self) -> None:
        self.bring_up_to_date()

    def bring_up_to_date(self) -> Result:
        try:
            made = build(load(self.folder, **self.options))
        except DecisionError:
            (self.folder / "content" / "identities.toml").unlink()
            self.entries.clear()
            return self.bring_up_to_date()
        except EditorialError:
            shutil.rmtree(self.folder / "content" / "notes")
            return self.bring_up_to_date()
        shown = tree(self.folder / "public")
        again = build(load(self.folder, **self.options))
        assert again.changed == (), "a second build writes nothing"
        assert (again.counts, again.pages) == (made.counts, made.pages)
        other = self.folder.with_name("other")
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(self.folder / "content", other / "content", symlinks=True)
        # No address may be missing in the ledger: `locked` refuses to add one.
        build(load(other, **self.options, locked=True))
        assert shown == tree(other / "public")
        return made


Life.TestCase.settings = settings(max_examples=6, stateful_step_count=15, deadline=None)
TestLife = Life.TestCase


class LongLife(Life):
    """The same, for longer."""


LongLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestLongLife = pytest.mark.long(pytest.mark.timeout(3000)(LongLife.TestCase))
