"""The facts of an agreement's text, case by case: tests/cases/facts/."""

import pytest
from casefile import Case, cases

from sitegen.model.agreement import Agreement
from sitegen.model.text import Lines
from sitegen.parse import Parsed, parse
from sitegen.read import read

_CASES = cases("facts")
_NAMES = {"html": "case.html", "submission": "case.nc", "text": "case.txt"}


def _facts(parsed: Parsed) -> dict[str, list[str]]:
    """What a case may expect, as lines."""
    facts: dict[str, list[str]] = {"agreements": [str(len(parsed.found))]}
    for found in parsed.found:
        for key, value in _lines(found.agreement):
            facts.setdefault(key, []).append(value)
    facts.setdefault("finding", []).extend(finding.code for finding in parsed.findings)
    return facts


def _lines(agreement: Agreement) -> list[tuple[str, str]]:
    lines = [
        (key, fact.value)
        for key in ("title", "exhibit", "date", "securities", "cusip", "schedule", "amendment")
        if (fact := getattr(agreement, key))
    ]
    if agreement.issuer:
        lines.append(("issuer", agreement.issuer.name.value))
        lines.append(("issuer basis", agreement.issuer.name.basis))
        lines += [("issuer cik", agreement.issuer.cik.value)] if agreement.issuer.cik else []
    lines += [("rule", rule.value) for rule in agreement.rules]
    for party in agreement.parties:
        lines.append(("party", party.name.value))
        lines.append(("kind", f"{party.name.value} = {party.kind}"))
        lines += [("alias", f"{party.name.value} = {alias.value}") for alias in party.aliases]
        lines += [("place", f"{party.name.value} = {party.place.value}")] if party.place else []
        lines += [("cik", f"{party.name.value} = {party.cik.value}")] if party.cik else []
    lines += [("term", term.term.value) for term in agreement.terms]
    lines += [("clause", f"{clause.number or '-'} {clause.kind or '-'}") for clause in agreement.clauses]
    lines += [("finding", finding.code) for finding in agreement.findings]
    return lines


def _page(facts: dict[str, list[str]]) -> str:
    return "\n".join(f"{key}: {value}" for key, values in facts.items() for value in values or ["(none)"])


@pytest.mark.parametrize("case", _CASES, ids=[f"{case.place} {case.title}" for case in _CASES])
def test_case(case: Case) -> None:
    (info, text), *_ = case.inputs
    parsed = parse(read(_NAMES[info.split()[0]], text.encode()))
    facts = _facts(parsed)
    wanted = {key: values for key, values in case.expected.items() if key != "no finding"}
    got = {key: facts.get(key, []) for key in wanted}
    for key in ("finding", "kind"):
        if key in wanted:
            got[key] = [value for value in got[key] if value in wanted[key]]
    assert _page(got) == _page(wanted)
    assert not set(case.expected.get("no finding", [])) & set(facts["finding"])


def test_double_spaced_text_keeps_its_lines() -> None:
    (case,) = (case for case in _CASES if case.title.startswith("A blank line between any two"))
    (found,) = parse(read("case.txt", case.text.encode())).found
    lines = Lines(found.document.text)
    assert found.document.text == case.text
    assert [lines.range(party.name.span) for party in found.agreement.parties] == [(5, 5), (5, 5)]
    assert [lines.range(block.span) for block in found.agreement.blocks] == [(17, 29), (33, 35)]
