"""When two printed names are one name."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.name import fold_key, fold_space, key, split_form

with (Path(__file__).parent / "cases" / "names.tsv").open(encoding="utf-8") as file:
    NAMES = [(row["name"], row["party"]) for row in csv.DictReader(file, delimiter="\t")]
INVERTED = {"Blum, Richard C."}


def test_no_two_parties_of_the_case_list_share_a_key() -> None:
    merged = [(a, b) for (a, x), (b, y) in combinations(NAMES, 2) if x != y and key(a) == key(b)]
    assert merged == []


def test_only_inverted_names_of_the_case_list_are_missed() -> None:
    missed = [(a, b) for (a, x), (b, y) in combinations(NAMES, 2) if x == y and key(a) != key(b)]
    assert missed
    assert all({a, b} & INVERTED for a, b in missed)


@pytest.mark.parametrize(
    ("name", "stem", "form"),
    [
        ("Quillfeather Fund V, L.P.", "Quillfeather Fund V", "lp"),
        ("QUILLFEATHER FUND V. L. P.", "QUILLFEATHER FUND V.", "lp"),
        ("Quillfeather Pte. Ltd.", "Quillfeather", "pte ltd"),
        ("Quillfeather Holdings S.à r.l.", "Quillfeather Holdings", "sarl"),
        ("Quillfeather GmbH & Co. KG", "Quillfeather", "gmbh co kg"),
        ("Quillfeather Bank, National Association", "Quillfeather Bank", "na"),
        ("Quillfeather Family Trust", "Quillfeather Family", "trust"),
        ("Limited", "Limited", ""),
        ("Ada Testperson", "Ada Testperson", ""),
    ],
)
def test_one_legal_form_is_cut_off_the_tail(name: str, stem: str, form: str) -> None:
    assert split_form(name) == (stem, form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quillfeather Fund, L.P.", "Quillfeather Fund, Ltd."),
        ("Quillfeather Fund V, L.P.", "Quillfeather Fund VI, L.P."),
        ("Quillfeather Fund II, L.P.", "Quillfeather Fund 2, L.P."),
        ("O'Quill Corp.", "O Quill Corp."),
        ("Ada Testperson", "Ada Testperson, Jr."),
    ],
)
def test_names_that_must_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Quillfeather Company", "QUILLFEATHER CO."),
        ("Quill & Feather LLC", "Quill and Feather, L.L.C."),
        ("O’Quill Corp.", "O'QUILL CORPORATION"),
        ("Quill G. P. III, LLC", "Quill GP III, L.L.C."),
        ("Quillfeather\n     Fund, L.P.", "Quillfeather Fund LP"),
    ],
)
def test_printings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_accents_fold_only_inside_one_agreement() -> None:
    assert key("Société Quill S.A.") != key("Societe Quill S.A.")
    assert fold_key("Société Quill S.A.") == fold_key("Societe Quill S.A.")


@given(st.text(max_size=300))
def test_white_space_and_letter_case_never_make_another_name(name: str) -> None:
    assert key(f"  {fold_space(name)}\n") == key(fold_space(name))


def test_a_name_of_many_thousand_characters_has_a_key() -> None:
    assert key("A. " * 20_000 + "L.P.").form == "lp"
