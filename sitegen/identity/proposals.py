"""Pairs of names that could be one: only ever proposed, for a person to decide. Never a reason to join.

No pair is compared with all others: names meet in blocks of those that share all words but one, the same letters, the
same words in another order, or a person's family name and first letter. In a block that is too large, each name meets
its neighbours in order of the word that differs, read forwards and backwards. So the cost grows with the number of
names, whatever the names are.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from sitegen.identity.similar import is_numeral
from sitegen.model.name import NameKey, key

_WHOLE_BLOCK = 24
"""Names of a block that are all compared with one another."""
_WINDOW = 6
"""Neighbours that a name of a larger block is compared with."""
_SHORT_WORD = 4
"""Letters below which a word is not taken for a misspelling of another."""
_LONG_WORD = 8
"""Letters from which two may differ."""
_SMALL_WORDS = frozenset({"and", "of", "the", "co", "de", "von", "van", "la"})
_LEAST_SHARED = 2


class Named(msgspec.Struct, frozen=True):
    """An identity as it is printed."""

    identity: str
    name: str
    kind: str
    """`entity` or `person`."""
    cik: str | None = None


class Proposal(msgspec.Struct, frozen=True):
    """Two names that could be one, and what tells them apart."""

    one: str
    """Identity."""
    other: str
    reason: str
    """What differs, in words."""
    one_word: str
    """The words that differ, as the key has them; empty where one name only has more."""
    other_word: str


class _Candidate(msgspec.Struct, frozen=True):
    place: int
    key: NameKey
    person: bool


def proposals(names: Sequence[Named]) -> list[Proposal]:
    """Return the pairs that a person should look at, the most likely first."""
    candidates = [_Candidate(place, key(named.name), named.kind == "person") for place, named in enumerate(names)]
    found: dict[tuple[int, int], tuple[int, str, str, str]] = {}
    for rank, judged in enumerate((_of_cik(names), *(_judged(candidates, *way) for way in _WAYS))):
        for (one, other), reason, mine, theirs in judged:
            pair = (one, other) if one < other else (other, one)
            words = (mine, theirs) if one < other else (theirs, mine)
            found.setdefault(pair, (rank, reason, *words))
    ranked = sorted(found.items(), key=lambda item: (item[1][0], names[item[0][0]].name, names[item[0][1]].name))
    return [
        Proposal(names[one].identity, names[other].identity, reason, mine, theirs)
        for (one, other), (_, reason, mine, theirs) in ranked
    ]


_Verdict = tuple[str, str, str]
"""Reason, and the words that differ."""


def _of_cik(names: Sequence[Named]) -> Iterator[tuple[tuple[int, int], str, str, str]]:
    holders: dict[str, list[int]] = {}
    for place, named in enumerate(names):
        if named.cik:
            holders.setdefault(named.cik, []).append(place)
    for cik, places in holders.items():
        for one, other in pairwise(places):
            yield (one, other), f"both have the CIK {cik}", *_differing(key(names[one].name), key(names[other].name))


def _judged(
    candidates: Sequence[_Candidate],
    blocks: Callable[[_Candidate], Iterable[tuple[tuple[str, ...], str]]],
    verdict: Callable[[_Candidate, _Candidate], _Verdict | None],
) -> Iterator[tuple[tuple[int, int], str, str, str]]:
    """Yield what a way of comparing says of the pairs that meet in its blocks."""
    met: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for candidate in candidates:
        for block, word in blocks(candidate):
            met.setdefault(block, []).append((word, candidate.place))
    for members in met.values():
        for one, other in _pairs(members):
            said = verdict(candidates[one], candidates[other])
            if said is not None:
                yield (one, other), *said


def _pairs(members: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    if len(members) <= _WHOLE_BLOCK:
        yield from combinations([place for _, place in members], 2)
        return
    for order in (sorted(members), sorted(members, key=lambda member: (member[0][::-1], member[1]))):
        for at, (_, one) in enumerate(order):
            yield from ((one, other) for _, other in order[at + 1 : at + 1 + _WINDOW])


def _plain(word: str) -> str:
    """Return a word without accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))


