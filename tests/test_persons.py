"""A printed name is not a person: mentions join only by what ties them."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sitegen.identity.persons import Mention, Said, anchor, group


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


def test_one_cik_joins_and_two_keep_apart_what_a_company_would_join() -> None:
    assert group([Mention("a", frozenset(), "1"), Mention("b", frozenset(), "1")]) == [[0, 1]]
    ties = frozenset({"quill|lp"})
    assert group([Mention("a", ties, "1"), Mention("b", ties, "2"), Mention("c", ties)]) == [[0], [1], [2]]


def test_what_people_said_beats_a_cik() -> None:
    mentions = [Mention("a", frozenset(), "1"), Mention("b", frozenset(), "1"), Mention("c", frozenset(), "2")]
    assert group(mentions, Said(different=(("a", "b"),))) == [[0], [1], [2]]
    assert group(mentions, Said(same=(("a", "c"),)))[0] == [0, 2]


def test_a_spelling_that_is_the_name_of_two_persons_joins_neither() -> None:
    mentions = [Mention("a", frozenset(), names=frozenset({"x"})), Mention("b", frozenset(), names=frozenset({"y"}))]
    said = Said(spellings=(("x", "y"),))
    assert group(mentions, said) == [[0, 1]]
    assert group([*mentions, Mention("c", frozenset(), names=frozenset({"x"}))], said) == [[0], [1], [2]]


HOMES = "abcdef"
MENTIONS = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(["quill|lp", "ink|llc", "blot|inc"]), max_size=2),
        st.sampled_from([None, "1", "2"]),
    ),
    min_size=1,
    max_size=len(HOMES),
)
PAIRS = st.lists(st.lists(st.sampled_from(HOMES), min_size=2, max_size=2, unique=True).map(tuple), max_size=3)


@given(MENTIONS, PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_mentions_never_matters_and_the_different_stay_apart(
    said: list[tuple[frozenset[str], str | None]], apart: list[tuple[str, str]], random: Random
) -> None:
    mentions = [Mention(home, ties, cik) for home, (ties, cik) in zip(HOMES, said, strict=False)]
    what = Said(different=tuple(apart))

    def persons() -> set[frozenset[str]]:
        return {frozenset(mentions[index].agreement for index in members) for members in group(mentions, what)}

    found = persons()
    random.shuffle(mentions)
    assert persons() == found
    assert sum(len(person) for person in found) == len(mentions)
    assert not any({one, other} <= person for one, other in apart for person in found)
    ciks = {mention.agreement: mention.cik for mention in mentions}
    assert all(len({ciks[home] for home in person} - {None}) <= 1 for person in found)
