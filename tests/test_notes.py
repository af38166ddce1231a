"""Notes and links by identity: shown as the editor's, tied to the right page, or the build stops and says where."""

import json
import re
from pathlib import Path

import pytest
from exhibits import exhibit

from sitegen.build import build
from sitegen.check import check_content
from sitegen.cli import main
from sitegen.config import load
from sitegen.editorial import EditorialError
from sitegen.model.text import Lines
from sitegen.render.markdown import links_in, to_html

INKWELL, PAPERCLIP = "2014-01-02-inkwell-testing", "2015-03-04-paperclip-testing"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site of two agreements: a company in both, a person who is party and signer, a short name in both."""
    folder = tmp_path / "content" / "exhibits"
    folder.mkdir(parents=True)
    blocks = [("Quillfeather Corp.", "Bob Testperson"), ("Ada Testperson", "Ada Testperson")]
    (folder / "a.txt").write_text(exhibit("Inkwell Testing Corp.", "January 2, 2014", blocks))
    terms = 'among Quillfeather Corp. ("Quill"), Quillfeather Fund, L.P. ("the Fund") and Blotter Fund, L.P. ("Blot")'
    (folder / "b.txt").write_text(preamble(terms, "Paperclip Testing Corp.", "March 4, 2015"))
    monkeypatch.chdir(tmp_path)
    build(load(tmp_path))
    return tmp_path


def preamble(among: str, issuer: str, date: str) -> str:
    return (
        "                    JOINT FILING AGREEMENT\n\n"
        f'JOINT FILING AGREEMENT (this "Agreement"), dated as of {date}, {among}.\n\n'
        f"The parties agree that the Schedule 13D with respect to the Common Stock of {issuer} is filed on behalf of\n"
        "each of them.\n\nQUILLFEATHER CORP.\n\nBy: /s/ Bob Testperson\nName: Bob Testperson\nTitle: Director\n"
    )


def write(site: Path, path: str, text: str) -> None:
    place = site / "content" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def page(site: Path, path: str) -> str:
    return (site / "public" / path / "index.html").read_text(encoding="utf-8")


def refused(site: Path) -> str:
    """Build, expect a refusal, and return its message; the site must be as it was."""
    before = {
        place: place.read_bytes() for place in site.rglob("*") if place.is_file() and ".sitegen" not in str(place)
    }
    with pytest.raises(EditorialError) as raised:
        build(load(site))
    assert {place: place.read_bytes() for place in before} == before
    return str(raised.value)


def linked(site: Path, words: str) -> str:
    """Return where a link leads, from the site's root."""
    write(site, "notes/parties/quillfeather-corp.md", f"See {words}.\n")
    build(load(site))
    (address,) = re.findall(r'See <a href="([^"]*)"', page(site, "parties/quillfeather-corp"))
    return address.replace("../../", "", 1)


