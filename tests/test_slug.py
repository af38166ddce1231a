"""Addresses made from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.identity.slug import LONGEST, agreement_slug, from_key, is_reserved, name_slug, with_digits

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Quillfeather Fund II, L.P.", "quillfeather-fund-ii-lp"),
        ("Quillfeather Fund II, Ltd.", "quillfeather-fund-ii-ltd"),
        ("O'Quill’s (Asia) Pte. Ltd.", "oquills-asia-pte-ltd"),
        ("Société Générale d’Essai", "societe-generale-dessai"),
        ("Straße & Ødegård AG", "strasse-odegard-ag"),
        ("株式会社", ""),
    ],
)
def test_a_slug_keeps_the_legal_ending_and_drops_marks(name: str, slug: str) -> None:
    assert name_slug(name) == slug


def test_a_long_name_loses_words_before_its_legal_ending() -> None:
    slug = name_slug("Quillfeather Very Long Opportunities Master Feeder Fund Number Seventeen of Delaware, L.P.")
    assert slug == "quillfeather-very-long-opportunities-master-feeder-fund-lp"


@pytest.mark.parametrize(
    ("date", "issuer", "party", "slug"),
    [
        ("2003-11-17", "Hanaro Telecom, Inc.", None, "2003-11-17-hanaro-telecom"),
        ("2003-11", "Quill Corp.", None, "2003-11-quill"),
        (None, None, "Quillfeather Fund V, L.P.", "undated-quillfeather-fund-v-lp"),
        (None, None, None, "undated-agreement"),
    ],
)
def test_an_agreement_is_addressed_by_day_and_issuer(
    date: str | None, issuer: str | None, party: str | None, slug: str
) -> None:
    assert agreement_slug(date, issuer, party) == slug


@given(st.text(max_size=200))
def test_every_name_has_an_address_of_plain_letters(name: str) -> None:
    slug = name_slug(name) or from_key(name)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= LONGEST


@given(st.text(alphabet="ab -", min_size=1, max_size=120), st.integers(4, 12))
def test_a_newcomers_digits_fit_the_longest_slug(name: str, digits: int) -> None:
    slug = with_digits(name_slug(name) or "x", "0" * 64, name, digits)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= LONGEST


@pytest.mark.parametrize("segment", ["a", "ab", "7", "0-9", "all", "graph", "index"])
def test_segments_that_the_site_needs_are_reserved(segment: str) -> None:
    assert is_reserved(segment)
