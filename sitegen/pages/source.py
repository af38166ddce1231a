"""The source text: every line numbered, names linked, and in the margin what was read from each line."""

from collections.abc import Iterator

import msgspec

from sitegen.model.text import Basis, Fact, Span
from sitegen.pages.agreement import UNREAD, source_remark
from sitegen.pages.evidence import (
    SIGNED,
    STATED,
    Evidence,
    Kind,
    evidence_of,
    name_link,
    range_anchor,
    range_label,
    signature_span,
    spans_in,
)
from sitegen.pages.facts import parties_span
from sitegen.pages.frame import (
    HOME,
    SECTIONS,
    Head,
    agreement_label,
    agreement_link,
    agreement_name,
    agreement_noun,
    head,
)
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count, date_words

_WHOLE = 4000
"""A text of at most so many lines is shown whole."""
_AROUND = 100
"""Of a longer one, the agreement and so many lines around each fact."""


class Remark(msgspec.Struct, frozen=True):
    """What was read from a line, and where it stands in the dossier."""

    kind: Kind
    text: str
    to: str


class SourceLine(msgspec.Struct, frozen=True):
    """One line; `skipped` lines stand before it unshown."""

    number: int
    indent: str
    runs: Prose
    remarks: tuple[Remark, ...]
    ranges: tuple[str, ...]
    """Anchors of ranges that begin here."""
    page: int
    """Number of the page that begins here; 0 elsewhere."""
    skipped: int


class SourceView(msgspec.Struct, frozen=True):
    """The text of the document that holds the agreement."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    jumps: tuple[tuple[str, str], ...]
    """Places to jump to: words and line anchor."""
    plain: Run
    lines: tuple[SourceLine, ...]
    total: int
    rest: int
    """Lines after the last one shown."""


def view(site: Site, key: str) -> SourceView:
    """Build the source page of one agreement."""
    evidence = evidence_of(site.catalogue.dossier(key))
    ref = evidence.dossier.ref
    lines = _lines(evidence)
    total = len(evidence.lines)
    page = head(
        site,
        evidence.source,
        f"Source text: {agreement_label(ref)}",
        f"{count(total, 'line')} of the {agreement_noun(ref)} of {agreement_label(ref)}, "
        "numbered, with a note beside each line that a fact was read from.",
        section="agreements",
        crumbs=(HOME, SECTIONS["agreements"], agreement_link(ref, agreement_label(ref)), Run("Source text")),
    )
    noun = agreement_noun(ref)
    dated = f" of {date_words(ref.date)}. " if ref.date else ". "
    return SourceView(
        head=page,
        side=("Source", count(total, "line")),
        h1=f"Source text: {agreement_name(ref)}",
        lede=prose(
            "The text of the ",
            agreement_link(ref, noun),
            dated,
            source_remark(evidence),
            " Names link to their pages; the margin says what was read from each line.",
        ),
        jumps=_jumps(evidence),
        plain=Run("Plain text", to=f"{evidence.root}source.txt"),
        lines=lines,
        total=total,
        rest=total - lines[-1].number if lines else 0,
    )


def _jumps(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    said = evidence.agreement
    places = (
        ("Parties", parties_span(evidence)),
        ("Clauses", said.clauses[0].text.span if said.clauses else None),
        ("Signatures", said.blocks[0].span if said.blocks else None),
    )
    return tuple((words, f"L{evidence.lines.number(span.start)}") for words, span in places if span)


def _lines(evidence: Evidence) -> tuple[SourceLine, ...]:
    links = _links(evidence)
    remarks = _remarks(evidence)
    ranges = _ranges(evidence)
    shown = _shown(evidence, ranges)
    out = []
    page, before = 1, 0
    for number in range(1, len(evidence.lines) + 1):
        span = evidence.lines.span(number)
        text = evidence.text[span.start : span.end]
        breaks = "\f" in text or text.strip().upper() == "<PAGE>"
        page += breaks
        if number not in shown:
            continue
        body = text.lstrip(" ")
        indent = len(text) - len(body)
        out.append(
            SourceLine(
                number=number,
                indent=text[:indent],
                runs=_runs(text, indent, links.get(number, ())),
                remarks=tuple(remarks.get(number, ())),
                ranges=tuple(range_anchor(first, last) for first, last in ranges.get(number, ())),
                page=page if breaks else 0,
                skipped=number - before - 1,
            )
        )
        before = number
    return tuple(out)


def _ranges(evidence: Evidence) -> dict[int, list[tuple[int, int]]]:
    """Return all ranges that a page may link to, by first line: a browser without script needs their anchors."""
    dossier, said = evidence.dossier, evidence.agreement
    facts = msgspec.structs.replace(said, read=())
    spans = spans_in((facts, dossier.filing, dossier.acting, dossier.findings))
    spans |= {span for block in said.blocks if (span := signature_span(block))}
    if whole := parties_span(evidence):
        spans.add(whole)
    found = {evidence.lines.range(span) for span in spans} | set(dossier.unread[:UNREAD])
    ranges: dict[int, list[tuple[int, int]]] = {}
    for first, last in sorted(found):
        if first != last:
            ranges.setdefault(first, []).append((first, last))
    return ranges


def _shown(evidence: Evidence, ranges: dict[int, list[tuple[int, int]]]) -> range | set[int]:
    total = len(evidence.lines)
    if total <= _WHOLE:
        return range(1, total + 1)
    dossier = evidence.dossier
    read = msgspec.structs.replace(evidence.agreement, read=())
    facts = {evidence.lines.number(span.start) for span in spans_in((read, dossier.filing))}
    facts |= {line for place in dossier.unread[:UNREAD] for line in place}
    first, last = evidence.lines.range(evidence.agreement.span)
    shown = set(range(first, min(last, first + _WHOLE) + 1)).union(
        *(range(max(1, number - _AROUND), min(total, number + _AROUND) + 1) for number in facts | ranges.keys())
    )
    return shown | set(range(1, _AROUND))


def _linked(evidence: Evidence) -> Iterator[tuple[Span, str]]:
    """Yield every printed name that has a page, with the page's address."""
    dossier, said = evidence.dossier, evidence.agreement
    for index, party in enumerate(said.parties):
        yield party.name.span, evidence.party(index).to
    for index, block in enumerate(said.blocks):
        if block.party is not None:
            yield block.printed.span, evidence.party(block.party).to
        for place, link in enumerate(block.chain):
            yield link.name.span, name_link(dossier.chains[index][place], "").to
        for fact in (block.mark, block.signer):
            if fact is not None:
                yield fact.span, name_link(dossier.signers[index], "").to
    if said.issuer is not None:
        yield said.issuer.name.span, name_link(dossier.issuer, "").to


