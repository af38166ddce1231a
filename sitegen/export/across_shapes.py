"""The shapes of the data twins of what several agreements say together.

As in `shapes`: null means "not in this exhibit", lists are never null, `lines` are those of the agreement named beside
them.
"""

import msgspec

from sitegen.export.shapes import LineRange


class PlaceTwin(msgspec.Struct, frozen=True):
    """Lines of an agreement's source."""

    agreement: str
    lines: LineRange


class NamedTwin(msgspec.Struct, frozen=True):
    """A name that an agreement prints."""

    name: str
    id: str | None
    """Slug of its page; null where it has none."""
    person: str | None
    """Anchor of the person's group on the page of the printed name."""
    at: PlaceTwin | None
    """Null where the editor supplied the name."""


class SaidTwin(msgspec.Struct, frozen=True):
    """What one agreement prints on a matter: names, words, or both."""

    names: list[NamedTwin]
    words: str | None
    at: PlaceTwin | None


class DifferenceTwin(msgspec.Struct, frozen=True):
    """One matter as two agreements print it."""

    kind: str
    """`signer`, `through`, `title`, `attorney` or `capacity`."""
    about: list[NamedTwin]
    """The party; for a title also the signer; for a capacity the two names of the step."""
    older: list[SaidTwin]
    newer: list[SaidTwin]


class KeptTwin(msgspec.Struct, frozen=True):
    """A party of both agreements."""

    older: NamedTwin
    newer: NamedTwin
    renamed: bool
    """Whether they print different names, which a decision in identities.toml joins."""
    differences: list[DifferenceTwin]


class TermMoveTwin(msgspec.Struct, frozen=True):
    """A defined term that names another party in the newer agreement."""

    term: str
    older: NamedTwin
    newer: NamedTwin


class ClauseSideTwin(msgspec.Struct, frozen=True):
    """A clause in one of two agreements."""

    number: str | None
    pieces: list[tuple[str, bool]]
    """Words, and whether the other agreement's clause lacks them; equal words may be left out, with an ellipsis."""
    at: PlaceTwin | None


class ClauseChangeTwin(msgspec.Struct, frozen=True):
    """A clause that the two word differently; null where one does not print it."""

    older: ClauseSideTwin | None
    newer: ClauseSideTwin | None


class CompareTwin(msgspec.Struct, frozen=True):
    """`issuers/<slug>/compare/<older>--<newer>/index.json`."""

    url: str
    issuer: str
    older: str
    newer: str
    joined: list[NamedTwin]
    """Parties of the newer agreement alone."""
    absent: list[NamedTwin]
    """Parties of the older agreement alone, which says no more than that."""
    kept: list[KeptTwin]
    capacities: list[DifferenceTwin]
    terms: list[TermMoveTwin]
    clauses: list[ClauseChangeTwin]
    schema: str = "sitegen/compare/1"


class MemberTwin(msgspec.Struct, frozen=True):
    """A party in one agreement, and who signs for it."""

    party: NamedTwin
    signers: list[NamedTwin]


class RosterLineTwin(msgspec.Struct, frozen=True):
    """One agreement's parties."""

    agreement: str
    date: str | None
    parties: list[MemberTwin]


class RosterTwin(msgspec.Struct, frozen=True):
    """`issuers/<slug>/roster/index.json`, and that of each further part."""

    url: str
    issuer: str
    part: int
    parts: int
    rosters: list[RosterLineTwin]
    schema: str = "sitegen/roster/1"


class StepTwin(msgspec.Struct, frozen=True):
    """A name on a "By:" line."""

    name: NamedTwin
    capacity: str | None


class PowerTwin(msgspec.Struct, frozen=True):
    """What the exhibit shows of the power that an attorney-in-fact signs under."""

    state: str
    """`stated`, `referred to` or `not in this exhibit`."""
    at: PlaceTwin | None


class SigningTwin(msgspec.Struct, frozen=True):
    """One signature block."""

    agreement: str
    block: int
    """Its number in the agreement, from 1."""
    party: NamedTwin
    listed: bool
    """Whether the printed name resolves to a party of the agreement."""
    through: list[StepTwin]
    signer: NamedTwin | None
    title: str | None
    attorney_in_fact: bool
    power_of_attorney: PowerTwin | None
    dated: str | None
    lines: LineRange


class AuthorityTwin(msgspec.Struct, frozen=True):
    """`parties/<slug>/authority/index.json`, `issuers/<slug>/authority/index.json`, and further parts."""

    url: str
    section: str
    id: str
    part: int
    parts: int
    total: int
    """Signature blocks of all parts."""
    signings: list[SigningTwin]
    schema: str = "sitegen/authority/1"


class CrossedTwin(msgspec.Struct, frozen=True):
    """One of the issuers that a name connects."""

    issuer: str
    agreements: int
    newest: PlaceTwin | None
    """Lines that name it in the newest of them."""


class BridgeTwin(msgspec.Struct, frozen=True):
    """A person, as a group of mentions, or an entity, named in agreements about two issuers or more."""

    name: str
    url: str | None
    person: str | None
    issuers: int
    crossed: list[CrossedTwin]


class NamesakeTwin(msgspec.Struct, frozen=True):
    """A printed name whose mentions are not known to be one person's."""

    url: str | None
    persons: list[tuple[str, list[str]]]
    """Anchor of each group on the page of the printed name, and its agreements."""


class BridgesTwin(msgspec.Struct, frozen=True):
    """`bridges/index.json`: what the page lists."""

    people: list[BridgeTwin]
    all_people: int
    entities: list[BridgeTwin]
    all_entities: int
    namesakes: list[NamesakeTwin]
    all_namesakes: int
    schema: str = "sitegen/bridges/1"


class StatementTwin(msgspec.Struct, frozen=True):
    """One matter that agreements print differently of a company."""

    kind: str
    """`term`, `capacity`, `through`, `siblings`, `title` or `signers`."""
    party: str
    """Address of the company's page."""
    about: str | None
    """The step, the signer, the sponsor or the term that it is about."""
    printed: list[SaidTwin]


class DifferencesTwin(msgspec.Struct, frozen=True):
    """`differences/index.json`: what the page lists, and how many there are of each kind."""

    totals: dict[str, int]
    statements: list[StatementTwin]
    schema: str = "sitegen/differences/1"
