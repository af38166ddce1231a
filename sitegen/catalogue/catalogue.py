"""The catalogue's reading side: pages ask here, and get frozen values."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from sitegen.catalogue.acting import acting_links
from sitegen.catalogue.origin import edgar_url, unread_lines
from sitegen.catalogue.people import persons_named
from sitegen.catalogue.record import StoredFound, StoredParse, with_sidecar
from sitegen.catalogue.records import (
    AgreementRef,
    Appearance,
    Counts,
    Dossier,
    FileNotice,
    IndexEntry,
    IssuerPage,
    NamePage,
    NameRef,
    Person,
    Source,
    Withdrawn,
)
from sitegen.identity.persons import anchor
from sitegen.model.agreement import Agreement
from sitegen.model.findings import Finding
from sitegen.model.name import key
from sitegen.model.text import Span

_REF = "slug, kind, title, date, issuer, first_party, schedule, parties, signers"
_NAME = "section, slug, name, kind"
_NEWEST_FIRST = "date IS NULL, date DESC, slug"
_MOST_SIMILAR = 12
_DECODER = msgspec.json.Decoder(StoredParse)

_FINDABLE = """
SELECT section, slug, name, kind, key, (
    SELECT alias FROM party WHERE party.key = name.key AND section = 'parties' AND alias IS NOT NULL LIMIT 1
  ) AS short FROM name
UNION ALL
SELECT 'agreements', slug, coalesce(issuer, first_party, path) || coalesce(', ' || date, ''), kind, accession, path
  FROM agreement