def _links(evidence: Evidence) -> dict[int, list[tuple[int, int, str]]]:
    """Return the linked stretches of each line: start and end column, address. Of two that overlap the first stands."""
    lines: dict[int, list[tuple[int, int, str]]] = {}
    free = 0
    for span, to in sorted(_linked(evidence)):
        if not to or span.start < free or span.end <= span.start:
            continue
        free = span.end
        first, last = evidence.lines.range(span)
        for number in range(first, last + 1):
            line = evidence.lines.span(number)
            start, end = max(span.start, line.start), min(span.end, line.end)
            words = evidence.text[start:end]
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            if start < end:
                lines.setdefault(number, []).append((start - line.start, end - line.start, to))
    return lines


def _runs(text: str, indent: int, links: list[tuple[int, int, str]] | tuple[()]) -> Prose:
    runs = []
    at = indent
    for start, end, to in links:
        if start > at:
            runs.append(Run(text[at:start]))
        runs.append(Run(text[max(at, start) : end], to=to))
        at = end
    if at < len(text):
        runs.append(Run(text[at:]))
    return tuple(runs)


_Read = tuple[Fact | None, Kind, str, str]


def _remarks(evidence: Evidence) -> dict[int, list[Remark]]:
    """Return, by line, what was read there and the place in the dossier that says so."""
    home = f"{evidence.root}index.html"
    found: dict[int, list[Remark]] = {}
    for fact, kind, text, anchor in (*_facts_read(evidence), *_blocks_read(evidence)):
        if fact is not None and fact.basis != Basis.EDITOR:
            at = found.setdefault(evidence.lines.number(fact.span.start), [])
            remark = Remark(kind, text, f"{home}#{anchor}")
            if remark not in at:
                at.append(remark)
    lines: dict[int, list[int]] = {}
    for number, party in enumerate(evidence.agreement.parties, 1):
        lines.setdefault(evidence.lines.number(party.name.span.start), []).append(number)
    for line, numbers in lines.items():
        text = f"Party {numbers[0]}" if len(numbers) == 1 else f"Parties {range_label(numbers[0], numbers[-1])}"
        found.setdefault(line, []).append(Remark(STATED, text, f"{home}#p{numbers[0]}"))
    return found


def _facts_read(evidence: Evidence) -> Iterator[_Read]:
    said, filing = evidence.agreement, evidence.dossier.filing
    named: list[tuple[str, Fact | None]] = [
        ("Exhibit number", said.exhibit),
        ("Heading", said.title),
        ("Date", said.date),
        ("Issuer", said.issuer.name if said.issuer else None),
        ("Issuer’s CIK", said.issuer.cik if said.issuer else None),
        ("Securities", said.securities),
        ("CUSIP", said.cusip),
        ("Schedule", said.schedule),
        ("Amendment", said.amendment),
        *(("Rule", rule) for rule in said.rules),
        ("Accession no.", filing.accession if filing else None),
        ("Form", filing.form if filing else None),
        ("Filed", filing.filed if filing else None),
    ]
    for text, fact in named:
        yield fact, STATED, text, "facts"
    for number, clause in enumerate(said.clauses, 1):
        yield clause.text, STATED, f"Clause {clause.number or number}", f"c{number}"
    for term in said.terms:
        if term.party is None:
            yield term.term, STATED, "Term", "terms"


def _blocks_read(evidence: Evidence) -> Iterator[_Read]:
    for number, block in enumerate(evidence.agreement.blocks, 1):
        anchor = f"b{number}"
        yield block.printed, SIGNED, f"Block {number}: party", anchor
        for link in block.chain:
            yield link.name, SIGNED, f"Block {number}: through", anchor
            yield link.capacity, STATED, "Role", anchor
        yield block.mark or block.signer, SIGNED, f"Block {number}: signed", anchor
        yield block.title, SIGNED, "Title", anchor
        yield block.attorney, SIGNED, "Attorney-in-fact", anchor
        yield block.signed, SIGNED, "Date signed", anchor
