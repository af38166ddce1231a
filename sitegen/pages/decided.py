"""What people decided about a name, as its pages show it, and what they are asked to decide."""

import shlex

import msgspec

from sitegen.catalogue.records import ProposedPair
from sitegen.identity.decisions import Decision, Reference
from sitegen.pages.prose import Run
from sitegen.pages.wording import date_words, listing, quoted


class Decided(msgspec.Struct, frozen=True):
    """A decision: the editor's words, never the exhibit's."""

    words: str
    """What was decided."""
    reason: str
    signed: str
    """Who decided, and when."""


class ProposalRow(msgspec.Struct, frozen=True):
    """Two names that could be one."""

    one: Run
    other: Run
    reason: str
    """What differs: `one word is spelled differently: “quil”, “quill”`."""
    accept: str
    """The command that makes them one."""
    separate: str
    """The command that says they are not."""


def decided(decisions: tuple[Decision, ...]) -> tuple[Decided, ...]:
    """Show the decisions about a name."""
    return tuple(Decided(_words(entry), entry.reason, f"{entry.by}, {date_words(entry.date)}") for entry in decisions)


def _words(entry: Decision) -> str:
    names = [_named(name) for name in entry.names]
    return {
        "same": f"{listing(names)} are one.",
        "different": f"{listing(names)} are not the same.",
        "kind": f"{names[0]} is {'an individual' if entry.value == 'person' else 'a company or other entity'}.",
        "preferred": f"The name is shown as {names[0]}.",
        "cik": f"{names[0]} has the CIK {entry.value}.",
    }[entry.kind]


def _named(name: Reference) -> str:
    return f"{quoted(name.name)} in {name.agreement}" if name.agreement else quoted(name.name)


def proposal_row(pair: ProposedPair) -> ProposalRow:
    """Show a pair of names with the commands that decide on it."""
    differing = [quoted(word) for word in (pair.one_word, pair.other_word) if word]
    names = shlex.join([pair.one.name, pair.other.name])
    return ProposalRow(
        one=Run(pair.one.name, to=f"{pair.one.section}/{pair.one.slug}/index.html"),
        other=Run(pair.other.name, to=f"{pair.other.section}/{pair.other.slug}/index.html"),
        reason=f"{pair.reason[:1].upper()}{pair.reason[1:]}: {listing(differing)}.",
        accept=f"sitegen accept {names} --reason 'why'",
        separate=f"sitegen separate {names} --reason 'why'",
    )
