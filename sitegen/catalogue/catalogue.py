"""The catalogue's reading side: pages ask here, and get frozen values."""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache, partial
from pathlib import Path

import msgspec

from sitegen.catalogue.acting import acting_links
from sitegen.catalogue.authority import BlockRef, blocks_of_issuer, blocks_of_party, with_authority
from sitegen.catalogue.bridges import Bridge, Namesakes, bridges
from sitegen.catalogue.comparison import Comparison, compare
from sitegen.catalogue.differences import Statement, statements
from sitegen.catalogue.differences import in_order as statements_in_order
from sitegen.catalogue.identities import decisions_made, known_names
from sitegen.catalogue.listing import agreements_with, chained, frequent, in_reading_order, is_chained
from sitegen.catalogue.matches import matches
from sitegen.catalogue.nearness import places
from sitegen.catalogue.origin import edgar_url
from sitegen.catalogue.overview import Overview, overview
from sitegen.catalogue.people import persons_named
from sitegen.catalogue.proposed import proposed_pairs
from sitegen.catalogue.record import STATEMENTS_KEPT, StoredFound, StoredParse, with_sidecar
from sitegen.catalogue.records import (
    AgreementRef,
    Appearance,
    Counts,
    Dossier,
    FileNotice,
    IndexEntry,
    IssuerPage,
    NamedPerson,
    NamePage,
    NameRef,
    Person,
    ProposedPair,
    Source,
    Withdrawn,
)
from sitegen.catalogue.reviewed import Reviewed
from sitegen.catalogue.signatories import Signatory
from sitegen.catalogue.signatories import in_order as signatories_in_order
from sitegen.catalogue.signing import Member, Signing, members, signing
from sitegen.catalogue.succession import Roster, rosters
from sitegen.catalogue.summaries import BETWEEN, DIFFERENCES, INDEX, SIGNATORIES, summaries
from sitegen.catalogue.touched import NEAR
from sitegen.catalogue.withdrawn import gone, keys_held, withdrawn_addresses
from sitegen.identity.decisions import Decision, Decisions
from sitegen.identity.ledger import Ledger
from sitegen.identity.persons import anchor
from sitegen.model.findings import Finding
from sitegen.model.text import Span

DOSSIERS_KEPT = 128
"""Dossiers that are in memory at once."""
_PAGES_KEPT = 64
"""Pages of names in memory at once: each is shown by a page, its data, its graph."""
_REF = "slug, kind, title, date, issuer, first_party, schedule, parties, signers, copy_of"
_MENTIONED = (
    "SELECT m.{1}, p.anchor, m.{2} FROM {0} AS m LEFT JOIN person AS p ON p.identity = m.{1} AND p.agreement = ? "
    "WHERE m.agreement = ? ORDER BY m.{2}"
)
"""The names that an agreement prints, each with the person meant."""
_NAME = "section, slug, name, kind"
_NEWEST_FIRST = "date IS NULL, date DESC, slug"
_DECODER = msgspec.json.Decoder(StoredParse)


