"""Pages for addresses that no longer lead to a dossier, and for addresses that never did."""

import msgspec

from sitegen.catalogue.records import NameRef, Withdrawn
from sitegen.pages.arrival import cut
from sitegen.pages.frame import HOME, SECTIONS, Head, head
from sitegen.pages.prose import Prose, Run
from sitegen.pages.site import Site
from sitegen.pages.wording import listing

_NOUNS = {"agreements": "agreement", "parties": "party", "signers": "signer", "issuers": "issuer"}


class MissingView(msgspec.Struct, frozen=True):
    """The page that a server shows at any depth for an address it does not know."""

    head: Head
    side: tuple[str, ...]
    starts: tuple[str, ...]
    """The first address of each part of the published addresses: tells which part a damaged one is in."""


class MovedView(msgspec.Struct, frozen=True):
    """A published address whose page moved (one target), was split (several) or was withdrawn (none)."""

    head: Head
    side: tuple[str, ...]
    noun: str
    section: Run
    slug: str
    targets: Prose
    to: str
    """Where a browser goes by itself: the one target."""


def missing_view(site: Site, _key: str) -> MissingView:
    """Build the page for unknown addresses."""
    return MissingView(
        head=head(
            site,
            "404.html",
            "Page not found",
            "There is no page at this address.",
            kind="website",
            crumbs=(HOME, Run("Page not found")),
            noindex=True,
        ),
        side=("Error 404",),
        starts=tuple(part[0] for part in cut(site)),
    )


def moved_keys(site: Site) -> tuple[str, ...]:
    """Return the folders of all published addresses without a page of their own."""
    folders = [f"{gone.section}/{gone.slug}" for gone in site.catalogue.withdrawn()]
    return (*folders, *(f"{folder}/source" for folder in folders if folder.startswith("agreements/")))


def moved_keys_of(site: Site, address: str) -> tuple[str, ...]:
    """Return the folders of one published address, `section/slug`, if it has no page of its own."""
    section, _, slug = address.partition("/")
    if not site.catalogue.is_gone(section, slug):
        return ()
    return (address, f"{address}/source") if section == "agreements" else (address,)


def moved_view(site: Site, key: str) -> MovedView:
    """Build the page that answers for a published address."""
    section, slug = key.split("/")[:2]
    gone = site.catalogue.gone(section, slug)
    targets = tuple(Run(ref.name, to=_path(ref)) for ref in gone.targets)
    noun = _NOUNS[section]
    return MovedView(
        head=head(
            site,
            f"{key}/index.html",
            _title(gone, noun),
            f"This address of a {noun} now leads to {listing([ref.name for ref in gone.targets])}."
            if targets
            else f"The {noun} that was published at this address has been withdrawn.",
            section=section,
            crumbs=(HOME, SECTIONS[section], Run(slug)),
            noindex=True,
            twin=not key.endswith("/source"),
        ),
        side=(noun.capitalize(),),
        noun=noun,
        section=SECTIONS[section],
        slug=slug,
        targets=targets,
        to=targets[0].to if len(targets) == 1 else "",
    )


def _title(gone: Withdrawn, noun: str) -> str:
    if not gone.targets:
        return f"Withdrawn {noun}"
    return f"Moved to {gone.targets[0].name}" if len(gone.targets) == 1 else f"One address, {len(gone.targets)} pages"


def _path(ref: NameRef) -> str:
    fragment = f"#{ref.person}" if ref.person else ""
    return f"{ref.section}/{ref.slug}/index.html{fragment}"
