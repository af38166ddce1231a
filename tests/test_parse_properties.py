"""Laws of reading a text: nothing raises, every span lies in the document, time grows with length."""

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import product
from types import FrameType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sitegen.model
import sitegen.parse
import sitegen.read
from sitegen.model.agreement import Agreement
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse import parse
from sitegen.parse.dates import dates
from sitegen.parse.names import read_name
from sitegen.parse.prose import Prose
from sitegen.read import Reading

_PIECES = st.sampled_from(
    [
        "JOINT FILING AGREEMENT", "EXHIBIT 99.1", "The undersigned hereby agree", "that the Schedule 13D", "\n", "\n\n",
        "is filed on behalf of each of them", "by and among", "Quillfeather Capital, L.P.", '("QC")', "(", ")", '"',
        "Ada Testperson", "and", ",", ";", ".", "dated as of", "May 3, 2011", "February 30, 2012", "Inc.", "the",
        "agree", "with respect to the common stock of", "a Delaware limited partnership", "IN WITNESS WHEREOF",
        "Name:", "1.",
        "By: /s/ Ada Testperson", "Title: Director", "(ii)", "WHEREAS", "SIGNATURE", "After reasonable inquiry",
        "\t", " ", "formerly known as", "CUSIP No. 123456782", "<PAGE>", "-----", "İ", "ﬁ", "\u00a0",
        "ſept. 3, 2001", "fırst day of May 2001", "CUSIP No. 12345\u212a782",
        "as follows:", "Rule 13d-1(k)(1)",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_PIECES, max_size=60).map(" ".join),
    st.lists(_PIECES, max_size=60).map("\n".join),
)


def _document(text: str) -> SourceDocument:
    return SourceDocument(text=text, format="plain", encoding="utf-8", body=Span(0, len(text)))


def _facts(agreement: Agreement) -> Iterator[Fact]:
    for fact in (
        agreement.title, agreement.exhibit, agreement.date, agreement.securities, agreement.cusip, agreement.schedule,
        agreement.amendment, *agreement.rules,
    ):  # fmt: skip
        if fact:
            yield fact
    if agreement.issuer:
        yield agreement.issuer.name
    for party in agreement.parties:
        yield party.name
        yield from party.aliases
        if party.place:
            yield party.place
    for term in agreement.terms:
        yield term.term
    for clause in agreement.clauses:
        yield clause.text


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    for found in parse(Reading((_document(text),))).found:
        agreement = found.agreement
        spans = [fact.span for fact in _facts(agreement)]
        spans += [*agreement.read, agreement.span]
        spans += [finding.span for finding in agreement.findings if finding.span]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert all(fact.value for fact in _facts(agreement))


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_names_of_parties_and_issuer_stand_at_their_spans(text: str) -> None:
    for found in parse(Reading((_document(text),))).found:
        names = [party.name for party in found.agreement.parties]
        names += [found.agreement.issuer.name] if found.agreement.issuer else []
        for name in names:
            printed = text[name.span.start : name.span.end]
            assert _letters(name.value) in _letters(printed)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(_TEXTS)
def test_prose_knows_where_its_words_stand(text: str) -> None:
    prose = Prose(text, Span(0, len(text)))
    at = 0
    for word in prose.text.split(" "):
        span = prose.span(at, at + len(word))
        assert len(text[span.start : span.end]) == len(word)
        at += len(word) + 1


@given(_TEXTS)
def test_a_name_ends_behind_its_beginning(text: str) -> None:
    folded = " ".join(text.split())
    end = read_name(folded, 0)
    assert end is None or 0 < end <= len(folded)


@given(st.dates(), st.sampled_from(["%B %d, %Y", "%d %B %Y", "%m/%d/%Y", "%Y-%m-%d", "%b. %d, %Y", "%B%d, %Y"]))
def test_a_printed_date_reads_back(day: date, form: str) -> None:
    if 1900 <= day.year < 2100:
        assert [one.iso for one in dates(f"as of {day.strftime(form)}.")] == [day.isoformat()]


