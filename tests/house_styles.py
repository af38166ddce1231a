"""Signature blocks as filers print them, in every style, with what each says.

A style takes who signs and gives the lines of one block with what they say. Styles that leave something open are none:
what is printed here has one reading.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

_WORDS = (
    "Quillfeather", "Marlowe", "Alder", "Specimen", "Harrow", "Larkspur", "Tamarind", "Verbena", "Northgate", "Osprey",
    "Thistledown", "Bramblewick", "Dunmore", "Fernhollow", "Mossgate", "Ashbourne",
)  # fmt: skip
_KINDS = ("Capital", "Fund", "Partners", "Holdings", "Master Fund", "Advisors", "Opportunities Fund II")
_FORMS = (", L.P.", " LP", ", LLC", ", L.L.C.", ", Ltd.", " Limited", ", Inc.", " Corp.")
_GIVEN = ("Ada", "Ben", "Carla", "Dietrich", "Edda", "Fenn", "Maria", "Hugo")
_FAMILY = ("Testperson", "Mockwell", "Sampleman", "Inventa", "Fauxley", "Madeup", "Pretend", "Nobody")


class Said(NamedTuple):
    """What one block says: a row for each party and human."""

    party: str
    chain: tuple[tuple[str, str | None], ...]
    signer: str
    title: str | None = None
    attorney: bool = False
    signed: str | None = None


class Block(NamedTuple):
    """A printed block, and what it says."""

    lines: list[str]
    says: list[Said]


class Look(NamedTuple):
    """What one typist does everywhere."""

    by: str = "By: "
    mark: str = "/s/ "
    labels: bool = True
    capitals: bool = True
    rule: bool = False

    def head(self, name: str) -> str:
        return name.upper() if self.capitals else name

    def sign(self, human: str, title: str | None = None, by: str | None = None) -> list[str]:
        """Print a mark, and below it who signed."""
        by = self.by if by is None else by
        below = [f"Name: {human}", f"Title: {title}"] if self.labels and title else [human, *([title] if title else [])]
        return [f"{by}{self.mark}{human}", *(["-" * 30] if self.rule else []), *below]


class Cast:
    """Names to sign with; each is given out once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._entities = [f"{word} {kind}" for word in _WORDS for kind in _KINDS]
        self._humans = [f"{given} {family}" for given, family in zip(_GIVEN, _FAMILY, strict=True)]

    def _next(self, of: int) -> int:
        return self._chance.randrange(of)

    def entity(self, form: str = "") -> str:
        # One a stem: two names of one stem would be told apart by more than this is about.
        stem = self._entities.pop(self._next(len(self._entities)))
        self._entities = [one for one in self._entities if one.split()[0] != stem.split()[0]]
        return stem + (form or _FORMS[self._next(len(_FORMS))])

    def human(self) -> str:
        return self._humans.pop(self._next(len(self._humans)))

    def one_of(self, *words: str) -> str:
        return words[self._next(len(words))]

    def title(self) -> str:
        return self.one_of("Director", "Managing Member", "Authorized Signatory", "Vice President", "General Counsel")

    def role(self) -> str:
        return self.one_of("general partner", "managing member", "sole member", "investment manager")


Style = Callable[[Cast, Look], Block]


