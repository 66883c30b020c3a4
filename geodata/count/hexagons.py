"""The hexagons of an even grid that reports lie in, for the columns of density."""

from __future__ import annotations

from math import cos, degrees, radians, sqrt

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from geodata.store.measured import ACROSS, measured

Floats = npt.NDArray[np.float64]

CELL = 12_000
"""Metres from the middle of a cell to its corner."""

LINE = 1 << 24
"""What the numbers of hexagons of two lines of the grid are apart: no line has so many."""

EARTH = 6_378_137
"""Its radius in metres, as Web Mercator has it."""


def in_cells(reports: ir.Table, latitude: float) -> ir.Table:
    """Reports with coordinates and the number of the hexagon that each lies in, ``cell``, int64: of a grid of hexagons
    with a corner to the north. At ``latitude`` a corner is `CELL` metres from its hexagon's middle.

    The grid is even in Web Mercator, where deck.gl draws it. Positions are those of `measured`, to three metres. The
    middles of hexagons are the corners of a grid of rectangles, a hexagon wide and three of its sides high, and their
    middles: a point belongs to the nearer of the two beside it.
    """
    placed, unit = measured(reports), 360 / ACROSS / _side(latitude)
    x, y = (placed.x + 0.5) * (unit / sqrt(3)), (placed.y + 0.5) * (unit / 3)
    is_corner = (x - x.round()).abs() + 3 * (y - y.round()).abs() <= 1
    corner, middle = y.round() * (2 * LINE) + x.round() * 2, y.floor() * (2 * LINE) + x.floor() * 2 + (LINE + 1)
    return placed.mutate(cell=ibis.ifelse(is_corner, corner, middle).cast("int64"))


def middles(cells: npt.NDArray[np.int64], latitude: float) -> Floats:
    """The middles of hexagons of `in_cells`: longitude and latitude of each (WGS 84 degrees)."""
    side = _side(latitude)
    x, y = cells % LINE * (side * sqrt(3) / 2) - 180, 180 - cells // LINE * (side * 1.5)
    return np.stack([x, np.degrees(np.arctan(np.sinh(np.radians(y))))], axis=1)


def _side(latitude: float) -> float:
    """The side of a hexagon in degrees of longitude."""
    return degrees(CELL / EARTH / cos(radians(latitude)))


def steps(most: int, colours: int) -> list[tuple[int, int]]:
    """Numbers of reports, from and to, that each of so many colours stands for, or of fewer where there are fewer."""
    many = min(colours, most)
    return [(step * most // many + 1, (step + 1) * most // many) for step in range(many)]
