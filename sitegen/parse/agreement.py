"""One agreement put together: every reader asked for what it reads, what signatures tell laid over it."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sitegen.model.agreement import Agreement, DefinedTerm, PartyMention, SignatureBlock
from sitegen.model.name import key
from sitegen.model.text import Fact, SourceDocument, Span
from sitegen.parse import name_lists, remarks, signers
from sitegen.parse.agreed import agreed_on, signed_on
from sitegen.parse.blocks import signature_blocks, signature_drafts
from sitegen.parse.bounds import LONGEST, RUNNING, TooLargeError
from sitegen.parse.clauses import is_framework, read_clauses
from sitegen.parse.drafts import Draft
from sitegen.parse.filers import with_ciks
from sitegen.parse.issuer import read_cusip, read_subject
from sitegen.parse.listed import is_collective, read_listed, spread
from sitegen.parse.parties import (
    by_signature,
    parties_of,
    with_defined_terms,
    with_evidence_of_blocks,
    with_other_names,
)
from sitegen.parse.preamble import Opening, read_opening
from sitegen.parse.prose import Prose, is_furniture
from sitegen.parse.recognise import Recognised
from sitegen.parse.references import read_references
from sitegen.parse.signatures import Words
from sitegen.parse.terms import terms_in

_HEAD_LINES = 4
_UNMATCHED = frozenset(("SG401", "SG402"))
"""Findings of parties without blocks and blocks without parties: a signature for all who are listed settles both."""
_LOWER_WORD = re.compile(r"(?<!\S)(?!dated\b)[a-z]{4}")


def read_agreement(document: SourceDocument, one: Recognised) -> Agreement:
    """Read all that one agreement says. Raises `TooLargeError`."""
    if one.span.end - one.span.start > LONGEST or one.body.end - one.body.start > RUNNING:
        raise TooLargeError
    text, prose = document.text, Prose(document.text, one.body)
    rest = Span(one.body.end, one.span.end)
    signed = signature_drafts(document, one.span)
    printed = _last_paragraph(text[one.body.start : one.body.end]) + text[rest.start : rest.end]
    opening = read_opening(prose, "\n\n".join((printed, *_heads_inside_lines(signed))))
    parties, unread = opening.parties, opening.unread
    outside = None if parties else read_listed(document, one.body)
    inside = outside is not None and outside.span.end <= one.body.end
    if outside and inside:
        signed = signature_drafts(document, Span(outside.span.end, one.span.end))
    if outside:
        parties = outside.parties
    blocks, findings = signature_blocks(document, signed, parties, listed=bool(outside and parties))
    if outside and parties:
        given = tuple(spread(blocks, parties))
        findings = findings if given == blocks else tuple(found for found in findings if found.code not in _UNMATCHED)
        blocks = given
    strangers = outside and blocks and all(block.party is None for block in blocks)
    if not parties or strangers or _is_doubtful(parties, blocks):
        opening = Opening()
        parties = parties_of([block for block in blocks if not is_collective(block.printed.value)])
        blocks = ()  # freed before they are read anew
        blocks, findings = signature_blocks(document, signed, parties)
    subject = read_subject(document, prose, frozenset(str(key(party.name.value)) for party in parties))
    left_out = by_signature(parties, blocks, subject.issuer.name.value if subject.issuer else None)
    if left_out:
        parties = (*parties, *left_out)
        told = tuple(
            one for one in findings if one.code == "SG402" and one.span in {party.name.span for party in left_out}
        )
        blocks, findings = signature_blocks(document, signed, parties)
        findings = (*told, *findings)
    doubtful = frozenset(Span(day.start, day.end) for day in signers.undated(signed))
    del signed  # nothing reads them again, and they outweigh the facts
    parties = with_evidence_of_blocks(parties, blocks)
    parties = with_other_names(parties, Prose(text, one.span))
    parties = parties if opening.parties else with_defined_terms(parties, prose)
    parties = with_ciks(parties, document.filing)
    references = read_references(document, prose, one.title)
    names = [*(party.name.span for party in parties), *(block.printed.span for block in blocks)]
    date, dates_differ = agreed_on(prose, text, rest, names)
    if date and (date.span in doubtful or _is_of_one_block(date, blocks)):
        date, dates_differ = None, True
    elif date is None and not dates_differ:
        date = _of_all_blocks(blocks)
    listed = prose.span(opening.start, opening.end) if opening.parties else None
    listed = outside.span if outside and inside else listed
    clauses = read_clauses(text, one.body, listed)
    agreement = Agreement(
        kind="agreement",
        span=one.span,
        title=one.title,
        exhibit=one.exhibit,
        date=date,
        issuer=subject.issuer,
        securities=subject.securities,
        cusip=read_cusip(document, one.span),
        schedule=references.schedule,
        amendment=references.amendment,
        rules=references.rules,
        parties=parties,
        terms=_terms(prose, opening.terms),
        clauses=clauses,
        blocks=blocks,
    )
    return msgspec.structs.replace(
        agreement,
        read=_read(
            agreement,
            (
                *((Span(one.body.start, listed.end),) if listed else ()),
                *(span for _, span in signed_on(text, rest)),
                *_boilerplate(text, one.span),
            ),
        ),
        findings=(
            *remarks.of_parties(unread, parties),
            *remarks.of_facts(document, agreement, prose, subject, dates_differ=dates_differ),
            *findings,
        ),
    )


def _heads_inside_lines(signed: Sequence[Draft]) -> Iterator[str]:
    """Yield the names above marks that are no lines of their own, the text having lost its line ends."""
    heads = (Words(head.text, head.start) for draft in signed for head in draft.heads if head.flows)
    return (name.text for head in heads for name in name_lists.run_together(head))


def _is_of_one_block(date: Fact, blocks: tuple[SignatureBlock, ...]) -> bool:
    """Say whether a date is that of one signature among others with other dates: the agreement then has none."""
    signed = [block.signed for block in blocks if block.signed]
    own = any(one.span.start <= date.span.start < one.span.end for one in signed)
    return own and len({one.value for one in signed}) > 1


def _of_all_blocks(blocks: tuple[SignatureBlock, ...]) -> Fact | None:
    """Return the one date that all signatures bear."""
    signed = [block.signed for block in blocks]
    return signed[0] if signed and len({one.value if one else None for one in signed}) == 1 else None


def _is_doubtful(parties: tuple[PartyMention, ...], blocks: tuple[SignatureBlock, ...]) -> bool:
    """Say whether a list is hardly the parties': more sign who are not on it than it names, or none of those listed.

    Or short names alone are listed, and as many strangers sign as there are of them without a signature.
    """
    unlisted = {str(key(block.printed.value)) for block in blocks if block.party is None}
    formed = any(key(party.name.value).form for party in parties)
    signing = {block.party for block in blocks}
    if len(unlisted) > len(parties) or (not formed and 0 < len(parties) - len(signing - {None}) == len(unlisted)):
        return True
    signed = len(blocks) > 1 and all(block.party is None for block in blocks)
    return signed and not formed


def _last_paragraph(body: str) -> str:
    """Return the lines directly above the first signature mark: the name of the first who signs stands there."""
    body = body.rstrip()
    last = body[body.rfind("\n\n") + 1 :]
    last = last if last.count("\n") <= _HEAD_LINES else body[body.rfind("\n") + 1 :]
    return "" if _LOWER_WORD.search(last) else f"{last}\n"


def _terms(prose: Prose, listed: tuple[DefinedTerm, ...]) -> tuple[DefinedTerm, ...]:
    """Join the terms of the list of parties with those that the rest of the text defines, in printed order."""
    known = {term.term.span: term for term in listed}
    for one in terms_in(prose.text, 0, len(prose.text)):
        bracket = prose.text.rfind("(", max(0, one.start - 80), one.start)
        if bracket == -1 or ")" in prose.text[bracket : one.start]:
            continue
        span = prose.span(one.start, one.end)
        known.setdefault(span, DefinedTerm(Fact(one.term, span)))
    return tuple(known[span] for span in sorted(known))


def _read(agreement: Agreement, others: tuple[Span, ...]) -> tuple[Span, ...]:
    """List the lines that a fact or known boilerplate accounts for."""
    spans = sorted((*_facts(agreement), *others))
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _facts(agreement: Agreement) -> Iterator[Span]:
    for fact in (agreement.title, agreement.exhibit, agreement.date, agreement.cusip, *agreement.rules):
        if fact:
            yield fact.span
    for clause in agreement.clauses:
        yield clause.text.span
    for party in agreement.parties:
        yield party.name.span
    for block in agreement.blocks:
        yield block.span


def _boilerplate(text: str, span: Span) -> Iterator[Span]:
    """Yield page furniture, and paragraphs that are recitals or closing formulas."""
    at, framework = span.start, False
    while at < span.end:
        stop = text.find("\n", at, span.end)
        stop = span.end if stop == -1 else stop
        line = text[at:stop]
        if is_framework(line):
            framework = True
        elif not line.strip():
            framework = False
        if framework or is_furniture(line):
            yield Span(at, stop)
        at = stop + 1
