"""Parties of an agreement that lists none, and what signatures tell of parties: kind, other names."""

import re
from collections.abc import Container, Iterator, Sequence

import msgspec

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.name import NameKey, fold_key, key
from sitegen.model.text import Fact
from sitegen.parse.names import drop_person_suffix, is_person, read_name
from sitegen.parse.prose import Prose

_OTHER_NAME = re.compile(
    r"[\s,]*\(?(?:formerly\s(?:known\sas\s|named\s|called\s)?|now\s(?:known\sas|named|called)\s|also\sknown\sas\s|doing\sbusiness\sas\s|[fadn]\s?/\s?[kb]\s?/\s?a/?:?\s)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"[A-Z0-9&(][^\s]*[,]?|of|and|the")
_MOST_WORDS = 12
_COMPANY_SUFFIX = re.compile(r",\s(?:ph\.?\s?d|m\.?\s?d|esq|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE)


def parties_of(blocks: Sequence[SignatureBlock]) -> tuple[PartyMention, ...]:
    """Make parties of those who sign, each once, in printed order."""
    parties: dict[str, PartyMention] = {}
    for block in blocks:
        name = block.printed
        academic = _COMPANY_SUFFIX.search(name.value)
        aliases: tuple[Fact, ...] = ()
        if academic:
            aliases = (name,)
            end = name.span.end - (len(name.value) - academic.start())
            name = Fact(
                name.value[: academic.start()],
                msgspec.structs.replace(name.span, end=max(name.span.start + 1, end)),
                name.basis,
            )
        kind = "person" if is_person(name.value) else "entity"
        parties.setdefault(str(key(name.value)), PartyMention(name=name, kind=kind, aliases=aliases))
    return tuple(parties.values())


def with_evidence_of_blocks(
    parties: tuple[PartyMention, ...], blocks: Sequence[SignatureBlock]
) -> tuple[PartyMention, ...]:
    """Settle what signatures tell: who signs alone under his own name is a person; a name's other spelling is an alias."""
    settled: list[PartyMention] = []
    for number, party in enumerate(parties):
        own = [block for block in blocks if block.party == number]
        aliases = list(party.aliases)
        for block in own:
            for printed in (block.printed, block.signer):
                if (
                    printed
                    and _other_spelling(party.name.value, printed.value)
                    and printed.value not in {alias.value for alias in aliases}
                ):
                    aliases.append(printed)
        settled.append(msgspec.structs.replace(party, kind=_kind(party, own), aliases=tuple(aliases)))
    return tuple(settled)


def _kind(party: PartyMention, blocks: Sequence[SignatureBlock]) -> str:
    signed_alone = [block for block in blocks if not block.chain and block.signer and block.attorney is None]
    mine = _person(party.name.value)
    if (
        any(block.signer and _person(block.signer.value) == mine for block in signed_alone)
        and not key(party.name.value).form
    ):
        return "person"
    if party.kind == "person" and any(block.chain for block in blocks):
        return "entity"
    return party.kind


def _person(name: str) -> tuple[str, ...]:
    return key(drop_person_suffix(name)).tokens


def _other_spelling(name: str, printed: str) -> bool:
    """The same name with or without accents or an academic ending, but not the same letters."""
    if key(name) == key(printed):
        return False
    return fold_key(name) == fold_key(printed) or (
        _COMPANY_SUFFIX.search(printed) is not None and key(_COMPANY_SUFFIX.sub("", printed)) == key(name)
    )


def with_other_names(parties: tuple[PartyMention, ...], prose: Prose) -> tuple[PartyMention, ...]:
    """Add former and other names: "FMR Corp. (now known as FMR LLC)" gives whichever is the party the other as alias."""
    numbers = {key(party.name.value): number for number, party in enumerate(parties)}
    aliases: dict[int, list[Fact]] = {}
    for first, second in _pairs(prose, numbers):
        one, other = key(first.value), key(second.value)
        if one == other or (one in numbers and other in numbers):
            continue
        if one in numbers:
            aliases.setdefault(numbers[one], []).append(second)
        elif other in numbers:
            aliases.setdefault(numbers[other], []).append(first)
    return tuple(
        msgspec.structs.replace(party, aliases=party.aliases + _new(party, aliases.get(number, ())))
        for number, party in enumerate(parties)
    )


def _new(party: PartyMention, found: Sequence[Fact]) -> tuple[Fact, ...]:
    known = {key(alias.value) for alias in party.aliases}
    kept: list[Fact] = []
    for fact in found:
        if key(fact.value) not in known:
            known.add(key(fact.value))
            kept.append(fact)
    return tuple(kept)


def _pairs(prose: Prose, parties: Container[NameKey]) -> Iterator[tuple[Fact, Fact]]:
    text = prose.text
    for found in _OTHER_NAME.finditer(text):
        end = read_name(text, found.end(), lambda _: True)
        start = _name_before(text, found.start(), parties)
        if end is None or start is None:
            continue
        yield _fact(prose, start, found.start()), _fact(prose, found.end(), end)


def _fact(prose: Prose, start: int, end: int) -> Fact:
    return Fact(prose.text[start:end].strip(" ,"), prose.span(start, end))


def _name_before(text: str, end: int, parties: Container[NameKey]) -> int | None:
    """Return where the name begins that ends here: a party's, else back over all words that a name is made of."""
    start, best = end, None
    for _ in range(_MOST_WORDS):
        cut = text.rfind(" ", 0, start - 1)
        word = text[cut + 1 : start].strip()
        if not _WORD_BEFORE.fullmatch(word):
            break
        start = cut + 1
        if word[:1].isupper() or word[:1].isdigit():
            best = start
            if key(text[start:end].strip(" ,")) in parties:
                return start
        if cut == -1:
            break
    return best
