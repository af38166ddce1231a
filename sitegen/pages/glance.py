"""A party at a glance: what one agreement says of it, as labelled facts."""

from sitegen.catalogue.records import Appearance, NamePage
from sitegen.model.name import split_form
from sitegen.pages.acting import ActingRow
from sitegen.pages.evidence import INFERRED, SIGNED, STATED, Evidence, Row, fact_kind, signature_span
from sitegen.pages.facts import absent
from sitegen.pages.groups import ref_link
from sitegen.pages.prose import Run, joined, prose
from sitegen.pages.wording import count, listing, quoted

_FEW_ACTING = 4


def glance(page: NamePage, evidence: Evidence, found: Appearance, acting: tuple[ActingRow, ...]) -> tuple[Row, ...]:
    """Return what one agreement says of a party: its names, kind, place in the list, signers, and whom it acts for."""
    said = evidence.agreement
    index = found.places[0]
    party = said.parties[index]
    rows = []
    if party.aliases:
        called = listing([quoted(alias.value) for alias in party.aliases])
        remark = prose("Short name used in the agreement")
        rows.append(Row("Called", prose(called), remark, STATED, evidence.fact_chips(*party.aliases)))
    else:
        rows.append(absent("Called", "No short name given"))
    rows.append(_kind(page, evidence, index))
    if party.place:
        rows.append(
            Row("Organized in", prose(party.place.value), (), fact_kind(party.place), evidence.fact_chips(party.place))
        )
    if party.cik:
        rows.append(Row("CIK", prose(party.cik.value), (), fact_kind(party.cik), evidence.fact_chips(party.cik)))
    rows.append(
        Row(
            "Place in the list",
            prose(f"{index + 1:,} of {count(len(said.parties), 'party', 'parties')}"),
            (),
            STATED,
            evidence.fact_chips(party.name),
        )
    )
    for block in (block for place in found.places for block in evidence.blocks_of(place)):
        rows += _signed_rows(evidence, block)
    if not any(evidence.blocks_of(place) for place in found.places):
        rows.append(absent("Signed by", "No signature block found"))
    for row in acting[:_FEW_ACTING]:
        small = prose("as ", f"{row.role}. {row.rule}" if row.rule else row.role) if row.role else ()
        rows.append(Row("Acts for", prose(row.party), small, row.kind, row.chips, row.more))
    if len(acting) > _FEW_ACTING:
        rows.append(Row("Acts for", prose(f"and {len(acting) - _FEW_ACTING:,} more, below")))
    return tuple(rows)


def _kind(page: NamePage, evidence: Evidence, index: int) -> Row:
    party = evidence.agreement.parties[index]
    chips = evidence.fact_chips(party.name)
    if page.ref.kind == "person":
        rule = "Rule: a name without a company’s ending, printed as a person’s"
        return Row("Kind", prose("Individual"), prose(rule), INFERRED, chips)
    stem, form = split_form(party.name.value)
    ending = party.name.value[len(stem) :].strip(" ,;")
    rule = f"Rule: from the ending {quoted(ending)}" if form else "Rule: the name is not printed as a person’s"
    return Row("Kind", prose("Company or other entity"), prose(rule), INFERRED, chips)


def _signed_rows(evidence: Evidence, index: int) -> tuple[Row, ...]:
    block = evidence.agreement.blocks[index]
    signer = evidence.signer(index)
    said = [fact.value for fact in (block.title, block.attorney) if fact]
    small = prose(", ".join(dict.fromkeys(said)) or "No title printed")
    value = prose(signer) if signer else (Run("Name not read", style="none"),)
    signed = Row("Signed by", value, small, SIGNED, evidence.chips(signature_span(block)))
    if not block.chain and _signs_for_person(evidence, index):
        return (signed,)
    if not block.chain:
        remark = prose("The signer stands directly under the name")
        through = Row(
            "Signs through", (Run("No other party", style="none"),), remark, SIGNED, evidence.chips(block.printed.span)
        )
    else:
        refs = evidence.dossier.chains[index]
        links = tuple(
            ref_link(ref) if ref and block.chain[place].party is None else _through(evidence, index, place)
            for place, ref in enumerate(refs)
        )
        through = Row(
            "Signs through",
            joined(links, ", then "),
            (),
            SIGNED,
            evidence.chips(*(link.name.span for link in block.chain)),
        )
    return signed, through


def _signs_for_person(evidence: Evidence, block: int) -> bool:
    """Say whether a block signs for an individual."""
    party = evidence.agreement.blocks[block].party
    return party is not None and evidence.agreement.parties[party].kind == "person"


def _through(evidence: Evidence, index: int, place: int) -> Run:
    link = evidence.agreement.blocks[index].chain[place]
    if link.party is None:
        return Run(link.name.value, style="doc")
    return evidence.party(link.party)
