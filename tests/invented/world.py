"""Invented sponsors through the years: funds, general partners, officers and what happens to them between filings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from invented.names import issuer, numeral, person, sponsor
from invented.truth import Block, Link, Party, Told

AGREEMENTS = 20
"""Agreements a sponsor."""
_FIRST_YEAR, _YEARS = 1996, 20
_OUTSIDERS = 3
"""Sponsors that share an outside investor; the first two of them have him in their groups."""
_NAMESAKES = 4
"""Sponsors of which one has an officer who is called as those of the next such sponsors are."""
_FEWEST, _MOST = 2, 12
_FORMS = {"fund": ("L.P.", "L.P.", "LP"), "gp": ("L.L.C.", "LLC", "L.P."), "top": ("Ltd.", "Inc.", "L.L.C.")}
_PLACES = {"L.P.": "limited partnership", "LP": "limited partnership", "L.L.C.": "limited liability company",
           "LLC": "limited liability company", "Ltd.": "company", "Inc.": "corporation"}  # fmt: skip
_TITLES = ("Director", "Vice President", "Managing Director", "Authorized Signatory", "Chief Financial Officer",
           "General Counsel and Secretary", "Executive Vice President", "President")  # fmt: skip
_CAPACITIES = {"gp": ("general partner", None), "top": ("general partner", "managing member", "sole member", None),
               "manager": ("investment manager", "investment adviser")}  # fmt: skip
_CLAUSES = (
    (
        "Each party is responsible for the completeness and accuracy of the information concerning such party.",
        (
            "Each party is individually eligible to use the Schedule and is responsible for the completeness and "
            "accuracy of the information concerning such party contained therein, but not of that concerning the other "
            "parties, unless such party knows or has reason to believe that such information is inaccurate."
        ),
    ),
    (
        "This Agreement may be executed in any number of counterparts, each of which shall be deemed an original.",
        "This Agreement may be executed in counterparts, all of which together shall constitute one instrument.",
    ),
    (
        "This Agreement shall be filed as an exhibit to the statement.",
        "The parties consent to the inclusion of this Agreement as an exhibit to any amendment to the statement.",
    ),
    (
        "This Agreement may be terminated upon one week's prior written notice by any party.",
        "Any party may withdraw from this Agreement upon written notice thereof to the other parties.",
    ),
)


@dataclass(frozen=True)
class Human:
    """Someone who signs."""

    who: str
    name: str


@dataclass
class Entity:
    """A company of a sponsor."""

    who: str
    name: str
    place: str
    """What its opening paragraph says it is: `a Delaware limited partnership`."""
    term: str
    through: "Entity | None"
    """Who acts for it; itself acts by its officer where there is none."""
    capacity: str | None
    """What `through` is to it."""
    officer: Human
    title: str | None
    former: str | None = None

    def chain(self) -> Iterator["Entity"]:
        """Yield the entities that act for it, outward."""
        at = self.through
        while at:
            yield at
            at = at.through


@dataclass
class Series:
    """One group's agreements about one issuer."""

    name: str
    issuer: str
    cik: str
    """The issuer's."""
    schedule: str
    security: str
    preamble: bool
    """Whether the agreement opens with all parties and their terms."""
    members: "list[Entity | Human]"
    clauses: list[int]
    """Which wording of each clause stands."""
    lead: Entity
    """The company that the agreement calls the Lead Investor."""
    filed: int = 0


@dataclass(frozen=True)
class Filing:
    """One agreement with what its paper shows beside its facts."""

    told: Told
    series: Series
    places: tuple[str, ...]
    """What the opening paragraph says that each party is."""
    attorneys: bool
    manager: str


