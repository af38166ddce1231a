"""Cases kept as documents: one Markdown file holds many.

A case begins with a second-level heading, its title. Fenced blocks belong to it: the input, whose info string says
what it is (`text`, `html`, `submission`, with an optional name: `text a.txt`), and what is expected (`expect`), one
`key: value` a line; a key may stand on several lines, its values then in that order. A key without a value says
that nothing is to be found. All other Markdown is for the reader.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    title: str
    place: str
    inputs: tuple[tuple[str, str], ...]
    """Info string and text of each block that is not `expect`."""
    expected: dict[str, list[str]]

    @property
    def text(self) -> str:
        return self.inputs[0][1]


def cases(folder: str) -> list[Case]:
    """Read all cases of the Markdown files below a folder of `tests/cases`."""
    return [case for path in sorted((CASES / folder).rglob("*.md")) for case in read_cases(path)]


def read_cases(path: Path) -> Iterator[Case]:
    title, at, inputs, expected = "", 0, [], {}
    lines = iter(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        if line.startswith("## "):
            if title:
                yield _case(path, title, at, inputs, expected)
            title, at, inputs, expected = line[3:].strip(), number, [], {}
        elif line.startswith("```"):
            fence = line[: len(line) - len(line.lstrip("`"))]
            info = line[len(fence) :].strip()
            body = []
            for _, inner in lines:
                if inner.rstrip() == fence:
                    break
                body.append(inner)
            if info == "expect":
                for fact in body:
                    key, _, value = fact.partition(":")
                    expected.setdefault(key.strip(), []).extend([value.strip()] if value.strip() else [])
            else:
                inputs.append((info, "\n".join(body) + "\n"))
    if title:
        yield _case(path, title, at, inputs, expected)


def _case(path: Path, title: str, at: int, inputs: list[tuple[str, str]], expected: dict[str, list[str]]) -> Case:
    place = f"{path.relative_to(CASES)}:{at}"
    if not inputs or not expected:
        raise ValueError(f"{place}: the case {title!r} needs an input and what is expected")
    return Case(title, place, tuple(inputs), expected)
