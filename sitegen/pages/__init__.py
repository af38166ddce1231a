"""Page types: which pages there are, what each shows, where it stands. A page type is a line in PAGES."""

from collections.abc import Callable

import msgspec

from sitegen.pages import (
    agreement,
    arrival,
    article,
    authority,
    bridges,
    compare,
    data,
    differences,
    graph,
    groups,
    home,
    index,
    issuer,
    missing,
    party,
    review,
    roster,
    search,
    signer,
    source,
)
from sitegen.pages.site import Site

View = msgspec.Struct


def _itself(key: str) -> str:
    return key


class Page(msgspec.Struct, frozen=True):
    """A page type. `view` is a pure function of the catalogue, the site's settings and the key."""

    kind: str
    template: str
    keys: Callable[[Site], tuple[str, ...]]
    """Which pages of the type there are."""
    view: Callable[[Site, str], View]
    """What the page of a key shows."""
    path: Callable[[str], str]
    """The file of a key's page, below the site's root."""
    of: str = "site"
    """What the pages show, and so what makes them anew when it is touched (`catalogue.touched` says what reaches it):
    `agreements`, `parties`, `signers`, `issuers`: one agreement, or one name and all agreements that mention it;
    `dossiers`: an agreement beside others about its issuer; `page`: whatever answers at `section/slug`; `articles`: one
    of the site's own pages; `site`: anything at all."""
    about: Callable[[str], str] = _itself
    """The slug of the agreement or name, or the `section/slug`, that a key's page shows."""
    keys_of: Callable[[Site, str], tuple[str, ...]] | None = None
    """The keys that show one agreement or name; None where it takes all keys to know."""
    state: Callable[[Site, str], object] | None = None
    """Of a page of subject `site`: what it is made of, where that is told for less than it takes to make the page, else
    None. As long as that is as it was, the page is left alone."""


def _only(key: str) -> Callable[[Site], tuple[str, ...]]:
    return lambda _: (key,)


def _folder(key: str) -> str:
    return f"{key}/index.html"


def _file(key: str) -> str:
    return key


def _graph(section: str) -> Callable[[str], str]:
    return lambda key: f"{section}/{key}/graph/index.html"


def _when(exists: Callable[[Site, str], bool]) -> Callable[[Site, str], tuple[str, ...]]:
    return lambda site, slug: (slug,) if exists(site, slug) else ()


def _has(section: str) -> Callable[[Site, str], tuple[str, ...]]:
    return _when(lambda site, slug: site.catalogue.has(section, slug))


def _many(section: str) -> Callable[[Site, str], tuple[str, ...]]:
    return _when(lambda site, slug: site.catalogue.agreements_with(section, slug) > groups.LISTED)


def _drawn(section: str) -> Callable[[Site, str], tuple[str, ...]]:
    return _when(lambda site, slug: site.catalogue.is_chained(section, slug))


def _slug(key: str) -> str:
    return key.partition("/")[0]


def _page(key: str) -> str:
    return "/".join(key.split("/")[:2])


_AGREEMENT, _SOURCE = "agreements/{}/index.html".format, "agreements/{}/source/index.html".format
_PARTY, _SIGNER, _ISSUER = (f"{section}/{{}}/index.html".format for section in ("parties", "signers", "issuers"))
_ALL = {section: f"{section}/{{}}/all/index.html".format for section in ("parties", "signers", "issuers")}

PAGES = (
    Page(
        "agreement",
        "agreement.html",
        agreement.keys,
        agreement.view,
        _AGREEMENT,
        "dossiers",
        keys_of=_has("agreements"),
    ),
    Page("source", "source.html", agreement.keys, source.view, _SOURCE, "agreements", keys_of=_has("agreements")),
    Page(
        "agreement-graph",
        "graph.html",
        graph.agreement_keys,
        graph.agreement_view,
        _graph("agreements"),
        "agreements",
        keys_of=_has("agreements"),
    ),
    Page("party", "party.html", party.keys, party.view, _PARTY, "parties", keys_of=_has("parties")),
    Page("signer", "signer.html", signer.keys, signer.view, _SIGNER, "signers", keys_of=_has("signers")),
    Page("issuer", "issuer.html", issuer.keys, issuer.view, _ISSUER, "issuers", keys_of=_has("issuers")),
    Page("party-all", "all.html", party.keys_all, party.view_all, _ALL["parties"], "parties", keys_of=_many("parties")),
    Page(
        "signer-all", "all.html", signer.keys_all, signer.view_all, _ALL["signers"], "signers", keys_of=_many("signers")
    ),
    Page(
        "issuer-all", "all.html", issuer.keys_all, issuer.view_all, _ALL["issuers"], "issuers", keys_of=_many("issuers")
    ),
    Page(
        "party-graph",
        "graph.html",
        graph.party_keys,
        graph.party_view,
        _graph("parties"),
        "parties",
        keys_of=_drawn("parties"),
    ),
    Page(
        "signer-graph",
        "graph.html",
        graph.signer_keys,
        graph.signer_view,
        _graph("signers"),
        "signers",
        keys_of=_drawn("signers"),
    ),
    Page(
        "moved",
        "moved.html",
        missing.moved_keys,
        missing.moved_view,
        _folder,
        "page",
        _page,
        missing.moved_keys_of,
    ),
    Page("article", "article.html", article.keys, article.view, _folder, "articles"),
    Page("home", "home.html", _only("index.html"), home.view, _file),
    Page("compare", "compare.html", compare.keys, compare.view, compare.path, "issuers", _slug, compare.issuer_keys),
    Page("roster", "roster.html", roster.keys, roster.view, roster.path, "issuers", _slug, roster.issuer_parts),
    Page(
        "authority", "authority.html", authority.keys, authority.view, authority.path, "page", _page, authority.keys_of
    ),
    Page(
        "authority-csv",
        "authority.csv",
        authority.names,
        authority.csv_view,
        authority.csv_path,
        "page",
        keys_of=authority.names_of,
    ),
    Page("index", "index.html", index.keys, index.view, _folder, state=index.state),
    Page("review", "review.html", review.keys, review.view, _folder, state=review.state),
    Page("graph", "graph.html", _only("graph"), graph.site_view, _folder),
    Page("search", "search.html", _only("search"), search.view, _folder),
    Page("names", "names.js", search.names_keys, search.names_view, _file),
    Page("bridges", "bridges.html", _only("bridges"), bridges.view, _folder),
    Page("bridges-graph", "graph.html", bridges.graph_keys, bridges.graph_view, "{}/graph/index.html".format),
    Page("differences", "differences.html", _only("differences"), differences.view, _folder),
    Page("data", "data.html", _only("data"), data.view, _folder),
    Page("addresses", "addresses.json", arrival.keys, arrival.view, arrival.part_path, state=arrival.state),
    Page("missing", "404.html", _only("404.html"), missing.missing_view, _file),
)
"""All page types, in the order in which they are written: what an exhibit says first, what lists it last."""

__all__ = ["PAGES", "Page", "Site", "View"]
