"""Decisions about names: checked before anything is written, carried out by a build, taken back by the next."""

import json
from pathlib import Path
from random import Random

import pytest
from exhibits import exhibit
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import build
from sitegen.cli import main
from sitegen.config import load
from sitegen.identity.decisions import Decision, DecisionError, Decisions, appended, parse_decisions, parse_reference

ONE, TWO = "2014-01-02-inkwell-testing", "2015-03-04-paperclip-testing"
SIGNED = 'reason = "they said so"\nby = "A. Editor"\ndate = 2026-01-02\n'


def entry(table: str, names: list[str], more: str = SIGNED) -> str:
    return f"[[{table}]]\nnames = {json.dumps(names, ensure_ascii=False)}\n{more}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site of two agreements: a company under two names, and one printed name in both."""
    folder = tmp_path / "content" / "exhibits"
    folder.mkdir(parents=True)
    blocks = [("Quillfeather Corp.", "Bob Testperson"), ("Ada Testperson", "Ada Testperson")]
    (folder / "a.txt").write_text(exhibit("Inkwell Testing Corp.", "January 2, 2014", blocks))
    blocks = [("Quillfeather LLC", "Cyd Testperson"), ("Ada Testperson", "Ada Testperson")]
    (folder / "b.txt").write_text(exhibit("Paperclip Testing Corp.", "March 4, 2015", blocks))
    monkeypatch.chdir(tmp_path)
    build(load(tmp_path))
    return tmp_path


def decide(site: Path, text: str) -> None:
    (site / "content" / "identities.toml").write_text(text, encoding="utf-8")
    build(load(site))


def twin(site: Path, page: str) -> dict:
    return json.loads((site / "public" / page / "index.json").read_text(encoding="utf-8"))


def page(site: Path, path: str) -> str:
    return (site / "public" / path / "index.html").read_text(encoding="utf-8")


def test_two_names_that_are_one_share_a_page_and_the_later_address_leads_there(site: Path) -> None:
    decide(site, entry("same", ["Quillfeather Corp.", "Quillfeather LLC"]))
    together = twin(site, "parties/quillfeather-corp")
    assert {found["name"] for found in together["appearances"]} == {"Quillfeather Corp.", "Quillfeather LLC"}
    assert together["decisions"][0]["reason"] == "they said so"
    shown = page(site, "parties/quillfeather-corp")
    assert "“Quillfeather Corp.” and “Quillfeather LLC” are one." in shown
    assert "they said so (A. Editor, January 2, 2026)" in shown
    assert twin(site, "parties/quillfeather-llc")["targets"] == ["parties/quillfeather-corp/"]
    assert 'content="0; url=../../parties/quillfeather-corp/index.html"' in page(site, "parties/quillfeather-llc")
    assert [line["id"] for line in twin(site, "parties")["entries"]].count("quillfeather-corp") == 1
    assert twin(site, f"agreements/{TWO}")["parties"][0]["id"] == "quillfeather-corp"


def test_a_decision_taken_back_leaves_everything_as_it_was(site: Path) -> None:
    before = {path: path.read_bytes() for path in (site / "public").rglob("*") if path.is_file()}
    decide(site, entry("same", ["Quillfeather Corp.", "Quillfeather LLC"]))
    assert {path: path.read_bytes() for path in before} != before
    (site / "content" / "identities.toml").unlink()
    build(load(site))
    assert {path: path.read_bytes() for path in (site / "public").rglob("*") if path.is_file()} == before


def test_one_printed_name_is_two_persons_until_someone_says_that_it_is_one(site: Path) -> None:
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 2
    decide(site, entry("same", [f"Ada Testperson @ {ONE}", f"Ada Testperson @ {TWO}"]))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 1
    assert len(twin(site, "parties/ada-testperson")["persons"]) == 1


def test_two_persons_of_one_name_get_pages_and_the_old_address_a_choice(site: Path) -> None:
    decide(site, entry("different", [f"Ada Testperson @ {ONE}", f"Ada Testperson @ {TWO}"]))
    for section in ("parties", "signers"):
        targets = twin(site, f"{section}/ada-testperson")["targets"]
        assert len(targets) == 2
        assert "Which one is meant?" in page(site, f"{section}/ada-testperson")
        pages = [twin(site, target) for target in targets]
        assert {found["agreement"] for one in pages for found in one["appearances"]} == {ONE, TWO}
        assert all(one["name"] == "Ada Testperson" and len(one["persons"]) == 1 for one in pages)
    (site / "content" / "identities.toml").write_text("")
    build(load(site))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 2
    for target in targets:
        assert twin(site, target)["targets"] == ["signers/ada-testperson/"]
        assert "#person-" in page(site, target)


