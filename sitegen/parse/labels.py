"""Labels, marks and rules: where a line of a signature page is cut, and what each cut is."""

import re
from itertools import islice

from sitegen.model.recall import recall
from sitegen.parse.bounds import PARTS

_CUT = re.compile(
    r"""(?<![^\s_*.,;:)\-\u00ad])(?:
      (?P<mark>(?://?\s?s\s?//?|\\{1,2}s\\{1,2}|(?<![\w/\\])s[\\/](?=[\s_]{0,3}(?-i:[A-Z]))|/s(?=[\s_](?-i:[A-Z]))
               |\((?:signed|s|sgd\.?)\)|\[(?:signed|s)\])[\s_:.\u00ad-]*)
    | (?P<stamp>(?:^|(?<=:)|(?<=:\s)|(?=[a-z]{4,14}[\s-]?[a-z]{4,14}(?:\s(?:electronic|digit)ally)?\sby\s?:))
               (?:(?:electronically|digitally|docu|e)[\s-]?signed|signed\s(?:electronic|digit)ally)\sby(?:\s?:|(?=\s*(?:/s/|(?-i:[A-Z])|$)))\s*)
    | (?P<both>(?:print(?:ed)?\s)?names?\s?(?:/|and|&|,)\s?(?:title|capacity|office)\s?:|name\s?/\s?title(?=\s\s?[A-Z]))
    | (?P<name>(?:print(?:ed)?\s|typed\s)?name(?:\s?\((?:print|printed|please\sprint)\)|\sprinted)?\s?:)
    | (?P<title>(?:title|position|office|capacity)(?:\s?\(if\sany\))?\s?:)
    | (?P<its>its\s?:)
    | (?P<party>(?:(?:name\sof\s)?(?:entity|company|(?:reporting|filing)\sperson|filer|party|(?:share|stock)holder
               |investor|individual)|entity\sname)\s?:)
    | (?P<witness>(?:(?:in\sthe\s)?presence\sof|(?:witness(?:ed)?|attest(?:ed)?)(?:\sby)?)\s?:)
    | (?P<date>dated?\s?:)
    | (?P<by>\*{0,3}\s?(?:(?:by|per|signature|signed(?:\sby)?|sign\shere)\s?:|by(?=[-_]{3}|[\s_]{1,3}(?:/s/|\\s\\))))
    | (?P<rule>(?<=\s)[-_=]{5,}(?=\s|$))
    | (?P<bracket>\[(?:the\s|remainder\sof\s)?signatures?\s[^\]]{3,80}\])
    | (?P<prose>in\switness\swhereof\b)
    | (?P<page><page>|page\s\d{1,3}\sof\s\d{1,3}(?:\spages?)?)
    | (?P<form>\((?:authorized\s)?(?:signatures?|date|names?|title|print\sname|name\s?(?:/|and|&)\s?title|seal
               |(?:electronically|digitally)\ssigned)\))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = frozenset(":/\\([-_=<")
_SAID = ("signed", "witness", "page")


def _may_be_cut(text: str) -> bool:
    """Say whether a line holds a sign or a word that is in every label, mark and rule: far cheaper than to find it."""
    return not _SIGNS.isdisjoint(text) or any(word in text.casefold() for word in _SAID)


@recall
def cuts(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the labels, marks and rules of a line: start, end and role."""
    found = islice(_CUT.finditer(text), PARTS + 1) if _may_be_cut(text) else ()
    return tuple((one.start(), one.end(), one.lastgroup or "") for one in found)


__all__ = ["cuts"]
