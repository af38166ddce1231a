"""Fuzz one target, guided by what it covers:

    python tests/fuzz/run.py TARGET [--corpus FOLDER] [--few] [OPTION OF LIBFUZZER ...]

The corpus is kept in the user's cache folder unless `--corpus` names another. Needs atheris, which has wheels for
Linux on x86-64 alone. An input that breaks a law is written there too, and named in the last lines.
"""

import argparse
import os
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(1, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["sitegen"]):
    from fuzz.targets import TARGETS

    import sitegen.parse.agreement
    import sitegen.parse.schedule
    import sitegen.read.article
    import sitegen.read.html
    import sitegen.read.pdf
    import sitegen.read.plain
    import sitegen.read.schedule_xml
    import sitegen.read.submission  # noqa: F401 -- a format's reader is imported when first used

from fuzz.seeds import TOKENS, Splicer, files, seeds

_FEW = 60
_MEMORY_MB = 1024
_SECONDS = 120
"""Of wall time, for what never comes back; what comes back late is held to its CPU."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz one target.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--few", action="store_true", help="begin with the smallest invented exhibits alone")
    given, options = parser.parse_known_args()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    corpus: Path = given.corpus or cache / "sitegen-fuzz" / given.target
    begin = files(real=False)[:_FEW] if given.few else files()
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(given.target, begin)):
        (corpus / f"seed-{number}").write_bytes(data)
    words = [
        sys.argv[0], f"-dict={_dictionary(corpus)}", f"-artifact_prefix={corpus.parent}/{given.target}-",
        f"-rss_limit_mb={_MEMORY_MB}", f"-timeout={_SECONDS}", *options, str(corpus),
    ]  # fmt: skip
    spliced = Splicer(begin)

    def mutated(data: bytes, size: int, seed: int) -> bytes:
        return bytes(atheris.Mutate(data, size)) if seed % 8 == 0 else spliced(data, size, seed)

    atheris.Setup(words, TARGETS[given.target], **({"custom_mutator": mutated} if given.target == "splice" else {}))
    atheris.Fuzz()


def _dictionary(corpus: Path) -> Path:
    place = corpus.parent / "words.dict"
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
    place.write_text("".join(f'"{line}"\n' for line in lines))
    return place


if __name__ == "__main__":
    main()
