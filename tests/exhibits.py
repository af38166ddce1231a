"""Invented exhibits, small and plain, for tests of what a whole site does with them."""

from collections.abc import Sequence


def exhibit(issuer: str, date: str, blocks: Sequence[tuple[str, str]]) -> str:
    """Write a joint filing agreement of (party, signer); who signs for themselves is both."""
    pages = "\n\n".join(_block(party, signer) for party, signer in blocks)
    return (
        "                          JOINT FILING AGREEMENT\n\n"
        "     In accordance with Rule 13d-1(k) under the Securities Exchange Act of 1934, the undersigned agree to\n"
        "the joint filing on behalf of each of them of a statement on Schedule 13D with respect to the common stock\n"
        f"of {issuer} and that this Agreement be included as an Exhibit to such joint filing.\n\n"
        f"     IN WITNESS WHEREOF, the undersigned have executed this Agreement as of {date}.\n\n{pages}\n"
    )


def _block(party: str, signer: str) -> str:
    if party == signer:
        return f"/s/ {signer}\n---------------------------\n{signer}\n"
    return f"{party}\n\nBy: /s/ {signer}\n    ---------------------------\nName:  {signer}\nTitle: Managing Member\n"
