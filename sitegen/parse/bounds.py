"""How much is read of one file: whatever it holds, memory stays below a gigabyte. Filings do not come near."""

AGREEMENTS = 5_000
"""Agreements of one file."""
LONGEST = 4_000_000
"""Characters of one agreement."""
PARTS = 150_000
"""Runs of words on the pages of one agreement: some 25,000 signature blocks."""
FACTS = 200_000
"""Parties, terms, clauses and signature blocks of one file."""


class TooLargeError(Exception):
    """An agreement has more parts than are read."""
