"""What the catalogue answers with: one document's mentions, tied to the identities of all documents."""

from functools import cached_property

import msgspec

from sitegen.catalogue.origin import unread_lines
from sitegen.identity.decisions import Decision
from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.text import Filing, Lines, Span


class Source(msgspec.Struct, frozen=True):
    """The file that a dossier was read from."""

    path: str
    """Below `content/`, with forward slashes."""
    sha256: str
    """Of the file's bytes."""
    text_sha256: str
    """Of `source.txt`."""
    format: str
    encoding: str
    lines: int
    document: str | None
    """Name of the document inside its submission."""
    accession: str | None
    filed: str | None
    """ISO date."""
    edgar_url: str | None


class AgreementRef(msgspec.Struct, frozen=True):
    """Enough of an agreement to name it and link to it: `agreements/<slug>/`."""

    slug: str
    kind: str
    """`agreement` or `schedule`."""
    title: str | None
    date: str | None
    issuer: str | None
    """The issuer's name as this agreement has it."""
    first_party: str | None
    """Names an agreement about an unknown issuer."""
    schedule: str | None
    parties: int
    """How many parties."""
    signers: int
    """How many printed names signed."""
    copy_of: str | None = None
    """Slug of the same agreement in another file, which is counted in its stead."""


class NameRef(msgspec.Struct, frozen=True):
    """A page of a name: `parties/<slug>/`, `signers/<slug>/` or `issuers/<slug>/`, and who on it is meant."""

    section: str
    """`parties`, `signers` or `issuers`."""
    slug: str
    name: str
    """The page's display name."""
    kind: str
    """`entity` or `person`."""
    person: str | None = None
    """Anchor of the person's group, on the page of a printed name; None for entities."""


class ActingLink(msgspec.Struct, frozen=True):
    """A step printed in one or more signature blocks, once an agreement: who signs through whom."""

    party: str
    """Name as the agreement first defines it, where it is a party, else as printed."""
    through: str
    role: str | None
    basis: str
    """`stated`, `defined-term` or `signs-through`."""
    span: Span
    """The words that state the role; for `signs-through` the printed step."""
    also: tuple[tuple[str, Span], ...] = ()
    """Further bases that say the same role, with their words."""
    blocks: tuple[int, ...] = ()
    """Indices of the blocks that print this step."""


