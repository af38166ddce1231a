"""House styles of signature blocks: the first that fits a draft reads it."""

from collections.abc import Callable

from sitegen.model.agreement import SignatureBlock
from sitegen.parse.drafts import Draft
from sitegen.parse.signers import Page
from sitegen.parse.styles import caption, collective, corporate, footnote, individual, oneself, representative

Style = Callable[[Draft, Page], tuple[SignatureBlock, ...] | None]

STYLES: tuple[Style, ...] = (
    footnote.read,
    collective.read,
    caption.read,
    oneself.read,
    representative.read,
    individual.read,
    corporate.read,
)
"""Each returns a draft's blocks, one for each party and human; None when the draft is not of its style."""

__all__ = ["STYLES", "Style"]
