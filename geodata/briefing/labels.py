"""Where the marks' labels go: near their mark, over no mark and no other label, with a line to it where they moved.

Greedy and in a fixed order, the most crowded marks first: each label takes the cheapest place that is still free, and
is placed once more when all others stand. The widths are those of the fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Any

import numpy as np
import shapely

from geodata.briefing import signs
from geodata.briefing.numbered import Placed
from geodata.briefing.sheet import INK, MUTED, WHITE, Box, Sheet, measure
from geodata.briefing.typeset import LEADING
from geodata.timemap.marks import Category

Point = tuple[float, float]

DISTANCES = (0.0, 0.8, 1.8, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0)
"""How far a label may stand from its mark, in parts of the type size."""

ANGLES = tuple(turn * pi / 8 for turn in (0, 8, 12, 4, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11))
"""Directions from the mark, the better ones first: right, left, below, above, then between them."""


@dataclass(frozen=True)
class Label:
    """A mark's number with as much of its name as has room: ``box`` in points, ``leader`` from the mark to the number.

    The number stands at the left, and at the right where the label is ``mirrored``: on the side of its mark.
    """

    number: int
    box: Box
    lines: tuple[str, ...]
    detail: str
    leader: tuple[Point, Point] | None
    is_area: bool
    mirrored: bool = False


@dataclass(frozen=True)
class _Text:
    """A way to write a label, and its size in points."""

    lines: tuple[str, ...]
    detail: str
    width: float
    height: float
    price: float


class Placer:
    """Finds places for labels in the frame ``box``, at a type of ``size`` points; ``unit`` as in `signs`.

    ``lands`` are the countries in points: an area's label keeps to the one that the area's middle is in.
    """

    def __init__(
        self, box: Box, marks: Sequence[Placed], *, categories: Sequence[Category], size: float, unit: float,
        lands: Sequence[shapely.Geometry],
    ) -> None:  # fmt: skip
        self.frame, self.marks, self.categories, self.size, self.unit = box.grown(-2), marks, categories, size, unit
        self.signs = [sign_box(mark, unit) for mark in marks if not mark.is_area]
        self.rims = {mark.number: mark.rim for mark in marks if mark.is_area}
        self.discs = {number: shapely.Polygon(rim) for number, rim in self.rims.items()}
        whole = shapely.make_valid(np.array(lands, dtype=object))
        shapely.prepare(whole)
        self.abroad = {mark.number: whole[~shapely.contains(whole, shapely.Point(mark.x, mark.y))] for mark in marks}
        self.labels: dict[int, Label] = {}
        self._known: dict[int, list[tuple[float, Label]]] = {}

    def place(self) -> list[Label] | Placed:
        """A label for each mark, in the order of their numbers, else a mark for whose label there is no room.

        Areas are placed first and last, and the cheaper of the two results is taken.
        """
        pins = [mark for mark in self.marks if not mark.is_area]
        crowd = {
            mark.number: sum(hypot(mark.x - other.x, mark.y - other.y) < 9 * self.size for other in pins)
            for mark in pins
        }
        areas = sorted((mark for mark in self.marks if mark.is_area), key=lambda mark: -len(mark.entries))
        pins.sort(key=lambda mark: (-crowd[mark.number], mark.number))
        tried = [self._in_order(order) for order in ([*areas, *pins], [*pins, *areas])]
        results = [result for result in tried if not isinstance(result, Placed)]
        if not results:
            return next(result for result in tried if isinstance(result, Placed))
        best = min(results, key=lambda result: sum(price for price, _ in result.values()))
        return [best[mark.number][1] for mark in self.marks]

    def _in_order(self, order: Sequence[Placed]) -> dict[int, tuple[float, Label]] | Placed:
        """Labels with their prices, by number; else the first mark that finds no room."""
        placed: dict[int, tuple[float, Label]] = {}
        self.labels = {}
        for mark in (*order, *order):  # the second time all others stand, and a nearer place may have come free
            found = self._cheapest(mark)
            if found is None:
                if mark.number not in placed:
                    return mark
                continue
            placed[mark.number] = found
            self.labels[mark.number] = found[1]
        return placed

    def _cheapest(self, mark: Placed) -> tuple[float, Label] | None:
        others = [label for label in self.labels.values() if label.number != mark.number]
        own = sign_box(mark, self.unit)  # places round a mark keep clear of its own sign
        taken = _edges([*(box for box in self.signs if box != own), *(label.box for label in others)])
        leaders = [label.leader for label in others if label.leader]
        best: Label | None = None
        least = float("inf")
        for price, label in self._candidates(mark):
            if price >= least:
                break
            if not self.frame.holds(label.box) or _hits(taken, label.box, 1.0):
                continue
            if any(_crosses(line, label.box) for line in leaders):
                continue
            if label.leader and self._blocked(mark, label, others):
                continue
            cost = price + self._on_rims(label) + (self._astray(label) if label.is_area else 0.0)
            if cost < least:
                best, least = label, cost
        return (least, best) if best else None

    def _blocked(self, mark: Placed, label: Label, others: Sequence[Label]) -> bool:
        line = label.leader
        assert line is not None
        own = sign_box(mark, self.unit)
        across = [box for box in self.signs if box != own] + [other.box for other in others]
        return any(_crosses(line, box) for box in across) or any(
            other.leader is not None and _meet(line, other.leader) for other in others
        )

    def _on_rims(self, label: Label) -> float:
        """What it costs that a label hides points of discs' rims: its own may be seen less whole than others."""
        box, cost = label.box, 0.0
        for number, rim in self.rims.items():
            x, y = rim[:, 0], rim[:, 1]
            hidden = int(((x > box.x) & (x < box.right) & (y > box.y) & (y < box.top)).sum())
            cost += hidden * (0.2 if number == label.number else 0.5)
        return cost

    def _astray(self, label: Label) -> float:
        """What it costs that an area's label is read as another area's, or as one of another country."""
        middle = shapely.Point(label.box.middle)
        in_another = any(area.contains(middle) for number, area in self.discs.items() if number != label.number)
        box = shapely.box(label.box.x, label.box.y, label.box.right, label.box.top)
        return 9.0 * in_another + 9.0 * bool(shapely.intersects(self.abroad[label.number], box).any())

    def _candidates(self, mark: Placed) -> list[tuple[float, Label]]:
        """Every place for a mark's label with its price, the cheapest first; worked out once a mark."""
        if mark.number not in self._known:
            places = self._on_rim if mark.is_area else self._round
            every = [candidate for text in self._texts(mark) for candidate in places(mark, text)]
            self._known[mark.number] = sorted(every, key=lambda candidate: candidate[0])
        return self._known[mark.number]

    def _round(self, mark: Placed, text: _Text) -> Iterator[tuple[float, Label]]:
        """Places round a sign, touching it and farther off."""
        reach = mark.radius + 4 * self.unit + 1.0
        wide, high = badge_width(mark.number, self.size), 1.35 * self.size
        for distance in DISTANCES:
            for order, angle in enumerate(ANGLES):
                dx, dy = cos(angle), sin(angle)
                far = reach + distance * self.size
                upright = abs(dx) < 0.3
                for mirrored in (False, True) if upright and text.lines else (dx < -0.3,):
                    # The number stands next to the sign; the name goes on from it, away from the sign.
                    left = mark.x + dx * far - (wide / 2 if upright else wide if mirrored else 0.0)
                    x = left - (text.width - wide if mirrored else 0.0)
                    y = mark.y + dy * far - (0.5 if abs(dy) < 0.3 else float(dy < 0)) * text.height
                    box = Box(x, y, text.width, text.height)
                    number = Box(left, box.top - high, wide, high)
                    leader = _leader((mark.x, mark.y), mark.radius + 1.5 * self.unit, number)
                    near = hypot(leader[1][0] - leader[0][0], leader[1][1] - leader[0][1]) < 0.75 * self.size
                    label = Label(mark.number, box, text.lines, text.detail, None if near else leader, False, mirrored)
                    yield text.price + distance * 2.2 + 0.12 * order + 0.1 * mirrored + 0.8 * (not near), label

    def _on_rim(self, mark: Placed, text: _Text) -> Iterator[tuple[float, Label]]:
        """Places on a disc's rim, and beside it."""
        count = len(mark.rim)
        for at in range(0, count, 2):
            x, y = mark.rim[at]
            turn = min(at, count - at) / count  # 0 is north, a half is south
            for distance in (0.0, 2.0, 4.0, 7.0, -2.0, -4.0, 10.0, 14.0):
                dx, dy = _towards((mark.x, mark.y), (x, y))
                shift = distance * self.size
                box = Box(x + dx * shift - text.width / 2, y + dy * shift - text.height / 2, text.width, text.height)
                leader = _leader((x, y), 0.0, box) if distance and not _within((x, y), box) else None
                label = Label(mark.number, box, text.lines, text.detail, leader, True)
                yield text.price + abs(distance) + 6 * turn, label

    def _texts(self, mark: Placed) -> list[_Text]:
        """Ways to write the label, the fullest first and cheapest."""
        detail = signs.letters(mark.parts, self.categories) if len(mark.entries) > 1 else ""
        ways: list[tuple[tuple[str, ...], str, float]] = []
        for name, price in _shortened(mark.name):
            whole = f"{name} · {len(mark.entries)}" if mark.is_area else name
            ways.append(((whole,), detail, price))
            folded = tuple(re.sub(r"( [+/]) | (?=\()", r"\1\n", whole).split("\n"))
            if len(folded) > 2:
                middle = len(folded) // 2
                ways.append(((" ".join(folded[:middle]), " ".join(folded[middle:])), detail, price + 1.0))
            if 1 < len(folded) < 5:
                ways.append((folded, detail, price + 0.6 * len(folded)))
        if detail:
            ways += [(lines, "", price + 4.0) for lines, _, price in list(ways)]
        ways.append(((), "", 40.0 if mark.is_area else 20.0))
        return [self._sized(lines, short, price, mark) for lines, short, price in ways]

    def _sized(self, lines: tuple[str, ...], detail: str, price: float, mark: Placed) -> _Text:
        size = self.size
        width = badge_width(mark.number, size)
        rows = [measure(line, size, _style(mark.is_area)) for line in lines]
        rows += [measure(detail, size)] if detail else []
        if rows:
            width += 0.4 * size + max(rows)
        height = max(1.35, len(rows) * LEADING) * size
        if mark.is_area:
            width, height = width + 0.8 * size, height + 1.1 * size
        return _Text(lines, detail, width, height, price + 0.004 * width)


