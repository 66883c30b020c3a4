"""Where a mark's label may stand, and in how many words: each place with its price, and the cheapest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.briefing import signs
from geodata.briefing.lettering import measure
from geodata.briefing.numbered import Placed
from geodata.briefing.sheet import Box
from geodata.briefing.typeset import LEADING
from geodata.timemap.marks import Category

Point = tuple[float, float]

Edges = npt.NDArray[np.float64]
"""Left, lower, right and upper edges of boxes, or both ends of lines: shape (n, 4), points."""

DISTANCES = (0.0, 0.8, 1.8, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0)
"""How far a label may stand from its mark, in parts of the type size."""

ANGLES = tuple(turn * pi / 8 for turn in (0, 8, 12, 4, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11))
"""Directions from the mark, the better ones first: right, left, below, above, then between them."""

FROM_RIM = (0.0, 2.0, 4.0, 7.0, -2.0, -4.0, 10.0, 14.0)
"""How far an area's label may stand outside its rim, in parts of the type size."""


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


@dataclass(frozen=True, eq=False)
class Candidates:
    """Places for one mark's label, the cheapest first. All arrays have a line for each."""

    number: int
    is_area: bool
    texts: Sequence[_Text]
    price: npt.NDArray[np.float64]
    text: npt.NDArray[np.int64]
    """Which of the texts it is."""
    edges: Edges
    leader: Edges
    has_leader: npt.NDArray[np.bool_]
    mirrored: npt.NDArray[np.bool_]

    def label(self, at: int) -> Label:
        text = self.texts[self.text[at]]
        x, y, _, _ = self.edges[at].tolist()
        from_x, from_y, to_x, to_y = self.leader[at].tolist()
        leader = ((from_x, from_y), (to_x, to_y)) if self.has_leader[at] else None
        box = Box(x, y, text.width, text.height)
        return Label(self.number, box, text.lines, text.detail, leader, self.is_area, bool(self.mirrored[at]))


def candidates(mark: Placed, categories: Sequence[Category], size: float, unit: float) -> Candidates:
    """Every place for a mark's label, at a type of ``size`` points; ``unit`` as in `signs`."""
    texts = _texts(mark, categories, size)
    places = [_on_rim(mark, text, size) if mark.is_area else _round(mark, text, size, unit) for text in texts]
    price, edges, leader, has_leader, mirrored = (np.concatenate(one) for one in zip(*places, strict=True))
    order = np.argsort(price, kind="stable")
    text = np.repeat(np.arange(len(texts)), [len(one) for one, *_ in places])
    return Candidates(
        mark.number, mark.is_area, texts, price[order], text[order], edges[order], leader[order], has_leader[order],
        mirrored[order],
    )  # fmt: skip


_Places = tuple[Any, Any, Any, Any, Any]
"""Of one text: prices, edges, leaders, whether these are drawn, and whether the number stands at the right."""


def _directions(is_named: bool) -> tuple[npt.NDArray[np.float64], ...]:
    """Of each place round a sign its distance, the order of its angle, both parts of this, and whether mirrored.

    Above and below a sign a name stands to either side of the number.
    """
    found = [
        (distance, order, cos(angle), sin(angle), mirrored)
        for distance in DISTANCES
        for order, angle in enumerate(ANGLES)
        for mirrored in ((False, True) if abs(cos(angle)) < 0.3 and is_named else (cos(angle) < -0.3,))
    ]
    return tuple(np.array(found, dtype=float).T)


_ROUND = {is_named: _directions(is_named) for is_named in (False, True)}


def _round(mark: Placed, text: _Text, size: float, unit: float) -> _Places:
    """Places round a sign, touching it and farther off."""
    distance, order, dx, dy, turned = _ROUND[bool(text.lines)]
    mirrored = turned > 0
    upright = abs(dx) < 0.3
    wide, high = badge_width(mark.number, size), 1.35 * size
    far = mark.radius + 4 * unit + 1.0 + distance * size
    # The number stands next to the sign; the name goes on from it, away from the sign.
    left = mark.x + dx * far - np.where(upright, wide / 2, np.where(mirrored, wide, 0.0))
    x = left - np.where(mirrored, text.width - wide, 0.0)
    y = mark.y + dy * far - np.where(abs(dy) < 0.3, 0.5, dy < 0) * text.height
    top = y + text.height
    number = np.stack([left, top - high, left + wide, top], axis=1)
    leader = _leaders(np.array([[mark.x, mark.y]]), mark.radius + 1.5 * unit, number)
    is_near = np.hypot(leader[:, 2] - leader[:, 0], leader[:, 3] - leader[:, 1]) < 0.75 * size
    price = text.price + distance * 2.2 + 0.12 * order + 0.1 * mirrored + 0.8 * ~is_near
    return price, np.stack([x, y, x + text.width, top], axis=1), leader, ~is_near, mirrored


def _on_rim(mark: Placed, text: _Text, size: float) -> _Places:
    """Places on a disc's rim, and beside it."""
    count = len(mark.rim)
    at = np.repeat(np.arange(0, count, 2), len(FROM_RIM))
    distance = np.tile(FROM_RIM, len(range(0, count, 2)))
    rim = np.asarray(mark.rim)[at]
    turn = np.minimum(at, count - at) / count  # 0 is north, a half is south
    out = _towards(np.array([[mark.x, mark.y]]), rim) * (distance * size)[:, None]
    low = rim + out - np.array([text.width / 2, text.height / 2])
    edges = np.concatenate([low, low + np.array([text.width, text.height])], axis=1)
    leader = _leaders(rim, 0.0, edges)
    is_within = ((edges[:, :2] <= rim) & (rim <= edges[:, 2:])).all(axis=1)
    price = text.price + abs(distance) + 6 * turn
    return price, edges, leader, (distance != 0) & ~is_within, np.zeros(len(at), bool)


def _leaders(centres: npt.NDArray[np.float64], radius: float, edges: Edges) -> Edges:
    """From the edges of signs to the nearest points of boxes."""
    ends = np.minimum(np.maximum(centres, edges[:, :2]), edges[:, 2:])
    return np.concatenate([centres + _towards(centres, ends) * radius, ends], axis=1)


def _towards(starts: npt.NDArray[np.float64], ends: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    steps = ends - starts
    far = np.hypot(steps[:, 0], steps[:, 1])
    towards: npt.NDArray[np.float64] = steps / np.where(far == 0, 1.0, far)[:, None]
    return towards


def _texts(mark: Placed, categories: Sequence[Category], size: float) -> list[_Text]:
    """Ways to write the label, the fullest first and cheapest."""
    detail = signs.letters(mark.parts, categories) if len(mark.entries) > 1 else ""
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
    return [_sized(lines, short, price, mark, size) for lines, short, price in ways]


def _sized(lines: tuple[str, ...], detail: str, price: float, mark: Placed, size: float) -> _Text:
    width = badge_width(mark.number, size)
    rows = [measure(line, size, style(mark.is_area)) for line in lines]
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


def badge_width(number: int, size: float) -> float:
    """The width in points of a number's badge at a type of ``size`` points."""
    return measure(str(number), size, "bold") + 0.55 * size


def style(is_area: bool) -> str:
    return "bold" if is_area else "regular"
