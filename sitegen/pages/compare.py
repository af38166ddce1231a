"""Two successive agreements about one issuer side by side.

Reach: the two agreements, and the identities of their parties and signers; that the two are successive depends on all
agreements about the issuer.
"""

import msgspec

from sitegen.catalogue.comparison import Comparison, Kept, TermMove, Unmatched
from sitegen.catalogue.records import AgreementRef, NameRef
from sitegen.catalogue.redline import ClauseChange, ClauseSide
from sitegen.catalogue.succession import successive
from sitegen.pages.citation import filing_citation
from sitegen.pages.cited import Cell, DifferenceRow, chips, difference_row, named
from sitegen.pages.decided import Decided, decided
from sitegen.pages.evidence import Chip
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
from sitegen.pages.groups import ref_link
from sitegen.pages.prose import Prose, Run, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import BY_LINE, SAME_NAME, count, date_words, listing, quoted, schedule_words

_MOST_ROWS = 80
_MOST_CLAUSES = 30
_NOTHING = "and no difference that was read"


class RosterLine(msgspec.Struct, frozen=True):
    """A party of one of the two agreements."""

    party: Run
    remark: str
    """What is not known of someone of the same printed name in the other agreement."""
    chips: tuple[Chip, ...]


class RenameRow(msgspec.Struct, frozen=True):
    """A party that the two agreements print under different names, which the editor decided are one."""

    older: Cell
    newer: Cell
    decisions: tuple[Decided, ...]


class ClauseChangeRow(msgspec.Struct, frozen=True):
    """A clause as each of the two agreements words it; None where one does not print it."""

    number: str
    older: ClauseSide | None
    newer: ClauseSide | None
    older_chips: tuple[Chip, ...]
    newer_chips: tuple[Chip, ...]


class CompareView(msgspec.Struct, frozen=True):
    """Two agreements side by side."""

    head: Head
    share: Share
    side: tuple[str, ...]
    h1: str
    lede: Prose
    older: Run
    newer: Run
    older_words: str
    """Date and schedule."""
    newer_words: str
    joined: tuple[RosterLine, ...]
    absent: tuple[RosterLine, ...]
    kept: int
    renamed: tuple[RenameRow, ...]
    rows: tuple[DifferenceRow, ...]
    clauses: tuple[ClauseChangeRow, ...]
    rest: str
    """What was left out for length; empty when nothing was."""
    roster: Run
    """Any two agreements about the issuer, side by side."""
    by_line: str


def keys(site: Site) -> tuple[str, ...]:
    """Return `ISSUER/OLDER--NEWER` for each agreement and the one before it."""
    return tuple(key for issuer in site.catalogue.slugs("issuers") for key in issuer_keys(site, issuer))


def issuer_keys(site: Site, issuer: str) -> tuple[str, ...]:
    """Return the keys of the comparisons about one issuer (by slug), oldest first."""
    if not site.catalogue.has("issuers", issuer):
        return ()
    return tuple(f"{issuer}/{pair.older}--{pair.newer}" for pair in successive(site.catalogue.rosters(issuer)))


def beside(site: Site, issuer: str, agreement: str) -> Prose:
    """Link an agreement (by slug) to its comparisons with the one before it and the next ones, in order of date."""
    dates = {each.slug: date_words(each.date) for each in site.catalogue.rosters(issuer)}
    runs = []
    for pair in successive(site.catalogue.rosters(issuer)):
        if agreement in (pair.older, pair.newer):
            other, words = (
                (pair.older, "the one before, of") if agreement == pair.newer else (pair.newer, "a later one, of")
            )
            runs.append(Run(f"{words} {dates[other]}", to=path(f"{issuer}/{pair.older}--{pair.newer}")))
    return tuple(runs)


def path(key: str) -> str:
    """Return the file of a comparison."""
    issuer, _, pair = key.partition("/")
    return f"issuers/{issuer}/compare/{pair}/index.html"


def compared(site: Site, key: str) -> tuple[NameRef, Comparison]:
    """Return the issuer and the comparison of a key."""
    issuer, _, pair = key.partition("/")
    older, _, newer = pair.partition("--")
    return site.catalogue.page_named("issuers", issuer), site.catalogue.comparison(older, newer)


