"""The box round reports: what a map shows that is fitted to its marks."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from geodata.model.region import KM_PER_DEGREE, Extent
from geodata.model.row import Row, point_of
from geodata.tell import legend

AIR = 0.15
"""Of the marks' width and height, left free on each side of them."""

LEAST = (1.8, 1.4)
"""Degrees of longitude and latitude that are shown at least, so that the land round a single point is seen."""

NEAREST_POLE = 89.0
"""Degrees of latitude that a map round reports reaches at most: at a pole itself all longitudes meet."""


def around(rows: Sequence[Row], within: Extent | None = None) -> Extent | None:
    """West, south, east, north round the rows' places, with some air; ``None`` where none can be drawn.

    Only places in ``within`` count, where it is given; one that reaches across the antimeridian has its east beyond
    180 or its west below -180 degrees, and so may the answer.
    """
    drawn = [(*at, (row["radius_km"] or 0.0) / KM_PER_DEGREE) for row in rows
             if (point := point_of(row)) and not legend.is_too_wide(row) and (at := _seen(point, within))]  # fmt: skip
    if not drawn:
        return None
    south = min(latitude - reach for latitude, _, reach in drawn)
    north = max(latitude + reach for latitude, _, reach in drawn)
    squeeze = max(cos(radians((south + north) / 2)), cos(radians(NEAREST_POLE)))
    west = min(longitude - reach / squeeze for _, longitude, reach in drawn)
    east = max(longitude + reach / squeeze for _, longitude, reach in drawn)
    across, up = (max(AIR * span, (least - span) / 2)
                  for span, least in zip((east - west, north - south), LEAST, strict=True))  # fmt: skip
    south, north = max(south - up, -NEAREST_POLE), min(north + up, NEAREST_POLE)
    first, last = (-180.0, 180.0) if within is None else (min(-180.0, within[0]), max(180.0, within[2]))
    return max(west - across, first), south, min(east + across, last), north


def grown(extent: Extent) -> Extent:
    """A box with the air round it that the screen shows too, whose form is seldom that of the box."""
    west, south, east, north = extent
    across, up = min(AIR * (east - west), (360 - (east - west)) / 2), AIR * (north - south)
    return west - across, max(south - up, -90.0), east + across, min(north + up, 90.0)


def _seen(point: tuple[float, float], within: Extent | None) -> tuple[float, float] | None:
    """Latitude and longitude as ``within`` counts them; ``None`` for a point outside it."""
    latitude, longitude = point
    if within is None:
        return point
    west, south, east, north = within
    turned = west + (longitude - west) % 360
    return (latitude, turned) if turned <= east and south <= latitude <= north else None
