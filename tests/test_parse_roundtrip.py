"""An agreement is drawn, printed in a random house style and read back: the facts are those that were drawn."""

import re
import textwrap
from collections import Counter
from datetime import date
from typing import NamedTuple

import house_formats
import house_schedules
import house_styles
import pytest
from house_formats import FILINGS, FORMATS, WORDINGS, Drawn, Filing, Format
from house_schedules import FORMS, SIGNINGS, Form
from house_styles import STYLES, Block, Cast, Look, Said, Style
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sitegen.model.agreement import Agreement, SignatureBlock
from sitegen.model.name import fold_key
from sitegen.model.text import SourceDocument, Span
from sitegen.parse import parse
from sitegen.read import Reading, read

_WORDS = ["Quillfeather", "Thistledown", "Bramblewick", "Larkspur", "Dunmore", "Fernhollow", "Mossgate", "Ashbourne"]
_TRADES = ["Capital", "Partners", "Global Opportunities", "Asia", "Fund", "Investment Management", "Advisors"]
_NUMERALS = ["", "", "II", "III", "V", "VI", "2004"]
_INSIDE = ["", "", "", "(Offshore)", "(QP)", "(Bermuda)"]
_FORMS = [
    ", L.P.",
    " L.P.",
    ", LLC",
    ", L.L.C.",
    ", Ltd.",
    " Limited",
    ", Inc.",
    " Corp.",
    " plc",
    " S.A.",
    " GmbH",
    ", N.V.",
]
_FIRST = ["Ada", "Bela", "Cora", "Dan", "Edda", "Fenn"]
_LAST = ["Testperson", "Sampleson", "Inventa", "Madeup", "O'Specimen"]
_ENDS = ["", "", "", ", Jr.", " III"]
_SECURITIES = [
    "the Common Stock, par value $0.01 per share, of", "shares of Common Stock of", "the ordinary shares of",
    "the Class A Common Stock, $.001 par value, of", "securities of",
]  # fmt: skip
_DATES = ["%B %d, %Y", "%d %B %Y", "%B %d,%Y"]


class Listed(NamedTuple):
    parties: list[str]
    terms: list[str | None]
    issuer: str
    day: date
    schedule: str


def _name() -> st.SearchStrategy[str]:
    return st.builds(
        lambda one, trade, numeral, inside, form: " ".join(filter(None, (one, trade, numeral, inside))) + form,
        st.sampled_from(_WORDS), st.sampled_from(_TRADES), st.sampled_from(_NUMERALS), st.sampled_from(_INSIDE),
        st.sampled_from(_FORMS),
    )  # fmt: skip


def _person() -> st.SearchStrategy[str]:
    return st.builds(
        lambda first, middle, last, end: f"{first} {middle}{last}{end}",
        st.sampled_from(_FIRST), st.sampled_from(["", "M. "]), st.sampled_from(_LAST), st.sampled_from(_ENDS),
    )  # fmt: skip


@st.composite
def _drawn(draw: st.DrawFn) -> Listed:
    letters = lambda name: "".join(filter(str.isalnum, name.casefold()))  # noqa: E731
    parties = draw(st.lists(st.one_of(_name(), _person()), min_size=2, max_size=8, unique_by=letters))
    terms = [draw(st.sampled_from([None, f"Q{number}"])) for number in range(len(parties))]
    issuer = (
        draw(st.sampled_from(_WORDS))
        + " Robotics"
        + draw(st.sampled_from([", Inc.", " Corporation", " plc", ", N.V."]))
    )
    day = draw(st.dates(min_value=date(1994, 1, 1), max_value=date(2030, 12, 31)))
    return Listed(parties, terms, issuer, day, draw(st.sampled_from(["13D", "13G"])))


def _list(drawn: Listed) -> str:
    items = [name + (f' ("{term}")' if term else "") for name, term in zip(drawn.parties, drawn.terms, strict=True)]
    return ", ".join(items[:-1]) + " and " + items[-1]


def _openings(drawn: Listed, day: str, securities: str) -> list[str]:
    act = (
        f"the Schedule {drawn.schedule} with respect to {securities} {drawn.issuer} is filed on behalf of each of them."
    )
    who = _list(drawn)
    return [
        f'JOINT FILING AGREEMENT (this "Agreement"), dated as of {day}, among {who}.\n\nThe parties agree that {act}',
        f"This Agreement is made as of {day}, by and between {who}.\n\nEach party hereby agrees that {act}",
        f"{who} hereby agree that {act}\n\nDated: {day}",
        f"The undersigned, {who}, agree that {act}\n\nDated: {day}",
        f"In accordance with Rule 13d-1(k)(1), as amended, {who} each hereby agree that {act}\n\nDated: {day}",
    ]


