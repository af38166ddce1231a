"""Data twins: the `index.json` beside each page, built of the catalogue's values (CONTRACT: index.json)."""

from collections.abc import Callable, Iterable
from itertools import chain

import msgspec

from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.records import (
    AgreementRef,
    Appearance,
    Dossier,
    IndexEntry,
    LocatedFinding,
    NamePage,
    SilencedFinding,
    UnreadPassage,
)
from sitegen.export.shapes import (
    ActingTwin,
    AgreementLine,
    AgreementTwin,
    AppearanceTwin,
    ArticleTwin,
    BlockTwin,
    ClauseTwin,
    DecisionTwin,
    EditTwin,
    FindingTwin,
    HomeTwin,
    IndexLine,
    IndexTwin,
    IssuerPageTwin,
    IssuerTwin,
    LineRange,
    LinkTwin,
    NameTwin,
    PartyTwin,
    PersonTwin,
    ProposalTwin,
    ReviewLine,
    ReviewTwin,
    SilencedLine,
    SourceTwin,
    TermTwin,
    UnreadLine,
    WithdrawnTwin,
)
from sitegen.identity.decisions import Decision
from sitegen.model.agreement import SignatureBlock
from sitegen.model.findings import RULES
from sitegen.model.text import Basis, Fact, Lines, Span
from sitegen.pages.review import Held
from sitegen.read.article import Article


def agreement_twin(dossier: Dossier) -> AgreementTwin:
    """Return an agreement's data."""
    agreement, ref = dossier.agreement, dossier.ref
    lines = dossier.lines
    issuer = agreement.issuer
    return AgreementTwin(
        kind=agreement.kind,
        id=ref.slug,
        url=f"agreements/{ref.slug}/",
        source=SourceTwin(**msgspec.structs.asdict(dossier.source)),
        title=_value(agreement.title),
        exhibit=_value(agreement.exhibit),
        date=_value(agreement.date),
        issuer=IssuerTwin(
            dossier.issuer.slug,
            issuer.name.value,
            _value(issuer.cik),
            issuer.name.basis,
            None if issuer.name.basis == Basis.EDITOR else lines.range(issuer.name.span),
        )
        if issuer and dossier.issuer
        else None,
        securities=_value(agreement.securities),
        cusip=_value(agreement.cusip),
        schedule=_value(agreement.schedule),
        amendment=_value(agreement.amendment),
        rules=[rule.value for rule in agreement.rules],
        parties=[
            PartyTwin(
                id=ref.slug,
                person=ref.person,
                name=party.name.value,
                kind=party.kind,
                aliases=[alias.value for alias in party.aliases],
                cik=_value(party.cik),
                place=_value(party.place),
                lines=lines.range(party.name.span),
            )
            for party, ref in zip(agreement.parties, dossier.parties, strict=True)
        ],
        signature_blocks=[block_twin(dossier, lines, index) for index in range(len(agreement.blocks))],
        acting_links=[
            ActingTwin(
                party=link.party,
                through=link.through,
                role=link.role,
                basis=link.basis,
                lines=lines.range(link.span),
                also=[{"basis": basis, "lines": lines.range(span)} for basis, span in link.also],
            )
            for link in dossier.acting
        ],
        clauses=[
            ClauseTwin(clause.number, clause.kind, clause.text.value, lines.range(clause.text.span))
            for clause in agreement.clauses
        ],
        terms=[
            TermTwin(
                term.term.value,
                None if term.party is None else agreement.parties[term.party].name.value,
                lines.range(term.term.span),
            )
            for term in agreement.terms
        ],
        edits=[
            EditTwin(edit.fact, edit.block, edit.value, edit.was, edit.reason, edit.by, edit.date)
            for edit in agreement.edits
        ],
        unread=list(dossier.unread),
        copies=[other.slug for other in dossier.copies],
        findings=[
            FindingTwin(found.code, found.severity, found.message, lines.range(found.span) if found.span else None)
            for found in dossier.findings
        ],
    )


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def block_twin(dossier: Dossier, lines: Lines, index: int) -> BlockTwin:
    """Return the data of one signature block."""
    agreement = dossier.agreement
    block, signer = agreement.blocks[index], dossier.signers[index]

    def name(party: int | None, printed: str) -> str:
        return printed if party is None else agreement.parties[party].name.value

    return BlockTwin(
        party=name(block.party, block.printed.value),
        printed=block.printed.value,
        chain=[
            LinkTwin(
                name(link.party, link.name.value), link.name.value, _value(link.capacity), lines.range(link.name.span)
            )
            for link in block.chain
        ],
        signer=_value(block.signer),
        signer_id=signer.slug if signer else None,
        signer_person=signer.person if signer else None,
        title=_value(block.title),
        title_party=None if block.title_party is None else agreement.parties[block.title_party].name.value,
        attorney_in_fact=block.attorney is not None,
        signed_date=_value(block.signed),
        lines=_block_lines(lines, block),
    )