def plain(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    return Block([look.head(party), "", *look.sign(human, title)], [Said(party, (), human, title)])


def person(cast: Cast, look: Look) -> Block:
    human = cast.human()
    return Block(look.sign(human, by=""), [Said(human, (), human)])


def staircase(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    chain = ((cast.entity(), cast.role()), (cast.entity(), cast.role()))
    steps = [f"{look.by}{name}, its {role}" for name, role in chain]
    return Block([look.head(party), *steps, "", *look.sign(human, title)], [Said(party, chain, human, title)])


def inverted(cast: Cast, look: Look) -> Block:
    party, link, human, title = cast.entity(), cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}its General Partner, {link}", "", *look.sign(human, title)]
    return Block(lines, [Said(party, ((link, "general partner"),), human, title)])


def stacked(cast: Cast, look: Look) -> Block:
    parties, human, title = [cast.entity() for _ in range(3)], cast.human(), cast.title()
    return Block(
        [*map(look.head, parties), "", *look.sign(human, title)], [Said(party, (), human, title) for party in parties]
    )


def for_itself(cast: Cast, look: Look) -> Block:
    partner, fund, human, title = cast.entity(", LLC"), cast.entity(", L.P."), cast.human(), cast.title()
    lines = [f"{look.head(partner)},", "for itself and as general partner of", look.head(fund), ""]
    chain = ((partner, "general partner"),)
    return Block([*lines, *look.sign(human, title)], [Said(partner, (), human, title), Said(fund, chain, human, title)])


def attorney_for_each(cast: Cast, look: Look) -> Block:
    human, parties = cast.human(), [cast.entity(), cast.entity()]
    lines = [
        f"{look.mark}{human}",
        f"{human}, individually and as attorney-in-fact for each of",
        f"{parties[0]} and {parties[1]}",
    ]
    return Block(lines, [Said(human, (), human), *(Said(party, (), human, attorney=True) for party in parties)])


def starred(cast: Cast, look: Look) -> Block:
    parties, human = [cast.human(), cast.human()], cast.human()
    lines = [line for party in parties for line in (f"{look.mark}{party}*", party, "")]
    lines += [f"*By: {look.mark}{human}", f"{human}, Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True) for party in parties])


def swapped(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", f"Name: {human}", f"Title: {title}", f"{look.by}{look.mark}{human}"]
    return Block(lines, [Said(party, (), human, title)])


def unmarked(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    return Block(
        [look.head(party), "", f"{look.by}{human}", f"Name: {human}", f"Title: {title}"],
        [Said(party, (), human, title)],
    )


def caption(cast: Cast, look: Look) -> Block:
    human, parties, title = cast.human(), [cast.entity(" Corp."), cast.entity(", Inc.")], "President"
    lines = [
        f"{look.mark}{human}",
        f"{human}, individually and as {title} of",
        f"{parties[0]} and {parties[1]}",
    ]
    return Block(lines, [Said(human, (), human), *(Said(party, (), human, title) for party in parties)])


def trust(cast: Cast, look: Look) -> Block:
    human, word = cast.human(), cast.entity().split()[0]
    name = cast.one_of(f"{word} Family Trust dated March 3, 1999", f"{word} Trust f/b/o Zelda Dummy u/a/d May 3, 1990")
    return Block([look.head(name), "", *look.sign(human, "Trustee")], [Said(name, (), human, "Trustee")])


def two_officers(cast: Cast, look: Look) -> Block:
    party, officers = cast.entity(), [(cast.human(), "Director"), (cast.human(), "Secretary")]
    signs = [line for human, title in officers for line in ("", *look.sign(human, title))]
    return Block([look.head(party), *signs], [Said(party, (), human, title) for human, title in officers])


def dated(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", *look.sign(human, title), "Date: May 21, 2019"]
    return Block(lines, [Said(party, (), human, title, signed="2019-05-21")])


def attorney(cast: Cast, look: Look) -> Block:
    party, human = cast.entity(), cast.human()
    lines = [look.head(party), "", f"{look.by}{look.mark}{human}", f"Name: {human}", "Title: Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True)])


def entity_as_attorney(cast: Cast, look: Look) -> Block:
    party, link, human, title = cast.entity(), cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}{link}, its attorney-in-fact", "", *look.sign(human, title)]
    return Block(lines, [Said(party, ((link, "attorney-in-fact"),), human, title, attorney=True)])


def series(cast: Cast, look: Look) -> Block:
    party, human, title = f"{cast.entity(' Trust')}, on behalf of its series {cast.entity(' Growth Fund')}", "", ""
    human, title = cast.human(), cast.title()
    return Block([party, "", *look.sign(human, title)], [Said(party, (), human, title)])


def series_below(cast: Cast, look: Look) -> Block:
    trust, part, adviser = cast.entity(" Trust"), cast.entity(" Growth Fund"), cast.entity(", LLC")
    human, title = cast.human(), cast.title()
    lines = [f"{look.head(trust)},", f"{cast.one_of('on behalf of', 'acting on behalf of')} its series {part}"]
    lines += [f"{look.by}{adviser}, its investment adviser", ""]
    party = f"{trust}, on behalf of its series {part}"
    return Block([*lines, *look.sign(human, title)], [Said(party, ((adviser, "investment adviser"),), human, title)])


def capacity_below(cast: Cast, look: Look) -> Block:
    party, link, role, human, title = cast.entity(), cast.entity(), cast.role(), cast.human(), cast.title()
    said = cast.one_of(f"Its: {role.title()}", f"    its {role}", f"    as its {role}")
    lines = [look.head(party), f"{look.by}{link}{'' if said.startswith('Its') else ','}", said, ""]
    return Block([*lines, *look.sign(human, title)], [Said(party, ((link, role),), human, title)])


def inverted_over_lines(cast: Cast, look: Look) -> Block:
    party, link, role, human, title = cast.entity(), cast.entity(), cast.role(), cast.human(), cast.title()
    lines = [look.head(party), "", f"{look.by}its {role.title()}{cast.one_of('', ',')}", f"    {link}", ""]
    return Block([*lines, *look.sign(human, title)], [Said(party, ((link, role),), human, title)])


def sole_member(cast: Cast, look: Look) -> Block:
    party, member, partner = cast.entity(", LLC"), cast.entity(", L.P."), cast.entity(" GP, LLC")
    human, title = cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}{member}, its sole member", f"{look.by}{partner}, its general partner"]
    chain = ((member, "sole member"), (partner, "general partner"))
    return Block([*lines, "", *look.sign(human, title)], [Said(party, chain, human, title)])


def trustee_company(cast: Cast, look: Look) -> Block:
    name = (
        f"{cast.entity().split()[0]} {cast.one_of('1997 Irrevocable Trust', 'Trust dated March 3, 1999', 'GST Trust')}"
    )
    bank, human, title = cast.entity(" Trust Company"), cast.human(), cast.title()
    lines = [look.head(name), f"{look.by}{bank}, {cast.one_of('its', 'as')} trustee", ""]
    return Block([*lines, *look.sign(human, title)], [Said(name, ((bank, "trustee"),), human, title)])


def settlors_trust(cast: Cast, look: Look) -> Block:
    """Print a trust that bears its trustee's name, as most do."""
    human, year = cast.human(), cast.one_of("dated May 3, 1990", "u/a/d June 6, 1985", "of 2004", "dtd 1/2/2003")
    name = f"{human} {cast.one_of('Revocable', 'Family', 'Living')} Trust {year}"
    return Block([look.head(name), "", *look.sign(human, "Trustee")], [Said(name, (), human, "Trustee")])


def two_abreast(cast: Cast, look: Look) -> Block:
    party, one, two = cast.entity(), cast.human(), cast.human()
    lines = [look.head(party), "", f"{look.by}{look.mark}{one} and {look.mark}{two}"]
    lines += [f"Name: {one} and {two}", "Title: Director and Secretary"]
    return Block(lines, [Said(party, (), one, "Director"), Said(party, (), two, "Secretary")])


def starred_companies(cast: Cast, look: Look) -> Block:
    parties, human = [cast.entity(), cast.entity()], cast.human()
    officer, title = cast.human(), cast.title()
    lines = [
        line for party in parties for line in (look.head(party), f"{look.by}{look.mark}{officer}*", officer, title, "")
    ]
    lines += [
        f"*{look.by}{look.mark}{human}",
        cast.one_of(f"{human}, Attorney-in-Fact", f"{human}, as attorney-in-fact"),
    ]
    return Block(lines, [Said(party, (), human, attorney=True) for party in parties])


def starred_without_foot(cast: Cast, look: Look) -> Block:
    """Print stars that no foot explains: the attorney at the end is theirs."""
    parties, human = [cast.human(), cast.human()], cast.human()
    lines = [line for party in parties for line in (f"{look.mark}{party}*", party, "")]
    lines += [f"{look.by}{look.mark}{human}", human, "Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True) for party in parties])


def footnoted(cast: Cast, look: Look) -> Block:
    parties, human = [cast.human(), cast.human()], cast.human()
    lines = [line for party in parties for line in (f"{look.mark}{party} (1)", party, "")]
    lines += [f"(1) By: {look.mark}{human}", f"{human}, Attorney-in-Fact"]
    return Block(lines, [Said(party, (), human, attorney=True) for party in parties])


def noted(cast: Cast, look: Look) -> Block:
    """Print an attorney whose power a numbered note tells of."""
    party, human = cast.entity(), cast.human()
    lines = [look.head(party), "", f"{look.by}{look.mark}{human} (1)", f"Name: {human}", "Title: Attorney-in-Fact", ""]
    lines += [f"(1) {human} is signing on behalf of {party} pursuant to a power of attorney dated February 1, 2009."]
    return Block(lines, [Said(party, (), human, attorney=True)])


def attorney_for_person(cast: Cast, look: Look) -> Block:
    party, human = cast.human(), cast.human()
    said = cast.one_of(f"{human}, Attorney-in-Fact for {party}", f"{human}, as attorney-in-fact")
    return Block([look.head(party), "", f"{look.by}{look.mark}{human}", said], [Said(party, (), human, attorney=True)])


def entity_as_attorney_below(cast: Cast, look: Look) -> Block:
    party, link, partner, human, title = cast.human(), cast.entity(), cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), f"{look.by}{link}, as attorney-in-fact", f"{look.by}{partner}, its manager", ""]
    chain = ((link, "attorney-in-fact"), (partner, "manager"))
    return Block([*lines, *look.sign(human, title)], [Said(party, chain, human, title, attorney=True)])


def marked_name(cast: Cast, look: Look) -> Block:
    """Swap labels: the mark behind `Name:`, the printed name behind `By:`."""
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", f"{look.by}{human}", f"Name: {look.mark}{human}", f"Title: {title}"]
    return Block(lines, [Said(party, (), human, title)])


def its_officer(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", f"{look.by}{look.mark}{human}", f"{human}, its {title}"]
    return Block(lines, [Said(party, (), human, title)])


def comma_officer(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", f"{look.by}{look.mark}{human}, {title}"]
    return Block(lines, [Said(party, (), human, title)])


def twins(cast: Cast, look: Look) -> Block:
    """Sign for two companies whose names differ in the legal form alone."""
    stem, human, title = cast.entity().split()[0], cast.human(), cast.title()
    parties = [f"{stem} Opportunities Fund II, Ltd.", f"{stem} Opportunities Fund II, Inc."]
    lines = [line for party in parties for line in (look.head(party), "", *look.sign(human, title), "")]
    return Block(lines, [Said(party, (), human, title) for party in parties])


def wrapped(cast: Cast, look: Look) -> Block:
    word, human, title = cast.entity().split()[0], cast.human(), cast.title()
    party = f"{word} International Opportunities Partners (Offshore Institutional) Master Fund IV, L.P."
    lines = look.head(party).replace(" (", "\n(").replace(") ", ")\n").split("\n")
    return Block([*lines, "", *look.sign(human, title)], [Said(party, (), human, title)])


def spouses(cast: Cast, look: Look) -> Block:
    """Sign one after the other, two people of one surname."""
    given, family = cast.human().split()
    other = f"{cast.human().split()[0]} {family}"
    people = [f"{given} {family}", other]
    return Block(
        [line for one in people for line in (*look.sign(one, by=""), "")], [Said(one, (), one) for one in people]
    )


def seven_storeys(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    chain = tuple((cast.entity(), cast.role()) for _ in range(5))
    lines = [line for name, role in chain for line in (f"{look.by}{name},", f"    its {role}")]
    return Block([look.head(party), *lines, "", *look.sign(human, title)], [Said(party, chain, human, title)])


def electronic(cast: Cast, look: Look) -> Block:
    party, human, title = cast.entity(), cast.human(), cast.title()
    lines = [look.head(party), "", "DocuSigned by:", human, f"{look.by}{look.mark}{human}", f"Name: {human}"]
    return Block([*lines, f"Title: {title}"], [Said(party, (), human, title)])


STYLES: tuple[Style, ...] = (
    plain, person, staircase, inverted, stacked, for_itself, attorney_for_each, starred, swapped, unmarked, caption,
    trust, two_officers, dated, attorney, entity_as_attorney, series, series_below, capacity_below,
    inverted_over_lines, sole_member, trustee_company, settlors_trust, two_abreast, starred_companies,
    starred_without_foot, footnoted, noted, attorney_for_person, entity_as_attorney_below,
    marked_name, its_officer, comma_officer, twins, wrapped, spouses, seven_storeys, electronic,
)  # fmt: skip