def _letters(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    yield (_plain("".join(one.key.tokens)), _form(one.key)), ""


def _form(name: NameKey) -> str:
    return name.form


def _same_letters(one: _Candidate, other: _Candidate) -> _Verdict | None:
    mine, theirs = _differing(one.key, other.key)
    joined = "".join(one.key.tokens) == "".join(other.key.tokens)
    return ("the words are run together" if joined else "accents differ"), mine, theirs


def _sorted_words(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    if len(one.key.tokens) > 1:
        yield (*sorted(map(_plain, one.key.tokens)), _form(one.key)), ""


def _same_words(one: _Candidate, other: _Candidate) -> _Verdict | None:
    return "the words stand in another order", *_differing(one.key, other.key)


def _words(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    if one.key.tokens:
        yield one.key.tokens, one.key.form


def _one_form(one: _Candidate, other: _Candidate) -> _Verdict | None:
    """Judge names that differ in the legal form: two that print two forms are two companies."""
    if one.person or other.person or (one.key.form and other.key.form) or len(one.key.tokens) < _LEAST_SHARED:
        return None
    return "one has no legal form", one.key.form, other.key.form


def _all_but_one(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    tokens = one.key.tokens
    for at, word in enumerate(tokens):
        rest = (*tokens[:at], "*", *tokens[at + 1 :], one.key.form)
        if len(tokens) > 1 or one.key.form:
            yield rest, word


def _one_word(one: _Candidate, other: _Candidate) -> _Verdict | None:
    if len(one.key.tokens) != len(other.key.tokens):
        return None
    differing = [
        (mine, theirs) for mine, theirs in zip(one.key.tokens, other.key.tokens, strict=True) if mine != theirs
    ]
    if len(differing) != 1:
        return None
    mine, theirs = differing[0]
    reason = _misspelled(mine, theirs) or (_initial(mine, theirs) if one.person and other.person else "")
    return (reason, mine, theirs) if reason else None


def _misspelled(mine: str, theirs: str) -> str:
    """Say how one word could stand for the other; empty when it could not."""
    if is_numeral(mine) or is_numeral(theirs):
        return ""
    short, long = sorted((mine, theirs), key=len)
    if len(short) < _SHORT_WORD or short.isdecimal() != long.isdecimal():
        return ""
    if any(mark.isdecimal() for mark in mine + theirs):
        return ""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- most builds compare no names

    most = 2 if len(short) >= _LONG_WORD else 1
    if OSA.distance(mine, theirs, score_cutoff=most) <= most:
        return "one word is spelled differently"
    return "one word could be short for the other" if _abbreviates(short, long) else ""


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether a word is another with letters left out, its first and last kept: `mgmt`, `intl`."""
    if short[0] != long[0] or short[-1] != long[-1] or any(vowel in short[1:] for vowel in "aeou"):
        return False
    letters = iter(long)
    return all(mark in letters for mark in short)


def _initial(mine: str, theirs: str) -> str:
    short, long = sorted((mine, theirs), key=len)
    return "one prints an initial" if len(short) == 1 < len(long) and long.startswith(short) else ""


def _fewer(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    """Blocks in which a name meets those that have one word more."""
    tokens = one.key.tokens
    if len(tokens) >= _LEAST_SHARED:
        yield (*tokens, one.key.form), ""
    for at, word in enumerate(tokens):
        left = (*tokens[:at], *tokens[at + 1 :])
        middle = one.person and 0 < at < len(tokens) - 1
        if len(left) >= _LEAST_SHARED and (word in _SMALL_WORDS or middle):
            yield (*left, one.key.form), word


def _one_more(one: _Candidate, other: _Candidate) -> _Verdict | None:
    if abs(len(one.key.tokens) - len(other.key.tokens)) != 1 or one.person != other.person:
        return None
    reason = "one prints a middle name" if one.person else "one has a small word more"
    return reason, *_differing(one.key, other.key)


def _family(one: _Candidate) -> Iterable[tuple[tuple[str, ...], str]]:
    tokens = one.key.tokens
    if one.person and len(tokens) > 1:
        yield (tokens[-1], tokens[0][0]), tokens[0]


def _initials(one: _Candidate, other: _Candidate) -> _Verdict | None:
    """Judge persons' names that agree but for initials: `R. C. Blum`, `Richard Charles Blum`."""
    mine, theirs = one.key.tokens[:-1], other.key.tokens[:-1]
    if not (_stands_for(mine, theirs) or _stands_for(theirs, mine)):
        return None
    return "one prints initials", *_differing(one.key, other.key)


def _stands_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether given names are the others, some of them as initials; a key runs dotted initials together."""
    if len(short) == 1 < len(long):
        return short[0] == "".join(word[0] for word in long)
    return len(short) == len(long) and all(
        mine == theirs or _initial(mine, theirs) for mine, theirs in zip(short, long, strict=True)
    )


_WAYS = (
    (_letters, _same_letters),
    (_sorted_words, _same_words),
    (_all_but_one, _one_word),
    (_fewer, _one_more),
    (_family, _initials),
    (_words, _one_form),
)
"""Ways to compare, the surest first: in which blocks a name stands, and what is said of a pair there."""


def _differing(one: NameKey, other: NameKey) -> tuple[str, str]:
    """Return the words of each name that the other has not; the names' words where only their order differs."""
    mine, theirs = list(one.tokens), list(other.tokens)
    for word in one.tokens:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    if one.form != other.form:
        mine += [one.form] if one.form else []
        theirs += [other.form] if other.form else []
    if not mine and not theirs:
        return " ".join(one.tokens), " ".join(other.tokens)
    return " ".join(mine), " ".join(theirs)
