"""Which findings the settings silence: laid over the findings anew by each build."""

import sqlite3
from collections.abc import Callable, Sequence

from sitegen.model.silence import Silence


def silence(db: sqlite3.Connection, entries: Sequence[Silence], below: Callable[[str], str | None] = str) -> None:
    """Mark what each entry fits, by the first that does. `below` gives a recorded path as it is below `content/`."""
    db.execute("DELETE FROM silenced")
    db.execute("DELETE FROM silence")
    for number, entry in enumerate(entries):
        rows = db.execute("SELECT id, path FROM finding WHERE code = ?", (entry.code,)).fetchall()
        fitting = [(finding, number) for finding, path in rows if (name := below(path)) and entry.fits(name)]
        values = (number, entry.path, entry.code, entry.reason, len(fitting))
        db.execute("INSERT INTO silence VALUES (?, ?, ?, ?, ?)", values)
        db.executemany("INSERT OR IGNORE INTO silenced VALUES (?, ?)", fitting)
