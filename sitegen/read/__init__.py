"""Bytes to text: one file at a time, first format that fits. Pure: no disk, no clock, no randomness."""

import importlib
from collections.abc import Callable

import msgspec

from sitegen.read import plain
from sitegen.read.stored import Reading, Stored


class Format(msgspec.Struct, frozen=True):
    """A way in which a document may be stored."""

    name: str
    fits: Callable[[Stored], bool]
    """Tells by the first characters; may be wrong only where the reader refuses with a finding."""
    reader: str
    """`module:function` of `(Stored) -> Reading`, imported when first used."""


HEAD = 4096
"""Characters that decide which format a document has."""

FORMATS: tuple[Format, ...] = (
    Format("plain", lambda stored: bool(stored.text.strip()), "sitegen.read.plain:read_plain"),
)
"""Formats in the order in which they are tried."""


def read(path: str, data: bytes) -> Reading:
    """Read one file's bytes as documents of text. `path` tells a file's ending apart; nothing is opened.

    Never raises for what the bytes hold: a file without a document gives findings alone.
    """
    decoded = plain.decode(data)
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    reading = read_stored(Stored(name=name, text=decoded.text, encoding=decoded.encoding, data=data))
    return msgspec.structs.replace(reading, findings=decoded.findings + reading.findings)


def read_stored(stored: Stored) -> Reading:
    """Read a document by the first format that fits; a document that none fits gives nothing."""
    for form in FORMATS:
        if form.fits(stored):
            module, _, function = form.reader.partition(":")
            reader: Callable[[Stored], Reading] = getattr(importlib.import_module(module), function)
            return reader(stored)
    return Reading()


__all__ = ["FORMATS", "Format", "Reading", "Stored", "read", "read_stored"]