def _block_lines(lines: Lines, block: SignatureBlock) -> LineRange:
    """Return the lines that hold all of the block's own words, party to title."""
    facts = [block.printed, block.signer, block.mark, block.title, block.attorney, block.signed]
    said = [fact.span for fact in facts if fact and fact.basis != Basis.EDITOR]
    spans = [block.span, *said, *(link.name.span for link in block.chain)]
    return lines.range(Span(min(span.start for span in spans), max(span.end for span in spans)))


def party_twin(catalogue: Catalogue, slug: str) -> NameTwin:
    """Return a party's data."""
    page = catalogue.party(slug)

    def places(dossier: Dossier, appearance: Appearance) -> AppearanceTwin:
        mine = set(appearance.places)
        agreement = dossier.agreement
        lines = dossier.lines
        parties = [agreement.parties[index] for index in appearance.places]
        return AppearanceTwin(
            agreement=dossier.ref.slug,
            url=f"agreements/{dossier.ref.slug}/",
            date=dossier.ref.date,
            issuer=dossier.ref.issuer,
            person=dossier.parties[appearance.places[0]].person,
            name=parties[0].name.value,
            aliases=[alias.value for alias in chain.from_iterable(party.aliases for party in parties)],
            cik=next((party.cik.value for party in parties if party.cik), None),
            lines=lines.range(parties[0].name.span),
            signature_blocks=[
                block_twin(dossier, lines, index) for index, block in enumerate(agreement.blocks) if block.party in mine
            ],
            signs_for=[
                block_twin(dossier, lines, index)
                for index, block in enumerate(agreement.blocks)
                if any(link.party in mine for link in block.chain)
            ],
        )

    return _name_twin("sitegen/party/1", catalogue, page, places)


def signer_twin(catalogue: Catalogue, slug: str) -> NameTwin:
    """Return a signer's data."""
    page = catalogue.signer(slug)

    def places(dossier: Dossier, appearance: Appearance) -> AppearanceTwin:
        lines = dossier.lines
        first = appearance.places[0]
        block, signer = dossier.agreement.blocks[first], dossier.signers[first]
        return AppearanceTwin(
            agreement=dossier.ref.slug,
            url=f"agreements/{dossier.ref.slug}/",
            date=dossier.ref.date,
            issuer=dossier.ref.issuer,
            person=signer.person if signer else None,
            name=block.signer.value if block.signer else page.ref.name,
            aliases=[],
            cik=None,
            lines=lines.range(block.signer.span if block.signer else block.span),
            signature_blocks=[block_twin(dossier, lines, index) for index in appearance.places],
            signs_for=[],
        )

    return _name_twin("sitegen/signer/1", catalogue, page, places)


def _name_twin(
    schema: str,
    catalogue: Catalogue,
    page: NamePage,
    places: Callable[[Dossier, Appearance], AppearanceTwin],
) -> NameTwin:
    ref = page.ref
    return NameTwin(
        schema=schema,
        id=ref.slug,
        url=f"{ref.section}/{ref.slug}/",
        name=ref.name,
        kind=ref.kind,
        persons=[
            PersonTwin(person.anchor, [appearance.agreement.slug for appearance in person.appearances])
            for person in page.persons
        ],
        twin=f"{page.twin.section}/{page.twin.slug}/" if page.twin else None,
        similar=[other.slug for other in page.similar],
        decisions=[_decision(entry) for entry in page.decisions],
        appearances=[places(catalogue.dossier(seen.agreement.slug), seen) for seen in page.appearances],
    )


def _decision(entry: Decision) -> DecisionTwin:
    return DecisionTwin(
        entry.kind, [str(name) for name in entry.names], entry.value or None, entry.reason, entry.by, entry.date
    )


