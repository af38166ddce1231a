"""What stands under a mark: the human's name, the office, the words of an attorney-in-fact."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter

import msgspec

from sitegen.model.name import fold_space
from sitegen.model.recall import recall
from sitegen.model.text import Fact, Span
from sitegen.parse.persons import drop_person_suffix, is_person

_SUFFIX = (
    r"(?:jr|sr|i{1,3}|iv|vi?|2d|3d|2nd|3rd|4th|esq(?:uire)?|ph\.?\s?d|m\.?\s?d|j\.?\s?d|m\.?b\.?a|cfa|cpa|d\.?d\.?s)\b"
)
_FORM = r"(?:l\.?\s?l?\.?\s?l?\.?\s?[pc]\b|ltd|inc|corp|limited|gmbh|s\.a|n\.v|b\.v|plc|n\.a|s\.[àa])"
_NAME_END = re.compile(
    rf"\s*(?:,(?!\s*(?:{_SUFFIX}|{_FORM}))|[(;:*†/\[]|\s[-–—]{{1,2}}\s|--|\s(?=(?:as|by|for|its|individually|on\sbehalf|attorneys?|pursuant|under|"
    r"in\s(?:his|her)|p\.?o\.?a)\b))",
    re.IGNORECASE,
)
_SUFFIXES = re.compile(rf"(?:[\s,.]+{_SUFFIX}\.?)+", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:,|\s)\s*(?:esq(?:uire)?|ph\.?\s?d|m\.?\s?d|j\.?\s?d|m\.?b\.?a|cfa|cpa|d\.?d\.?s)\b\.?$", re.IGNORECASE
)
ATTORNEY = re.compile(
    r"attorney(?:s|\(s\))?[\s-]*in[\s-]*fact|powers?[\s-]of[\s-]attorney|\bp\.?o\.?a\b\.?|\bunder\s(?:a\s)?power\b|\bby\sprocuration\b",
    re.IGNORECASE,
)
"""Words that say that the signer signs as attorney-in-fact."""
_HONORIFIC = re.compile(r"(?:mr|mrs|ms|dr|sir|prof)\b\.?\s+", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_LONGEST = 200
_LONG_WORD = 5
_STRAY = " \t\n\u00a0,;:_\u00ad"


class Words(msgspec.Struct, frozen=True, gc=False):
    """Words of the document, perhaps of several lines, each knowing where it stands."""

    text: str
    """Lines joined by a blank."""
    first: int = 0
    """Where the first line begins in the document."""
    further: tuple[tuple[int, int], ...] = ()
    """For each further line: where it begins in `text`, where in the document."""

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Return where each line begins in `text`, and where in the document."""
        return ((0, self.first), *self.further)

    def place(self, offset: int) -> int:
        """Return the document's offset of a character of `text`."""
        at = bisect_right(self.further, offset, key=itemgetter(0))
        begin, start = self.further[at - 1] if at else (0, self.first)
        return start + offset - begin

    @property
    def start(self) -> int:
        """Return where the words begin in the document."""
        return min(self.first, *(start for _, start in self.further)) if self.further else self.first

    @property
    def end(self) -> int:
        """Return where the words end in the document."""
        if not self.further:
            return self.first + len(self.text)
        stops = [*(begin - 1 for begin, _ in self.further), len(self.text)]
        return max(start + stop - begin for (begin, start), stop in zip(self.places, stops, strict=True))

    @property
    def fact(self) -> Fact:
        """Return the words as a fact, white space folded."""
        folded = fold_space(self.text)
        return Fact(self.text if folded == self.text else folded, Span(self.start, self.end))  # one string, not two

    def cut(self, start: int, end: int | None = None) -> "Words":
        """Return a part, without blanks and stray punctuation at its ends."""
        part = self.text[start:end]
        bare = part.strip(_STRAY)
        offset = start + part.find(bare) if bare else start
        if not self.further:
            return self if len(bare) == len(self.text) else Words(bare, self.first + offset)
        inside = tuple((begin - offset, place) for begin, place in self.further if offset < begin < offset + len(bare))
        return Words(bare, self.place(offset), inside)

    def join(self, other: "Words", mark: str = "") -> "Words":
        """Return both as one, the other behind this one and the mark of punctuation that `cut` took off its end."""
        shift = len(self.text) + len(mark) + 1
        return Words(
            f"{self.text}{mark} {other.text}",
            self.first,
            self.further + tuple((begin + shift, start) for begin, start in other.places),
        )


def joined(parts: Iterable[Words]) -> Words:
    """Return the words of several lines as one."""
    whole, *others = parts
    if not others:
        return whole
    texts, further, length = [whole.text], list(whole.further), len(whole.text)
    for part in others:
        further += [(begin + length + 1, start) for begin, start in part.places]
        texts.append(part.text)
        length += len(part.text) + 1
    return Words(" ".join(texts), whole.first, tuple(further))