@settings(max_examples=80, deadline=None)
@given(_drawn(), st.integers(0, 4), st.integers(50, 110), st.sampled_from(_DATES), st.sampled_from(_SECURITIES))
def test_what_is_printed_is_read_back(drawn: Listed, style: int, width: int, form: str, securities: str) -> None:
    body = _openings(drawn, drawn.day.strftime(form), securities)[style].replace("..", ".")
    paragraphs = [textwrap.fill(part, width, initial_indent="     ") for part in body.split("\n\n")]
    signatures = [f"{name.upper()}\n\nBy: /s/ Zed Signer\nName: Zed Signer\nTitle: Director" for name in drawn.parties]
    text = "\n\n".join(["                JOINT FILING AGREEMENT", *paragraphs, *signatures]) + "\n"
    document = SourceDocument(text=text, format="plain", encoding="utf-8", body=Span(0, len(text)))
    (found,) = parse(Reading((document,))).found
    agreement = found.agreement
    assert [party.name.value for party in agreement.parties] == drawn.parties
    assert [[alias.value for alias in party.aliases] for party in agreement.parties] == [
        [term] if term else [] for term in drawn.terms
    ]
    assert agreement.date
    assert agreement.date.value == drawn.day.isoformat()
    assert agreement.issuer
    assert agreement.issuer.name.value == drawn.issuer
    assert agreement.schedule
    assert agreement.schedule.value == drawn.schedule


_PAPER = "Paper Robotics, Inc."
_LOOKS = st.builds(
    Look, st.sampled_from(("By: ", "By:  ", "BY: ", "By:")), st.sampled_from(("/s/ ", "/S/ ", "/s/")), st.booleans(),
    st.booleans(), st.booleans(),
)  # fmt: skip
_UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""What fails is told as it is: making it smaller takes minutes, and it is short."""
_CASTS = st.randoms(use_true_random=False).map(Cast)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__)
@settings(max_examples=2, deadline=None, phases=_UNSHRUNK)
@given(st.data())
def test_every_style_is_read_back_from_every_format(form: Format, data: st.DataObject) -> None:
    """Beside a plain block, before or behind it; whoever agrees is listed in the text too, or only signs."""
    for style in STYLES:
        cast, look = data.draw(_CASTS), data.draw(_LOOKS)
        blocks = data.draw(st.permutations([style(cast, look), house_styles.plain(cast, look)]))
        drawn = Drawn(blocks, _PAPER, date(2012, 2, 13), "13G")
        file = form(drawn, house_formats.worded(drawn, data.draw(st.sampled_from(("", drawn.named)))))
        (found,) = parse(read(file.name, file.data)).found
        _is_read_back(found.agreement, drawn, file.data)


@settings(max_examples=3, deadline=None, phases=_UNSHRUNK)
@given(st.data())
def test_every_style_is_read_back_from_one_line(data: st.DataObject) -> None:
    """Beside a plain block, before or behind it; a date between two signatures alone may be either one's."""
    for style in STYLES:
        cast, look = data.draw(_CASTS), data.draw(_LOOKS)
        blocks = [house_styles.plain(cast, look), style(cast, look)]
        drawn = Drawn(
            blocks if style is house_styles.dated else data.draw(st.permutations(blocks)),
            _PAPER, date(2012, 2, 13), "13G",
        )  # fmt: skip
        file = house_formats.flattened(
            drawn, house_formats.worded(drawn, data.draw(st.sampled_from(("", drawn.named))))
        )
        (found,) = parse(read(file.name, file.data)).found
        _is_read_back(found.agreement, drawn, file.data)


_NUMBERED = {house_styles.footnoted, house_styles.noted}
"""Styles with a number that the foot of the page explains: two on one page would share it."""
_SILENT = {"SG301", "SG312", "SG401", "SG402"}
"""Findings that say that a date, a signature or a party was not told."""


@settings(max_examples=3, deadline=None, phases=_UNSHRUNK)
@given(st.data())
def test_nothing_wrong_is_read_from_one_line(data: st.DataObject) -> None:
    """What follows on what, in any style, says nothing that was not drawn, and says so where something lacks."""
    for one in STYLES:
        cast, look = data.draw(_CASTS), data.draw(_LOOKS)
        two = data.draw(st.sampled_from([two for two in STYLES if not {one, two} <= _NUMBERED]))
        drawn = Drawn([one(cast, look), two(cast, look)], _PAPER, date(2012, 2, 13), "13G")
        file = house_formats.flattened(drawn, house_formats.worded(drawn, ""))
        (found,) = parse(read(file.name, file.data)).found
        _is_not_wrong(found.agreement, drawn, file.data)


