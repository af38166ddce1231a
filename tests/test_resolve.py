"""A printed name names a party of its own agreement, or nothing: never a neighbour."""

import pytest

from sitegen.model.agreement import PartyMention
from sitegen.model.text import Fact, Span
from sitegen.parse.resolve import Register, title_party

NOWHERE = Span(0, 0)


def party(name: str, *aliases: str, kind: str = "entity") -> PartyMention:
    return PartyMention(Fact(name, NOWHERE), kind, tuple(Fact(alias, NOWHERE) for alias in aliases))


PARTIES = (
    party("Quillfeather Holdings VI, L.P.", "Quillfeather VI"),
    party("Quillfeather Holdings VII, L.P."),
    party("Quillfeather Asia HT, L.P."),
    party("Quillfeather Asia HT, Ltd.", "the HT General Partner"),
    party("Värde Specimen Partners, Inc."),
    party("Marlowe Specimen Fund"),
    party("Sir Benedict Q. Specimen", kind="person"),
    party("Frederick V. Testperson, Jr.", kind="person"),
    party("Emil Fauxley", "Emil Fauxley, Ph.D.", kind="person"),
)


@pytest.mark.parametrize(
    ("printed", "index"),
    [
        ("QUILLFEATHER HOLDINGS VI L.P.", 0),
        ("Quillfeather Holdings VII, LP", 1),
        ("Quillfeather VI", 0),
        ("Quillfeather Asia HT, L.P.", 2),
        ("QUILLFEATHER ASIA HT. LTD.", 3),
        ("The HT General Partner", 3),
        ("VARDE SPECIMEN PARTNERS, INC.", 4),
        ("Marlowe Specimen Fund, Inc.", 5),
        ("BENEDICT SPECIMEN", 6),
        ("Benedict. Q. Specimen", 6),
        ("FREDERICK V. TESTPERSON, JR.", 7),
        ("Emil Fauxley, Ph.D.", 8),
        ("Emil Fauxley, M.D.", 8),
    ],
)
def test_a_printing_names_its_party(printed: str, index: int) -> None:
    assert Register(PARTIES).find(printed) == index


@pytest.mark.parametrize(
    "printed",
    [
        "Quillfeather Holdings VIII, L.P.",
        "Quillfeather Holdings, L.P.",
        "Quillfeather Asia HT",
        "Quillfeather Asia HT, Inc.",
        "Värde Specimen Partners, L.P.",
        "Frieda Testperson",
        "",
    ],
)
def test_a_printing_of_none_or_of_two_names_nobody(printed: str) -> None:
    assert Register(PARTIES).find(printed) is None


def test_two_parties_of_one_name_are_never_guessed() -> None:
    register = Register((party("Alder Specimen, L.P."), party("ALDER SPECIMEN LP")))
    assert register.find("Alder Specimen, L.P.") is None


@pytest.mark.parametrize(
    ("title", "index"),
    [
        ("Director, Quillfeather VI", 0),
        ("Managing Member of Marlowe Specimen Fund", 5),
        ("President - Värde Specimen Partners, Inc.", 4),
        ("Senior Vice President, General Counsel and Secretary", None),
        ("Director", None),
    ],
)
def test_a_title_names_a_party_only_behind_a_comma_or_of(title: str, index: int | None) -> None:
    assert title_party(title, Register(PARTIES)) == index