def test_a_company_that_shares_its_name_with_another_is_split_too(site: Path) -> None:
    text = exhibit("Blotter Testing Corp.", "May 6, 2016", [("Quillfeather Corp.", "Dan Testperson")])
    (site / "content" / "exhibits" / "c.txt").write_text(text)
    build(load(site))
    assert len(twin(site, "parties/quillfeather-corp")["appearances"]) == 2
    names = [f"Quillfeather Corp. @ {ONE}", "Quillfeather Corp. @ 2016-05-06-blotter-testing"]
    decide(site, entry("different", names))
    targets = twin(site, "parties/quillfeather-corp")["targets"]
    assert [len(twin(site, target)["appearances"]) for target in targets] == [1, 1]


def test_what_joins_two_persons_known_to_be_different_joins_nobody(site: Path) -> None:
    blocks = [("Quillfeather Corp.", "Eve Testperson"), ("Quillfeather LLC", "Eve Testperson")]
    text = exhibit("Blotter Testing Corp.", "May 6, 2016", [*blocks, ("Ada Testperson", "Ada Testperson")])
    (site / "content" / "exhibits" / "c.txt").write_text(text)
    build(load(site))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 1
    decide(site, entry("different", [f"Ada Testperson @ {ONE}", f"Ada Testperson @ {TWO}"]))
    assert len(twin(site, "signers/ada-testperson")["targets"]) == 3


def test_kind_spelling_and_cik_by_decision(site: Path) -> None:
    text = f'[[kind]]\nname = "Ada Testperson"\nkind = "entity"\n{SIGNED}'
    text += f'[[preferred]]\nname = "QuillFeather Corp."\n{SIGNED}'
    text += f'[[cik]]\nname = "Inkwell Testing Corp."\ncik = "77"\n{SIGNED}'
    decide(site, text)
    assert twin(site, "parties/ada-testperson")["kind"] == "entity"
    assert twin(site, "parties/quillfeather-corp")["name"] == "QuillFeather Corp."
    assert twin(site, "issuers/inkwell-testing-corp")["cik"] == "0000000077"


def test_one_cik_makes_one_person_and_two_make_two(site: Path) -> None:
    def ciks(*values: str) -> str:
        pairs = zip((ONE, TWO), values, strict=True)
        return "".join(f'[[cik]]\nname = "Ada Testperson @ {slug}"\ncik = "{cik}"\n{SIGNED}' for slug, cik in pairs)

    decide(site, ciks("41", "41"))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 1
    decide(site, ciks("41", "42"))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 2


def test_a_name_whose_exhibits_are_gone_is_still_known(site: Path) -> None:
    decide(site, entry("same", ["Quillfeather Corp.", "Quillfeather LLC"]))
    (site / "content" / "exhibits" / "b.txt").unlink()
    build(load(site))
    assert twin(site, "parties/quillfeather-llc")["targets"] == ["parties/quillfeather-corp/"]


WRONG = {
    "unknown": (entry("same", ["Quillfeather Corp.", "Quilfeather LLC"]), "did you mean 'Quillfeather LLC'"),
    "agreement": (entry("different", ["Ada Testperson @ 2014-inkwell", f"Ada Testperson @ {TWO}"]), f"mean '{ONE}'"),
    "one name": (entry("same", ["Quillfeather Corp.", "QUILLFEATHER CORPORATION"]), "printings of one name already"),
    "which": (entry("different", ["Ada Testperson", f"Ada Testperson @ {TWO}"]), "say in which agreements"),
    "contradiction": (
        entry("same", ["Quillfeather Corp.", "Quillfeather LLC"])
        + entry("same", ["Quillfeather LLC", "Bob Testperson"])
        + entry("different", ["Bob Testperson", "Quillfeather Corp."]),
        r"line 11 .*line 1 .* and line 6 .*say that both are one",
    ),
    "two kinds": (
        "".join(f'[[kind]]\nname = "Ada Testperson"\nkind = "{kind}"\n{SIGNED}' for kind in ("entity", "person")),
        "line 1 .* says 'entity'",
    ),
    "one alone": (entry("same", ["Quillfeather Corp."]), "two names or more"),
    "no reason": (entry("same", ["Ada Testperson", "Bob Testperson"], 'by = "A"\ndate = 2026-01-02\n'), "reason"),
    "empty reason": (entry("same", ["Ada Testperson", "Bob Testperson"], SIGNED.replace("they said so", " ")), "empty"),
    "day in words": (
        entry("same", ["Ada Testperson", "Bob Testperson"], SIGNED.replace("2026-01-02", '"today"')),
        "date",
    ),
    "no table": ("same = 1\n", r"\[\[same\]\] is no decision"),
    "table": (entry("sam", ["Ada Testperson", "Bob Testperson"]), "did you mean 'same'"),
    "field": (entry("same", ["Ada Testperson", "Bob Testperson"], SIGNED + "why = 1\n"), "line 1 .*why"),
    "no TOML": ("<<<<<<< ours\n", "not valid TOML.*both sides"),
    "kind": (f'[[kind]]\nname = "Ada Testperson"\nkind = "human"\n{SIGNED}', "'entity' or 'person'"),
    "cik": (f'[[cik]]\nname = "Ada Testperson"\ncik = "CIK 12"\n{SIGNED}', "at most 10 digits"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_decision_stops_the_build_and_loses_nothing(site: Path, case: str) -> None:
    text, said = WRONG[case]
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".sitegen" not in path.parts}
    place = site / "content" / "identities.toml"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError, match=f"(?s)identities.toml.*{said}") as stopped:
        build(load(site))
    assert stopped.value.status == 2
    place.unlink()
    after = {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and ".sitegen" not in path.parts}
    assert after == before
    build(load(site))


