"""`sitegen link`: the permanent address of a name, in the form that a mail, a note or a brief needs."""

import sqlite3
from typing import TYPE_CHECKING

import msgspec

from sitegen.catalogue.matches import matches
from sitegen.catalogue.records import NameRef
from sitegen.config import Config
from sitegen.model.failure import UsageError

if TYPE_CHECKING:
    from sitegen.pages.frame import Share

_PAGE = {"agreements": "agreement", "parties": "party", "signers": "signer", "issuers": "issuer"}
_BRACKETS = str.maketrans({mark: f"\\{mark}" for mark in "\\[]*_`<>"})


class Built(msgspec.Struct, frozen=True):
    """The site of the last build."""

    db: sqlite3.Connection
    title: str
    base_url: str


def open_site(config: Config) -> Built:
    """Open the site of the last build. Raises `UsageError` when there is none, or no address to link to."""
    if config.base_url is None:
        place = config.file or config.root / "sitegen.toml"
        raise UsageError(f"addresses need base_url. Set it in {place}, or pass --base-url URL.")
    state = config.state / "catalogue.db"
    if not state.exists():
        raise UsageError(f"no site was built in {config.root} yet. Run `sitegen build` first.")
    db = sqlite3.connect(f"{state.absolute().as_uri()}?mode=ro", uri=True)
    return Built(db, config.title, config.base_url)


def find(built: Built, words: str) -> tuple[NameRef, ...]:
    """Return the pages of the last build that these words mean."""
    try:
        return matches(built.db, words)
    except sqlite3.DatabaseError:
        raise UsageError("the catalogue of the last build cannot be read. Run `sitegen build` again.") from None


def written(built: Built, ref: NameRef, form: str) -> str:
    """Return a page's address as `url`, `markdown`, `mail` (a mailto address) or `bluebook` (its citations)."""
    address = f"{built.base_url}{ref.section}/{ref.slug}/"
    if form == "url":
        return address
    if form == "markdown":
        return f"[{ref.name.translate(_BRACKETS)}]({address})"
    share = _share(built, ref)
    return share.mail if form == "mail" else "\n".join(citation.text for citation in share.citations)


def _share(built: Built, ref: NameRef) -> "Share":
    """Return what the page itself offers for sending it on: one wording, on the page and in the terminal."""
    from sitegen.catalogue.catalogue import Catalogue  # noqa: PLC0415 -- an address alone needs no page
    from sitegen.pages import PAGES  # noqa: PLC0415 -- nor this
    from sitegen.pages.site import Site  # noqa: PLC0415 -- nor this

    site = Site(Catalogue(built.db), title=built.title, base_url=built.base_url)
    page = next(page for page in PAGES if page.kind == _PAGE[ref.section])
    share: Share = getattr(page.view(site, ref.slug), "share")  # noqa: B009 -- the four kinds in _PAGE have it
    return share
