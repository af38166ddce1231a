"""`sitegen link`: the permanent address of a name, in the form that a mail, a note or a brief needs."""

import sqlite3

from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.records import NameRef
from sitegen.config import Config
from sitegen.model.failure import UsageError


def find(config: Config, words: str) -> tuple[NameRef, ...]:
    """Return the pages of the last build that these words mean. Raises `UsageError` when nothing was built yet."""
    if config.base_url is None:
        place = config.file or config.root / "sitegen.toml"
        raise UsageError(f"addresses need base_url. Set it in {place}, or pass --base-url URL.")
    state = config.state / "catalogue.db"
    if not state.exists():
        raise UsageError(f"no site was built in {config.root} yet. Run `sitegen build` first.")
    try:
        return Catalogue.open(state).find(words)
    except sqlite3.DatabaseError:
        raise UsageError(f"{state} cannot be read. Run `sitegen build` to make it again.") from None
