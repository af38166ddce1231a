"""Chains as boxes, lines and words with places in px: what the page's picture and the live graph both draw."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from sitegen.graph import layout, packing
from sitegen.graph.chains import Chains, Edge, Node
from sitegen.graph.lettering import CHIP, LABEL, NAME, NOTE, mono_width, width, wrap

ROOM = 1208.0
"""Width that a drawing may take before its names are set narrower: a desktop's column of text."""
NAME_LEADING, NOTE_LEADING, LABEL_LEADING = 16, 14, 13
_MEASURES = ((186, 132, 46), (152, 104, 40), (124, 80, 34), (104, 62, 26))
"""Width of names, width of roles, width of a line's bend: tried in turn until a drawing fits its room."""
_NAME_LINES, _ROLE_LINES, _MOST_ROLES = 6, 6, 2
_SIDE, _PILL_SIDE, _HIGH = 10, 14, 30
_GAP, _BUNDLE_GAP, _FRAME = 10, 6, 8
_TIP, _LABEL_INDENT = 7, 8
_ABOVE, _BELOW = 5, 16
_FEWEST_IN_BUNDLE, _TALL_BUNDLE, _MOST_ABREAST = 4, 6, 3


class Box(msgspec.Struct, frozen=True):
    """A name."""

    node: Node
    x: float
    y: float
    """Of its middle."""
    w: float
    h: float
    lines: tuple[str, ...]


class Word(msgspec.Struct, frozen=True):
    """A line of words on a stroke: a role, or line numbers of the source."""

    text: str
    x: float
    y: float
    """Of its baseline."""
    look: str
    """`role` (the document's words), `by` (ours) or `chip`."""
    to: str | None = None


class Stroke(msgspec.Struct, frozen=True):
    """A line of the drawing: one edge, or several that run together."""

    edges: tuple[str, ...]
    d: str
    """SVG path."""
    tip: str
    """SVG path of its arrow."""
    dashed: bool
    words: tuple[Word, ...]


class Area(msgspec.Struct, frozen=True):
    """A rectangle behind the boxes, by its top left corner."""

    x: float
    y: float
    w: float
    h: float


class Drawing(msgspec.Struct, frozen=True):
    """Everything that is drawn, its top left corner at 0, 0."""

    boxes: tuple[Box, ...]
    """In the order of the chains' nodes."""
    strokes: tuple[Stroke, ...]
    bands: tuple[Area, ...]
    """What hangs together stands on one band."""
    frames: tuple[Area, ...]
    """Around parties that come to the same name in the same way."""
    width: float
    height: float


