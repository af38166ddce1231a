"""An issuer's page: the agreements about its securities, and who joined them. Nothing here says who owns what."""

import msgspec

from sitegen.catalogue.records import AgreementRef
from sitegen.catalogue.succession import filers
from sitegen.pages import authority, compare, roster
from sitegen.pages.citation import filing_citation
from sitegen.pages.decided import Decided, decided
from sitegen.pages.editor import EditorView, editor
from sitegen.pages.evidence import Evidence, Row, evidence_of, fact_kind
from sitegen.pages.frame import (
    HOME,
    SECTIONS,
    Head,
    Share,
    agreement_label,
    agreement_link,
    agreement_path,
    head,
    share,
)
from sitegen.pages.groups import (
    DETAILED,
    LISTED,
    AgreementRow,
    AllView,
    agreement_row,
    all_keys,
    all_view,
    in_agreements,
    ref_link,
)
from sitegen.pages.prose import Prose, Run, ended, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.timeline import Timeline, timeline
from sitegen.pages.wording import count, date_words

_MOST_PARTIES = 60
_MOST_PAIRS = 20
_ROSTER = "Roster: who joined which agreement"


class IssuerAppearance(msgspec.Struct, frozen=True):
    """What one agreement says of the issuer."""

    about: Run
    facts: tuple[Row, ...]
    parties: Prose
    """Its parties, as links."""
    rest: int
    """Parties that are listed in the dossier alone."""


class IssuerView(msgspec.Struct, frozen=True):
    """An issuer's page."""

    head: Head
    share: Share
    side: tuple[str, ...]
    name: str
    lede: Prose
    agreements: tuple[AgreementRow, ...]
    appearances: tuple[IssuerAppearance, ...]
    party: Run | None
    """The party page of the same name."""
    similar: Prose
    decisions: tuple[Decided, ...]
    """What people decided about the name."""
    all: Run | None
    note: EditorView | None
    roster: Run | None
    """Its parties by agreement, where there are two agreements or more."""
    timeline: Timeline | None
    """Its agreements on a line of time, a row for each group of filers that share parties."""
    authority: Run | None
    """The signature blocks of its agreements as a table."""
    compared: Prose
    """The newest comparisons of successive agreements."""


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all issuers."""
    return site.catalogue.slugs("issuers")


def keys_all(site: Site) -> tuple[str, ...]:
    """Return the slugs of the issuers that more agreements are about than a page lists."""
    return all_keys("issuers", site)


def view_all(site: Site, key: str) -> AllView:
    """Build the list of all agreements about an issuer."""
    page = site.catalogue.issuer(key)
    return all_view(site, page.ref, page.agreements)


def view(site: Site, key: str) -> IssuerView:
    """Build an issuer's page."""
    page = site.catalogue.issuer(key)
    path = f"issuers/{key}/index.html"
    opened = tuple(evidence_of(site.catalogue.dossier(ref.slug)) for ref in page.agreements[:DETAILED])
    lede = _lede(page.agreements)
    crumbs = (HOME, SECTIONS["issuers"], Run(page.ref.name))
    top = head(site, path, page.ref.name, plain(lede), section="issuers", crumbs=crumbs, twin=True)
    data = (Run("This issuer, JSON", to=path.replace("index.html", "index.json")),)
    return IssuerView(
        head=top,
        share=share(
            site,
            top,
            tuple(
                filing_citation(each.dossier, address=site.address(agreement_path(each.dossier.ref)))
                for each in opened[:1]
            ),
            data,
        ),
        side=("Issuer", f"CIK {page.cik}") if page.cik else ("Issuer",),
        name=page.ref.name,
        lede=lede,
        agreements=tuple(agreement_row(ref, by_kind=True) for ref in page.agreements[:LISTED]),
        appearances=tuple(_appearance(evidence) for evidence in opened),
        party=ref_link(page.party) if page.party else None,
        similar=tuple(ref_link(ref) for ref in page.similar),
        decisions=decided(page.decisions),
        all=Run(f"All {count(len(page.agreements), 'agreement')}", to=f"issuers/{key}/all/index.html")
        if len(page.agreements) > LISTED
        else None,
        note=editor(site, f"issuers/{key}"),
        roster=Run("Roster: who joined which agreement", to=roster.path(key))
        if roster.issuer_parts(site, key)
        else None,
        timeline=_timeline(site, key, page.agreements),
        authority=authority.link(site, f"issuers/{key}"),
        compared=_compared(site, key),
    )


def _timeline(site: Site, key: str, refs: tuple[AgreementRef, ...]) -> Timeline | None:
    lines = filers(site.catalogue.rosters(key))
    newest: dict[str, AgreementRef] = {}
    for ref in refs:
        newest.setdefault(lines.get(ref.slug, ref.slug), ref)
    return timeline((_filers(newest[lines.get(ref.slug, ref.slug)]), ref) for ref in refs)


def _filers(ref: AgreementRef) -> str:
    others = ref.parties - 1
    return f"{ref.first_party} and {count(others, 'other')}" if others > 0 else ref.first_party or "No party read"


def _compared(site: Site, key: str) -> Prose:
    dates = {each.slug: date_words(each.date) for each in site.catalogue.rosters(key)}
    runs = []
    for pair in compare.issuer_keys(site, key)[: -_MOST_PAIRS - 1 : -1]:
        older, _, newer = pair.partition("/")[2].partition("--")
        runs.append(Run(f"{dates[older]} and {dates[newer]}", to=compare.path(pair)))
    return tuple(runs)


def _lede(refs: tuple[AgreementRef, ...]) -> Prose:
    if not refs:
        return prose("No agreement is about this company now.")
    parties = f" {count(refs[0].parties, 'party', 'parties')} joined {'it' if len(refs) == 1 else 'the newest'}."
    return prose("The company whose securities are reported under ", *ended(*_without_name(refs)), parties)


def _without_name(refs: tuple[AgreementRef, ...]) -> Prose:
    """Say in which agreements, without naming the issuer again."""
    words = plain(in_agreements(refs)).split(",", 1)[0] if len(refs) > 1 else "1 joint filing agreement"
    newest = agreement_link(refs[0], f"dated {agreement_label(refs[0]).removeprefix(f'{refs[0].issuer}, ')}")
    return prose(words, ", the newest " if len(refs) > 1 else ", ", newest)


def _appearance(evidence: Evidence) -> IssuerAppearance:
    said = evidence.agreement
    rows = []
    if said.issuer is not None:
        name = said.issuer.name
        rows.append(Row("Printed", prose(name.value), (), fact_kind(name), evidence.fact_chips(name)))
        if said.issuer.cik:
            cik = said.issuer.cik
            rows.append(Row("CIK", prose(cik.value), (), fact_kind(cik), evidence.fact_chips(cik)))
    for label, fact in (("Securities", said.securities), ("CUSIP", said.cusip)):
        if fact is not None:
            rows.append(Row(label, prose(fact.value), (), fact_kind(fact), evidence.fact_chips(fact)))
    shown = range(min(len(said.parties), _MOST_PARTIES))
    return IssuerAppearance(
        about=agreement_link(evidence.dossier.ref, agreement_label(evidence.dossier.ref)),
        facts=tuple(rows),
        parties=tuple(evidence.party(index) for index in shown),
        rest=len(said.parties) - len(shown),
    )
