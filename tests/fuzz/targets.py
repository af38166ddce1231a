"""What is fuzzed: every reader, the parser, and the files that a user writes. A target takes any bytes and returns.

What it may raise is `AssertionError`, from a law that is broken; any other exception is a fault of sitegen's.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fuzz import laws
from pdfs import Words, pdf

from sitegen.config import load
from sitegen.content import KINDS
from sitegen.identity.decisions import DecisionError, Decisions, appended, decided_pairs, parse_decisions
from sitegen.identity.ledger import Ledger, LedgerError, Wish, format_rows, losses, parse_ledger
from sitegen.model.failure import UsageError
from sitegen.model.text import Span
from sitegen.parse import parse
from sitegen.parse.sidecar import apply, read_sidecar
from sitegen.read import read

SUFFIXES = (".txt", ".nc", ".htm", ".html", ".xml")
PROJECT = Path(__file__).parents[2]
EXHIBIT = PROJECT / "content" / "exhibits" / "hanaro-2003.txt"
_PARSED = parse(read(EXHIBIT.name, EXHIBIT.read_bytes())).found[0]
_SITE = Path(tempfile.mkdtemp(prefix="sitegen-fuzz-"))
_NAMES = {f"{word.lower()}|": word for word in ("Ada", "Bob", "Cyd")}


def file(data: bytes) -> None:
    """A file of any ending but PDF's: its first byte chooses the ending, the others are the file."""
    laws.keep(f"specimen{SUFFIXES[data[0] % len(SUFFIXES)] if data else '.txt'}", data[1:])


def portable(data: bytes) -> None:
    """A PDF: the first byte says whether the others are its bytes, or words and places that are printed as one."""
    body = data[1:]
    laws.keep("specimen.pdf", pdf(*drawn(body)) if data[:1] > b"\x40" else body)


def drawn(data: bytes) -> list[Words]:
    """Take lines for runs of words: two bytes for the place, then the words; an empty line ends the page."""
    pages: list[Words] = [[]]
    for line in data.split(b"\n"):
        if line[2:]:
            pages[-1].append((line[2:].decode("latin-1").replace("\r", " "), line[0] * 2, 760 - line[1] * 3))
        else:
            pages.append([])
    return pages


def user(data: bytes) -> None:
    """A file that a user writes; the first byte says which."""
    with laws.in_time(len(data)):
        _USER[data[0] % len(_USER) if data else 0](data[1:])


def _sidecar(data: bytes) -> None:
    sidecar, findings = read_sidecar("specimen.txt.toml", data)
    assert not findings or all(finding.code == "SG321" for finding in findings)
    document, agreement = apply(sidecar, _PARSED.document, _PARSED.agreement, 0, 1)
    apply(sidecar, _PARSED.document, _PARSED.agreement, 1, 2)
    assert document.text == _PARSED.document.text
    assert all(finding.span is None or finding.span >= Span(0, 0) for finding in agreement.findings)


def _decisions(data: bytes) -> None:
    try:
        text = data.decode("utf-8")
        made = parse_decisions(text, "identities.toml")
        made.check_known(_NAMES | {name.key: name.name for entry in made.entries for name in entry.names}, ())
    except (UnicodeDecodeError, DecisionError):
        return
    assert all(made.identity(one) == one for one in made.split)
    list(decided_pairs(made))
    for entry in made.of("same"):
        again = parse_decisions(appended("", entry), "identities.toml")
        assert again.spellings.keys() <= Decisions([entry]).spellings.keys()


def _ledger(data: bytes) -> None:
    text = data[1:].decode("utf-8", "backslashreplace")
    kind = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
    try:
        ledger = parse_ledger(kind, text, f"{kind}.tsv")
    except LedgerError:
        return
    again = parse_ledger(kind, format_rows(kind, ledger.rows), f"{kind}.tsv")
    assert again.addresses() == ledger.addresses()
    assert not list(losses(ledger, again))
    for row in ledger.rows[:20]:
        slug = again.assign(Wish(row.key, row.slug, "0" * 64), "2030-01-01")
        assert again.holder(slug) == row.key
    assert not list(losses(ledger, again)), "a new address took an old one away"
    assert list(losses(ledger, Ledger(kind))) or not ledger.rows


def _settings(data: bytes) -> None:
    (_SITE / "content").mkdir(exist_ok=True)
    named, other = ("pyproject.toml", "sitegen.toml") if data[:1] == b"[" else ("sitegen.toml", "pyproject.toml")
    (_SITE / other).unlink(missing_ok=True)
    (_SITE / named).write_bytes(data)
    with suppress(UsageError):
        load(_SITE)


_USER = (_sidecar, _decisions, _ledger, _settings)

TARGETS: dict[str, Callable[[bytes], None]] = {"file": file, "splice": file, "pdf": portable, "user": user}
"""By name. `splice` is `file` given other bytes: real and specimen files whose lines are cut and joined."""