class _Label(msgspec.Struct, frozen=True):
    """The words of a stroke, before it has a place."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    look: str
    chip: str
    to: str | None
    width: float

    @property
    def up(self) -> float:
        return _ABOVE + LABEL_LEADING * len(self.above)

    @property
    def down(self) -> float:
        return (_BELOW if self.chip else 2) + LABEL_LEADING * len(self.below)


class _Face(msgspec.Struct, frozen=True):
    """A box before it has a place."""

    lines: tuple[str, ...]
    w: float
    h: float


class _Group(msgspec.Struct, frozen=True):
    """What the layout places as one: a name, or names that come to the same one in the same way."""

    id: str
    members: tuple[str, ...]
    abreast: int
    edges: tuple[tuple[Edge, ...], ...]
    """What leaves it, by stroke."""


@lru_cache(maxsize=16384)
def _roomy(words: str, size: float, room: float, most: float) -> float:
    """Widen a narrow measure for its longest word rather than break that, as far as the widest measure goes."""
    return max(room, min(most, max((width(word, size, bold=True) for word in words.split()), default=0.0)))


def _face(node: Node, room: float) -> _Face:
    bold = node.look == "hub"
    side = _SIDE if node.look in ("entity", "outside") else _PILL_SIDE
    lines = wrap(node.name, NAME, _roomy(node.name, NAME, room, _MEASURES[0][0]), _NAME_LINES, bold=bold)
    wide = max(width(line, NAME, bold=bold) for line in lines) if lines else 0.0
    high = 14 + NAME_LEADING * len(lines)
    if node.note:
        wide, high = max(wide, width(node.note, NOTE)), high + NOTE_LEADING
    return _Face(lines, round(wide + 2 * side), max(_HIGH, high))


def _label(edges: Sequence[Edge], room: float) -> _Label:
    words, chips, to = "", "", None
    roles = [role for edge in edges for role in edge.roles]
    if roles:
        printed = list(dict.fromkeys(role.text for role in roles if role.printed)) or [roles[0].text]
        words = ", ".join(printed[:_MOST_ROLES])
        words += f" and {len(printed) - _MOST_ROLES} more" if len(printed) > _MOST_ROLES else ""
        places = list(dict.fromkeys(place for role in roles for place in role.places))
        if places:
            chips = places[0].label + (f" +{len(places) - 1}" if len(places) > 1 else "")
            to = places[0].to
    lines = wrap(words, LABEL, _roomy(words, LABEL, room, _MEASURES[0][1]), _ROLE_LINES)
    above = max(min(len(lines), 2), (len(lines) + 1) // 2)
    wide = max((width(line, LABEL) for line in lines), default=0.0)
    return _Label(
        above=lines[:above],
        below=lines[above:],
        look="role" if roles and roles[0].printed else "by",
        chip=chips,
        to=to,
        width=max(wide, mono_width(chips, CHIP)),
    )


def _groups(chains: Chains) -> list[_Group]:
    """Bundle the names that nothing leads to and that come to the same name in the same way."""
    leaving: dict[str, list[Edge]] = {node.id: [] for node in chains.nodes}
    reached = {edge.head for edge in chains.edges}
    for edge in chains.edges:
        leaving[edge.tail].append(edge)
    alike: dict[tuple[str, str, bool], list[str]] = {}
    bundle_of: dict[str, tuple[str, str, bool]] = {}
    for name, edges in leaving.items():
        if name not in reached and len(edges) == 1 and len(edges[0].roles) == 1:
            way = (edges[0].head, edges[0].roles[0].text, edges[0].attorney)
            alike.setdefault(way, []).append(name)
            bundle_of[name] = way
    groups: list[_Group] = []
    for name, edges in leaving.items():
        members = alike[bundle_of[name]] if name in bundle_of else []
        if len(members) < _FEWEST_IN_BUNDLE:
            groups.append(_Group(name, (name,), 1, tuple((edge,) for edge in edges)))
        elif name == members[0]:
            together = tuple(leaving[member][0] for member in members)
            abreast = min(_MOST_ABREAST, -(-len(members) // _TALL_BUNDLE))
            groups.append(_Group(name, tuple(members), abreast, (together,)))
    return groups


class _Part:
    """What hangs together, measured and placed at one width of names."""

    def __init__(self, groups: Sequence[_Group], nodes: dict[str, Node], measure: tuple[int, int, int]) -> None:
        room, label_room, self.swing = measure
        self.groups = groups
        self.nodes = nodes
        self.faces = {member: _face(nodes[member], room) for group in groups for member in group.members}
        self.labels = {group.id: [_label(edges, label_room) for edges in group.edges] for group in groups}
        home = {member: group.id for group in groups for member in group.members}
        self.ports: dict[str, list[float]] = {}
        self.high: dict[str, float] = {}
        need: dict[str, float] = {}
        for group in groups:
            self._measure(group, need)
        self.lines = [
            layout.Line(group.id, home[edges[0].head], port)
            for group in groups
            for edges, port in zip(group.edges, self.ports[group.id], strict=True)
        ]
        self.placed = layout.place([group.id for group in groups], self.lines, need, _GAP)
        spots = self.placed.spots
        self.column_width = [0.0] * self.placed.columns
        self.gap = [0.0] * self.placed.columns
        for group in groups:
            column = spots[group.id].column
            each = max(self.faces[member].w for member in group.members)
            wide = each * group.abreast + _BUNDLE_GAP * (group.abreast - 1)
            wide += 2 * _FRAME if len(group.members) > 1 else 0
            self.column_width[column] = max(self.column_width[column], wide)
            for label in self.labels[group.id]:
                self.gap[column] = max(self.gap[column], label.width + 2 * _LABEL_INDENT + self.swing)
        self.width = sum(self.column_width) + sum(self.gap)
        self.height = self.placed.height

    def _measure(self, group: _Group, need: dict[str, float]) -> None:
        labels = self.labels[group.id]
        if len(group.members) > 1:
            rows = -(-len(group.members) // group.abreast)
            each = max(self.faces[member].h for member in group.members)
            high = rows * each + (rows - 1) * _BUNDLE_GAP + 2 * _FRAME
        else:
            high = self.faces[group.id].h
        if len(labels) > 1:
            ports, at = [], 0.0
            for label in labels:
                ports.append(at + label.up)
                at += label.up + label.down
            self.ports[group.id] = [port - at / 2 for port in ports]
            high = max(high, 2 * max(map(abs, self.ports[group.id])) + NAME_LEADING)
            need[group.id] = max(high, at)
        else:
            self.ports[group.id] = [0.0] * len(labels)
            need[group.id] = max([high, *(2 * max(label.up, label.down) for label in labels)])
        self.high[group.id] = high

    def draw(self, x: float, y: float, wide: float) -> "_Ink":
        """Draw at a place, the gaps between columns widened so that the whole is `wide`."""
        ink = _Ink()
        gaps = self.placed.columns - 1
        extra = (wide - self.width) / gaps if gaps else 0.0
        lefts, at = [], x if gaps else x + (wide - self.width) / 2
        for column in range(self.placed.columns):
            lefts.append(at)
            at += self.column_width[column] + self.gap[column] + extra
        for group in self.groups:
            spot = self.placed.spots[group.id]
            self._draw_names(ink, group, lefts[spot.column], y + spot.y, self.column_width[spot.column])
        numbers = iter(range(len(self.lines)))
        for group in self.groups:
            for edges, label in zip(group.edges, self.labels[group.id], strict=True):
                ink.strokes.append(self._stroke(next(numbers), edges, label, lefts, y))
        return ink

    def _draw_names(self, ink: "_Ink", group: _Group, left: float, middle: float, wide: float) -> None:
        if len(group.members) == 1:
            face = self.faces[group.id]
            box = Box(self.nodes[group.id], left + wide / 2, middle, wide, self.high[group.id], face.lines)
            ink.boxes[group.id] = box
            return
        high = self.high[group.id]
        ink.frames.append(Area(_px(left), _px(middle - high / 2), _px(wide), _px(high)))
        each = (wide - 2 * _FRAME - _BUNDLE_GAP * (group.abreast - 1)) / group.abreast
        rows = -(-len(group.members) // group.abreast)
        tall = (high - 2 * _FRAME - _BUNDLE_GAP * (rows - 1)) / rows
        for number, member in enumerate(group.members):
            column, row = divmod(number, rows)
            ink.boxes[member] = Box(
                self.nodes[member],
                left + _FRAME + column * (each + _BUNDLE_GAP) + each / 2,
                middle - high / 2 + _FRAME + row * (tall + _BUNDLE_GAP) + tall / 2,
                each,
                tall,
                self.faces[member].lines,
            )

    def _stroke(
        self, number: int, edges: tuple[Edge, ...], label: _Label, lefts: Sequence[float], top: float
    ) -> Stroke:
        line = self.lines[number]
        tail, head = self.placed.spots[line.tail], self.placed.spots[line.head]
        y = top + tail.y + line.offset
        start = lefts[tail.column] + self.column_width[tail.column]
        d = [f"M{_n(start)} {_n(y)}"]
        stops = [*self.placed.bends[number], head.y]
        now = y
        for column, stop in enumerate(stops, start=tail.column + 1):
            last = column == head.column
            end, then = lefts[column] - (_TIP if last else 0), top + stop
            if abs(then - now) > 0.25:  # noqa: PLR2004 - px; less is a straight line
                begin = lefts[column] - self.swing
                middle = (begin + end) / 2
                d.append(f"H{_n(begin)}C{_n(middle)} {_n(now)} {_n(middle)} {_n(then)} {_n(end)} {_n(then)}")
            elif last:
                d.append(f"H{_n(end)}")
            now = then
        tip = f"M{_n(lefts[head.column])} {_n(now)}l-8 -4v8z"
        x = start + _LABEL_INDENT
        words = [
            Word(text, _px(x), _px(y - _ABOVE - LABEL_LEADING * (len(label.above) - 1 - row)), label.look)
            for row, text in enumerate(label.above)
        ]
        words += [
            Word(text, _px(x), _px(y + LABEL_LEADING * (row + 1)), label.look) for row, text in enumerate(label.below)
        ]
        if label.chip:
            words.append(Word(label.chip, _px(x), _px(y + LABEL_LEADING * (len(label.below) + 1)), "chip", label.to))
        return Stroke(tuple(edge.id for edge in edges), "".join(d), tip, all(e.attorney for e in edges), tuple(words))


class _Ink:
    """Pieces of a drawing as they come."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.strokes: list[Stroke] = []
        self.frames: list[Area] = []


