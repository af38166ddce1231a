"""Signature blocks: invented signature pages and what a careful reader finds on them."""

import re

import pytest
from casefile import Case, cases

from sitegen.model.agreement import PartyMention, SignatureBlock
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse.blocks import signature_blocks, signature_drafts
from sitegen.parse.persons import is_person
from sitegen.read import read

NOWHERE = Span(0, 0)


def document(case: Case) -> SourceDocument:
    info, text = case.inputs[0]
    if info == "html":
        return read("specimen.htm", text.encode("utf-8")).documents[0]
    return SourceDocument(text=text, format="plain", encoding="utf-8", body=Span(0, len(text)))


def parties(case: Case) -> tuple[PartyMention, ...]:
    """Read the known parties of a case: a line each, aliases behind `=`."""
    listed = [text.splitlines() for info, text in case.inputs if info == "parties"]
    found = []
    for line in (line for lines in listed for line in lines):
        name, *aliases = (part.strip() for part in line.split("="))
        kind = "person" if is_person(name) else "entity"
        found.append(PartyMention(Fact(name, NOWHERE), kind, tuple(Fact(alias, NOWHERE) for alias in aliases)))
    return tuple(found)


def printed(block: SignatureBlock) -> str:
    """Print a block on one line: party, chain and signer from left to right, then title, attorney, date."""
    links = [f"{link.name.value} [{link.capacity.value}]" if link.capacity else link.name.value for link in block.chain]
    signer = block.signer.value if block.signer else "?"
    words = [
        block.title.value if block.title else "",
        "attorney" if block.attorney else "",
        block.signed.value if block.signed else "",
    ]
    return " | ".join([" <- ".join([block.printed.value, *links, signer]), *filter(None, words)])


CASES = cases("signatures")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_signature_page_is_read_as_a_careful_reader_does(case: Case) -> None:
    page = document(case)
    blocks, findings = signature_blocks(page, signature_drafts(page, page.body), parties(case))
    assert [printed(block) for block in blocks] == case.expected.get("block", []), case.place
    if "finding" in case.expected:
        assert [finding.code for finding in findings] == case.expected["finding"], case.place


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_every_fact_of_a_block_stands_where_it_says(case: Case) -> None:
    page = document(case)
    text = page.text
    blocks, _ = signature_blocks(page, signature_drafts(page, page.body), parties(case))
    for block in blocks:
        facts = [block.printed, block.mark, block.signer, block.title, *(link.name for link in block.chain)]
        for fact in filter(None, facts):
            words = [re.escape(word) for word in fact.value.split()]
            assert re.search(r"\s.*?".join(words), text[fact.span.start : fact.span.end], re.DOTALL), (case.place, fact)
        inside = [fact for fact in (block.printed, block.mark, block.signer, block.title) if fact]
        assert all(block.span.start <= fact.span.start < fact.span.end <= block.span.end for fact in inside), case.place
