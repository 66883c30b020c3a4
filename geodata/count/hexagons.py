"""The hexagons of an even grid that points lie in, for the columns of density."""

from __future__ import annotations

from math import cos, radians, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CELL = 12_000
"""Metres from the middle of a cell to its corner."""

EARTH = 6_378_137
"""Its radius in metres, as Web Mercator has it."""


def cells(longitude: Floats, latitude: Floats, middle: float) -> tuple[npt.NDArray[np.int64], Floats]:
    """The number of the hexagon that each point lies in, and the middle of each, longitude and latitude (WGS 84).

    At the latitude ``middle`` a corner is `CELL` metres from its hexagon's middle. The grid is even in Web Mercator,
    where deck.gl draws it.
    """
    size = np.degrees(CELL / EARTH / cos(radians(middle)))
    north = np.degrees(np.arcsinh(np.tan(np.radians(latitude))))
    found, number = np.unique(_hexagon(longitude / size, north / size), axis=0, return_inverse=True)
    column, line = found.T
    x, y = size * sqrt(3) * (column + line / 2), size * 1.5 * line
    return number.ravel(), np.stack([x, np.degrees(np.arctan(np.sinh(np.radians(y))))], axis=1)


def _hexagon(x: Floats, y: Floats) -> npt.NDArray[Any]:
    """The column and line of the hexagon of each point, of a grid with a corner to the north and sides of length 1."""
    exact = np.stack([x / sqrt(3) - y / 3, y * 2 / 3])
    exact = np.stack([*exact, -exact.sum(axis=0)])
    near = np.round(exact)
    # The three add up to nothing: the one that was rounded the most follows from the others.
    farthest, points = np.abs(near - exact).argmax(axis=0), np.arange(len(x))
    near[farthest, points] -= near.sum(axis=0)
    return near[:2].T.astype(np.int64)


def steps(most: int, colours: int) -> list[tuple[int, int]]:
    """Numbers of reports, from and to, that each of so many colours stands for, or of fewer where there are fewer."""
    many = min(colours, most)
    return [(step * most // many + 1, (step + 1) * most // many) for step in range(many)]
