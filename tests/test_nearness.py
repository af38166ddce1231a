"""A large site opens each dossier a few times, for all pages that show it; in which order changes none of them."""

from collections import Counter
from pathlib import Path

import corpus
import pytest
from test_incremental import tree

from sitegen import publish
from sitegen.build import build
from sitegen.catalogue import catalogue
from sitegen.config import load

AGREEMENTS, KEPT = 60, 32


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each dossier is read from the catalogue, of which few are kept."""
    times: Counter[str] = Counter()
    read = catalogue.Catalogue._dossier

    def counted(self: catalogue.Catalogue, slug: str) -> object:
        times[slug] += 1
        return read(self, slug)

    monkeypatch.setattr(catalogue.Catalogue, "_dossier", counted)
    monkeypatch.setattr(catalogue, "DOSSIERS_KEPT", KEPT)
    return times


def built(root: Path) -> dict[str, str]:
    corpus.write(root / "content", AGREEMENTS)
    build(load(root, jobs=1))
    return tree(root / "public")


def test_pages_of_the_same_agreements_are_made_together(
    tmp_path: Path, opened: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_kind = built(tmp_path / "by-kind")
    before = opened.total()
    opened.clear()
    monkeypatch.setattr(publish, "DOSSIERS_KEPT", KEPT)
    together = built(tmp_path / "together")
    assert opened.total() < 3 * AGREEMENTS < before
    assert together == by_kind
