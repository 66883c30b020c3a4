"""Reports by the hexagon of an even grid that they lie in, for the columns of density."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import asinh, atan, cos, degrees, radians, sinh, sqrt, tan
from typing import cast

from geodata.model.row import Row

CELL = 12_000
"""Metres from the middle of a cell to its corner."""

EARTH = 6_378_137
"""Its radius in metres, as Web Mercator has it."""


def cells(rows: Iterable[Row], latitude: float) -> Mapping[tuple[float, float], list[Row]]:
    """Rows by the hexagon that they lie in, whose middle is the key (WGS 84). At ``latitude`` a corner is `CELL` metres
    from the middle, so that a hexagon is twice as far across from corner to corner.

    The grid is even in Web Mercator, where deck.gl draws it.
    """
    size = degrees(CELL / EARTH / cos(radians(latitude)))
    found: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        x, y = cast("float", row["longitude"]), degrees(asinh(tan(radians(cast("float", row["latitude"])))))
        found.setdefault(_hexagon(x / size, y / size), []).append(row)
    middles = {}
    for (column, line), within in found.items():
        x, y = size * sqrt(3) * (column + line / 2), size * 1.5 * line
        middles[x, degrees(atan(sinh(radians(y))))] = within
    return middles


def _hexagon(x: float, y: float) -> tuple[int, int]:
    """The hexagon that a point lies in, of a grid of hexagons with a corner to the north and sides of length 1."""
    column, line = x / sqrt(3) - y / 3, y * 2 / 3
    third = -column - line
    near = [round(column), round(line), round(third)]
    off = [abs(near[0] - column), abs(near[1] - line), abs(near[2] - third)]
    # The three add up to nothing: the one that was rounded the most follows from the others.
    if off[0] > off[1] and off[0] > off[2]:
        near[0] = -near[1] - near[2]
    elif off[1] > off[2]:
        near[1] = -near[0] - near[2]
    return near[0], near[1]


def steps(most: int, colours: int) -> list[tuple[int, int]]:
    """Numbers of reports, from and to, that each of so many colours stands for, or of fewer where there are fewer."""
    many = min(colours, most)
    return [(step * most // many + 1, (step + 1) * most // many) for step in range(many)]
