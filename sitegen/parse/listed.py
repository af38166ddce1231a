"""Parties that stand in a list of their own: numbered lines under the act, or the annex that it refers to."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.name import key
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse.lexicon import words
from sitegen.parse.names import read_name
from sitegen.parse.persons import is_person
from sitegen.parse.prose import Prose, is_furniture

_NUMBER = re.compile(r"[\s(]{0,80}(?P<number>\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s{1,40}(?=\S)", re.IGNORECASE)
_FIRST = words("1 a i")
_PERSONS = r"(?:persons?|parties|entities|individuals|undersigned|signator(?:ies|y)|filers|members|investors|funds)"
_INTRODUCES = re.compile(
    rf"\b{_PERSONS}\b(?:(?!issuers?|compan|securit|class|matter|broker|appl(?:y|ies)|terms)[^.;]){{0,300}}:\s*\Z",
    re.IGNORECASE,
)
_REFERS = re.compile(
    rf"(?P<persons>\b{_PERSONS}\s(?:whose\snames\s(?:are\s)?)?)?"
    r"\b(?:listed|named|set\sforth|identified|specified|appear(?:s|ing)?|described)\s(?:on|in)\s(?:the\s)?(?:attached\s)?"
    r"(?P<label>(?:schedule|annex|appendix|exhibit|attachment)\s(?!13)[a-z0-9]{1,3})\b",
    re.IGNORECASE,
)
_HEADS = words(
    "name names of the each party parties reporting person persons entity entities filing filers signatories list"
    " jurisdiction organization incorporation formation country state place citizenship address and or"
)
_BEHIND = re.compile(r"[\s,;.]*(?:\band\b)?[\s,;.]*\Z")
_COLLECTIVE = re.compile(
    r"(?:,?\s?\b(?:of|for|on\sbehalf\sof)\s)?\b(?:each|all|both)\s(?:of\s)?(?:the\s|such\s)?(?:other\s)?"
    r"(?:(?:above|foregoing|following|undersigned|reporting|filing|listed|named|said)\b[^.;]{0,80}|(?:persons?|entit(?:y|ies)|parties|funds)\b[^.;]{0,80})",
    re.IGNORECASE,
)
_LONGEST = 4_000
_FEWEST = 2
_MOST = 500
_REACH = 100_000
"""Characters behind the text within which an annex of the parties stands."""


class Listed(msgspec.Struct, frozen=True):
    """A list, and the lines it takes: no signature stands in them."""

    parties: tuple[PartyMention, ...]
    """None when others are listed: issuers, brokers."""
    span: Span


def read_listed(document: SourceDocument, body: Span) -> Listed | None:
    """Read the list that the text introduces or refers to; None when there is none, or a line of it is no name."""
    return _numbered(document.text, body) or _annexed(document, body)


def _lines(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    while at < span.end:
        stop = text.find("\n", at, span.end)
        stop = span.end if stop == -1 else stop
        yield Span(at, stop)
        at = stop + 1


def _numbered(text: str, body: Span) -> Listed | None:
    """Read lines that are a number and a name each, behind words that introduce them."""
    run: list[PartyMention] = []
    start = end = body.start
    for line in _lines(text, body):
        if is_furniture(text[line.start : line.end]):
            continue
        found = _NUMBER.match(text, line.start, line.end)
        party = _party(text, Span(found.end(), line.end)) if found else None
        if found and party and (run or found["number"].casefold() in _FIRST):
            start = start if run else line.start
            end = line.end
            run.append(party)
        elif len(run) >= _FEWEST:
            break
        else:
            run = []
    before = Prose(text, Span(body.start, start)).text[-_LONGEST:]
    if not _FEWEST <= len(run) <= _MOST or not before.rstrip().endswith(":"):
        return None
    return Listed(tuple(run) if _INTRODUCES.search(before) else (), Span(start, end))


def _annexed(document: SourceDocument, body: Span) -> Listed | None:
    """Read the annex that the text refers to, before or behind the signatures; of a table only its first column."""
    labels: dict[str, bool] = {}
    for found in _REFERS.finditer(Prose(document.text, body).text):
        label = found["label"].casefold()
        labels[label] = labels.get(label, False) or bool(found["persons"])
    if not labels:
        return None
    held = _first_columns(document, Span(body.start, min(document.body.end, body.end + _REACH)))
    for line in held:
        label = " ".join(document.text[line.start : line.end].split()).strip(" .:").casefold()
        if labels.get(label):
            return _names(document.text, held)
        if label in labels and line.start < body.end:
            return Listed((), Span(line.start, _gap(document.text, held, line.end)))
    return None


def _gap(text: str, lines: Iterator[Span], end: int) -> int:
    """Return where the lines end that stand together next."""
    begun = False
    for line in lines:
        blank = not text[line.start : line.end].strip()
        if blank and begun:
            break
        begun, end = begun or not blank, end if blank else line.end
    return end


def _first_columns(document: SourceDocument, span: Span) -> Iterator[Span]:
    """Yield the lines; of a table's row only its first cell."""
    cells = sorted((cell.span, cell.column) for cell in document.cells)
    starts = [cell.start for cell, _ in cells]
    for line in _lines(document.text, span):
        held = cells[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        if not held:
            yield line
        elif held[0][1] == 0:
            yield held[0][0]


def _names(text: str, lines: Iterator[Span]) -> Listed | None:
    """Read lines that are names, up to the first that is none or that comes back: there the signatures begin."""
    printed = (line for line in lines if not is_furniture(text[line.start : line.end]))
    parties: dict[str, PartyMention] = {}
    for line in _without_heads(text, printed):
        party = _party(text, line)
        if party is None or str(key(party.name.value)) in parties:
            break
        parties[str(key(party.name.value))] = party
    if not _FEWEST <= len(parties) <= _MOST:
        return None
    named = tuple(parties.values())
    return Listed(named, Span(named[0].name.span.start, named[-1].name.span.end))


def _without_heads(text: str, lines: Iterator[Span]) -> Iterator[Span]:
    return (line for line in lines if not set(re.findall(r"\w+", text[line.start : line.end].casefold())) <= _HEADS)


def _party(text: str, line: Span) -> PartyMention | None:
    """Read a line that is a name and nothing else."""
    prose = Prose(text, line)
    end = read_name(prose.text, 0, lambda _: True)
    if end is None or not _BEHIND.match(prose.text, end):
        return None
    name = prose.text[:end].removesuffix(",")
    if not (key(name).form or is_person(name)):
        return None
    return PartyMention(Fact(name, prose.span(0, end)), kind="person" if is_person(name) else "entity")


def is_collective(printed: str) -> bool:
    """Say whether a block's words stand for several parties and name none: `Each of the persons listed on Annex A`."""
    return _COLLECTIVE.fullmatch(printed.strip()) is not None


def spread(blocks: Sequence[SignatureBlock], parties: Sequence[PartyMention]) -> Iterator[SignatureBlock]:
    """Yield the blocks, one that is signed for all listed parties given to each that has none of its own."""
    own = {block.party for block in blocks}
    for block in blocks:
        title = _COLLECTIVE.search(block.title.value) if block.title else None
        if block.party is not None or not (title or is_collective(block.printed.value)):
            yield block
            continue
        office = block.title
        if title and office:
            kept = office.value[: title.start()].rstrip(" ,")
            office = Fact(kept, office.span, office.basis) if kept else None
        for number in range(len(parties)):
            if number not in own:
                yield msgspec.structs.replace(block, party=number, title=office)
