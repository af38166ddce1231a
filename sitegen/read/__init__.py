"""Bytes to text: one file at a time, first format that fits. Pure: no disk, no clock, no randomness."""

import msgspec

from sitegen.read import plain
from sitegen.read.formats import FORMATS, Format, read_stored
from sitegen.read.stored import Reading, Stored


def read(path: str, data: bytes) -> Reading:
    """Read one file's bytes as documents of text. `path` tells a file's ending apart; nothing is opened.

    Never raises for what the bytes hold: a file without a document gives findings alone.
    """
    decoded = plain.decode(data)
    name = path.replace("\\", "/").rpartition("/")[2]
    reading = read_stored(Stored(name=name, text=decoded.text, encoding=decoded.encoding, data=data))
    if not reading.documents and not reading.findings and not decoded.findings:
        return Reading(findings=plain.EMPTY.findings)
    return msgspec.structs.replace(reading, findings=decoded.findings + reading.findings)


__all__ = ["FORMATS", "Format", "Reading", "Stored", "read"]