def view(site: Site, key: str) -> CompareView:
    """Build a comparison's page."""
    ref, found = compared(site, key)
    lede = _lede(found)
    name = f"{ref.name}: {_dated(found.older)} and {_dated(found.newer)} compared"
    crumbs = (HOME, SECTIONS["issuers"], ref_link(ref), Run(f"{_dated(found.older)} and {_dated(found.newer)}"))
    top = head(site, path(key), name, plain(lede), section="issuers", crumbs=crumbs, twin=True)
    citations = tuple(
        filing_citation(site.catalogue.dossier(each.slug), address=site.address(agreement_path(each)))
        for each in (found.older, found.newer)
    )
    rows = _rows(found)
    return CompareView(
        head=top,
        share=share(site, top, citations, prose(Run("This comparison, JSON", to=path(key).replace("html", "json")))),
        side=("Two agreements", "side by side"),
        h1=f"{ref.name}: what the newer agreement prints otherwise",
        lede=lede,
        older=agreement_link(found.older, agreement_label(found.older)),
        newer=agreement_link(found.newer, agreement_label(found.newer)),
        older_words=_words(found.older),
        newer_words=_words(found.newer),
        joined=tuple(_line(each) for each in found.joined[:_MOST_ROWS]),
        absent=tuple(_line(each) for each in found.absent[:_MOST_ROWS]),
        kept=len(found.kept),
        renamed=tuple(_renamed(site, each) for each in found.kept if each.renamed),
        rows=rows[:_MOST_ROWS],
        clauses=tuple(_clause(each) for each in found.clauses[:_MOST_CLAUSES]),
        rest=_rest(found, len(rows)),
        roster=Run("Any two agreements", to=f"issuers/{ref.slug}/roster/index.html"),
        by_line=BY_LINE,
    )


def _dated(ref: AgreementRef) -> str:
    return date_words(ref.date)


def _words(ref: AgreementRef) -> str:
    return ", ".join(filter(None, (_dated(ref).capitalize(), schedule_words(ref.schedule))))


def _lede(found: Comparison) -> Prose:
    older, newer = agreement_link(found.older, _dated(found.older)), agreement_link(found.newer, _dated(found.newer))
    said = sum(len(kept.differences) for kept in found.kept) + len(found.capacities) + len(found.terms)
    counted = (
        (len(found.joined), "party of the newer one alone", "parties of the newer one alone"),
        (len(found.absent), "party of the older one alone", "parties of the older one alone"),
        (said, "difference in who signs and how", "differences in who signs and how"),
        (len(found.clauses), "clause worded otherwise", "clauses worded otherwise"),
    )
    parts = [count(number, *nouns) for number, *nouns in counted if number]
    both = count(len(found.kept), "party", "parties")
    return prose("The agreements of ", older, " and ", newer, f": {both} to both, {listing(parts) or _NOTHING}.")


def _line(found: Unmatched) -> RosterLine:
    return RosterLine(named(found.party), SAME_NAME if found.same_name else "", chips(found.party.place))


def _renamed(site: Site, found: Kept) -> RenameRow:
    ref = found.newer.ref
    entries = site.catalogue.decisions_about(ref) if ref else ()
    return RenameRow(
        Cell(prose(named(found.older)), chips(found.older.place)),
        Cell(prose(named(found.newer)), chips(found.newer.place)),
        decided(tuple(entry for entry in entries if entry.kind == "same")),
    )


def _rows(found: Comparison) -> tuple[DifferenceRow, ...]:
    rows = [difference_row(each) for kept in found.kept for each in kept.differences]
    rows += [difference_row(each) for each in found.capacities]
    return (*rows, *(term_row(each) for each in found.terms))


def term_row(move: TermMove) -> DifferenceRow:
    """Show whom a term names in two agreements."""
    sides = (Cell(prose(named(side)), chips(side.place)) for side in (move.older, move.newer))
    return DifferenceRow("Short name", prose(quoted(move.term)), *sides)


def _clause(change: ClauseChange) -> ClauseChangeRow:
    older, newer = change.older, change.newer
    numbers = [f"Clause {side.number}" for side in (older, newer) if side and side.number]
    return ClauseChangeRow(
        number=" / ".join(dict.fromkeys(numbers)) or "Paragraph",
        older=older,
        newer=newer,
        older_chips=chips(older.place if older else None),
        newer_chips=chips(newer.place if newer else None),
    )


def _rest(found: Comparison, rows: int) -> str:
    left = {
        "more party": max(0, len(found.joined) - _MOST_ROWS) + max(0, len(found.absent) - _MOST_ROWS),
        "more difference": max(0, rows - _MOST_ROWS),
        "more clause": max(0, len(found.clauses) - _MOST_CLAUSES),
    }
    words = [
        count(number, what, "more parties" if "party" in what else None) for what, number in left.items() if number
    ]
    return f"{listing(words)} not shown here; the data beside this page holds all." if words else ""
