"""Near names: proposed for a person to decide, with what differs; never joined, and never what numbers tell apart."""

import csv
from pathlib import Path
from random import Random

import pytest
from casefile import Case, cases
from hypothesis import given
from hypothesis import strategies as st

from sitegen.identity.proposals import Named, Proposal, proposals
from sitegen.model.name import key

CASES = cases("identities")
with (Path(__file__).parent / "cases" / "names.tsv").open(encoding="utf-8") as file:
    PRINTED = [(row["name"], row["party"]) for row in csv.DictReader(file, delimiter="\t")]


def named(line: str) -> Named:
    name, _, cik = line.partition(" | ")
    kind = "person" if name.startswith("person: ") else "entity"
    name = name.removeprefix("person: ")
    return Named(str(key(name)), name, kind, cik or None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_is_proposed_of_names(case: Case) -> None:
    found = proposals([named(line) for line in case.text.splitlines()])
    assert [one.reason for one in found] == case.expected["pair"]
    if found:
        assert [f"{one.one_word} / {one.other_word}".strip() for one in found] == case.expected["words"]


def test_of_the_case_list_only_inverted_names_are_proposed_among_one_partys_printings() -> None:
    names = {str(key(name)): (name, party) for name, party in PRINTED}
    found = proposals([Named(identity, name, "entity") for identity, (name, _) in sorted(names.items())])
    pairs = {(names[one.one][1], names[one.other][1]): one.reason for one in found}
    assert {reason for (one, other), reason in pairs.items() if one == other} == {"the words stand in another order"}
    missed = {party for _, party in names.values() if sum(party == other for _, other in names.values()) > 1}
    assert missed <= {one for one, other in pairs if one == other}


def test_many_names_that_share_all_words_but_one_are_not_all_compared() -> None:
    names = [named(f"Quill{number:05}x Capital Partners, L.P.") for number in range(3_000)]
    assert len(proposals(names)) == 0


def test_a_slip_is_found_among_many_names_of_the_same_house() -> None:
    words = [
        f"{first}{second}{third}"
        for first in ("quill", "ink", "blot")
        for second in "aeiou"
        for third in "bdfghklmnprst"
    ]
    names = [named(f"{word.capitalize()}feather Capital, L.P.") for word in words]
    slip = named("Quillabfeathr Capital, L.P.")
    found = proposals([*names, slip])
    assert (slip.identity, "one word is spelled differently") in {
        (identity, one.reason) for one in found for identity in (one.one, one.other)
    }


NAME = st.lists(
    st.sampled_from(["Quill", "Quil", "Feather", "Ink", "V", "VI", "2", "Ada", "A.", "Société", "Societe", "and"]),
    min_size=1,
    max_size=5,
).map(" ".join)
FORM = st.sampled_from(["", ", L.P.", ", LLC", " Ltd."])


def pairs(found: list[Proposal]) -> set[frozenset[str]]:
    return {frozenset((one.one, one.other)) for one in found}


@given(st.lists(st.builds(str.__add__, NAME, FORM), max_size=12, unique_by=key), st.randoms())
def test_order_does_not_change_what_is_proposed_and_each_pair_once(names: list[str], random: Random) -> None:
    given_names = [Named(str(key(name)), name, "entity") for name in names]
    found = proposals(given_names)
    random.shuffle(given_names)
    assert pairs(proposals(given_names)) == pairs(found)
    assert len(pairs(found)) == len(found)
    assert all(one.one != one.other for one in found)
