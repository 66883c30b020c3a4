"""Distances on the Earth: geodesics on the ellipsoid of WGS 84, after Karney, by PROJ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pyproj import Geod

EARTH = Geod(ellps="WGS84")

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


def kilometres(first: Point, second: Point) -> float:
    """The way from a point to another."""
    return float(EARTH.inv(first[1], first[0], second[1], second[0])[2]) / 1000


def kilometres_to_each(point: Point, points: Sequence[Point]) -> npt.NDArray[np.float64]:
    """The ways from a point to each of others, in their order: an array of as many."""
    others = np.array(points, np.float64).reshape(-1, 2)
    start = np.broadcast_to(np.array(point, np.float64), others.shape)
    metres: npt.NDArray[np.float64] = EARTH.inv(start[:, 1], start[:, 0], others[:, 1], others[:, 0])[2]
    return metres / 1000
