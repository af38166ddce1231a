"""Pages of the site's own: front matter, and Markdown that cannot do harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.article import RESERVED, menu_order, read_article
from sitegen.render.markdown import to_html


@pytest.mark.parametrize(
    "address",
    [
        "https://www.sec.gov/",
        "http://example.org",
        "mailto:ada@example.org",
        "../parties/index.html",
        "#names",
        "data/index.html?x=1",
    ],
)
def test_links_to_the_web_mail_and_the_site_itself_are_links(address: str) -> None:
    assert f'<a href="{address}">' in to_html(f"[words]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\evil.example/",
        "ftp://example.org/",
        "/parties/index.html",
    ],
)
def test_other_links_stay_text(address: str) -> None:
    assert "<a" not in to_html(f"[words]({address})")
    assert "<a" not in to_html(f"<{address}>")


def test_raw_html_and_images_are_shown_as_they_are_written() -> None:
    made = to_html("<script>alert(1)</script>\n\nSee <b onclick=x>this</b> ![i](https://example.org/i.png)")
    assert "<script" not in made
    assert "<b " not in made
    assert "<img" not in made


@pytest.mark.parametrize(
    ("text", "tags"),
    [("# A\n\n## B", ["h2", "h3"]), ("## A", ["h2"]), ("#### A\n\n###### B\n\n# C", ["h2", "h3", "h2"])],
)
def test_headings_start_below_the_pages_title(text: str, tags: list[str]) -> None:
    assert re.findall(r"<(h\d)>", to_html(text)) == tags


def test_tables_are_tables() -> None:
    assert "<th>Name</th>" in to_html("| Name |\n|---|\n| x |")


@given(st.text())
def test_no_text_makes_a_script(text: str) -> None:
    made = to_html(text).casefold()
    assert "<script" not in made
    assert 'href="javascript' not in made


def test_front_matter_gives_title_menu_and_order() -> None:
    article, findings = read_article(
        "pages/about-us.md", b"---\ntitle: About us\nmenu: false\norder: -3\n---\n\nWords.\n"
    )
    assert article
    assert (article.slug, article.title, article.menu, article.order) == ("about-us", "About us", False, -3)
    assert article.body.strip() == "Words."
    assert findings == ()


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"# A heading\n\nWords.", "A heading"),
        (b"Words.", "About us"),
        (b"", "About us"),
        (b"\xef\xbb\xbf# Marked", "Marked"),
    ],
)
def test_without_front_matter_the_first_heading_or_the_name_is_the_title(data: bytes, title: str) -> None:
    article, _ = read_article("pages/about-us.md", data)
    assert article
    assert article.title == title


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"---\ntitel: x\n---\n", "did you mean 'title'"),
        (b"---\nmenu: perhaps\n---\n", "write true or false"),
        (b"---\norder: first\n---\n", "write a whole number"),
        (b"---\norder: 99999999999999999999\n---\n", "write a whole number"),
        (b"---\ntitle: x\n", "no closing line"),
    ],
)
def test_an_odd_setting_is_a_warning_and_the_page_is_made(data: bytes, words: str) -> None:
    article, findings = read_article("pages/a.md", data)
    assert article
    assert [finding.code for finding in findings] == ["SG601"]
    assert words in findings[0].message


@pytest.mark.parametrize("name", [*sorted(RESERVED), "About Us", "über", "a--b", "-a", "..", "x" * 61])
def test_a_reserved_or_unusable_name_is_an_error_and_no_page(name: str) -> None:
    article, findings = read_article(f"pages/{name}.md", b"Words.")
    assert article is None
    assert [finding.code for finding in findings] == ["SG602"]


def test_a_page_that_is_no_text_is_an_error() -> None:
    article, findings = read_article("pages/a.md", b"\xff\xfe\x00")
    assert article is None
    assert [finding.code for finding in findings] == ["SG603"]


def test_the_menu_is_in_order_then_by_title() -> None:
    pages = [
        read_article(f"pages/{name}.md", data)[0]
        for name, data in (
            ("a", b"---\norder: 2\n---\n"),
            ("b", b"---\ntitle: Z\n---\n"),
            ("c", b"---\ntitle: Y\n---\n"),
        )
    ]
    assert [page.slug for page in menu_order(tuple(page for page in pages if page))] == ["c", "b", "a"]


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    article, findings = read_article("pages/a.md", data)
    assert article or findings
