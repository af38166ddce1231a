"""What pages say of many agreements together, held against what an invented corpus tells: all of it, nothing else."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path, PurePosixPath

import corpus
import pytest

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.comparison import Comparison, compare, fold_title
from sitegen.catalogue.signing import Place, Signing
from sitegen.catalogue.succession import successive
from sitegen.content import ExhibitFile
from sitegen.identity.decisions import Decision, Decisions, Reference
from sitegen.model.name import key
from sitegen.pages import PAGES, authority, bridges, differences, roster
from sitegen.pages.site import Site
from sitegen.render.theme import Theme

SIZES = [pytest.param(120, id="120"), pytest.param(2000, id="2000", marks=pytest.mark.long)]
LONGEST = 150_000
"""Bytes of a page."""


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


def said_where(collection: Collection, place: Place) -> str:
    """Return the words of a place, folded for looking into."""
    lines = collection.catalogue.dossier(place.agreement).text.splitlines()[place.first - 1 : place.last]
    return "".join(letter for letter in "".join(lines).casefold() if letter.isalnum())


def letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def whole(collection: Collection, name: str) -> list[Signing]:
    """Return all signature blocks of a page of signing authority."""
    return [
        each for key in authority.parts(collection.site, name) for each in authority.part(collection.site, key).signings
    ]


def test_issuers_show_who_signed_for_whom_and_no_other(collection: Collection) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for name in authority.names(collection.site):
        if name.startswith("issuers/"):
            for each in whole(collection, name):
                assert each.signer, each
                pair = str(key(each.signer.name)), str(key(each.party.name))
                found.setdefault(pair, set()).add(collection.path[each.agreement.slug])
    told: dict[tuple[str, str], set[str]] = {}
    for (signer, party), paths in collection.truth.signs_for.items():
        told.setdefault((str(key(signer)), str(key(party))), set()).update(paths)
    assert found == told


def test_a_companys_page_shows_the_blocks_that_name_it_and_no_other(collection: Collection) -> None:
    identities = named_as(collection)
    told: dict[str, set[tuple[str, str]]] = {}
    for path, one in collection.told.items():
        for block in one.blocks:
            for name in (block.party, *(link.name for link in block.chain)):
                told.setdefault(identities(name), set()).add((path, str(key(block.party))))
    names = [name for name in authority.names(collection.site) if name.startswith("parties/")]
    assert names
    for name in names:
        page = collection.catalogue.party(name.partition("/")[2])
        blocks = {(collection.path[each.agreement.slug], str(key(each.party.name))) for each in whole(collection, name)}
        if page.ref.kind == "entity":
            assert blocks == told[identities(page.ref.name)], name


def named_as(collection: Collection) -> Callable[[str], str]:
    """Return what a company's name stands for: its bearer, where it names a party somewhere, else itself."""
    bearers = {str(key(party.name)): party.who for told in collection.told.values() for party in told.parties}
    return lambda name: bearers.get(str(key(name)), str(key(name)))


def test_each_line_holds_the_name_that_it_is_cited_for(collection: Collection) -> None:
    for name in authority.names(collection.site):
        for each in whole(collection, name)[:20]:
            for mention in (each.party, *each.through, each.signer):
                assert mention
                assert mention.place
                assert letters(mention.name) in said_where(collection, mention.place), mention


def test_a_roster_lists_the_parties_of_every_agreement(collection: Collection) -> None:
    for issuer in collection.catalogue.slugs("issuers"):
        for part in roster.issuer_parts(collection.site, issuer):
            for ref, members in roster.part(collection.site, part).shown:
                told = collection.told[collection.path[ref.slug]]
                listed = members.values()
                assert keys(each.named.name for each in listed) == keys(each.name for each in told.parties)
                signed = [(each.named.name, by.signer.name) for each in listed for by in each.signed if by.signer]
                assert sorted(map(keys, signed)) == sorted(keys((block.party, block.signer)) for block in told.blocks)


def test_bridges_are_people_who_connect_issuers_or_stand_apart(collection: Collection) -> None:
    people, entities, namesakes = bridges.parted(collection.site)
    connecting = list(collection.truth.bridges())
    shown = {bridge.identity for bridge in people} | {each.identity for each in namesakes}
    assert {str(key(person.name)) for person in connecting} <= shown
    for bridge in people:
        paths = {collection.path[slug] for _, slugs in bridge.agreements for slug in slugs}
        assert any(
            str(key(person.name)) == bridge.identity and paths <= set(person.agreements) for person in connecting
        ), bridge
    identities = named_as(collection)
    told: dict[str, set[str]] = {}
    for one in collection.told.values():
        companies = [party.name for party in one.parties if party.kind == "entity"]
        companies += [link.name for block in one.blocks for link in block.chain]
        for name in companies:
            told.setdefault(identities(name), set()).add(one.issuer)
    found = {identities(each.name): len(each.bridge.agreements) for each in bridges.found(collection.site, entities, 1)}
    assert found == {who: len(issuers) for who, issuers in told.items() if len(issuers) > 1}


def apart(printed: Iterable[set[str]]) -> bool:
    """Whether two agreements print nothing in common."""
    return any(one.isdisjoint(other) for one, other in combinations(list(printed), 2))


def test_what_agreements_print_differently_of_a_company(collection: Collection) -> None:
    identities = named_as(collection)
    printed: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for path, told in collection.told.items():
        entities = {party.name for party in told.parties if party.kind == "entity"}
        for block in told.blocks:
            if block.party not in entities:
                continue
            party = identities(block.party)
            signer = str(key(block.signer))
            said = [("signers", "", signer)]
            if block.title and not block.attorney:
                said.append(("title", signer, fold_title(block.title)))
            for link in block.chain[:1]:
                said.append(("through", "", identities(link.name)))
                said += [("capacity", identities(link.name), fold_title(link.capacity))] if link.capacity else []
            for kind, about, value in said:
                printed.setdefault((kind, party, about), {}).setdefault(path, set()).add(value)
    different = {matter for matter, by_path in printed.items() if apart(by_path.values())}
    found = set()
    for each in collection.catalogue.all_differences:
        if each.kind in ("signers", "title", "through", "capacity"):
            told_one = differences.told(collection.site, each)
            about = each.about if each.kind == "title" else identities(told_one.other.text) if told_one.other else ""
            found.add((each.kind, identities(told_one.party.text), about))
    assert found == different


@pytest.mark.timeout(3600)
def test_no_page_is_long_and_each_is_linked(collection: Collection) -> None:
    theme = Theme.load(Path(__file__).parents[1] / "themes" / "dossier")
    linked: set[str] = set()
    made: set[str] = set()
    long = []
    for page in PAGES:
        for key_ in page.keys(collection.site):
            path = page.path(key_)
            text = theme.render(page.template, page.view(collection.site, key_), collection.site, path)
            made.add(path)
            folder = PurePosixPath(path).parent
            linked.update(posixpath.normpath(folder / href) for href in re.findall(r'href="([^"#?:]+)', text))
            if path.endswith(".html") and len(text.encode()) > LONGEST:
                long.append(f"{path}: {len(text.encode())} bytes")
    assert not long
    pages = {path for path in made if path.endswith("index.html")}
    assert pages - linked == set()