def test_accept_and_separate_append_to_what_is_there(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = site / "content" / "identities.toml"
    place.write_text(
        "# ours   \r\n\r\n[[preferred]]   # odd\r\nname='Quillfeather Corp.'\r\n" + SIGNED.rstrip(), newline=""
    )
    before = place.read_bytes()
    words = ["parties/quillfeather-corp", "Quillfeather LLC", "--reason", 'converted; see "8-K"', "--by", "A. Editor"]
    assert main(["accept", *words]) == 0
    assert 'reason = "converted; see \\"8-K\\""' in capsys.readouterr().out
    assert place.read_bytes().startswith(before)
    assert main(["separate", "Bob Testperson", "Cyd Testperson", "--reason", "two", "--by", "A. Editor"]) == 0
    build(load(site))
    assert twin(site, "parties/quillfeather-llc")["targets"] == ["parties/quillfeather-corp/"]
    assert main(["separate", "Quillfeather LLC", "Quillfeather Corp.", "--reason", "no", "--by", "B"]) == 2
    assert "says that both are one" in capsys.readouterr().err
    assert place.read_text(encoding="utf-8").count("[[different]]") == 1


def test_accept_asks_which_person_is_meant(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "Ada Testperson", "Bob Testperson", "--reason", "why", "--by", "A. Editor"]) == 2
    said = capsys.readouterr().err
    assert f'"Ada Testperson @ {ONE}"' in said
    assert f'"Ada Testperson @ {TWO}"' in said
    assert not (site / "content" / "identities.toml").exists()


def test_accept_takes_a_persons_address(site: Path) -> None:
    persons = [f"signers/ada-testperson#{one['id']}" for one in twin(site, "signers/ada-testperson")["persons"]]
    assert main(["accept", *persons, "--reason", "why", "--by", "A. Editor"]) == 0
    build(load(site))
    assert len(twin(site, "signers/ada-testperson")["persons"]) == 1


def test_a_decided_pair_is_proposed_no_more(site: Path) -> None:
    blocks = [("Quilfeather LLC", "Bob Testperson")]
    (site / "content" / "exhibits" / "c.txt").write_text(exhibit("Blotter Testing Corp.", "May 6, 2016", blocks))
    build(load(site))
    (proposed,) = twin(site, "review")["proposals"]
    assert set(proposed["names"]) == {"Quillfeather LLC", "Quilfeather LLC"}
    shown = page(site, "review")
    assert "One word is spelled differently: “quilfeather” and “quillfeather”." in shown
    assert "sitegen separate" in shown
    assert main(["separate", *proposed["names"], "--reason", "two houses", "--by", "A. Editor"]) == 0
    build(load(site))
    assert twin(site, "review")["proposals"] == []
    assert "are not the same." in page(site, "parties/quilfeather-llc")


def test_parties_to_one_agreement_are_never_proposed(site: Path) -> None:
    blocks = [("Quillfeather LLC", "Bob Testperson"), ("Quilfeather LLC", "Bob Testperson")]
    (site / "content" / "exhibits" / "c.txt").write_text(exhibit("Blotter Testing Corp.", "May 6, 2016", blocks))
    build(load(site))
    assert twin(site, "review")["proposals"] == []


