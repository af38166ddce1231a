"""What is said of a file that holds no agreement: who files, and whether the text says where the agreement is."""

import re
from collections.abc import Sequence

from sitegen.model.findings import Finding
from sitegen.model.name import fold_space, key
from sitegen.model.text import SourceDocument

_REFERENCE = re.compile(
    r"""(?:\bexhibit\s{1,9}\w[\w.-]{0,7}[\s:–—-]{1,40})?\bjoint\s{1,9}filing\s{1,9}(?:agreement|statement|undertaking)\b
    | \bjoint\s{1,9}acquisition\s{1,9}statement\b
    | \bagreement\b[^.;]{0,160}?\bto\s{1,9}file\s{1,9}jointly\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PERSON = re.compile(
    r"names?\s{1,9}of\s{1,9}reporting\s{1,9}persons?(?:[\s.:;,]|\(\d\)|and|or|(?:s\.s\.|i\.r\.s\.|ss|irs)|identification|"
    r"no(?:s|\(s\))?\b|numbers?|of\s{1,9}above|persons?|\((?:voluntary|entities\s{1,9}only|optional)\)){0,200}(?P<name>\S[^\n]{2,80})",
    re.IGNORECASE,
)
_QUOTED = 180


def no_agreement(documents: Sequence[SourceDocument]) -> Finding:
    """Say that nothing in the file is an agreement to file jointly, and what can be told of why."""
    first = documents[0]
    where = f"{first.type} and the other documents of this file" if len(documents) > 1 else first.type or "the text"
    said = f"No joint filing agreement was found in {where}"
    if words := _reference(documents):
        return Finding("SG201", f"{said}; the text speaks of one: “{words}”.")
    persons = _persons(first)
    if persons > 1:
        return Finding("SG203", f"{said}, nor a word of one, and {persons} persons file together.")
    return Finding("SG201", f"{said}; one person files, so none is needed." if persons else f"{said}.")


def _reference(documents: Sequence[SourceDocument]) -> str:
    """Return the words that begin with what is called a joint filing agreement."""
    for document in documents:
        found = _REFERENCE.search(document.text, document.body.start, document.body.end)
        if found:
            words = fold_space(document.text[found.start() : min(found.end() + _QUOTED, document.body.end)])
            return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]}…"
    return ""


def _persons(document: SourceDocument) -> int:
    """Return how many file: the most that header or cover pages name; 0 when the covers name none.

    A header may leave out all but the one who files for the others, so it alone never says that one person files.
    """
    filers = document.filing.filers if document.filing else ()
    named = {key(filer.name.value) for filer in filers if filer.role in {"filer", "member"}}
    covers = _PERSON.finditer(document.text, document.body.start, document.body.end)
    shown = {key(found["name"]) for found in covers if not found["name"].casefold().startswith("furnish")}
    return max(len(named), len(shown)) if shown or len(named) > 1 else 0