"""
_MATCHES = (
    "slug = :slug AND :section IN ('', section)",
    "key = :key OR key = :words",
    "short = :words COLLATE NOCASE OR name = :words COLLATE NOCASE",
    "name LIKE :likely ESCAPE '\\' OR short LIKE :likely ESCAPE '\\'",
)
"""Ways to match a name, the exact ones first."""


class Catalogue:
    """Read-only view of one state of the catalogue. Answers are cached: open a new one after a change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.dossier = lru_cache(maxsize=128)(self._dossier)
        self._found = lru_cache(maxsize=64)(self._read_found)
        self._persons = lru_cache(maxsize=4096)(self._group_persons)
        self._name = lru_cache(maxsize=65536)(self._read_name)
        self.chained = lru_cache(maxsize=2)(self._read_chained)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """Open a catalogue's file read-only."""
        return cls(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))

    def agreements(self) -> tuple[AgreementRef, ...]:
        """Return all agreements, newest first, undated last."""
        return tuple(
            AgreementRef(*row) for row in self._db.execute(f"SELECT {_REF} FROM agreement ORDER BY {_NEWEST_FIRST}")
        )

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
            f"SELECT id, path, ordinal, text_sha256, {_REF} FROM agreement WHERE slug = ?",
            (slug,),
        ).fetchone()
        agreement_id, path, ordinal, text_sha256 = row[:4]
        found = self._found(path)[ordinal]
        agreement = found.agreement
        (text,) = self._db.execute("SELECT text FROM text WHERE sha256 = ?", (text_sha256,)).fetchone()
        issuer = agreement.issuer
        return Dossier(
            ref=AgreementRef(*row[4:]),
            source=self._source(path, found),
            agreement=agreement,
            text=text,
            filing=found.document.filing,
            issuer=self._name("issuers", str(key(issuer.name.value))) if issuer else None,
            parties=tuple(self._mention("parties", party.name.value, slug) for party in agreement.parties),
            signers=tuple(
                self._mention("signers", block.signer.value, slug) if block.signer else None
                for block in agreement.blocks
            ),
            chains=tuple(
                tuple(self._link(agreement, link.party, link.name.value, slug) for link in block.chain)
                for block in agreement.blocks
            ),
            acting=acting_links(agreement),
            unread=unread_lines(agreement, text),
            findings=tuple(self._agreement_findings(agreement_id)),
        )

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
            'SELECT code, message, start, "end" FROM finding WHERE agreement = ? ORDER BY start IS NULL, start, id',
            (agreement,),
        )
        for code, message, start, end in rows:
            yield Finding(code, message, None if start is None else Span(start, end))

    def _read_name(self, section: str, identity: str) -> NameRef | None:
        row = self._db.execute(
            f"SELECT {_NAME} FROM name WHERE section = ? AND key = ?", (section, identity)
        ).fetchone()
        return NameRef(*row) if row else None

    def _mention(self, section: str, name: str, agreement: str) -> NameRef:
        """Return the page of a name that this agreement prints, with the person's group when it is a person."""
        identity = str(key(name))
        ref = self._name(section, identity)
        if ref is None:
            raise LookupError(f"{section} page of {name!r}")
        if ref.kind != "person":
            return ref
        for person, slugs in self._persons(identity):
            if agreement in slugs:
                return msgspec.structs.replace(ref, person=person)
        return ref

    def _link(self, agreement: Agreement, party: int | None, printed: str, slug: str) -> NameRef | None:
        name = printed if party is None else agreement.parties[party].name.value
        if self._name("parties", str(key(name))) is None:
            return None
        return self._mention("parties", name, slug)

    def _group_persons(self, identity: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the persons of a printed name: anchor, and slugs of the agreements that each is named in."""
        return persons_named(self._db, identity)

    def party(self, slug: str) -> NamePage:
        """Return a party's page. Raises `LookupError` when no agreement names it."""
        return self._page(
            "parties", slug, "SELECT agreement, ordinal FROM party WHERE key = ? ORDER BY agreement, ordinal", "signers"
        )

    def signer(self, slug: str) -> NamePage:
        """Return a signer's page. Raises `LookupError` when no block is signed by this printed name."""
        return self._page(
            "signers",
            slug,
            "SELECT agreement, ordinal FROM block WHERE signer_key = ? ORDER BY agreement, ordinal",
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
        appearances = tuple(
            Appearance(AgreementRef(*row), tuple(where[number]))
            for number, *row in self._db.execute(agreements, (msgspec.json.encode(list(where)).decode(),))
        )
        other = self._name(twin, identity) if ref.kind == "person" else None
        return NamePage(
            ref=ref,
            appearances=appearances,
            persons=tuple(self._persons_on(identity, appearances)) if ref.kind == "person" else (),
            twin=other,
            similar=self._similar(section, slug, stem),
        )

    def _page_name(self, section: str, slug: str) -> tuple[str, NameRef, str]:
        row = self._db.execute(
            f"SELECT key, stem, {_NAME} FROM name WHERE section = ? AND slug = ?", (section, slug)
        ).fetchone()
        if row is None:
            raise LookupError(f"{section}/{slug}")
        return row[0], NameRef(*row[2:]), row[1]

    def _persons_on(self, identity: str, appearances: tuple[Appearance, ...]) -> Iterator[Person]:
        """Yield the groups that this page shows, in the order of its appearances."""
        person_of = {slug: person for person, slugs in self._persons(identity) for slug in slugs}
        grouped: dict[str, list[Appearance]] = {}
        for appearance in appearances:
            # A mention that is no person here (one agreement calls the name an entity) stands alone.
            grouped.setdefault(person_of.get(appearance.agreement.slug, ""), []).append(appearance)
        for person, members in grouped.items():
            yield Person(person or anchor(members[0].agreement.slug), tuple(members))

    def _similar(self, section: str, slug: str, stem: str) -> tuple[NameRef, ...]:
        rows = self._db.execute(
            f"SELECT {_NAME} FROM name WHERE section = ? AND stem = ? AND slug <> ? ORDER BY sort LIMIT ?",
            (section, stem, slug, _MOST_SIMILAR),
        )
        return tuple(NameRef(*row) for row in rows)

    def issuer(self, slug: str) -> IssuerPage:
        """Return an issuer's page. Raises `LookupError` when no agreement is about it."""
        identity, ref, stem = self._page_name("issuers", slug)
        ciks = self._db.execute(
            "SELECT DISTINCT issuer_cik FROM agreement WHERE issuer_key = ? AND issuer_cik IS NOT NULL", (identity,)
        ).fetchall()
        return IssuerPage(
            ref=ref,
            cik=ciks[0][0] if len(ciks) == 1 else None,
            agreements=self._refs("issuer_key = ?", identity),
            party=self._name("parties", identity),
            similar=self._similar("issuers", slug, stem),
        )

    def slugs(self, section: str) -> tuple[str, ...]:
        """Return the addresses of a section (`parties`, `signers`, `issuers`) that have a page, in reading order."""
        rows = self._db.execute("SELECT slug FROM name WHERE section = ? ORDER BY sort, slug", (section,))
        return tuple(slug for (slug,) in rows)

    def _read_chained(self, section: str) -> frozenset[str]:
        """Return the slugs of the parties or signers that share their signature blocks with two names or more."""
        mentions = {
            "parties": "SELECT DISTINCT agreement, key FROM party",
            "signers": "SELECT DISTINCT agreement, signer_key AS key FROM block WHERE signer_key IS NOT NULL",
        }[section]
        rows = self._db.execute(
            "WITH stood AS MATERIALIZED ("
            "SELECT agreement, ordinal AS block, party_key AS key FROM block "
            "UNION SELECT agreement, ordinal, signer_key FROM block WHERE signer_key IS NOT NULL "
            f"UNION SELECT agreement, block, key FROM link), mention AS MATERIALIZED ({mentions}) "
            "SELECT slug FROM name WHERE section = ? AND key IN ("
            "SELECT mine.key FROM mention JOIN stood AS mine USING (agreement, key) "
            "JOIN stood AS other USING (agreement, block) GROUP BY mine.key HAVING count(DISTINCT other.key) > 2)",
            (section,),
        )
        return frozenset(slug for (slug,) in rows)

    def index(self, section: str) -> tuple[IndexEntry, ...]:
        """Return a section's names in reading order: people by family name, numerals by value."""
        mentions = {
            "parties": "SELECT key, agreement, alias, 0 AS blocks FROM party",
            "signers": "SELECT signer_key AS key, agreement, NULL AS alias, 1 AS blocks FROM block",
            "issuers": "SELECT issuer_key AS key, id AS agreement, NULL AS alias, 0 AS blocks FROM agreement",
        }[section]
        latest: dict[str, tuple[AgreementRef, str | None]] = {}
        counts: dict[str, tuple[set[int], int]] = {}
        rows = self._db.execute(
            f"SELECT m.key, m.alias, m.blocks, a.id, {_REF.replace('kind', 'a.kind')} FROM ({mentions}) AS m "
            f"JOIN agreement AS a ON a.id = m.agreement ORDER BY {_NEWEST_FIRST}"
        )
        for identity, alias, blocks, agreement, *ref in rows:
            seen, signed = counts.get(identity, (set(), 0))
            seen.add(agreement)
            counts[identity] = (seen, signed + blocks)
            if identity not in latest or (latest[identity][1] is None and alias):
                latest[identity] = (latest[identity][0] if identity in latest else AgreementRef(*ref), alias)
        entries = []
        for identity, sort, *name in self._db.execute(
            f"SELECT key, sort, {_NAME} FROM name WHERE section = ? ORDER BY sort, slug", (section,)
        ):
            seen, signed = counts[identity]
            newest, alias = latest[identity]
            letter = sort[:1] if "a" <= sort[:1] <= "z" else "0-9"
            entries.append(IndexEntry(NameRef(*name), letter, alias, signed or len(seen), newest, len(seen)))
        return tuple(entries)

    def findings(self) -> tuple[tuple[AgreementRef, Finding, tuple[int, int] | None], ...]:
        """Return all findings of all dossiers with their lines, agreements newest first."""
        rows = self._db.execute(
            f'SELECT f.code, f.message, f.start, f."end", f.first_line, f.last_line, {_REF} '
            "FROM finding AS f JOIN agreement AS a ON a.id = f.agreement "
            f"ORDER BY {_NEWEST_FIRST}, f.start IS NULL, f.start, f.id"
        )
        return tuple(
            (
                AgreementRef(*ref),
                Finding(code, message, None if start is None else Span(start, end)),
                None if first is None else (first, last),
            )
            for code, message, start, end, first, last, *ref in rows
        )

    def notices(self) -> tuple[FileNotice, ...]:
        """Return the findings about files: those that gave no dossier, and how a file's bytes were read."""
        rows = self._db.execute("SELECT path, code, message FROM finding WHERE agreement IS NULL ORDER BY path, id")
        return tuple(FileNotice(path, Finding(code, message)) for path, code, message in rows)

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return published addresses that nothing answers any more."""
        rows = self._db.execute(
            "SELECT section, slug, min(key) FROM address AS d WHERE NOT EXISTS "
            "(SELECT 1 FROM name AS n WHERE n.section = d.section AND n.slug = d.slug) AND NOT EXISTS "
            "(SELECT 1 FROM agreement AS a WHERE d.section = 'agreements' AND a.slug = d.slug) "
            "GROUP BY section, slug ORDER BY section, slug"
        )
        return tuple(Withdrawn(*row) for row in rows)

    def find(self, words: str) -> tuple[NameRef, ...]:
        """Return the pages that a name, short name or address means; the nearest kind of match alone, all of it."""
        section, _, slug = words.strip().strip("/").rpartition("/")
        likely = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        values = {"section": section, "slug": slug, "key": str(key(words)), "words": words.strip(), "likely": likely}
        for condition in _MATCHES:
            found = self._db.execute(
                f"SELECT {_NAME} FROM ({_FINDABLE}) WHERE {condition} ORDER BY section, slug", values
            )
            if rows := found.fetchall():
                return tuple(NameRef(*row) for row in rows)
        return ()

    def counts(self) -> Counts:
        """Return how much the collection holds."""
        query = "SELECT (SELECT count(*) FROM agreement), (SELECT count(*) FROM block)"
        agreements, blocks = self._db.execute(query).fetchone()
        names = dict(self._db.execute("SELECT section, count(*) FROM name GROUP BY section"))
        severities = dict(self._db.execute("SELECT severity, count(*) FROM finding GROUP BY severity"))
        findings = {severity: severities.get(severity, 0) for severity in ("error", "warning", "note")}
        return Counts(
            agreements=agreements,
            parties=names.get("parties", 0),
            signers=names.get("signers", 0),
            issuers=names.get("issuers", 0),
            blocks=blocks,
            findings=findings,
        )
