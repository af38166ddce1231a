"""Text to mentions: one document at a time. Pure and total: any text in, no exception out."""
