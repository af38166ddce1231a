"""Front matter: settings between two lines of `---` at the head of a Markdown file, one `name: value` a line."""

import difflib
from collections.abc import Sequence

import msgspec

_FENCE = "---"


class Fault(msgspec.Struct, frozen=True):
    """A line that is no setting."""

    line: int
    message: str


class FrontMatter(msgspec.Struct, frozen=True):
    """A Markdown file in two parts."""

    settings: dict[str, str]
    lines: dict[str, int]
    """Where each setting stands, from 1."""
    body: str
    """Markdown."""
    above: int
    """Lines of the file above the body."""
    faults: tuple[Fault, ...]


def front_matter(text: str, known: Sequence[str]) -> FrontMatter:
    """Part a file's text; a file that does not begin with `---` is all body."""
    if not text.startswith(_FENCE + "\n"):
        return FrontMatter({}, {}, text, 0, ())
    rows = text.split("\n")
    if _FENCE not in rows[1:]:
        fault = Fault(1, "the front matter has no closing line of ---.")
        return FrontMatter({}, {}, text, 0, (fault,))
    end = rows.index(_FENCE, 1)
    settings, lines, faults = {}, {}, []
    for number, row in enumerate(rows[1:end], 2):
        name, colon, value = row.partition(":")
        name = name.strip()
        if name in known and colon:
            settings[name], lines[name] = value.strip().strip("\"'"), number
        elif row.strip():
            near = difflib.get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(known)}."
            faults.append(Fault(number, f"unknown setting {name!r}; {meant}"))
    return FrontMatter(settings, lines, "\n".join(rows[end + 1 :]), end + 1, tuple(faults))