def _shortened(name: str) -> list[tuple[str, float]]:
    """A stack's name in full, and with its first place only; both names of a place always stay together."""
    first, *others = name.split(" + ")
    if not others:
        return [(name, 0.0)]
    short = f"{first} + {len(others)} place{'s' if len(others) > 1 else ''}"
    return [(name, 0.0), (short, 3.0)]


def sign_box(mark: Placed, unit: float) -> Box:
    """The square round a mark's sign, its ring and bar included."""
    reach = mark.radius + 4 * unit
    return Box(mark.x - reach, mark.y - reach, 2 * reach, 2 * reach)


def badge_width(number: int, size: float) -> float:
    """The width in points of a number's badge at a type of ``size`` points."""
    return measure(str(number), size, "bold") + 0.55 * size


def _style(is_area: bool) -> str:
    return "bold" if is_area else "regular"


def draw(
    sheet: Sheet, labels: Sequence[Label], marks: Sequence[Placed], categories: Sequence[Category], size: float
) -> None:
    """Draws labels and their leaders."""
    by_number = {mark.number: mark for mark in marks}
    for label in labels:
        if label.leader:
            sheet.line(label.leader, colour=WHITE, width=1.6)
            sheet.line(label.leader, colour=INK, width=0.6)
    for label in labels:
        box, inset = label.box, 0.0
        if label.is_area:
            sheet.box(box, facecolor=WHITE, edgecolor=signs.EDGE, linewidth=0.6, rounded=0.35 * size)
            inset = 0.4 * size
            bar = Box(box.x + inset, box.y + 0.3 * size, box.width - 2 * inset, 0.42 * size)
            signs.stripe(sheet, bar, parts := by_number[label.number].parts, categories)
            if any(sign.added for sign, _ in parts):
                signs.added(sheet, box.right, box.y, signs.unit_of(size))
        top = box.top - (0.25 * size if label.is_area else 0.0)
        high, wide = 1.35 * size, badge_width(label.number, size)
        left = box.right - wide if label.mirrored else box.x + inset
        signs.badge(sheet, Box(left, top - high, wide, high), label.number, size)
        x, align = (left - 0.4 * size, "right") if label.mirrored else (left + wide + 0.4 * size, "left")
        base = top - high / 2 - signs.CAPITAL / 2 * size
        halo = 0.0 if label.is_area else 0.17 * size
        for line in label.lines:
            sheet.text(x, base, line, size, style=_style(label.is_area), halo=halo, align=align)
            base -= LEADING * size
        if label.detail:
            sheet.text(x, base, label.detail, size, colour=MUTED, halo=halo, align=align)


