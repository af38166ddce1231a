"""An agreement's dossier: facts, parties, signature blocks, who acts for whom, what is inferred, notes, clauses."""

import msgspec

from sitegen.catalogue.records import ActingLink
from sitegen.model.agreement import Edit
from sitegen.model.text import Basis, Fact, Span
from sitegen.pages.chain import Chain, chain
from sitegen.pages.citation import filing_citation
from sitegen.pages.evidence import (
    EDITOR,
    INFERRED,
    SIGNED,
    STATED,
    Chip,
    Evidence,
    Kind,
    Line,
    Row,
    fact_kind,
    joint,
    name_link,
)
from sitegen.pages.frame import (
    HOME,
    SECTIONS,
    Head,
    Share,
    agreement_label,
    agreement_name,
    agreement_noun,
    agreement_path,
    head,
    share,
)
from sitegen.pages.notes import Note, notes
from sitegen.pages.prose import Prose, Run, ended, joined, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, NOT_IN_EXHIBIT, count, date_words, listing, quoted, schedule_words

UNREAD = 24
"""Unread places that a dossier lists."""
_EXCERPT = 12
_FEW_CHIPS = 4
_RULE_TEXT = "https://www.ecfr.gov/current/title-17/section-240.13d-1"
_WHERE = {
    Basis.HEADER: "From the filing header",
    Basis.COVER: "From the cover page",
    Basis.XML: "From the structured schedule",
    Basis.EDITOR: "Supplied by the editor",
}
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


class ActingRow(msgspec.Struct, frozen=True):
    """A step printed in one or more blocks."""

    through: Run
    party: Run
    role: str
    """In quotation marks; empty when the block states none."""
    rule: str
    """Where the role was read, when not in the block."""
    kind: Kind
    chips: tuple[Chip, ...]
    more: str
    blocks: Prose
    """Links to the blocks that print it."""


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
    note: str
    """The editor's words, in Markdown."""
    graph: Run | None


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all agreements."""
    return tuple(ref.slug for ref in site.catalogue.agreements())


def view(site: Site, key: str) -> AgreementView:
    """Build the dossier of one agreement."""
    evidence = Evidence(site.catalogue.dossier(key))
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
        facts=_facts(evidence),
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
        note=site.notes.get(f"agreements/{ref.slug}", ""),
        graph=Run("Graph", to=f"{evidence.root}graph/index.html") if evidence.agreement.blocks else None,
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


def acting_rows(evidence: Evidence) -> tuple[ActingRow, ...]:
    """Return the steps that the agreement's blocks print."""
    return tuple(acting_row(evidence, link) for link in evidence.dossier.acting)


def acting_row(evidence: Evidence, link: ActingLink) -> ActingRow:
    """Show one step: who signs through whom, and in which role, as printed."""
    said = role_fact(evidence, link)
    words = evidence.words(said.span) if said else ""
    chips = evidence.chips(said.span if said else None, *step_spans(evidence, link))
    shown = chips[:_FEW_CHIPS]
    rule = ""
    if link.basis == "defined-term":
        rule = f"Rule: its short name {quoted(words)} joins the other’s name with the role."
    return ActingRow(
        through=named(evidence, link.through),
        party=named(evidence, link.party),
        role=quoted(words if link.basis == "stated" else link.role) if link.role else "",
        rule=rule,
        kind={"stated": STATED, "defined-term": INFERRED}.get(link.basis, SIGNED),
        chips=shown,
        more=more(len(chips) - len(shown)),
        blocks=tuple(Run(str(index + 1), to=evidence.block_of(index)) for index in link.blocks),
    )


def role_fact(evidence: Evidence, link: ActingLink) -> Fact | None:
    """Return the printed words of a role: in the block, or as a short name that ends in it."""
    said = evidence.agreement
    if link.basis == "stated":
        steps = [step for index in link.blocks for step in said.blocks[index].chain if step.capacity]
        facts = [step.capacity for step in steps if canonical(evidence, step.party, step.name) == link.through]
        return next((fact for fact in facts if fact and fact.value == link.role), None)
    if link.basis == "defined-term":
        aliases = [alias for party in said.parties if party.name.value == link.through for alias in party.aliases]
        inside = [alias for alias in aliases if link.span.start <= alias.span.start < link.span.end]
        return inside[-1] if inside else None
    return None


def step_spans(evidence: Evidence, link: ActingLink) -> tuple[Span, ...]:
    """Return the places of the "By:" lines that print a step."""
    spans = []
    for index in link.blocks:
        block = evidence.agreement.blocks[index]
        through = [step for step in block.chain if canonical(evidence, step.party, step.name) == link.through]
        spans += [step.name.span for step in through[:1]]
    return tuple(spans)


def canonical(evidence: Evidence, party: int | None, printed: Fact) -> str:
    """Return the name as the agreement first defines it where it is a party, else as printed."""
    return evidence.agreement.parties[party].name.value if party is not None else printed.value


def named(evidence: Evidence, name: str) -> Run:
    """Link a name of the agreement to its party page; plain words when it is no party."""
    for party, ref in zip(evidence.agreement.parties, evidence.dossier.parties, strict=True):
        if party.name.value == name:
            return name_link(ref, name)
    return Run(name, style="doc")


def more(hidden: int) -> str:
    """Say how many places are not shown."""
    return f"and {count(hidden, 'more place')}" if hidden > 0 else ""


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


