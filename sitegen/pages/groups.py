"""What pages of a printed name share: its agreements, its groups of mentions, and the rest of a long list."""

from collections.abc import Callable

import msgspec

from sitegen.catalogue.records import AgreementRef, Appearance, NamePage, NameRef
from sitegen.pages.evidence import Evidence, evidence_of
from sitegen.pages.frame import (
    HOME,
    SECTIONS,
    Head,
    agreement_label,
    agreement_link,
    agreement_noun,
    head,
)
from sitegen.pages.prose import Prose, Run, prose
from sitegen.pages.site import Site
from sitegen.pages.wording import SAME_NAME, count, date_words, schedule_words

LISTED = 20
"""Agreements on a name's page; the rest stand on its `all/`."""
DETAILED = 4
"""Newest agreements that are shown with their blocks."""
MOST_BLOCKS = 40
"""Signature blocks that a name's page shows; the rest stand in the dossiers."""
PASSAGES = 4


class Person(msgspec.Struct, frozen=True):
    """A group of mentions known to be one person, or all mentions of an entity."""

    anchor: str
    """Empty for an entity."""
    heading: str
    """`Person 1 of 2`; empty where the page has one group."""
    remark: str
    """What is not known, and the newest agreement that names the group."""
    appearances: tuple[Appearance, ...]


class AgreementRow(msgspec.Struct, frozen=True):
    """An agreement in a list."""

    about: Run
    schedule: str
    date: str | None
    """ISO."""
    words: str
    """The date in words."""
    parties: int
    signers: int
    remark: str = ""


class AllView(msgspec.Struct, frozen=True):
    """All agreements of a name that is in many."""

    head: Head
    side: tuple[str, ...]
    h1: str
    lede: Prose
    rows: tuple[AgreementRow, ...]


def persons(page: NamePage) -> tuple[Person, ...]:
    """Return the groups of a page; several only where mentions are not known to be one person."""
    if not page.persons:
        return (Person("", "", "", page.appearances),)
    total = len(page.persons)
    return tuple(
        Person(
            found.anchor,
            f"Person {number} of {total}" if total > 1 else "",
            f"{SAME_NAME} Named in {agreement_label(found.appearances[0].agreement)}." if total > 1 else "",
            found.appearances,
        )
        for number, found in enumerate(page.persons, 1)
    )


def detailed(page: NamePage, blocks: Callable[[Evidence, Appearance], int], site: Site) -> dict[str, Evidence]:
    """Open the newest agreements, as many as the page can show with their blocks, and the newest in any case."""
    opened: dict[str, Evidence] = {}
    shown = 0
    for found in page.appearances[:DETAILED]:
        evidence = evidence_of(site.catalogue.dossier(found.agreement.slug))
        shown += blocks(evidence, found)
        if opened and shown > MOST_BLOCKS:
            break
        opened[found.agreement.slug] = evidence
    return opened


def agreement_row(ref: AgreementRef, remark: str = "", *, by_kind: bool = False) -> AgreementRow:
    """Show an agreement in a list: by what it is about, or on the issuer's own page by what it is."""
    return AgreementRow(
        about=agreement_link(ref, agreement_noun(ref).capitalize() if by_kind else None),
        schedule=schedule_words(ref.schedule) or agreement_noun(ref).capitalize(),
        date=ref.date,
        words=date_words(ref.date).capitalize(),
        parties=ref.parties,
        signers=ref.signers,
        remark=remark,
    )


def in_agreements(refs: tuple[AgreementRef, ...]) -> Prose:
    """Say in which agreements: `1 joint filing agreement, about X, dated …`."""
    nouns = {agreement_noun(ref) for ref in refs}
    noun = nouns.pop() if len(nouns) == 1 else "joint filing"
    if not refs:
        return prose("no agreement")
    dates = sorted(ref.date[:4] for ref in refs if ref.date)
    newest = refs[0]
    about = ("about ", agreement_link(newest)) if newest.issuer else ("of ", agreement_link(newest))
    dated = f", dated {date_words(newest.date)}" if newest.date else ", undated"
    if len(refs) == 1:
        return prose(f"1 {noun}, ", *about, dated)
    years = f" from {dates[0]} to {dates[-1]}" if dates and dates[0] != dates[-1] else ""
    return prose(f"{count(len(refs), noun)}{years}, the newest ", *about, dated)


def ref_link(ref: NameRef) -> Run:
    """Link a name's page."""
    return Run(ref.name, to=f"{ref.section}/{ref.slug}/index.html", style="doc")


def all_keys(section: str, site: Site) -> tuple[str, ...]:
    """Return the slugs of the names that are in more agreements than their page lists."""
    return site.catalogue.frequent(section, LISTED)


def all_view(site: Site, ref: NameRef, refs: tuple[AgreementRef, ...]) -> AllView:
    """Build the list of all agreements of a name."""
    own = f"{ref.section}/{ref.slug}/index.html"
    page = head(
        site,
        f"{ref.section}/{ref.slug}/all/index.html",
        f"{ref.name}: all agreements",
        f"All {count(len(refs), 'agreement')} with {ref.name}.",
        section=ref.section,
        crumbs=(HOME, SECTIONS[ref.section], Run(ref.name, to=own), Run("All agreements")),
        twin=True,
    )
    return AllView(
        head=page,
        side=("All agreements",),
        h1=ref.name,
        lede=prose(
            f"All {count(len(refs), 'agreement')}, newest first. What was read from the newest is on ",
            Run("its own page", to=own),
            ".",
        ),
        rows=tuple(agreement_row(each) for each in refs),
    )
