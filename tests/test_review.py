"""The review: every note once, by kind and by agreement, on pages that a phone can load, however many there are."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from browser.specimens import exhibit

from sitegen.build import build
from sitegen.config import load
from sitegen.pages import review
from sitegen.pages.parts import parts

STRANGER = "\n\nIVY STRANGER, L.P.\n\nBy:  /s/ Ben Specimen\nName:  Ben Specimen\nTitle: Director\n"
LARGEST = 150_000


def made(folder: Path, agreements: int) -> Path:
    """Build a site of agreements in each of which a stranger signs, and of files that hold none."""
    (folder / "content" / "exhibits").mkdir(parents=True)
    for number in range(agreements):
        text = exhibit(
            f"Invented Works {number}, Inc.",
            f"March {number % 28 + 1}, {1999 + number % 3}",
            ("Quillfeather Capital, L.P.", f"Blotwood {number} LLC"),
        )
        (folder / "content" / "exhibits" / f"{number:03}.txt").write_text(text + STRANGER)
    (folder / "content" / "exhibits" / "letter.txt").write_text("Dear reader,\n\nno agreement stands here.\n")
    build(load(folder))
    return folder / "public" / "review"


def test_a_small_site_has_all_notes_on_one_page(tmp_path: Path) -> None:
    pages = made(tmp_path, 2)
    assert [path.name for path in pages.iterdir() if path.is_dir()] == []
    page = (pages / "index.html").read_text()
    twin = json.loads((pages / "index.json").read_text())
    shown = Counter(re.findall(r'data-code="(SG\d+)"', page))
    assert shown == Counter(found["code"] for found in twin["findings"])
    assert shown["SG402"] == 2
    assert shown["SG201"] == 1
    assert "letter.txt" in page


def test_a_large_site_has_every_note_once_and_no_page_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "A_PAGE", 4)
    pages = made(tmp_path, 14)
    whole = json.loads((pages / "index.json").read_text())
    per_page = [json.loads(path.read_text()) for path in pages.rglob("index.json") if path.parent != pages]
    listed = [found for twin in per_page for found in twin["findings"]]
    assert sorted(map(str, listed)) == sorted(map(str, whole["findings"]))
    assert all(len(twin["findings"]) <= review.A_PAGE for twin in per_page)
    for path in pages.rglob("index.html"):
        assert path.stat().st_size < LARGEST
        for target in re.findall(r'href="([^"#]+)', path.read_text()):
            if not target.startswith(("http", "mailto")):
                assert (path.parent / target).exists(), (path, target)
    first = (pages / "index.html").read_text()
    assert 'href="sg402/index.html"' in first
    assert "data-code" not in first


def test_a_page_of_a_hundred_long_notes_stays_small(tmp_path: Path) -> None:
    names = [f"{'A Stranger of a Very Long Invented Name ' * 4}{number}, L.P." for number in range(49)]
    marks = "".join(f"\n\n{name.upper()}\n\nBy:  /s/ Ben Specimen\nName:  Ben Specimen\n" for name in names)
    (tmp_path / "content").mkdir()
    for number in range(2):
        parties = tuple(f"Blotwood {number} {each} LLC" for each in range(60))
        text = exhibit(f"Invented Works {number}, Inc.", "March 3, 2014", parties)
        (tmp_path / "content" / f"{number}.txt").write_text(text + marks)
    build(load(tmp_path))
    pages = tmp_path / "public" / "review"
    assert len(json.loads((pages / "index.json").read_text())["findings"]) == 98
    assert (pages / "index.html").stat().st_size < LARGEST


def test_lines_that_nothing_accounts_for_are_shown_with_their_words(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = exhibit("Invented Works, Inc.", "March 3, 2014", ("Quillfeather Capital, L.P.", "Blotwood LLC"))
    odd = "SK 25958 0003 1176446 <b>"
    (tmp_path / "content" / "one.txt").write_text(f"{text}\n\n{odd}\n")
    build(load(tmp_path))
    twin = json.loads((tmp_path / "public/review/index.json").read_text())
    source = next(tmp_path.glob("public/agreements/*/source.txt")).read_text().splitlines()
    assert any(odd in source[first - 1 : last] for first, last in (one["lines"] for one in twin["unread"]))
    assert "SK 25958 0003 1176446 &lt;b&gt;" in (tmp_path / "public/review/index.html").read_text()


def test_a_list_is_cut_by_year_then_month_then_number() -> None:
    buckets = {"2003-01": 3, "2003-02": 2, "2004-01": 12, "2004-02": 1, "undated": 2, "files": 6}
    cut = parts(buckets, 5)
    assert {part.label: part.count for part in cut} == {
        "undated": 2,
        "files-part-1": 5,
        "files-part-2": 1,
        "2004-02": 1,
        "2004-01-part-1": 5,
        "2004-01-part-2": 5,
        "2004-01-part-3": 2,
        "2003": 5,
    }
    assert sum(part.count for part in cut) == sum(buckets.values())
    assert next(part.words for part in cut if part.label.startswith("2004-01")) == "January 2004, part 1"
    assert [part.label for part in parts(buckets, 100)] == [""]


def test_a_part_leads_to_its_own_months_and_to_other_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "A_PAGE", 1)
    (tmp_path / "content").mkdir()
    for number, day in enumerate(("March 3, 2014", "May 4, 2014", "May 5, 2013", "June 6, 2013")):
        parties = ("Quillfeather Capital, L.P.", f"Blotwood {number} LLC")
        text = exhibit(f"Invented Works {number}, Inc.", day, parties)
        (tmp_path / "content" / f"{number}.txt").write_text(text + STRANGER)
    build(load(tmp_path))
    page = (tmp_path / "public/review/sg402/2014-03/index.html").read_text()
    shown = re.search(r'aria-label="Parts">(.*?)</nav>', page)
    assert shown
    assert re.findall(r">([^<]+)</a>", shown[1]) == ["May 2014", "March 2014", "2013"]
    assert "2013-06/index.html" in shown[1]
    whole = (tmp_path / "public/review/sg402/index.html").read_text()
    assert re.findall(r"2013-\d\d/index.html", whole) == ["2013-06/index.html", "2013-05/index.html"]