class Dossier(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One agreement and what all documents say of its names. Equal to itself alone: what is made of it may be kept."""

    ref: AgreementRef
    source: Source
    agreement: Agreement
    text: str
    """What `source.txt` holds; all spans count its characters."""
    filing: Filing | None
    issuer: NameRef | None
    parties: tuple[NameRef, ...]
    """By index of `agreement.parties`."""
    signers: tuple[NameRef | None, ...]
    """By index of `agreement.blocks`; None where no human was read."""
    chains: tuple[tuple[NameRef | None, ...], ...]
    """By index of `agreement.blocks`: the party page of each link of its chain, None where it has none."""
    acting: tuple[ActingLink, ...]
    findings: tuple[Finding, ...]
    """Of reading, parsing and reconciling, in order of place."""
    copies: tuple[AgreementRef, ...] = ()
    """The same agreement in other files, the first published first."""

    @cached_property
    def lines(self) -> Lines:
        """Lines of the text."""
        return Lines(self.text)

    @cached_property
    def unread(self) -> tuple[tuple[int, int], ...]:
        """Line ranges of the agreement, 1-based and inclusive, that nothing accounts for."""
        return unread_lines(self.agreement, self.text)  # asked for by few of the pages that open a dossier


class Appearance(msgspec.Struct, frozen=True):
    """One name in one agreement."""

    agreement: AgreementRef
    places: tuple[int, ...]
    """Indices of `parties` (on a party's page) or of `blocks` (on a signer's page)."""


class Person(msgspec.Struct, frozen=True):
    """Mentions of one printed name that are known to be one person; other groups are not known to be the same."""

    anchor: str
    """Fragment on the page of the printed name: `#person-1a2b`; stable whatever else is on the page."""
    appearances: tuple[Appearance, ...]


class NamedPerson(msgspec.Struct, frozen=True):
    """A person of a printed name, in whatever section."""

    anchor: str
    agreements: tuple[str, ...]
    """Slugs, the first published first."""


class NamePage(msgspec.Struct, frozen=True):
    """A party's or a signer's page."""

    ref: NameRef
    appearances: tuple[Appearance, ...]
    """Newest agreement first, undated last."""
    persons: tuple[Person, ...]
    """For people: the groups, newest first; empty for entities."""
    twin: NameRef | None
    """The same printed name's page in the other section: a person who is party and signer."""
    similar: tuple[NameRef, ...]
    """Names of this section that a reader could take for this one; not relations."""
    decisions: tuple[Decision, ...] = ()
    """What people decided about the name."""


class IssuerPage(msgspec.Struct, frozen=True):
    """An issuer's page."""

    ref: NameRef
    cik: str | None
    agreements: tuple[AgreementRef, ...]
    """Newest first, undated last."""
    party: NameRef | None
    """The party page of the same name, when the issuer is a party somewhere."""
    similar: tuple[NameRef, ...]
    decisions: tuple[Decision, ...] = ()
    """What people decided about the name."""


class ProposedPair(msgspec.Struct, frozen=True):
    """Two names that could be one: a person should decide, with `sitegen accept` or `sitegen separate`."""

    one: NameRef
    other: NameRef
    reason: str
    """What tells them apart, in words."""
    one_word: str
    """The words that differ, small letters; empty where the other name only has more."""
    other_word: str


class IndexEntry(msgspec.Struct, frozen=True):
    """A line of a name index."""

    ref: NameRef
    sort: str
    """What it is sorted by: people by family name, numerals by value."""
    short: str | None
    """A defined term for it, on the party index."""
    count: int
    """Signature blocks (signers), agreements (parties, issuers)."""
    latest: AgreementRef
    agreements: int

    @property
    def letter(self) -> str:
        """Letter it is filed under: `a` to `z`, or `0-9`."""
        return self.sort[:1] if "a" <= self.sort[:1] <= "z" else "0-9"


class Withdrawn(msgspec.Struct, frozen=True):
    """A published address that no exhibit answers any more."""

    section: str
    slug: str
    key: str
    """Identity key in the ledger."""
    targets: tuple[NameRef, ...] = ()
    """Pages that answer for it now: one after a merger or a new name, several after a split."""


class FileNotice(msgspec.Struct, frozen=True):
    """A finding about a file that gave no dossier, or about the collection."""

    path: str
    finding: Finding


class LocatedFinding(msgspec.Struct, frozen=True):
    """A finding and where it stands."""

    path: str
    """The file; empty when it is about the settings."""
    agreement: AgreementRef | None
    """None when it is about the file alone."""
    finding: Finding
    lines: tuple[int, int] | None
    number: int
    """Its number among the notes of the agreement's dossier; 0 where there is none."""


class NotedAgreement(msgspec.Struct, frozen=True):
    """An agreement that findings are about."""

    agreement: AgreementRef
    check: int
    """How many errors and warnings."""
    information: int


class UnreadPassage(msgspec.Struct, frozen=True):
    """Lines of an agreement that nothing accounts for."""

    agreement: AgreementRef
    lines: tuple[int, int]
    words: str
    """The first of the lines, as printed."""


class SilencedFinding(msgspec.Struct, frozen=True):
    """A finding that the settings silence."""

    path: str
    agreement: AgreementRef | None
    """None when it is about the file alone."""
    finding: Finding
    lines: tuple[int, int] | None
    reason: str


class Counts(msgspec.Struct, frozen=True):
    """How much the collection holds."""

    agreements: int
    parties: int
    signers: int
    issuers: int
    blocks: int
    findings: dict[str, int]
    """By severity, without those that the settings silence."""
    silenced: int = 0
