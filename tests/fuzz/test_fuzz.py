"""Fuzzing in short: a fixed number of inputs from a fixed seed. `fuzz/run.py` goes on for as long as it is told."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.seeds import seeds
from fuzz.targets import TARGETS

RUN = Path(__file__).with_name("run.py")
SEED = 20261123
RUNS = {"file": 150, "splice": 100, "pdf": 60, "user": 3000}
HOUR = 3600
needs_atheris = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris has no wheel for this system"
)


def fuzz(target: str, corpus: Path, *options: str) -> str:
    """Run a target and return the fuzzer's report; a law that is broken fails the test with what broke it."""
    words = [sys.executable, str(RUN), target, "--corpus", str(corpus), f"-seed={SEED}", *options]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-6000:]
    return done.stderr


@pytest.mark.parametrize("target", ["user", "file"])
def test_what_once_broke_a_law_keeps_it_now(target: str) -> None:
    for data in seeds(target, ()):
        TARGETS[target](data)


@needs_atheris
@pytest.mark.parametrize("target", TARGETS)
def test_a_first_handful_of_inputs_keeps_every_law(target: str, tmp_path: Path) -> None:
    report = fuzz(target, tmp_path / "corpus", f"-runs={RUNS[target]}", "-max_len=2000", "--few")
    assert f"Done {RUNS[target]}" in report


@needs_atheris
@pytest.mark.long
@pytest.mark.timeout(2 * HOUR)
@pytest.mark.parametrize("target", TARGETS)
def test_a_long_run_keeps_every_law(target: str, tmp_path: Path) -> None:
    seconds = int(os.environ.get("SITEGEN_FUZZ_SECONDS", HOUR // 4))
    fuzz(target, tmp_path / "corpus", f"-max_total_time={seconds}", "-max_len=8000", "-seed=0")
