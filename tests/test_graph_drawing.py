"""The picture of a graph: whatever blocks an agreement holds, nothing overlaps and every line runs to the right."""

import re
from itertools import combinations, pairwise

import msgspec
from graph_dossiers import Block, dossier
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.catalogue.records import Dossier
from sitegen.graph.blocks import chains
from sitegen.graph.drawing import ROOM, Box, Drawing, Word, draw
from sitegen.graph.layout import Line, components, crossings, isotonic, place
from sitegen.graph.lettering import CHIP, LABEL, mono_width, width, wrap
from sitegen.graph.packing import pack

WORDS = st.sampled_from(
    ("Quillfeather", "Marrowdale", "Thistlecroft", "Opportunity", "Infrastructure", "Fund", "Partners", "III", "of")
)
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(lambda words: " ".join(words) + ", L.P.")
TITLES = st.sampled_from([None, "Director", "Executive Vice President and Chief Investment Officer"])
ROLES = st.sampled_from([None, "its General Partner", "Its Managing Member"])


@st.composite
def dossiers(draw_: st.DrawFn) -> Dossier:
    parties = draw_(st.lists(NAMES, min_size=1, max_size=14, unique=True))
    people = draw_(st.lists(st.sampled_from(["Ada Testperson", "Bo Sampleton", "Cy Specimen"]), unique=True))
    names = [*parties, *people]
    outsiders = ["Not Itself A Party, LLC"]
    blocks = []
    for party in draw_(st.lists(st.sampled_from(names), max_size=20)):
        through = draw_(st.lists(st.sampled_from([*parties, *outsiders]), max_size=4))
        steps = tuple((name, role) if (role := draw_(ROLES)) else name for name in through)
        signer = draw_(st.sampled_from(["Ada Testperson", "Bo Sampleton", "Di Placeholder", None]))
        attorney = draw_(st.sampled_from([None, "Attorney-in-Fact"]))
        blocks.append(Block(party, steps, signer, draw_(TITLES), attorney))
    return dossier(names, blocks, people)


def _apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[2] <= two[0] + 0.2 or two[2] <= one[0] + 0.2 or one[3] <= two[1] + 0.2 or two[3] <= one[1] + 0.2


def _edges(box: Box) -> tuple[float, ...]:
    return box.x - box.w / 2, box.y - box.h / 2, box.x + box.w / 2, box.y + box.h / 2


def _letters(word: Word) -> tuple[float, ...]:
    wide = mono_width(word.text, CHIP) if word.look == "chip" else width(word.text, LABEL)
    return word.x, word.y - 9, word.x + wide, word.y + 2


def _xs(d: str) -> list[float]:
    """Every x of a path of M, H and C."""
    xs = []
    for command, numbers in re.findall(r"([MHC])([^MHC]*)", d):
        values = [float(number) for number in numbers.split()]
        xs += values if command == "H" else values[::2]
    return xs


def overlaps(drawing: Drawing) -> list[tuple[object, object]]:
    boxes = [(box.node.id, _edges(box)) for box in drawing.boxes]
    words = [(word.text, _letters(word)) for stroke in drawing.strokes for word in stroke.words]
    return [(one[0], two[0]) for one, two in combinations(boxes + words, 2) if not _apart(one[1], two[1])]


@given(dossiers())
@settings(max_examples=60, deadline=None)
def test_every_name_has_a_box_and_no_box_or_word_covers_another(agreement: Dossier) -> None:
    shown = chains([agreement])
    drawing = draw(shown)
    assert [box.node for box in drawing.boxes] == list(shown.nodes)
    assert overlaps(drawing) == []
    for box in drawing.boxes:
        left, top, right, bottom = _edges(box)
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width + 0.2
        assert bottom <= drawing.height + 0.2


@given(dossiers())
@settings(max_examples=60, deadline=None)
def test_every_step_is_a_line_that_runs_to_the_right_from_box_to_box(agreement: Dossier) -> None:
    shown = chains([agreement])
    drawing = draw(shown)
    assert sorted(edge for stroke in drawing.strokes for edge in stroke.edges) == sorted(e.id for e in shown.edges)
    boxes = {box.node.id: box for box in drawing.boxes}
    ends = {edge.id: (edge.tail, edge.head) for edge in shown.edges}
    for stroke in drawing.strokes:
        xs = _xs(stroke.d)
        assert all(before <= after + 0.2 for before, after in pairwise(xs))
        for edge in stroke.edges:
            tail, head = (boxes[name] for name in ends[edge])
            assert tail.x + tail.w / 2 <= xs[0] + 0.2
            assert xs[-1] <= head.x - head.w / 2


