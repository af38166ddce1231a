"""When two printed names are one name: an exact key, never a similarity.

Every fuzzy score merges names that must stay apart (HT Holdings VI / VII), so the key is exact: the name's words in
order, and its legal form. Numerals stay as they are printed and are never interpreted.
"""

import re
import unicodedata

import msgspec

from sitegen.model.recall import recall, recall_many

_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sa de cv", ("s.a de c.v", "sa de cv")),
    ("sab de cv", ("s.a.b de c.v", "sab de cv")),
    ("sapi de cv", ("s.a.p.i de c.v", "sapi de cv")),
    ("s de rl de cv", ("s de r.l de c.v", "s de rl de cv")),
    ("gmbh co kg", ("gmbh & co kg", "gmbh & co k g", "gmbh and co kg")),
    ("pte ltd", ("pte ltd", "pte limited", "pvt ltd", "pvt limited", "private ltd", "private limited")),
    ("pty ltd", ("pty ltd", "pty limited", "proprietary ltd", "proprietary limited")),
    ("co ltd", ("co ltd", "co limited", "company ltd", "company limited")),
    ("lllp", ("l l l p", "limited liability limited partnership")),
    ("pllc", ("p l l c", "professional limited liability company")),
    ("llc", ("l l c", "limited liability company", "limited liability co")),
    ("llp", ("l l p", "limited liability partnership")),
    ("lp", ("l p", "limited partnership", "ltd partnership")),
    ("lc", ("l c",)),
    ("ulc", ("u l c", "unlimited liability company")),
    ("ltd", ("ltd", "limited")),
    ("inc", ("inc", "incorporated")),
    ("corp", ("corp", "corporation")),
    ("plc", ("p l c", "public limited company")),
    ("na", ("n a", "national association")),
    ("sarl", ("s a r l", "s à r l")),
    ("scsp", ("s c s p",)),
    ("sca", ("s c a",)),
    ("scs", ("s c s",)),
    ("spa", ("s p a",)),
    ("sas", ("s a s",)),
    ("sa", ("s a",)),
    ("nv", ("n v",)),
    ("bv", ("b v",)),
    ("ag", ("a g",)),
    ("se", ("s e",)),
    ("kg", ("k g",)),
    ("kk", ("k k",)),
    ("gmbh", ("gmbh",)),
    ("trust", ("trust",)),
)
"""Legal forms and their spellings; a run of single letters is a set of initials, dotted, spaced or neither."""

_LONGEST_FORM = 60
_SAME_WORD = {"company": "co", "corporation": "corp", "incorporated": "inc", "limited": "ltd"}
_APOSTROPHES = str.maketrans("", "", "'‘’ʼ`´")
_INITIALS = re.compile(r"\b\w(?:\.\s?\w)+\b\.?")
_NOT_WORD = re.compile(r"[^\w]+|_+")


class NameKey(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The identity of a printed name. `str()` gives the form that the ledger stores."""

    tokens: tuple[str, ...]
    form: str
    """`lp`, `llc`, `ltd`, …; empty when the name ends in none."""

    def __str__(self) -> str:
        """Return `words|form`."""
        return f"{' '.join(self.tokens)}|{self.form}"


def _spelling(spelling: str) -> str:
    parts = spelling.split(" ")
    if all(len(part) == 1 for part in parts):
        return r"\.?\s?".join(map(re.escape, parts)) + r"\.?"
    return r"\.?\s+".join(re.escape(part) for part in parts) + r"\.?"


_SPELLINGS = sorted(
    ((spelling, form) for form, spellings in _FORMS for spelling in spellings), key=lambda pair: -len(pair[0])
)
_TAIL = re.compile(
    r"(?<=[\s,.)])(?:" + "|".join(f"({_spelling(spelling)})" for spelling, _ in _SPELLINGS) + r")[\s,.;]*$",
    re.IGNORECASE,
)


_INITIALLED = [
    "".join(spelling.split()) for spelling, _ in _SPELLINGS if all(len(part) == 1 for part in spelling.split())
]
_LAST_WORDS = frozenset(
    (
        *(spelling.rsplit(maxsplit=1)[-1] for spelling, _ in _SPELLINGS),
        *(initials[at:] for initials in _INITIALLED for at in range(len(initials))),
    )
)
"""What stands last, between blanks and stops, in every name that ends in a form."""


def _may_have_form(tail: str) -> bool:
    """Say whether the end of a name may be a legal form: far cheaper than to look for each of them."""
    words = tail.rstrip(" ,.;\n").replace(".", " ").replace(",", " ").replace(")", " ").split()
    return not tail.isascii() or (bool(words) and words[-1].lower() in _LAST_WORDS)


@recall
def split_form(name: str) -> tuple[str, str]:
    """Cut one legal form off a name's tail: `("HT Holdings V", "lp")`; the form is empty when there is none."""
    at = max(0, len(name) - _LONGEST_FORM)
    found = _TAIL.search(name, at) if _may_have_form(name[at:]) else None
    if not found or not found.lastindex or not name[: found.start()].strip(" ,.;"):
        return name, ""
    return name[: found.start()].rstrip(" ,;"), _SPELLINGS[found.lastindex - 1][1]


def fold_space(text: str) -> str:
    """Join wrapped lines: every run of white space is one blank."""
    return " ".join(text.split())


def _words(text: str) -> tuple[str, ...]:
    text = text.casefold().translate(_APOSTROPHES).replace("&", " and ")
    text = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", text)
    return tuple(_SAME_WORD.get(word, word) for word in _NOT_WORD.sub(" ", text).split())


@recall_many
def key(name: str) -> NameKey:
    """Return the exact key of a printed name: equal keys are one name, unequal keys are two."""
    name = fold_space(unicodedata.normalize("NFKC", name))
    if name[:4].casefold() == "the ":
        name = name[4:]
    stem, form = split_form(name)
    return NameKey(_words(stem), form)


@recall_many
def fold_key(name: str) -> NameKey:
    """Return the key without accents, its words run together: only for finding a party of the same agreement."""
    exact = key(name)
    folded = unicodedata.normalize("NFKD", "".join(exact.tokens))
    return NameKey(("".join(mark for mark in folded if not unicodedata.combining(mark)),), exact.form)
