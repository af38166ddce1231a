"""Silencing: the user accepts findings of a code in files that a pattern names, and says why."""

import re
from functools import lru_cache

import msgspec


class Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the settings: `[[silence]]`."""

    path: str
    """Files below `content/`: `*` and `?` stop at a slash, `**` does not; all else is meant as it stands."""
    code: str
    reason: str

    def fits(self, path: str) -> bool:
        """Tell whether it names this file, given below `content/` with forward slashes."""
        return _pattern(self.path).fullmatch(path) is not None


_WILD = re.compile(r"(\*\*/|\*\*|\*|\?)")
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(_MEANING.get(part) or re.escape(part) for part in _WILD.split(path)), re.DOTALL)
