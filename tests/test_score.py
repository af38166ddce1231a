"""The score over real filings, which are no part of this project: `tools/score.py` against hand-read truth."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.agreement import Agreement, SignatureBlock
from sitegen.model.text import Fact, Lines, SourceDocument, Span
from sitegen.parse import parse
from sitegen.read import read

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_RAW = _SHARED / "exhibits" / "raw"
_GLOBS = ("*.txt", "*.nc", "*.html", "*.xml")
_FLOORS = {
    "agreement": 1.0, "date": 1.0, "issuer": 1.0, "schedule": 1.0, "party": 1.0, "kind": 1.0, "alias": 0.987,
    "signature": 1.0, "chain": 1.0, "capacity": 1.0, "title": 1.0, "attorney": 1.0, "evidence": 1.0,
}  # fmt: skip
"""F1 of each field: what is reached. Raised, never lowered."""


@pytest.mark.skipif(not _RAW.is_dir(), reason=f"the real filings are not here: {_RAW} is absent")
def test_score_of_real_filings(tmp_path: Path) -> None:
    number = 0
    for path in sorted(file for glob in _GLOBS for file in _RAW.glob(glob)):
        for found in parse(read(path.name, path.read_bytes())).found:
            number += 1
            folder = tmp_path / "agreements" / str(number)
            folder.mkdir(parents=True)
            twin = json.dumps(_twin(path.name, found.document, found.agreement))
            (folder / "index.json").write_text(twin, encoding="utf-8")
            (folder / "source.txt").write_text(found.document.text, encoding="utf-8", errors="replace")
    only = [argument for glob in _GLOBS for argument in ("--only", glob)]
    floors = [argument for field, floor in _FLOORS.items() for argument in ("--min", f"{field}={floor}")]
    command = [sys.executable, str(_SHARED / "tools" / "score.py"), str(_SHARED / "exhibits" / "truth"), str(tmp_path)]
    done = subprocess.run([*command, *only, *floors, "--misses"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _twin(name: str, document: SourceDocument, agreement: Agreement) -> dict[str, Any]:
    """The fields of a dossier's data twin that are scored."""
    lines = Lines(document.text)
    return {
        "schema": "sitegen/agreement/1",
        "source": {"path": name},
        "date": _value(agreement.date),
        "issuer": agreement.issuer and {"name": agreement.issuer.name.value},
        "schedule": _value(agreement.schedule),
        "parties": [
            {
                "name": party.name.value,
                "kind": party.kind,
                "aliases": [alias.value for alias in party.aliases],
                "lines": _lines(lines, party.name.span),
            }
            for party in agreement.parties
        ],
        "signature_blocks": [_block(lines, agreement, block) for block in agreement.blocks],
    }


def _block(lines: Lines, agreement: Agreement, block: SignatureBlock) -> dict[str, Any]:
    return {
        "party": _name(agreement, block.party, block.printed),
        "chain": [
            {
                "name": _name(agreement, link.party, link.name),
                "printed": link.name.value,
                "capacity": _value(link.capacity),
                "lines": _lines(lines, link.name.span),
            }
            for link in block.chain
        ],
        "signer": _value(block.signer),
        "title": _value(block.title),
        "attorney_in_fact": block.attorney is not None,
        "lines": _lines(lines, block.span),
    }


def _name(agreement: Agreement, party: int | None, printed: Fact) -> str:
    return printed.value if party is None else agreement.parties[party].name.value


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _lines(lines: Lines, span: Span) -> list[int]:
    return list(lines.range(span))
