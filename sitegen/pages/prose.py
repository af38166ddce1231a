"""Sentences with links in them, as data: a tuple of runs."""

import msgspec


class Run(msgspec.Struct, frozen=True):
    """A piece of a sentence; without an address, plain words."""

    text: str
    to: str = ""
    """Address below the site's root: `parties/x/index.html#p1`."""
    href: str = ""
    """Address as it stands: a fragment of the same page, or another site."""
    style: str = ""
    """`doc` for words of the document, `none` for an absence, `tag` for a small label."""


Prose = tuple[Run, ...]


def prose(*parts: Run | str) -> Prose:
    """Make a sentence of words and links."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part)


def ended(*parts: Run | str) -> Prose:
    """Make a sentence with one full stop at its end, also after a name that ends in one."""
    sentence = prose(*parts)
    return sentence if plain(sentence).endswith(".") else (*sentence, Run("."))


def joined(runs: Prose, last: str = " and ") -> Prose:
    """Join runs as a list in a sentence: A, B and C."""
    out: list[Run] = []
    for index, run in enumerate(runs):
        if index:
            out.append(Run(last if index == len(runs) - 1 else ", "))
        out.append(run)
    return tuple(out)


def plain(sentence: Prose) -> str:
    """Return a sentence's words alone."""
    return "".join(run.text for run in sentence)
