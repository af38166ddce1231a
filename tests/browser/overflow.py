"""Whether a page is wider than its window."""

from playwright.sync_api import Page

_WIDER_THAN_THE_WINDOW = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide <= 0) return null;
  const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return `${wide} px too wide: ${out.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(' … ')}`;
}"""


def overflow(page: Page) -> str | None:
    """Return by how much a page is too wide, and what sticks out."""
    found: str | None = page.evaluate(_WIDER_THAN_THE_WINDOW)
    return found
