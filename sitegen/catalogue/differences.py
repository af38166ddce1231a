"""What agreements print differently of one company: through whom it signs, who signs, as what, and under which term.

A difference is told of two agreements that have nothing in common on the matter, or of one fund beside its siblings in
one agreement. Both printings may be right: offices change, and so do agreements.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sitegen.catalogue.comparison import fold_title

TERM, CAPACITY, THROUGH, SIBLINGS, TITLE, SIGNERS = "term", "capacity", "through", "siblings", "title", "signers"
KINDS = (TERM, CAPACITY, THROUGH, SIBLINGS, TITLE, SIGNERS)
"""In the order of how much they say."""
_FEWEST_SIBLINGS = 3

_BLOCKS = """
SELECT a.slug, b.ordinal, b.signer_identity, b.title, b.attorney, (
  SELECT json_group_array(json_array(identity, capacity)) FROM (
    SELECT identity, capacity FROM link WHERE agreement = b.agreement AND block = b.ordinal ORDER BY ordinal))
FROM block AS b JOIN agreement AS a ON a.id = b.agreement
WHERE b.party_identity = ? AND b.signer_identity IS NOT NULL AND a.copy_of IS NULL
ORDER BY a.date IS NULL, a.date DESC, a.slug, b.ordinal
"""
_BESIDE = """
SELECT b.party_identity, b.ordinal, (
  SELECT json_group_array(json_array(identity, capacity)) FROM (
    SELECT identity, capacity FROM link WHERE agreement = b.agreement AND block = b.ordinal ORDER BY ordinal))
FROM agreement AS a JOIN block AS b ON b.agreement = a.id
WHERE a.slug = ? AND b.party_kind = 'entity' ORDER BY b.ordinal
"""
_TERMS = """
SELECT p.alias, a.slug, p.ordinal, n.slug, o.ordinal FROM party AS p JOIN agreement AS a ON a.id = p.agreement
JOIN party AS here ON here.identity = p.identity AND here.agreement <> p.agreement
  AND here.alias IS NOT p.alias COLLATE NOCASE
JOIN party AS o ON o.agreement = here.agreement AND o.alias = p.alias COLLATE NOCASE AND o.identity <> p.identity
JOIN agreement AS n ON n.id = here.agreement AND n.issuer_identity = a.issuer_identity
WHERE p.identity = ? AND p.alias IS NOT NULL AND a.copy_of IS NULL AND n.copy_of IS NULL AND NOT EXISTS (
  SELECT 1 FROM party AS x
  WHERE x.agreement = p.agreement AND x.identity <> p.identity AND x.alias = p.alias COLLATE NOCASE)
ORDER BY a.date IS NULL, a.date DESC, a.slug, p.ordinal, n.date IS NULL, n.date DESC, n.slug
"""
_COMPANIES = """
SELECT asked.identity FROM asked WHERE EXISTS (
  SELECT 1 FROM party AS p JOIN agreement AS a ON a.id = p.agreement
  WHERE p.identity = asked.identity AND p.kind = 'entity' AND a.copy_of IS NULL)
"""
Step = tuple[str, str | None]
"""Identity of a name on a "By:" line, and its capacity."""
_Beside = dict[str, list[tuple[str, int, tuple[Step, ...]]]]
"""By agreement: the companies that stand in no other's chain, with the block and the chain of each."""


class Witness(msgspec.Struct, frozen=True):
    """A place that prints one of the different things."""

    agreement: str
    """Slug."""
    number: int
    """Index of the block; of the party for a term."""


class Statement(msgspec.Struct, frozen=True):
    """One matter that agreements print differently of a company."""

    kind: str
    identity: str
    """The company's."""
    about: str
    """Identity of the other name that it is about: of the step for a capacity, of the signer for a title; the term."""
    witnesses: tuple[Witness, ...]
    """One for each thing printed, the newest that prints it."""


class _Block(msgspec.Struct, frozen=True):
    """A signature block of the company."""

    at: Witness
    signer: str
    title: str | None
    attorney: bool
    steps: tuple[Step, ...]


