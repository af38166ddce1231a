"""A signer's page: in which capacities the printed name signs, for whom, and through whom."""

import msgspec

from sitegen.catalogue.records import Appearance, NamePage
from sitegen.pages.chain import Chain, chain
from sitegen.pages.citation import Citation, filing_citation
from sitegen.pages.decided import Decided, decided
from sitegen.pages.editor import EditorView, editor
from sitegen.pages.evidence import SIGNED, Chip, Evidence, Passage, Row, signature_span
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
from sitegen.pages.prose import Prose, Run, ended, joined, plain, prose
from sitegen.pages.site import Site
from sitegen.pages.timeline import Timeline, by_issuer
from sitegen.pages.wording import BY_LINE, count, listing

_FEW_TITLES = 3
_FEW_CHIPS = 8
NAME_ALONE = (
    "This page rests on the printed name alone. "
    "Two people of one name share a page, each apart on it as far as the exhibits tell them apart."
)


class SignatureRow(msgspec.Struct, frozen=True):
    """One signature."""

    block: Run
    party: Run
    capacity: str
    """The title or the words of the attorney, as printed; empty when none is."""
    through: Prose
    """The "By:" lines in between; empty when the signer stands directly under the name."""
    chips: tuple[Chip, ...]


class Colleague(msgspec.Struct, frozen=True):
    """Another name that signs for the same party."""

    signer: Run
    party: Run
    chips: tuple[Chip, ...]


class SignerAppearance(msgspec.Struct, frozen=True):
    """What one agreement says of the signer."""

    about: Run
    capacities: tuple[Row, ...]
    signatures: tuple[SignatureRow, ...]
    chains: tuple[Chain, ...]
    rest: int
    """Signatures that stand in the dossier alone."""
    colleagues: tuple[Colleague, ...]
    notes: tuple[Note, ...]
    passages: tuple[Passage, ...]
    source: Run


class SignerGroup(msgspec.Struct, frozen=True):
    """One person of the printed name."""

    anchor: str
    heading: str
    remark: str
    agreements: tuple[AgreementRow, ...]
    rest: int
    appearances: tuple[SignerAppearance, ...]
    undetailed: int
    timeline: Timeline | None
    """All its agreements on a line of time, where two dates are known."""


class SignerView(msgspec.Struct, frozen=True):
    """A signer's page."""

    head: Head
    share: Share
    side: tuple[str, ...]
    name: str
    lede: Prose
    groups: tuple[SignerGroup, ...]
    twin: Run | None
    """The same printed name's page as a party."""
    similar: Prose
    decisions: tuple[Decided, ...]
    """What people decided about the name."""
    all: Run | None
    by_line: str
    name_alone: str
    note: EditorView | None
    graph: Run | None


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of all signers."""
    return site.catalogue.slugs("signers")


def keys_all(site: Site) -> tuple[str, ...]:
    """Return the slugs of the signers that are in more agreements than a page lists."""
    return all_keys("signers", site)


def view_all(site: Site, key: str) -> AllView:
    """Build the list of all agreements of a signer."""
    page = site.catalogue.signer(key)
    return all_view(site, page.ref, tuple(found.agreement for found in page.appearances))


def view(site: Site, key: str) -> SignerView:
    """Build a signer's page."""
    page = site.catalogue.signer(key)
    path = f"signers/{key}/index.html"
    opened = detailed(page, lambda _, found: len(found.places), site)
    groups = tuple(_group(page, person, opened) for person in persons(page))
    lede = _lede(page, opened, several=len(groups) > 1)
    crumbs = (HOME, SECTIONS["signers"], Run(page.ref.name))
    top = head(site, path, page.ref.name, plain(lede), section="signers", crumbs=crumbs, twin=True)
    return SignerView(
        head=top,
        share=share(site, top, _citations(site, opened, page), _data(path, page), plain(lede)),
        side=("Signer",),
        name=page.ref.name,
        lede=lede,
        groups=groups,
        twin=ref_link(page.twin) if page.twin else None,
        similar=tuple(ref_link(ref) for ref in page.similar),
        decisions=decided(page.decisions),
        all=Run(f"All {count(len(page.appearances), 'agreement')}", to=f"signers/{key}/all/index.html")
        if len(page.appearances) > LISTED
        else None,
        by_line=BY_LINE,
        name_alone=NAME_ALONE,
        note=editor(site, f"signers/{key}"),
        graph=Run("Graph", to=f"signers/{key}/graph/index.html") if site.catalogue.is_chained("signers", key) else None,
    )


def _group(page: NamePage, person: Person, opened: dict[str, Evidence]) -> SignerGroup:
    listed = person.appearances[:LISTED]
    shown = tuple(
        _appearance(page, opened[found.agreement.slug], found) for found in listed if found.agreement.slug in opened
    )
    return SignerGroup(
        anchor=person.anchor,
        heading=person.heading,
        remark=person.remark,
        agreements=tuple(agreement_row(found.agreement, count(len(found.places), "signature")) for found in listed),
        rest=len(person.appearances) - len(listed),
        appearances=shown,
        undetailed=len(listed) - len(shown),
        timeline=by_issuer(found.agreement for found in person.appearances),
    )


def _data(path: str, page: NamePage) -> Prose:
    runs = [Run("This signer, JSON", to=path.replace("index.html", "index.json"))]
    if len(page.appearances) == 1:
        runs.append(Run("The agreement, JSON", to=f"agreements/{page.appearances[0].agreement.slug}/index.json"))
    return tuple(runs)