def _leader(centre: Point, radius: float, box: Box) -> tuple[Point, Point]:
    """From the edge of a sign to the nearest point of a box."""
    end = (min(max(centre[0], box.x), box.right), min(max(centre[1], box.y), box.top))
    dx, dy = _towards(centre, end)
    return (centre[0] + dx * radius, centre[1] + dy * radius), end


def _towards(start: Point, end: Point) -> Point:
    far = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / far, (end[1] - start[1]) / far


def _within(point: Point, box: Box) -> bool:
    return box.x <= point[0] <= box.right and box.y <= point[1] <= box.top


def _edges(boxes: Sequence[Box]) -> np.ndarray[Any, Any]:
    """Left, lower, right and upper edges of boxes: shape (n, 4), points."""
    return np.array([(box.x, box.y, box.right, box.top) for box in boxes] or np.empty((0, 4)))


def _hits(edges: np.ndarray[Any, Any], box: Box, gap: float) -> bool:
    across = (edges[:, 0] < box.right + gap) & (box.x < edges[:, 2] + gap)
    return bool((across & (edges[:, 1] < box.top + gap) & (box.y < edges[:, 3] + gap)).any())


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line and a box have a point in common: the line is cut by the box's four half planes (Liang–Barsky)."""
    (x, y), (to_x, to_y) = line
    dx, dy = to_x - x, to_y - y
    start, end = 0.0, 1.0
    for step, room in ((-dx, x - box.x), (dx, box.right - x), (-dy, y - box.y), (dy, box.top - y)):
        if step == 0:
            if room < 0:
                return False
            continue
        cut = room / step
        if step < 0:
            start = max(start, cut)
        else:
            end = min(end, cut)
        if start > end:
            return False
    return True


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines cross."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
