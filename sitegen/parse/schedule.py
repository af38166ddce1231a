"""A structured Schedule 13D or 13G: its fields are the facts; only who signs for whom is read from prose."""

import re
from collections.abc import Iterator

import msgspec

from sitegen.model.agreement import Agreement, ChainLink, IssuerMention, PartyMention, SignatureBlock
from sitegen.model.name import key, split_form
from sitegen.model.text import Basis, Fact, SourceDocument, Span
from sitegen.parse import offices, reconcile
from sitegen.parse.bounds import FACTS, TooLargeError
from sitegen.parse.dates import date_at
from sitegen.parse.filers import with_ciks
from sitegen.parse.persons import drop_person_suffix, is_person
from sitegen.parse.resolve import Register, settle
from sitegen.parse.signatures import ATTORNEY, Words, is_human, leads, name_end, shares_word
from sitegen.read import fields as schedule
from sitegen.read.fields import Field, fields

_SCHEDULE = re.compile(r"13[DG]", re.IGNORECASE)
_RULE = re.compile(r"13d-\d[^\s,;]{0,12}", re.IGNORECASE)
_MARK = re.compile(r"\W{0,2}/?s/[\s_]*", re.IGNORECASE)
_BY = re.compile(r"(?:\A|(?<=[\s,;/]))[Bb][Yy](?:\s*:|(?=\s+[A-Z/]))\s*")
_HIMSELF = re.compile(
    r"(?:(?:as |in (?:his|her) )?(?:an )?individual(?:ly)?(?: capacity)?|self|reporting person|n/?a|none)\W*\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:\s*[,/;:–—-]+\s*|\s+)(?:(?:its|his|her|the|as|of|for|and|title):?\s+)*", re.IGNORECASE)
_NAMED = re.compile(r"(?:printed )?name\s*:\s*", re.IGNORECASE)
_OF = re.compile(r"\s*(?:,|of|for)\s+", re.IGNORECASE)


_Orders = dict[tuple[str, ...], dict[tuple[str, ...], Fact]]


class _Entry(msgspec.Struct):
    """One signature of a reporting person: what is signed, and what is said of the signer."""

    signature: Words
    title: Words | None = None
    date: Field | None = None


class _Signed(msgspec.Struct):
    """One reporting person's signatures."""

    printed: Field
    entries: list[_Entry]


