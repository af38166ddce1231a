"""What fuzzing begins with, and how one input is made from another."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from fuzz.targets import PROJECT, SUFFIXES

SHARED = PROJECT.parent / "shared" / "exhibits" / "raw"
"""Real filings, where they are at hand; what is made from them stays out of this repository."""
_LARGEST = 60_000
_SMALLEST_PDFS = 2

TOKENS = (
    b"JOINT FILING AGREEMENT", b"EXHIBIT 99.1", b"The undersigned hereby agree", b"Schedule 13D", b"Rule 13d-1(k)(1)",
    b"on behalf of each of them", b"by and among", b"IN WITNESS WHEREOF", b"Dated: May 1, 2020", b"CUSIP No. ",
    b"By: ", b"/s/ Ada Testperson", b"Name: Ada Testperson", b"Title: Director", b"Its: ", b"its general partner",
    b", L.P.", b", LLC", b"QUILLFEATHER CAPITAL", b"attorney-in-fact for each of", b"individually and as", b"* ",
    b"for itself and as", b"\n\n", b"\t", b"      ", b"<PAGE>", b"-----", b"____", b"\xc2\xa0", b'("', b'")',
    b"<SEC-DOCUMENT>", b"<SEC-HEADER>", b"</SEC-HEADER>", b"<DOCUMENT>", b"<TYPE>EX-99.1", b"<TEXT>", b"</TEXT>",
    b"</DOCUMENT>", b"<html>", b"<table>", b"<tr>", b"<td colspan=3>", b"<br>", b"&nbsp;", b"&#xD800;", b"&#8217;",
    b"<pre>", b"<p style='display:none'>", b"<?xml version='1.0'?>", b"<!DOCTYPE", b"<edgarSubmission>", b"<![CDATA[",
    b"<reportingPersonName>", b"<signatureDate>", b"%PDF-1.4", b" obj", b"stream\n", b"endstream", b"xref", b"/Kids[",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\x00", b"\x0c",
    b"[[set]]", b"[[suppress]]", b"[[same]]", b"[[different]]", b"[[silence]]", b"[tool.sitegen]", b"names = ",
    b"reason = ", b"by = ", b"date = 2020-01-01", b"[[", b"'''", b"base_url = ", b"\\u0000", b"{a=1}", b" = [[",
)  # fmt: skip
"""Words that the readers look for."""

_WHY = b'reason = "r"\nby = "b"\ndate = 2020-01-01\n'
_USER = (
    b'\x00accession = "0001193125-20-012345"\nfiled = 2020-01-02\nissuer = "Paper, Inc."\nissuer_cik = "12"\n',
    b'\x00edgar_url = "https://sec.example/"\n[ciks]\n"Quill, L.P." = "34"\n',
    b'\x00[[set]]\nfact = "date"\nvalue = "2003-11"\n' + _WHY + b'[[suppress]]\nfact = "block"\nblock = 1\n' + _WHY,
    b'\x00[[set]]\nfact = "signer"\nblock = 2\nvalue = "Ada"\nwas = "Bob"\nagreement = 1\n' + _WHY,
    b'\x01[[same]]\nnames = ["Ada", "Bob"]\n' + _WHY,
    b'\x01[[different]]\nnames = ["Cyd @ one", "Cyd @ two"]\n' + _WHY,
    b'\x01[[kind]]\nname = "Ada"\nkind = "person"\n' + _WHY + b'[[cik]]\nname = "Bob"\ncik = "12"\n' + _WHY,
    b'\x01[[preferred]]\nname = "Cyd"\n' + _WHY,
    b"\x02\x01quill-lp\tquill|lp\t2020-01-01\nink\tink|\t2020-01-02\n",
    b"\x02\x00a-2020\ta|2020\t" + b"0" * 64 + b"\t2020-01-01\na-2020\tb|2020\t" + b"1" * 64 + b"\t2020-01-02\r\n",
    b'\x03title = "T"\nbase_url = "https://t.example/d"\nnoindex = true\ncontent = "content"\noutput = "public"\n',
    b'\x03[[silence]]\nfile = "a.txt"\ncode = "SG401"\nreason = "r"\n',
    b'\x03[tool.sitegen]\ntitle = "T"\ntheme = "dossier"\n',
    *(b"%cx = " % kind + b"[" * 5000 for kind in range(4)),
    b'\x03base_url = "http://["\n',
    b"\x03[tool]\nsitegen = 3\n",
    b'\x03content = "\\u0000"\n',
)

_FILE = (
    b"\x00agree,13D file on behalf each s/Lambert S:Lambert y(1)<br>\xa7y /s/a",
    b"\x00<SEC-DOCUMENT>\nSUBJECT COMPANY:\nCOMPANY CONFORMED NAME:\tINK  CO\n<TEXT>JOINT FILING AGREEMENT\nagree file",
    b"\x00JOINT FILING AGREEMENT\n\nWe agree that the 13D with respect to , Ink Stock of Ink Corp. is filed jointly.\n",
)
"""What once broke a reader or the parser."""

Files = tuple[tuple[str, bytes], ...]
"""Names and bytes of exhibits."""


def files(*, real: bool = True) -> Files:
    """Return the exhibits at hand, small ones first; `real` ones among them only where they are wanted."""
    tests = PROJECT / "tests" / "specimens"
    folders = [tests / "agreements", tests / "formats", PROJECT / "content" / "exhibits"]
    folders += [SHARED] if real and SHARED.is_dir() else []
    places = [place for folder in folders for place in sorted(folder.iterdir())]
    found = [(place.name, place.read_bytes()) for place in places if place.suffix.lower() in {*SUFFIXES, ".pdf"}]
    fit = [(name, data) for name, data in found if len(data) <= _LARGEST or _is_pdf(name)]
    return tuple(sorted(fit, key=lambda one: len(one[1])))


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _is_text(name: str) -> bool:
    return name.lower().endswith((".txt", ".nc"))


def seeds(target: str, given: Files) -> Iterator[bytes]:
    """Yield what a target's corpus begins with."""
    if target == "user":
        yield from _USER
    elif target == "pdf":
        yield from (b"\xff" + _placed(data) for name, data in given if _is_text(name))
        yield from [b"\x00" + data for name, data in given if _is_pdf(name)][:_SMALLEST_PDFS]
    else:
        yield from _FILE
        for name, data in given:
            if not _is_pdf(name):
                yield bytes([SUFFIXES.index(Path(name).suffix.lower())]) + data


