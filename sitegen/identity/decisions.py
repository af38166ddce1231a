"""What people decided about identities: `content/identities.toml`, each with reason, by whom and when.

A name alone means the printed name, in all its spellings of one key; `NAME @ AGREEMENT` means who is named so in that
one agreement. Decisions are only ever about what was printed, so taking one out brings back what was before.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from sitegen.model.failure import UsageError
from sitegen.model.name import fold_space, key

FILE = "identities.toml"
"""Its name below the content folder."""
_AT = " @ "
_PAIR = 2
_NEAR = 60
_LONGEST_CIK = 10
_TABLE = re.compile(r"\s*\[\[\s*([A-Za-z_-]+)\s*\]\]")


class DecisionError(UsageError):
    """Decisions that cannot be carried out: the message names the file, the line and the cure."""


class Reference(msgspec.Struct, frozen=True):
    """Whom a decision is about: a printed name everywhere, or as named in one agreement."""

    name: str
    agreement: str | None = None
    """The agreement's slug."""

    @property
    def key(self) -> str:
        """The identity key of the printed name."""
        return str(key(self.name))

    @property
    def node(self) -> tuple[str, str | None]:
        """What tells this reference from others, however the name is spelled."""
        return self.key, self.agreement

    def __str__(self) -> str:
        """Return the words that the file holds."""
        return f"{self.name}{_AT}{self.agreement}" if self.agreement else self.name


class Decision(msgspec.Struct, frozen=True):
    """One entry."""

    kind: str
    """`same`, `different`, `kind`, `preferred` or `cik`."""
    names: tuple[Reference, ...]
    """Two or more for `same`, two for `different`, else one."""
    value: str
    """`entity` or `person`; the CIK in ten digits; else empty."""
    reason: str
    by: str
    date: str
    """ISO."""
    line: int = 0
    """Of its heading in the file, from 1; 0 when it is not in the file yet."""

    @property
    def words(self) -> str:
        """What is decided, for a message: `"A" same "B"`."""
        first, *others = (json.dumps(str(name), ensure_ascii=False) for name in self.names)
        return f"{first} {self.kind} {', '.join(others) or self.value}".rstrip()


