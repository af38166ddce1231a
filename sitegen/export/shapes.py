"""The shapes of the data twins, from which their JSON Schemas are made.

Null means "not in this exhibit"; an empty string never appears; lists are never null. `lines` are 1-based and
inclusive, in the agreement's `source.txt`.
"""

import msgspec

from sitegen.catalogue.records import Counts

LineRange = tuple[int, int]


class SourceTwin(msgspec.Struct, frozen=True):
    """The file that an agreement was read from."""

    path: str
    sha256: str
    """Of the file's bytes."""
    text_sha256: str
    """Of `source.txt`."""
    format: str
    encoding: str
    lines: int
    document: str | None
    accession: str | None
    filed: str | None
    edgar_url: str | None


class IssuerTwin(msgspec.Struct, frozen=True):
    """The company whose securities are reported."""

    id: str
    name: str
    cik: str | None
    basis: str
    """`agreement`, `header`, `cover`, `xml` or `editor`."""
    lines: LineRange | None
    """None when the editor supplied it."""


class PartyTwin(msgspec.Struct, frozen=True):
    """A reporting person that agrees to file jointly."""

    id: str
    person: str | None
    """Anchor of the person's group on the page of the printed name."""
    name: str
    kind: str
    """`entity` or `person`."""
    aliases: list[str]
    cik: str | None
    place: str | None
    lines: LineRange


class LinkTwin(msgspec.Struct, frozen=True):
    """An entity printed between a party and the human who signs."""

    name: str
    printed: str
    capacity: str | None
    lines: LineRange


class BlockTwin(msgspec.Struct, frozen=True):
    """One party, one human: who signed for whom, through whom, as what."""

    party: str
    printed: str
    chain: list[LinkTwin]
    signer: str | None
    signer_id: str | None
    signer_person: str | None
    """Anchor of the person's group on the signer's page."""
    title: str | None
    title_party: str | None
    """Another party that the title names; not a link of the chain."""
    attorney_in_fact: bool
    signed_date: str | None
    lines: LineRange


class ActingTwin(msgspec.Struct, frozen=True):
    """A step printed in signature blocks."""

    party: str
    through: str
    role: str | None
    basis: str
    """`stated`, `defined-term` or `signs-through`."""
    lines: LineRange
    also: list[dict[str, str | LineRange]]
    """Further bases that say the same role."""


class ClauseTwin(msgspec.Struct, frozen=True):
    """A clause of the agreement."""

    number: str | None
    kind: str | None
    text: str
    lines: LineRange


class TermTwin(msgspec.Struct, frozen=True):
    """A term that the agreement defines."""

    term: str
    party: str | None
    lines: LineRange


class FindingTwin(msgspec.Struct, frozen=True):
    """A problem or remark about an agreement."""

    code: str
    severity: str
    message: str
    lines: LineRange | None


class EditTwin(msgspec.Struct, frozen=True):
    """A correction by the editor."""

    fact: str
    block: int | None
    value: str | None
    was: str | None
    reason: str
    by: str
    date: str


class NoteTwin(msgspec.Struct, frozen=True):
    """The editor's own words about a page."""

    title: str | None
    author: str | None
    date: str | None
    """ISO date."""
    markdown: str


class AgreementTwin(msgspec.Struct, frozen=True):
    """`agreements/<slug>/index.json`."""

    id: str
    url: str
    source: SourceTwin
    title: str | None
    exhibit: str | None
    date: str | None
    """ISO, full or partial."""
    issuer: IssuerTwin | None
    securities: str | None
    cusip: str | None
    schedule: str | None
    """`13D`, `13G` or `both`."""
    amendment: str | None
    rules: list[str]
    parties: list[PartyTwin]
    signature_blocks: list[BlockTwin]
    acting_links: list[ActingTwin]
    clauses: list[ClauseTwin]
    terms: list[TermTwin]
    edits: list[EditTwin]
    unread: list[LineRange]
    copies: list[str]
    """The same agreement in other files."""
    findings: list[FindingTwin]
    note: NoteTwin | None = None
    """The editor's note on the page; no fact of the exhibits."""
    schema: str = "sitegen/agreement/1"
    kind: str = "agreement"


class DecisionTwin(msgspec.Struct, frozen=True):
    """What a person decided about names."""

    kind: str
    """`same`, `different`, `kind`, `preferred` or `cik`."""
    names: list[str]
    value: str | None
    reason: str
    by: str
    date: str


