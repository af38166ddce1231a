"""Review: what was checked, and what a careful reader should look at before relying on a fact."""

import msgspec

from sitegen.catalogue.records import AgreementRef, FileNotice, SilencedFinding
from sitegen.model.findings import RULES, Finding
from sitegen.pages.decided import ProposalRow, proposal_row
from sitegen.pages.evidence import Chip, range_anchor, range_label
from sitegen.pages.frame import HOME, SECTIONS, Head, agreement_label, agreement_link, head
from sitegen.pages.notes import CHECK, INFORMATION, Tag, tag_of
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import count

A_PAGE = 100
"""Notes on one page."""
_MOST_PAIRS = 100
_CHECKS = (
    ("Parties with a signature block", "SG401", "parties"),
    ("Signature blocks matched to a party", "SG402", "blocks"),
    ("Signature blocks that say who signs, or as what", "SG311", "blocks"),
    ("Dossiers whose signature pages spell names as the text does", "SG403", "agreements"),
    ("Dossiers with a date", "SG301", "agreements"),
    ("Dossiers that name the issuer", "SG302", "agreements"),
    ("Dossiers that name the schedule", "SG303", "agreements"),
)


class Check(msgspec.Struct, frozen=True):
    """A check that was made: `31 of 32`."""

    what: str
    passed: int
    total: int
    note: Run | None
    """The first note that says what failed; None where all passed."""


class ReviewNote(msgspec.Struct, frozen=True):
    """A finding on the review page."""

    code: str
    anchor: str
    tag: Tag
    title: str
    message: str
    settle: str
    chips: tuple[Chip, ...]
    number: str
    """Its number in the dossier; empty for a file's."""


class NoteGroup(msgspec.Struct, frozen=True):
    """The notes of one agreement, or of the files that gave none."""

    about: Prose
    notes: tuple[ReviewNote, ...]


class SilencedNote(msgspec.Struct, frozen=True):
    """A finding that the settings silence."""

    code: str
    title: str
    about: Prose
    message: str
    chips: tuple[Chip, ...]
    reason: str


class KindCount(msgspec.Struct, frozen=True):
    """How many notes of one code there are."""

    code: str
    tag: Tag
    title: str
    count: int