@pytest.mark.parametrize(
    ("section", "slug"),
    [
        ("parties", "quillfeather-corp"),
        ("signers", "bob-testperson"),
        ("issuers", "inkwell-testing-corp"),
        ("agreements", INKWELL),
    ],
)
def test_a_note_stands_on_its_page_as_the_editors_words(site: Path, section: str, slug: str) -> None:
    front = "---\ntitle: A < B\nauthor: A. Editor\ndate: 2026-02-03\n---\n"
    write(site, f"notes/{section}/{slug}.md", f"{front}# Heading\n\nSeen[^1] with **care**.\n\n[^1]: On paper.\n")
    build(load(site))
    (shown,) = re.findall(
        r'<section class="sec own" id="editor">.*?</section>', page(site, f"{section}/{slug}"), re.DOTALL
    )
    assert "not the exhibit’s" in shown
    assert "A &lt; B" in shown
    assert "A. Editor, February 3, 2026" in shown
    assert "<h4>Heading</h4>" in shown
    assert '<li id="fn1"' in shown
    assert 'href="#fnref1"' in shown
    note = json.loads((site / f"public/{section}/{slug}/index.json").read_text())["note"]
    assert (note["title"], note["author"], note["date"]) == ("A < B", "A. Editor", "2026-02-03")
    (site / f"content/notes/{section}/{slug}.md").unlink()
    build(load(site))
    assert 'id="editor"' not in page(site, f"{section}/{slug}")
    assert json.loads((site / f"public/{section}/{slug}/index.json").read_text())["note"] is None


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("[[Quillfeather Corporation]]", "index.html"),
        ("[[quillfeather-fund-lp]]", "parties/quillfeather-fund-lp/index.html"),
        ("[[quill]]", "index.html"),
        ("[[Ada Testperson]]", "parties/ada-testperson/index.html"),
        ("[[signers/ada-testperson]]", "signers/ada-testperson/index.html"),
        ("[[Bob  Testperson | him]]", "signers/bob-testperson/index.html"),
        ("[[Inkwell Testing Corp.]]", "issuers/inkwell-testing-corp/index.html"),
        (f"[[{INKWELL}]]", f"agreements/{INKWELL}/index.html"),
        ("[[a]]", f"agreements/{INKWELL}/index.html"),
        ("[[exhibits/b.txt#L3]]", f"agreements/{PAPERCLIP}/source/index.html#L3"),
        ("[[b#L3-L5|these lines]]", f"agreements/{PAPERCLIP}/source/index.html#L3"),
    ],
)
def test_a_link_by_identity_leads_to_the_page(site: Path, words: str, address: str) -> None:
    assert linked(site, words).removeprefix("../quillfeather-corp/") == address


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[[Quilfeather Corp.]]", "names no page. Nearest: Quillfeather Corp."),
        ("[[a#L999]]", f"agreements/{INKWELL} does not have; it has"),
        ("[[a#L0]]", "write a line as #L105"),
        ("[[a#p3]]", "write a line as #L105"),
        ("[[Quillfeather Corp.#L3]]", "is no agreement"),
        ("[[parties/nobody]]", "names no page"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_build(site: Path, words: str, said: str) -> None:
    write(site, "notes/parties/quillfeather-corp.md", f"---\ntitle: x\n---\n\nWell,\nsee {words}.\n")
    message = refused(site)
    assert "notes/parties/quillfeather-corp.md:6: " in message
    assert said in message


def test_a_link_that_could_mean_several_pages_lists_them(site: Path) -> None:
    more = preamble(
        'among Quillfeather Corp. and Inkpot Fund, L.P. ("the Fund")', "Eraser Testing Corp.", "May 6, 2016"
    )
    write(site, "exhibits/c.txt", more)
    write(site, "pages/about.md", "See [[the Fund]].\n")
    message = refused(site)
    assert "pages/about.md:1: [[the Fund]] could be any of: " in message
    assert "parties/inkpot-fund-lp (Inkpot Fund, L.P.)" in message
    assert "parties/quillfeather-fund-lp (Quillfeather Fund, L.P.)" in message
    assert "eraser" not in (site / "content/permalinks/agreements.tsv").read_text()


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("notes/parties/quillfeather-crop.md", "x", "quillfeather-crop/ for this note. Nearest: quillfeather-corp"),
        ("notes/parties/a/b.md", "x", "a note stands in notes/SECTION/SLUG.md"),
        ("notes/people/ada.md", "x", "a note stands in notes/SECTION/SLUG.md"),
        ("notes/parties/ada-testperson.txt", "x", "a note stands in notes/SECTION/SLUG.md"),
        (
            "notes/parties/ada-testperson.md",
            "---\ntitel: x\n---\nx",
            "md:2: unknown setting 'titel'; did you mean 'title'?",
        ),
        ("notes/parties/ada-testperson.md", "---\ndate: May 2026\n---\nx", "md:2: date is 'May 2026'; write it as"),
        ("notes/parties/ada-testperson.md", "---\ntitle: x\n", "no closing line of ---"),
    ],
)
def test_a_note_that_cannot_be_shown_stops_the_build(site: Path, path: str, text: str, said: str) -> None:
    write(site, path, text)
    message = refused(site)
    assert path in message
    assert said in message


def test_a_note_that_is_no_text_stops_the_build(site: Path) -> None:
    write(site, "notes/parties/ada-testperson.md", "")
    (site / "content/notes/parties/ada-testperson.md").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in refused(site)


def test_the_command_says_it_and_ends_with_2_and_check_lists_all(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, "notes/parties/ada-testperson.md", "\n".join(f"[[nobody {number}]]" for number in range(30)))
    assert main(["build"]) == 2
    said = capsys.readouterr().err
    assert "ada-testperson.md:20: " in said
    assert "and 10 more; `sitegen check` lists all." in said
    assert main(["check"]) == 1
    assert capsys.readouterr().out.count("error SG611") == 30
    found = [one for one in check_content(load(site)) if one.finding.code == "SG611"]
    assert found[4].range == (5, 5)
    assert found[4].lines
    assert Lines(found[4].lines.text).get(5) == "[[nobody 4]]"


def test_the_sites_own_pages_take_links_too(site: Path) -> None:
    write(site, "pages/about.md", "---\ntitle: About\n---\nSee [[Quill]] and `[[Quill]]`.\n")
    build(load(site))
    shown = page(site, "about")
    assert 'See <a href="../parties/quillfeather-corp/index.html">Quill</a> and <code>[[Quill]]</code>' in shown


def test_a_link_by_file_shows_what_the_file_is_about(site: Path) -> None:
    linked(site, "[[b#L3-L5]]")
    assert ">Paperclip Testing Corp., March 4, 2015, L3–5</a>" in page(site, "parties/quillfeather-corp")


def test_a_link_follows_a_name_whose_page_another_exhibit_changes(site: Path) -> None:
    write(site, "notes/signers/bob-testperson.md", "See [[Testperson Trust]].\n")
    assert "names no page" in refused(site)
    blocks = [("Testperson Trust", "Bob Testperson"), ("Ada Testperson", "Ada Testperson")]
    write(site, "exhibits/c.txt", exhibit("Eraser Testing Corp.", "May 6, 2016", blocks))
    build(load(site))
    assert 'parties/testperson-trust/index.html">Testperson Trust</a>' in page(site, "signers/bob-testperson")


def test_words_in_double_brackets_are_no_markup() -> None:
    assert "<script" not in to_html("[[<script>alert(1)</script>]] [[a|<b>]]")
    assert [*links_in("`[[code]]` and\n\n    [[code]]\n\nthen [[One  Name|x]]\n[[two]]")] == [
        ("One Name", 5),
        ("two", 6),
    ]
