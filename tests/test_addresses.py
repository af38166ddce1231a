"""Addresses over the life of a site: whatever is added, edited, renamed, removed, decided and taken back."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from exhibits import exhibit
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sitegen.build import build
from sitegen.catalogue.addresses import give_addresses
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.record import FileKey, open_catalogue, record, store_parse
from sitegen.cli import main
from sitegen.config import load
from sitegen.identity.decisions import Decision, DecisionError, Decisions, Reference
from sitegen.identity.ledger import KINDS, Ledger, LedgerError, format_rows, losses, parse_ledger
from sitegen.model.name import key
from sitegen.parse import Parsed, parse
from sitegen.read import read

SECTIONS = ("parties", "signers", "issuers")
ISSUERS = ("Inkwell Testing Corp.", "Blotter Testing Inc.")
PARTIES = ("Quillfeather Fund V, L.P.", "Quillfeather Fund VI, L.P.", "Quill-feather Fund V, L.P.", "Ada Testperson")
SIGNERS = ("Ada Testperson", "Bob Testperson")
DAYS = ("January 2, 2014", "March 4, 2015", "May 6, 2016", "July 8, 2017")

BLOCKS = st.lists(
    st.tuples(st.sampled_from(PARTIES), st.sampled_from(SIGNERS)).map(
        lambda block: (block[0], block[0]) if block[0] in SIGNERS else block
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda block: block[0],
)
TEXT = st.builds(exhibit, st.sampled_from(ISSUERS), st.sampled_from(DAYS), BLOCKS)


@cache
def parsed(text: str) -> Parsed:
    return parse(read("a.txt", text.encode()))


def catalogue_of(files: Mapping[str, str], ledgers: dict[str, Ledger], decisions: Decisions) -> Catalogue:
    """Return what a build would hold in its hand before it writes pages."""
    db = open_catalogue(None)
    for path, text in files.items():
        stored = FileKey(sha256(text.encode()).hexdigest(), ".txt", "")
        record(db, path, stored, store_parse(db, stored, parsed(text)))
    give_addresses(db, ledgers, "2026-01-02", decisions)
    return Catalogue(db)


def same(*names: str) -> Decision:
    return Decision("same", tuple(map(Reference, names)), "", "why", "A. Editor", "2026-01-02")


def different(name: str, one: str, other: str) -> Decision:
    return Decision("different", (Reference(name, one), Reference(name, other)), "", "why", "A. Editor", "2026-01-02")


class Life(RuleBasedStateMachine):
    """A site over time. What was ever published must answer, and for nobody else."""

    @initialize()
    def begin(self) -> None:
        self.files: dict[str, str] = {}
        self.written = dict.fromkeys(KINDS, "")
        self.made: list[Decision] = []
        self.published: dict[tuple[str, str], str] = {}
        self.build()

    def build(self) -> None:
        ledgers = {kind: parse_ledger(kind, text, kind) for kind, text in self.written.items()}
        self.catalogue = catalogue_of(self.files, ledgers, Decisions(self.made))
        self.written = {kind: format_rows(kind, ledger.rows) for kind, ledger in ledgers.items()}
        self.ledgers = ledgers
        for address in self.catalogue.published():
            section, slug = address.split("/")
            self.published.setdefault((section, slug), ledgers[section].first(slug)[1])

    @rule(path=st.sampled_from(["a.txt", "b.txt", "c.txt", "d/e.txt"]), text=TEXT)
    def add_or_edit(self, path: str, text: str) -> None:
        self.files[path] = text
        self.build()

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.files:
            del self.files[data.draw(st.sampled_from(sorted(self.files)))]
            self.build()

    @rule(data=st.data(), to=st.sampled_from(["f.txt", "g.txt"]))
    def rename(self, data: st.DataObject, to: str) -> None:
        if self.files and to not in self.files:
            path = data.draw(st.sampled_from(sorted(self.files)))
            copies = list(self.files.values()).count(self.files[path])
            gone = {slug for section, slug in self.published if section == "agreements"}
            before = {ref.slug for ref in self.catalogue.agreements()}
            self.files[to] = self.files.pop(path)
            known = f"{to}#1" in self.written["agreements"]
            self.build()
            if copies == 1 and not known and before == gone:
                assert {ref.slug for ref in self.catalogue.agreements()} == before

    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        if data.draw(st.booleans()):
            names = data.draw(st.lists(st.sampled_from(PARTIES + SIGNERS[1:]), min_size=2, max_size=2, unique=True))
            entry = same(*names)
        else:
            slugs = [slug for section, slug in sorted(self.published) if section == "agreements"]
            if len(slugs) < len("ab"):
                return
            one, other = data.draw(st.lists(st.sampled_from(slugs), min_size=2, max_size=2, unique=True))
            entry = different(data.draw(st.sampled_from(PARTIES)), one, other)
        self.made.append(entry)
        try:
            self.build()
        except DecisionError:
            self.made.pop()

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if self.made:
            self.made.pop(data.draw(st.integers(0, len(self.made) - 1)))
            self.build()

    @invariant()
    def every_published_address_answers(self) -> None:
        pages = {(section, slug) for section in SECTIONS for slug in self.catalogue.slugs(section)}
        pages |= {("agreements", ref.slug) for ref in self.catalogue.agreements()}
        gone = {(one.section, one.slug): one for one in self.catalogue.withdrawn()}
        assert pages | gone.keys() == self.published.keys()
        for one in gone.values():
            assert {(ref.section, ref.slug) for ref in one.targets} <= pages

    @invariant()
    def no_address_changes_hands(self) -> None:
        for (section, slug), first in self.published.items():
            assert self.ledgers[section].first(slug)[1] == first
        decisions = Decisions(self.made)
        for section in SECTIONS:
            page = {"parties": self.catalogue.party, "signers": self.catalogue.signer, "issuers": self.catalogue.issuer}
            for slug in self.catalogue.slugs(section):
                held = self.published[section, slug].partition("#")[0]
                shown = page[section](slug).ref.name
                assert decisions.identity(held) == decisions.identity(str(key(shown)))

    @invariant()
    def every_page_can_be_made(self) -> None:
        for ref in self.catalogue.agreements():
            dossier = self.catalogue.dossier(ref.slug)
            assert len(dossier.parties) == len(dossier.agreement.parties)
        for section in SECTIONS:
            assert {line.ref.slug for line in self.catalogue.index(section)} == set(self.catalogue.slugs(section))
        self.catalogue.proposals()


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLife = Life.TestCase


def partition(catalogue: Catalogue) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """Return which mentions stand together: on one page, and as one person."""
    together = set()
    for section, page in (("parties", catalogue.party), ("signers", catalogue.signer)):
        for slug in catalogue.slugs(section):
            shown = page(slug)
            groups = [one.appearances for one in shown.persons] or [shown.appearances]
            together |= {
                (section, frozenset((found.agreement.slug, str(found.places)) for found in group)) for group in groups
            }
    return together


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ISSUERS), BLOCKS), min_size=2, max_size=4),
    st.sets(st.sampled_from(["joined", "split"])),
    st.permutations(range(4)),
)
def test_the_order_of_arrival_does_not_change_who_there_is(
    said: Sequence[tuple[str, Sequence[tuple[str, str]]]], decided: set[str], order: Sequence[int]
) -> None:
    files = {f"{at}.txt": exhibit(issuer, DAYS[at], blocks) for at, (issuer, blocks) in enumerate(said)}
    fresh = {kind: Ledger(kind) for kind in KINDS}
    whole = catalogue_of(files, fresh, Decisions())
    slugs = sorted(ref.slug for ref in whole.agreements())
    names = {ref.name for section in ("parties", "signers") for ref in (e.ref for e in whole.index(section))}
    made = []
    if "joined" in decided and set(PARTIES[:2]) <= names:
        made.append(same(*PARTIES[:2]))
    if "split" in decided and "Ada Testperson" in names:
        made.append(different("Ada Testperson", slugs[0], slugs[-1]))
    expected = partition(catalogue_of(files, {kind: Ledger(kind) for kind in KINDS}, Decisions(made)))
    ledgers = {kind: Ledger(kind) for kind in KINDS}
    arrived: dict[str, str] = {}
    for at in order:
        if f"{at}.txt" in files:
            arrived[f"{at}.txt"] = files[f"{at}.txt"]
            catalogue_of(arrived, ledgers, Decisions())
    assert partition(catalogue_of(arrived, ledgers, Decisions(made))) == expected


def test_a_ledger_that_misses_an_address_of_the_last_build_stops_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "exhibits"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(exhibit(ISSUERS[0], DAYS[0], [(PARTIES[0], SIGNERS[0])]))
    build(load(tmp_path))
    (folder / "a.txt").unlink()
    build(load(tmp_path))
    ledger = tmp_path / "content" / "permalinks" / "parties.tsv"
    before = {path: path.read_bytes() for path in (tmp_path / "public").rglob("*") if path.is_file()}
    kept = ledger.read_bytes()
    ledger.write_text("")
    with pytest.raises(LedgerError, match=r"misses parties/quillfeather-fund-v-lp.*--clean"):
        build(load(tmp_path))
    assert {path: path.read_bytes() for path in (tmp_path / "public").rglob("*") if path.is_file()} == before
    ledger.write_bytes(kept)
    build(load(tmp_path))


def test_two_content_folders_of_one_project_have_addresses_of_their_own(tmp_path: Path) -> None:
    for name, party in (("one", PARTIES[0]), ("two", PARTIES[1])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(exhibit(ISSUERS[0], DAYS[0], [(party, SIGNERS[0])]))
        build(load(tmp_path, content=str(tmp_path / name), output=str(tmp_path / f"{name}-site")))
    build(load(tmp_path, content=str(tmp_path / "one"), output=str(tmp_path / "one-site")))


def test_an_exhibit_removed_and_stored_elsewhere_later_answers_at_both_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "exhibits"
    folder.mkdir(parents=True)
    text = exhibit(ISSUERS[0], DAYS[0], [(PARTIES[0], SIGNERS[0])])
    (folder / "a.txt").write_text(text)
    (folder / "b.txt").write_text(text)
    build(load(tmp_path))
    slugs = {path.name for path in (tmp_path / "public" / "agreements").iterdir() if path.is_dir()}
    (folder / "b.txt").unlink()
    build(load(tmp_path))
    (gone,) = slugs - {"2014-01-02-inkwell-testing"}
    twin = json.loads((tmp_path / "public" / "agreements" / gone / "index.json").read_text(encoding="utf-8"))
    assert twin["targets"] == ["agreements/2014-01-02-inkwell-testing/"]


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=A. Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site under git with one agreement, as `sitegen init` sets it up."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    assert main(["init"]) == 0
    blocks = [(PARTIES[0], "Bob Testperson"), (PARTIES[1], "Bob Testperson")]
    commit(tmp_path, "a.txt", exhibit(ISSUERS[0], DAYS[0], blocks))
    return tmp_path


def commit(folder: Path, name: str, text: str) -> None:
    (folder / "content" / "exhibits" / name).write_text(text)
    assert main(["build", "--quiet"]) == 0
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "--message", name)


def rows(folder: Path, revision: str) -> set[str]:
    return {
        f"{kind}\t{line}"
        for kind in KINDS
        for line in git(folder, "show", f"{revision}:content/permalinks/{kind}.tsv").splitlines()
    }


def test_two_branches_with_exhibits_collisions_and_decisions_merge_in_git(repository: Path) -> None:
    decision = ["--by", "A. Editor", "--reason"]
    git(repository, "switch", "--quiet", "--create", "theirs")
    commit(repository, "t.txt", exhibit(ISSUERS[1], DAYS[1], [("Blot & Co LLC", "Cyd Testperson")]))
    assert main(["accept", PARTIES[0], "Blot & Co LLC", *decision, "theirs"]) == 0
    assert main(["separate", "Bob Testperson", "Cyd Testperson", *decision, "theirs again"]) == 0
    commit(repository, "t2.txt", exhibit(ISSUERS[0], DAYS[2], [("Paperclip LLC", "Cyd Testperson")]))
    git(repository, "switch", "--quiet", "main")
    (repository / "content" / "identities.toml").unlink(missing_ok=True)
    assert main(["build", "--quiet", "--clean"]) == 0
    commit(repository, "o.txt", exhibit(ISSUERS[1], DAYS[1], [("Blot and Co, L.L.C.", "Dan Testperson")]))
    commit(repository, "o2.txt", exhibit(ISSUERS[1], DAYS[1], [("Blot-Co LLC", "Dan Testperson")]))
    assert main(["accept", PARTIES[1], "Blot-Co LLC", *decision, "ours"]) == 0
    commit(repository, "o3.txt", exhibit(ISSUERS[0], DAYS[3], [("Paper-clip LLC", "Dan Testperson")]))
    before = rows(repository, "main") | rows(repository, "theirs")
    git(repository, "merge", "--quiet", "--no-edit", "theirs")
    assert main(["build", "--quiet"]) == 0
    git(repository, "add", "content")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "merged")
    assert before <= rows(repository, "HEAD")
    reasons = [
        line for line in (repository / "content" / "identities.toml").read_text().splitlines() if "reason" in line
    ]
    assert sorted(reasons) == ['reason = "ours"', 'reason = "theirs again"', 'reason = "theirs"']
    for revision in ("HEAD~1^1", "HEAD~1^2"):
        for row in rows(repository, revision):
            section, slug, *_ = row.split("\t")
            assert (repository / "public" / section / slug / "index.html").exists(), row
    for kind in KINDS:
        now = parse_ledger(kind, git(repository, "show", f"HEAD:content/permalinks/{kind}.tsv"), kind)
        ours = parse_ledger(kind, git(repository, "show", f"HEAD~1^1:content/permalinks/{kind}.tsv"), kind)
        assert list(losses(ours, now)) == []
    assert main(["check", "--against", "HEAD~1^1", "--format", "json"]) == 0
    assert main(["build", "--quiet", "--locked"]) == 0


def test_check_against_names_lost_addresses_and_new_holders(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--against", "HEAD", "--format", "json"]) == 0
    ledger = repository / "content" / "permalinks" / "parties.tsv"
    first, second = ledger.read_text().splitlines(keepends=True)
    stranger = second.replace("quillfeather fund vi|lp", "someone else|lp")
    ledger.write_text(stranger + second)
    capsys.readouterr()
    assert main(["check", "--against", "HEAD", "--format", "json"]) == 1
    found = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    assert first.split("\t")[0] in found["SG503"]["message"]
    assert "someone else" in found["SG504"]["message"]
    assert found["SG503"]["path"] == "content/permalinks/parties.tsv"


def test_check_against_a_revision_that_is_none(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repository.exists()
    assert main(["check", "--against", "nowhere"]) == 2
    assert "git knows no revision 'nowhere'" in capsys.readouterr().err


def test_check_against_a_revision_before_the_first_address(repository: Path) -> None:
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "more")
    empty = git(
        repository,
        "commit-tree",
        "-m",
        "empty",
        git(repository, "hash-object", "-t", "tree", "-w", "/dev/null").strip(),
    )
    assert main(["check", "--against", empty.strip(), "--format", "json"]) == 0
