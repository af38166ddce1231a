"""The usual block: one party or several above, a staircase of By: lines, one officer's signature."""

from sitegen.model.agreement import SignatureBlock
from sitegen.parse import headers, signatures, signers
from sitegen.parse.drafts import Draft
from sitegen.parse.signers import Page


def _own(parties: list[headers.Party], draft: Draft, page: Page) -> list[headers.Party]:
    """Leave out people in the header beside the one who signs: only an attorney signs for others."""
    who = signers.signer(draft, page)
    mine = [party for party in parties if who and signatures.letters(party.name.text) == signatures.letters(who.text)]
    if draft.attorney or not mine:
        return parties
    return [party for party in parties if party in mine or not signatures.is_human(party.name.text)]


def read(draft: Draft, page: Page) -> tuple[SignatureBlock, ...] | None:
    """Repeat the signature for each party that the header stacks."""
    if signers.signer(draft, page) is None:
        return None
    parties = _own(headers.parties(draft.heads, page.register), draft, page)
    style = "stacked" if len(parties) > 1 else "corporate"
    return tuple(signers.headed(style, party, draft, page) for party in parties) or None
