"""A party's page, entity or individual: its agreements, who signs for it, whom it acts for, its names as printed."""

import msgspec

from sitegen.catalogue.records import Appearance, NamePage
from sitegen.model.text import Span
from sitegen.pages import authority
from sitegen.pages.acting import ActingRow, acting_row, more
from sitegen.pages.chain import Chain, chain
from sitegen.pages.citation import Citation, filing_citation
from sitegen.pages.decided import Decided, decided
from sitegen.pages.differences import StatementRow, of_company
from sitegen.pages.editor import EditorView, editor
from sitegen.pages.evidence import (
    SIGNED,
    STATED,
    Chip,
    Evidence,
    Kind,
    Passage,
    Row,
)
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
from sitegen.pages.glance import glance
from sitegen.pages.groups import (
    LISTED,
    MOST_BLOCKS,
    PASSAGES,
    AgreementRow,
    AllView,
    Person,
    agreement_row,
    all_keys,
    all_view,
    detailed,
    in_agreements,
    persons,
    ref_link,
)
from sitegen.pages.notes import Note, notes_about
from sitegen.pages.prose import Prose, Run, ended, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.timeline import Timeline, by_issuer
from sitegen.pages.wording import BY_LINE, count, listing, quoted

_FEW_CHIPS = 4


class PrintedName(msgspec.Struct, frozen=True):
    """One way that the name is printed."""

    printed: str
    where: str
    about: Run
    """The agreement."""
    kind: Kind
    chips: tuple[Chip, ...]
    more: str


class PartyAppearance(msgspec.Struct, frozen=True):
    """What one agreement says of the party."""

    about: Run
    """The agreement, with its date."""
    facts: tuple[Row, ...]
    own: tuple[Chain, ...]
    """Its own signature blocks."""
    acting: tuple[ActingRow, ...]
    """The steps in which it acts for another."""
    within: tuple[Chain, ...]
    """Blocks of others that print it on a "By:" line."""
    rest: int
    """Such blocks that stand in the dossier alone."""
    notes: tuple[Note, ...]
    passages: tuple[Passage, ...]
    source: Run
    """The source text, with how many passages are left out."""


class PartyGroup(msgspec.Struct, frozen=True):
    """An entity, or one person of the printed name."""

    anchor: str
    heading: str
    remark: str
    agreements: tuple[AgreementRow, ...]
    rest: int
    """Agreements that stand on `all/` alone."""
    appearances: tuple[PartyAppearance, ...]
    names: tuple[PrintedName, ...]
    acts: bool
    """Whether it acts for another anywhere here."""
    undetailed: int
    """Listed agreements that are shown in their dossiers alone."""
    timeline: Timeline | None
    """All its agreements on a line of time, where two dates are known."""


class PartyView(msgspec.Struct, frozen=True):
    """A party's page."""

    head: Head
    share: Share
    side: tuple[str, ...]
    name: str
    lede: Prose
    groups: tuple[PartyGroup, ...]
    individual: bool
    twin: Run | None
    """The same printed name's page as a signer."""
    similar: Prose
    decisions: tuple[Decided, ...]
    """What people decided about the name."""
    all: Run | None
    by_line: str
    note: EditorView | None
    graph: Run | None
    differences: tuple[StatementRow, ...]
    """What agreements print differently of it."""
    authority: Run | None
    """Its signature blocks as a table, where there are two or more."""


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all parties."""
    return site.catalogue.slugs("parties")


def keys_all(site: Site) -> tuple[str, ...]:
    """Return the slugs of the parties that are in more agreements than a page lists."""
    return all_keys("parties", site)


def view_all(site: Site, key: str) -> AllView:
    """Build the list of all agreements of a party."""
    page = site.catalogue.party(key)
    return all_view(site, page.ref, tuple(found.agreement for found in page.appearances))


def view(site: Site, key: str) -> PartyView:
    """Build a party's page."""
    page = site.catalogue.party(key)
    path = f"parties/{key}/index.html"
    opened = detailed(page, lambda evidence, found: len(_blocks(evidence, found)), site)
    groups = tuple(_group(page, person, opened) for person in persons(page))
    lede = _lede(page, opened, several=len(groups) > 1)
    individual = page.ref.kind == "person"
    crumbs = (HOME, SECTIONS["parties"], Run(page.ref.name))
    top = head(site, path, page.ref.name, plain(lede), section="parties", crumbs=crumbs, twin=True)
    return PartyView(
        head=top,
        share=share(site, top, _citations(site, opened, page), _data(path, page), plain(lede)),
        side=("Party", "Individual, inferred" if individual else "Entity, inferred"),
        name=page.ref.name,
        lede=lede,
        groups=groups,
        individual=individual,
        twin=ref_link(page.twin) if page.twin else None,
        similar=tuple(ref_link(ref) for ref in page.similar),
        decisions=decided(page.decisions),
        all=Run(f"All {count(len(page.appearances), 'agreement')}", to=f"parties/{key}/all/index.html")
        if len(page.appearances) > LISTED
        else None,
        by_line=BY_LINE,
        note=editor(site, f"parties/{key}"),
        graph=Run("Graph", to=f"parties/{key}/graph/index.html") if site.catalogue.is_chained("parties", key) else None,
        differences=of_company(site, key),
        authority=authority.link(site, f"parties/{key}"),
    )


