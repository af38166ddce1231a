"""Whose marks are witnesses': they stand under a label that says so, and make nobody a party."""

from collections.abc import Sequence

from sitegen.parse import signatures
from sitegen.parse.piece import Piece, Role


class Witnesses:
    """The witnesses of one signature page, as its reader meets their marks."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Find the columns of a page whose marks stand beside others in the same row."""
        rows: dict[int, set[int]] = {}
        for piece in pieces:
            if piece.role == Role.MARK:
                rows.setdefault(piece.row, set()).add(piece.indent)
        self._beside = {indent for indents in rows.values() if len(indents) > 1 for indent in indents}
        self._columns: set[int] = set()
        self._below_label = False
        self._row = -1
        self._names: set[str] = set()

    def announced(self, label: Piece) -> None:
        """Hold marks for witnesses': behind the label, in its column where others stand beside, or down to a header."""
        if label.flows:
            self._row = label.row
        elif label.indent in self._beside:
            self._columns.add(label.indent)
        else:
            self._below_label = True

    def ended(self) -> None:
        """End with a header what the label announced."""
        self._below_label = False

    def have(self, mark: Piece) -> bool:
        """Say whether a mark without a header is a witness's; one who is a witness once is it again."""
        name = signatures.letters(mark.text[: signatures.name_end(mark.text)])
        beside = mark.row == self._row
        if not (beside or self._below_label or mark.indent in self._columns or name in self._names):
            return False
        self._names.add(name)
        return True


__all__ = ["Witnesses"]
