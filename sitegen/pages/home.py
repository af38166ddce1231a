"""The home page: what this is, what it holds, one chain read aloud, and how facts are marked."""

import msgspec

from sitegen.catalogue.records import Dossier
from sitegen.pages.chain import Chain, chain
from sitegen.pages.evidence import EDITOR, INFERRED, SIGNED, STATED, Evidence, Kind
from sitegen.pages.frame import Head, agreement_label, head
from sitegen.pages.groups import AgreementRow, agreement_row, ref_link
from sitegen.pages.prose import Run
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, date_words

_LATEST = 5
_MOST = 5
_TRIED = 5
_TITLE = "Who signed for whom, line by line"
_WHAT = (
    "When several holders report one stake, they sign a joint filing agreement. Its signature pages show which company "
    "acts for which fund, and who holds the pen. Here each agreement is taken apart, and every fact points to its line."
)


class Figure(msgspec.Struct, frozen=True):
    """A count with what it counts."""

    number: str
    link: Run
    small: str


class KindLine(msgspec.Struct, frozen=True):
    """One of the ways that a fact is known."""

    kind: Kind
    text: str


class Busy(msgspec.Struct, frozen=True):
    """A signer with many signatures."""

    signer: Run
    signatures: str


class HomeView(msgspec.Struct, frozen=True):
    """The home page."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: str
    empty: bool
    figures: tuple[Figure, ...]
    latest: tuple[AgreementRow, ...]
    chain: Chain | None
    """One chain, from the newest agreement that prints one."""
    chain_of: Run | None
    by_line: str
    kinds: tuple[KindLine, ...]
    busy: tuple[Busy, ...]
    signers: Run


def view(site: Site, _key: str) -> HomeView:
    """Build the home page."""
    refs = site.catalogue.agreements()
    signers = sorted(site.catalogue.index("signers"), key=lambda entry: -entry.count)
    shown, of = _chain(site)
    return HomeView(
        head=head(
            site,
            "index.html",
            site.title,
            "Joint filing agreements from SEC EDGAR, taken apart: parties, signers and the chains between them, "
            "each fact linked to its source line.",
            title=_TITLE,
            kind="website",
            twin=True,
        ),
        side=("Joint filing agreements from SEC EDGAR",),
        h1=_TITLE,
        lede=_WHAT,
        empty=not refs,
        figures=_figures(site),
        latest=tuple(agreement_row(ref) for ref in refs[:_LATEST]),
        chain=shown,
        chain_of=of,
        by_line=BY_LINE,
        kinds=(
            KindLine(STATED, "The document says so in words."),
            KindLine(SIGNED, "Read from a signature block: who stands above whom, and under which title."),
            KindLine(INFERRED, "Our conclusion. The rule that it follows is named beside it."),
            KindLine(EDITOR, "Supplied by this site’s editor; the exhibit does not say it."),
        ),
        busy=tuple(
            Busy(ref_link(entry.ref), count(entry.count, "signature")) for entry in signers[:_MOST] if entry.count > 1
        ),
        signers=Run(f"All {count(len(signers), 'signer')}", to="signers/index.html"),
    )


def _figures(site: Site) -> tuple[Figure, ...]:
    counts = site.catalogue.counts()
    dates = sorted(ref.date for ref in site.catalogue.agreements() if ref.date)
    span = ""
    if dates:
        span = date_words(dates[0]) if dates[0] == dates[-1] else f"{dates[0][:4]} to {dates[-1][:4]}"
    notes = sum(counts.findings.values())
    to_check = counts.findings["error"] + counts.findings["warning"]
    people = sum(entry.ref.kind == "person" for entry in site.catalogue.index("parties"))
    entities = count(counts.parties - people, "entity", "entities")

    def figure(number: int, one: str, many: str, to: str, small: str) -> Figure:
        return Figure(f"{number:,}", Run(one if number == 1 else many, to=f"{to}/index.html"), small)

    return (
        figure(counts.agreements, "agreement", "agreements", "agreements", span),
        figure(counts.parties, "party", "parties", "parties", f"{entities}, {count(people, 'individual')}"),
        figure(counts.signers, "signer", "signers", "signers", count(counts.blocks, "signature block")),
        figure(counts.issuers, "issuer", "issuers", "issuers", "whose securities are reported"),
        figure(notes, "review note", "review notes", "review", f"{to_check:,} to check"),
    )


def _chain(site: Site) -> tuple[Chain | None, Run | None]:
    """Return the longest chain of the newest agreement that prints one."""
    for ref in site.catalogue.agreements()[:_TRIED]:
        dossier: Dossier = site.catalogue.dossier(ref.slug)
        blocks = dossier.agreement.blocks
        steps = [len(block.chain) if block.signer and block.party is not None else 0 for block in blocks]
        if any(steps):
            evidence = Evidence(dossier)
            index = steps.index(max(steps))
            return chain(evidence, index), Run(
                f"Block {index + 1} of {agreement_label(ref)}", to=evidence.block_of(index)
            )
    return None, None
