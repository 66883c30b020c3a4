"""Where on the page a place lies: the projection, the map's frame, its graticule and its scale.

A region is drawn in a Lambert conformal conic projection of its own (standard parallels a sixth of its height from its
southern and northern edge, the usual rule: Snyder, Map Projections, USGS Professional Paper 1395, 1987, p. 99); one
at a pole in the azimuthal equidistant projection on that pole (Snyder, p. 191); what is wider than half a
hemisphere in Equal Earth (Šavrič, Patterson and Jenny, 2019). WGS 84 throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10
from typing import Any

import numpy as np
import shapely
from geopy.distance import geodesic
from pyproj import Transformer

from geodata.briefing.sheet import Box
from geodata.model.region import Extent

REGIONAL = 60.0
"""Degrees of longitude up to which a region is drawn in a projection of its own."""

POLAR = 80.0
"""Degrees of latitude from which a region is drawn on its pole."""

_Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Frame:
    """The map's rectangle on a page and what it shows.

    ``box`` is in points; ``west``, ``south``, ``east`` and ``north`` are its edges in metres of the projection ``crs``
    (a PROJ string). ``regional`` is true where the projection is the region's own.
    ``middle`` is the longitude of its middle, in degrees, round which those of `bounds` lie.
    """

    box: Box
    crs: str
    west: float
    south: float
    east: float
    north: float
    regional: bool
    middle: float

    @property
    def points_per_metre(self) -> float:
        return self.box.width / (self.east - self.west)

    def page(self, longitude: Any, latitude: Any) -> tuple[Any, Any]:
        """Points on the page of WGS 84 degrees; takes numbers or arrays of one shape."""
        x, y = _to_metres(self.crs).transform(longitude, latitude)
        scale = self.points_per_metre
        return self.box.x + (x - self.west) * scale, self.box.y + (y - self.south) * scale

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude (WGS 84) of a point on the page."""
        scale = self.points_per_metre
        place = _to_metres(self.crs).transform(
            self.west + (x - self.box.x) / scale, self.south + (y - self.box.y) / scale, direction="INVERSE"
        )
        return float(place[0]), float(place[1])

    def bounds(self) -> Extent:
        """West, south, east, north in degrees of all that the frame shows; the world where its edge is not known."""
        along = np.linspace(0, 1, 25)
        xs = self.west + (self.east - self.west) * np.concatenate([along, along, along * 0, along * 0 + 1])
        ys = self.south + (self.north - self.south) * np.concatenate([along * 0, along * 0 + 1, along, along])
        lon, lat = _to_metres(self.crs).transform(xs, ys, direction="INVERSE")
        if self.polar and self._holds(self.polar):
            south, north = sorted((float(lat.min() if self.polar > 0 else lat.max()), self.polar))
            return self.middle - 180.0, south, self.middle + 180.0, north
        known = np.isfinite(lon) & np.isfinite(lat)
        if not self.regional or not known.all():
            return (self.middle - 180.0, -90.0, self.middle + 180.0, 90.0)
        lon = self.middle + (lon - self.middle + 180) % 360 - 180
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    @property
    def polar(self) -> float:
        """The latitude of the pole that the frame's projection is on; 0 where it is on none."""
        return next((pole for pole in (-90.0, 90.0) if f"+proj=aeqd +lat_0={pole:.0f} " in self.crs), 0.0)

    def _holds(self, latitude: float) -> bool:
        x, y = _to_metres(self.crs).transform(self.middle, latitude)
        return bool(self.west <= x <= self.east and self.south <= y <= self.north)

    def rectangle(self) -> shapely.Polygon:
        """The frame as a polygon, in metres of its projection."""
        return shapely.box(self.west, self.south, self.east, self.north)