def _citations(site: Site, opened: dict[str, Evidence], page: NamePage) -> tuple[Citation, ...]:
    out = []
    for found in page.appearances[:1]:
        evidence = opened[found.agreement.slug]
        chips = evidence.chips(*(signature_span(evidence.agreement.blocks[index]) for index in found.places))
        lines = "lines " + listing([chip.label.removeprefix("L") for chip in chips[:_FEW_CHIPS]])
        out.append(
            filing_citation(evidence.dossier, lines if chips else "", site.address(agreement_path(found.agreement)))
        )
    return tuple(out)


def _lede(page: NamePage, opened: dict[str, Evidence], *, several: bool) -> Prose:
    refs = tuple(found.agreement for found in page.appearances)
    signatures = count(sum(len(found.places) for found in page.appearances), "signature")
    start = ended(f"{signatures} in ", *in_agreements(refs))
    if several:
        return prose(f"{len(page.persons)} persons of this printed name, not known to be the same. ", *start)
    titles: dict[str, None] = {}
    for found in page.appearances:
        evidence = opened.get(found.agreement.slug)
        for index in found.places if evidence else ():
            titles.setdefault(_capacity(evidence, index) if evidence else "")
    said = [title for title in titles if title]
    if not said:
        return prose(*start, " No title is printed.")
    shown = said[:_FEW_TITLES] + ([f"{len(said) - _FEW_TITLES} more"] if len(said) > _FEW_TITLES else [])
    return prose(*start, *ended(f" Signed as {listing(shown)}"))


def _capacity(evidence: Evidence, index: int) -> str:
    block = evidence.agreement.blocks[index]
    said = [fact.value for fact in (block.title, block.attorney) if fact]
    return ", ".join(dict.fromkeys(said))


def _office(evidence: Evidence, index: int) -> tuple[str, Run]:
    """Return the name and link of the party that a signer signs under: the last "By:" line, else the party itself."""
    block = evidence.agreement.blocks[index]
    if not block.chain:
        run = evidence.for_whom(index)
        return run.text, run
    last = block.chain[-1]
    if last.party is not None:
        run = evidence.party(last.party)
        return run.text, run
    ref = evidence.dossier.chains[index][-1]
    return last.name.value, ref_link(ref) if ref else Run(last.name.value, style="doc")


def _appearance(page: NamePage, evidence: Evidence, found: Appearance) -> SignerAppearance:
    said = evidence.agreement
    here = f"signers/{page.ref.slug}"
    spans = [said.blocks[index].span for index in found.places]
    passages, left = evidence.passages(spans, page.ref.name, PASSAGES)
    return SignerAppearance(
        about=agreement_link(evidence.dossier.ref, agreement_label(evidence.dossier.ref)),
        capacities=_capacities(evidence, found),
        signatures=tuple(_signature(evidence, index) for index in found.places[:MOST_BLOCKS]),
        chains=tuple(chain(evidence, index, here) for index in found.places[:MOST_BLOCKS]),
        rest=max(0, len(found.places) - MOST_BLOCKS),
        colleagues=_colleagues(evidence, found),
        notes=notes_about(evidence, [page.ref.name], found.places),
        passages=passages,
        source=Run(
            f"{count(left, 'more passage')} in the source text" if left > 0 else "the agreement’s source text",
            to=evidence.source,
        ),
    )


def _capacities(evidence: Evidence, found: Appearance) -> tuple[Row, ...]:
    offices: dict[tuple[str, str], list[int]] = {}
    for index in found.places:
        offices.setdefault((_capacity(evidence, index), _office(evidence, index)[0]), []).append(index)
    rows = []
    for (title, _), indices in offices.items():
        blocks = [evidence.agreement.blocks[index] for index in indices]
        small = prose(count(len(indices), "signature"))
        named = next((block.title_party for block in blocks if block.title_party is not None), None)
        if named is not None:
            small = prose(*small, ". The title names another party: ", evidence.party(named))
        if any(block.attorney for block in blocks):
            small = prose(*small, ". The power of attorney is not in this exhibit")
        chips = evidence.chips(*(signature_span(block) for block in blocks))
        rows.append(
            Row(title or "No title printed", prose(_office(evidence, indices[0])[1]), small, SIGNED, chips[:_FEW_CHIPS])
        )
    return tuple(rows)


def _signature(evidence: Evidence, index: int) -> SignatureRow:
    block = evidence.agreement.blocks[index]
    through = tuple(
        evidence.party(link.party) if link.party is not None else Run(link.name.value, style="doc")
        for link in block.chain
    )
    return SignatureRow(
        block=Run(str(index + 1), to=evidence.block_of(index)),
        party=evidence.for_whom(index),
        capacity=_capacity(evidence, index),
        through=joined(through, ", then "),
        chips=evidence.chips(signature_span(block)),
    )


def _colleagues(evidence: Evidence, found: Appearance) -> tuple[Colleague, ...]:
    """Return the other names that sign under the same party in this agreement."""
    mine = {_office(evidence, index)[0] for index in found.places}
    own = {evidence.dossier.signers[index] for index in found.places}
    found_names: dict[tuple[Run, Run], list[int]] = {}
    for index in range(len(evidence.agreement.blocks)):
        signer = evidence.signer(index)
        name, office = _office(evidence, index)
        if signer is not None and name in mine and evidence.dossier.signers[index] not in own:
            found_names.setdefault((signer, office), []).append(index)
    return tuple(
        Colleague(
            signer,
            office,
            evidence.chips(*(signature_span(evidence.agreement.blocks[index]) for index in indices))[:_FEW_CHIPS],
        )
        for (signer, office), indices in found_names.items()
    )
