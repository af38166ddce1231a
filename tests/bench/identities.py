"""Cost of identities: 100,000 invented parties over 12,000 agreements, straight into the catalogue's tables.

    .venv/bin/python tests/bench/identities.py

Prints CPU seconds of giving identities, addresses and proposals, and the peak memory before and after. The bar: under
60 s of CPU and under 300 MB.
"""

import random
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from sitegen.catalogue.addresses import give_addresses
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.record import open_catalogue
from sitegen.identity.ledger import KINDS, Ledger
from sitegen.model.name import key

_STEMS = ("quill", "ink", "blot", "pen", "paper", "feather", "north", "stone", "oak", "maple")
_MIDDLES = ("", "ing", "er", "wood", "field", "brook")
_ENDS = ("", "s", "ton", "ley", "ham", "by", "ville", "port")
_WORDS = [a + b + c for a in _STEMS for b in _MIDDLES for c in _ENDS]
_KINDS_OF_FIRM = ("Capital", "Partners", "Management", "Holdings", "Fund", "Advisors", "Investments", "Ventures")
_NUMERALS = ("", " II", " III", " IV")
_FORMS = (", L.P.", ", LLC", " Inc.", " Ltd.", " Trust", "")
_GIVEN = ("Ada", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida", "Jon")
_PARTIES, _AGREEMENTS, _NEW, _OLD = 100_000, 12_000, 9, 3
_SHARE_OF_PEOPLE = 0.3

Name = tuple[str, str, str]
"""As printed, key, kind."""


def invent(chance: random.Random) -> list[Name]:
    """Return names, each with a key of its own."""
    names: dict[str, Name] = {}
    while len(names) < _PARTIES:
        if chance.random() < _SHARE_OF_PEOPLE:
            family = chance.choice(_WORDS).capitalize() + chance.choice(_WORDS)
            name, kind = f"{chance.choice(_GIVEN)} {chance.choice('ABCDEFGHIJ')}. {family}", "person"
        else:
            words = f"{chance.choice(_WORDS).capitalize()} {chance.choice(_WORDS).capitalize()}"
            firm = chance.choice(_KINDS_OF_FIRM) + chance.choice(_NUMERALS)
            name, kind = f"{words} {firm}{chance.choice(_FORMS)}", "entity"
        names.setdefault(str(key(name)), (name, str(key(name)), kind))
    return list(names.values())


def fill(db: sqlite3.Connection, names: list[Name], chance: random.Random) -> None:
    """Put agreements into the catalogue, each with new parties and some that stood in others."""
    people = [name for name in names if name[2] == "person"]
    columns = (
        "id, path, ordinal, key, wish, kind, title, date, issuer, issuer_key, issuer_identity, first_party, schedule, "
        "text_sha256, parties, signers, words, facts"
    )
    for number in range(_AGREEMENTS):
        path = f"{number:05}.txt"
        db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", (path, str(number), ".txt", "v", "", ""))
        fresh = [names[(number * _NEW + place) % _PARTIES] for place in range(_NEW)]
        parties = list({name[1]: name for name in (*fresh, *chance.choices(names, k=_OLD))}.values())
        issuer = f"Issuer {_WORDS[number % len(_WORDS)]} {number % 4000} Corp."
        values = (
            *(number + 1, path, 0, f"{path}#1", f"{path}#1", "agreement", "AGREEMENT", f"{1994 + number % 30}-01-11"),
            *(issuer, str(key(issuer)), str(key(issuer)), parties[0][0], "13D"),
            *(f"{number:064x}", len(parties), 1, str(number), str(number)),
        )
        db.execute(f"INSERT INTO agreement ({columns}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
        for place, (name, name_key, kind) in enumerate(parties):
            party = (number + 1, place, name, name_key, kind, None, None, name_key)
            db.execute("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?, ?)", party)
            signer, signer_key, _ = chance.choice(people)
            block = (number + 1, place, name, name_key, kind, signer, signer_key, "Manager", 0, name_key, signer_key)
            db.execute("INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", block)


def peak() -> int:
    """Return the process's peak memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 2**20)


def main() -> None:
    """Print the figures."""
    chance = random.Random(1)  # noqa: S311 -- the same corpus each time
    with tempfile.TemporaryDirectory() as folder:
        db = open_catalogue(Path(folder) / "catalogue.db")
        db.execute("BEGIN")
        fill(db, invent(chance), chance)
        db.execute("COMMIT")
        before = peak()
        ledgers = {kind: Ledger(kind) for kind in KINDS}
        for what in ("all names new", "nothing new"):
            start = time.process_time()
            db.execute("BEGIN")
            give_addresses(db, ledgers, "2026-01-02")
            db.execute("COMMIT")
            print(f"{what}: {time.process_time() - start:.1f} s CPU")
        print(f"{len(Catalogue(db).proposals()):,} proposals; peak {before} MB before, {peak()} MB after")


if __name__ == "__main__":
    main()