@pytest.mark.parametrize("wording", WORDINGS)
@settings(max_examples=10, deadline=None)
@given(_CASTS, _LOOKS, st.data())
def test_every_wording_is_read_back(wording: str, cast: Cast, look: Look, data: st.DataObject) -> None:
    """An older agreement that it joins or replaces lends it no date and no party."""
    style, form = data.draw(st.sampled_from(STYLES)), data.draw(st.sampled_from(FORMATS))
    drawn = Drawn([style(cast, look), house_styles.plain(cast, look)], _PAPER, date(2012, 2, 13), "13G")
    body = house_formats.worded(drawn, data.draw(st.sampled_from(("", drawn.named))), wording)
    file = form(drawn, body)
    (found,) = parse(read(file.name, file.data)).found
    _is_read_back(found.agreement, drawn, file.data)
    title = found.agreement.title
    assert (title.value if title else "EXHIBIT A") == body[0]


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing.__name__)
@settings(max_examples=10, deadline=None)
@given(_CASTS, _LOOKS, st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_two_agreements_of_one_file_are_read_apart(
    filing: Filing, cast: Cast, look: Look, one: Style, two: Style
) -> None:
    """Neither the schedule's own signatures nor a power of attorney between them are any agreement's."""
    drawn = [
        Drawn([house_styles.plain(cast, look), one(cast, look)], _PAPER, date(2012, 2, 13), "13G"),
        Drawn([two(cast, look), house_styles.plain(cast, look)], _PAPER, date(2012, 3, 15), "13D"),
    ]
    file = filing(*drawn)
    found = parse(read(file.name, file.data)).found
    assert len(found) == len(drawn)
    for agreement, wanted in zip(found, drawn, strict=True):
        _is_read_back(agreement.agreement, wanted, file.data)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@settings(max_examples=5, deadline=None)
@given(st.data())
def test_every_signature_of_a_structured_schedule_is_read_back(form: Form, data: st.DataObject) -> None:
    for signing in SIGNINGS:
        cast = data.draw(_CASTS)
        persons = data.draw(st.permutations([signing(cast), house_schedules.officer(cast)]))
        xml = form(persons, _PAPER)
        (found,) = parse(read("specimen.xml", xml.encode())).found
        got, want = Counter(_said(found.agreement)), Counter(_keyed(one) for person in persons for one in person.says)
        assert got == want, xml
        assert [party.name.value for party in found.agreement.parties] == [person.name for person in persons]
        day, issuer, schedule = found.agreement.date, found.agreement.issuer, found.agreement.schedule
        assert (day and day.value, issuer and issuer.name.value) == (house_schedules.SIGNED, _PAPER)
        assert schedule
        assert schedule.value == form.__name__.removeprefix("schedule_").upper()


def _is_read_back(agreement: Agreement, drawn: Drawn, data: bytes) -> None:
    got, want = Counter(_said(agreement)), Counter(_drawn_of(drawn.blocks))
    assert got == want, data.decode("latin-1")
    parties = [_key(party.name.value) for party in agreement.parties]
    assert sorted(parties) == sorted({said.party for said in want})
    assert agreement.date
    assert agreement.date.value == drawn.day.isoformat()
    assert agreement.issuer
    assert _key(agreement.issuer.name.value) == _key(drawn.issuer)
    assert agreement.schedule
    assert agreement.schedule.value == drawn.schedule


def _is_not_wrong(agreement: Agreement, drawn: Drawn, data: bytes) -> None:
    """Hold each fact to be a drawn one; an office or a date may lack, as may a whole block."""
    got, want = Counter(_said(agreement)), Counter(_drawn_of(drawn.blocks))
    less = {
        one._replace(title=title, signed=day)
        for one in want
        for title in (one.title, None)
        for day in (one.signed, None)
    }
    assert set(got) <= less, data.decode("latin-1")
    assert {_key(party.name.value) for party in agreement.parties} <= {said.party for said in want}
    assert agreement.date is None or agreement.date.value == drawn.day.isoformat()
    if got != want or agreement.date is None:
        assert _SILENT & {finding.code for finding in agreement.findings}, data.decode("latin-1")


_OF_SERIES = re.compile(r",\s(?:acting\s)?on behalf of its series")


def _key(name: str) -> str:
    """Return a name as it is the same in capitals; what a trust does for its series is no part of it."""
    return str(fold_key(_OF_SERIES.split(name, maxsplit=1)[0]))


def _said(agreement: Agreement) -> list[Said]:
    return [_said_by(block) for block in agreement.blocks]


def _said_by(block: SignatureBlock) -> Said:
    return Said(
        _key(block.printed.value),
        tuple((_key(link.name.value), link.capacity.value if link.capacity else None) for link in block.chain),
        _key(block.signer.value) if block.signer else "",
        block.title.value if block.title else None,
        block.attorney is not None,
        block.signed.value if block.signed else None,
    )


def _drawn_of(blocks: list[Block]) -> list[Said]:
    return [_keyed(said) for block in blocks for said in block.says]


def _keyed(said: Said) -> Said:
    chain = tuple((_key(name), role) for name, role in said.chain)
    return said._replace(party=_key(said.party), chain=chain, signer=_key(said.signer))
