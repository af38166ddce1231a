"""Hostile input is bounded: memory below a gigabyte and in proportion, time in proportion, and clear words.

The law of memory: what reading and parsing a file needs, beyond what Python and the modules do, is at most 20 times the
file, or `FLOOR` where the file is small. Facts are dear, so how many are read is bounded (`parse.bounds`).
"""

import json
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from test_read_pdf import refusal

from sitegen.model.text import Span
from sitegen.parse import bounds, parse
from sitegen.parse.layout import lines
from sitegen.parse.pieces import pieces
from sitegen.read import read

MB = 2**20
ACT = "The undersigned agree that the Schedule 13D is filed jointly on behalf of each of them.\n\n"
AGREEMENT = f"JOINT FILING AGREEMENT\n\n{ACT}"
BLOCK = "QUILLFEATHER %d, L.P.\n\nBy: /s/ Ada Testperson\nName: Ada Testperson\nTitle: Manager\n\n\n"
HEADER = "<SEC-HEADER>\nACCESSION NUMBER: 0000999999-25-000001\n</SEC-HEADER>\n"
UUENCODED = f"M{'#' * 60}\n"
BASE64 = "QWRhIFRlc3RwZXJzb24gc2lnbnMgZm9yIFF1aWxsZmVhdGhlcg==\n"
DOCUMENT = "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n"
SCHEDULE = "<?xml version='1.0'?><edgarSubmission><submissionType>SCHEDULE 13D</submissionType>%s</edgarSubmission>"
PERSON = (
    "<p><reportingPersonName>Ada Testperson %d</reportingPersonName>"
    "<typeOfReportingPerson>IN</typeOfReportingPerson></p>"
)
SIGNATURE = (
    "<signaturePerson><signatureReportingPerson>Ada Testperson %d</signatureReportingPerson>"
    "<signature>/s/ Ada Testperson %d</signature></signaturePerson>"
)
OFFICER = "By: /s/ Ada Testperson\nTitle: Head\n"
ISSUER = "The shares of Inkwell Corp. "