class _Reader:
    """Reads one reporting person's signatures: entities that sign are links, the human after them ends the chain."""

    def __init__(self, party: int | None, register: Register) -> None:
        self.party = party
        self.register = register
        self.chain: list[ChainLink] = []
        self.signer: Words | None = None
        self.office: Words | None = None
        self.attorney: Fact | None = None

    def take(self, entry: _Entry) -> None:
        """Read one entry: staircase words may stand in its signature, its title or both."""
        self.signer = self.office = self.attorney = None
        for words in (entry.signature, entry.title):
            if words is None:
                continue
            if self.attorney is None and (found := ATTORNEY.search(words.text)):
                self.attorney = _fact(words.cut(found.start(), found.end()))
            cuts = sorted({0, *(found.start() for found in _BY.finditer(words.text)), *self._name_behind(words)})
            for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(words.text)], strict=True)):
                stair = _BY.match(words.text, start)
                step = words.cut(stair.end() if stair else start, end)
                if step.text:
                    self._step(step, said=words is entry.title and not stair and not number)

    def _name_behind(self, words: Words) -> Iterator[int]:
        """Find the signer's name behind an entity: `By: X, its general partner, Ada Testperson, Director`."""
        if self.signer is not None:
            name = rf"(?<=,\s){re.escape(self.signer.text)}(?=,|$)"
            yield from (found.start() for found in re.finditer(name, words.text, re.IGNORECASE))

    def _step(self, words: Words, *, said: bool) -> None:
        """Read a name with what follows it; words that are `said` of the last one need not repeat the name."""
        mark = _MARK.match(words.text)
        if mark or (mark := _NAMED.match(words.text)):
            words = words.cut(mark.end())
        if said and self.signer is not None:
            self._of_signer(self._after_name(words, self.signer))
        elif said and self.chain and (alone := offices.capacity_alone(words.text)):
            self.chain[-1] = ChainLink(self.chain[-1].name, capacity=_capacity(words.cut(*alone)))
        elif not self._link(words, sure=False):
            name = words.cut(0, name_end(words.text))
            if mark or is_human(name.text) or self.register.is_person(name.text):
                self.signer = name
                self._of_signer(words.cut(len(name.text)))

    def _after_name(self, words: Words, signer: Words) -> Words:
        """Return what is said behind the signer's name, where that is repeated: in full where the mark is short."""
        end = leads(words.text.replace("/", " "), signer.text)
        name = words.cut(0, name_end(words.text))
        if not end and is_human(name.text) and shares_word(name.text, signer.text):
            self.signer, end = name, len(name.text)
        return words.cut(end)

    def _link(self, words: Words, *, sure: bool) -> bool:
        """Read `X, its general partner`, or an entity's bare name; false where no entity is named."""
        stated = offices.stated_capacity(words.text)
        name = words.cut(stated.name_start, stated.name_end) if stated else words
        known = self.register.find(name.text)
        entity = split_form(name.text)[1] or (known is not None and not self.register.is_person(name.text))
        if not entity or not name.text or (sure and not stated):
            return False
        if known is None or known != self.party:
            capacity = _capacity(words.cut(stated.start, stated.end)) if stated else None
            self.chain.append(ChainLink(_fact(name), capacity=capacity))
        return True

    def _of_signer(self, words: Words) -> None:
        """Read the signer's office, and the entity that the office is at where it is said what that is to the party."""
        lead = _LEAD.match(f" {words.text}")
        words = words.cut(max(0, lead.end() - 1)) if lead else words
        if found := ATTORNEY.search(words.text):
            words = words.cut(0, found.start())
            words = words.cut(0, offices.office_end(words.text))
        if not words.text or _HIMSELF.match(words.text):
            return
        end = offices.office_end(words.text)
        employer = _OF.match(words.text, end) if end else None
        if employer and self._link(words.cut(employer.end()), sure=True):
            self.office = words.cut(0, end)
        elif end or not self._link(words, sure=True):
            self.office = words


def read_schedule(document: SourceDocument) -> Agreement | None:
    """Read a structured schedule as a dossier of its own: reporting persons as parties, signatures as blocks.

    None where the document is no structured schedule. Its date is that of the signatures, when they have but one.
    Raises `TooLargeError`.
    """
    if document.format != "xml":
        return None
    first: dict[str, Field] = {}
    rules: list[Fact] = []
    facts = 0
    for field in _fields(document):
        first.setdefault(field.label, field)
        facts += field.label in {schedule.PERSON, schedule.SIGNATURE, schedule.RULE}
        if facts > FACTS:
            raise TooLargeError
        if field.label == schedule.RULE and (rule := _part(field, _RULE)):
            rules.append(rule)
    parties = with_ciks(tuple(_parties(document)), document.filing)
    register = Register(parties)
    blocks = settle(_blocks(document, register), register)
    days = {block.signed.value: block.signed for block in reversed(blocks) if block.signed}
    issuer, number = first.get(schedule.ISSUER), first.get(schedule.ISSUER_CIK)
    return Agreement(
        kind="schedule",
        span=document.body,
        date=next(iter(days.values())) if len(days) == 1 else None,
        issuer=IssuerMention(issuer.fact, number.cik if number else None) if issuer else None,
        securities=_whole(first.get(schedule.SECURITIES)),
        cusip=_whole(first.get(schedule.CUSIP)),
        schedule=_part(first.get(schedule.FORM), _SCHEDULE),
        amendment=_whole(first.get(schedule.AMENDMENT)),
        rules=tuple(rules),
        parties=parties,
        blocks=blocks,
        read=(document.body,),
        findings=reconcile.findings(document, parties, blocks),
    )


def _whole(field: Field | None) -> Fact | None:
    return field.fact if field else None


def _part(field: Field | None, pattern: re.Pattern[str]) -> Fact | None:
    found = pattern.search(field.value) if field else None
    if field is None or found is None:
        return None
    start = field.span.start + found.start()
    return Fact(found[0], Span(start, start + len(found[0])), Basis.XML)


