"""Graph pages of built sites: what stands in them before any script runs, and names that try to break out."""

import json
import re
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from browser.sites import Site as BuiltSite
from graph_dossiers import Block, dossier

from sitegen.catalogue.records import Dossier
from sitegen.graph.asset import VIS_NETWORK_SHA256
from sitegen.pages import graph
from sitegen.pages.site import Site
from sitegen.render.theme import Theme

AGREEMENT = "agreements/2003-11-17-hanaro-telecom/graph/index.html"
HOSTILE = (
    "Ahrefs Ltd",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "A&B <b>\u2028x</b>, L.P.",
)


class _OneDossier(msgspec.Struct):
    """A catalogue that holds one agreement."""

    only: Dossier

    def agreements(self) -> tuple[object, ...]:
        return (self.only.ref,)

    def dossier(self, _slug: str) -> Dossier:
        return self.only


class _Page(HTMLParser):
    """The elements of a page, and the text of its data block."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.block = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag == "script" and dict(attrs).get("id") == "graph-data"

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.block += data

    def data(self) -> Any:
        return json.loads(self.block)


def _curve(d: str) -> list[tuple[float, float]]:
    """Return points along a path of M, H and C."""
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MHC])([^MHC]*)", d):
        values = [float(number) for number in numbers.split()]
        if command == "H":
            points.append((values[0], points[-1][1]))
        elif command == "M":
            points.append((values[0], values[1]))
        else:
            (x0, y0), (x1, y1, x2, y2, x3, y3) = points[-1], values
            for step in range(1, 24):
                t = step / 23
                u = 1 - t
                points.append(
                    (
                        u**3 * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t**3 * x3,
                        u**3 * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * y3,
                    )
                )
    return points


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(one: list[tuple[float, float]], two: list[tuple[float, float]]) -> bool:
    return any(
        _side(a, b, c) * _side(a, b, d) < -1e-9 and _side(c, d, a) * _side(c, d, b) < -1e-9
        for a, b in pairwise(one)
        for c, d in pairwise(two)
    )


def _crossings(strokes: list[dict[str, str]]) -> int:
    curves = [_curve(stroke["d"]) for stroke in strokes]
    return sum(_cross(one, two) for one, two in combinations(curves, 2))


def test_the_crossing_of_two_lines_is_seen() -> None:
    assert _crossings([{"d": "M0 0H10C20 0 20 30 30 30"}, {"d": "M0 30H10C20 30 20 0 30 0"}]) == 1


def test_the_first_exhibit_is_drawn_whole_and_without_a_crossing(site: BuiltSite) -> None:
    data = _Page(site.text(AGREEMENT)).data()
    assert len(data["paths"]) == 32
    assert sum(node["group"] == "hub" for node in data["nodes"]) == 8
    assert _crossings(data["strokes"]) == 0
    ends = {tuple(path["nodes"][-2:]) for path in data["paths"] if "newbridge-asia-genpar-iii-lp" in path["nodes"]}
    assert ends == {
        ("newbridge-asia-advisors-iii-inc", "richard-a-ekleberry"),
        ("newbridge-asia-advisors-iii-inc", "jeffrey-d-ekberg"),
    }
    funds = {path["nodes"][-1] for path in data["paths"] if path["nodes"][0].startswith("ht-holdings-vi")}
    assert funds == {"jeffrey-d-ekberg"}


def test_with_one_agreement_the_site_s_graph_is_that_agreement_s(site: BuiltSite) -> None:
    page = _Page(site.text("graph/index.html"))
    links = {attributes.get("href") for tag, attributes in page.elements if tag == "a"}
    assert f"../{AGREEMENT}" in links
    assert page.data()["paths"] == _Page(site.text(AGREEMENT)).data()["paths"]


def test_several_agreements_show_who_signs_across_them(collection: BuiltSite) -> None:
    data = _Page(collection.text("graph/index.html")).data()
    assert {node["group"] for node in data["nodes"]} == {"agreement", "hub"}


def test_names_in_fewer_than_three_have_no_graph(site: BuiltSite) -> None:
    graphs = {page for page in site.pages() if page.startswith("parties/") and page.endswith("/graph/index.html")}
    assert "parties/newbridge-asia-genpar-iii-lp/graph/index.html" in graphs
    assert "parties/aif-ii-nt-ltd/graph/index.html" not in graphs
    for page in graphs:
        assert len(_Page(site.text(page)).data()["nodes"]) > 2


def test_the_picture_links_every_name_and_every_line_number_leads_somewhere(site: BuiltSite) -> None:
    for page in (name for name in site.pages() if name.endswith("graph/index.html")):
        root = (site.folder / page).parent
        found = _Page(site.text(page))
        boxes = [each for tag, each in found.elements if tag == "a" and "box" in (each.get("class") or "")]
        assert len(boxes) == len(found.data()["nodes"])
        for _, attributes in found.elements:
            address = attributes.get("href") or ""
            if address.startswith("../"):
                assert (root / address.partition("#")[0]).is_file(), (page, address)


def test_one_vis_network_for_all_pages_with_its_licences(site: BuiltSite) -> None:
    scripts = [path.name for path in (site.folder / "assets").glob("vis-network*")]
    assert scripts == [f"vis-network-9.1.2.min.{VIS_NETWORK_SHA256[:10]}.js"]
    licences = {path.name.partition(".")[0] for path in (site.folder / "assets" / "licences").iterdir()}
    assert {"vis-network-LICENSE-MIT", "vis-network-LICENSE-APACHE-2", "pyvis-LICENSE-BSD"} <= licences


def test_nothing_of_a_graph_page_is_inline(site: BuiltSite) -> None:
    for tag, attributes in _Page(site.text(AGREEMENT)).elements:
        assert tag != "style"
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert tag != "script" or attributes.get("src") or attributes.get("type") == "application/json"


@pytest.fixture(scope="module")
def hostile() -> str:
    agreement = dossier(
        HOSTILE[:3],
        [Block(name, (HOSTILE[3],), HOSTILE[2], HOSTILE[1], HOSTILE[0]) for name in HOSTILE],
        people=HOSTILE[2:3],
        name="2021-02-03-x",
    )
    theme = Theme.load(Path(__file__).parents[1] / "themes" / "dossier")
    site = Site(catalogue=_OneDossier(agreement))  # type: ignore[arg-type]
    view = graph.agreement_view(site, agreement.ref.slug)
    return theme.render("graph.html", view, site, "agreements/2021-02-03-x/graph/index.html")


def test_hostile_names_stay_words(hostile: str) -> None:
    page = _Page(hostile)
    tags = [tag for tag, _ in page.elements]
    assert "img" not in tags
    assert "b" not in tags
    assert tags.count("script") == 3
    block = hostile.split('id="graph-data"')[1].partition(">")[2].partition("</script>")[0]
    assert not set(block) & set("<>&\u2028\u2029")
    # A name's white space is folded where its block prints it; nothing else is changed.
    assert {node["label"] for node in page.data()["nodes"]} >= {*HOSTILE[:3]}
