"""Pages say what the exhibits print, with its line, and nothing more."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.content import ExhibitFile
from sitegen.pages import PAGES, agreement, home, index, issuer, missing, party, review, search, signer, source
from sitegen.pages.evidence import INFERRED, SIGNED, STATED, Chip
from sitegen.pages.frame import head, share
from sitegen.pages.prose import ended, plain
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, date_words, listing, quoted, shorten
from sitegen.render.theme import Theme

ROOT = Path(__file__).parents[1]
HANARO = "2003-11-17-hanaro-telecom"
BASE = "https://example.org/dossiers/"


def site_of(folder: Path, files: dict[str, str], **settings: object) -> Site:
    """Return the site of these exhibits, with addresses given as a build would."""
    found = []
    for name, text in files.items():
        place = folder / name
        place.write_text(text, encoding="utf-8")
        found.append(ExhibitFile(f"exhibits/{name}", place))
    return Site(Catalogue(survey(found)), base_url=BASE, **settings)


def block(name: str, signer: str, title: str | None = "Director", *through: str) -> str:
    lines = [name.upper(), *(f"By: {each}" for each in through), f"By:  /s/ {signer}", f"Name:  {signer}"]
    return "\n\n\n" + "\n\n".join(lines) + (f"\nTitle: {title}\n" if title else "\n")


def exhibit(issuer_name: str, dated: str, parties: tuple[str, ...], *blocks: str) -> str:
    among = ", ".join(parties[:-1]) + f" and {parties[-1]}"
    return (
        "Exhibit 99.1\n\nJOINT FILING AGREEMENT\n\n"
        f"This Joint Filing Agreement, dated as of {dated}, is among {among}.\n\n"
        "In accordance with Rule 13d-1(k)(1) under the Securities Exchange Act of 1934, each of them agrees to the\n"
        f"joint filing of a statement on Schedule 13G with respect to the common stock of {issuer_name}.\n\n"
        "IN WITNESS WHEREOF, the undersigned have executed this agreement as of the date first above written.\n"
    ) + "".join(blocks)


@pytest.fixture(scope="session")
def hanaro(tmp_path_factory: pytest.TempPathFactory) -> Site:
    text = (ROOT / "content" / "exhibits" / "hanaro-2003.txt").read_text(encoding="utf-8")
    return site_of(tmp_path_factory.mktemp("hanaro"), {"hanaro-2003.txt": text})


@pytest.fixture(scope="session")
def pages(hanaro: Site) -> dict[str, str]:
    """Return all pages of the site of one exhibit, by path."""
    theme = Theme.load(ROOT / "themes" / "dossier")
    return {
        page.path(key): theme.render(page.template, page.view(hanaro, key), hanaro, page.path(key))
        for page in PAGES
        if "graph" not in page.kind
        for key in page.keys(hanaro)
    }


def chips_in(value: object) -> Iterator[Chip]:
    if isinstance(value, Chip):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from chips_in(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from chips_in(getattr(value, name))


# Who is this? One sentence under the title answers alone.


def test_a_partys_sentence_names_agreement_signer_and_whom_it_acts_for(hanaro: Site) -> None:
    shown = party.view(hanaro, "newbridge-asia-advisors-iii-inc")
    assert plain(shown.lede) == (
        "A party to 1 joint filing agreement, about Hanaro Telecom, Inc., dated November 17, 2003. "
        "Signed for by Richard A. Ekleberry, Vice President. "
        "Acts for Newbridge Asia GenPar III, L.P., and stands on the “By:” lines of 5 signature blocks."
    )


def test_a_signers_sentence_names_the_capacities(hanaro: Site) -> None:
    assert plain(signer.view(hanaro, "murray-a-indick").lede) == (
        "3 signatures in 1 joint filing agreement, about Hanaro Telecom, Inc., dated November 17, 2003. "
        "Signed as Secretary and Attorney-In-Fact."
    )


def test_an_agreements_sentence_counts_parties_people_and_blocks(hanaro: Site) -> None:
    assert plain(agreement.view(hanaro, HANARO).lede) == (
        "32 parties agree to file one Schedule 13D together about Hanaro Telecom, Inc. "
        "15 people sign for them, in 32 signature blocks."
    )


def test_an_issuers_sentence_says_whose_securities_and_not_who_owns_them(hanaro: Site) -> None:
    assert plain(issuer.view(hanaro, "hanaro-telecom-inc").lede) == (
        "The company whose securities are reported under 1 joint filing agreement, dated November 17, 2003. "
        "32 parties joined it."
    )


# What may be claimed.


def test_only_printed_steps_are_links(hanaro: Site) -> None:
    acting = {(row.through.text, row.party.text) for row in agreement.view(hanaro, HANARO).acting}
    assert ("Newbridge Asia Advisors III, Inc.", "Newbridge Asia GenPar III, L.P.") in acting
    assert ("Newbridge Asia Advisors III, Inc.", "HT Holdings V, L.P.") not in acting
    assert len(acting) == 12


def test_a_title_that_names_another_party_is_a_remark_and_no_link(hanaro: Site) -> None:
    shown = party.view(hanaro, "emerging-markets-partnership-ii-llc").groups[0].appearances[0]
    assert "The title names another party: Emerging Markets Corporation." in map(plain, shown.own[0].remarks)
    assert not party.view(hanaro, "emerging-markets-corporation").groups[0].appearances[0].acting


def test_roles_are_quoted_as_printed_or_inferred_with_their_rule(hanaro: Site) -> None:
    rows = {row.through.text: row for row in agreement.view(hanaro, HANARO).acting}
    assert rows["Blum Investment Partners, Inc."].role == "“Managing Member”"
    assert rows["Blum Investment Partners, Inc."].kind == STATED
    assert rows["HT IX GP, Ltd."].kind == INFERRED
    assert "“HT Holdings IX General Partner”" in rows["HT IX GP, Ltd."].rule
    assert rows["Newbridge Asia Advisors III, Inc."].role == ""
    assert rows["Newbridge Asia Advisors III, Inc."].kind == SIGNED


def test_an_attorney_in_fact_is_said_with_the_caution(hanaro: Site) -> None:
    shown = party.view(hanaro, "richard-c-blum").groups[0].appearances[0]
    assert "Signed by an attorney-in-fact. The power of attorney is not in this exhibit." in map(
        plain, shown.own[0].remarks
    )


def test_no_page_claims_ownership_or_control(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        ours = re.sub(r"<code>.*?</code>", "", page).replace(BY_LINE, "")
        assert not re.search(r"\b(controls|controlled by|owns|owned by|subsidiary|affiliate of)\b", ours), path


def test_every_page_with_a_chain_says_what_a_by_line_is(pages: dict[str, str]) -> None:
    with_chains = [path for path, page in pages.items() if 'class="chain"' in page]
    assert len(with_chains) == 1 + 1 + 32 + 15
    assert [path for path in with_chains if BY_LINE not in pages[path]] == []


def test_pages_of_people_use_no_pronoun(hanaro: Site, pages: dict[str, str]) -> None:
    people = [f"parties/{slug}/index.html" for slug in ("richard-c-blum", "john-william-troy")]
    people += [f"signers/{slug}/index.html" for slug in signer.keys(hanaro)]
    for path in people:
        words = re.sub(r"<[^>]+>", " ", re.sub(r"<code>.*?</code>", "", pages[path]))
        assert not re.search(r"\b(he|she|his|hers?|him|they)\b", words), path


def test_a_person_who_is_party_and_signer_has_two_pages_that_link_to_each_other(hanaro: Site) -> None:
    as_party, as_signer = party.view(hanaro, "john-william-troy"), signer.view(hanaro, "john-william-troy")
    assert as_party.twin
    assert as_party.twin.to == "signers/john-william-troy/index.html"
    assert as_signer.twin
    assert as_signer.twin.to == "parties/john-william-troy/index.html"
    assert "Signs in person" in plain(as_party.lede)


def test_people_of_one_name_that_nothing_ties_stand_apart(tmp_path: Path) -> None:
    files = {
        f"{number}.txt": exhibit(
            f"Invented Mills {number}, Inc.",
            f"May {number}, 2011",
            (f"Quillfeather {word}, L.P.", f"Plumblossom {word}, LLC"),
            block(f"Quillfeather {word}, L.P.", "Ada Testperson"),
            block(f"Plumblossom {word}, LLC", "Ada Testperson"),
        )
        for number, word in enumerate(("Amber", "Birch"), 1)
    }
    shown = signer.view(site_of(tmp_path, files), "ada-testperson")
    assert [group.heading for group in shown.groups] == ["Person 1 of 2", "Person 2 of 2"]
    assert [group.remark for group in shown.groups] == [
        "Same printed name, not known to be the same person. Named in Invented Mills 2, May 2, 2011.",
        "Same printed name, not known to be the same person. Named in Invented Mills 1, May 1, 2011.",
    ]
    assert len({group.anchor for group in shown.groups}) == 2
    assert plain(shown.lede).startswith("2 persons of this printed name, not known to be the same.")


# Evidence.


def test_every_chip_leads_to_an_anchor_of_the_source_page(hanaro: Site) -> None:
    lines = source.view(hanaro, HANARO).lines
    anchors = {f"L{line.number}" for line in lines} | {name for line in lines for name in line.ranges}
    chips = [chip for page in PAGES for key in page.keys(hanaro) for chip in chips_in(page.view(hanaro, key))]
    assert len(chips) > 500
    assert {chip.to.partition("#")[2] for chip in chips} <= anchors


def test_the_source_page_holds_every_character_of_the_text(hanaro: Site) -> None:
    shown = source.view(hanaro, HANARO)
    text = "\n".join(line.indent + plain(line.runs) for line in shown.lines)
    assert text == hanaro.catalogue.dossier(HANARO).text.removesuffix("\n")


def test_names_are_linked_in_the_source_also_over_two_lines(hanaro: Site) -> None:
    lines = source.view(hanaro, HANARO).lines
    to = "parties/aig-asian-infrastructure-fund-ii-lp/index.html"
    assert [(run.text, run.to) for run in lines[6].runs if run.to][-1] == ("AIG Asian Infrastructure", to)
    assert next((run.text, run.to) for run in lines[7].runs if run.to) == ("Fund II, L.P.", to)


def test_the_margin_says_what_was_read_and_where_it_stands(hanaro: Site) -> None:
    remarks = {remark.text: remark for remark in source.view(hanaro, HANARO).lines[102].remarks}
    assert remarks["Block 2: through"].to == f"agreements/{HANARO}/index.html#b2"
    assert [line.page for line in source.view(hanaro, HANARO).lines if line.page] == list(range(2, 34))


def test_a_long_text_is_shown_around_its_facts_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    parties = ("Quillfeather Capital, L.P.", "Plumblossom Capital, LLC")
    blocks = [block(name, "Ada Testperson") for name in parties]
    text = exhibit("Invented Mills, Inc.", "May 1, 2011", parties, *blocks) + "\nfiller words here\n" * 6000
    site = site_of(tmp_path, {"long.txt": text})
    (slug,) = agreement.keys(site)
    shown = source.view(site, slug)
    assert len(shown.lines) < 4600
    assert len(shown.lines) + sum(line.skipped for line in shown.lines) + shown.rest == shown.total
    facts = {chip.to.partition("#")[2] for chip in chips_in(agreement.view(site, slug))}
    anchors = {f"L{line.number}" for line in shown.lines} | {name for line in shown.lines for name in line.ranges}
    assert facts <= anchors


# What is not there is said in words.


def test_absence_is_a_value_in_words(tmp_path: Path) -> None:
    text = (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree to the joint filing of this statement and all amendments.\n"
        + block("Quillfeather Capital, L.P.", "Ada Testperson")
        + block("Plumblossom Capital, LLC", "Ada Testperson")
    )
    site = site_of(tmp_path, {"bare.txt": text})
    (slug,) = agreement.keys(site)
    facts = {row.label: plain(row.value) for row in agreement.view(site, slug).facts}
    assert facts["Dated"] == facts["About"] == facts["Schedule"] == facts["EDGAR numbers"] == "Not in this exhibit"
    assert agreement.view(site, slug).h1 == "QUILLFEATHER CAPITAL, L.P. and 1 other: joint filing agreement"


def test_an_unsigned_party_and_an_unmatched_block_are_shown(tmp_path: Path) -> None:
    parties = ("Quillfeather Capital, L.P.", "Foxglove Partners, Inc.", "Plumblossom Capital, LLC")
    blocks = (
        block("Quillfeather Capital, L.P.", "Ada Testperson"),
        block("Plumblossom Capital, LLC", "Ada Testperson"),
        block("Foxglove Partnrs, Inc.", "Ada Testperson"),
    )
    site = site_of(tmp_path, {"odd.txt": exhibit("Invented Mills, Inc.", "May 1, 2011", parties, *blocks)})
    (slug,) = agreement.keys(site)
    shown = agreement.view(site, slug)
    assert [row.name.text for row in shown.parties if not row.signers] == ["Foxglove Partners, Inc."]
    assert [found.tag for found in shown.blocks] == ["", "", "Unmatched block"]
    facts = party.view(site, "foxglove-partners-inc").groups[0].appearances[0].facts
    assert "No signature block found" in [plain(row.value) for row in facts]


def test_an_empty_site_is_whole(tmp_path: Path) -> None:
    site = site_of(tmp_path, {})
    theme = Theme.load(ROOT / "themes" / "dossier")
    made = {
        page.path(key): theme.render(page.template, page.view(site, key), site, page.path(key))
        for page in PAGES
        for key in page.keys(site)
    }
    assert "This site holds no agreement." in made["index.html"]
    assert "Nothing was found that a reader should check." in made["review/index.html"]
    assert "No party yet" in made["parties/index.html"]


# Hostile names.


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script> Capital, L.P.", '"><img src=x onerror=alert(1)> Fund, L.P.', "{{ 7*7 }} Fund, L.P."],
)
def test_a_name_is_never_markup(tmp_path: Path, name: str) -> None:
    parties = (name, "Plumblossom Capital, LLC")
    blocks = [block(each, "Ada Testperson", "Director {{ 7*7 }} <b>") for each in parties]
    site = site_of(tmp_path, {"evil.txt": exhibit("<i>Bad</i> Mills, Inc.", "May 1, 2011", parties, *blocks)})
    theme = Theme.load(ROOT / "themes" / "dossier")
    for page in PAGES:
        for key in page.keys(site):
            made = theme.render(page.template, page.view(site, key), site, page.path(key))
            assert not re.search(r"<script>alert|<img src=x|<i>Bad|<b>$|\b49\b(?=[^\d]{0,3} Fund)", made), page.kind


def test_a_name_of_2000_characters_is_cut_in_titles_cards_and_mails(hanaro: Site) -> None:
    name = "Quillfeather " + "Endless " * 250 + "Capital, L.P."
    top = head(hanaro, "parties/quillfeather/index.html", name, f"A party to 1 agreement: {name}.")
    assert len(top.title) <= 120
    assert len(top.description) <= 200
    assert len(share(hanaro, top, (), ()).mail) < 1000


# Lists, review, addresses.


def test_indexes_file_people_by_family_name_and_numerals_by_value(hanaro: Site) -> None:
    shown = index.view(hanaro, "parties")
    names = [entry.name.text for letter in shown.sections for entry in letter.entries]
    assert names.index("Richard C. Blum") < names.index("Emerging Markets Corporation")
    assert names.index("HT Holdings VIII, L.P.") < names.index("HT Holdings IX, L.P.")
    assert index.keys(hanaro) == ("agreements", "parties", "signers", "issuers")


def test_the_search_page_lists_everything_with_an_address(hanaro: Site) -> None:
    kinds = [found.kind for found in search.view(hanaro, "search").entries]
    assert {kind: kinds.count(kind) for kind in kinds} == {"Agreement": 1, "Party": 32, "Signer": 15, "Issuer": 1}


def test_checks_are_counted_from_the_findings(hanaro: Site) -> None:
    checks = {check.what: (check.passed, check.total) for check in review.view(hanaro, "review").checks}
    assert checks["Parties with a signature block"] == (32, 32)
    assert checks["Dossiers whose signature pages spell names as the text does"] == (0, 1)
    assert checks["Dossiers with an EDGAR accession number"] == (0, 1)


def test_review_and_dossier_number_their_notes_alike(hanaro: Site) -> None:
    in_dossier = [(note.number, note.message) for note in agreement.view(hanaro, HANARO).notes]
    shown = [note for group in review.view(hanaro, "review").groups for note in group.notes]
    assert sorted((int(note.number.removeprefix("Note ")), note.message) for note in shown) == in_dossier
    assert {note.about[0].to for note in shown} == {f"agreements/{HANARO}/index.html#n{n}" for n, _ in in_dossier}


def test_home_reads_the_longest_chain_aloud(hanaro: Site) -> None:
    shown = home.view(hanaro, "index.html")
    assert shown.chain
    assert [step.name.text for step in shown.chain.steps] == [
        "AIG ASIAN INFRASTRUCTURE FUND II, L.P.",
        "AIG Asian Infrastructure Management II, L.P.",
        "AIG Asian Infrastructure Management II, Ltd.",
        "/s/ Stuart Osborne",
    ]
    assert [figure.number for figure in shown.figures[:3]] == ["1", "32", "15"]


def test_the_page_for_unknown_addresses_is_asked_to_stay_out_of_search_engines(hanaro: Site) -> None:
    assert missing.missing_view(hanaro, "404.html").head.noindex


# Words.


@pytest.mark.parametrize(
    ("date", "words"),
    [("2003-11-17", "November 17, 2003"), ("2003-11", "November 2003"), ("2003", "2003"), (None, "undated")],
)
def test_dates_are_written_as_filed(date: str | None, words: str) -> None:
    assert date_words(date) == words


def test_counts_lists_and_quotes_read_well() -> None:
    assert [count(1, "party", "parties"), count(1204, "party", "parties")] == ["1 party", "1,204 parties"]
    assert [listing([]), listing(["A"]), listing(["A", "B"]), listing(["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert quoted('"AOF"') == quoted("“AOF”") == quoted("AOF") == "“AOF”"
    assert plain(ended("about Mills, Inc.")) == "about Mills, Inc."
    assert plain(ended("about Mills")) == "about Mills."


@given(st.text(), st.integers(2, 300))
def test_a_cut_text_is_never_longer_than_allowed(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
    assert shorten(text, limit) == text or len(text) > limit
