"""What people call a page: its name, a short name, its address, or the file of an agreement."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.catalogue.records import NameRef
from sitegen.model.name import fold_space, key
from sitegen.model.text import Lines

_NAMED = ("parties", "signers", "issuers")
"""Sections of names; of one name's several pages the first answers."""
_NEAREST, _LIKELY = 3, 60


class Found(msgspec.Struct, frozen=True):
    """A page that some words mean."""

    ref: NameRef
    identity: str
    """Pages of one identity are one answer."""
    date: str | None = None
    """Of an agreement."""
    lines: int = 0
    """Of an agreement's source text."""
    words: str = ""
    """The words themselves, where they are a name or short name of it; empty for an address or a file."""


class Lookup:
    """Answers from one state of the catalogue, for many words at once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find(self, words: Iterable[str]) -> dict[str, tuple[Found, ...]]:
        """Return the pages that each of these words could mean: none, one, or several to choose from.

        Words mean a page by its address (`parties/quillfeather-lp`) or the last part of it, by its name in any
        spelling of one key, by a short name that an agreement defines for it, and an agreement by the end of its file's
        path, with or without the ending. An address with its section means that page alone.
        """
        wanted = dict.fromkeys(words)
        short, files = self._short_names(wanted), self._files(wanted)
        answers = {}
        for one in wanted:
            section, slash, slug = one.partition("/")
            exact = list(self._at(section, slug)) if slash else []
            found = exact or [*self._by_slug(one), *self._by_name(one), *short.get(one, ()), *files.get(one, ())]
            each: dict[str, Found] = {}
            for page in found:
                each.setdefault(page.identity, page)
            answers[one] = tuple(each.values())
        return answers

    def near(self, words: str, section: str | None = None) -> tuple[str, ...]:
        """Return the names, short names and addresses that are spelled most like these words, at most three."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only who mistyped needs it

        names: dict[str, None] = {}
        for name, slug, at in self._db.execute("SELECT name, slug, section FROM name ORDER BY section, slug"):
            if section is None:
                names |= {name: None, slug: None}
            elif section == at:
                names |= {slug: None}
        if section is None:
            rows = self._db.execute("SELECT DISTINCT alias FROM party WHERE alias IS NOT NULL ORDER BY alias")
            names |= dict.fromkeys(alias for (alias,) in rows)
        if section in {None, "agreements"}:
            rows = self._db.execute("SELECT slug FROM agreement WHERE slug IS NOT NULL ORDER BY slug")
            names |= dict.fromkeys(slug for (slug,) in rows)
        scored = process.extract(
            words, list(names), scorer=fuzz.ratio, processor=str.casefold, limit=_NEAREST, score_cutoff=_LIKELY
        )
        return tuple(name for name, _, _ in scored)

    def _at(self, section: str, slug: str) -> Iterator[Found]:
        if section == "agreements":
            yield from self._agreement(slug)
        else:
            yield from self._names("section = ? AND slug = ?", section, slug)

    def _by_slug(self, slug: str) -> Iterator[Found]:
        yield from self._agreement(slug)
        for section in _NAMED:
            yield from self._names("section = ? AND slug = ?", section, slug)

    def _agreement(self, slug: str) -> Iterator[Found]:
        yield from self._agreements("slug = ?", slug)

    def _agreements(self, condition: str, value: str) -> Iterator[Found]:
        rows = self._db.execute(
            "SELECT slug, kind, coalesce(issuer, first_party, title, path), date, text "
            f"FROM agreement JOIN text ON text.sha256 = text_sha256 WHERE {condition}",
            (value,),
        )
        for slug, kind, name, date, text in rows:
            yield Found(NameRef("agreements", slug, name, kind), f"agreements/{slug}", date, len(Lines(text)))

    def _by_name(self, words: str) -> Iterator[Found]:
        name = str(key(words))
        if name:
            known = "SELECT ?1 UNION SELECT identity FROM spelling WHERE key = ?1"
            # Mentions that a person told apart are known by the name and an agreement: `name#agreement`.
            parts = "identity > ?1 || '#' AND identity < ?1 || '$'"
            for found in self._names(f"(identity IN ({known}) OR {parts})", name):
                yield msgspec.structs.replace(found, words=words)

    def _names(self, condition: str, *values: str) -> Iterator[Found]:
        rows = self._db.execute(
            f"SELECT section, slug, name, kind, identity FROM name WHERE {condition} "
            "ORDER BY section = 'issuers', section, slug",
            values,
        )
        for section, slug, name, kind, identity in rows:
            yield Found(NameRef(section, slug, name, kind), identity)

    def _short_names(self, wanted: Iterable[str]) -> dict[str, list[Found]]:
        folded = {fold_space(one).casefold(): one for one in wanted}
        found: defaultdict[str, list[Found]] = defaultdict(list)
        rows = self._db.execute("SELECT DISTINCT alias, identity FROM party WHERE alias IS NOT NULL").fetchall()
        for alias, identity in rows:
            if words := folded.get(fold_space(alias).casefold()):
                found[words] += [
                    msgspec.structs.replace(page, words=words)
                    for page in self._names("section = ? AND identity = ?", "parties", identity)
                ]
        return found

    def _files(self, wanted: Iterable[str]) -> dict[str, list[Found]]:
        words = frozenset(wanted)
        found: defaultdict[str, list[Found]] = defaultdict(list)
        for path in [path for (path,) in self._db.execute("SELECT DISTINCT path FROM agreement ORDER BY path")]:
            for end in _ends(path) & words:
                found[end] += self._agreements("path = ?", path)
        return found


def _ends(path: str) -> set[str]:
    """Return the ends of a path at its slashes, each with and without the file's ending."""
    parts = path.split("/")
    ends = {"/".join(parts[at:]) for at in range(len(parts))}
    return ends | {end.rpartition(".")[0] for end in ends}
