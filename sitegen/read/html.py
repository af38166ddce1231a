"""HTML of every age to lines of text, with the cells of its tables kept tellable apart."""

from lxml import etree  # type: ignore[import-untyped]  # no stubs come with it; two names are used

from sitegen.model.findings import Finding
from sitegen.model.text import SourceDocument, Span
from sitegen.read.layout import Layout
from sitegen.read.stored import Reading, Stored

_CHUNK = 1 << 16


def read_html(stored: Stored) -> Reading:
    """Read HTML, however broken, as the lines that a browser would show.

    The parser hands over one tag at a time and builds no tree: memory does not grow with nesting.
    """
    layout = Layout(len(stored.text))
    parser = etree.HTMLParser(target=layout, huge_tree=True, remove_comments=True, remove_pis=True)
    for start in range(0, len(stored.text), _CHUNK):
        parser.feed(stored.text[start : start + _CHUNK])
    parser.close()
    text = layout.text()
    document = SourceDocument(
        text=text, format="html", encoding=stored.encoding, body=Span(0, len(text)), cells=tuple(layout.cells)
    )
    findings = (Finding("SG108", "The document has more table cells than are kept apart."),) if layout.crowded else ()
    return Reading((document,) if text else (), findings)
