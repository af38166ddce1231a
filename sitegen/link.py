"""`sitegen link`: the permanent address of a name, in the form that a mail, a note or a brief needs."""

import sqlite3

from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.records import NameRef
from sitegen.config import Config
from sitegen.model.failure import UsageError
from sitegen.pages import PAGES
from sitegen.pages.frame import Share
from sitegen.pages.site import Site

_PAGE = {"agreements": "agreement", "parties": "party", "signers": "signer", "issuers": "issuer"}
_BRACKETS = str.maketrans({mark: f"\\{mark}" for mark in "\\[]*_`<>"})


def open_site(config: Config) -> Site:
    """Open the site of the last build. Raises `UsageError` when there is none, or no address to link to."""
    if config.base_url is None:
        place = config.file or config.root / "sitegen.toml"
        raise UsageError(f"addresses need base_url. Set it in {place}, or pass --base-url URL.")
    state = config.state / "catalogue.db"
    if not state.exists():
        raise UsageError(f"no site was built in {config.root} yet. Run `sitegen build` first.")
    return Site(Catalogue.open(state), title=config.title, base_url=config.base_url)


def find(site: Site, words: str) -> tuple[NameRef, ...]:
    """Return the pages of the last build that these words mean."""
    try:
        return site.catalogue.find(words)
    except sqlite3.DatabaseError:
        raise UsageError("the catalogue of the last build cannot be read. Run `sitegen build` again.") from None


def written(site: Site, ref: NameRef, form: str) -> str:
    """Return a page's address as `url`, `markdown`, `mail` (a mailto address) or `bluebook` (its citations)."""
    address = f"{site.base_url}{ref.section}/{ref.slug}/"
    if form == "url":
        return address
    if form == "markdown":
        return f"[{ref.name.translate(_BRACKETS)}]({address})"
    share = _share(site, ref)
    return share.mail if form == "mail" else "\n".join(citation.text for citation in share.citations)


def _share(site: Site, ref: NameRef) -> Share:
    """Return what the page itself offers for sending it on: one wording, on the page and in the terminal."""
    page = next(page for page in PAGES if page.kind == _PAGE[ref.section])
    share: Share = getattr(page.view(site, ref.slug), "share")  # noqa: B009 -- the four kinds in _PAGE have it
    return share
