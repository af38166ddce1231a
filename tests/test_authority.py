"""The table of signing authority as a data file: readers of CSV get the names back, and nothing runs them."""

import csv
import io
from pathlib import Path

import pytest
from exhibits import exhibit

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.content import ExhibitFile
from sitegen.pages import authority
from sitegen.pages.authority import HEADER, CsvView
from sitegen.pages.site import Site
from sitegen.render.theme import Theme

THEME = Path(__file__).parents[1] / "themes" / "dossier"
ODD = ('A "quoted" name', "two, parts", "line\nend", "<b>&amp;</b>", "=1+1", "Ada Testperson")


def written(view: CsvView, site: Site) -> str:
    return Theme.load(THEME).render("authority.csv", view, site, "issuers/x/authority/authority.csv")


def site_of(folder: Path, *texts: str) -> Site:
    files = []
    for number, text in enumerate(texts):
        place = folder / f"{number}.txt"
        place.write_text(text, encoding="utf-8")
        files.append(ExhibitFile(f"exhibits/{number}.txt", place))
    return Site(Catalogue(survey(files)))


def test_any_words_come_back_from_the_file(tmp_path: Path) -> None:
    text = written(CsvView((ODD, ODD)), site_of(tmp_path))
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [list(ODD), list(ODD)]
    assert text.endswith("\r\n")


def test_a_table_holds_every_block_once(tmp_path: Path) -> None:
    parties = [("Quillfeather Capital, LLC", "Ada Testperson"), ("Ada Testperson", "Ada Testperson")]
    papers = [exhibit("Plainly Invented Mills, Inc.", f"March 1, {year}", parties) for year in (2001, 2003)]
    site = site_of(tmp_path, *papers)
    (issuer,) = site.catalogue.slugs("issuers")
    header, *rows = csv.reader(io.StringIO(written(authority.csv_view(site, f"issuers/{issuer}"), site), newline=""))
    assert tuple(header) == HEADER
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["party"], row["signer"], row["dated"]) for row in found] == [
        (*pair, f"{year}-03-01") for year in (2003, 2001) for pair in parties
    ]
    assert all(row["source"].endswith(f"/source/#L{row['first_line']}-L{row['last_line']}") for row in found)
    assert [row["power_of_attorney"] for row in found] == [""] * 4


@pytest.mark.parametrize("words", ["=SUM(A1)", "+1", "-1", "@x", "\tx", "\rx"])
def test_words_that_a_spreadsheet_would_run_are_words(words: str) -> None:
    assert authority._harmless(words) == f"'{words}"


def test_other_words_stay_as_they_are() -> None:
    assert [authority._harmless(words) for words in ("", "A=B", "1-2 Capital")] == ["", "A=B", "1-2 Capital"]
