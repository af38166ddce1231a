"""The signature pages of the first exhibit: thirty-two blocks, each with its lines, and what does not agree in them."""

from collections import Counter
from pathlib import Path

import pytest

from sitegen.model.agreement import Agreement
from sitegen.model.text import Fact, Lines, SourceDocument
from sitegen.parse import parse
from sitegen.read import read

EXHIBIT = Path(__file__).parents[1] / "content" / "exhibits" / "hanaro-2003.txt"


@pytest.fixture(scope="module")
def found() -> tuple[SourceDocument, Agreement]:
    (one,) = parse(read(EXHIBIT.name, EXHIBIT.read_bytes())).found
    return one.document, one.agreement


def test_each_party_has_its_own_block(found: tuple[SourceDocument, Agreement]) -> None:
    _, agreement = found
    assert [block.party for block in agreement.blocks] == list(range(32))
    assert len({block.signer.value for block in agreement.blocks if block.signer}) == 15


def test_chains_run_outward_with_the_capacities_printed(found: tuple[SourceDocument, Agreement]) -> None:
    _, agreement = found
    chains = {
        agreement.parties[block.party].name.value: [
            (link.name.value, link.capacity.value if link.capacity else None) for link in block.chain
        ]
        for block in agreement.blocks
        if block.party is not None and block.chain
    }
    assert chains["AIG Asian Infrastructure Fund II, L.P."] == [
        ("AIG Asian Infrastructure Management II, L.P.", None),
        ("AIG Asian Infrastructure Management II, Ltd.", None),
    ]
    assert chains["Blum G.A. III, L.L.C."] == [("Blum Investment Partners, Inc.", "managing member")]
    assert chains["TVG Asian Communications Fund II, L.P."] == [("TELECOM VENTURE GROUP, LLC", "general partner")]
    assert all(link.party is not None for block in agreement.blocks for link in block.chain)


def test_facts_cite_the_lines_they_stand_on(found: tuple[SourceDocument, Agreement]) -> None:
    document, agreement = found
    lines = Lines(document.text)

    def cited(fact: Fact | None) -> tuple[str, tuple[int, int]]:
        assert fact is not None
        return fact.value, lines.range(fact.span)

    block = agreement.blocks[1]
    assert lines.range(block.span) == (101, 111)
    assert cited(block.printed) == ("AIG ASIAN INFRASTRUCTURE FUND II, L.P.", (101, 101))
    assert [cited(link.name)[1] for link in block.chain] == [(103, 103), (105, 105)]
    assert cited(block.mark) == ("/s/ Stuart Osborne", (108, 108))
    assert cited(block.title) == ("Vice President", (111, 111))


def test_what_does_not_agree_is_said_once(found: tuple[SourceDocument, Agreement]) -> None:
    _, agreement = found
    counts = Counter(finding.code for finding in agreement.findings if finding.code >= "SG31")
    assert counts == {"SG403": 1, "SG404": 1, "SG405": 1, "SG406": 1}
    messages = " ".join(finding.message for finding in agreement.findings)
    for name in ("AOF NT. Ltd.", "Director, EMC", "Ekberg", "Ekleberry", "Murray A. Indick"):
        assert name.casefold() in messages.casefold()
