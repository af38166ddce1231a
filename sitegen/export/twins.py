"""Which page kinds have a data twin, and what makes it: `index.json` beside each page but source and graph."""

import re
from collections.abc import Callable

import msgspec

from sitegen.catalogue.records import AgreementRef, IndexEntry
from sitegen.export import across, twin
from sitegen.export.schemas import SCHEMA_FILES
from sitegen.export.shapes import (
    AgreementsTwin,
    AgreementTwin,
    DataTwin,
    IndexTwin,
    IssuerPageTwin,
    NameTwin,
    NoteTwin,
)
from sitegen.pages import index, review
from sitegen.pages.site import Site

_NAMES = ("parties", "signers", "issuers")


def _index(site: Site, key: str) -> IndexTwin | AgreementsTwin:
    """Return a whole section, or what one of its pages by letter lists."""
    section = key.partition("/")[0]
    listed = index.listed(site, key)
    if section == "agreements":
        return AgreementsTwin([twin.agreement_line(one) for one in listed if isinstance(one, AgreementRef)])
    return IndexTwin(section, [twin.index_line(one) for one in listed if isinstance(one, IndexEntry)])


def _agreement(site: Site, slug: str) -> AgreementTwin:
    made = twin.agreement_twin(site.catalogue.dossier(slug))
    return msgspec.structs.replace(made, note=_note(site, f"agreements/{slug}"))


def _named(site: Site, section: str, slug: str) -> NameTwin:
    made = (twin.party_twin if section == "parties" else twin.signer_twin)(site.catalogue, slug)
    return msgspec.structs.replace(made, note=_note(site, f"{section}/{slug}"))


def _issuer(site: Site, slug: str) -> IssuerPageTwin:
    return msgspec.structs.replace(twin.issuer_twin(site.catalogue, slug), note=_note(site, f"issuers/{slug}"))


def _note(site: Site, page: str) -> NoteTwin | None:
    note = site.notes.get(page)
    return NoteTwin(note.title, note.author, note.date, note.body) if note else None


def _article(site: Site, key: str) -> msgspec.Struct:
    return twin.article_twin(next(article for article in site.articles if article.slug == key))


EXPORTERS: dict[str, Callable[[Site, str], msgspec.Struct]] = {
    "home": lambda site, _: twin.home_twin(site.catalogue, site.title),
    "agreement": _agreement,
    "party": lambda site, key: _named(site, "parties", key),
    "party-all": lambda site, key: _named(site, "parties", key),
    "signer": lambda site, key: _named(site, "signers", key),
    "signer-all": lambda site, key: _named(site, "signers", key),
    "issuer": _issuer,
    "issuer-all": _issuer,
    "compare": across.compare_twin,
    "authority": across.authority_twin,
    "bridges": lambda site, _: across.bridges_twin(site),
    "differences": lambda site, _: across.differences_twin(site),
    "roster": across.roster_twin,
    "index": _index,
    "search": lambda site, _: twin.search_twin(site.catalogue, *_NAMES),
    "review": lambda site, key: twin.review_twin(site.catalogue, None if key == "review" else review.held(site, key)),
    "data": lambda _site, _key: DataTwin(SCHEMA_FILES),
    "article": _article,
    "moved": lambda site, key: twin.withdrawn_twin(site.catalogue, key),
}
"""Twin by kind of page."""


_RANGE = re.compile(rb"\[\s+(\d+),\s+(\d+)\s+\]")
"""A range of lines, which reads better on one line; no string of JSON holds a line feed."""


def encode(shape: msgspec.Struct) -> bytes:
    """Return a twin's bytes: its schema first, indented to be read."""
    fields = msgspec.structs.asdict(shape)
    first = {name: fields.pop(name) for name in ("schema", "kind") if name in fields}
    text = msgspec.json.format(msgspec.json.encode(first | fields), indent=1)
    return _RANGE.sub(_on_one_line, text) + b"\n"


def _on_one_line(found: re.Match[bytes]) -> bytes:
    return b"[%b, %b]" % found.groups()
