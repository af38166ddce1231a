"""Remarks on the facts of an agreement: what it does not say, and what does not fit."""

import re
from collections.abc import Iterator

from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument
from sitegen.parse.dates import dates
from sitegen.parse.prose import Prose

_FILED_ON = re.compile(r"\bfiled(?:\swith\sthe\s[^.;]{0,60}?)?\s(?:on|as\sof)\s\Z", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:schedules?\s13\s?[dg](?:/a)?|statement|amendment(?:\sno\.?\s\d+)?|agreement|attorney|form\s\S+|exhibit)(?:\s\([^()]*\))?,?\s(?:was\s|were\s|as\s|originally\s|initially\s|previously\s|first\s)*\Z",
    re.IGNORECASE,
)
_LEAD = 160


def no_agreement(document: SourceDocument) -> Finding:
    """Nothing in the file is an agreement to file jointly."""
    what = f"{document.type} and the other documents" if document.type else "the text"
    return Finding("SG201", f"No joint filing agreement was found in {what} of this file.")


def of_facts(
    document: SourceDocument, agreement: Agreement, prose: Prose, subject: str | None, *, dates_differ: bool
) -> Iterator[Finding]:
    """Say which facts the exhibit lacks, and which contradict its filing."""
    if agreement.date is None:
        why = "The signatures bear different dates." if dates_differ else "None was read in the text."
        yield Finding("SG301", f"The agreement has no date of its own. {why}")
    if agreement.issuer is None:
        yield Finding("SG302", "No issuer is named in the agreement, and no filing header names one.")
    if agreement.schedule is None:
        yield Finding("SG303", "The agreement does not say whether it concerns Schedule 13D or 13G.")
    for one in dates(prose.text):
        lead = prose.text[max(0, one.start - _LEAD) : one.start]
        filed = _FILED_ON.search(lead)
        if filed and not _NAMED.search(lead[: filed.start()]):
            message = (
                f"The text speaks of a filing on {prose.text[one.start : one.end]} without saying which filing it was."
            )
            yield Finding("SG304", message, prose.span(one.start, one.end))
    if document.filing is None or document.filing.accession is None:
        yield Finding(
            "SG305", "The exhibit carries no EDGAR header: accession number, filing date and CIKs are not known."
        )
    if subject and agreement.issuer:
        yield Finding(
            "SG306",
            f"The agreement names {agreement.issuer.name.value} as issuer; the filing's header names {subject}.",
            agreement.issuer.name.span,
        )