def test_the_same_agreement_in_two_files_is_two_dossiers_counted_once(site: Path) -> None:
    text = (site / "content" / "exhibits" / "a.txt").read_text()
    (site / "content" / "exhibits" / "z.txt").write_text("Filed again\n\n" + text.replace("executed", "signed"))
    build(load(site))
    (copy,) = twin(site, f"agreements/{ONE}")["copies"]
    assert twin(site, f"agreements/{copy}")["copies"] == [ONE]
    assert f"agreements/{ONE}" in page(site, f"agreements/{copy}")
    (found,) = [one for one in twin(site, f"agreements/{copy}")["findings"] if one["code"] == "SG408"]
    assert "by date, parties and signers" in found["message"]
    assert "exhibits/a.txt" in found["message"]
    assert len(twin(site, "parties/quillfeather-corp")["appearances"]) == 1
    (line,) = [line for line in twin(site, "parties")["entries"] if line["id"] == "quillfeather-corp"]
    assert line["agreements"] == 1
    assert len(twin(site, "issuers/inkwell-testing-corp")["agreements"]) == 1


def test_one_wording_about_two_issuers_is_two_agreements(site: Path) -> None:
    text = (site / "content" / "exhibits" / "a.txt").read_text()
    (site / "content" / "exhibits" / "z.txt").write_text(text.replace("Inkwell", "Blotter"))
    build(load(site))
    assert twin(site, f"agreements/{ONE}")["copies"] == []
    assert len(twin(site, "parties/quillfeather-corp")["appearances"]) == 2


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_is_appended_reads_back_whatever_its_words(one: str, other: str, reason: str, by: str) -> None:
    names = []
    for words in (one, other):
        try:
            names.append(parse_reference(words))
        except ValueError:
            return
    if names[0].node == names[1].node or not reason.strip() or not by.strip():
        return
    made = Decision("same", tuple(names), "", " ".join(reason.split()), " ".join(by.split()), "2026-01-02")
    (back,) = parse_decisions(appended("", made), "identities.toml").entries
    assert (back.names, back.reason, back.by, back.date) == (made.names, made.reason, made.by, made.date)


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=3, unique=True), max_size=6), st.randoms())
def test_the_order_of_decisions_does_not_matter(joined: list[list[str]], random: Random) -> None:
    made = [Decision("same", tuple(map(parse_reference, names)), "", "r", "b", "2026-01-02") for names in joined]
    first = Decisions(made).spellings
    random.shuffle(made)
    assert Decisions(made).spellings == first


def test_the_address_published_first_stays_whatever_is_filed_later(site: Path) -> None:
    decide(site, entry("same", ["Quillfeather LLC", "Quillfeather Corp."]))
    text = exhibit("Blotter Testing Corp.", "May 6, 2016", [("Quillfeather LLC", "Dan Testperson")])
    (site / "content" / "exhibits" / "0.txt").write_text(text)
    (site / "content" / "exhibits" / "a.txt").unlink()
    build(load(site))
    assert len(twin(site, "parties/quillfeather-corp")["appearances"]) == 2
    assert twin(site, "parties/quillfeather-llc")["targets"] == ["parties/quillfeather-corp/"]


def test_a_person_and_a_company_are_not_one_unless_one_was_misread(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept", "Bob Testperson", "Quillfeather LLC", "--reason", "why", "--by", "A. Editor"]) == 2
    assert "'Bob Testperson' is read as a person, 'Quillfeather LLC' as a company" in capsys.readouterr().err
    assert not (site / "content" / "identities.toml").exists()


def test_a_company_name_with_two_ciks_is_a_finding_until_it_is_split(site: Path) -> None:
    text = exhibit("Blotter Testing Corp.", "May 6, 2016", [("Quillfeather Corp.", "Dan Testperson")])
    folder = site / "content" / "exhibits"
    (folder / "c.txt").write_text(text)
    for name, cik in (("a.txt", "41"), ("c.txt", "42")):
        (folder / f"{name}.toml").write_text(f'[ciks]\n"Quillfeather Corp." = "{cik}"\n')
    build(load(site))

    def found() -> list[str]:
        return [one["message"] for one in twin(site, f"agreements/{ONE}")["findings"] if one["code"] == "SG409"]

    assert found() == [
        "Quillfeather Corp. has the CIK 0000000041 here, and elsewhere 0000000042 (2016-05-06-blotter-testing)."
    ]
    decide(site, entry("different", [f"Quillfeather Corp. @ {ONE}", "Quillfeather Corp. @ 2016-05-06-blotter-testing"]))
    assert found() == []


def test_a_decision_about_a_name_that_the_agreement_lacks_is_a_finding(site: Path) -> None:
    decide(site, entry("different", [f"Cyd Testperson @ {ONE}", f"Cyd Testperson @ {TWO}"]))
    (found,) = [one for one in twin(site, f"agreements/{ONE}")["findings"] if one["code"] == "SG410"]
    assert (
        found["message"] == "identities.toml, line 1: Cyd Testperson is no party, signer or issuer of this agreement."
    )
    (site / "content" / "identities.toml").unlink()
    build(load(site))
    assert [one for one in twin(site, f"agreements/{ONE}")["findings"] if one["code"] == "SG410"] == []