_HOSTILE = [
    "(" * 20_000,
    '("' * 10_000,
    "A, " * 10_000,
    "joint filing statement " * 4_000,
    "The undersigned agree as follows: joint filing. " * 2_000,
    "of A " * 10_000,
    "May " * 10_000,
    "13d-1" + "(k)" * 10_000,
    "agreement " * 10_000,
    "a" * 100_000,
    " " * 100_000,
    "-" * 100_000,
    "EXHIBIT " * 10_000,
    "1. agree on behalf of filed\n\n" * 3_000,
    "WHEREAS\n" * 10_000,
    "JOINT FILING AGREEMENT\n" * 5_000,
]
_FRAME = """JOINT FILING AGREEMENT

The undersigned agree that the Schedule 13D is filed on behalf of each of them. {}

By: /s/ X Y
"""


@pytest.mark.parametrize("number", range(len(_HOSTILE)))
def test_twice_the_text_costs_twice_the_calls(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are counted, not seconds."""
    text = _HOSTILE[number]
    half, whole = _calls(text[: len(text) // 2], monkeypatch), _calls(text, monkeypatch)
    assert whole < 3 * half + 5_000


def _calls(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the calls that reading the facts takes; signature blocks have a law of their own."""
    monkeypatch.setattr(sitegen.parse.agreement, "signature_blocks", lambda *_, **__: ((), ()))
    reading = Reading((_document(_FRAME.format(text)),))
    count = 0

    def tick(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        parse(reading)
    finally:
        sys.setprofile(None)
    return count


def _modules() -> list[ModuleType]:
    """Return every module that reads or parses."""
    return [
        importlib.import_module(found.name)
        for package in (sitegen.read, sitegen.parse, sitegen.model)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


_FACTS = (
    "act", "agreed", "clauses", "dates", "filers", "heading", "issuer", "names", "parties", "persons", "preamble",
    "prose", "recognise", "references", "remarks", "terms",
)  # fmt: skip


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for module in _FACTS:
        for name, value in vars(importlib.import_module(f"sitegen.parse.{module}")).items():
            if isinstance(value, re.Pattern):
                found.append((f"{module}.{name}", value))
    return found


@pytest.mark.parametrize(("name", "pattern"), _patterns(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_expression_can_run_away(name: str, pattern: re.Pattern[str]) -> None:
    """No repeat without bound stands inside another: such an expression takes exponential time on some text."""
    assert not _nested(re._parser.parse(pattern.pattern, pattern.flags), inside=False), name


_PUMPS = (
    "8", "A", "a", " ", "\t", "A ", "Aa ", "a ", "8 ", ", ", "-", "_", ".", "A.", "(", ")", "*", "1. ", "\n", "a\n",
    "and ", "/", "A B, ", "Aa Bb and ", '"', ":", "by ", "of A ", "A, of ", "the ", "\n\n", "&", "'", "<a ", "=", ";",
    "8A", "A8 ",
)  # fmt: skip


@pytest.mark.parametrize("module", _modules(), ids=lambda module: module.__name__)
def test_no_expression_takes_time_beyond_its_texts_length(module: ModuleType) -> None:
    """Not in seconds on long texts, where a square may be fine: on short ones, that none may take long on."""
    for name, pattern in vars(module).items():
        if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
            for pump, start, end in product(_PUMPS, ("", "A"), ("", "!", "a")):
                spent = time.process_time()
                pattern.search(start + pump * (60 // len(pump)) + end)
                assert time.process_time() - spent < 0.5, (name, pump)


def _nested(parsed: object, *, inside: bool) -> bool:
    if isinstance(parsed, tuple) and len(parsed) == 2 and str(parsed[0]) in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, body = parsed[1]
        endless = high is re._constants.MAXREPEAT and low != high
        if endless and inside:
            return True
        return _nested(body, inside=inside or endless)
    if isinstance(parsed, (tuple, list, re._parser.SubPattern)):
        return any(_nested(part, inside=inside) for part in parsed)
    return False
