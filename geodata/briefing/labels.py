"""Where the marks' labels go: near their mark, over no mark and no other label, with a line to it where they moved.

Greedy and in a fixed order, the most crowded marks first: each label takes the cheapest place that is still free, and
is placed once more when all others stand. The widths are those of the fonts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np
import numpy.typing as npt
import shapely

from geodata.briefing import signs
from geodata.briefing.candidates import Candidates, Edges, Label, Point, badge_width, candidates, style
from geodata.briefing.numbered import Placed
from geodata.briefing.sheet import INK, MUTED, WHITE, Box, Sheet
from geodata.briefing.typeset import LEADING
from geodata.timemap.marks import Category


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
        rims = {mark.number: mark.rim for mark in marks if mark.rim is not None}
        self.rims = np.concatenate([np.empty((0, 2)), *rims.values()])
        self.rim_of = np.repeat([*rims], [len(rim) for rim in rims.values()])
        self.discs = {number: shapely.Polygon(rim) for number, rim in rims.items()}
        whole = shapely.make_valid(np.array(lands, dtype=object))
        shapely.prepare(whole)
        self.abroad = {mark.number: whole[~shapely.contains(whole, shapely.Point(mark.x, mark.y))] for mark in marks}
        self.labels: dict[int, Label] = {}
        self._known: dict[int, Candidates] = {}
        self._costs: dict[tuple[int, int], float] = {}

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
        places = self._places(mark)
        for at in np.flatnonzero(_holds(self.frame, places.edges) & ~_hit(taken, places.edges, 1.0)):
            price = float(places.price[at])
            if price >= least:
                break
            label = places.label(int(at))
            cost = price + self._hides(label, int(at))
            if cost >= least:  # what is quick to tell comes first
                continue
            if any(_crosses(line, label.box) for line in leaders):
                continue
            if label.leader and self._blocked(mark, label, others):
                continue
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

    def _hides(self, label: Label, at: int) -> float:
        """What it costs that a label is where it is, wherever the others are; kept, for a place is tried four times."""
        key = label.number, at
        if key not in self._costs:
            self._costs[key] = self._on_rims(label) + (self._astray(label) if label.is_area else 0.0)
        return self._costs[key]

    def _on_rims(self, label: Label) -> float:
        """What it costs that a label hides points of discs' rims: its own may be seen less whole than others."""
        box, (x, y) = label.box, self.rims.T
        hidden = self.rim_of[(x > box.x) & (x < box.right) & (y > box.y) & (y < box.top)]
        own = int((hidden == label.number).sum())
        return own * 0.2 + (len(hidden) - own) * 0.5

    def _astray(self, label: Label) -> float:
        """What it costs that an area's label is read as another area's, or as one of another country."""
        middle = shapely.Point(label.box.middle)
        in_another = any(area.contains(middle) for number, area in self.discs.items() if number != label.number)
        box = shapely.box(label.box.x, label.box.y, label.box.right, label.box.top)
        return 9.0 * in_another + 9.0 * bool(shapely.intersects(self.abroad[label.number], box).any())

    def _places(self, mark: Placed) -> Candidates:
        """Every place for a mark's label, worked out once a mark."""
        if mark.number not in self._known:
            self._known[mark.number] = candidates(mark, self.categories, self.size, self.unit)
        return self._known[mark.number]


def sign_box(mark: Placed, unit: float) -> Box:
    """The square round a mark's sign, its ring and bar included."""
    reach = mark.radius + 4 * unit
    return Box(mark.x - reach, mark.y - reach, 2 * reach, 2 * reach)


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
            sheet.text(x, base, line, size, style=style(label.is_area), halo=halo, align=align)
            base -= LEADING * size
        if label.detail:
            sheet.text(x, base, label.detail, size, colour=MUTED, halo=halo, align=align)


def _edges(boxes: Sequence[Box]) -> Edges:
    """Left, lower, right and upper edges of boxes: shape (n, 4), points."""
    return np.array([(box.x, box.y, box.right, box.top) for box in boxes] or np.empty((0, 4)))


def _hit(taken: Edges, edges: Edges, gap: float) -> npt.NDArray[np.bool_]:
    """Which of the boxes have more than an edge in common with one that is taken, or come nearer than ``gap``."""
    left, low, right, top = edges.T[:, :, None]
    across = (taken[:, 0] < right + gap) & (left < taken[:, 2] + gap)
    hit: npt.NDArray[np.bool_] = (across & (taken[:, 1] < top + gap) & (low < taken[:, 3] + gap)).any(axis=1)
    return hit


def _holds(frame: Box, edges: Edges, slack: float = 0.01) -> npt.NDArray[np.bool_]:
    """Which of the boxes lie inside, as `Box.holds` says of one."""
    left, low, right, top = edges.T
    across = (frame.x - slack <= left) & (right <= frame.right + slack)
    inside: npt.NDArray[np.bool_] = across & (frame.y - slack <= low) & (top <= frame.top + slack)
    return inside


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
