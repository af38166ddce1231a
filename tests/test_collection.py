"""What pages say of many agreements together, held against what an invented corpus tells: all of it, nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import corpus
import pytest

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.comparison import Comparison, compare
from sitegen.catalogue.succession import successive
from sitegen.content import ExhibitFile
from sitegen.identity.decisions import Decision, Decisions, Reference
from sitegen.model.name import key
from sitegen.pages.site import Site

SIZES = [pytest.param(120, id="120"), pytest.param(2000, id="2000", marks=pytest.mark.long)]


class Collection:
    """A corpus, what it tells, and the catalogue of it, in which the renames are decided."""

    def __init__(self, folder: Path, size: int) -> None:
        self.truth = corpus.write(folder, size)
        specimens = list(corpus.agreements(size))
        self.told = {specimen.path: specimen.truth for specimen in specimens}
        files = [ExhibitFile(specimen.path, folder / specimen.path) for specimen in specimens]
        self.db = survey(files, decisions=Decisions(renames(self.told.values())))
        self.catalogue = Catalogue(self.db)
        self.site = Site(self.catalogue, base_url="https://example.org/")
        rows = self.db.execute("SELECT path, slug FROM agreement").fetchall()
        self.slug = dict(rows)
        self.path = {slug: path for path, slug in rows}

    def pairs(self) -> Iterator[tuple[corpus.Change, Comparison]]:
        """Yield what the corpus tells of each pair of successive agreements, and what is laid side by side."""
        for change in self.truth.changes:
            older, newer = self.slug[change.before], self.slug[change.path]
            yield change, compare(self.catalogue.dossier(older), self.catalogue.dossier(newer))


def renames(told: Iterable[corpus.Told]) -> Iterator[Decision]:
    """Yield the decisions of a reader who knows which names of parties are one company's."""
    names: dict[str, dict[str, str]] = {}
    for one in told:
        for party in one.parties:
            names.setdefault(party.who, {}).setdefault(str(key(party.name)), party.name)
    for spellings in names.values():
        if len(spellings) > 1:
            one = tuple(Reference(name) for name in spellings.values())
            yield Decision("same", one, "", "It was renamed.", "A. Reader", "2026-01-02")


@pytest.fixture(scope="module", params=SIZES)
def collection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return Collection(tmp_path_factory.mktemp("corpus"), request.param)


def followed(told: dict[str, corpus.Told]) -> Iterator[tuple[str, str]]:
    """Yield each agreement after the newest earlier one about its issuer with a party in common."""
    for path, one in told.items():
        members = {party.who for party in one.parties}
        earlier = [
            (other.date, before)
            for before, other in told.items()
            if other.issuer == one.issuer and other.date < one.date and members & {party.who for party in other.parties}
        ]
        if earlier:
            yield max(earlier)[1], path


def test_each_agreement_is_compared_with_the_newest_earlier_one_that_shares_a_party(collection: Collection) -> None:
    pairs = {
        (collection.path[pair.older], collection.path[pair.newer])
        for issuer in collection.catalogue.slugs("issuers")
        for pair in successive(collection.catalogue.rosters(issuer))
    }
    assert pairs == set(followed(collection.told))


def keys(names: Iterable[str]) -> list[str]:
    """Return names apart from how a block prints them, in order."""
    return sorted(str(key(name)) for name in names)


def differing(found: Comparison, kind: str) -> list[str]:
    return keys(kept.newer.name for kept in found.kept for each in kept.differences if each.kind == kind)


def test_who_joined_who_is_not_a_party_and_who_was_renamed(collection: Collection) -> None:
    for change, found in collection.pairs():
        assert keys(each.party.name for each in found.joined) == keys(change.joined), change.path
        assert keys(each.party.name for each in found.absent) == keys(change.left), change.path
        renamed = [keys((kept.older.name, kept.newer.name)) for kept in found.kept if kept.renamed]
        assert sorted(renamed) == sorted(keys(pair) for pair in change.renamed), change.path


def rerouted(collection: Collection, change: corpus.Change) -> Iterator[str]:
    """Yield the parties of both agreements that act through other names; one that was renamed, and that is a party
    nowhere under the other name, is another name: no decision can be about it."""
    parties = {party.name: party.who for told in collection.told.values() for party in told.parties}
    before, after = (
        {
            parties[block.party]: [parties.get(link.name, str(key(link.name))) for link in block.chain]
            for block in collection.told[path].blocks
        }
        for path in (change.before, change.path)
    )
    for told_party in collection.told[change.path].parties:
        if told_party.who in before and before[told_party.who] != after.get(told_party.who):
            yield told_party.name


def test_who_signs_and_how(collection: Collection) -> None:
    for change, found in collection.pairs():
        assert differing(found, "signer") == keys(party for party, *_ in change.signers), change.path
        assert differing(found, "through") == keys(rerouted(collection, change)), change.path


def test_titles_and_capacities(collection: Collection) -> None:
    for change, found in collection.pairs():
        titled = keys(party for party, was, now in change.titles if was and now)
        assert differing(found, "title") == titled, change.path


def test_terms_and_clauses(collection: Collection) -> None:
    for change, found in collection.pairs():
        moved = [keys((move.term, move.older.name, move.newer.name)) for move in found.terms]
        assert sorted(moved) == sorted(keys(each) for each in change.terms), change.path
        assert bool(found.clauses) == change.clauses, change.path
