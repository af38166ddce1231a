"""Parties of an agreement that lists none, and what signatures tell of parties: kind, other names."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

import msgspec

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.name import NameKey, fold_key, key
from sitegen.model.text import Fact, Span
from sitegen.parse.names import read_name
from sitegen.parse.persons import drop_degree, is_person, same_person
from sitegen.parse.prose import Prose
from sitegen.parse.signatures import same_human
from sitegen.parse.terms import bracket_end, terms_in

_OTHER_NAME = re.compile(
    r"[\s,]*\(?(?:(?:formerly|sometimes|also|previously|otherwise|commonly|professionally)\s(?:known|called)\s(?:as\s)?|formerly\s(?:known\sas\s|named\s|called\s)?|now\s(?:known\sas|named|called)\s|also\sknown\sas\s|doing\sbusiness\sas\s|[fadn]\s?/\s?[kb]\s?/\s?a/?:?\s)",
    re.IGNORECASE,
)
_OTHER_CLUES = ("known", "called", "named", "formerly", "doing business")
_OTHER_INITIALS = re.compile(r"/\s?[kb]\s?/")
_WORD_BEFORE = re.compile(r"[A-Z0-9&(][^\s]*[,]?|of|and|the")
_BEFORE_BRACKET = re.compile(r",?\s(?=\()")
_MOST_WORDS = 12
_FEW_LETTERS = 2
_INITIAL = re.compile(r"\s[A-Z]\.\s")
_AUTHORIZED = re.compile(r"authori[sz]ed\s(?:person|signatory|signer|agent|representative)$", re.IGNORECASE)


def parties_of(blocks: Sequence[SignatureBlock]) -> tuple[PartyMention, ...]:
    """Make parties of those who sign, each once, in printed order."""
    parties: dict[str, PartyMention] = {}
    for block in blocks:
        name = block.printed
        aliases: tuple[Fact, ...] = ()
        bare = drop_degree(name.value)
        if bare != name.value:
            aliases = (name,)
            cut = len(name.value) - len(bare)
            name = Fact(bare, Span(name.span.start, max(name.span.start + 1, name.span.end - cut)), name.basis)
        kind = "person" if is_person(bare) else "entity"
        parties.setdefault(str(key(bare)), PartyMention(name=name, kind=kind, aliases=aliases))
    return tuple(parties.values())


def by_signature(
    parties: Sequence[PartyMention], blocks: Sequence[SignatureBlock], issuer: str | None
) -> tuple[PartyMention, ...]:
    """Make parties of those who sign, though the list leaves them out: people for themselves, companies by officers.

    The issuer is none, nor whoever may be one of the list under another spelling; without an issuer no company is.
    A mark alone, without a printed name, is nobody's own.
    """
    signed = {block.party for block in blocks}
    silent = {
        word for number, party in enumerate(parties) if number not in signed for word in _telling(party.name.value)
    }
    people = [party.name.value for party in parties if party.kind == "person"]
    own: list[SignatureBlock] = []
    for block in blocks:
        name, signer = block.printed.value, block.signer
        if block.party is not None or signer is None or block.mark is None or silent & _telling(name):
            continue
        if is_person(drop_degree(name)):
            apart = not block.mark.span.start <= block.printed.span.start < block.mark.span.end
            alone = apart and (same_human(name, signer.value) or block.attorney is not None)
            new = alone and not block.chain and not any(same_human(name, person) for person in people)
        else:
            new = bool(key(name).form) and issuer is not None and fold_key(name).tokens != fold_key(issuer).tokens
        own += [block] if new else []
    return parties_of(own)


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that could tell it from another."""
    return frozenset(word for word in key(name).tokens if len(word) > _FEW_LETTERS)


def with_evidence_of_blocks(
    parties: tuple[PartyMention, ...], blocks: Sequence[SignatureBlock]
) -> tuple[PartyMention, ...]:
    """Settle what signatures tell: who signs alone under his own name is a person; other spellings are aliases."""
    settled: list[PartyMention] = []
    owned: dict[int | None, list[SignatureBlock]] = defaultdict(list)
    for block in blocks:
        owned[block.party].append(block)
    for number, party in enumerate(parties):
        own = owned[number]
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
    name = party.name.value
    alone = [block.signer.value for block in blocks if block.signer and not block.chain and block.attorney is None]
    if not key(name).form and any(same_person(signer, name) for signer in alone):
        return "person"
    officers = [
        block
        for block in blocks
        if block.signer
        and block.title
        and block.attorney is None
        # nobody authorizes an officer: who is authorized to sign may sign for a person, too
        and not (_INITIAL.search(name) and _AUTHORIZED.match(block.title.value))
    ]
    if party.kind == "person" and (any(block.chain for block in blocks) or len(officers) == len(blocks) > 0):
        return "entity"
    return party.kind


def _other_spelling(name: str, printed: str) -> bool:
    """Say whether a printing is the same name with other accents, or with an academic ending."""
    if key(name) == key(printed):
        return False
    return fold_key(name) == fold_key(printed) or key(drop_degree(printed)) == key(name)


def with_other_names(parties: tuple[PartyMention, ...], prose: Prose) -> tuple[PartyMention, ...]:
    """Add former and other names: of "X (now known as Y)" the one that is the party has the other as alias."""
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


def with_defined_terms(parties: tuple[PartyMention, ...], prose: Prose) -> tuple[PartyMention, ...]:
    """Add the terms that the text defines behind the name of a party that it does not list."""
    named: list[PartyMention] = []
    brackets = _brackets(frozenset(party.name.value.lower() for party in parties), prose.text)
    for party in parties:
        opens = brackets.get(party.name.value.lower())
        close = bracket_end(prose.text, opens) if opens else None
        terms = terms_in(prose.text, opens, close, party.name.value) if opens and close else ()
        found = [Fact(one.term, prose.span(one.start, one.end)) for one in terms if one.own]
        named.append(msgspec.structs.replace(party, aliases=party.aliases + _new(party, found)))
    return tuple(named)


def _brackets(names: frozenset[str], text: str) -> dict[str, int]:
    """Return where the first bracket behind each name opens: one walk over the text, however many the names."""
    lengths = {len(name) for name in names}
    opens: dict[str, int] = {}
    for found in _BEFORE_BRACKET.finditer(text):
        for end in {found.start(), found.end() - 1}:
            for name in (text[end - length : end].lower() for length in lengths if length <= end):
                if name in names:
                    opens.setdefault(name, found.end())
    return opens


def _new(party: PartyMention, found: Sequence[Fact]) -> tuple[Fact, ...]:
    known = {key(alias.value) for alias in party.aliases}
    kept: list[Fact] = []
    for fact in found:
        if key(fact.value) not in known:
            known.add(key(fact.value))
            kept.append(fact)
    return tuple(kept)


def _pairs(prose: Prose, parties: Container[NameKey]) -> Iterator[tuple[Fact, Fact]]:
    text, low = prose.text, prose.text.casefold()
    if not (any(clue in low for clue in _OTHER_CLUES) or _OTHER_INITIALS.search(low)):
        return
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
