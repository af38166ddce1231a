"""Lists of names cut into their names: `A, L.P., B, L.P. and C, LLC`."""

import re

from sitegen.model.name import split_form
from sitegen.parse import persons, signatures
from sitegen.parse.entities import LONGEST_LINE, begins_with_form, is_bare_form, is_formed, is_generic
from sitegen.parse.resolve import Register
from sitegen.parse.signatures import Words

_LIST = re.compile(
    r"(?:\s*;\s*(?:and\s+)?|,\s+and\s+|,\s+)(?:the\s+(?=[A-Z]))?|\s+(?:and|AND)\s+(?:the\s+)?(?=[A-Z])|\s+&\s+(?=[A-Z])"
)
_NEXT = re.compile(r",|\s+(?:and|&)\s+", re.IGNORECASE)
_AS_AMENDED = re.compile(r"as\s(?:amended|modified|restated|supplemented)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_AND_COMPANY = re.compile(r"(?:co|cie|compagnie|company|sons|brothers|bros)\b", re.IGNORECASE)
"""What goes on with one name behind `&`: `GmbH & Co. KG`."""
_WORD_GAP = re.compile(r"(?<=[\w.])\s(?=[A-Z])")


def _divides(head: str, rest: str, register: Register, *, people: bool) -> bool:
    """Say whether a list may be cut between two of its words: behind a name, not before `Inc.` or `Jr.`."""
    following = _NEXT.split(rest, maxsplit=1)[0]
    if " " in following and begins_with_form(rest) and not rest.split(maxsplit=1)[0].endswith(","):
        return False  # `A PARTNERS, L.P. B PARTNERS, L.P.`: the comma is in the first name
    if _AND_COMPANY.match(rest) or _YEAR.match(rest) or _AS_AMENDED.match(rest) or _is_part_of_trust(following):
        return False
    if not head or not rest or is_bare_form(following) or begins_with_form(following):
        return False
    if persons.drop_person_suffix(f"X Y, {following}") == "X Y":
        return False
    return register.find(head) is not None or is_formed(head) or (people and signatures.is_human(head))


def _is_part_of_trust(text: str) -> bool:
    """Say whether words name a trust by its kind alone: `the Specimen Trust of 1995, Marital Trust` is one name."""
    return text.casefold().endswith(" trust") and is_generic(text.replace("’s", "").replace("'s", ""))


def split_list(words: Words, register: Register) -> list[Words]:
    """Cut a list of names (`A, L.P., B, L.P. and C, LLC`) into its names; one name stays one."""
    text = words.text
    if register.find(text) is not None:
        return [words]
    items = [part for part in _LIST.split(text) if part.strip()]
    people = all(signatures.is_human(part) or (is_formed(part) and items[2:]) for part in items)
    parts: list[Words] = []
    start = 0
    for found in _LIST.finditer(text):
        if found.start() - start > LONGEST_LINE:
            continue
        head, rest = text[start : found.start()].strip(), text[found.end() : found.end() + LONGEST_LINE]
        if _divides(head, rest, register, people=people):
            parts.append(words.cut(start, found.start()))
            start = found.end()
    if not parts:
        return run_together(words)
    last = words.cut(start)
    fits = register.find(last.text) is not None or is_formed(last.text) or signatures.is_human(last.text)
    return [*parts, last] if fits else [words]


def run_together(words: Words) -> list[Words]:
    """Cut names that lost the line ends between them: `A, L.P. B MASTER, LLC`."""
    parts: list[Words] = []
    start = 0
    for found in _WORD_GAP.finditer(words.text, 0, LONGEST_LINE):
        head, rest = words.text[start : found.start()], words.text[found.end() :]
        if split_form(head)[1] and split_form(rest)[1] and not is_generic(rest) and " " in split_form(head)[0].strip():
            parts.append(words.cut(start, found.start()))
            start = found.end()
    return [*parts, words.cut(start)]


__all__ = ["run_together", "split_list"]