def _placed(data: bytes) -> bytes:
    """Write a text's runs of words as `targets.drawn` reads them: where they stand, and what they are."""
    runs = []
    for row, line in enumerate(data.splitlines()):
        if row and row % 60 == 0:
            runs.append(b"")
        for run in re.finditer(rb"\S+(?: {1,2}\S+)*", line):
            place = bytes([min(250, 25 + run.start() * 5 // 2), row % 60 * 4])
            runs.append(place.replace(b"\n", b"\x0b") + run[0])
    return b"\n".join(runs)


class Splicer:
    """Makes an input from another: lines are cut, doubled, swapped, joined, or other files' lines put among them."""

    def __init__(self, given: Files) -> None:
        self._pool = [lines for name, data in given if not _is_pdf(name) and (lines := data.splitlines(keepends=True))]

    def __call__(self, data: bytes, size: int, seed: int) -> bytes:
        """Return an input of at most `size` bytes; the same seed makes the same."""
        chance = random.Random(seed)  # noqa: S311 -- a find must be repeatable, not secret
        head, lines = data[:1] or b"\x00", data[1:].splitlines(keepends=True) or [b"\n"]
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(lines))
            end = min(len(lines), start + chance.choice((1, 1, 2, 4, 8, 40)))
            other = chance.choice(self._pool)
            there = chance.randrange(len(other))
            edit = chance.choice(_EDITS)
            lines[start:end] = edit(lines[start:end], other[there : there + chance.choice((1, 2, 5, 20))], chance)
            lines = lines or [b"\n"]
        return (head + b"".join(lines))[:size]


Edit = Callable[[list[bytes], list[bytes], random.Random], list[bytes]]
"""Takes lines of the input, lines of another file and chance; returns what stands in their place."""


def _cut(lines: list[bytes], _: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(len(lines[0]) + 1)
    return [lines[0][:at]] if chance.random() < 0.5 else [lines[0][:at] + b"\n", lines[0][at:], *lines[1:]]


def _beside(lines: list[bytes], other: list[bytes], _: random.Random) -> list[bytes]:
    """Print the other lines in a second column."""
    return [
        one.rstrip(b"\r\n").ljust(45) + b"  " + two.lstrip() for one, two in zip_longest(lines, other, fillvalue=b"")
    ]


def _word(lines: list[bytes], _: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(len(lines[0]) + 1)
    return [lines[0][:at] + chance.choice(TOKENS) + lines[0][at:], *lines[1:]]


_EDITS: tuple[Edit, ...] = (
    lambda *_: [],
    lambda _, other, __: other,
    lambda lines, other, _: [*lines, *other],
    lambda lines, _, chance: lines * chance.choice((2, 2, 3, 50)),
    lambda lines, *_: lines[::-1],
    lambda lines, *_: [b" ".join(line.strip() for line in lines) + b"\n"],
    lambda lines, *_: [line.upper() for line in lines],
    lambda lines, *_: [line.strip() + b"\n\n" for line in lines],
    lambda lines, _, chance: [b" " * chance.choice((4, 32)) + line for line in lines],
    _cut,
    _beside,
    _word,
)
