"""The ledger: an address once published answers for ever, and never changes hands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue.kept import KeptLedger, keep_lines
from sitegen.catalogue.record import open_catalogue
from sitegen.identity.ledger import Ledger, LedgerError, Row, Wish, format_rows, parse_ledger

TODAY, LATER = "2026-01-02", "2026-03-04"
TEXT, OTHER = "a" * 64, "b" * 64


def test_an_identity_keeps_its_first_address_whatever_it_would_like_later() -> None:
    ledger = Ledger("parties")
    assert ledger.assign(Wish("quill|lp", "quill-lp", TEXT), TODAY) == "quill-lp"
    assert ledger.assign(Wish("quill|lp", "quill-partners-lp", TEXT), LATER) == "quill-lp"
    assert [row.slug for row in ledger.new_rows] == ["quill-lp"]


def test_a_newcomer_whose_slug_is_taken_gets_digits_that_do_not_depend_on_order() -> None:
    first, second = Ledger("parties"), Ledger("parties")
    for ledger in (first, second):
        ledger.assign(Wish("a and b|", "a-b-fund", TEXT), TODAY)
    second.assign(Wish("something else|", "something-else", OTHER), TODAY)
    slug = first.assign(Wish("a b|", "a-b-fund", OTHER), TODAY)
    assert slug.startswith("a-b-fund-")
    assert len(slug) == len("a-b-fund-") + 4
    assert second.assign(Wish("a b|", "a-b-fund", OTHER), LATER) == slug


def test_reserved_segments_are_never_given_out() -> None:
    assert Ledger("parties").assign(Wish("all|", "all", TEXT), TODAY).startswith("all-")
    assert Ledger("parties").assign(Wish("|", "", TEXT), TODAY).startswith("x-")


def test_an_edit_at_the_same_path_keeps_the_address_and_records_the_new_text() -> None:
    ledger = Ledger("agreements")
    ledger.assign(Wish("exhibits/a.txt#1", "2003-quill", TEXT), TODAY)
    assert ledger.assign(Wish("exhibits/a.txt#1", "2004-quill", OTHER), LATER) == "2003-quill"
    assert ledger.texts("2003-quill") == [TEXT, OTHER]


def test_a_renamed_exhibit_takes_its_address_along() -> None:
    ledger = Ledger("agreements")
    ledger.assign(Wish("exhibits/a.txt#1", "2003-quill", TEXT), TODAY)
    ledger.move("exhibits/a.txt#1", "exhibits/b.txt#1", TEXT, LATER)
    again = parse_ledger("agreements", format_rows("agreements", ledger.rows), "agreements.tsv")
    assert again.slug("exhibits/b.txt#1") == "2003-quill"
    assert again.assign(Wish("exhibits/a.txt#1", "2003-quill", OTHER), LATER) != "2003-quill"


def test_the_first_holder_keeps_a_slug_that_two_branches_gave_out() -> None:
    ours = format_rows("parties", [Row("quill-lp", "quill|lp", None, TODAY)])
    theirs = format_rows("parties", [Row("quill-lp", "quill other|lp", None, TODAY)])
    ledger = parse_ledger("parties", ours + theirs, "parties.tsv")
    assert ledger.slug("quill|lp") == "quill-lp"
    assert ledger.assign(Wish("quill other|lp", "quill-lp", TEXT), LATER).startswith("quill-lp-")


@pytest.mark.parametrize(
    "line",
    ["quill-lp", "Quill\tquill|lp\t2026-01-02", "quill\tquill|lp\tyesterday", "<<<<<<< HEAD", "../x\tkey\t2026-01-02"],
)
def test_a_damaged_line_stops_the_build_and_is_named(line: str) -> None:
    text = format_rows("parties", [Row("quill-lp", "quill|lp", None, TODAY)]) + line + "\n"
    with pytest.raises(LedgerError, match=r"parties\.tsv, line 2"):
        parse_ledger("parties", text, "parties.tsv")


def test_line_ends_of_another_system_do_no_harm() -> None:
    text = format_rows("parties", [Row("quill-lp", "quill|lp", None, TODAY)]).replace("\n", "\r\n")
    assert parse_ledger("parties", text, "parties.tsv").slug("quill|lp") == "quill-lp"


KEYS = st.text(min_size=1, max_size=20).filter(lambda key: not any("\ud800" <= mark <= "\udfff" for mark in key))


@given(st.lists(st.tuples(KEYS, st.sampled_from(["a-b", "c-d", "all", ""])), max_size=12))
def test_a_ledger_written_and_read_again_gives_the_same_addresses(wishes: list[tuple[str, str]]) -> None:
    ledger = Ledger("parties")
    given_out = {key: ledger.assign(Wish(key, slug, TEXT), TODAY) for key, slug in wishes}
    assert len(set(given_out.values())) == len(given_out)
    again = parse_ledger("parties", format_rows("parties", ledger.rows), "parties.tsv")
    assert {key: again.slug(key) for key in given_out} == given_out
    assert [again.assign(Wish(key, slug, TEXT), LATER) for key, slug in wishes] == [given_out[key] for key, _ in wishes]
    assert again.new_rows == []


KEYS, SLUGS, TEXTS = ("a|", "b|", "c|lp"), ("a", "a-fund", "b"), (TEXT, OTHER, "c" * 64)
STEPS = st.lists(
    st.tuples(st.sampled_from(("give", "move", "keep")), *map(st.sampled_from, (KEYS, KEYS, SLUGS, TEXTS))), max_size=14
)


@pytest.mark.parametrize("kind", ["agreements", "parties"])
@given(steps=STEPS)
def test_a_ledger_kept_in_the_catalogue_answers_as_one_that_holds_all_lines(
    kind: str, steps: list[tuple[str, str, str, str, str]]
) -> None:
    """`keep` puts the new lines into the catalogue: what is asked afterwards is read from there."""
    whole, db = Ledger(kind), open_catalogue(None)
    kept: Ledger = KeptLedger(db, kind)
    for step, key, other, slug, text in steps:
        if step == "keep":
            keep_lines(db, kept, whole=False)
            kept = KeptLedger(db, kind)
        for ledger in (whole, kept):
            if step == "give":
                ledger.assign(Wish(key, slug, text), TODAY)
            if step == "move" and ledger.slug(key) and not ledger.slug(other):
                ledger.move(key, other, text, TODAY)
    assert kept.addresses() == whole.addresses()
    assert [kept.slug(key) for key in KEYS] == [whole.slug(key) for key in KEYS]
    assert [kept.keys_with_text(text) for text in TEXTS] == [whole.keys_with_text(text) for text in TEXTS]
    assert kept.oldest(KEYS) == whole.oldest(KEYS)
    for slug in whole.addresses():
        assert (kept.holder(slug), kept.first(slug)) == (whole.holder(slug), whole.first(slug))
        assert (kept.texts(slug), kept.held(slug)) == (whole.texts(slug), whole.held(slug))
    db.close()
