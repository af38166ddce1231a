"""Which findings the settings silence: laid over the findings; what differs is written."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from sitegen.model.silence import Silence


def silence(db: sqlite3.Connection, entries: Sequence[Silence], below: Callable[[str], str | None] = str) -> None:
    """Mark what each entry fits, by the first that does. `below` gives a recorded path as it is below `content/`."""
    rows: list[tuple[int, str, str, str, int]] = []
    fitting: dict[int, int] = {}
    for number, entry in enumerate(entries):
        found = db.execute("SELECT id, path FROM finding WHERE code = ?", (entry.code,)).fetchall()
        fits = [finding for finding, path in found if (name := below(path)) and entry.fits(name)]
        rows.append((number, entry.path, entry.code, entry.reason, len(fits)))
        fitting = dict.fromkeys(fits, number) | fitting
    _replace(db, "silence", ("number", "path", "code", "reason", "fitting"), rows)
    _replace(db, "silenced", ("finding", "number"), fitting.items())


def _replace(db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Let a table hold these rows; write what differs."""
    wanted = set(rows)
    found = set(db.execute(f"SELECT {', '.join(columns)} FROM {table}"))
    key = columns[0]
    db.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(row[0],) for row in found - wanted])
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", wanted - found)