class Catalogue:
    """Read-only view of one state of the catalogue. Answers are cached: open a new one after a change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.dossier = lru_cache(maxsize=DOSSIERS_KEPT)(self._dossier)
        self._found = lru_cache(maxsize=64)(self._read_found)
        self._name = lru_cache(maxsize=65536)(self._read_name)
        self.signing = lru_cache(maxsize=4096)(self._read_signing)
        self.party = lru_cache(maxsize=_PAGES_KEPT)(self._party)
        self.signer = lru_cache(maxsize=_PAGES_KEPT)(self._signer)
        self.issuer = lru_cache(maxsize=_PAGES_KEPT)(self._issuer)
        self._page_name = lru_cache(maxsize=_PAGES_KEPT)(self._read_page_name)
        self.comparison = lru_cache(maxsize=1)(self._compare)
        self.blocks_concerning = lru_cache(maxsize=64)(self._blocks_concerning)
        self.members = lru_cache(maxsize=64)(self._members)
        self.rosters = lru_cache(maxsize=64)(self._read_rosters)
        self.with_authority = lru_cache(maxsize=2)(partial(with_authority, connection))
        self.chained = lru_cache(maxsize=2)(partial(chained, connection))
        self.agreements = lru_cache(maxsize=1)(self._read_agreements)
        self.index = lru_cache(maxsize=3)(self._index)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """Open a catalogue's file read-only."""
        return cls(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, cached_statements=STATEMENTS_KEPT))

    def _read_agreements(self) -> tuple[AgreementRef, ...]:
        """Return all agreements, newest first, undated last."""
        return tuple(
            AgreementRef(*row) for row in self._db.execute(f"SELECT {_REF} FROM agreement ORDER BY {_NEWEST_FIRST}")
        )

    def newest(self, most: int) -> tuple[AgreementRef, ...]:
        """Return the first of all agreements, newest first."""
        rows = self._db.execute(f"SELECT {_REF} FROM agreement ORDER BY {_NEWEST_FIRST} LIMIT ?", (most,))
        return tuple(AgreementRef(*row) for row in rows)

    @cached_property
    def overview(self) -> Overview:
        """The collection at a glance."""
        return overview(self._db)

    def _refs(self, condition: str, value: str) -> tuple[AgreementRef, ...]:
        query = f"SELECT {_REF} FROM agreement WHERE {condition} ORDER BY {_NEWEST_FIRST}"
        return tuple(AgreementRef(*row) for row in self._db.execute(query, (value,)))

    def _read_found(self, path: str) -> tuple[StoredFound, ...]:
        result, sidecar = self._db.execute(
            "SELECT result, sidecar FROM parsed JOIN file USING (sha256, suffix, version) WHERE path = ?", (path,)
        ).fetchone()
        return with_sidecar(_DECODER.decode(result), path, sidecar).found

    def _dossier(self, slug: str) -> Dossier:
        row = self._db.execute(
            f"SELECT id, path, ordinal, text_sha256, issuer_identity, {_REF} FROM agreement WHERE slug = ?",
            (slug,),
        ).fetchone()
        agreement_id, path, ordinal, text_sha256, issuer = row[:5]
        found = self._found(path)[ordinal]
        agreement = found.agreement
        (text,) = self._db.execute("SELECT text FROM text WHERE sha256 = ?", (text_sha256,)).fetchone()
        ref = AgreementRef(*row[5:])
        return Dossier(
            ref=ref,
            source=self._source(path, found),
            agreement=agreement,
            text=text,
            filing=found.document.filing,
            issuer=self._name("issuers", issuer) if issuer else None,
            parties=self._parties(agreement_id, slug),
            signers=self._signers(agreement_id, slug),
            chains=self._chains(agreement_id, slug, len(agreement.blocks)),
            acting=acting_links(agreement),
            findings=tuple(self._agreement_findings(agreement_id)),
            copies=self._copies(ref.copy_of or slug, slug),
        )

    def _read_signing(self, slug: str, block: int) -> Signing:
        """Return a signature block of an agreement: shown on many pages, and far smaller than the dossier."""
        return signing(self.dossier(slug), block)

    def _signings(self, dossier: Dossier) -> tuple[Signing, ...]:
        return tuple(self.signing(dossier.ref.slug, block) for block in range(len(dossier.agreement.blocks)))

    def _members(self, slug: str) -> dict[str, Member]:
        """Return the parties of an agreement by identity, each with its signature blocks."""
        dossier = self.dossier(slug)
        return members(dossier, self._signings(dossier))

    def _compare(self, older: str, newer: str) -> Comparison:
        """Lay two agreements (by slug) side by side, once for a page and its data."""
        return compare(self.dossier(older), self.dossier(newer), self._signings)

    def _copies(self, counted: str, own: str) -> tuple[AgreementRef, ...]:
        rows = self._db.execute(
            f"SELECT {_REF} FROM agreement WHERE (slug = ? OR copy_of = ?) AND slug <> ? ORDER BY published",
            (counted, counted, own),
        )
        return tuple(AgreementRef(*row) for row in rows)

    def _source(self, path: str, found: StoredFound) -> Source:
        (sha256,) = self._db.execute("SELECT sha256 FROM file WHERE path = ?", (path,)).fetchone()
        document = found.document
        filing = document.filing
        return Source(
            path=path,
            sha256=sha256,
            text_sha256=found.text_sha256,
            format=document.format,
            encoding=document.encoding,
            lines=found.lines,
            document=document.name,
            accession=filing.accession.value if filing and filing.accession else None,
            filed=filing.filed.value if filing and filing.filed else None,
            edgar_url=edgar_url(document),
        )

    def _agreement_findings(self, agreement: int) -> Iterator[Finding]:
        rows = self._db.execute(
            'SELECT code, message, start, "end" FROM standing WHERE agreement = ? '
            "ORDER BY start IS NULL, start, rank, code, message",
            (agreement,),
        )
        for code, message, start, end in rows:
            yield Finding(code, message, None if start is None else Span(start, end))

    def _read_name(self, section: str, identity: str) -> NameRef | None:
        row = self._db.execute(
            f"SELECT {_NAME} FROM name WHERE section = ? AND identity = ?", (section, identity)
        ).fetchone()
        return NameRef(*row) if row else None

    def _parties(self, agreement: int, slug: str) -> tuple[NameRef, ...]:
        rows = self._db.execute(_MENTIONED.format("party", "identity", "ordinal"), (slug, agreement))
        return tuple(self._tied("parties", identity, person) for identity, person, _ in rows)

    def _signers(self, agreement: int, slug: str) -> tuple[NameRef | None, ...]:
        rows = self._db.execute(_MENTIONED.format("block", "signer_identity", "ordinal"), (slug, agreement))
        return tuple(self._tied("signers", identity, person) if identity else None for identity, person, _ in rows)

    def _chains(self, agreement: int, slug: str, blocks: int) -> tuple[tuple[NameRef | None, ...], ...]:
        chains: list[list[NameRef | None]] = [[] for _ in range(blocks)]
        rows = self._db.execute(_MENTIONED.format("link", "identity", "block, m.ordinal"), (slug, agreement))
        for identity, person, block, _ in rows:
            known = self._name("parties", identity) is not None
            chains[block].append(self._tied("parties", identity, person) if known else None)
        return tuple(map(tuple, chains))

    def _mention(self, section: str, identity: str, agreement: str) -> NameRef:
        """Return the page of a name that this agreement prints, with the person's group when it is a person."""
        return self._tied(section, identity, self._anchor(identity, agreement))

    def _tied(self, section: str, identity: str, person: str | None) -> NameRef:
        ref = self._name(section, identity)
        if ref is None:
            raise LookupError(f"{section} page of {identity!r}")
        return msgspec.structs.replace(ref, person=person) if ref.kind == "person" else ref

    def _anchor(self, identity: str, agreement: str) -> str | None:
        row = self._db.execute(
            "SELECT anchor FROM person WHERE identity = ? AND agreement = ?", (identity, agreement)
        ).fetchone()
        return row[0] if row else None

    @cached_property
    def _decisions(self) -> Decisions:
        return decisions_made(self._db)

    def _decided(self, identity: str) -> tuple[Decision, ...]:
        rows = self._db.execute("SELECT number FROM decided WHERE identity = ? ORDER BY number", (identity,))
        return tuple(self._decisions.entries[number] for (number,) in rows)

    def _party(self, slug: str) -> NamePage:
        """Return a party's page. Raises `LookupError` when no agreement names it."""
        return self._page(
            "parties",
            slug,
            "SELECT agreement, ordinal FROM party WHERE identity = ? ORDER BY agreement, ordinal",
            "signers",
        )

    def _signer(self, slug: str) -> NamePage:
        """Return a signer's page. Raises `LookupError` when no block is signed by this printed name."""
        return self._page(
            "signers",
            slug,
            "SELECT agreement, ordinal FROM block WHERE signer_identity = ? ORDER BY agreement, ordinal",
            "parties",
        )

    def _page(self, section: str, slug: str, places: str, twin: str) -> NamePage:
        identity, ref, stem = self._page_name(section, slug)
        where: dict[int, list[int]] = {}
        for agreement, ordinal in self._db.execute(places, (identity,)):
            where.setdefault(agreement, []).append(ordinal)
        agreements = (
            f"SELECT id, {_REF} FROM agreement WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {_NEWEST_FIRST}"
        )
        refs = {
            number: AgreementRef(*row)
            for number, *row in self._db.execute(agreements, (msgspec.json.encode(list(where)).decode(),))
        }
        here = {ref.slug for ref in refs.values()}
        appearances = tuple(
            Appearance(ref, tuple(where[number])) for number, ref in refs.items() if ref.copy_of not in here
        )
        other = self._name(twin, identity) if ref.kind == "person" else None
        return NamePage(
            ref=ref,
            appearances=appearances,
            persons=tuple(self._persons_on(identity, appearances)) if ref.kind == "person" else (),
            twin=other,
            similar=self._similar(section, slug, stem),
            decisions=self._decided(identity),
        )

    def _read_page_name(self, section: str, slug: str) -> tuple[str, NameRef, str]:
        row = self._db.execute(
            f"SELECT identity, stem, {_NAME} FROM name WHERE section = ? AND slug = ?", (section, slug)
        ).fetchone()
        if row is None:
            raise LookupError(f"{section}/{slug}")
        return row[0], NameRef(*row[2:]), row[1]

    def _persons_on(self, identity: str, appearances: tuple[Appearance, ...]) -> Iterator[Person]:
        """Yield the groups that this page shows, in the order of its appearances."""
        person_of = dict(self._db.execute("SELECT agreement, anchor FROM person WHERE identity = ?", (identity,)))
        grouped: dict[str, list[Appearance]] = {}
        for appearance in appearances:
            # A mention that is no person here (one agreement calls the name an entity) stands alone.
            grouped.setdefault(person_of.get(appearance.agreement.slug, ""), []).append(appearance)
        for person, found in grouped.items():
            yield Person(person or anchor(found[0].agreement.slug), tuple(found))

    def _similar(self, section: str, slug: str, stem: str) -> tuple[NameRef, ...]:
        """Return the names that stand beside this one among those of its stem, in order."""
        rows = self._db.execute(
            f"WITH own AS (SELECT sort, slug FROM name WHERE section = :section AND slug = :slug) "
            f"SELECT {_NAME} FROM ("
            f"SELECT * FROM (SELECT name.* FROM name, own WHERE section = :section AND stem = :stem "
            "AND (name.sort, name.slug) < (own.sort, own.slug) ORDER BY name.sort DESC, name.slug DESC LIMIT :near) "
            f"UNION ALL SELECT * FROM (SELECT name.* FROM name, own WHERE section = :section AND stem = :stem "
            "AND (name.sort, name.slug) > (own.sort, own.slug) ORDER BY name.sort, name.slug LIMIT :near)) "
            "ORDER BY sort, slug",
            {"section": section, "slug": slug, "stem": stem, "near": NEAR},
        )
        return tuple(NameRef(*row) for row in rows)

    def _issuer(self, slug: str) -> IssuerPage:
        """Return an issuer's page. Raises `LookupError` when no agreement is about it."""
        identity, ref, stem = self._page_name("issuers", slug)
        ciks = self._db.execute(
            "SELECT DISTINCT issuer_cik FROM agreement WHERE issuer_identity = ? AND issuer_cik IS NOT NULL",
            (identity,),
        ).fetchall()
        refs = self._refs("issuer_identity = ?", identity)
        here = {each.slug for each in refs}
        decided = self._decided(identity)
        given = [entry.value for entry in decided if entry.kind == "cik"]
        return IssuerPage(
            ref=ref,
            cik=given[0] if given else ciks[0][0] if len(ciks) == 1 else None,
            agreements=tuple(each for each in refs if each.copy_of not in here),
            party=self._name("parties", identity),
            similar=self._similar("issuers", slug, stem),
            decisions=decided,
        )

    def person(self, identity: str, agreement: str) -> str | None:
        """Return the anchor of the person whom a printed name means in an agreement; None for an entity."""
        return self._anchor(identity, agreement)

    def _read_rosters(self, issuer: str) -> tuple[Roster, ...]:
        """Return who is a party to each agreement about an issuer (by slug), oldest first, undated last."""
        return rosters(self._db, self._page_name("issuers", issuer)[0], self.person)

    def _blocks_concerning(self, section: str, slug: str) -> tuple[BlockRef, ...]:
        """Return the blocks that concern a party (its own, and those it stands in) or an issuer, newest first."""
        identity, _, _ = self._page_name(section, slug)
        return (blocks_of_party if section == "parties" else blocks_of_issuer)(self._db, identity)

    def differences(self, party: str) -> tuple[Statement, ...]:
        """Return what agreements print differently of a company (by the slug of its page); nothing of a person."""
        identity, ref, _ = self._page_name("parties", party)
        return statements(self._db, identity) if ref.kind == "entity" else ()

    @cached_property
    def all_differences(self) -> tuple[Statement, ...]:
        """Return what agreements print differently of all companies, what says most first."""
        return statements_in_order(each for told in summaries(self._db, DIFFERENCES) for each in told)

    @cached_property
    def bridges(self) -> tuple[tuple[Bridge, ...], tuple[Namesakes, ...]]:
        """Return who connects agreements about different issuers, and names that only look as if they did."""
        return bridges(summaries(self._db, BETWEEN))

    def signatories(self) -> tuple[Signatory, ...]:
        """Return the persons who sign for several parties in several agreements, those in most agreements first."""
        return signatories_in_order(summaries(self._db, SIGNATORIES))

    def _index(self, section: str) -> tuple[IndexEntry, ...]:
        """Return a section's names in reading order."""
        return in_reading_order(summaries(self._db, INDEX[section]))

    def page_named(self, section: str, slug: str) -> NameRef:
        """Return the page at an address. Raises `LookupError` when there is none."""
        return self._page_name(section, slug)[1]

    def decisions_about(self, ref: NameRef) -> tuple[Decision, ...]:
        """Return what people decided about the name on a page."""
        return self._decided(self._page_name(ref.section, ref.slug)[0])

    def page_of(self, section: str, identity: str) -> NameRef | None:
        """Return the page of an identity in a section, where it has one."""
        return self._name(section, identity)

    def slugs(self, section: str) -> tuple[str, ...]:
        """Return the addresses of a section (`parties`, `signers`, `issuers`) that have a page, in reading order."""
        rows = self._db.execute("SELECT slug FROM name WHERE section = ? ORDER BY sort, slug", (section,))
        return tuple(slug for (slug,) in rows)

    def has(self, section: str, slug: str) -> bool:
        """Say whether an address of a section (`agreements` too) has a page of its own."""
        query = "SELECT 1 FROM name WHERE section = ? AND slug = ?"
        if section == "agreements":
            query = "SELECT 1 FROM agreement WHERE ? = 'agreements' AND slug = ?"
        return self._db.execute(query, (section, slug)).fetchone() is not None

    def agreements_with(self, section: str, slug: str) -> int:
        """Return in how many agreements a name is, each counted once, in however many files it is."""
        return agreements_with(self._db, section, slug)

    def frequent(self, section: str, least: int) -> tuple[str, ...]:
        """Return the addresses of the names that are in more agreements than `least`, in reading order."""
        return frequent(self._db, section, least)

    def is_chained(self, section: str, slug: str) -> bool:
        """Say whether a party or signer shares its signature blocks with two names or more."""
        return is_chained(self._db, section, slug)

    def places(self) -> dict[str, int]:
        """Return where each agreement and name (`section/slug`) stands beside those that show the same agreements."""
        return places(self._db)

    def notices(self) -> tuple[FileNotice, ...]:
        """Return the findings about files: those that gave no dossier, and how a file's bytes were read."""
        rows = self._db.execute("SELECT path, code, message FROM standing WHERE agreement IS NULL ORDER BY path, rank")
        return tuple(FileNotice(path, Finding(code, message)) for path, code, message in rows)

    @cached_property
    def reviewed(self) -> Reviewed:
        """What the review asks."""
        return Reviewed(self._db)

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return published addresses without a page of their own, and the pages that answer for them now."""
        return tuple(self.gone(*address) for address in withdrawn_addresses(self._db))

    def is_gone(self, section: str, slug: str) -> bool:
        """Say whether an address was published and has no page of its own now."""
        return bool(keys_held(self._db, section, slug))

    def gone(self, section: str, slug: str) -> Withdrawn:
        """Return what answers for one published address without a page. Raises `KeyError` for any other."""
        return gone(self._db, section, slug, self._name, self._mention)

    def named(self, name_key: str) -> NameRef | None:
        """Return a page of the printed name with this key: as a party, else as a signer, else as an issuer."""
        row = self._db.execute(
            f"SELECT {_NAME} FROM name WHERE identity IN (SELECT ? UNION SELECT identity FROM spelling WHERE key = ?) "
            "ORDER BY section = 'issuers', section LIMIT 1",
            (name_key, name_key),
        ).fetchone()
        return NameRef(*row) if row else None

    def persons(self, ref: NameRef) -> tuple[NamedPerson, ...]:
        """Return the persons of a page's name, wherever they are named."""
        identity, _, _ = self._page_name(ref.section, ref.slug)
        return tuple(NamedPerson(*person) for person in persons_named(self._db, identity, self._decisions))

    def check(self, decisions: Decisions, ledgers: Mapping[str, Ledger]) -> None:
        """Raise `DecisionError` when a decision names what the site never had."""
        decisions.check_known(known_names(self._db, ledgers), ledgers["agreements"].addresses())

    def published(self) -> tuple[str, ...]:
        """Return every address ever published, `parties/quillfeather-lp`, in order."""
        rows = self._db.execute("SELECT DISTINCT section || '/' || slug FROM address ORDER BY 1")
        return tuple(address for (address,) in rows)

    def proposals(self) -> tuple[ProposedPair, ...]:
        """Return the pairs of names that a person should decide on, the most likely first."""
        return proposed_pairs(self._db, self._decisions)

    def find(self, words: str) -> tuple[NameRef, ...]:
        """Return the pages that a name, short name or address means; the nearest kind of match alone, all of it."""
        return matches(self._db, words)

    def counts(self) -> Counts:
        """Return how much the collection holds."""
        query = "SELECT (SELECT count(*) FROM agreement), (SELECT count(*) FROM block)"
        agreements, blocks = self._db.execute(query).fetchone()
        names = dict(self._db.execute("SELECT section, count(*) FROM name GROUP BY section"))
        severities = dict(self._db.execute("SELECT severity, count(*) FROM standing GROUP BY severity"))
        (silenced,) = self._db.execute("SELECT count(*) FROM silenced").fetchone()
        findings = {severity: severities.get(severity, 0) for severity in ("error", "warning", "note")}
        findings["warning"] += len(self.reviewed.idle())
        return Counts(
            agreements=agreements,
            parties=names.get("parties", 0),
            signers=names.get("signers", 0),
            issuers=names.get("issuers", 0),
            blocks=blocks,
            findings=findings,
            silenced=silenced,
        )