def withdrawn_twin(catalogue: Catalogue, key: str) -> WithdrawnTwin:
    """Return what answers for a published address (`section/slug`) without a page of its own."""
    section, slug = key.split("/")[:2]
    targets = [f"{ref.section}/{ref.slug}/" for ref in catalogue.gone(section, slug).targets]
    return WithdrawnTwin(url=f"{key}/", section=section, targets=targets)


def issuer_twin(catalogue: Catalogue, slug: str) -> IssuerPageTwin:
    """Return an issuer's data."""
    page = catalogue.issuer(slug)
    return IssuerPageTwin(
        id=slug,
        url=f"issuers/{slug}/",
        name=page.ref.name,
        cik=page.cik,
        party=f"parties/{page.party.slug}/" if page.party else None,
        similar=[other.slug for other in page.similar],
        decisions=[_decision(entry) for entry in page.decisions],
        agreements=[agreement_line(ref) for ref in page.agreements],
    )


def agreement_line(ref: AgreementRef) -> AgreementLine:
    """Return an agreement's line in a list."""
    return AgreementLine(
        id=ref.slug,
        url=f"agreements/{ref.slug}/",
        title=ref.title,
        date=ref.date,
        issuer=ref.issuer,
        schedule=ref.schedule,
        parties=ref.parties,
        signers=ref.signers,
    )


def index_line(entry: IndexEntry) -> IndexLine:
    """Return a name's line in an index."""
    ref = entry.ref
    return IndexLine(
        id=ref.slug,
        url=f"{ref.section}/{ref.slug}/",
        name=ref.name,
        kind=ref.kind,
        short=entry.short,
        count=entry.count,
        agreements=entry.agreements,
        latest=entry.latest.slug,
    )


def search_twin(catalogue: Catalogue, *sections: str) -> IndexTwin:
    """Return the data of several name indexes in one list."""
    return IndexTwin("all", [index_line(one) for section in sections for one in catalogue.index(section)])


_NEWEST = 20


def home_twin(catalogue: Catalogue, title: str) -> HomeTwin:
    """Return the site's counts and newest agreements."""
    return HomeTwin(title, catalogue.counts(), [agreement_line(ref) for ref in catalogue.newest(_NEWEST)])


def review_twin(catalogue: Catalogue, held: Held | None = None) -> ReviewTwin:
    """Return what a page of the review holds; without one, all that is found, about the settings and files first."""
    reviewed = catalogue.reviewed
    if held is not None:
        return ReviewTwin(
            [_review_line(note) for note in held.notes], _silenced_lines(held.silenced), _unread_lines(held.unread), []
        )
    proposals = [
        ProposalTwin(
            f"{pair.one.section}/{pair.one.slug}/",
            f"{pair.other.section}/{pair.other.slug}/",
            (pair.one.name, pair.other.name),
            pair.reason,
            (pair.one_word or None, pair.other_word or None),
        )
        for pair in catalogue.proposals()
    ]
    lines = [_review_line(note) for note in reviewed.notes()]
    return ReviewTwin(lines, _silenced_lines(reviewed.silenced()), _unread_lines(reviewed.unread()), proposals)


def _review_line(note: LocatedFinding) -> ReviewLine:
    found = note.finding
    return ReviewLine(
        code=found.code,
        severity=found.severity,
        title=RULES[found.code].title,
        message=found.message,
        path=None if note.agreement else note.path or None,
        agreement=note.agreement.slug if note.agreement else None,
        lines=note.lines,
    )


def _silenced_lines(found: Iterable[SilencedFinding]) -> list[SilencedLine]:
    return [
        SilencedLine(
            code=one.finding.code,
            severity=one.finding.severity,
            title=RULES[one.finding.code].title,
            message=one.finding.message,
            path=one.path,
            agreement=one.agreement.slug if one.agreement else None,
            lines=one.lines,
            reason=one.reason,
        )
        for one in found
    ]


def _unread_lines(found: Iterable[UnreadPassage]) -> list[UnreadLine]:
    return [UnreadLine(one.agreement.slug, one.lines) for one in found]


def article_twin(article: Article) -> ArticleTwin:
    """Return the text of one of the site's own pages."""
    return ArticleTwin(url=f"{article.slug}/", title=article.title, markdown=article.body)