def _facts(evidence: Evidence) -> tuple[Row, ...]:
    said, dossier = evidence.agreement, evidence.dossier
    rows = [
        _stated(evidence, "Dated", said.date, date_words(said.date.value) if said.date else ""),
        _issuer(evidence),
        _stated(evidence, "Securities", said.securities),
        _stated(evidence, "CUSIP", said.cusip) if said.cusip else None,
        _schedule(evidence),
        _rules(evidence),
        _count_row(evidence),
        _stated(evidence, "Exhibit", said.exhibit),
        _stated(evidence, "Heading", said.title) if said.title else None,
        *_filing(evidence),
        Row("File", prose(Run(dossier.source.path, style="mono"))),
    ]
    return tuple(row for row in rows if row is not None)


def absent(label: str, words: str = NOT_IN_EXHIBIT) -> Row:
    """Say in words that a fact is not there."""
    return Row(label, (Run(words, style="none"),))


def _stated(evidence: Evidence, label: str, fact: Fact | None, value: str = "") -> Row:
    if fact is None:
        return absent(label)
    small = prose(_WHERE.get(fact.basis, ""))
    return Row(label, prose(value or fact.value), small, fact_kind(fact), evidence.fact_chips(fact))


def _issuer(evidence: Evidence) -> Row:
    said, dossier = evidence.agreement, evidence.dossier
    if said.issuer is None:
        return absent("About")
    name = said.issuer.name
    small = [_WHERE.get(name.basis, "")]
    small += [f"CIK {said.issuer.cik.value}"] if said.issuer.cik else []
    return Row(
        "About",
        prose(name_link(dossier.issuer, name.value)),
        prose(". ".join(filter(None, small))),
        fact_kind(name),
        evidence.fact_chips(name, said.issuer.cik),
    )


def _schedule(evidence: Evidence) -> Row:
    said = evidence.agreement
    if said.schedule is None and said.amendment is None:
        return absent("Schedule")
    facts = tuple(fact for fact in (said.schedule, said.amendment) if fact)
    words = schedule_words(
        said.schedule.value if said.schedule else None, said.amendment.value if said.amendment else None
    )
    small = prose(_WHERE.get(facts[0].basis, ""))
    return Row("Schedule", prose(words), small, fact_kind(facts[0]), evidence.fact_chips(*facts))


def _rules(evidence: Evidence) -> Row | None:
    rules = evidence.agreement.rules
    if not rules:
        return None
    names = list(dict.fromkeys(rule.value for rule in rules))
    small = prose("Under the Securities Exchange Act of 1934: ", Run("17 CFR 240.13d-1", href=_RULE_TEXT))
    chips = evidence.fact_chips(*rules)
    noun = "Rule" if len(names) == 1 else "Rules"
    return Row("Cites", prose(f"{noun} {listing(names)}"), small, STATED, chips)


def parties_span(evidence: Evidence) -> Span | None:
    """Return the place from the first party's name to the last's."""
    return joint(party.name.span for party in evidence.agreement.parties)


def _count_row(evidence: Evidence) -> Row:
    parties = evidence.agreement.parties
    if not parties:
        return absent("Parties", "None was read")
    people = sum(party.kind == "person" for party in parties)
    note = {0: "no individual among them", 1: "1 of them an individual"}.get(people, f"{people:,} of them individuals")
    value = f"{len(parties):,}, {note}" if len(parties) > 1 else "1, an individual" if people else "1"
    unsigned = sum(not evidence.blocks_of(index) for index in range(len(parties)))
    small = "Rule: counted from the names listed; " + (
        f"{unsigned:,} of them without a signature block." if unsigned else "each has a signature block."
    )
    return Row("Parties", prose(value), prose(small), INFERRED, evidence.chips(parties_span(evidence)))


def _filing(evidence: Evidence) -> tuple[Row | None, ...]:
    source, filing = evidence.dossier.source, evidence.dossier.filing
    read = {
        "Accession no.": (source.accession, filing.accession if filing else None),
        "Filed": (source.filed, filing.filed if filing else None),
    }
    rows: list[Row | None] = []
    for label, (value, fact) in read.items():
        if value is None:
            continue
        words = date_words(value) if label == "Filed" else value
        known = fact is not None and fact.value == value and fact.basis != Basis.EDITOR
        kind, small = (STATED, _WHERE[Basis.HEADER]) if known else (EDITOR, _WHERE[Basis.EDITOR])
        rows.append(Row(label, prose(words), prose(small), kind, evidence.fact_chips(fact) if known else ()))
    if filing and filing.form:
        rows.append(_stated(evidence, "Form", filing.form))
    if source.edgar_url and source.edgar_url.startswith("https://"):
        rows.append(
            Row("On EDGAR", prose(Run(source.edgar_url, href=source.edgar_url)), prose(_WHERE[Basis.EDITOR]), EDITOR)
        )
    return tuple(rows) or (absent("EDGAR numbers"),)


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
    facts = [fact for link in terms if (fact := role_fact(evidence, link))]
    if facts:
        rows.append(
            _inferred_row(
                evidence,
                f"{count(len(facts), 'role')} in who acts for whom",
                "The short name of one party joins another’s short name with a role, and it signs for that other.",
                prose(listing([quoted(fact.value) for fact in facts])),
                tuple(fact.span for fact in facts),
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
    return InferredRow(what, rule, basis, chips[:_FEW_CHIPS], more(len(chips) - _FEW_CHIPS))
