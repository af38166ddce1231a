"""The data page: what the data twins are, and where their schemas stand."""

import msgspec

from sitegen.pages.frame import HOME, Head, head
from sitegen.pages.prose import Prose, Run
from sitegen.pages.site import Site


class DataView(msgspec.Struct, frozen=True):
    """The data page."""

    head: Head
    side: tuple[str, ...]
    schemas: Prose
    indexes: Prose


def view(site: Site, _key: str) -> DataView:
    """Build the data page."""
    return DataView(
        head=head(
            site,
            "data/index.html",
            "Data",
            "Every page has its data beside it as JSON, described by JSON Schemas; each source text is a plain file.",
            crumbs=(HOME, Run("Data")),
            kind="website",
            twin=True,
        ),
        side=("Data",),
        schemas=tuple(Run(name, to=f"data/schema/{name}") for name in site.schemas),
        indexes=tuple(
            Run(f"{section}/index.json", to=f"{section}/index.json")
            for section in ("agreements", "parties", "signers", "issuers", "review")
        ),
    )
