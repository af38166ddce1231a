"""Pages of the site's own, from Markdown."""

import msgspec

from sitegen.pages.frame import HOME, Head, head
from sitegen.pages.prose import Run
from sitegen.pages.site import Site
from sitegen.pages.wording import shorten
from sitegen.read.linked import Target


class ArticleView(msgspec.Struct, frozen=True):
    """One of the site's own pages."""

    head: Head
    side: tuple[str, ...]
    title: str
    body: str
    """Markdown."""
    links: dict[str, Target]
    """What its links by identity lead to."""


def keys(site: Site) -> tuple[str, ...]:
    """Return the slugs of the site's own pages."""
    return tuple(article.slug for article in site.articles)


def view(site: Site, key: str) -> ArticleView:
    """Build one of the site's own pages."""
    article = next(article for article in site.articles if article.slug == key)
    lines = (line.strip() for line in article.body.splitlines())
    first = next((line for line in lines if line[:1].isalpha()), article.title)
    return ArticleView(
        head=head(
            site, f"{key}/index.html", article.title, shorten(first), crumbs=(HOME, Run(article.title)), twin=True
        ),
        side=("About this site",),
        title=article.title,
        body=article.body,
        links=article.links,
    )