def _px(value: float) -> float:
    """Round to what a screen shows, so that bytes do not hang on the last bit of a sum."""
    return round(value, 1)


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _fitted(groups: Sequence[_Group], nodes: dict[str, Node], room: float) -> _Part:
    for measure in _MEASURES:
        part = _Part(groups, nodes, measure)
        if part.width <= room:
            break
    return part


def draw(chains: Chains, room: float = ROOM) -> Drawing:
    """Draw chains: what hangs together on one band, bands packed in rows, no wider than `room` where names allow."""
    nodes = {node.id: node for node in chains.nodes}
    groups = {group.id: group for group in _groups(chains)}
    home = {member: group.id for group in groups.values() for member in group.members}
    joined = [(home[edge.tail], home[edge.head]) for edge in chains.edges]
    parts = [
        _fitted([groups[name] for name in names], nodes, room - 2 * packing.PAD)
        for names in layout.components(list(groups), joined)
    ]
    packed = packing.pack([(part.width, part.height, part.placed.columns - 1) for part in parts], room)
    ink = _Ink()
    bands = []
    for part, slot in zip(parts, packed.slots, strict=True):
        bands.append(Area(_px(slot.x), _px(slot.y), _px(slot.w), _px(slot.h)))
        top = slot.y + (slot.h - part.height) / 2
        drawn = part.draw(slot.x + packing.PAD, top, slot.w - 2 * packing.PAD)
        ink.boxes.update(drawn.boxes)
        ink.strokes += drawn.strokes
        ink.frames += drawn.frames
    boxes = tuple(_rounded(ink.boxes[node.id]) for node in chains.nodes)
    return Drawing(boxes, tuple(ink.strokes), tuple(bands), tuple(ink.frames), _px(packed.width), _px(packed.height))


def _rounded(box: Box) -> Box:
    return Box(box.node, _px(box.x), _px(box.y), _px(box.w), _px(box.h), box.lines)