@lru_cache(maxsize=256)
def _to_metres(crs: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def fitted(extent: Extent, box: Box) -> Frame:
    """The frame over ``box`` that shows all of ``extent``, in the middle, and no more than the box's form asks for.

    ``extent`` reaches across the 180th meridian where its east is beyond 180 or its west below -180. Raises
    ``ValueError`` for an extent that is empty, wider than the earth or has latitudes beyond 90 degrees.
    """
    west, south, east, north = extent
    if not (-90 <= south < north <= 90 and -540 <= west < east <= min(540, west + 360)):
        raise ValueError(f"not an extent in degrees (west, south, east, north): {extent}")
    middle = (west + east) / 2
    polar = _pole(extent)
    regional = bool(polar) or (east - west <= REGIONAL and north - south <= REGIONAL and max(-south, north) < POLAR)
    if polar:
        crs = f"+proj=aeqd +lat_0={polar:.0f} +lon_0={middle:.4f} +datum=WGS84 +units=m"
    elif regional and abs(south + north) < 10:  # a cone at the equator is a cylinder
        crs = f"+proj=aeqd +lat_0={(south + north) / 2:.4f} +lon_0={middle:.4f} +datum=WGS84 +units=m"
    elif regional:
        sixth = (north - south) / 6
        crs = (
            f"+proj=lcc +lat_1={south + sixth:.4f} +lat_2={north - sixth:.4f} +lat_0={(south + north) / 2:.4f} "
            f"+lon_0={middle:.4f} +datum=WGS84 +units=m"
        )
    else:
        middle = 180.0 if east > 180 or west < -180 else 0.0
        crs = f"+proj=eqearth +lon_0={middle:.0f} +datum=WGS84 +units=m"
    lon, lat = _rim(extent)
    x, y = _to_metres(crs).transform(lon, lat)
    wide, high = float(x.max() - x.min()), float(y.max() - y.min())
    scale = min(box.width / wide, box.height / high)
    across, up = (float(x.max()) + float(x.min())) / 2, (float(y.max()) + float(y.min())) / 2
    half, tall = box.width / scale / 2, box.height / scale / 2
    return Frame(box, crs, across - half, up - tall, across + half, up + tall, regional, middle)


def _pole(extent: Extent) -> float:
    """The latitude of the pole that a region is drawn on: one that reaches near it, or lies wide round it; else 0."""
    west, south, east, north = extent
    is_wide, furthest, nearest = east - west > REGIONAL, max(-south, north), max(south, -north)
    if north - south > REGIONAL or not (furthest >= POLAR or (is_wide and nearest >= REGIONAL)):
        return 0.0
    return 90.0 if south + north > 0 else -90.0


def _rim(extent: Extent) -> tuple[_Numbers, _Numbers]:
    """Longitudes and latitudes along the edges of an extent, in degrees."""
    west, south, east, north = extent
    along = np.linspace(0, 1, 41)
    lon, lat = west + (east - west) * along, south + (north - south) * along
    same = np.ones_like(along)
    return (
        np.concatenate([lon, same * east, lon[::-1], same * west]),
        np.concatenate([same * south, lat, same * north, lat[::-1]]),
    )


def outline(frame: Frame, within: Frame) -> np.ndarray[Any, Any]:
    """The frame's edge as it lies on another map: points on the page, shape (n, 2)."""
    along = np.linspace(0, 1, 21)
    xs = np.concatenate([along, along * 0 + 1, along[::-1], along * 0]) * (frame.east - frame.west) + frame.west
    ys = np.concatenate([along * 0, along, along * 0 + 1, along[::-1]]) * (frame.north - frame.south) + frame.south
    lon, lat = _to_metres(frame.crs).transform(xs, ys, direction="INVERSE")
    return np.column_stack(within.page(lon, lat))


def disc(frame: Frame, longitude: float, latitude: float, radius: float) -> np.ndarray[Any, Any]:
    """The rim of a disc of ``radius`` kilometres on the globe (geodesic): points on the page, shape (72, 2)."""
    longitudes, latitudes = zip(*_disc_degrees(longitude, latitude, radius), strict=True)
    return np.column_stack(frame.page(np.array(longitudes), np.array(latitudes)))


@lru_cache(maxsize=1_024)
def _disc_degrees(longitude: float, latitude: float, radius: float) -> tuple[tuple[float, float], ...]:
    """The rim of a disc in degrees, longitude first. Kept: an area has the same one on every map."""
    reach = geodesic(kilometers=radius)
    ends = (reach.destination((latitude, longitude), bearing) for bearing in range(0, 360, 5))
    return tuple((end.longitude, end.latitude) for end in ends)


@dataclass(frozen=True)
class Meridian:
    """A line of the graticule: its name, its pieces on the page (points) and where it meets the frame's edge.

    ``edge`` is the x of a meridian at the lower edge, the y of a parallel at the left one; ``None`` where it does not
    meet it.
    """

    name: str
    is_parallel: bool
    pieces: tuple[np.ndarray[Any, Any], ...]
    edge: float | None


CROWDED = 20.0
"""Points from a pole within which no meridian is named."""

_STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0)


