"""The usual block: one party or several above, a staircase of By: lines, one officer's signature."""

from sitegen.model.agreement import SignatureBlock
from sitegen.parse import headers, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signers import Page


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Repeat the signature for each party that the header stacks."""
    if signers.signer(draft, page) is None:
        return None
    parties = headers.parties(draft.heads, page.register)
    style = "stacked" if len(parties) > 1 else "corporate"
    return tuple(signers.headed(style, party, draft, page) for party in parties) or None
