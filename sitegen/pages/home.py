"""The home page: what this is, what it holds, one chain read aloud, and how facts are marked."""

import msgspec

from sitegen.catalogue.records import Dossier, NameRef
from sitegen.pages.chain import Chain, chain
from sitegen.pages.evidence import EDITOR, INFERRED, SIGNED, STATED, Kind, evidence_of
from sitegen.pages.frame import Head, agreement_label, head
from sitegen.pages.groups import AgreementRow, agreement_row, ref_link
from sitegen.pages.notes import CHECK
from sitegen.pages.prose import Run
from sitegen.pages.review import KindCount, kinds
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, count, date_words
from sitegen.pages.years import Years, years

_LATEST = 5
_KINDS = 8
_ON_LINES = "Printed on the “By:” lines of so many other parties’ signature blocks."
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


class Leader(msgspec.Struct, frozen=True):
    """A line of a short list of names."""

    name: Run
    why: str
    """What puts it there: `5 signatures`."""


class Leaders(msgspec.Struct, frozen=True):
    """A short list of names that stand out by a number."""

    heading: str
    lines: tuple[Leader, ...]
    note: str
    """What the number says; empty when the lines say it."""
    all: Run
    """The whole index."""


class HomeView(msgspec.Struct, frozen=True):
    """The home page."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: str
    empty: bool
    figures: tuple[Figure, ...]
    years: Years | None
    """None where all agreements are of one year."""
    latest: tuple[AgreementRow, ...]
    chain: Chain | None
    """One chain, from the newest agreement that prints one."""
    chain_of: Run | None
    by_line: str
    kinds: tuple[KindLine, ...]
    leaders: tuple[Leaders, ...]
    """Parties, issuers and signers, each list only where its numbers tell anything."""
    to_check: tuple[KindCount, ...]
    """Findings that a person should look at, by kind, the most first."""
    to_check_more: str
    """How many more kinds there are; empty when none."""


def view(site: Site, _key: str) -> HomeView:
    """Build the home page."""
    refs = site.catalogue.newest(_LATEST)
    seen = site.catalogue.overview
    to_check = _to_check(site)
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
        years=years(seen.years),
        latest=tuple(agreement_row(ref) for ref in refs),
        chain=shown,
        chain_of=of,
        by_line=BY_LINE,
        kinds=(
            KindLine(STATED, "The document says so in words."),
            KindLine(SIGNED, "Read from a signature block: who stands above whom, and under which title."),
            KindLine(INFERRED, "Our conclusion. The rule that it follows is named beside it."),
            KindLine(EDITOR, "Supplied by this site’s editor; the exhibit does not say it."),
        ),
        leaders=tuple(_leaders(site)),
        to_check=to_check[:_KINDS],
        to_check_more=f"And {count(len(to_check) - _KINDS, 'more kind')}." if len(to_check) > _KINDS else "",
    )


def _leaders(site: Site) -> tuple[Leaders, ...]:
    """Return the short lists that have lines."""
    seen, counts = site.catalogue.overview, site.catalogue.counts()
    parties = Run(f"All {count(counts.parties, 'party', 'parties')}", to="parties/index.html")
    issuers = Run(f"All {count(counts.issuers, 'issuer')}", to="issuers/index.html")
    signers = Run(f"All {count(counts.signers, 'signer')}", to="signers/index.html")
    found = (
        Leaders("Most connected parties", _lines(seen.parties, "{} other parties"), _ON_LINES, parties),
        Leaders("Issuers", _lines(seen.issuers, "{} agreements"), "", issuers),
        Leaders("Most signatures", _lines(seen.signers, "{} signatures"), "", signers),
    )
    return tuple(each for each in found if each.lines)


def _lines(top: tuple[tuple[NameRef, int], ...], why: str) -> tuple[Leader, ...]:
    """Return the lines of a list; a number of one distinguishes nobody."""
    return tuple(Leader(ref_link(ref), why.format(f"{number:,}")) for ref, number in top if number > 1)


def _to_check(site: Site) -> tuple[KindCount, ...]:
    """Return the kinds of findings that a person should look at, the most first."""
    return tuple(sorted((kind for kind in kinds(site) if kind.tag is CHECK), key=lambda kind: -kind.count))


def _figures(site: Site) -> tuple[Figure, ...]:
    counts, seen = site.catalogue.counts(), site.catalogue.overview
    span = ""
    if seen.first and seen.last:
        span = date_words(seen.first) if seen.first == seen.last else _from_to(seen.first[:4], seen.last[:4])
    notes = sum(counts.findings.values())
    to_check = counts.findings["error"] + counts.findings["warning"]
    entities = count(counts.parties - seen.people, "entity", "entities")

    def figure(number: int, one: str, many: str, to: str, small: str) -> Figure:
        return Figure(f"{number:,}", Run(one if number == 1 else many, to=f"{to}/index.html"), small)

    return (
        figure(counts.agreements, "agreement", "agreements", "agreements", span),
        figure(counts.parties, "party", "parties", "parties", f"{entities}, {count(seen.people, 'individual')}"),
        figure(counts.signers, "signer", "signers", "signers", count(counts.blocks, "signature block")),
        figure(counts.issuers, "issuer", "issuers", "issuers", "whose securities are reported"),
        figure(notes, "review note", "review notes", "review", f"{to_check:,} to check"),
    )


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _chain(site: Site) -> tuple[Chain | None, Run | None]:
    """Return the longest chain of the newest agreement that prints one."""
    for ref in site.catalogue.newest(_LATEST):
        dossier: Dossier = site.catalogue.dossier(ref.slug)
        blocks = dossier.agreement.blocks
        steps = [len(block.chain) if block.signer and block.party is not None else 0 for block in blocks]
        if any(steps):
            evidence = evidence_of(dossier)
            index = steps.index(max(steps))
            return chain(evidence, index), Run(
                f"Block {index + 1} of {agreement_label(ref)}", to=evidence.block_of(index)
            )
    return None, None
