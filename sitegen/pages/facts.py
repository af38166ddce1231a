"""The facts of one agreement, each with the way it is known and its lines; what is missing is said in words."""

from sitegen.model.text import Basis, Fact, Span
from sitegen.pages.evidence import EDITOR, INFERRED, STATED, Evidence, Row, fact_kind, joint, name_link
from sitegen.pages.prose import Run, prose
from sitegen.pages.wording import NOT_IN_EXHIBIT, date_words, listing, schedule_words

_RULE_TEXT = "https://www.ecfr.gov/current/title-17/section-240.13d-1"
_WHERE = {
    Basis.HEADER: "From the filing header",
    Basis.COVER: "From the cover page",
    Basis.XML: "From the structured schedule",
    Basis.EDITOR: "Supplied by the editor",
}


def facts(evidence: Evidence) -> tuple[Row, ...]:
    """Return the facts of an agreement, in the order of a dossier."""
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
