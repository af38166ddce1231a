"""Where the boxes of one connected drawing stand: left to right, whoever signs at the right. Pure geometry.

Layers by longest path to a sink, long edges cut by bends, order by barycentres keeping the fewest crossings (Sugiyama),
heights by isotonic regression. Nothing is random and nothing hangs on the order of sets or hashes.
"""

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 12
_PULLS = 4
_STILL = 0.05
"""Px; what moves less has come to rest."""


class Line(NamedTuple):
    """An edge to be placed."""

    tail: str
    head: str
    offset: float = 0
    """Where it leaves its tail, in px below that box's middle."""


class Spot(NamedTuple):
    """Where a box stands."""

    column: int
    y: float
    """Of its middle."""


class Placed(NamedTuple):
    """One connected drawing, its top at 0."""

    spots: dict[str, Spot]
    bends: list[list[float]]
    """By line: where it crosses each column between its ends."""
    columns: int
    height: float


_Item = str | tuple[int, int]
"""A box, or the bend of line `[0]` in column `[1]`."""


def components(names: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return what hangs together, each and all in the order of `names`."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for tail, head in lines:
        leader[find(head)] = find(tail)
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(find(name), []).append(name)
    return list(found.values())


def isotonic(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Return the values nearest to those wanted (least squares) that keep `gaps` between neighbours."""
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append([want - offset, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            total, count = pools.pop()
            below = pools[-1]
            below[0] = (below[0] * below[1] + total * count) / (below[1] + count)
            below[1] += count
    level = [mean for mean, count in pools for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def columns(names: Sequence[str], lines: Sequence[Line]) -> dict[str, int]:
    """Return each box's column: its longest way to a sink decides. The lines close no circle."""
    heads: dict[str, list[str]] = {name: [] for name in names}
    tails: dict[str, list[str]] = {name: [] for name in names}
    for line in lines:
        heads[line.tail].append(line.head)
        tails[line.head].append(line.tail)
    ahead = {name: len(heads[name]) for name in names}
    depth = dict.fromkeys(names, 0)
    todo = [name for name in names if not ahead[name]]
    for name in todo:
        for tail in tails[name]:
            depth[tail] = max(depth[tail], depth[name] + 1)
            ahead[tail] -= 1
            if not ahead[tail]:
                todo.append(tail)
    deepest = max(depth.values(), default=0)
    return {name: deepest - depth[name] for name in names}


def crossings(layers: Sequence[Sequence[Hashable]], segments: Sequence[tuple[Hashable, Hashable]]) -> int:
    """Count the pairs of segments between neighbouring layers that cross."""
    place = {item: (layer, index) for layer, items in enumerate(layers) for index, item in enumerate(items)}
    between: dict[int, list[tuple[int, int]]] = {}
    for tail, head in segments:
        between.setdefault(place[tail][0], []).append((place[tail][1], place[head][1]))
    return sum(
        (one[0] - two[0]) * (one[1] - two[1]) < 0
        for pairs in between.values()
        for index, one in enumerate(pairs)
        for two in pairs[:index]
    )


class _Layers:
    """Boxes and bends by column, and the segments between neighbouring columns."""

    def __init__(self, names: Sequence[str], lines: Sequence[Line]) -> None:
        column = columns(names, lines)
        self.count = max(column.values(), default=-1) + 1
        self.left: dict[_Item, list[tuple[_Item, float]]] = {name: [] for name in names}
        self.right: dict[_Item, list[tuple[_Item, float]]] = {name: [] for name in names}
        self.segments: list[tuple[_Item, _Item]] = []
        self.column: dict[_Item, int] = {name: column[name] for name in names}
        self.chains: list[list[_Item]] = []
        for number, line in enumerate(lines):
            bends: list[_Item] = [(number, step) for step in range(column[line.tail] + 1, column[line.head])]
            self.chains.append(bends)
            before: _Item = line.tail
            offset = line.offset
            for item in (*bends, line.head):
                self.left.setdefault(item, []).append((before, offset))
                self.right.setdefault(before, []).append((item, offset))
                self.segments.append((before, item))
                before, offset = item, 0.0
            for bend in bends:
                self.column[bend] = bend[1] if isinstance(bend, tuple) else 0
        self.layers = self._first_order(names)

    def _first_order(self, names: Sequence[str]) -> list[list[_Item]]:
        """Order by walking back from the sinks: a tree comes out without a crossing."""
        layers: list[list[_Item]] = [[] for _ in range(self.count)]
        seen: set[_Item] = set()
        for sink in (name for name in names if not self.right[name]):
            todo: list[_Item] = [sink]
            while todo:
                item = todo.pop()
                if item in seen:
                    continue
                seen.add(item)
                layers[self.column[item]].append(item)
                todo += [before for before, _ in reversed(self.left[item])]
        return layers

    def untangle(self) -> None:
        """Sweep to and fro, keeping the order with the fewest crossings."""
        fewest, best = crossings(self.layers, self.segments), [list(layer) for layer in self.layers]
        for sweep in range(_SWEEPS):
            if not fewest:
                break
            forth = sweep % 2 == 0
            beside = self.left if forth else self.right
            for number in range(1, self.count) if forth else range(self.count - 2, -1, -1):
                fixed = self.layers[number - 1 if forth else number + 1]
                index = {item: place for place, item in enumerate(fixed)}
                self._sort(self.layers[number], index, beside)
            now = crossings(self.layers, self.segments)
            if now < fewest:
                fewest, best = now, [list(layer) for layer in self.layers]
        self.layers = best

    @staticmethod
    def _sort(
        layer: list[_Item], index: Mapping[_Item, int], beside: Mapping[_Item, list[tuple[_Item, float]]]
    ) -> None:
        weight = {}
        for place, item in enumerate(layer):
            near = [index[other] + offset / 1e6 for other, offset in beside[item]]
            weight[item] = (sum(near) / len(near) if near else float(place), place)
        layer.sort(key=weight.__getitem__)

    def heights(self, room: Mapping[str, float], gap: float) -> dict[_Item, float]:
        """Return the y of each item: as near as may be to the middle of what it is joined to."""
        size = {item: room[item] if isinstance(item, str) else gap for layer in self.layers for item in layer}
        y: dict[_Item, float] = {}
        apart = []
        for layer in self.layers:
            gaps = [(size[a] + size[b]) / 2 + gap for a, b in pairwise(layer)]
            apart.append(gaps)
            y.update(zip(layer, isotonic([0.0] * len(layer), gaps), strict=True))
        for _ in range(_PULLS):
            before = dict(y)
            for number in range(1, self.count):
                self._pull(number, apart[number], y, self.left, 1)
            for number in range(self.count - 2, -1, -1):
                self._pull(number, apart[number], y, self.right, -1)
            if all(abs(y[item] - before[item]) < _STILL for item in y):
                break
        return y

    def _pull(
        self,
        number: int,
        gaps: Sequence[float],
        y: dict[_Item, float],
        beside: Mapping[_Item, list[tuple[_Item, float]]],
        sign: int,
    ) -> None:
        layer = self.layers[number]
        wanted = []
        for item in layer:
            near = [y[other] + sign * offset for other, offset in beside[item]]
            wanted.append(sum(near) / len(near) if near else y[item])
        y.update(zip(layer, isotonic(wanted, gaps) if gaps else wanted, strict=True))


def place(names: Sequence[str], lines: Sequence[Line], room: Mapping[str, float], gap: float) -> Placed:
    """Place one connected drawing: `room` is each box's height with its labels, `gap` what stays free between two."""
    layers = _Layers(names, lines)
    layers.untangle()
    y = layers.heights(room, gap)
    top = min((y[name] - room[name] / 2 for name in names), default=0.0)
    bottom = max((y[name] + room[name] / 2 for name in names), default=0.0)
    for bend in (bend for chain in layers.chains for bend in chain):
        top, bottom = min(top, y[bend]), max(bottom, y[bend])
    return Placed(
        spots={name: Spot(layers.column[name], y[name] - top) for name in names},
        bends=[[y[bend] - top for bend in chain] for chain in layers.chains],
        columns=layers.count,
        height=bottom - top,
    )