def _fact(words: Words) -> Fact:
    return msgspec.structs.replace(words.fact, basis=Basis.XML)


def _capacity(words: Words) -> Fact:
    return Fact(offices.capacity(words.text), Span(words.start, words.end), Basis.XML)


def _fields(document: SourceDocument) -> Iterator[Field]:
    """Walk over the fields: there may be very many, and none is kept that is not read."""
    return fields(document.text, document.body)


def _signatures(document: SourceDocument) -> Iterator[_Signed]:
    """Gather the signatures of each reporting person."""
    signed: _Signed | None = None
    for field in _fields(document):
        words = Words(field.value, field.span.start)
        if field.label == schedule.SIGNED_FOR:
            if signed:
                yield signed
            signed = _Signed(field, [])
        elif signed and field.label == schedule.SIGNATURE:
            signed.entries.append(_Entry(words))
        elif signed and signed.entries and field.label == schedule.TITLE:
            signed.entries[-1].title = words
        elif signed and signed.entries and field.label == schedule.DATE:
            signed.entries[-1].date = field
    if signed:
        yield signed


def _parties(document: SourceDocument) -> Iterator[PartyMention]:
    """Name the reporting persons; one of type IN is a natural person."""
    orders = _orders(document)
    name: Fact | None = None
    types: set[str] = set()
    number: Field | None = None
    for field in _fields(document):
        if field.label == schedule.PERSON:
            if name:
                yield _party(name, types, number, orders)
            name, types, number = field.fact, set(), None
        elif field.label == schedule.PERSON_TYPE:
            types.add(field.value.upper())
        elif field.label == schedule.PERSON_CIK:
            number = number or field
    if name:
        yield _party(name, types, number, orders)


def _party(name: Fact, types: set[str], number: Field | None, orders: _Orders) -> PartyMention:
    person = "IN" in types if types else is_person(name.value)
    return PartyMention(
        name,
        "person" if person else "entity",
        aliases=_other_order(name, orders) if person else (),
        cik=number.cik if number else None,
    )


def _orders(document: SourceDocument) -> _Orders:
    """Gather who signs, by the words of each name in no order, then by the words as printed."""
    orders: _Orders = {}
    for entry in (entry for one in _signatures(document) for entry in one.entries):
        mark = _MARK.match(entry.signature.text)
        words = entry.signature.cut(mark.end()) if mark else entry.signature
        words = words.cut(0, name_end(words.text))
        tokens = key(drop_person_suffix(words.text)).tokens
        orders.setdefault(tuple(sorted(tokens)), {}).setdefault(tokens, _fact(words))
    return orders


def _other_order(name: Fact, orders: _Orders) -> tuple[Fact, ...]:
    """Find a person's name in the order of speech where the schedule gives EDGAR's, `TESTPERSON ADA B`."""
    own = key(drop_person_suffix(name.value)).tokens
    spoken = orders.get(tuple(sorted(own)), {})
    return tuple(fact for tokens, fact in spoken.items() if tokens != own)[:1]


def _blocks(document: SourceDocument, register: Register) -> Iterator[SignatureBlock]:
    """Read each reporting person's signatures: entities that sign are links, the human after them ends the chain."""
    for one in _signatures(document):
        reader = _Reader(register.find(one.printed.value), register)
        for entry in one.entries:
            reader.take(entry)
            if reader.signer is None and entry is not one.entries[-1]:
                continue
            day = date_at(entry.date.value, 0) if entry.date else None
            last = entry.date.span.end if entry.date else (entry.title or entry.signature).end
            yield SignatureBlock(
                style="structured",
                printed=one.printed.fact,
                span=Span(one.printed.span.start, last),
                chain=tuple(reader.chain),
                signer=_fact(reader.signer) if reader.signer else None,
                mark=_fact(entry.signature) if _MARK.match(entry.signature.text) else None,
                title=_fact(reader.office) if reader.office else None,
                attorney=reader.attorney,
                signed=Fact(day.iso, entry.date.span, Basis.XML) if day and entry.date else None,
            )
