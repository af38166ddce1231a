"""An agreement's dossier: facts, parties, signature blocks, who acts for whom, what is inferred, notes, clauses."""

import msgspec

from sitegen.model.agreement import Edit
from sitegen.model.text import Span
from sitegen.pages.acting import FEW_CHIPS, ActingRow, acting_rows, more, role_fact
from sitegen.pages.chain import Chain, chain
from sitegen.pages.citation import filing_citation
from sitegen.pages.compare import beside
from sitegen.pages.editor import EditorView, editor
from sitegen.pages.evidence import (
    EDITOR,
    Chip,
    Evidence,
    Line,
    Row,
    evidence_of,
    name_link,
)
from sitegen.pages.facts import facts
from sitegen.pages.frame import (
    HOME,
    SECTIONS,
    Head,
    Share,
    agreement_label,
    agreement_link,
    agreement_name,
    agreement_noun,
    agreement_path,
    head,
    share,
)
from sitegen.pages.notes import Note, notes
from sitegen.pages.prose import Prose, Run, ended, joined, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, date_words, listing, quoted, schedule_words

UNREAD = 24
"""Unread places that a dossier lists."""
_EXCERPT = 12
_DERIVED = {"html": "HTML", "xml": "XML", "pdf": "PDF"}


class PartyRow(msgspec.Struct, frozen=True):
    """A party in the order of the agreement."""

    number: int
    anchor: str
    name: Run
    short: str
    """Its short names, in quotation marks."""
    signers: Prose
    """Who signs for it; empty when no block was found."""
    chips: tuple[Chip, ...]


class InferredRow(msgspec.Struct, frozen=True):
    """A conclusion of ours, with its rule."""

    what: str
    rule: str
    basis: Prose
    chips: tuple[Chip, ...]
    more: str


class ClauseRow(msgspec.Struct, frozen=True):
    """A numbered clause or a paragraph of the body."""

    anchor: str
    number: str
    text: str
    chips: tuple[Chip, ...]


class TermLine(msgspec.Struct, frozen=True):
    """A term that the agreement defines, in quotation marks."""

    term: str
    chips: tuple[Chip, ...]


