"""A small writer of PDFs: words at places on pages."""

Words = list[tuple[str, int, int]]
"""Text, points from the left edge, points from the foot."""

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\()"})


def pdf(*pages: Words) -> bytes:
    """Print words on pages. What Windows-1252 does not hold becomes a question mark."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font]
    kids = []
    for words in pages:
        shown = " ".join(f"1 0 0 1 {x} {y} Tm ({text.translate(_ESCAPED)}) Tj" for text, x, y in words)
        content = f"BT /F1 10 Tf {shown} ET".encode("cp1252", "replace")
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R%b>>" % (len(objects), resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(kids), len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, b"".join(places))
    return data + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