@recall
def letters(text: str) -> str:
    """Return a name's letters and figures alone: for comparing what one block prints twice."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, folded))


def shares_word(one: str, other: str) -> bool:
    """Say whether two printings of a human's name have a whole word in common, initials aside."""
    words = [{letters(word) for word in drop_person_suffix(name).split()} for name in (one, other)]
    return any(len(word) > 1 for word in words[0] & words[1])


def same_human(one: str, other: str) -> bool:
    """Say whether two printings can be one human's name: a word in common, and given names that agree.

    `J. Testperson`, `Jonathan Q. Testperson` and `Jonathon Testperson` can; `Ada` and `Bob Testperson` cannot.
    """
    endings = [letters(name[len(drop_person_suffix(name)) :]) for name in map(drop_degree, (one, other))]
    if all(endings) and endings[0] != endings[1]:
        return False
    given = [letters((drop_person_suffix(_HONORIFIC.sub("", name)).split() or [""])[0]) for name in (one, other)]
    if not shares_word(one, other):
        return False
    shorter = min(map(len, given))
    if shorter <= 1:
        return given[0][:1] == given[1][:1]
    return given[0].startswith(given[1]) or given[1].startswith(given[0]) or _one_letter_apart(given[0], given[1])


def _one_letter_apart(one: str, other: str) -> bool:
    """Say whether two long words differ by a slip of the typist: one letter changed, left out or put in."""
    if min(len(one), len(other)) < _LONG_WORD or abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + (len(one) >= len(other)) :] == other[same + (len(other) >= len(one)) :]


def name_end(text: str) -> int:
    """Return where the human's name that begins a line ends: before an office, a capacity, a star."""
    found = _NAME_END.search(text, 1, _LONGEST)
    return found.start() if found else len(text)


def leads(text: str, name: str) -> int:
    """Return where `text` has said `name` at its beginning, letter for letter but for case and accents; else 0."""
    wanted, said = letters(name), ""
    if not wanted:
        return 0
    for word in re.finditer(r"[^\s/]+", text[: 4 * len(name) + 40]):
        said += letters(word[0])
        if said == wanted:
            end = word.start() + len(word[0].rstrip(",;:*†("))
            suffix = _SUFFIXES.match(text, end)
            return suffix.end() if suffix else end
        if not wanted.startswith(said):
            return 0
    return 0


@recall
def doubled(text: str) -> int:
    """Return where a name ends that is printed twice in a row: `Ada Testperson Ada Testperson Director`; else 0."""
    words = list(re.finditer(r"\S+", text[:_LONGEST]))
    for count in range(2, len(words) // 2 + 1):
        if letters("".join(word[0] for word in words[:count])) == letters(
            "".join(word[0] for word in words[count : 2 * count])
        ):
            return words[count - 1].end()
    return 0


def two_humans(words: Words) -> tuple[Words, Words] | None:
    """Return both names of words that are two humans' names: `Ada Testperson and Ben Specimen`."""
    for found in _AND.finditer(words.text, 0, _LONGEST):
        one, other = words.cut(0, found.start()), words.cut(found.end())
        if is_human(one.text) and is_human(other.text):
            return one, other
    return None


def case_break(text: str) -> int:
    """Return where words in small letters are followed by words in capitals, or the reverse; else 0."""
    kind: bool | None = None
    for word in re.finditer(r"[^\W\d_][\w'’.-]*", text[:_LONGEST]):
        plain = word[0].strip(".")
        if len(plain) < 4 or not plain.replace("'", "").replace("’", "").isalpha():  # noqa: PLR2004
            continue
        if kind is not None and plain.isupper() != kind:
            return word.start()
        kind = plain.isupper()
    return 0


@recall
def drop_degree(name: str) -> str:
    """Cut academic and professional endings off: they are no part of a name, `Jr.` and `III` are."""
    shorter = _DEGREE.sub("", name) if len(name) <= _LONGEST else name
    while shorter != name:
        name, shorter = shorter, _DEGREE.sub("", shorter)
    return name.rstrip(" ,")


@recall
def is_human(text: str) -> bool:
    """Say whether words read as one natural person's name."""
    return (
        text[:1].isupper()
        and is_person(drop_degree(text))
        and not any(character.isdigit() for character in text.replace("3d", "").replace("2d", ""))
    )


__all__ = [
    "ATTORNEY",
    "Words",
    "case_break",
    "doubled",
    "drop_degree",
    "is_human",
    "joined",
    "leads",
    "letters",
    "name_end",
    "same_human",
    "shares_word",
    "two_humans",
]
