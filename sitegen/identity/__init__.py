"""Names to identities, and identities to addresses that are kept for ever."""
