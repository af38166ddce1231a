"""Laws of the signature reader: what is printed in any house style is read back; any text is read without harm."""

import re
import sys
from collections import Counter
from itertools import zip_longest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.model.agreement import SignatureBlock
from sitegen.model.name import fold_key
from sitegen.model.text import SourceDocument, Span
from sitegen.parse.blocks import signature_blocks, signature_drafts

WORDS = (
    "Quillfeather",
    "Marlowe",
    "Alder",
    "Specimen",
    "Harrow",
    "Larkspur",
    "Tamarind",
    "Verbena",
    "Northgate",
    "Osprey",
)
KINDS = ("Capital", "Fund", "Partners", "Holdings", "Master Fund", "Advisors", "Opportunities Fund", "GP")
NUMERALS = ("", " II", " III", " VII", " (Offshore)", " 2004")
FORMS = (", L.P.", " LP", ", LLC", ", L.L.C.", ", Ltd.", " Limited", ", Inc.", " Corp.", " S.A.", " GmbH")
GIVEN = ("Ada", "Ben", "Carla", "Dietrich", "Jean-Luc", "Maria", "Seán")
FAMILY = ("Testperson", "Mockwell", "Sampleman", "O'Mock", "de la Muestra", "Fauxley", "Holding")
SUFFIXES = ("", "", "", ", Jr.", " III")
TITLES = (
    "Director",
    "Managing Member",
    "Executive Vice President and Chief Investment Officer",
    "Authorized Signatory",
    "General Counsel",
)
CAPACITIES = ("general partner", "managing member", "sole member", "investment manager", "investment adviser", None)

humans = st.builds(
    "{} {}{}{}".format,
    st.sampled_from(GIVEN),
    st.sampled_from(("", "Q. ")),
    st.sampled_from(FAMILY),
    st.sampled_from(SUFFIXES),
)
entities = st.builds(
    "{} {}{}{}".format,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join),
    *map(st.sampled_from, (KINDS, NUMERALS, FORMS)),
)
links = st.tuples(entities, st.sampled_from(CAPACITIES))
companies = st.tuples(
    st.lists(entities, min_size=1, max_size=3, unique_by=str.casefold),
    st.lists(links, max_size=5),
    humans,
    st.sampled_from(TITLES),
    st.booleans(),
)
people = st.tuples(st.just([]), st.just([]), humans, st.none(), st.booleans())
signings = st.lists(st.one_of(companies, people), min_size=1, max_size=5)


Signing = tuple[list[str], list[tuple[str, str | None]], str, str | None, bool]
"""Parties, chain, human, title, and whether a person's name stands above too."""


class Style:
    """A house style drawn at random, the same for a whole page."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.indent = draw(st.sampled_from((0, 4, 32)))
        self.step = draw(st.sampled_from((0, 4)))
        self.by = draw(st.sampled_from(("By:  ", "By: ", "BY: ", "By:")))
        self.mark = draw(st.sampled_from(("/s/ ", "/S/ ", "/s/", "/s/   ")))
        self.rule = draw(st.booleans())
        self.labels = draw(st.booleans())
        self.caps = draw(st.booleans())
        self.its = draw(st.sampled_from((", its {}", ", as {}", ",\nits {}", "\nIts: {}")))
        self.wrap = draw(st.sampled_from((0, 34)))
        self.columns = draw(st.booleans())
        self.gap = draw(st.sampled_from(("", "\n")))

    def name(self, text: str) -> str:
        text = text.upper() if self.caps else text
        if not self.wrap or len(text) <= self.wrap:
            return text
        cut = text.rfind(" ", 0, self.wrap)
        return f"{text[:cut]}\n  {text[cut + 1 :]}" if cut > 0 else text

    def block(self, signing: Signing) -> str:
        parties, chain, human, title, headed = signing
        lines = [self.name(party) for party in parties]
        if title is None:
            return self.person(human, by=headed)
        for entity, capacity in chain:
            lines.append(self.gap + self.by + entity + (self.its.format(capacity) if capacity else ""))
        lines.append(self.gap + self.by + self.mark + human)
        if self.rule:
            lines.append(" " * len(self.by) + "-" * 24)
        lines += [f"Name:  {human}", f"Title: {title}"] if self.labels else [human, title]
        return "\n".join(lines)

    def person(self, human: str, *, by: bool) -> str:
        head = [human.upper(), ""] if by else []
        return "\n".join(
            [*head, (self.by if by else "") + self.mark + human, *(["-" * 24] if self.rule else []), human]
        )

    def page(self, blocks: list[str]) -> str:
        if self.columns:
            pairs = [blocks[at : at + 2] for at in range(0, len(blocks), 2)]
            blocks = [beside(*pair) if len(pair) > 1 else pair[0] for pair in pairs]
        text = "\n\n\n".join(blocks)
        return "\n".join(" " * self.indent + line for line in text.split("\n")) + "\n"


def beside(left: str, right: str) -> str:
    """Print two blocks side by side, in columns wider than any line of them."""
    rows = zip_longest(left.split("\n"), right.split("\n"), fillvalue="")
    width = max(map(len, left.split("\n"))) + 6
    return "\n".join(f"{one:<{width}}{other}".rstrip() for one, other in rows)


def told(chain: list[tuple[str, str | None]], party: str) -> tuple[tuple[str, str | None], ...]:
    """Return a staircase as one of a stack's parties signs through it: from what comes below its own name."""
    names = [str(fold_key(name)) for name, _ in chain]
    own = str(fold_key(party))
    below = names.index(own) + 1 if own in names else 0
    return tuple((name.casefold(), capacity) for name, capacity in chain[below:])


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[tuple[object, ...]]]:
    style, drawn = Style(draw), draw(signings)
    expected = [
        (party.casefold(), told(chain, party if parties[1:] else ""), human.casefold(), title)
        for parties, chain, human, title, _ in drawn
        for party in parties or [human]
    ]
    return style.page([style.block(signing) for signing in drawn]), expected


