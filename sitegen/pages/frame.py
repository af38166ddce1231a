"""What stands around every page: its head, breadcrumb, and what makes it good to mail and cite."""

from urllib.parse import quote

import msgspec

from sitegen.catalogue.records import AgreementRef
from sitegen.pages.citation import Citation
from sitegen.pages.prose import Prose, Run
from sitegen.pages.site import Site
from sitegen.pages.wording import count, date_words, shorten

HOME = Run("Home", to="index.html")
SECTIONS = {
    "agreements": Run("Agreements", to="agreements/index.html"),
    "parties": Run("Parties", to="parties/index.html"),
    "signers": Run("Signers", to="signers/index.html"),
    "issuers": Run("Issuers", to="issuers/index.html"),
    "review": Run("Review notes", to="review/index.html"),
}
_LONGEST_TITLE = 120
_LONGEST_MAIL = 600


class Head(msgspec.Struct, frozen=True):
    """What the document's head and the masthead show."""

    title: str
    """Begins with the name; the site's name is added by the theme."""
    name: str
    """The name alone, for a card in a mail or a chat."""
    description: str
    path: str
    """The page's file below the site's root."""
    address: str | None
    """Published address, ends in `/`."""
    section: str = ""
    """Item of the main menu that the page belongs to."""
    crumbs: Prose = ()
    """Pages above this one."""
    kind: str = "article"
    """OpenGraph type."""
    noindex: bool = False
    twin: bool = False
    """Whether `index.json` stands beside the page."""


class Share(msgspec.Struct, frozen=True):
    """What makes a page good to send on."""

    address: str | None
    mail: str
    """A mailto address with subject and text."""
    citations: tuple[Citation, ...]
    data: Prose
    """Data files about what the page shows."""


def head(
    site: Site,
    path: str,
    name: str,
    description: str,
    *,
    title: str | None = None,
    section: str = "",
    crumbs: Prose = (),
    kind: str = "article",
    noindex: bool = False,
    twin: bool = False,
) -> Head:
    """Make a page's head; names of any length are cut for titles and cards."""
    return Head(
        title=shorten(title or name, _LONGEST_TITLE),
        name=shorten(name, _LONGEST_TITLE),
        description=shorten(description),
        path=path,
        address=site.address(path),
        section=section,
        crumbs=crumbs,
        kind=kind,
        noindex=noindex or site.noindex,
        twin=twin,
    )


def share(site: Site, page: Head, citations: tuple[Citation, ...], data: Prose, words: str = "") -> Share:
    """Make the mail link, citations and data links of a page; a mail says `words`, else the page's description."""
    body = "\n\n".join(filter(None, (shorten(words, _LONGEST_MAIL) or page.description, page.address)))
    mail = f"mailto:?subject={quote(f'{page.name} · {site.title}')}&body={quote(body)}"
    own = Citation("This page", f"“{page.name},” {site.title}{f', {page.address}' if page.address else ''}.")
    return Share(page.address, mail, (own, *citations), data)


def agreement_name(ref: AgreementRef) -> str:
    """Name an agreement by what it is about: the issuer, else the first party, else its heading."""
    if ref.issuer:
        return ref.issuer
    if ref.first_party:
        others = ref.parties - 1
        return f"{ref.first_party} and {count(others, 'other')}" if others > 0 else ref.first_party
    return ref.title or "Unnamed agreement"


def agreement_label(ref: AgreementRef) -> str:
    """Name an agreement with its date: `Hanaro Telecom, Inc., November 17, 2003`."""
    return f"{agreement_name(ref)}, {date_words(ref.date)}"


def agreement_path(ref: AgreementRef) -> str:
    """Return the file of an agreement's dossier."""
    return f"agreements/{ref.slug}/index.html"


def agreement_link(ref: AgreementRef, text: str | None = None) -> Run:
    """Link to an agreement's dossier."""
    return Run(text or agreement_name(ref), to=agreement_path(ref))


def agreement_noun(ref: AgreementRef) -> str:
    """Say what kind of document it is."""
    return "joint filing agreement" if ref.kind == "agreement" else "structured schedule"
