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

EARTH = 6_378_137
"""Its radius in metres, as Web Mercator has it."""


def in_cells(reports: ir.Table, latitude: float) -> ir.Table:
    """Reports with coordinates and the hexagon that each lies in: ``column`` and ``line``, int64, of a grid of hexagons
    with a corner to the north. At ``latitude`` a corner is `CELL` metres from its hexagon's middle.

    The grid is even in Web Mercator, where deck.gl draws it. Positions are those of `measured`, to ten metres.
    """
    placed, side = measured(reports), _side(latitude)
    x, y = (placed.x + 0.5) * (360 / ACROSS / side) - 180 / side, 180 / side - (placed.y + 0.5) * (360 / ACROSS / side)
    exact = (x / sqrt(3) - y / 3, y * 2 / 3, -x / sqrt(3) - y / 3)
    near = [number.round() for number in exact]
    off = [(whole - number).abs() for whole, number in zip(near, exact, strict=True)]
    # The three add up to nothing: the one that was rounded the most follows from the others.
    is_first, is_second = (off[0] > off[1]) & (off[0] > off[2]), off[1] > off[2]
    column = ibis.ifelse(is_first, -near[1] - near[2], near[0])
    line = ibis.ifelse(~is_first & is_second, -near[0] - near[2], near[1])
    return placed.mutate(column=column.cast("int64"), line=line.cast("int64"))


def middles(column: npt.NDArray[np.int64], line: npt.NDArray[np.int64], latitude: float) -> Floats:
    """The middles of hexagons of `in_cells`: longitude and latitude of each (WGS 84 degrees)."""
    side = _side(latitude)
    x, y = side * sqrt(3) * (column + line / 2), side * 1.5 * line
    return np.stack([x, np.degrees(np.arctan(np.sinh(np.radians(y))))], axis=1)


def _side(latitude: float) -> float:
    """The side of a hexagon in degrees of longitude."""
    return degrees(CELL / EARTH / cos(radians(latitude)))


def steps(most: int, colours: int) -> list[tuple[int, int]]:
    """Numbers of reports, from and to, that each of so many colours stands for, or of fewer where there are fewer."""
    many = min(colours, most)
    return [(step * most // many + 1, (step + 1) * most // many) for step in range(many)]
