"""How much is read of one file: whatever it holds, memory stays below a gigabyte. Filings do not come near."""

AGREEMENTS = 5_000
"""Agreements of one file."""
LONGEST = 4_000_000
"""Characters of one agreement."""
RUNNING = 400_000
"""Characters of one agreement's running text, before its signatures: some 150 pages."""
PARTS = 24_000
"""Runs of words on the pages of one agreement: some 4,000 signature blocks, each of which takes up to 8 KB."""
FACTS = 30_000
"""Parties, terms, clauses and signature blocks of one file."""


class TooLargeError(Exception):
    """An agreement has more parts than are read."""
