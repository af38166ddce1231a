"""What is laid side by side of two agreements: the printings that differ, each with its lines, and nothing derived."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.comparison import Comparison, Said, compare
from sitegen.catalogue.signing import Place, signings
from sitegen.catalogue.succession import Roster, successive
from sitegen.content import ExhibitFile

FUND, SECOND, MANAGER = "Quillfeather Fund I, L.P.", "Quillfeather Fund II, L.P.", "Quillfeather Capital, LLC"
CLAUSES = (
    "1. Each of the undersigned is responsible for the timely filing of such statement and any amendments thereto.",
    "2. This Agreement may be executed in one or more counterparts.",
    "3. This Agreement shall be governed by the laws of the State of New York.",
)
Folder = Callable[..., Catalogue]


def signed(party: str, signer: str, title: str = "Managing Member", *through: str) -> str:
    if party == signer:
        return f"\n\n{party}\n\n/s/ {signer}\n-----------------------\n{signer}\n"
    steps = "".join(f"By: {step}\n" for step in through)
    return (
        f"\n\n{party.upper()}\n\n{steps}By:  /s/ {signer}\n     ------------------\nName:  {signer}\nTitle: {title}\n"
    )


def paper(dated: str, parties: tuple[str, ...], *blocks: str, clauses: tuple[str, ...] = CLAUSES) -> str:
    among = ", ".join(parties[:-1]) + f" and {parties[-1]}"
    return (
        "JOINT FILING AGREEMENT\n\n"
        f"This Joint Filing Agreement, dated as of {dated}, is among {among}.\n\n"
        "In accordance with Rule 13d-1(k)(1) under the Securities Exchange Act of 1934, each of them agrees to\n"
        "the joint filing of a statement on Schedule 13G with respect to the common stock\n"
        "of Plainly Invented Mills, Inc.\n\n"
        + "\n\n".join(clauses)
        + "\n\nIN WITNESS WHEREOF, the undersigned have executed this agreement as of the date first above written.\n"
        + "".join(blocks)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def made(*texts: str) -> Catalogue:
        files = []
        for number, text in enumerate(texts):
            place = tmp_path / f"{number}.txt"
            place.write_text(text, encoding="utf-8")
            files.append(ExhibitFile(f"exhibits/{number}.txt", place))
        return Catalogue(survey(files))

    return made


def compared(folder: Folder, older: str, newer: str) -> Comparison:
    catalogue = folder(older, newer)
    (pair,) = successive(catalogue.rosters("plainly-invented-mills-inc"))
    return compare(catalogue.dossier(pair.older), catalogue.dossier(pair.newer))


def words(said: tuple[Said, ...]) -> list[str]:
    return [", ".join(name.name for name in each.names) or each.words for each in said]


def lines(said: tuple[Said, ...]) -> list[Place | None]:
    return [each.place for each in said]


def test_a_party_that_joined_and_one_that_is_not_a_party_there(folder: Folder) -> None:
    found = compared(
        folder,
        paper("March 1, 2001", (FUND, MANAGER), signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson")),
        paper("May 2, 2003", (SECOND, MANAGER), signed(SECOND, "Ada Testperson"), signed(MANAGER, "Ada Testperson")),
    )
    assert [each.party.name for each in found.joined] == [SECOND]
    assert [each.party.name for each in found.absent] == [FUND]
    (kept,) = found.kept
    assert kept.newer.name == MANAGER
    assert not kept.renamed
    assert not kept.differences
    assert found.clauses == ()
    assert found.joined[0].party.place == Place(found.newer.slug, 3, 3)


def test_another_signer_with_both_lines(folder: Folder) -> None:
    found = compared(
        folder,
        paper("March 1, 2001", (FUND, MANAGER), signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson")),
        paper("May 2, 2003", (FUND, MANAGER), signed(FUND, "Ben Specimen"), signed(MANAGER, "Ada Testperson")),
    )
    (difference,) = found.kept[0].differences
    assert difference.kind == "signer"
    assert (words(difference.older), words(difference.newer)) == (["Ada Testperson"], ["Ben Specimen"])
    (place,) = lines(difference.newer)
    assert place
    newer = paper("May 2, 2003", (FUND, MANAGER), signed(FUND, "Ben Specimen"), signed(MANAGER, "Ada Testperson"))
    assert "Ben Specimen" in newer.splitlines()[place.first - 1]
    assert place.agreement == found.newer.slug
    assert found.kept[1].differences == ()


def test_another_title_another_way_and_another_capacity(folder: Folder) -> None:
    through = f"{MANAGER}, its general partner"
    other = f"{MANAGER}, its managing member"
    found = compared(
        folder,
        paper(
            "March 1, 2001",
            (FUND, SECOND, MANAGER),
            signed(FUND, "Ada Testperson", "Director"),
            signed(SECOND, "Ada Testperson", "Director", through),
            signed(MANAGER, "Ada Testperson", "Director"),
        ),
        paper(
            "May 2, 2003",
            (FUND, SECOND, MANAGER),
            signed(FUND, "Ada Testperson", "Director", through),
            signed(SECOND, "Ada Testperson", "Director", other),
            signed(MANAGER, "Ada Testperson", "Secretary"),
        ),
    )
    by_party = {kept.newer.name: [each.kind for each in kept.differences] for kept in found.kept}
    assert by_party == {FUND: ["through"], SECOND: [], MANAGER: ["title"]}
    (capacity,) = found.capacities
    assert [name.name for name in capacity.about] == [SECOND, MANAGER]
    assert (words(capacity.older), words(capacity.newer)) == (["general partner"], ["managing member"])
    (way,) = found.kept[0].differences
    assert (words(way.older), words(way.newer)) == (["directly"], [MANAGER])


def test_capitals_and_points_of_a_title_are_no_difference(folder: Folder) -> None:
    found = compared(
        folder,
        paper(
            "March 1, 2001",
            (FUND, MANAGER),
            signed(FUND, "Ada Testperson", "Vice President"),
            signed(MANAGER, "Ada Testperson"),
        ),
        paper(
            "May 2, 2003",
            (FUND, MANAGER),
            signed(FUND, "Ada Testperson", "VICE-PRESIDENT"),
            signed(MANAGER, "Ada Testperson"),
        ),
    )
    assert not any(kept.differences for kept in found.kept)


def test_a_party_without_a_block_is_no_change_of_signer(folder: Folder) -> None:
    found = compared(
        folder,
        paper("March 1, 2001", (FUND, MANAGER), signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson")),
        paper("May 2, 2003", (FUND, MANAGER), signed(MANAGER, "Ada Testperson")),
    )
    assert not any(kept.differences for kept in found.kept)


def test_the_words_of_a_clause_that_differ(folder: Folder) -> None:
    both = (signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson"))
    found = compared(
        folder,
        paper("March 1, 2001", (FUND, MANAGER), *both),
        paper("May 2, 2003", (FUND, MANAGER), *both, clauses=(CLAUSES[0].replace("timely", "accurate"), *CLAUSES[1:])),
    )
    (change,) = found.clauses
    assert change.older
    assert change.newer
    assert [piece.words for piece in change.older.pieces if piece.differs] == ["timely"]
    assert [piece.words for piece in change.newer.pieces if piece.differs] == ["accurate"]
    assert change.older.place
    assert change.newer.place
    assert (change.older.place.agreement, change.newer.place.agreement) == (found.older.slug, found.newer.slug)


def test_a_clause_that_only_one_prints(folder: Folder) -> None:
    both = (signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson"))
    found = compared(
        folder,
        paper("March 1, 2001", (FUND, MANAGER), *both),
        paper("May 2, 2003", (FUND, MANAGER), *both, clauses=CLAUSES[:2]),
    )
    (change,) = found.clauses
    assert change.newer is None
    assert change.older
    assert change.older.number == "3"


def test_a_term_that_names_another_party(folder: Folder) -> None:
    both = (signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson"))
    found = compared(
        folder,
        paper("March 1, 2001", (f'{FUND} (the "Vessel")', MANAGER), *both),
        paper("May 2, 2003", (FUND, f'{MANAGER} (the "Vessel")'), *both),
    )
    (move,) = found.terms
    assert (move.term, move.older.name, move.newer.name) == ("Vessel", FUND, MANAGER)


def test_what_an_exhibit_shows_of_a_power_of_attorney(folder: Folder) -> None:
    attorney = "\n\n{}\n\n/s/ Ada Testperson\n--------------------\nAda Testperson\nAttorney-in-Fact{}\n"
    instrument = "\n\n\nPOWER OF ATTORNEY\n\nThe undersigned hereby appoints Ada Testperson to sign.\n"
    states = []
    for after, remark in (("", ""), ("", "*\n\n* Pursuant to a power of attorney filed before"), (instrument, "")):
        text = paper(
            "March 1, 2001",
            ("Ben Specimen", MANAGER),
            attorney.format("Ben Specimen", remark),
            signed(MANAGER, "Cyd Example"),
        )
        catalogue = folder(text + after)
        (agreement,) = catalogue.agreements()
        first = signings(catalogue.dossier(agreement.slug))[0]
        assert first.attorney
        assert first.power
        states.append((first.power.state, first.power_place is None))
    assert states == [("not in this exhibit", True), ("referred to", False), ("stated", False)]


def roster(slug: str, date: str | None, *members: str) -> Roster:
    return Roster(slug, date, frozenset((member, "") for member in members))


@pytest.mark.parametrize(
    ("agreements", "pairs"),
    [
        ([roster("a", "2001", "x"), roster("b", "2002-03-01", "x"), roster("c", "2003", "x")], ["a-b", "b-c"]),
        ([roster("a", "2001", "x"), roster("b", "2002", "y"), roster("c", "2003", "x")], ["a-c"]),
        ([roster("a", "2001-05-01", "x"), roster("b", "2001-05-01", "x")], []),
        ([roster("a", "2001", "x"), roster("b", "2001-05-01", "x")], []),
        ([roster("a", None, "x"), roster("b", "2001-05-01", "x")], []),
        ([roster("a", "2001", "x"), roster("b", "2001", "x", "y"), roster("c", "2002", "x", "y")], ["b-c"]),
    ],
    ids=["in order", "two lines of filers", "one day", "date left open", "undated", "the nearer roster"],
)
def test_an_agreement_follows_the_newest_earlier_one_with_a_party_in_common(
    agreements: list[Roster], pairs: list[str]
) -> None:
    assert [f"{pair.older}-{pair.newer}" for pair in successive(agreements)] == pairs


def test_a_fund_whose_chain_differs_from_its_siblings(folder: Folder) -> None:
    funds = tuple(f"Quillfeather Fund {number}, L.P." for number in ("I", "II", "III", "IV"))
    through = [f"{MANAGER}, its general partner"] * 3 + [f"{MANAGER}, its investment manager"]
    blocks = [signed(fund, "Ada Testperson", "Director", step) for fund, step in zip(funds, through, strict=True)]
    catalogue = folder(paper("March 1, 2001", (*funds, MANAGER), *blocks, signed(MANAGER, "Ada Testperson")))
    (told,) = catalogue.all_differences
    assert (told.kind, told.identity) == ("siblings", "quillfeather fund iv|lp")
    assert [at.number for at in told.witnesses] == [3, 0]


def test_two_pairs_of_siblings_are_no_difference(folder: Folder) -> None:
    funds = tuple(f"Quillfeather Fund {number}, L.P." for number in ("I", "II", "III", "IV"))
    through = [f"{MANAGER}, its general partner"] * 2 + [f"{MANAGER}, its investment manager"] * 2
    blocks = [signed(fund, "Ada Testperson", "Director", step) for fund, step in zip(funds, through, strict=True)]
    catalogue = folder(paper("March 1, 2001", (*funds, MANAGER), *blocks, signed(MANAGER, "Ada Testperson")))
    assert catalogue.all_differences == ()


def test_one_signer_more_is_no_different_people(folder: Folder) -> None:
    twice = signed(FUND, "Ada Testperson") + signed(FUND, "Ben Specimen")
    catalogue = folder(
        paper("March 1, 2001", (FUND, MANAGER), twice, signed(MANAGER, "Ada Testperson")),
        paper("May 2, 2003", (FUND, MANAGER), signed(FUND, "Ada Testperson"), signed(MANAGER, "Ada Testperson")),
    )
    assert catalogue.all_differences == ()
