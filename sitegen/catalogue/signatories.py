"""Who signs for several parties in several agreements: persons as groups of mentions, never as bare names."""

import sqlite3
from collections.abc import Iterator

import msgspec

from sitegen.catalogue.records import NameRef
from sitegen.identity.persons import anchor

_SEVERAL = """
WITH often AS MATERIALIZED (
  SELECT signer_identity FROM block WHERE signer_identity IS NOT NULL
  GROUP BY 1 HAVING count(DISTINCT agreement) > 1 AND count(DISTINCT party_identity) > 1)
SELECT n.section, n.slug, n.name, n.kind, coalesce(p.anchor, ''),
  a.slug, a.copy_of, a.date, coalesce(a.issuer, a.first_party), b.ordinal, b.party_identity, coalesce(w.anchor, '')
FROM often AS o JOIN name AS n ON n.section = 'signers' AND n.identity = o.signer_identity AND n.kind = 'person'
JOIN block AS b ON b.signer_identity = o.signer_identity JOIN agreement AS a ON a.id = b.agreement
LEFT JOIN person AS p ON p.identity = o.signer_identity AND p.agreement = a.slug
LEFT JOIN person AS w ON w.identity = b.party_identity AND w.agreement = a.slug
ORDER BY n.sort, n.slug, a.date IS NULL, a.date DESC, a.slug, b.ordinal
"""


class Signed(msgspec.Struct, frozen=True):
    """One person's blocks in one agreement."""

    agreement: str
    """Slug."""
    blocks: tuple[int, ...]
    """Indices in the agreement's blocks."""


class Signatory(msgspec.Struct, frozen=True):
    """A person who signs for two parties or more, in two agreements or more."""

    ref: NameRef
    signed: tuple[Signed, ...]
    """Newest agreement first; one that stands in two files counts once."""
    parties: int
    """For how many names the person signs."""


class _Sheet(msgspec.Struct):
    """What a printed name signs in one agreement."""

    slug: str
    copy_of: str | None
    date: str | None
    about: str | None
    person: str
    blocks: list[int]
    parties: set[tuple[str, str]]


def signatories(db: sqlite3.Connection) -> tuple[Signatory, ...]:
    """Return the persons who sign widely: by agreements, then names, then reading order."""
    names: dict[str, tuple[NameRef, dict[str, _Sheet]]] = {}
    for section, name_slug, name, kind, person, slug, copy_of, date, about, block, party, whom in db.execute(_SEVERAL):
        if name_slug not in names:
            names[name_slug] = (NameRef(section, name_slug, name, kind), {})
        sheets = names[name_slug][1]
        if slug not in sheets:
            sheets[slug] = _Sheet(slug, copy_of, date, about, person, [], set())
        sheets[slug].blocks.append(block)
        sheets[slug].parties.add((party, whom))
    found = [each for ref, sheets in names.values() for each in _persons(ref, sheets)]
    return tuple(sorted(found, key=lambda each: (-len(each.signed), -each.parties)))


def _persons(ref: NameRef, sheets: dict[str, _Sheet]) -> Iterator[Signatory]:
    groups: dict[str, dict[object, _Sheet]] = {}
    firsts: dict[str, str] = {}
    for sheet in sheets.values():
        if sheet.copy_of not in sheets:
            firsts.setdefault(sheet.person, sheet.slug)
            same = (sheet.date, sheet.about, frozenset(sheet.parties)) if sheet.date else sheet.slug
            groups.setdefault(sheet.person, {}).setdefault(same, sheet)
    for person, kept in groups.items():
        parties = set().union(*(sheet.parties for sheet in kept.values()))
        if len(kept) > 1 and len(parties) > 1:
            who = msgspec.structs.replace(ref, person=person or anchor(firsts[person]))
            yield Signatory(who, tuple(Signed(each.slug, tuple(each.blocks)) for each in kept.values()), len(parties))