class Decisions:
    """All decisions of a site, free of contradiction."""

    def __init__(self, entries: Iterable[Decision] = (), file: str = FILE) -> None:
        self.entries = tuple(entries)
        self.file = file
        self._check()

    def of(self, kind: str) -> tuple[Decision, ...]:
        """Return the decisions of one kind, in the file's order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The identity of each key that a person joined with another; the others are their own."""
        leader: dict[str, str] = {}

        def find(one: str) -> str:
            while leader.setdefault(one, one) != one:
                one = leader[one]
            return one

        for entry in self.of("same"):
            first, *others = (find(name.key) for name in entry.names)
            for other in others:
                one, two = sorted((first, find(other)))
                first = leader[two] = one
        joined = {one: find(one) for one in leader}
        several = {identity for one, identity in joined.items() if one != identity}
        return {one: identity for one, identity in joined.items() if identity in several}

    def identity(self, name_key: str) -> str:
        """Return the identity that a printed name's key belongs to."""
        return self.spellings.get(name_key, name_key)

    @cached_property
    def split(self) -> frozenset[str]:
        """Identities whose mentions are known to be of several: each group has a page of its own."""
        return frozenset(
            self.identity(one.key)
            for one, other in (entry.names for entry in self.of("different"))
            if self.identity(one.key) == self.identity(other.key)
        )

    def check_known(self, names: Mapping[str, str], agreements: Iterable[str]) -> None:
        """Raise `DecisionError` for a name (`names`: printed name by key) or agreement that the site never had."""
        known = frozenset(agreements)
        for entry in self.entries:
            for name in entry.names:
                if name.key not in names:
                    raise self._error(entry, f"no exhibit names {name.name!r}{_nearest(name.name, names.values())}")
                if name.agreement is not None and name.agreement not in known:
                    near = _nearest(name.agreement, sorted(known))
                    raise self._error(entry, f"no agreement has the address {name.agreement!r}{near}")

    def _check(self) -> None:
        for entry in self.entries:
            if len({name.node for name in entry.names}) < len(entry.names):
                tell = f"; say in which agreements, NAME{_AT}AGREEMENT" if entry.kind == "different" else ""
                raise self._error(entry, f"its names are printings of one name already{tell}")
        for entry in self.of("different"):
            one, other = entry.names
            if one.key == other.key and None in {one.agreement, other.agreement}:
                raise self._error(entry, f"both are one printed name; say in which agreements, NAME{_AT}AGREEMENT")
            chain = sorted(self._chain(one, other), key=lambda step: step.line)
            if chain:
                said = " and ".join(self._where(step) for step in chain)
                raise self._error(
                    entry, f"{said} {'says' if len(chain) == 1 else 'say'} that both are one. Take one of them out"
                )
        self._check_one_value("kind", lambda entry: entry.value)
        self._check_one_value("preferred", lambda entry: entry.names[0].name)
        self._check_one_value("cik", lambda entry: entry.value)

    def _check_one_value(self, kind: str, value: Callable[[Decision], str]) -> None:
        said: dict[tuple[str, str | None], Decision] = {}
        for entry in self.of(kind):
            name = entry.names[0]
            earlier = said.setdefault((self.identity(name.key), name.agreement), entry)
            if value(earlier) != value(entry):
                raise self._error(entry, f"{self._where(earlier)} says {value(earlier)!r} of it. Take one of them out")

    def _chain(self, one: Reference, other: Reference) -> tuple[Decision, ...]:
        """Return the `same` decisions that join two references, the fewest; empty when nothing does."""
        whole = None in {one.agreement, other.agreement}

        def node(name: Reference) -> tuple[str, str | None]:
            return (name.key, None) if whole else name.node

        steps: dict[tuple[str, str | None], list[tuple[tuple[str, str | None], Decision]]] = {}
        for entry in self.of("same"):
            nodes = [node(name) for name in entry.names]
            for near in nodes:
                steps.setdefault(near, []).extend((far, entry) for far in nodes if far != near)
        came: dict[tuple[str, str | None], tuple[Decision, ...]] = {node(one): ()}
        todo = [node(one)]
        for near in todo:
            for far, entry in steps.get(near, ()):
                if far not in came:
                    came[far] = came[near] if entry in came[near] else (*came[near], entry)
                    todo.append(far)
        return came.get(node(other), ())

    def _where(self, entry: Decision) -> str:
        return f"line {entry.line} ({entry.words})" if entry.line else f"the new decision ({entry.words})"

    def _error(self, entry: Decision, why: str) -> DecisionError:
        return DecisionError(f"{self.file}, {self._where(entry)}: {why}. Nothing was written.")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    reason: str
    by: str
    date: dt.date


