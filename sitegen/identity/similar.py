"""Names that a reader could take for one another, and the order of names in an index. Never a relation."""

import re

from sitegen.model.name import key

_NUMERAL = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})|\d+|[a-z]")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"})
_ROMAN = {"i": 1, "v": 5, "x": 10}


def _roman(word: str) -> int:
    total = 0
    for letter, following in zip(word, [*word[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total


def stem(name: str, kind: str) -> str:
    """Return what easily confused names share: an entity's words without numerals, a person's family name."""
    words = key(name).tokens
    if kind == "person":
        return family_name(name)
    return " ".join(word for word in words if not is_numeral(word)) or " ".join(words)


def is_numeral(word: str) -> bool:
    """Tell whether a word of a key counts: a number, a small Roman one, or a letter."""
    return _NUMERAL.fullmatch(word) is not None


def family_name(name: str) -> str:
    """Return a person's last word, before any suffix."""
    words = [word for word in key(name).tokens if word not in _SUFFIXES]
    return words[-1] if words else " ".join(key(name).tokens)


def sort_key(name: str, kind: str) -> str:
    """Return a string that sorts names for a reader: people by family name, numerals by value (V, VI, IX)."""
    words = list(key(name).tokens)
    if kind == "person":
        return " ".join([family_name(name), *words])
    places = (
        f"{_roman(word):03}" if set(word) <= set("ivx") else word.zfill(8) if word.isdecimal() else word
        for word in words
    )
    return " ".join([*places, key(name).form])
