"""Remarks on the facts of an agreement: what it does not say, and what does not fit."""

import re
from collections.abc import Iterator, Sequence

from sitegen.model.agreement import Agreement, PartyMention
from sitegen.model.findings import Finding
from sitegen.model.text import Basis, Fact, SourceDocument, Span
from sitegen.parse.bounds import FACTS, LONGEST, PARTS, RUNNING
from sitegen.parse.citations import citations
from sitegen.parse.dates import dates
from sitegen.parse.days import misfits
from sitegen.parse.issuer import Subject
from sitegen.parse.prose import Prose
from sitegen.parse.reconcile import sentence
from sitegen.parse.signatures import letters

_FILED_ON = re.compile(r"\bfiled(?:\swith\sthe\s[^.;]{0,60}?)?\s(?:on|as\sof)\s\Z", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:schedules?\s13\s?[dg](?:/a)?|statement|amendment(?:\sno\.?\s\d+)?|agreement|attorney|form\s\S+|exhibit)(?:\s\([^()]*\))?,?\s(?:was\s|were\s|as\s|originally\s|initially\s|previously\s|first\s)*\Z",
    re.IGNORECASE,
)
_FORM = re.compile(r"13\s?(?P<kind>[DG])(?P<amended>/A)?", re.IGNORECASE)
_ANY_FILING = re.compile(
    r"\b(?:any|all|each|every)\s(?:and\sall\s)?(?:filings?|statements?|reports?|schedules?)\b[^.;]{0,160}?"
    r"\b(?:section\s13|exchange\sact|regulation\s13d)",
    re.IGNORECASE,
)
_LEAD = 160
_OPENING = 60


def of_parties(unread: Fact | None, parties: Sequence[PartyMention]) -> Iterator[Finding]:
    """Say which words in the list of parties were not read as a name, unless a signature has told it."""
    if unread and not any(letters(party.name.value).startswith(letters(unread.value)) for party in parties):
        yield Finding(
            "SG316", f"“{unread.value}” stands in the list of parties and was not read as a name.", unread.span
        )


def too_large(document: SourceDocument, span: Span) -> Finding:
    """Say that an agreement is longer than any filing's."""
    opening = " ".join(document.text[span.start : span.start + _LEAD].split())[:_OPENING]
    message = (
        f"The agreement that begins “{opening}” has {span.end - span.start:,} characters. sitegen reads up to "
        f"{LONGEST:,} characters, {RUNNING:,} of them before the signatures, and {PARTS:,} runs of words, so it was "
        "left out."
    )
    return Finding("SG202", message)


def too_many_persons() -> Finding:
    """Say that a structured schedule names more persons than any filing's."""
    return Finding(
        "SG202", f"The schedule holds more than {FACTS:,} reporting persons, signatures and rules, so it was left out."
    )


def more_agreements(read: int) -> Finding:
    """Say that a file holds more agreements than any filing."""
    return Finding(
        "SG202", f"The file holds more agreements than sitegen reads; those after the first {read:,} were left out."
    )


def of_facts(
    document: SourceDocument, agreement: Agreement, prose: Prose, subject: Subject, *, dates_differ: bool
) -> Iterator[Finding]:
    """Say which facts the exhibit lacks, and which contradict its filing."""
    if agreement.date is None:
        why = "The signatures bear different dates." if dates_differ else "None was read in the text."
        yield Finding("SG301", f"The agreement has no date of its own. {why}")
    if agreement.issuer is None:
        yield Finding("SG302", "No issuer is named in the agreement, and no filing header names one.")
    if agreement.schedule is None and not _ANY_FILING.search(prose.text):
        yield Finding("SG303", "The agreement does not say whether it concerns Schedule 13D or 13G.")
    for one in dates(prose.text):
        lead = prose.text[max(0, one.start - _LEAD) : one.start]
        filed = _FILED_ON.search(lead)
        if filed and not _NAMED.search(lead[: filed.start()]):
            message = (
                f"The text speaks of a filing on {prose.text[one.start : one.end]} without saying which filing it was."
            )
            yield Finding("SG304", message, prose.span(one.start, one.end))
    filing = document.filing
    if filing is not None and filing.accession is None:
        yield Finding("SG305", "The filing's header gives no accession number; the filing cannot be named by it.")
    if subject.differs and agreement.issuer:
        issuer = agreement.issuer.name
        message = f"The agreement names {issuer.value} as issuer; the filing's header names {subject.differs}"
        yield Finding("SG306", sentence(message), issuer.span)
    yield from citations(agreement, prose, filing.filed if filing else None)
    if subject.second and agreement.issuer:
        message = (
            f"The agreement is about securities of {agreement.issuer.name.value}, and here of {subject.second.value}"
        )
        yield Finding("SG309", sentence(message), subject.second.span)
    yield from misfits(document, agreement)
    yield from _form(document, agreement)


def _form(document: SourceDocument, agreement: Agreement) -> Iterator[Finding]:
    """Compare the schedule and the amendment that the text names with the form that was filed."""
    form = document.filing.form if document.filing else None
    schedule, amendment = agreement.schedule, agreement.amendment
    filed = _FORM.search(form.value) if form else None
    if filed is None or form is None:
        return
    if schedule and schedule.basis == Basis.AGREEMENT and schedule.value not in {"both", f"13{filed['kind'].upper()}"}:
        message = f"The agreement speaks of Schedule {schedule.value}; it was filed with form {form.value}."
        yield Finding("SG315", message, schedule.span)
    elif amendment and amendment.basis == Basis.AGREEMENT and not filed["amended"]:
        message = f"The agreement speaks of Amendment No. {amendment.value}; it was filed with form {form.value}."
        yield Finding("SG315", message, amendment.span)
