"""`sitemap.xml` and `robots.txt` (sitemaps.org protocol: at most 50,000 addresses a file)."""

from html import escape

_MOST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(base_url: str, pages: list[str]) -> dict[str, str]:
    """Return the sitemap's files by name; above 50,000 pages `sitemap.xml` is an index of the others."""
    addresses = [base_url + page.removesuffix("index.html") for page in sorted(pages)]
    if len(addresses) <= _MOST:
        return {"sitemap.xml": _urlset(addresses)}
    parts = [addresses[start : start + _MOST] for start in range(0, len(addresses), _MOST)]
    files = {f"sitemap-{number}.xml": _urlset(part) for number, part in enumerate(parts, 1)}
    entries = "".join(f"<sitemap><loc>{escape(base_url + name)}</loc></sitemap>\n" for name in files)
    return files | {"sitemap.xml": f"{_HEAD}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n"}


def _urlset(addresses: list[str]) -> str:
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return f"{_HEAD}<urlset {_SPACE}>\n{entries}</urlset>\n"


def robots(base_url: str | None, *, noindex: bool) -> str:
    """Return `robots.txt`. Crawlers may fetch even a `noindex` site: else they never see that it asks to stay out."""
    where = f"Sitemap: {base_url}sitemap.xml\n" if base_url and not noindex else ""
    return f"User-agent: *\nAllow: /\n{where}"