def _group(page: NamePage, person: Person, opened: dict[str, Evidence]) -> PartyGroup:
    listed = person.appearances[:LISTED]
    shown = tuple(
        _appearance(page, opened[found.agreement.slug], found) for found in listed if found.agreement.slug in opened
    )
    return PartyGroup(
        anchor=person.anchor,
        heading=person.heading,
        remark=person.remark,
        agreements=tuple(
            agreement_row(found.agreement, _called(opened.get(found.agreement.slug), found)) for found in listed
        ),
        rest=len(person.appearances) - len(listed),
        appearances=shown,
        names=tuple(
            name
            for found in listed
            if found.agreement.slug in opened
            for name in _names(opened[found.agreement.slug], found)
        ),
        acts=any(found.acting for found in shown),
        undetailed=len(listed) - len(shown),
        timeline=by_issuer(found.agreement for found in person.appearances),
    )


def _data(path: str, page: NamePage) -> Prose:
    newest = page.appearances[0].agreement.slug if page.appearances else None
    runs = [Run("This party, JSON", to=path.replace("index.html", "index.json"))]
    if newest and len(page.appearances) == 1:
        runs.append(Run("The agreement, JSON", to=f"agreements/{newest}/index.json"))
        runs.append(Run("Source text", to=f"agreements/{newest}/source.txt"))
    return tuple(runs)


def _citations(site: Site, opened: dict[str, Evidence], page: NamePage) -> tuple[Citation, ...]:
    out = []
    for found in page.appearances[:1]:
        evidence = opened[found.agreement.slug]
        chips = evidence.chips(*sorted(_spans(evidence, found)))
        lines = "lines " + listing([chip.label.removeprefix("L") for chip in chips[: _FEW_CHIPS * 2]])
        out.append(
            filing_citation(evidence.dossier, lines if chips else "", site.address(agreement_path(found.agreement)))
        )
    return tuple(out)


def _spans(evidence: Evidence, found: Appearance) -> tuple[Span, ...]:
    """Return the places of a party: its mention, its own blocks, its "By:" lines."""
    said = evidence.agreement
    places = set(found.places)
    spans = [said.parties[index].name.span for index in found.places]
    spans += [block.span for block in said.blocks if block.party in places]
    spans += [link.name.span for block in said.blocks for link in block.chain if link.party in places]
    return tuple(spans)


def _blocks(evidence: Evidence, found: Appearance) -> tuple[int, ...]:
    """Return the blocks that name a party, as the one signed for or on a "By:" line."""
    places = set(found.places)
    return tuple(
        index
        for index, block in enumerate(evidence.agreement.blocks)
        if block.party in places or any(link.party in places for link in block.chain)
    )


def _called(evidence: Evidence | None, found: Appearance) -> str:
    if evidence is None:
        return ""
    aliases = [alias.value for index in found.places for alias in evidence.agreement.parties[index].aliases]
    return listing([quoted(alias) for alias in dict.fromkeys(aliases)])


def _lede(page: NamePage, opened: dict[str, Evidence], *, several: bool) -> Prose:
    refs = tuple(found.agreement for found in page.appearances)
    start = ended("A party to ", *in_agreements(refs))
    if several:
        return prose(f"{len(page.persons)} persons of this printed name, not known to be the same. ", *start)
    if not page.appearances:
        return prose("No agreement names this party now.")
    found = page.appearances[0]
    evidence = opened[found.agreement.slug]
    return prose(*start, *_signed(page, evidence, found), *_acts(evidence, found))