def persons(size: int) -> str:
    """Print a structured schedule of very many persons."""
    numbers = range(size // 250)
    return SCHEDULE % "".join([*(PERSON % one for one in numbers), *(SIGNATURE % (one, one) for one in numbers)])


KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "one line": ("a.txt", lambda size: "dolor sit amet, " * (size // 16)),
    "no agreement": ("a.txt", lambda size: "dolor sit amet,\n" * (size // 16)),
    "blank lines": ("a.txt", lambda size: "\n" * size + "x"),
    "many agreements": ("a.txt", lambda size: (AGREEMENT + "/s/ Ada Testperson\n\n") * (size // 140)),
    "many signatures": ("a.txt", lambda size: AGREEMENT + "/s/ Ada Testperson\n" * (size // 19)),
    "many blocks": ("a.txt", lambda size: AGREEMENT + "".join(BLOCK % number for number in range(size // 95))),
    "signatures in a line": ("a.txt", lambda size: AGREEMENT + "/s/ Ada Testperson " * (size // 19)),
    "labels in a line": ("a.txt", lambda size: AGREEMENT + "By: " * (size // 4)),
    "columns": ("a.txt", lambda size: AGREEMENT + "x    y    z\n" * (size // 12) + "By: /s/ Ada Testperson\n"),
    "officers": ("a.txt", lambda size: f"{AGREEMENT}QUILL, L.P.\n\n" + OFFICER * (size // 35)),
    "links": ("a.txt", lambda size: AGREEMENT + "as of " * (size // 6) + "\n\n/s/ Ada Testperson\n"),
    "bare marks": ("a.txt", lambda size: AGREEMENT + "/s/ " * (size // 4)),
    "issuers": ("a.txt", lambda size: AGREEMENT + ISSUER * (size // 28) + "\n\n/s/ Ada Testperson\n"),
    "dates": ("a.txt", lambda size: AGREEMENT + "Held on May 1, 2014. " * (size // 21) + "\n\n/s/ Ada Testperson\n"),
    "nested tables": ("a.htm", lambda size: "<html><body>" + "<table><tr><td>x" * (size // 16)),
    "deep": ("a.htm", lambda size: "<html><body>" + "<div>x" * (size // 6)),
    "founts": ("a.htm", lambda size: "<html><body>" + "<font>x" * (size // 7)),
    "cells": ("a.htm", lambda size: "<html><body><table>" + "<tr><td>x<td>y" * (size // 14)),
    "attributes": ("a.htm", lambda size: "<html><body><p " + "a=b " * (size // 4)),
    "elements": ("a.xml", lambda size: "<?xml version='1.0'?><edgarSubmission>" + "<a>" * (size // 3)),
    "persons": ("a.xml", persons),
    "fields": ("a.xml", lambda size: SCHEDULE % ("<a>x</a>" * (size // 8))),
    "persons in a submission": (
        "a.txt",
        lambda size: HEADER + DOCUMENT % f"<XML>\n{persons(size)}</XML>" + (DOCUMENT % "x") * 499,
    ),
    "header": ("a.txt", lambda size: HEADER.replace("</", "A: b\n" * (size // 5) + "</") + (DOCUMENT % "x") * 500),
    "documents": ("a.txt", lambda size: HEADER + (DOCUMENT % "x") * (size // 60)),
    "open documents": ("a.txt", lambda size: HEADER + "<DOCUMENT>\n" * (size // 11)),
    "uuencoded": ("a.txt", lambda size: HEADER + DOCUMENT % f"begin 644 a.jpg\n{UUENCODED * (size // 62)}"),
    "base64": ("a.txt", lambda size: HEADER + DOCUMENT % (BASE64 * (size // 53))),
}  # fmt: skip
LONG = 50 * MB
"""Bytes of the largest input; the content folder takes 64 MB at most."""
TIMES = 20
FLOOR = 64 * MB

_MEASURE = """
import json, pathlib, re, resource, sys
from sitegen.parse import parse
from sitegen.read import read
from sitegen.read import html, schedule_xml, submission

def most():
    status = pathlib.Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a Linux process begins at the peak of the one that started it
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

parse(read("a.txt", b"x"))
idle = most()
reading = read(sys.argv[1], sys.stdin.buffer.read())
parsed = parse(reading)
codes = [found.code for found in reading.findings + parsed.findings]
json.dump([most() - idle, codes, len(parsed.found)], sys.stdout)
"""


def measured(name: str, data: bytes) -> tuple[int, list[str], int]:
    """Read in a process of its own; return what it needs in bytes, its findings' codes, and how many agreements."""
    done = subprocess.run([sys.executable, "-c", _MEASURE, name], input=data, capture_output=True, check=True)
    most, codes, found = json.loads(done.stdout)
    return most, codes, found


QUICK = ("cells", "attributes", "fields", "persons in a submission", "header", "links", "bare marks")
"""Kinds that are read fast, whatever their size."""


@pytest.mark.parametrize("kind", QUICK)
def test_memory_stays_in_proportion(kind: str) -> None:
    name, make = KINDS[kind]
    data = make(MB).encode()
    most, codes, found = measured(name, data)
    assert codes or found
    assert most < max(TIMES * len(data), FLOOR)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("size", [MB // 3, MB, 4 * MB, LONG])
@pytest.mark.parametrize("kind", KINDS)
def test_all_sizes_are_read_or_refused_in_proportion_and_below_a_gigabyte(kind: str, size: int) -> None:
    name, make = KINDS[kind]
    data = make(size).encode()
    most, codes, found = measured(name, data)
    assert codes or found
    assert most < max(TIMES * len(data), FLOOR)
    assert most < 1000 * MB


@pytest.mark.parametrize("kind", ["many signatures", "many blocks", "signatures in a line", "officers"])
def test_the_dearest_parts_of_an_agreement_fit_the_floor_as_many_as_are_read(kind: str) -> None:
    _, make = KINDS[kind]
    reading = read("a.txt", make(12_000).encode())
    (document,) = reading.documents
    parse(reading)  # fills what is kept of names
    tracemalloc.start()
    (found,) = parse(reading).found
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.agreement.blocks) > 50
    assert peak * bounds.PARTS < FLOOR * len(pieces(lines(document, found.agreement.span)))


def test_persons_of_a_schedule_fit_the_floor_as_many_as_are_read() -> None:
    reading = read("a.xml", persons(40_000).encode())
    parse(reading)
    tracemalloc.start()
    (found,) = parse(reading).found
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak * bounds.FACTS < FLOOR * (len(found.agreement.parties) + len(found.agreement.blocks))


def test_a_schedule_of_too_many_persons_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.parse.schedule.FACTS", 20)
    parsed = parse(read("a.xml", persons(5000).encode()))
    assert parsed.found == ()
    assert [finding.code for finding in parsed.findings] == ["SG202"]
    assert "reporting persons" in parsed.findings[0].message


def test_a_schedule_of_too_many_fields_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.read.schedule_xml._LINES", 20)
    found = read("a.xml", persons(5000).encode())
    assert found.documents == ()
    assert [finding.code for finding in found.findings] == ["SG110"]


def test_running_text_without_end_is_a_finding() -> None:
    parsed = parse(read("a.txt", (AGREEMENT + "as of " * (bounds.RUNNING // 6) + "\n\n/s/ Ada Testperson\n").encode()))
    assert parsed.found == ()
    assert [finding.code for finding in parsed.findings] == ["SG202"]


def test_a_filing_s_header_is_not_copied_without_bound() -> None:
    data = HEADER.replace("</", "A: b\n" * 60_000 + "</") + (DOCUMENT % "x") * 500
    assert sum(len(document.text) for document in read("a.txt", data.encode()).documents) < 20_000_000


def test_an_agreement_of_too_many_signatures_is_a_finding_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.parse.pieces.PARTS", 20)
    parsed = parse(read("a.txt", (AGREEMENT + "/s/ Ada Testperson " * 30).encode()))
    assert parsed.found == ()
    assert [finding.code for finding in parsed.findings] == ["SG202"]
    assert "“JOINT FILING AGREEMENT" in parsed.findings[0].message


def test_an_agreement_too_long_is_a_finding_and_the_next_is_read() -> None:
    text = AGREEMENT + "words of no end\n" * (bounds.LONGEST // 16 + 1) + "/s/ Ada Testperson\n\n"
    parsed = parse(read("a.txt", f"{text}Exhibit 2\n\n{AGREEMENT}/s/ Ada Testperson\n".encode()))
    assert [finding.code for finding in parsed.findings] == ["SG202"]
    assert [one.agreement.parties[0].name.value for one in parsed.found] == ["Ada Testperson"]


def test_agreements_beyond_any_filings_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.parse.AGREEMENTS", 3)
    parsed = parse(read("a.txt", ((AGREEMENT + "/s/ Ada Testperson\n\n") * 5).encode()))
    assert len(parsed.found) == 3
    assert [finding.code for finding in parsed.findings] == ["SG202"]


def test_a_schedule_without_persons_is_read() -> None:
    form = "<submissionType>SCHEDULE 13D</submissionType>"
    (found,) = parse(read("a.xml", f"<?xml version='1.0'?><edgarSubmission>{form}</edgarSubmission>".encode())).found
    assert found.agreement.parties == ()


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "https://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    ],
)
def test_xml_with_entities_is_refused(head: str) -> None:
    found = read("a.xml", f'<?xml version="1.0"?>{head}<edgarSubmission>&b;&a;</edgarSubmission>'.encode())
    assert found.documents == ()
    assert [finding.code for finding in found.findings] == ["SG109"]


def bomb(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """Make a PDF of one page with this compressed content."""
    stream = b"<</Length %d/Filter[%b]>>stream\n%b\nendstream" % (len(content), filters, content)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    return data + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


def test_a_small_pdf_that_swells_is_refused() -> None:
    once = zlib.compressobj(9)
    spaces = b"".join([*(once.compress(b" " * MB) for _ in range(900)), once.flush()])
    twice = bomb(zlib.compress(spaces, 9), b"/FlateDecode/FlateDecode")
    assert len(twice) < 10_000
    assert "MB of memory" in refusal(twice)


def test_a_page_of_millions_of_letters_is_refused() -> None:
    once = zlib.compressobj(9)
    letters = [once.compress(b"BT /F1 10 Tf "), *(once.compress(b"(x)Tj " * MB) for _ in range(16)), once.flush()]
    assert "MB of memory" in refusal(bomb(b"".join(letters)))


def test_text_that_lies_on_itself_is_refused() -> None:
    words = " ".join(f"1 0 0 1 100 {700 - number % 2 * 3} Tm (word{number}) Tj" for number in range(4000))
    assert "characters of text" in refusal(bomb(zlib.compress(f"BT /F1 10 Tf {words} ET".encode())))


def calls(text: str) -> int:
    """Count the calls that reading and parsing take: a measure of time that a busy machine does not change.

    A first reading fills what is kept of names, so that no text profits from another one.
    """
    parse(read("a.txt", text.encode()))
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        parse(read("a.txt", text.encode()))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", [kind for kind, (name, _) in KINDS.items() if name == "a.txt"])
def test_twice_the_text_takes_twice_the_steps(kind: str) -> None:
    _, make = KINDS[kind]
    assert calls(make(24_000)) < 2.1 * calls(make(12_000)) + 2000


def test_parties_and_blocks_of_thousands_take_no_longer_each() -> None:
    def agreement(count: int) -> str:
        names = [f"Quillfeather {'I' * (number % 7 + 1)} {number} Fiction, L.P." for number in range(count)]
        return (
            "JOINT FILING AGREEMENT\n\nThe undersigned agree that the Schedule 13D is filed jointly on behalf of each "
            f"of {', '.join(names[:-1])} and {names[-1]}.\n\n"
            + "".join(f"{name}\n\nBy: /s/ Ada Testperson\nTitle: Manager\n\n\n" for name in names)
        )

    assert calls(agreement(400)) < 2.1 * calls(agreement(200))


def test_lines_longer_than_any_name_are_not_weighed_as_names() -> None:
    long = "QUILL FICTION %d " * 60 % ((0,) * 60) + "\n"
    signed = f"{AGREEMENT}QUILL FICTION, L.P.\nBy: /s/ Ada Testperson\n\n{long * 8}By: /s/ Ada Testperson\n"
    assert calls(signed) < 10 * len(signed)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "filler",
    [
        "(",
        "A, ",
        "a ",
        "_",
        "- ",
        " ",
        "\t",
        "1. ",
        "By: ",
        "/s/ ",
        '("x") ',
        "L.P. ",
        "and ",
        "EXHIBIT ",
        "*",
        "<",
        "x",
    ],
    ids=repr,
)
def test_no_expression_runs_away(filler: str) -> None:
    """Thirty thousand characters of one kind end within the limit, where a square would not."""
    for text in (
        f"{AGREEMENT}{filler * (30_000 // len(filler))}\n\n/s/ Ada Testperson\n",
        f"{filler * (30_000 // len(filler))}{ACT}/s/ Ada Testperson\n",
        f"JOINT FILING AGREEMENT\n\nThe undersigned {filler * (30_000 // len(filler))} {ACT}/s/ Ada Testperson\n",
    ):
        parsed = parse(read("a.txt", text.encode()))
        assert all(one.agreement.span.end <= len(text) for one in parsed.found)


def test_the_repository_s_exhibit_is_far_from_every_bound() -> None:
    path = Path(__file__).parents[1] / "content" / "exhibits" / "hanaro-2003.txt"
    (found,) = parse(read(path.name, path.read_bytes())).found
    span: Span = found.agreement.span
    assert (span.end - span.start) * 100 < bounds.LONGEST