class _Names(_Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    names: tuple[str, ...]


class _Preferred(_Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str


class _Kind(_Preferred, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str


class _Cik(_Preferred, frozen=True, forbid_unknown_fields=True, kw_only=True):
    cik: str


_SHAPES: dict[str, type[_Names | _Preferred | _Kind | _Cik]] = {
    "same": _Names,
    "different": _Names,
    "kind": _Kind,
    "preferred": _Preferred,
    "cik": _Cik,
}


def parse_decisions(text: str, file: str) -> Decisions:
    """Read the file of decisions. Raises `DecisionError` on the first entry that cannot be carried out."""
    try:
        tables = msgspec.toml.decode(text.encode("utf-8", "surrogateescape"))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        hint = " Keep the entries of both sides of a merge." if "<<<<<<<" in text else ""
        raise DecisionError(
            f"{file}: not valid TOML: {error}.{hint} Mend the line named; nothing was written."
        ) from None
    lines = _headings(text)
    entries = []
    for table, items in tables.items():
        if table not in _SHAPES or not isinstance(items, list):
            known = ", ".join(f"[[{name}]]" for name in _SHAPES)
            raise DecisionError(f"{file}: [[{table}]] is no decision{_nearest(table, _SHAPES)}; it may hold {known}.")
        for number, item in enumerate(items):
            line = lines.get((table, number), 0)
            try:
                entries.append(_entry(table, msgspec.convert(item, _SHAPES[table]), line))
            except (msgspec.ValidationError, ValueError) as error:
                where = f"line {line}" if line else f"entry {number + 1}"
                raise DecisionError(
                    f"{file}, {where} ([[{table}]]): {str(error).rstrip('.')}. Nothing was written."
                ) from None
    return Decisions(sorted(entries, key=lambda entry: entry.line), file)


def _headings(text: str) -> dict[tuple[str, int], int]:
    """Return the line of each entry's heading, by table and place in it."""
    places: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        found = _TABLE.match(line)
        if found:
            table = found[1]
            places[table, counts.get(table, 0)] = number
            counts[table] = counts.get(table, 0) + 1
    return places


def _entry(table: str, shape: _Names | _Preferred | _Kind | _Cik, line: int) -> Decision:
    names = shape.names if isinstance(shape, _Names) else (shape.name,)
    value = ""
    if isinstance(shape, _Kind):
        value = shape.kind
        if value not in {"entity", "person"}:
            raise ValueError("kind is 'entity' or 'person'")
    elif isinstance(shape, _Cik):
        value = shape.cik.strip().zfill(_LONGEST_CIK)
        if len(value) != _LONGEST_CIK or not (value.isascii() and value.isdecimal()):
            raise ValueError(f"cik is a number of at most {_LONGEST_CIK} digits, in quotation marks")
    elif isinstance(shape, _Names) and (len(names) < _PAIR or (table == "different" and len(names) > _PAIR)):
        raise ValueError("names needs two names" if table == "different" else "names needs two names or more")
    if not shape.reason.strip() or not shape.by.strip():
        raise ValueError("reason and by may not be empty")
    references = tuple(parse_reference(name) for name in names)
    return Decision(
        table, references, value, fold_space(shape.reason), fold_space(shape.by), shape.date.isoformat(), line
    )


def parse_reference(words: str) -> Reference:
    """Read `NAME` or `NAME @ AGREEMENT`. Raises `ValueError` when there is no name in it."""
    name, at, agreement = fold_space(words).rpartition(_AT)
    reference = Reference(name, agreement) if at else Reference(agreement)
    if not key(reference.name).tokens:
        raise ValueError(f"{words!r} is no name")
    return reference


def format_decision(entry: Decision) -> str:
    """Return the text to append to the file.

    First and last line differ from those of any other decision, so that git keeps two entries that two branches
    appended apart from one another when it merges them.
    """
    sign = {"same": " = ", "different": " ≠ "}[entry.kind]
    heading = "".join(mark for mark in sign.join(map(str, entry.names)) if mark.isprintable())
    names = ", ".join(_quoted(str(name)) for name in entry.names)
    return (
        f"[[{entry.kind}]] # {heading}\n"
        f"by = {_quoted(entry.by)}\ndate = {entry.date}\nreason = {_quoted(entry.reason)}\nnames = [{names}]\n"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _nearest(words: str, known: Iterable[str]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 -- only a mistake needs it
    from rapidfuzz.utils import default_process  # noqa: PLC0415 -- only who mistyped needs it

    found = process.extractOne(words, list(known), processor=default_process, score_cutoff=_NEAR)
    return f"; did you mean {found[0]!r}?" if found else ""


def appended(text: str, entry: Decision) -> str:
    """Return the file's text with an entry at its end; what is there stays as it is."""
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{format_decision(entry)}"


def decided_pairs(decisions: Decisions) -> Iterator[tuple[str, str]]:
    """Yield the pairs of identities that a person said are different names."""
    for entry in decisions.of("different"):
        one, other = sorted(decisions.identity(name.key) for name in entry.names)
        yield one, other
