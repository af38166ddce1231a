"""What every reading keeps, whatever bytes it was made from. Each law fails with the fact that breaks it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import msgspec

from sitegen.model.agreement import Agreement, SignatureBlock
from sitegen.model.findings import RULES
from sitegen.model.text import Basis, Cell, Fact, Lines, SourceDocument, Span
from sitegen.parse import Parsed, parse
from sitegen.read import Reading, read

SECONDS, SECONDS_A_BYTE = 1.0, 0.0003
"""CPU that one input may cost under a fuzzer's instruments: some ten times what the first exhibit costs."""
GROWTH = 40
"""Characters of text that one byte may become: a span of table columns, a tab, an entity."""


def keep(name: str, data: bytes) -> Parsed:
    """Read and parse a file under every law; raise `AssertionError` where one is broken."""
    with in_time(len(data)):
        reading = read(name, data)
        parsed = parse(reading)
    _documents(reading, len(data))
    for found in parsed.found:
        _agreement(found.document, found.agreement)
    for document in reading.documents:
        spans = [found.agreement.span for found in parsed.found if found.document is document]
        assert all(one.end <= other.start for one, other in pairwise(spans)), "agreements overlap"
    # What cannot be written cannot be kept between two builds.
    assert msgspec.json.decode(msgspec.json.encode(parsed), type=Parsed) == parsed
    return parsed


@contextmanager
def in_time(size: int) -> Iterator[None]:
    """Hold what is done here to CPU in proportion to the input's size."""
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert spent < SECONDS + SECONDS_A_BYTE * size, f"{spent:.1f} s of CPU for {size} bytes"


def _documents(reading: Reading, size: int) -> None:
    assert reading.documents or reading.findings, "a file without a document, and nothing said"
    assert all(finding.code in RULES and finding.message for finding in reading.findings)
    for document in reading.documents:
        text = document.text
        assert len(text) <= GROWTH * size + 1000, f"{size} bytes became {len(text)} characters"
        assert "\r" not in text
        _inside(document.body, Span(0, len(text)))
        for cell in document.cells:
            _cell(cell, text)
        for fact in _filing(document):
            _fact(fact, document, text)


def _cell(cell: Cell, text: str) -> None:
    _inside(cell.span, Span(0, len(text)))
    assert min(cell.table, cell.row, cell.column) >= 0


def _filing(document: SourceDocument) -> Iterator[Fact]:
    filing = document.filing
    if filing:
        yield from filter(None, (filing.accession, filing.form, filing.filed, filing.url))
        for filer in filing.filers:
            assert filer.role in {"subject", "filer", "member"}
            yield from filter(None, (filer.name, filer.cik))


def _inside(span: Span, outer: Span) -> None:
    assert outer.start <= span.start <= span.end <= outer.end, (span, outer)


def _fact(fact: Fact, document: SourceDocument, text: str) -> None:
    assert fact.value.strip(), fact
    assert fact.basis in {Basis.AGREEMENT, Basis.HEADER, Basis.COVER, Basis.XML}
    _inside(fact.span, Span(0, len(document.text)))
    assert text[fact.span.start : fact.span.end].strip(), ("a fact stands on nothing", fact)


def _printed(fact: Fact, document: SourceDocument) -> None:
    """Find each of a fact's words at its place; other words may stand between them, as in the column beside."""
    _fact(fact, document, document.text)
    printed = document.text[fact.span.start : fact.span.end]
    there = _letters(printed)
    # A capacity has one spelling of `adviser`.
    spelled = there.replace("advisor", "adviser")
    assert all(_letters(word) in there or _letters(word) in spelled for word in fact.value.split()), (fact, printed)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _agreement(document: SourceDocument, one: Agreement) -> None:
    whole = Span(0, len(document.text))
    _inside(one.span, whole)
    assert one.kind in {"agreement", "schedule"}
    for fact in _normal(one):
        _fact(fact, document, document.text)
    for fact in _words(one):
        _printed(fact, document)
    for party in one.parties:
        assert party.kind in {"entity", "person"}
    for index in _parties(one):
        assert index is None or 0 <= index < len(one.parties), index
    for block in one.blocks:
        _block(block, one, document)
    for finding in one.findings:
        assert finding.code in RULES, finding
        assert finding.message, finding
        if finding.span:
            _inside(finding.span, whole)
    _lines(one, document)


def _normal(one: Agreement) -> Iterator[Fact]:
    """Facts whose values are normal forms."""
    yield from filter(None, (one.exhibit, one.date, one.schedule, one.amendment, one.cusip, *one.rules))
    yield from filter(None, (party.cik for party in one.parties))
    for block in one.blocks:
        yield from filter(None, (block.signed, *(link.capacity for link in block.chain)))
    if one.issuer and one.issuer.cik:
        yield one.issuer.cik


def _words(one: Agreement) -> Iterator[Fact]:
    """Facts whose values are the words printed."""
    yield from filter(None, (one.title, one.securities, one.issuer and one.issuer.name))
    for party in one.parties:
        yield party.name
        yield from party.aliases
        yield from filter(None, (party.place,))
    yield from (term.term for term in one.terms)
    yield from (clause.text for clause in one.clauses)
    for block in one.blocks:
        yield from filter(None, (block.printed, block.mark, block.signer, block.title, block.attorney))
        yield from (link.name for link in block.chain)


def _parties(one: Agreement) -> Iterator[int | None]:
    yield from (term.party for term in one.terms)
    for block in one.blocks:
        yield from (block.party, block.title_party, *(link.party for link in block.chain))


def _block(block: SignatureBlock, one: Agreement, document: SourceDocument) -> None:
    if one.kind == "agreement":
        assert block.span.start < block.span.end
        _inside(block.span, one.span)
    else:
        _inside(block.span, Span(0, len(document.text)))
    assert block.style


def _lines(one: Agreement, document: SourceDocument) -> None:
    """Account for lines: what is read stands in order, apart, inside the text, and holds every signature."""
    lines = Lines(document.text)
    for span in one.read:
        _inside(span, Span(0, len(document.text)))
    assert all(a.end < b.start for a, b in pairwise(one.read)), "ranges that are read touch"
    if one.kind == "agreement":
        read_lines = {n for span in one.read for n in range(lines.range(span)[0], lines.range(span)[1] + 1)}
        for block in one.blocks:
            first, last = lines.range(block.span)
            assert read_lines.issuperset(range(first, last + 1)), "a signature's lines are not accounted for"
