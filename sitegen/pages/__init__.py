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


class Page(msgspec.Struct, frozen=True):
    """A page type."""

    kind: str
    template: str
    keys: Callable[[Site], tuple[str, ...]]
    """Which pages of the type there are."""
    view: Callable[[Site, str], View]
    """What the page of a key shows."""
    path: Callable[[str], str]
    """The file of a key's page, below the site's root."""


def _only(key: str) -> Callable[[Site], tuple[str, ...]]:
    return lambda _: (key,)


def _folder(key: str) -> str:
    return f"{key}/index.html"


def _file(key: str) -> str:
    return key


def _graph(section: str) -> Callable[[str], str]:
    return lambda key: f"{section}/{key}/graph/index.html"


PAGES = (
    Page("home", "home.html", _only("index.html"), home.view, _file),
    Page("agreement", "agreement.html", agreement.keys, agreement.view, "agreements/{}/index.html".format),
    Page("source", "source.html", agreement.keys, source.view, "agreements/{}/source/index.html".format),
    Page("party", "party.html", party.keys, party.view, "parties/{}/index.html".format),
    Page("party-all", "all.html", party.keys_all, party.view_all, "parties/{}/all/index.html".format),
    Page("signer", "signer.html", signer.keys, signer.view, "signers/{}/index.html".format),
    Page("signer-all", "all.html", signer.keys_all, signer.view_all, "signers/{}/all/index.html".format),
    Page("issuer", "issuer.html", issuer.keys, issuer.view, "issuers/{}/index.html".format),
    Page("issuer-all", "all.html", issuer.keys_all, issuer.view_all, "issuers/{}/all/index.html".format),
    Page("compare", "compare.html", compare.keys, compare.view, compare.path),
    Page("roster", "roster.html", roster.keys, roster.view, roster.path),
    Page("authority", "authority.html", authority.keys, authority.view, authority.path),
    Page("authority-csv", "authority.csv", authority.names, authority.csv_view, authority.csv_path),
    Page("graph", "graph.html", _only("graph"), graph.site_view, _folder),
    Page("agreement-graph", "graph.html", graph.agreement_keys, graph.agreement_view, _graph("agreements")),
    Page("party-graph", "graph.html", graph.party_keys, graph.party_view, _graph("parties")),
    Page("signer-graph", "graph.html", graph.signer_keys, graph.signer_view, _graph("signers")),
    Page("index", "index.html", index.keys, index.view, _folder),
    Page("search", "search.html", _only("search"), search.view, _folder),
    Page("names", "names.js", search.names_keys, search.names_view, _file),
    Page("review", "review.html", review.keys, review.view, _folder),
    Page("bridges", "bridges.html", _only("bridges"), bridges.view, _folder),
    Page("bridges-graph", "graph.html", bridges.graph_keys, bridges.graph_view, "{}/graph/index.html".format),
    Page("differences", "differences.html", _only("differences"), differences.view, _folder),
    Page("data", "data.html", _only("data"), data.view, _folder),
    Page("article", "article.html", article.keys, article.view, _folder),
    Page("moved", "moved.html", missing.moved_keys, missing.moved_view, _folder),
    Page("addresses", "addresses.json", arrival.keys, arrival.view, arrival.part_path),
    Page("missing", "404.html", _only("404.html"), missing.missing_view, _file),
)
"""All page types."""

__all__ = ["PAGES", "Page", "Site", "View"]