class AgreementView(msgspec.Struct, frozen=True):
    """The dossier of one agreement or structured schedule."""

    head: Head
    share: Share
    side: tuple[str, ...]
    h1: str
    lede: Prose
    facts: tuple[Row, ...]
    corrections: tuple[Row, ...]
    """What the editor corrected, with the reason."""
    parties: tuple[PartyRow, ...]
    blocks: tuple[Chain, ...]
    acting: tuple[ActingRow, ...]
    by_line: str
    inferred: tuple[InferredRow, ...]
    notes: tuple[Note, ...]
    clauses: tuple[ClauseRow, ...]
    terms: tuple[TermLine, ...]
    """Terms that name no single party."""
    unread: tuple[Chip, ...]
    """Lines of the agreement that nothing on the page was read from."""
    unread_more: str
    source: Run
    source_remark: str
    excerpt: tuple[Line, ...]
    sha256: str
    note: EditorView | None
    graph: Run | None
    copies: Prose
    """The dossiers of the same agreement in other files."""
    compared: Prose
    """Comparisons with the agreements about the same issuer before and after it."""


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all agreements."""
    return tuple(ref.slug for ref in site.catalogue.agreements())


def view(site: Site, key: str) -> AgreementView:
    """Build the dossier of one agreement."""
    evidence = evidence_of(site.catalogue.dossier(key))
    ref, said = evidence.dossier.ref, evidence.agreement
    noun = agreement_noun(ref)
    about = f"{agreement_name(ref)}: {noun}"
    page = head(
        site,
        agreement_path(ref),
        f"{about}, {date_words(ref.date)}",
        _description(evidence),
        section="agreements",
        crumbs=(HOME, SECTIONS["agreements"], Run(agreement_label(ref))),
        twin=True,
    )
    data = (
        Run("This agreement, JSON", to=f"{evidence.root}index.json"),
        Run("Source text", to=f"{evidence.root}source.txt"),
    )
    acting = acting_rows(evidence)
    first = evidence.lines.number(said.span.start)
    last = min(len(evidence.lines), first + _EXCERPT - 1)
    return AgreementView(
        head=page,
        share=share(site, page, (filing_citation(evidence.dossier, address=page.address),), data),
        side=("Agreement" if ref.kind == "agreement" else "Structured schedule", date_words(ref.date).capitalize()),
        h1=about,
        lede=_lede(evidence),
        facts=facts(evidence),
        corrections=tuple(_correction(edit) for edit in said.edits),
        parties=tuple(_party_row(evidence, index) for index in range(len(said.parties))),
        blocks=tuple(chain(evidence, index) for index in range(len(said.blocks))),
        acting=acting,
        by_line=BY_LINE,
        inferred=_inferred(evidence),
        notes=notes(evidence),
        clauses=tuple(
            ClauseRow(
                f"c{number}",
                f"{clause.number}." if clause.number else "",
                clause.text.value,
                evidence.fact_chips(clause.text),
            )
            for number, clause in enumerate(said.clauses, 1)
        ),
        terms=tuple(
            TermLine(quoted(term.term.value), evidence.fact_chips(term.term))
            for term in said.terms
            if term.party is None
        ),
        unread=tuple(evidence.range_chip(first, last) for first, last in evidence.dossier.unread[:UNREAD]),
        unread_more=more(len(evidence.dossier.unread) - UNREAD),
        source=Run("Read the source with its evidence marked", to=evidence.source),
        source_remark=source_remark(evidence),
        excerpt=tuple(evidence.line(number) for number in range(first, last + 1)),
        sha256=evidence.dossier.source.text_sha256,
        note=editor(site, f"agreements/{ref.slug}"),
        graph=Run("Graph", to=f"{evidence.root}graph/index.html") if evidence.agreement.blocks else None,
        copies=tuple(agreement_link(other, f"agreements/{other.slug}") for other in evidence.dossier.copies),
        compared=beside(site, evidence.dossier.issuer.slug, ref.slug) if evidence.dossier.issuer else (),
    )


def _correction(edit: Edit) -> Row:
    """Show a correction by the editor: what holds, what was read, why, by whom and when."""
    place = f"{edit.fact.replace('_', ' ').capitalize()}{f', block {edit.block}' if edit.block else ''}"
    said = edit.value if edit.value is not None else f"Left out: {edit.was}" if edit.was else "Left out"
    was = f" Read as {quoted(edit.was)}." if edit.was and edit.value is not None else ""
    small = f"{edit.reason.rstrip('.')}. By {edit.by}, {date_words(edit.date)}.{was}"
    return Row(place, prose(said), prose(small), EDITOR)


def source_remark(evidence: Evidence) -> str:
    """Say how many lines the source text has, and whether it was derived from another format."""
    lines = count(len(evidence.lines), "line")
    if made := _DERIVED.get(evidence.dossier.source.format):
        return f"{lines} of text, derived from the {made} document; every one numbered and shown."
    return f"{lines} of plain text, every one numbered and shown."


def _description(evidence: Evidence) -> str:
    ref, said = evidence.dossier.ref, evidence.agreement
    schedule = schedule_words(
        said.schedule.value if said.schedule else None, said.amendment.value if said.amendment else None
    )
    about = f" about {ref.issuer}" if ref.issuer else ""
    dated = f" of {date_words(ref.date)}" if ref.date else ", undated,"
    within = f" ({schedule})" if schedule else ""
    return (
        f"{agreement_noun(ref).capitalize()}{dated}{about}{within}: {count(ref.parties, 'party', 'parties')}, "
        f"{count(ref.signers, 'signer')}, every fact linked to its source line."
    )


def _lede(evidence: Evidence) -> Prose:
    ref, said = evidence.dossier.ref, evidence.agreement
    schedule = {None: "one schedule", "both": "Schedules 13D and 13G"}.get(
        said.schedule.value if said.schedule else None, f"one Schedule {said.schedule.value if said.schedule else ''}"
    )
    issuer = evidence.dossier.issuer
    about = ("about ", name_link(issuer, ref.issuer)) if issuer and ref.issuer else ()
    parties = count(ref.parties, "party agrees", "parties agree") if ref.parties else "No party was read that agrees"
    if ref.kind != "agreement":
        parties = count(ref.parties, "reporting person reports", "reporting persons report")
        start = f"{parties} on {schedule} "
    else:
        start = f"{parties} to file {schedule} together "
    start = start if about else start.rstrip()
    people = count(ref.signers, "person signs", "people sign")
    blocks = count(len(said.blocks), "signature block")
    end = f" {people} for them, in {blocks}." if said.blocks else " No signature block was found."
    return prose(*ended(start, *about), end)


def _party_row(evidence: Evidence, index: int) -> PartyRow:
    party = evidence.agreement.parties[index]
    blocks = evidence.blocks_of(index)
    signers = dict.fromkeys(run for block in blocks if (run := evidence.signer(block)))
    return PartyRow(
        number=index + 1,
        anchor=f"p{index + 1}",
        name=evidence.party(index),
        short=listing([quoted(alias.value) for alias in party.aliases]),
        signers=joined(tuple(signers)) or ((Run("Signer not read", style="none"),) if blocks else ()),
        chips=evidence.chips(party.name.span, *(evidence.agreement.blocks[block].printed.span for block in blocks)),
    )


def _inferred(evidence: Evidence) -> tuple[InferredRow, ...]:
    said = evidence.agreement
    rows = []
    people = [index for index, party in enumerate(said.parties) if party.kind == "person"]
    if people:
        rows.append(
            _inferred_row(
                evidence,
                f"{count(len(people), 'party is an individual', 'parties are individuals')}",
                "A name without a company’s ending, printed and signed as a person’s.",
                joined(tuple(evidence.party(index) for index in people)),
                tuple(said.parties[index].name.span for index in people),
            )
        )
    terms = [link for link in evidence.dossier.acting if link.basis == "defined-term"]
    roles = [fact for link in terms if (fact := role_fact(evidence, link))]
    if roles:
        rows.append(
            _inferred_row(
                evidence,
                f"{count(len(roles), 'role')} in who acts for whom",
                "The short name of one party joins another’s short name with a role, and it signs for that other.",
                prose(listing([quoted(fact.value) for fact in roles])),
                tuple(fact.span for fact in roles),
            )
        )
    respelt = [
        block
        for block in said.blocks
        if block.party is not None and block.printed.value.casefold() != said.parties[block.party].name.value.casefold()
    ]
    if respelt:
        rows.append(
            _inferred_row(
                evidence,
                f"{count(len(respelt), 'block')} matched to a party spelled differently",
                "The same words and the same legal ending, capitals, punctuation and accents aside; "
                "no other party of the agreement has them.",
                prose(listing([quoted(block.printed.value) for block in respelt])),
                tuple(block.printed.span for block in respelt),
            )
        )
    return tuple(rows)


def _inferred_row(evidence: Evidence, what: str, rule: str, basis: Prose, spans: tuple[Span, ...]) -> InferredRow:
    chips = evidence.chips(*spans)
    return InferredRow(what, rule, basis, chips[:FEW_CHIPS], more(len(chips) - FEW_CHIPS))
