"""Whole files of every format, invented, with what a careful reader finds in them beside each."""

import json
from pathlib import Path

import pytest

from sitegen.model.agreement import Agreement, SignatureBlock
from sitegen.model.text import Fact, SourceDocument
from sitegen.parse import parse
from sitegen.read import read

SPECIMENS = sorted(Path(__file__).parent.joinpath("specimens", "formats").glob("*.json"))


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def block_of(block: SignatureBlock, one: Agreement) -> dict[str, object]:
    def name(party: int | None, printed: Fact) -> str:
        return printed.value if party is None else one.parties[party].name.value

    return {
        "party": name(block.party, block.printed),
        "chain": [{"name": name(link.party, link.name), "capacity": value(link.capacity)} for link in block.chain],
        "signer": value(block.signer),
        "title": value(block.title),
        "attorney_in_fact": block.attorney is not None,
    }


def found(document: SourceDocument, one: Agreement) -> dict[str, object]:
    return {
        "kind": one.kind,
        "title": value(one.title),
        "date": value(one.date),
        "issuer": {"name": one.issuer.name.value, "cik": value(one.issuer.cik)} if one.issuer else None,
        "schedule": value(one.schedule),
        "accession": value(document.filing.accession) if document.filing else None,
        "document": document.name,
        "parties": [{"name": one.name.value, "kind": one.kind, "cik": value(one.cik)} for one in one.parties],
        "signature_blocks": [block_of(block, one) for block in one.blocks],
    }


@pytest.mark.parametrize("truth", SPECIMENS, ids=[path.stem for path in SPECIMENS])
def test_a_file_says_what_a_careful_reader_finds_in_it(truth: Path) -> None:
    parsed = parse(read(f"exhibits/{truth.stem}", truth.with_suffix("").read_bytes()))
    assert [found(one.document, one.agreement) for one in parsed.found] == [
        json.loads(truth.read_text(encoding="utf-8"))
    ]