def document(text: str) -> SourceDocument:
    return SourceDocument(text=text, format="plain", encoding="utf-8", body=Span(0, len(text)))


def read(text: str) -> tuple[SignatureBlock, ...]:
    page = document(text)
    return signature_blocks(page, signature_drafts(page, page.body), ())[0]


def facts(block: SignatureBlock) -> tuple[object, ...]:
    chain = tuple((link.name.value.casefold(), link.capacity and link.capacity.value) for link in block.chain)
    signer = block.signer and block.signer.value.casefold()
    return block.printed.value.casefold(), chain, signer, block.title and block.title.value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages())
def test_what_a_typist_prints_is_read_back(page: tuple[str, list[tuple[object, ...]]]) -> None:
    text, expected = page
    assert Counter(facts(block) for block in read(text)) == Counter(expected), text


MARKS = ("By:", "/s/ ", "Name:", "Title:", "Its:", "*", "____", "----", "S\\", "(signed) ", "<PAGE>", "12")
SPACES = ("\n", "\n\n", "\t", "    ", ", ", " and ", "(", ")", "\u00a0", "\x00")
PHRASES = ("Ada Testperson", "Quillfeather, L.P.", "LLC", "general partner of", "its general partner", "By its Manager")
CAPTIONS = (
    "attorney-in-fact for each of",
    "individually and as",
    "for itself and as",
    "hereby agree that the undersigned.",
)
FRAGMENTS = st.sampled_from((*MARKS, *SPACES, *PHRASES, *CAPTIONS, "Dated: May 1, 2020"))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=60).map("".join)))
def test_any_text_is_read_and_every_fact_stands_inside_it(text: str) -> None:
    for block in read(text):
        facts_of = [
            block.printed,
            block.mark,
            block.signer,
            block.title,
            block.attorney,
            *(link.name for link in block.chain),
        ]
        for fact in filter(None, facts_of):
            assert fact.value
            assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert 0 <= block.span.start < block.span.end <= len(text)


HOSTILE = (
    "By: ", "/s/ A ", "* ", "a, ", "general partner of ", "(", "A B, its ", "Name: ", "\t", "   x", "--", "By: A LLC\n",
    "A LLC\n", "and ", "AAA ", "May 1, 2020 ", "A LLC, by B LLC, ", "undersigned hereby. A ", "Title: Director ",
    "A8888888888888888888888888888888 b\n",
)  # fmt: skip


def test_hostile_repetition_costs_no_more_than_its_length() -> None:
    """Count the steps that the reader takes: twice the text, about twice the steps."""
    for piece in HOSTILE:
        costs = [_steps(piece * (size // len(piece))) for size in (4_000, 8_000)]
        assert costs[1] < 3 * costs[0] + 2_000, piece


def _steps(text: str) -> int:
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return steps


def test_a_line_of_the_reader_names_its_style() -> None:
    styles = {
        block.style
        for block in read("QUILLFEATHER, L.P.\nBy: /s/ Ada Testperson\nName: Ada Testperson\nTitle: Director\n")
    }
    assert styles == {"corporate"}
    assert re.fullmatch("[a-z]+", styles.pop())