@dataclass
class Sponsor:
    """A house of funds."""

    number: int
    chance: Random
    stem: str = field(init=False)
    people: list[Human] = field(init=False)
    attorney: Human = field(init=False)
    manager: Entity = field(init=False)
    entities: list[Entity] = field(init=False)
    retired: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        chance = self.chance
        self.stem = sponsor(self.number)
        self.people = [self._human(at) for at in range(9)]
        self.attorney = self._human(9)
        manager_form, group_form = chance.choice(("L.L.C.", "Inc.", "Ltd.")), chance.choice(("Inc.", "Ltd."))
        group = self._entity("Group Holdings", group_form, "Group", None, "top")
        self.manager = self._entity("Capital Management", manager_form, "Capital", None, "manager")
        self.entities = [group, self.manager]
        for number in range(1, chance.randint(2, 4) + 1):
            self.entities += self._family(number, group)

    def _human(self, at: int) -> Human:
        if at == 1 and self.number % _NAMESAKES == 1:
            return Human(f"s{self.number}h{at}", person(150_000 + self.number // (5 * _NAMESAKES)))
        return Human(f"s{self.number}h{at}", person(self.number * 10 + at))

    def _entity(self, kind: str, form: str, term: str, through: Entity | None, role: str) -> Entity:
        home = self.chance.choice(("Delaware", "Delaware", "Cayman Islands"))
        return Entity(
            who=f"s{self.number}:{kind}",
            name=f"{self.stem} {kind}{' ' if form == 'LP' else ', '}{form}",
            place=f"a {home} {_PLACES[form]}",
            term=f"{self.stem.split()[0]} {term}",
            through=through,
            capacity=self.chance.choice(_CAPACITIES[role]),
            officer=self.chance.choice(self.people[:5]),
            title=self.chance.choice(_TITLES),
        )

    def _family(self, number: int, group: Entity) -> list[Entity]:
        """Return a fund with the companies above it: chains of one to four steps."""
        chance, ordinal = self.chance, numeral(number)
        top = self._entity(f"Advisors {ordinal}", chance.choice(_FORMS["top"]), f"Advisors {ordinal}", None, "top")
        if chance.random() < 0.3:
            top.through = group
            top.capacity = chance.choice(("sole member", "sole shareholder", None))
        partner = self._entity(f"GenPar {ordinal}", chance.choice(_FORMS["gp"]), f"GP {ordinal}", None, "top")
        if chance.random() < 0.6:
            partner.through = top
        fund = self._entity(f"Partners {ordinal}", chance.choice(_FORMS["fund"]), f"Fund {ordinal}", partner, "gp")
        found = [fund, partner, top]
        if chance.random() < 0.4:
            found.append(self._entity(f"Offshore {ordinal}", "Ltd.", f"Offshore {ordinal}", self.manager, "manager"))
        if chance.random() < 0.3:
            feeder = f"Parallel {ordinal}"
            found.append(self._entity(feeder, chance.choice(_FORMS["fund"]), feeder, fund, "gp"))
        return found

    def outsider(self) -> tuple[Human, Entity] | None:
        """Return an investor of his own who joins groups of more than one sponsor, with his company."""
        pool, at = divmod(self.number, _OUTSIDERS)
        if at == _OUTSIDERS - 1:
            return None
        human = Human(f"o{pool}", person(170_000 + pool))
        family = human.name.split(maxsplit=2)[2]
        company = Entity(f"o{pool}:own", f"{family} Family Ventures, LLC", "a Nevada limited liability company",
                         f"{family} Ventures", None, None, human, "Manager")  # fmt: skip
        return human, company


def history(number: int, seed: int) -> Iterator[Filing]:
    """Yield a sponsor's agreements in order of date."""
    house = Sponsor(number, Random(f"{seed}/{number}"))  # noqa: S311 -- the same corpus each time
    chance = house.chance
    plan: list[tuple[date, Series]] = []
    while len(plan) < AGREEMENTS:
        series = _series(house, len({one.name for _, one in plan}))
        day = date(_FIRST_YEAR + chance.randrange(_YEARS), 1, 1) + timedelta(days=chance.randrange(365))
        for _ in range(min(chance.choice((1, 1, 2, 3, 5, 8)), AGREEMENTS - len(plan))):
            plan.append((day, series))
            day += timedelta(days=chance.randint(20, 420))
    for day, series in sorted(plan, key=lambda one: (one[0], one[1].name)):
        if series.filed:
            _happen(house, series)
        yield _filing(house, series, day)
        series.filed += 1


def _series(house: Sponsor, at: int) -> Series:
    chance = house.chance
    # every fifth sponsor's first issuer is also the sponsor's before it: two groups about one company
    index = (house.number - 1) * AGREEMENTS if at == 0 and house.number % 5 == 4 else house.number * AGREEMENTS + at
    funds = [entity for entity in house.entities if entity.through]
    lead = chance.choice(funds)
    members: list[Entity | Human] = [lead, *lead.chain()]
    others = [entity for entity in house.entities if entity not in members]
    members += chance.sample(others, min(len(others), chance.randint(0, 5)))
    members += house.people[: chance.choice((0, 0, 1, 2))]
    if (outsider := house.outsider()) and at < 2:
        members += outsider
    return Series(
        name=f"s{house.number}/{at}",
        issuer=issuer(index),
        cik=f"{9_000_000 + index:010}",
        schedule=chance.choice(("13D", "13D", "13G")),
        security=chance.choice(("Common Stock, par value $0.01 per share,", "Common Stock", "ordinary shares")),
        preamble=chance.random() < 0.6,
        members=members[:_MOST],
        clauses=[chance.randrange(2) for _ in _CLAUSES][: chance.randint(2, 4)],
        lead=lead,
    )


def _happen(house: Sponsor, series: Series) -> None:
    """Let time pass between two agreements of a series."""
    for event, likely in _EVENTS:
        if house.chance.random() < likely:
            event(house, series)


def _join(house: Sponsor, series: Series) -> None:
    others = [one for one in (*house.entities, *house.people[:3]) if one not in series.members]
    if others and len(series.members) < _MOST:
        series.members.append(house.chance.choice(others))


def _leave(house: Sponsor, series: Series) -> None:
    free = [one for one in series.members if one is not series.lead]
    if free and len(series.members) > _FEWEST:
        series.members.remove(house.chance.choice(free))


def _replace_officer(house: Sponsor, series: Series) -> None:
    entity = _acting(house, series)
    entity.officer = house.chance.choice([human for human in house.people if human != entity.officer])
    entity.title = house.chance.choice(_TITLES)


def _promote(house: Sponsor, series: Series) -> None:
    entity = _acting(house, series)
    entity.title = house.chance.choice([title for title in _TITLES if title != entity.title])


def _recast(house: Sponsor, series: Series) -> None:
    acted_for = [one for one in series.members if isinstance(one, Entity) and one.through]
    if acted_for:
        entity = house.chance.choice(acted_for)
        role = "manager" if entity.through is house.manager else "top"
        entity.capacity = house.chance.choice([one for one in _CAPACITIES[role] if one != entity.capacity])


def _act_through_another(house: Sponsor, series: Series) -> None:
    entity = series.lead
    fit = [one for one in house.entities if one is not entity.through and entity not in (one, *one.chain())]
    fit = [one for one in fit if len([*one.chain()]) < 4 and "Parallel" not in one.name and "Partners" not in one.name]
    if fit:
        entity.through = house.chance.choice(fit)


def _reword(house: Sponsor, series: Series) -> None:
    at = house.chance.randrange(len(series.clauses))
    series.clauses[at] = 1 - series.clauses[at]


def _pass_the_lead(house: Sponsor, series: Series) -> None:
    others = [one for one in series.members if isinstance(one, Entity) and one is not series.lead]
    if others:
        series.lead = house.chance.choice(others)


def _rename(house: Sponsor, _series: Series) -> None:
    if "manager" not in house.retired:
        house.retired.add("manager")
        house.manager.former = house.manager.name
        house.manager.name = house.manager.name.replace("Capital Management", "Asset Management")


def _acting(house: Sponsor, series: Series) -> Entity:
    """Return an entity whose officer signs in this series."""
    entities = [one for one in series.members if isinstance(one, Entity) and one in house.entities]
    return [*(one := house.chance.choice(entities), *one.chain())][-1] if entities else house.manager


_EVENTS: tuple[tuple[Callable[[Sponsor, Series], None], float], ...] = (
    (_join, 0.25), (_leave, 0.2), (_replace_officer, 0.2), (_promote, 0.15), (_recast, 0.12),
    (_act_through_another, 0.1), (_reword, 0.2), (_pass_the_lead, 0.1), (_rename, 0.04),
)  # fmt: skip


def _filing(house: Sponsor, series: Series, day: date) -> Filing:
    attorneys = house.number % 3 == 0
    told = Told(
        title="JOINT FILING AGREEMENT",
        date=day.isoformat(),
        issuer=series.issuer,
        schedule=series.schedule,
        amendment=str(series.filed) if series.filed else None,
        parties=tuple(_party(series, one) for one in series.members),
        blocks=tuple(_block(house, one, attorneys=attorneys) for one in series.members),
        clauses=tuple(_CLAUSES[at][which] for at, which in enumerate(series.clauses)),
    )
    places = tuple(one.place if isinstance(one, Entity) else "an individual" for one in series.members)
    return Filing(told, replace(series), places, attorneys, house.manager.name)


def _party(series: Series, one: Entity | Human) -> Party:
    if isinstance(one, Human):
        return Party(one.name, "person", one.who)
    if not series.preamble:
        return Party(one.name, "entity", one.who)
    return Party(one.name, "entity", one.who, "Lead Investor" if one is series.lead else one.term, one.former)


def _block(house: Sponsor, one: Entity | Human, *, attorneys: bool) -> Block:
    if isinstance(one, Human):
        by_attorney = attorneys and one in house.people
        hand = house.attorney if by_attorney else one
        return Block(one.name, (), hand.name, hand.who, None, by_attorney)
    chain = [*one.chain()]
    last = chain[-1] if chain else one
    above = [one, *chain]
    links = tuple(Link(link.name, link.who, before.capacity) for before, link in zip(above[:-1], chain, strict=True))
    return Block(one.name, links, last.officer.name, last.officer.who, last.title)
