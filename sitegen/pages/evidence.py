"""From places in a text to what a reader can follow: chips, links and excerpts."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from sitegen.catalogue.records import Dossier, NameRef
from sitegen.model.agreement import SignatureBlock
from sitegen.model.name import fold_space
from sitegen.model.text import Basis, Fact, Span
from sitegen.pages.prose import Prose, Run


class Kind(msgspec.Struct, frozen=True):
    """How a fact is known (its mark has a word, a glyph, an edge and a slant of its own)."""

    key: str
    word: str


STATED = Kind("st", "Stated")
SIGNED = Kind("sg", "From signature")
INFERRED = Kind("in", "Inferred")
EDITOR = Kind("ed", "Editor’s")


class Chip(msgspec.Struct, frozen=True):
    """A link to one line or a range of lines of the source."""

    label: str
    """`L105` or `L9–10`."""
    to: str


class Row(msgspec.Struct, frozen=True):
    """A labelled fact with the way it is known and its lines."""

    label: str
    value: Prose
    small: Prose = ()
    """A remark below the value: for an inferred fact, the rule."""
    kind: Kind | None = None
    chips: tuple[Chip, ...] = ()
    more: str = ""
    """`and 3 more places`."""


class Line(msgspec.Struct, frozen=True):
    """A line of an excerpt."""

    number: str
    to: str
    indent: str
    """Leading blanks, kept apart so that a narrow screen can draw them smaller."""
    runs: Prose
    """Words; style `b` marks what the page is about."""


class Passage(msgspec.Struct, frozen=True):
    """Lines that follow one another."""

    lines: tuple[Line, ...]


def fact_kind(fact: Fact) -> Kind:
    """Return how a plain fact is known: said by the document, or by the editor."""
    return EDITOR if fact.basis == Basis.EDITOR else STATED


def spans_in(value: object) -> set[Span]:
    """Return every place that a value of the model points to."""
    found: set[Span] = set()
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, Span):
            found.add(one)
        elif isinstance(one, tuple):
            todo += one
        elif isinstance(one, msgspec.Struct):
            todo += msgspec.structs.astuple(one)
    return found


def joint(spans: Iterable[Span]) -> Span | None:
    """Return the span from the first to the last place; None when there is none."""
    places = list(spans)
    return Span(min(p.start for p in places), max(p.end for p in places)) if places else None


def signature_span(block: SignatureBlock) -> Span | None:
    """Return the place of a block's mark, printed name and title."""
    facts = (block.mark, block.signer, block.title, block.attorney)
    return joint(fact.span for fact in facts if fact is not None and fact.basis != Basis.EDITOR)


def name_link(ref: NameRef | None, text: str) -> Run:
    """Link a printed name to its page, and to the person meant on it; plain words where there is no page."""
    if ref is None:
        return Run(text, style="doc")
    fragment = f"#{ref.person}" if ref.person else ""
    return Run(text, to=f"{ref.section}/{ref.slug}/index.html{fragment}", style="doc")


def range_label(first: int, last: int) -> str:
    """Write a range of lines: `105`, `9–10`."""
    return f"{first}" if first == last else f"{first}–{last}"


def range_anchor(first: int, last: int) -> str:
    """Write the fragment of a range of lines: `L105`, `L103-L111`."""
    return f"L{first}" if first == last else f"L{first}-L{last}"


@lru_cache(maxsize=64)
def evidence_of(dossier: Dossier) -> "Evidence":
    """Return what pages cite of a dossier, made once for all that cite it."""
    return Evidence(dossier)


class Evidence:
    """What pages cite of one dossier: its places as chips, each made once, its names as links."""

    __slots__ = ("_chips", "agreement", "dossier", "lines", "root", "source", "text")

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.agreement = dossier.agreement
        self.text = dossier.text
        self.lines = dossier.lines
        self._chips: dict[Span, Chip] = {}
        self.root = f"agreements/{dossier.ref.slug}/"
        self.source = f"{self.root}source/index.html"

    def words(self, span: Span) -> str:
        """Return the printed words of a place, white space folded."""
        return fold_space(self.text[span.start : span.end])

    def chip(self, span: Span) -> Chip:
        """Return the chip of a place."""
        chip = self._chips.get(span)
        if chip is None:
            chip = self._chips[span] = self.range_chip(*self.lines.range(span))
        return chip

    def range_chip(self, first: int, last: int) -> Chip:
        """Return the chip of a range of lines."""
        return Chip(f"L{range_label(first, last)}", f"{self.source}#{range_anchor(first, last)}")

    def chips(self, *spans: Span | None) -> tuple[Chip, ...]:
        """Return the chips of places, each once, in the order given."""
        return tuple(dict.fromkeys(self.chip(span) for span in spans if span is not None))

    def fact_chips(self, *facts: Fact | None) -> tuple[Chip, ...]:
        """Return the chips of facts that the document says; an editor's fact has no line."""
        return self.chips(*(fact.span for fact in facts if fact and fact.basis != Basis.EDITOR))

    def party(self, index: int) -> Run:
        """Link a party by the name that the agreement first gives it."""
        return name_link(self.dossier.parties[index], self.agreement.parties[index].name.value)

    def signer(self, block: int) -> Run | None:
        """Link a block's signer by the printed name."""
        fact = self.agreement.blocks[block].signer
        return name_link(self.dossier.signers[block], fact.value) if fact else None

    def block_of(self, number: int) -> str:
        """Return the address of a block in the dossier."""
        return f"{self.root}index.html#b{number + 1}"

    def for_whom(self, block: int) -> Run:
        """Link the party that a block signs for, or give the name it prints."""
        found = self.agreement.blocks[block]
        return self.party(found.party) if found.party is not None else Run(found.printed.value, style="doc")

    def blocks_of(self, party: int) -> tuple[int, ...]:
        """Return the indices of the blocks that sign for a party."""
        return tuple(i for i, block in enumerate(self.agreement.blocks) if block.party == party)

    def passages(self, spans: Iterable[Span], name: str, limit: int) -> tuple[tuple[Passage, ...], int]:
        """Return the lines of places as excerpts, joined where they touch, a name in bold; and how many are left."""
        ranges: list[tuple[int, int]] = []
        for first, last in sorted(self.lines.range(span) for span in spans):
            if ranges and first <= ranges[-1][1] + 1:
                ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
            else:
                ranges.append((first, last))
        shown = tuple(
            Passage(tuple(self.line(number, name) for number in range(first, last + 1)))
            for first, last in ranges[:limit]
        )
        return shown, len(ranges) - len(shown)

    def line(self, number: int, name: str = "") -> Line:
        """Return one line of the source, a name in it in bold."""
        text = self.lines.get(number)
        body = text.lstrip(" ")
        return Line(str(number), f"{self.source}#L{number}", text[: len(text) - len(body)], _emphasised(body, name))


def _emphasised(text: str, name: str) -> Prose:
    folded = text.casefold() if name else ""
    at = folded.find(name.casefold()) if name else -1
    if at < 0 or len(folded) != len(text):
        return (Run(text),) if text else ()
    runs = (Run(text[:at]), Run(text[at : at + len(name)], style="b"), Run(text[at + len(name) :]))
    return tuple(run for run in runs if run.text)
