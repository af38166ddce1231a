"""A theme turns views into pages, and says clearly when it cannot."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest
from browser import specimens

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.content import ExhibitFile
from sitegen.pages import PAGES
from sitegen.pages.site import Site
from sitegen.render.folder import ThemeFolder
from sitegen.render.theme import Theme, ThemeError

DOSSIER = Path(__file__).parents[1] / "themes" / "dossier"


class Shown(msgspec.Struct, frozen=True):
    name: str


@pytest.fixture
def site() -> Site:
    return Site(Catalogue(survey([])), base_url="https://example.org/a/b/")


@pytest.fixture
def theme_folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "static").mkdir()
    return tmp_path


def rendered(folder: Path, site: Site, template: str, name: str = "", path: str = "parties/x/index.html") -> str:
    (folder / "templates" / "page.html").write_text(template, encoding="utf-8")
    return Theme.load(folder).render("page.html", Shown(name), site, path)


def test_what_a_view_holds_is_never_markup(theme_folder: Path, site: Site) -> None:
    made = rendered(theme_folder, site, "<p title='{{ view.name }}'>{{ view.name }}</p>", "<b>\"'{{ 1 }}&")
    assert made == "<p title='&lt;b&gt;&#34;&#39;{{ 1 }}&amp;'>&lt;b&gt;&#34;&#39;{{ 1 }}&amp;</p>"


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index.html", ""),
        ("parties/index.html", "../"),
        ("parties/x/graph/index.html", "../../../"),
        ("404.html", "/a/b/"),
    ],
)
def test_links_are_relative_but_on_the_page_that_is_served_anywhere(
    theme_folder: Path, site: Site, path: str, root: str
) -> None:
    assert rendered(theme_folder, site, "{{ root }}", path=path) == root


def test_links_within_a_pages_folder_need_no_way_up(theme_folder: Path, site: Site) -> None:
    template = '<a href="{{ root }}parties/x/index.html#a">1</a><a href="{{ root }}parties/x/graph/index.html">2</a>'
    assert rendered(theme_folder, site, template) == '<a href="#a">1</a><a href="graph/index.html">2</a>'


def test_a_static_files_address_changes_with_its_content(theme_folder: Path, site: Site) -> None:
    style = theme_folder / "static" / "site.css"
    style.write_text("a{}", encoding="utf-8")
    first = rendered(theme_folder, site, "{{ asset_path('site.css') }}")
    style.write_text("b{}", encoding="utf-8")
    second = rendered(theme_folder, site, "{{ asset_path('site.css') }}")
    assert first != second
    assert first.startswith("assets/site.")
    assert first.endswith(".css")
    assert second in {asset.path for asset in ThemeFolder(theme_folder).assets.values() if asset.data == b"b{}"}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            "a\n\n{{ view.nmae }}",
            "/templates/page.html:3: '.*' has no attribute 'nmae'. Page parties/x/index.html cannot be made",
        ),
        ("{% if %}", "/templates/page.html:1: Expected an expression"),
        ("a\n{% include 'gone.html' %}", "/templates/page.html:2: the theme has no template 'gone.html'"),
        ("a\n{{ asset_path('gone.css') }}", "/templates/page.html:2: the theme has no static file 'gone.css'"),
        ("a\n{{ 1 / 0 }}", "/templates/page.html:2: ZeroDivisionError: division by zero"),
        ("a\n{{ view.name | round }}", "/templates/page.html:2: TypeError: "),
        ("{{ view.name | frob }}", "/templates/page.html:1: No filter named 'frob'. Page parties/x/index.html"),
    ],
)
def test_a_fault_in_a_template_is_named(theme_folder: Path, site: Site, template: str, words: str) -> None:
    with pytest.raises(ThemeError, match=words):
        rendered(theme_folder, site, template)


class Defective(msgspec.Struct, frozen=True):
    @property
    def name(self) -> str:
        raise ZeroDivisionError


def test_a_defect_of_a_view_is_not_blamed_on_the_template(
    theme_folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (theme_folder / "templates" / "page.html").write_text("{{ view.name }}", encoding="utf-8")
    monkeypatch.setattr("sitegen.render.theme._PACKAGE", Path(__file__).parent)
    with pytest.raises(ZeroDivisionError):
        Theme.load(theme_folder).render("page.html", Defective(), site, "index.html")


def test_a_folder_that_is_no_theme_is_named(tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match="no folder templates/"):
        Theme.load(tmp_path)


def test_compiled_templates_are_kept_elsewhere_where_the_theme_cannot_be_written_to(
    theme_folder: Path, site: Site, tmp_path: Path
) -> None:
    (theme_folder / "templates" / "page.html").write_text("{{ view.name }}", encoding="utf-8")
    (theme_folder / "templates" / "__pycache__").write_text("a file stands in the way", encoding="utf-8")
    for name in ("once", "twice"):
        made = Theme.load(theme_folder, tmp_path / "state").render("page.html", Shown(name), site, "index.html")
        assert made == name
    assert list((tmp_path / "state" / "templates").iterdir())


def test_a_changed_template_is_not_taken_for_the_kept_one(theme_folder: Path, site: Site) -> None:
    assert rendered(theme_folder, site, "old {{ view.name }}", "x") == "old x"
    assert rendered(theme_folder, site, "new {{ view.name }}", "x") == "new x"


def test_no_template_marks_a_value_as_safe() -> None:
    for template in (DOSSIER / "templates").glob("*.*"):
        text = template.read_text(encoding="utf-8")
        assert "safe" not in text.replace("unsafe", ""), template.name
        assert "autoescape" not in text, template.name


def _structs(kind: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)


def _reachable(kind: type[msgspec.Struct], seen: set[type[msgspec.Struct]]) -> set[type[msgspec.Struct]]:
    if kind not in seen:
        seen.add(kind)
        for field in get_type_hints(kind).values():
            for part in _structs(field):
                _reachable(part, seen)
    return seen


def test_the_theme_contract_names_every_field_of_every_view() -> None:
    contract = (DOSSIER.parent / "README.md").read_text(encoding="utf-8")
    seen: set[type[msgspec.Struct]] = set()
    for page in PAGES:
        _reachable(get_type_hints(page.view)["return"], seen)
        assert f"`{page.template}`" in contract
        assert (DOSSIER / "templates" / page.template).is_file()
    for kind in seen:
        entry = re.search(rf"^- \*\*{kind.__name__}\*\*.*\n(?:  .*\n)*", contract, re.MULTILINE)
        assert entry, f"themes/README.md says nothing of {kind.__name__}"
        missing = [name for name in kind.__struct_fields__ if f"`{name}`" not in entry[0]]
        assert missing == [], f"themes/README.md: {kind.__name__} lacks {missing}"


SHOWN = "<&'\">"
FAST_AS_PLAIN = {
    "texts and numbers": "{{ view.name }}{{ 1 }}{{ 1.50 }}{{ none }}{{ true }}{{ view.name | length }}{{ [1, '<'] }}",
    "markup stays markup": "{{ view.name | e }}{{ '**<b>**' | markdown({}, root) }}",
    "a macro": "{% macro a(x, y='<') %}[{{ x }}{{ y }}]{% endmacro %}{{ a('&') }}{{ a('&', 1) }}{{ a(y=1, x='&') }}",
    "a macro's words": "{% macro a(x) %}<{{ x }}>{% endmacro %}{% set b = a('&') %}{{ b }}{{ a(a(b)) }}",
    "too few values": "{% macro a(x, y) %}{{ x }}{{ y is defined }}{% endmacro %}{{ a('&') }}",
    "a caller": "{% macro a(x) %}<{{ caller() }}{{ x }}>{% endmacro %}{% call a('&') %}{{ view.name }}{% endcall %}",
    "varargs": "{% macro a() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ a('&', b=1) }}",
    "a loop": "{% for x in 'ab<' %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% else %}-{% endfor %}",
    "a loop in a loop": "{% for x in [[1, [2]]] recursive %}{{ x[0] }}{{ loop(x[1:]) if x[1:] }}{% endfor %}",
    "a loop with a test": "{% for x in 'a<b' if x != 'a' %}{{ x }}{% endfor %}",
    "a loop of includes": "{% for x in 'ab' %}<{% include 'part.html' without context %}{{ x }}>{% endfor %}",
    "a loop of blocks": "{% for x in 'ab' %}<{% block each scoped %}{{ x }}{% endblock %}>{% endfor %}",
    "a block again": "{% block one %}{{ view.name }}{% endblock %}{{ self.one() }}",
    "a key as attribute": "{{ {'a': view.name}.a }}{{ {'class': 1}.class }}",
    "what is not there": "{{ view.nmae is defined }}{{ view.nmae | default('none') }}{{ nothing is defined }}",
    "half a choice": "<{{ 'a' if view.name == 'b' }}>",
    "words escaped or not": "{% autoescape false %}{{ view.name }}{% endautoescape %}{{ view.name }}",
    "a set block": "{% set x %}<{{ view.name }}>{% endset %}{{ x }}",
    "a filter block": "{% filter upper %}<{{ view.name }}>{% endfilter %}",
}


@pytest.mark.parametrize("template", FAST_AS_PLAIN.values(), ids=FAST_AS_PLAIN)
def test_templates_mean_what_jinja_says_they_mean(
    theme_folder: Path, site: Site, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (theme_folder / "templates" / "part.html").write_text("{{ 1 }}", encoding="utf-8")
    made = rendered(theme_folder, site, template, SHOWN)
    theme = Theme.load(theme_folder)
    monkeypatch.setattr(theme, "_fast", theme._plain)
    assert made == theme.render("page.html", Shown(SHOWN), site, "parties/x/index.html")


def test_all_pages_are_made_by_the_fast_code(tmp_path: Path) -> None:
    """Where it raises, Jinja2's own code makes the page: right, and several times slower."""
    files = dict(islice(specimens.collection().items(), 4)) | specimens.hostile()
    found = []
    for name in files:
        place = tmp_path / name.replace("/", "-").replace("<", "-")
        place.write_bytes(files[name])
        found.append(ExhibitFile(name, place))
    site, theme = Site(Catalogue(survey(found)), base_url="https://example.org/"), Theme.load(DOSSIER)
    for page in PAGES:
        for key in page.keys(site):
            given = {"view": page.view(site, key), "site": site, "root": "../", "path": page.path(key)}
            made = theme._fast.get_template(page.template).render(given)
            assert made == theme._plain.get_template(page.template).render(given)