def graticule(frame: Frame) -> list[Meridian]:
    """Meridians and parallels at a round step, about four to each direction."""
    west, south, east, north = frame.bounds()
    along_parallels = 12 if frame.polar else 7  # meridians that meet at a pole part soon
    steps = _step(east - west, along_parallels), _step(north - south, 6)
    if not frame.polar:
        steps = (max(steps),) * 2
    box = shapely.box(frame.box.x, frame.box.y, frame.box.right, frame.box.top)
    lines = []
    for is_parallel, low, high, step in ((False, west, east, steps[0]), (True, south, north, steps[1])):
        for number in range(floor(low / step) + 1, floor(high / step) + 1):
            degree = number * step
            along = np.linspace(*((west, east) if is_parallel else (south, north)), 121)
            same = np.full_like(along, degree)
            x, y = frame.page(*((along, same) if is_parallel else (same, along)))
            line = shapely.LineString(np.column_stack([x, y])[np.isfinite(x) & np.isfinite(y)])
            cut = shapely.intersection(line, box)
            parts = [part for part in shapely.get_parts(cut) if part.geom_type == "LineString" and part.length > 0]
            if not parts:
                continue
            pieces = tuple(shapely.get_coordinates(part) for part in parts)
            ends = np.concatenate([piece[[0, -1]] for piece in pieces])
            across, along_edge, edge = (0, 1, frame.box.x) if is_parallel else (1, 0, frame.box.y)
            is_met = np.abs(ends[:, across] - edge) < 0.01
            if frame.polar and not is_parallel:  # at the pole all meet, and no name tells one from another
                is_met &= np.hypot(*(ends - frame.page(0.0, frame.polar)).T) > CROWDED
            met = ends[is_met, along_edge]
            name = _degree(degree, "NS") if is_parallel else _degree((degree + 180) % 360 - 180, "EW")
            lines.append(Meridian(name, is_parallel, pieces, float(met[0]) if len(met) else None))
    return lines


def _step(degrees: float, most: int) -> float:
    return next((one for one in _STEPS if degrees / one <= most), 30.0)


HALF = 180.0
"""Degrees of the meridian that is as far east as west."""


def _degree(value: float, signs: str) -> str:
    """44.5 east is "44°30′E"."""
    whole, minutes = divmod(round(abs(value) * 60), 60)
    sign = signs[value < 0] if value and abs(value) != HALF else ""
    return f"{whole}°{f'{minutes:02d}′' if minutes else ''}{sign}"


@dataclass(frozen=True)
class Scale:
    """A bar of ``kilometres`` that is ``length`` points long at the latitude ``latitude`` in the map's middle."""

    kilometres: float
    length: float
    latitude: float


def scale(frame: Frame, longest: float) -> Scale:
    """The longest round scale bar of at most ``longest`` points, true along the parallel in the map's middle.

    Measured on the ellipsoid (geopy's geodesic), from the middle of the frame half to the left and half to the right.
    """
    across, up = frame.box.middle

    def kilometres(length: float) -> float:
        ends = [frame.degrees(across + shift, up) for shift in (-length / 2, length / 2)]
        return float(geodesic(*((lat, lon) for lon, lat in ends)).kilometers)

    most = kilometres(longest)
    digit = 10 ** floor(log10(most))
    round_number = max(factor * digit for factor in (1, 2, 5) if factor * digit <= most)
    length = longest * round_number / most
    for _ in range(4):  # the scale hardly changes along the bar: each step mends what is left of the difference
        length *= round_number / kilometres(length)
    return Scale(round_number, length, frame.degrees(across, up)[1])
