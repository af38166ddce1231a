"""The first exhibit, `content/exhibits/hanaro-2003.txt`: every fact and its line."""

from collections import Counter
from pathlib import Path

import pytest

from sitegen.model.agreement import Agreement
from sitegen.model.text import Fact, Lines
from sitegen.parse import parse
from sitegen.read import read

_EXHIBIT = Path(__file__).parent.parent / "content" / "exhibits" / "hanaro-2003.txt"


@pytest.fixture(scope="module")
def found() -> tuple[Agreement, Lines]:
    parsed = parse(read(_EXHIBIT.name, _EXHIBIT.read_bytes()))
    assert len(parsed.found) == 1
    return parsed.found[0].agreement, Lines(parsed.found[0].document.text)


def _at(lines: Lines, fact: Fact | None) -> tuple[str, tuple[int, int]]:
    assert fact is not None
    return fact.value, lines.range(fact.span)


def test_facts_of_the_text(found: tuple[Agreement, Lines]) -> None:
    agreement, lines = found
    assert _at(lines, agreement.title) == ("JOINT FILING AGREEMENT", (3, 3))
    assert _at(lines, agreement.exhibit) == ("1", (1, 1))
    assert _at(lines, agreement.date) == ("2003-11-17", (7, 7))
    assert agreement.issuer
    assert _at(lines, agreement.issuer.name) == ("Hanaro Telecom, Inc.", (34, 34))
    assert _at(lines, agreement.securities) == ("common stock, par value Won 5,000 per share", (33, 34))
    assert _at(lines, agreement.schedule) == ("13D", (33, 33))
    assert _at(lines, agreement.amendment) == ("1", (32, 32))
    assert [_at(lines, rule) for rule in agreement.rules] == [("13d-1(k)(1)", (44, 44))]
    assert agreement.cusip is None


def test_thirty_two_parties_with_their_defined_terms(found: tuple[Agreement, Lines]) -> None:
    agreement, lines = found
    assert len(agreement.parties) == 32
    assert Counter(party.kind for party in agreement.parties) == {"entity": 30, "person": 2}
    assert [party.name.value for party in agreement.parties if party.kind == "person"] == [
        "Richard C. Blum",
        "John William Troy",
    ]
    aliases = {party.name.value: [alias.value for alias in party.aliases] for party in agreement.parties}
    assert sum(map(len, aliases.values())) == 30
    assert aliases["AIG Asian Infrastructure Management II, L.P."] == ["AIG Fund II General Partner"]
    assert aliases["American International Group, Inc."] == ["AIG, Inc."]
    assert aliases["HT IX GP, Ltd."] == ["HT Holdings IX General Partner"]
    assert _at(lines, agreement.parties[0].name) == ("AIF II NT, Ltd.", (7, 7))
    assert _at(lines, agreement.parties[11].name) == (
        "American International Assurance Company (Bermuda) Limited",
        (14, 15),
    )


def test_collective_terms_belong_to_no_party(found: tuple[Agreement, Lines]) -> None:
    agreement, _ = found
    collective = [term.term.value for term in agreement.terms if term.party is None]
    assert collective == [
        "Agreement", "Current Reporting Persons", "Amendment", "Schedule 13D", "Reporting Persons", "Exchange Act",
    ]  # fmt: skip


def test_four_clauses(found: tuple[Agreement, Lines]) -> None:
    agreement, _ = found
    kinds = [(clause.number, clause.kind) for clause in agreement.clauses]
    assert kinds == [("1", "joint-filing"), ("2", "responsibility"), ("3", "amendment"), ("4", "exhibit")]


def test_every_line_is_accounted_for(found: tuple[Agreement, Lines]) -> None:
    agreement, lines = found
    read_lines = {n for span in agreement.read for n in range(lines.range(span)[0], lines.range(span)[1] + 1)}
    unread = [n for n in range(1, len(lines) + 1) if lines.get(n).strip() and n not in read_lines]
    assert [lines.get(n) for n in unread] == []


def test_what_a_lawyer_is_told(found: tuple[Agreement, Lines]) -> None:
    agreement, lines = found
    codes = Counter(finding.code for finding in agreement.findings)
    assert codes["SG304"] == 1
    assert not {"SG301", "SG302", "SG303", "SG306"} & set(codes)
    (filed,) = [finding for finding in agreement.findings if finding.code == "SG304"]
    assert "October 31, 2003" in filed.message
    assert filed.span
    assert lines.range(filed.span) == (35, 35)