class AppearanceTwin(msgspec.Struct, frozen=True):
    """One name in one agreement."""

    agreement: str
    url: str
    date: str | None
    issuer: str | None
    person: str | None
    name: str
    """As this agreement has it."""
    aliases: list[str]
    cik: str | None
    lines: LineRange
    signature_blocks: list[BlockTwin]
    """Blocks of this party, or signed by this signer."""
    signs_for: list[BlockTwin]
    """Blocks of others in whose chain this party is printed."""


class PersonTwin(msgspec.Struct, frozen=True):
    """Mentions of one printed name that are known to be one person."""

    id: str
    agreements: list[str]


class NameTwin(msgspec.Struct, frozen=True):
    """`parties/<slug>/index.json` and `signers/<slug>/index.json`."""

    schema: str
    id: str
    url: str
    name: str
    kind: str
    persons: list[PersonTwin]
    """Groups that are not known to be the same person; empty for entities."""
    twin: str | None
    """Address of the same printed name's page in the other section."""
    similar: list[str]
    """Identities easily confused with this one; not relations."""
    decisions: list[DecisionTwin]
    appearances: list[AppearanceTwin]
    note: NoteTwin | None = None
    """The editor's note on the page; no fact of the exhibits."""


class AgreementLine(msgspec.Struct, frozen=True):
    """An agreement in a list."""

    id: str
    url: str
    title: str | None
    date: str | None
    issuer: str | None
    schedule: str | None
    parties: int
    signers: int


class IssuerPageTwin(msgspec.Struct, frozen=True):
    """`issuers/<slug>/index.json`."""

    id: str
    url: str
    name: str
    cik: str | None
    party: str | None
    similar: list[str]
    decisions: list[DecisionTwin]
    agreements: list[AgreementLine]
    note: NoteTwin | None = None
    """The editor's note on the page; no fact of the exhibits."""
    schema: str = "sitegen/issuer/1"


class IndexLine(msgspec.Struct, frozen=True):
    """A name in an index."""

    id: str
    url: str
    name: str
    kind: str
    short: str | None
    count: int
    """Signature blocks for signers, agreements for parties and issuers."""
    agreements: int
    latest: str


class IndexTwin(msgspec.Struct, frozen=True):
    """`parties/`, `signers/` and `issuers/index.json`, and the search page's list."""

    section: str
    entries: list[IndexLine]
    schema: str = "sitegen/index/1"


class AgreementsTwin(msgspec.Struct, frozen=True):
    """`agreements/index.json`."""

    agreements: list[AgreementLine]
    schema: str = "sitegen/agreements/1"


class HomeTwin(msgspec.Struct, frozen=True):
    """`index.json` of the site."""

    title: str
    counts: Counts
    agreements: list[AgreementLine]
    schema: str = "sitegen/home/1"


class ReviewLine(msgspec.Struct, frozen=True):
    """A finding in the review."""

    code: str
    severity: str
    title: str
    message: str
    path: str | None
    """The file, when it gave no dossier."""
    agreement: str | None
    lines: LineRange | None


class SilencedLine(msgspec.Struct, frozen=True):
    """A finding that the settings silence."""

    code: str
    severity: str
    title: str
    message: str
    path: str
    agreement: str | None
    lines: LineRange | None
    reason: str


class UnreadLine(msgspec.Struct, frozen=True):
    """Lines of an agreement that nothing accounts for."""

    agreement: str
    lines: LineRange


class ProposalTwin(msgspec.Struct, frozen=True):
    """Two names that could be one, for a person to decide."""

    one: str
    """Address of its page."""
    other: str
    names: tuple[str, str]
    reason: str
    differing: tuple[str | None, str | None]
    """The words that differ; null where the other name only has more."""


class ReviewTwin(msgspec.Struct, frozen=True):
    """`review/index.json`: all; beside the pages of a large site's lists, what stands on each."""

    findings: list[ReviewLine]
    silenced: list[SilencedLine]
    unread: list[UnreadLine]
    proposals: list[ProposalTwin]
    schema: str = "sitegen/review/1"


class ArticleTwin(msgspec.Struct, frozen=True):
    """A page of the site's own."""

    url: str
    title: str
    markdown: str
    schema: str = "sitegen/article/1"


class WithdrawnTwin(msgspec.Struct, frozen=True):
    """An address that was published and that no exhibit answers any more."""

    url: str
    section: str
    targets: list[str]
    """Addresses that answer for it now: one after a merger, several after a split."""
    schema: str = "sitegen/withdrawn/1"


class DataTwin(msgspec.Struct, frozen=True):
    """`data/index.json`: where the schemas are."""

    schemas: dict[str, str]
    """File name below `data/schema/`, by the `schema` value of the twins that it describes."""
    schema: str = "sitegen/data/1"