@given(dossiers())
@settings(max_examples=30, deadline=None)
def test_the_same_agreement_is_drawn_the_same(agreement: Dossier) -> None:
    assert msgspec.json.encode(draw(chains([agreement]))) == msgspec.json.encode(draw(chains([agreement])))


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12), st.data())
def test_isotonic_keeps_the_gaps(wanted: list[float], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.floats(0, 50), min_size=len(wanted) - 1, max_size=len(wanted) - 1))
    found = isotonic(wanted, gaps)
    assert all(after - before >= gap - 1e-6 for (before, after), gap in zip(pairwise(found), gaps, strict=True))


@given(st.lists(st.tuples(st.floats(40, 900), st.floats(20, 400), st.integers(0, 3)), max_size=30))
def test_bands_do_not_cover_one_another_and_hold_their_drawing(parts: list[tuple[float, float, int]]) -> None:
    packed = pack(parts, ROOM)
    for one, two in combinations(packed.slots, 2):
        assert _apart((one.x, one.y, one.x + one.w, one.y + one.h), (two.x, two.y, two.x + two.w, two.y + two.h))
    for (wide, high, _), slot in zip(parts, packed.slots, strict=True):
        assert slot.w >= wide
        assert slot.h >= high
        assert slot.x + slot.w <= packed.width + 0.1


def test_single_short_chains_share_rows() -> None:
    packed = pack([(430.0, 60.0, 1)] * 6, ROOM)
    assert len({slot.y for slot in packed.slots}) == 3
    assert max(slot.x + slot.w for slot in packed.slots) == ROOM


def test_a_low_drawing_is_not_stretched_beside_a_tall_one() -> None:
    tall, low = pack([(500.0, 900.0, 1), (300.0, 40.0, 1)], ROOM).slots
    assert low.y >= tall.y + tall.h


def test_a_tree_has_no_crossing_and_components_stand_apart() -> None:
    lines = [Line("fund a", "gp"), Line("fund b", "gp"), Line("gp", "ada"), Line("fund c", "ada")]
    names = ["fund a", "fund c", "fund b", "gp", "ada"]
    placed = place(names, lines, dict.fromkeys(names, 30.0), 10)
    layers = [
        sorted((n for n in names if placed.spots[n].column == c), key=lambda n: placed.spots[n].y)
        for c in range(placed.columns)
    ]
    straight = [(a, b) for a, b, _ in lines if placed.spots[b].column - placed.spots[a].column == 1]
    assert crossings(layers, straight) == 0
    assert placed.spots["ada"].column == 2
    assert components(["a", "b", "c"], [("c", "a")]) == [["a", "c"], ["b"]]


def test_crossing_lines_are_counted() -> None:
    assert crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")]) == 1


def test_long_names_break_evenly_and_end_in_an_ellipsis() -> None:
    assert wrap("American International Assurance Company (Bermuda) Limited", 13, 186, 4) == (
        "American International",
        "Assurance Company",
        "(Bermuda) Limited",
    )
    cut = wrap("Word " * 60, 13, 120, 3)
    assert len(cut) == 3
    assert cut[-1].endswith(" …")
    assert all(width(line, 13) <= 60 for line in wrap("W" * 200, 13, 60, 99))


def test_a_chain_of_seven_stays_legible_on_a_desktop() -> None:
    names = [f"Wrenmoor {word} Holdings, L.P." for word in ("First", "Second", "Third", "Fourth", "Fifth", "VI", "VII")]
    shown = chains([dossier(names, [Block(names[0], tuple(names[1:]), "Ada Testperson", "Vice President")])])
    drawing = draw(shown)
    assert 13 * min(1, 1212 / drawing.width) > 9
    assert len({box.y for box in drawing.boxes}) == 1


def test_sixty_parties_that_sign_alike_stand_together() -> None:
    names = [f"Quillfeather Opportunity Fund {number}, L.P." for number in range(60)]
    blocks = [Block(name, (("Quillfeather GP, LLC", "its General Partner"),), "Ada Testperson") for name in names]
    drawing = draw(chains([dossier(names, blocks)]))
    assert drawing.width <= ROOM
    assert drawing.height < 1500
    assert [len(stroke.edges) for stroke in drawing.strokes] == [60, 1]
    assert len(drawing.frames) == 1
    assert drawing.strokes[0].words[-1].text == "L62–63 +59"
