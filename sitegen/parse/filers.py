"""The filing's header as evidence of its own kind: which of its filers is which party, and the CIK that it gives."""

import re
from collections import Counter

import msgspec

from sitegen.model.agreement import PartyMention
from sitegen.model.name import NameKey, key
from sitegen.model.text import Fact, Filing
from sitegen.parse.persons import drop_person_suffix

_STATE_MARK = re.compile(r"\s*/[A-Z]{2,4}/?\s*\Z")


def with_ciks(parties: tuple[PartyMention, ...], filing: Filing | None) -> tuple[PartyMention, ...]:
    """Give a party the CIK of the one filer that bears its name; a name borne twice on either side gives none."""
    filers = [filer for filer in filing.filers if filer.role != "subject"] if filing else []
    ciks: dict[NameKey, dict[str, Fact]] = {}
    in_any_order: dict[tuple[str, ...], dict[str, Fact]] = {}
    for filer in filers:
        if filer.cik is None:
            continue
        printed = _STATE_MARK.sub("", filer.name.value)
        ciks.setdefault(key(printed), {})[filer.cik.value] = filer.cik
        in_any_order.setdefault(_person_words(printed), {})[filer.cik.value] = filer.cik
    if not ciks:
        return parties
    names = [key(party.name.value) for party in parties]
    words = [_person_words(party.name.value) for party in parties]
    borne, bags = Counter(names), Counter(words)
    tied: list[PartyMention] = []
    for party, name, bag in zip(parties, names, words, strict=True):
        same = ciks.get(name, {}) if borne[name] == 1 else {}
        if not same and party.kind == "person" and len(bag) > 1 and bags[bag] == 1:
            same = in_any_order.get(bag, {})
        tied.append(msgspec.structs.replace(party, cik=next(iter(same.values()))) if len(same) == 1 else party)
    return tuple(tied)


def _person_words(name: str) -> tuple[str, ...]:
    """Return a person's words in no order: EDGAR prints `DOE JANE A` for Jane A. Doe."""
    return tuple(sorted(key(drop_person_suffix(name)).tokens))
