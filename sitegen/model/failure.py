"""Errors that end a command. Their messages say what, where and what to do; a user never sees a traceback."""


class Failure(Exception):  # noqa: N818 -- each kind of failure is named as an error; this is what they are
    """Ends a command with an exit status (CONTRACT: Commands)."""

    status = 3
    """2 for wrong use or configuration, 3 when the site could not be written."""


class UsageError(Failure):
    """Wrong use or configuration."""

    status = 2
