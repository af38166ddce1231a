"""A piece of a signature page: some words of a line, and what they do in a block."""

import msgspec


class Role:
    """What a piece does in a block."""

    BY = "by"
    """`By:` and what follows it: an entity, a human, or nothing."""
    MARK = "mark"
    """A conformed signature: `/s/ Ada Testperson`, `*`."""
    BLANK = "blank"
    """A ruled line to sign on, with no name on it."""
    NAME = "name"
    TITLE = "title"
    BOTH = "both"
    """`Name/Title:`."""
    ITS = "its"
    DATE = "date"
    TEXT = "text"
    """Words with no label: a party, a human's name, an office, a capacity, a caption."""
    PARTY = "party"
    """`Entity:`, `For and on behalf of`: a party's name behind a label."""
    STAMP = "stamp"
    """The words of software that signs: `DocuSigned by:`; a mark, unless one says the same beside it."""
    WITNESS = "witness"
    """`Witness:`, `Attest:`: the marks below are nobody's who agrees."""
    PROSE = "prose"
    """Sentences, captions of pages: what no block spans."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Some words of one line and their role; `text` is without label and rules, `start` is where it begins."""

    role: str
    text: str
    start: int
    row: int
    gap: int
    """Empty rows before its line; 0 for all but a line's first piece."""
    indent: int = 0
    fresh: bool = True
    """It begins its line."""
    flows: bool = False
    """Another piece follows on the same line."""
    label: int = -1
    """Where its label or mark begins; -1 without one."""
    by: bool = False
    """A mark that stands behind a label: `By: /s/ …`, `Name: /s/ …`."""

    @property
    def begin(self) -> int:
        """Return where it begins, label included."""
        return self.start if self.label < 0 else self.label

    @property
    def end(self) -> int:
        """Return where its words end."""
        return self.start + len(self.text)


__all__ = ["Piece", "Role"]
