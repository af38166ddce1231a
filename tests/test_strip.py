"""A line of time: nothing touches on the narrowest phone, and nothing is left out."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue.records import AgreementRef
from sitegen.graph.strip import NARROWEST, Mark, strip
from sitegen.pages.timeline import timeline

DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.integers(1, 9999).map("{:04}".format),
    st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(lambda day: f"{day[0]:04}-{day[1]:02}"),
)
ROWS = st.lists(st.tuples(st.text(max_size=80), st.lists(DATES, min_size=1, max_size=30)), min_size=1, max_size=6)


@given(ROWS)
def test_all_marks_are_there_and_none_touch(rows: list[tuple[str, list[str]]]) -> None:
    drawn = strip([(label, [Mark(day, day) for day in days]) for label, days in rows])
    for lane, (_, days) in zip(drawn.lanes, rows, strict=True):
        assert sum(dot.number for dot in lane.dots) == len(days)
        places = [dot.x * NARROWEST / 100 for dot in lane.dots]
        radii = [9 if dot.number > 1 else 5 for dot in lane.dots]
        assert all(at - radius >= 0 and at + radius <= NARROWEST for at, radius in zip(places, radii, strict=True))
        gaps = zip(places, places[1:], radii, radii[1:], strict=False)
        assert all(right - left >= one + other - 1 for left, right, one, other in gaps)
    years = [tick.x * NARROWEST / 100 for tick in drawn.ticks]
    assert 1 <= len(years) <= 6
    assert all(right - left >= 34 for left, right in itertools.pairwise(years))


def ref(slug: str, date: str | None) -> AgreementRef:
    return AgreementRef(slug, "agreement", None, date, "Invented Mills, Inc.", None, None, 2, 1)


def test_one_date_makes_no_line() -> None:
    assert timeline([("x", ref("a", "2001-02-03")), ("x", ref("b", None)), ("x", ref("c", "2001-02-03"))]) is None


def test_what_has_no_date_is_said() -> None:
    drawn = timeline([("x", ref("a", "2001-02-03")), ("x", ref("b", None)), ("y", ref("c", "2003"))])
    assert drawn
    assert drawn.undated == "1 undated agreement not on the line."
    assert drawn.title == "2 dated agreements from February 3, 2001 to 2003"
    assert [(lane.label, [dot.partial for dot in lane.dots]) for lane in drawn.strip.lanes] == [
        ("x", [False]),
        ("y", [True]),
    ]
