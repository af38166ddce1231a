"""A printed name is not a person: mentions join only by what ties them."""

from sitegen.identity.persons import Mention, anchor, group


def mention(agreement: str, *ties: str) -> Mention:
    return Mention(agreement, frozenset(ties))


def test_the_same_name_alone_joins_nothing() -> None:
    assert group([mention("a", "quill|lp"), mention("b", "feather|lp")]) == [[0], [1]]


def test_a_shared_company_joins_also_over_a_third_agreement() -> None:
    mentions = [mention("a", "quill|lp"), mention("b", "feather|lp"), mention("c", "quill|lp", "feather|lp")]
    assert group(mentions) == [[0, 1, 2]]


def test_one_agreement_names_one_person() -> None:
    assert group([mention("a", "quill|lp"), mention("a")]) == [[0, 1]]


def test_an_anchor_depends_on_its_agreement_alone() -> None:
    assert anchor("a") == anchor("a") != anchor("b")