def statements(db: sqlite3.Connection, identity: str, read: _Beside | None = None) -> tuple[Statement, ...]:
    """Return what agreements print differently of a company, those that say most first.

    `read` keeps the blocks of agreements from one company to the next.
    """
    blocks = [
        _Block(Witness(slug, ordinal), signer, title, bool(attorney), _steps(links))
        for slug, ordinal, signer, title, attorney, links in db.execute(_BLOCKS, (identity,)).fetchall()
    ]
    told = [
        *_terms(db, identity),
        *_blocks(identity, blocks),
        *_beside(db, identity, blocks, {} if read is None else read),
    ]
    return tuple(sorted(told, key=lambda each: (KINDS.index(each.kind), each.about)))


def statements_by_company(db: sqlite3.Connection) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Yield the companies that are asked about (`summaries`) of which something is printed differently."""
    read: _Beside = {}
    for (identity,) in db.execute(_COMPANIES).fetchall():
        if told := statements(db, identity, read):
            yield identity, told


def in_order(told: Iterable[Statement]) -> tuple[Statement, ...]:
    """Put statements about many companies in order: those that say most first."""
    return tuple(sorted(told, key=lambda each: KINDS.index(each.kind)))


def _steps(links: str) -> tuple[Step, ...]:
    return msgspec.json.decode(links, type=tuple[Step, ...])


def _blocks(identity: str, blocks: Sequence[_Block]) -> Iterator[Statement]:
    yield from _different(THROUGH, identity, "", ((each.at, each.steps[0][0]) for each in blocks if each.steps))
    yield from _different(SIGNERS, identity, "", ((each.at, each.signer) for each in blocks))
    for step in sorted({each.steps[0][0] for each in blocks if each.steps}):
        said = ((each.at, each.steps[0][1]) for each in blocks if each.steps and each.steps[0][0] == step)
        yield from _different(CAPACITY, identity, step, ((at, fold_title(words)) for at, words in said if words))
    for signer in sorted({each.signer for each in blocks}):
        titles = ((each.at, each.title) for each in blocks if each.signer == signer and not each.attorney)
        yield from _different(TITLE, identity, signer, ((at, fold_title(title)) for at, title in titles if title))


def _different(kind: str, identity: str, about: str, printed: Iterable[tuple[Witness, str]]) -> Iterator[Statement]:
    """Tell what is printed, where two agreements print nothing in common."""
    by_agreement: dict[str, set[str]] = {}
    first: dict[str, Witness] = {}
    for at, value in printed:
        by_agreement.setdefault(at.agreement, set()).add(value)
        first.setdefault(value, at)
    sets = {frozenset(values) for values in by_agreement.values()}
    if any(one.isdisjoint(other) for one in sets for other in sets):
        yield Statement(kind, identity, about, tuple(first.values()))


def _beside(db: sqlite3.Connection, identity: str, blocks: Sequence[_Block], read: _Beside) -> Iterator[Statement]:
    """Tell of the newest agreement in which all siblings but this fund sign in one way: by number and kind of steps."""
    seen: set[str] = set()
    for agreement in dict.fromkeys(each.at.agreement for each in blocks if each.steps):
        funds = read.get(agreement)
        if funds is None:
            rows = [(party, at, _steps(links)) for party, at, links in db.execute(_BESIDE, (agreement,)).fetchall()]
            inside = {step for _, _, steps in rows for step, _ in steps}
            funds = read[agreement] = [(party, at, steps) for party, at, steps in rows if steps and party not in inside]
        for _, at, steps in [row for row in funds if row[0] == identity][:1]:
            sponsor = steps[-1][0]
            others = [row for row in funds if row[0] != identity and row[2][-1][0] == sponsor]
            ways = {_way(row[2]) for row in others}
            if sponsor in seen or len({row[0] for row in others}) < _FEWEST_SIBLINGS or len(ways) != 1:
                continue
            if _way(steps) not in ways:
                seen.add(sponsor)
                yield Statement(SIBLINGS, identity, sponsor, (Witness(agreement, at), Witness(agreement, others[0][1])))


def _way(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(fold_title(capacity or "") for _, capacity in steps)


def _terms(db: sqlite3.Connection, identity: str) -> Iterator[Statement]:
    """Tell of a term that names the company in one agreement, and another party in one about the same issuer."""
    seen: set[str] = set()
    for alias, slug, ordinal, other, place in db.execute(_TERMS, (identity,)).fetchall():
        if alias.casefold() not in seen:
            seen.add(alias.casefold())
            yield Statement(TERM, identity, alias, (Witness(slug, ordinal), Witness(other, place)))
