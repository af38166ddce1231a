"""Defined terms: words in quotation marks inside brackets, and whether they stand for one party or for several."""

import re

import msgspec

from sitegen.model.name import fold_space

_QUOTED = re.compile(r"\"([^\"()]{1,120})\"|(?<!\w)'([^'()]{2,80})'(?!\w)|(?<!`)``([^`'()]{1,120})''")
_SEVERAL = re.compile(
    r"\b(?:collectively|together|jointly|each|all|both|respectively|any|every|being)\b|\bas\s(?:a\s)?group\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    term.strip()
    for term in """
    agreement, joint filing agreement, filing agreement, original agreement, reporting persons, reporting person,
    reporting parties, reporting party, reporting entities, reporting group, filing persons, filing person, filing
    parties, filing party, joint filers, joint filer, filers, filer, parties, party, group, group members, members,
    undersigned, signatories, signatory, persons, investors, exchange act, act, securities act, commission, sec, rule,
    rules, issuer, company, corporation, common stock, shares, securities, schedule, statement, statements, joint
    statement, amendment, filing, filings
    """.replace("\n    ", " ").split(",")
)
_BRACKET = re.compile(r"[()]")
_DEEPEST = 4
_LONGEST_BRACKET = 1_500


class PrintedTerm(msgspec.Struct, frozen=True, gc=False):
    """A defined term as a range of the text it was found in, without its quotation marks."""

    term: str
    start: int
    end: int
    own: bool
    """Whether it stands for the one name before the bracket."""


def bracket_end(text: str, start: int) -> int | None:
    """Return the offset behind the bracket that closes the one at `start`, or None."""
    depth = 0
    for found in _BRACKET.finditer(text, start, min(len(text), start + _LONGEST_BRACKET)):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
        if depth > _DEEPEST:
            return None
    return None


def is_general(term: str) -> bool:
    """Say whether a term is one of those that stand for all parties, for the agreement, a law or the issuer."""
    words = fold_space(term).casefold().removeprefix("the ")
    return words.rstrip(".,") in _GENERAL or words.endswith(("schedule 13d", "schedule 13g"))


def terms_in(text: str, start: int, end: int, name: str = "") -> tuple[PrintedTerm, ...]:
    """Read the terms defined between two offsets, in order. `name` stands before the bracket, if any."""
    terms: list[PrintedTerm] = []
    at = start
    for found in _QUOTED.finditer(text, start, end):
        group = found.lastindex or 1
        term = fold_space(found[group]).rstrip(",;")
        lead = text[at : found.start()]
        several = _SEVERAL.search(lead) is not None or any(not one.own for one in terms)
        own = bool(name) and not several and not is_general(term) and not _is_plural(term, name, lead)
        if term:
            terms.append(
                PrintedTerm(term, found.start(group), found.start(group) + len(found[group].rstrip(",; ")), own)
            )
        at = found.end()
    return tuple(terms)


def _is_plural(term: str, name: str, lead: str) -> bool:
    """Say whether a term stands for several: `(the "Funds")` behind the last of several names."""
    last = term.rpartition(" ")[2].casefold().rstrip(".,")
    return (
        last.endswith("s")
        and " the " in f" {lead.casefold()} "
        and last not in name.casefold().replace(",", " ").split()
    )