class ReviewView(msgspec.Struct, frozen=True):
    """A page of review notes."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    checks: tuple[Check, ...]
    kinds: tuple[KindCount, ...]
    """Above one page of notes: counts by kind."""
    groups: tuple[NoteGroup, ...]
    pages: Prose
    """Links to the pages of notes."""
    proposals: tuple[ProposalRow, ...]
    """Pairs of names to decide on, the most likely first."""
    silenced: tuple[SilencedNote, ...]
    undecided: str
    """How many more pairs there are; empty when all are shown."""


_Located = tuple[AgreementRef | None, str, Finding, tuple[int, int] | None, int]


def keys(site: Site) -> tuple[str, ...]:
    """Return `review`, and above 100 notes also `review/1`, `review/2` and so on."""
    total = len(_all(site))
    if total <= A_PAGE:
        return ("review",)
    return ("review", *(f"review/{number}" for number in range(1, -(-total // A_PAGE) + 1)))


def view(site: Site, key: str) -> ReviewView:
    """Build a page of review notes from its path."""
    found = _all(site)
    number = int(key.partition("/")[2] or 0)
    many = len(found) > A_PAGE
    pages = -(-len(found) // A_PAGE) if many else 0
    shown = found[(number - 1) * A_PAGE : number * A_PAGE] if number else [] if many else found
    checks = sum(tag_of(finding) is CHECK for _, _, finding, _, _ in found)
    lede = (
        f"What a careful reader should look at before relying on these pages: {count(checks, 'note')} to check, "
        f"{len(found) - checks:,} for information."
        if found
        else "Nothing was found that a reader should check."
    )
    pairs = () if number else site.catalogue.proposals()
    title = f"Review notes, page {number} of {pages}" if number else "Review notes"
    crumbs = (HOME, SECTIONS["review"], Run(f"Page {number}")) if number else (HOME, Run("Review notes"))
    return ReviewView(
        head=head(site, f"{key}/index.html", title, lede, section="review", crumbs=crumbs, kind="website", twin=True),
        side=("Review",),
        h1=title,
        lede=prose(lede),
        checks=() if number else _checks(site, found),
        kinds=_kinds(found) if many and not number else (),
        groups=_groups(shown),
        pages=tuple(Run(f"Page {page}", to=f"review/{page}/index.html") for page in range(1, pages + 1)),
        silenced=() if number else tuple(_silenced(one) for one in site.catalogue.silenced()),
        proposals=tuple(proposal_row(pair) for pair in pairs[:_MOST_PAIRS]),
        undecided=count(len(pairs) - _MOST_PAIRS, "more pair") if len(pairs) > _MOST_PAIRS else "",
    )


def _all(site: Site) -> list[_Located]:
    """Return all findings: of files first, then by agreement; those to check first, numbered as in the dossier."""
    out: list[_Located] = [(None, "", finding, None, 0) for finding in site.catalogue.idle_silences()]
    out += [(None, notice.path, notice.finding, None, 0) for notice in _sorted_notices(site.catalogue.notices())]
    by_agreement: dict[str, list[tuple[AgreementRef, Finding, tuple[int, int] | None]]] = {}
    for ref, finding, lines in site.catalogue.findings():
        by_agreement.setdefault(ref.slug, []).append((ref, finding, lines))
    for items in by_agreement.values():
        items.sort(key=lambda item: tag_of(item[1]) is INFORMATION)
        out += [(ref, ref.slug, finding, lines, number) for number, (ref, finding, lines) in enumerate(items, 1)]
    return out


def _sorted_notices(notices: tuple[FileNotice, ...]) -> list[FileNotice]:
    return sorted(notices, key=lambda notice: (tag_of(notice.finding) is INFORMATION, notice.path))


def _checks(site: Site, found: list[_Located]) -> tuple[Check, ...]:
    refs = site.catalogue.agreements()
    totals = {
        "agreements": len(refs),
        "parties": sum(ref.parties for ref in refs),
        "blocks": site.catalogue.counts().blocks,
    }
    raised: dict[str, list[int]] = {}
    for index, (_, _, finding, _, _) in enumerate(found, 1):
        raised.setdefault(finding.code, []).append(index)
    counted = tuple(
        Check(what, max(0, totals[of] - len(raised.get(code, ()))), totals[of], _first(raised.get(code, []), found))
        for what, code, of in _CHECKS
        if totals[of]
    )
    numbered = Check("Dossiers with an EDGAR accession number", site.catalogue.with_accession(), len(refs), None)
    return (*counted, numbered) if refs else counted


def _first(raised: list[int], found: list[_Located]) -> Run | None:
    if not raised:
        return None
    if len(found) <= A_PAGE:
        return Run(count(len(raised), "note"), href=f"#note-{raised[0]}")
    page = (raised[0] - 1) // A_PAGE + 1
    return Run(count(len(raised), "note"), to=f"review/{page}/index.html#note-{raised[0] - (page - 1) * A_PAGE}")


def _kinds(found: list[_Located]) -> tuple[KindCount, ...]:
    counts: dict[str, int] = {}
    for _, _, finding, _, _ in found:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    rows = [
        KindCount(code, tag_of(Finding(code, "")), RULES[code].title, number) for code, number in sorted(counts.items())
    ]
    return tuple(sorted(rows, key=lambda row: row.tag is INFORMATION))


def _groups(found: list[_Located]) -> tuple[NoteGroup, ...]:
    grouped: dict[str, tuple[Prose, list[ReviewNote]]] = {}
    for index, located in enumerate(found, 1):
        ref = located[0]
        about = prose(agreement_link(ref, agreement_label(ref))) if ref else prose("Files")
        grouped.setdefault(ref.slug if ref else "", (about, []))[1].append(_note(located, index))
    return tuple(NoteGroup(about, tuple(notes)) for about, notes in grouped.values())


def _note(located: _Located, index: int) -> ReviewNote:
    ref, path, finding, lines, number = located
    rule = RULES[finding.code]
    chips = _chips(ref, lines)
    message = finding.message if ref or not path or path in finding.message else f"{path}: {finding.message}"
    return ReviewNote(
        finding.code,
        f"note-{index}",
        tag_of(finding),
        rule.title,
        message,
        rule.settle,
        chips,
        str(number) if number else "",
    )


def _chips(ref: AgreementRef | None, lines: tuple[int, int] | None) -> tuple[Chip, ...]:
    if ref is None or lines is None:
        return ()
    return (Chip(f"L{range_label(*lines)}", f"agreements/{ref.slug}/source/index.html#{range_anchor(*lines)}"),)


def _silenced(one: SilencedFinding) -> SilencedNote:
    about = prose(agreement_link(one.agreement, agreement_label(one.agreement)) if one.agreement else one.path)
    code = one.finding.code
    return SilencedNote(
        code, RULES[code].title, about, one.finding.message, _chips(one.agreement, one.lines), one.reason
    )
