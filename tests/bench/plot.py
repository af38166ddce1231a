"""A plot of lines over two logarithmic axes, as SVG that stands alone, in light and dark."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 110, 40, 48
_COLOURS = ("#b3261e", "#1f6feb", "#1a7f37", "#9a6700", "#8250df", "#57606a")
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.grid{stroke:#d0d7de}.paper{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.paper{fill:#0d1117}}"
)
_APART = 15
"""Pixels between two labels at the lines' ends."""


def plot(title: str, across: str, lines: Mapping[str, Points]) -> str:
    """Return the SVG. Values are above 0; the first line is drawn thicker."""
    low_x, high_x = _bounds([x for points in lines.values() for x, _ in points])
    low_y, high_y = _bounds([y for points in lines.values() for _, y in points])

    def at(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - low_x) / (high_x - low_x) * (_WIDTH - _LEFT - _RIGHT)
        up = (math.log10(y) - low_y) / (high_y - low_y) * (_HEIGHT - _TOP - _BOTTOM)
        return _LEFT + right, _HEIGHT - _BOTTOM - up

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}"/>',
        f'<text x="{_LEFT}" y="22" font-weight="600">{escape(title)}</text>',
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}">{escape(across)}</text>',
    ]
    for power in range(math.ceil(low_x), math.floor(high_x) + 1):
        x, bottom = at(10**power, 10**low_y)
        drawn.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom:.1f}"/>')
        drawn.append(f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{10**power:,}</text>')
    for power in range(math.ceil(low_y), math.floor(high_y) + 1):
        left, y = at(10**low_x, 10**power)
        drawn.append(f'<line class="grid" x1="{left}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    ends: list[tuple[float, float, str, str]] = []
    for number, (name, points) in enumerate(lines.items()):
        colour, places = _COLOURS[number % len(_COLOURS)], [at(*point) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        width = 2 if number else 3
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        ends.append((places[-1][1], places[-1][0], name, colour))
    below = -math.inf
    for y, x, name, colour in sorted(ends):
        below = max(y + 4, below + _APART)
        drawn.append(
            f'<circle cx="{x + 12:.1f}" cy="{below - 4:.1f}" r="3.5" fill="{colour}"/>'
            f'<text x="{x + 20:.1f}" y="{below:.1f}">{escape(name)}</text>'
        )
    return "\n".join([*drawn, "</svg>", ""])


def _bounds(values: list[float]) -> tuple[float, float]:
    """Return powers of ten that hold these values, never the same one."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)
