"""Links by identity in the editor's Markdown: `[[AIG Fund II]]`, `[[hanaro-2003#L105]]`, `[[a name|words shown]]`."""

import msgspec


class Target(msgspec.Struct, frozen=True):
    """Where a link leads."""

    to: str
    """A file below the site's root, with its fragment."""
    words: str
    """What the link shows when its author says nothing else."""
