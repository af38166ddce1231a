"""The home page says of an invented corpus what the corpus says of itself, in a size that does not grow with it."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import corpus
import pytest

from sitegen.build import build, survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.config import load
from sitegen.content import list_exhibits
from sitegen.pages import home
from sitegen.pages.site import Site
from sitegen.pages.years import years

AGREEMENTS = 130
LARGEST = 60_000
"""Bytes of the home page."""


@pytest.fixture(scope="module")
def specimens() -> list[corpus.Specimen]:
    return [*corpus.agreements(AGREEMENTS)]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> home.HomeView:
    content = tmp_path_factory.mktemp("content")
    corpus.write(content, AGREEMENTS)
    return home.view(Site(Catalogue(survey(list_exhibits(content)))), "index.html")


def shown(view: home.HomeView, heading: str) -> list[tuple[str, int]]:
    (found,) = (each for each in view.leaders if each.heading == heading)
    return [(line.name.text, int(line.why.split()[0])) for line in found.lines]


def first(counted: Counter[str]) -> list[int]:
    return sorted(counted.values(), reverse=True)[:5]


def test_the_years_are_those_of_the_agreements(view: home.HomeView, specimens: list[corpus.Specimen]) -> None:
    counted = Counter(specimen.truth.date[:4] for specimen in specimens)
    assert view.years
    cells = {
        year: int(cell.text)
        for decade in view.years.decades
        for year, cell in zip(decade.years, decade.cells, strict=True)
        if cell
    }
    assert {year: number for year, number in cells.items() if number} == counted
    assert (view.years.first, view.years.last) == (min(counted), max(counted))
    assert len(view.years.bars) == len(counted)
    assert max(bar.h for bar in view.years.bars) == view.years.height


def test_issuers_with_most_agreements_lead(view: home.HomeView, specimens: list[corpus.Specimen]) -> None:
    counted = Counter(specimen.truth.issuer for specimen in specimens)
    lines = shown(view, "Issuers")
    assert all(counted[name] == number for name, number in lines)
    assert [number for _, number in lines] == first(counted)


def test_signatures_are_counted_by_person_and_not_by_name(
    view: home.HomeView, specimens: list[corpus.Specimen]
) -> None:
    blocks = [block for specimen in specimens for block in specimen.truth.blocks]
    counted = Counter((block.who, block.signer) for block in blocks)
    by_name = Counter(block.signer for block in blocks)
    assert max(by_name.values()) > max(counted.values()), "namesakes together must outnumber each person"
    lines = shown(view, "Most signatures")
    assert all(number in {n for (_, signer), n in counted.items() if signer == name} for name, number in lines)
    assert [number for _, number in lines] == first(counted)


def test_connected_parties_stand_on_the_lines_of_most_others(
    view: home.HomeView, specimens: list[corpus.Specimen]
) -> None:
    acts_for: defaultdict[str, set[str]] = defaultdict(set)
    parties = {party.name for specimen in specimens for party in specimen.truth.parties}
    for specimen in specimens:
        for block in specimen.truth.blocks:
            for link in block.chain:
                acts_for[link.name].add(block.party)
    counted = Counter({name: len(others - {name}) for name, others in acts_for.items() if name in parties})
    lines = shown(view, "Most connected parties")
    assert all(counted[name] == number for name, number in lines)
    assert [number for _, number in lines] == first(counted)


def test_what_is_to_be_checked_adds_up(view: home.HomeView) -> None:
    (notes,) = (figure for figure in view.figures if figure.link.to == "review/index.html")
    assert notes.small == f"{sum(kind.count for kind in view.to_check):,} to check"


def test_a_site_of_one_year_draws_no_years() -> None:
    assert years({"2003": 7}) is None
    assert years({"2003": 7, None: 2}) is None
    assert years({}) is None


def test_years_far_apart_are_told_without_bars_and_link_to_their_own_pages_in_a_large_site() -> None:
    found = years({"0999": 1, "2003": 600, None: 3})
    assert found
    assert found.bars == ()
    assert [decade.label for decade in found.decades] == ["0990s", "2000s"]
    assert found.decades[1].cells[3]
    assert found.decades[1].cells[3].to == "agreements/2003/index.html"
    assert found.undated
    assert found.undated.to == "agreements/undated/index.html"


def test_the_page_is_small_and_its_years_lead_to_their_place_in_the_index(tmp_path: Path) -> None:
    corpus.write(tmp_path / "content", 25)
    build(load(tmp_path))
    page = (tmp_path / "public/index.html").read_text(encoding="utf-8")
    assert len(page.encode()) < LARGEST
    index = (tmp_path / "public/agreements/index.html").read_text(encoding="utf-8")
    to = re.findall(r'href="agreements/index\.html#(\w+)"', page)
    assert to
    assert all(f'id="{year}"' in index for year in to)