def _signed(page: NamePage, evidence: Evidence, found: Appearance) -> Prose:
    blocks = [block for index in found.places for block in evidence.blocks_of(index)]
    if not blocks:
        return prose(" No signature block was found.")
    signers: dict[Run, str] = {}
    for block in blocks:
        run = evidence.signer(block)
        if run is not None:
            fact = evidence.agreement.blocks[block]
            signers.setdefault(run, fact.title.value if fact.title else "attorney-in-fact" if fact.attorney else "")
    if not signers:
        return prose(" The signer’s name was not read.")
    twin = page.twin
    if twin is not None and all(run.to.startswith(f"signers/{twin.slug}/") for run in signers):
        return prose(" Signs in person: ", Run("page as a signer", to=f"signers/{twin.slug}/index.html"), ".")
    named = [prose(Run(run.text, to=run.to), f", {title}" if title else "") for run, title in signers.items()]
    runs = [part for index, one in enumerate(named) for part in (*prose("; " if index else ""), *one)]
    return ended(" Signed for by ", *runs)


def _acts(evidence: Evidence, found: Appearance) -> Prose:
    names = {evidence.agreement.parties[index].name.value for index in found.places}
    acting = [link for link in evidence.dossier.acting if link.through in names]
    places = set(found.places)
    within = [b for b in evidence.agreement.blocks if any(link.party in places for link in b.chain)]
    if not acting:
        return ()
    whom = sorted({link.party for link in acting})
    start = f" Acts for {whom[0] if len(whom) == 1 else count(len(whom), 'other party', 'other parties')}"
    if len(within) > len(whom):
        return ended(f"{start}, and stands on the “By:” lines of {count(len(within), 'signature block')}")
    return ended(start)


def _appearance(page: NamePage, evidence: Evidence, found: Appearance) -> PartyAppearance:
    said, places = evidence.agreement, frozenset(found.places)
    here = f"parties/{page.ref.slug}"
    own = tuple(index for index, block in enumerate(said.blocks) if block.party in places)
    within = tuple(
        index for index, block in enumerate(said.blocks) if any(link.party in places for link in block.chain)
    )
    spans = [said.parties[index].name.span for index in found.places]
    spans += [said.blocks[index].span for index in (*own, *within)]
    name = said.parties[found.places[0]].name.value
    passages, left = evidence.passages(spans, name, PASSAGES)
    names = {said.parties[index].name.value for index in places}
    acting = tuple(acting_row(evidence, link) for link in evidence.dossier.acting if link.through in names)
    return PartyAppearance(
        about=agreement_link(evidence.dossier.ref, agreement_label(evidence.dossier.ref)),
        facts=glance(page, evidence, found, acting),
        own=tuple(chain(evidence, index, here) for index in own),
        acting=acting,
        within=tuple(chain(evidence, index, here) for index in within[:MOST_BLOCKS]),
        rest=max(0, len(within) - MOST_BLOCKS),
        notes=notes_about(evidence, (said.parties[index].name.value for index in places), own),
        passages=passages,
        source=Run(
            f"{count(left, 'more passage')} in the source text" if left > 0 else "the agreement’s source text",
            to=evidence.source,
        ),
    )


def _names(evidence: Evidence, found: Appearance) -> tuple[PrintedName, ...]:
    said, places = evidence.agreement, frozenset(found.places)
    ways: dict[tuple[str, str, Kind], list[Span]] = {}
    for index in found.places:
        party = said.parties[index]
        ways.setdefault((party.name.value, "As first defined", STATED), []).append(party.name.span)
        for alias in party.aliases:
            ways.setdefault((quoted(alias.value), "Short name, defined", STATED), []).append(alias.span)
    for number, block in enumerate(said.blocks, 1):
        if block.party in places:
            ways.setdefault((block.printed.value, f"Signature, block {number}", SIGNED), []).append(block.printed.span)
        for link in block.chain:
            if link.party in places:
                ways.setdefault((link.name.value, "“By:” line", SIGNED), []).append(link.name.span)
    out = []
    for (printed, where, kind), spans in ways.items():
        chips = evidence.chips(*spans)
        out.append(
            PrintedName(
                printed,
                where,
                agreement_link(evidence.dossier.ref, agreement_label(evidence.dossier.ref)),
                kind,
                chips[:_FEW_CHIPS],
                more(len(chips) - _FEW_CHIPS),
            )
        )
    return tuple(out)
