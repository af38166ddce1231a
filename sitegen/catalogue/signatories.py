"""Who signs for several parties in several agreements: persons as groups of mentions, never as bare names."""

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.catalogue.records import NameRef
from sitegen.identity.persons import anchor

_SEVERAL = """
WITH often AS MATERIALIZED (
  SELECT signer_identity FROM asked CROSS JOIN block ON signer_identity = asked.identity
  GROUP BY 1 HAVING count(DISTINCT agreement) > 1 AND count(DISTINCT party_identity) > 1)
SELECT n.identity, n.sort, n.section, n.slug, n.name, n.kind, coalesce(p.anchor, ''),
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
    sort: str
    """Of the name, in reading order."""
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


def wide_signers(db: sqlite3.Connection) -> Iterator[tuple[str, tuple[Signatory, ...]]]:
    """Yield the persons who sign widely, of the printed names that are asked about (`summaries`)."""
    names: dict[str, tuple[NameRef, str, dict[str, _Sheet]]] = {}
    for identity, sort, section, page, name, kind, person, slug, copy_of, date, about, block, party, whom in db.execute(
        _SEVERAL
    ):
        if identity not in names:
            names[identity] = (NameRef(section, page, name, kind), sort, {})
        sheets = names[identity][2]
        if slug not in sheets:
            sheets[slug] = _Sheet(slug, copy_of, date, about, person, [], set())
        sheets[slug].blocks.append(block)
        sheets[slug].parties.add((party, whom))
    for identity, (ref, sort, sheets) in names.items():
        if people := tuple(_persons(ref, sort, sheets)):
            yield identity, people


def in_order(found: Iterable[tuple[Signatory, ...]]) -> tuple[Signatory, ...]:
    """Put persons in order: by agreements, then names, then reading order."""
    people = [person for people in found for person in people]
    return tuple(sorted(people, key=lambda each: (-len(each.signed), -each.parties, each.sort, each.ref.slug)))


def _persons(ref: NameRef, sort: str, sheets: dict[str, _Sheet]) -> Iterator[Signatory]:
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
            signed = tuple(Signed(each.slug, tuple(each.blocks)) for each in kept.values())
            yield Signatory(who, sort, signed, len(parties))
