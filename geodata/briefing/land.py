"""The land of a frame: the base map's cells, projected and cut with geopandas, and painted as calm as on screen.

Borders are those of the source and imply no endorsement (see ``geodata/timemap/basemap``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from geodata.briefing.frame import Frame
from geodata.model.boundaries import Boundary
from geodata.model.region import Extent
from geodata.timemap import basemap
from geodata.timemap.basemap import areas, drawn
from geodata.timemap.basemap.cells import AREAS, polygons, unpack
from geodata.timemap.basemap.grid import LEVELS, Level

SEA, LAND, SHORE = (basemap.COLOURS[name] for name in ("sea", "land", "shore"))


def _line(colour: str, width: float) -> dict[str, Any]:
    return {"facecolor": "none", "edgecolor": colour, "linewidth": width}


_BORDER = _line(basemap.COLOURS["border"], 0.85)
_STYLES: dict[str, dict[str, Any]] = {
    "land": {"facecolor": LAND, "edgecolor": LAND, "linewidth": 0.2},
    "lake": {"facecolor": SEA, "edgecolor": SEA, "linewidth": 0.1},
    "shore": _line(SHORE, 0.5),
    "river": _line(SHORE, 0.5),
    "province": _line(basemap.COLOURS["province"], 0.45),
    "border": _BORDER,
    "disputed": _BORDER | {"linestyle": (0, (4, 3))},
}
"""Kinds in drawing order; disputed boundaries are dashed."""

PROVINCES_TO = 3_000_000
"""Metres of a frame's width up to which the lines of provinces are drawn."""

WIDTHS = {"110m": math.inf, "50m": 9_000_000, "10m": 1_900_000}
"""Metres of a frame's width up to which a level of the land is drawn."""

MARGIN = 1.0
"""Degrees beyond a frame that are projected too, so that no cut edge is seen."""

SEAM = 1e-6
"""Degrees that are left out on each side of a projection's seam."""

Boundaries = tuple[Boundary, ...]
"""What a case does with lines of the base map."""

Edges = tuple[float, float, float, float]
"""West, south, east, north in metres of a projection."""


def paint(axes: Axes, frame: Frame, boundaries: Boundaries = ()) -> None:
    """Paints sea, land, lakes, rivers and borders over the axes, whose data are then metres of the projection.

    ``boundaries`` are what the case does with lines of the base map.
    """
    axes.add_patch(PathPatch(path_of(frame.rectangle()), zorder=0, facecolor=SEA, edgecolor="none"))
    for order, (kind, paths) in enumerate(_drawn(frame.crs, _edges(frame), frame.bounds(), boundaries)):
        axes.add_collection(PathCollection(paths, zorder=order + 1, **_STYLES[kind]), autolim=False)
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
    axes.set_axis_off()


@lru_cache(maxsize=32)
def _drawn(crs: str, edges: Edges, bounds: Extent, boundaries: Boundaries) -> list[tuple[str, list[Path]]]:
    """What is painted of each kind. Made once a frame: geopandas would make it again for each picture, which is half of
    what a small one takes.
    """
    return [(kind, [*_paths(shapes, is_area=kind in AREAS)]) for kind, shapes in _kinds(crs, edges, bounds, boundaries)]


def _kinds(crs: str, edges: Edges, bounds: Extent, boundaries: Boundaries) -> list[tuple[str, gpd.GeoSeries]]:
    """The kinds with something to show, in the order of `_STYLES`, cut to ``edges``."""
    width = edges[2] - edges[0]
    level = [level for level in LEVELS if width <= WIDTHS[level.name]][-1]
    seen = shapely.box(*window(bounds))
    found: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for kind, shape in _shapes(level, seen.bounds, boundaries):
        if kind != "province" or width <= PROVINCES_TO:
            found[kind].append(shape)
    done = []
    for kind in _STYLES:
        shapes = gpd.GeoSeries(shapely.intersection(shapely.make_valid(found[kind]), seen), crs="EPSG:4326")
        # Straight lines in degrees are curves here: points every half degree let them bend.
        placed = shapes[~shapes.is_empty].segmentize(0.5).to_crs(crs).clip_by_rect(*_widened(edges))
        placed = placed[~placed.is_empty]
        if len(placed):
            done.append((kind, placed))
    return done


def _paths(shapes: gpd.GeoSeries, *, is_area: bool) -> Iterator[Path]:
    """A path for each polygon, or each line. What a cut leaves of another kind (a point, a rim of an area) is none."""
    for shape in shapely.get_parts(shapely.get_parts(shapes.to_numpy())):
        if is_area and shape.geom_type == "Polygon":
            yield path_of(shape)
        elif not is_area and shape.geom_type in ("LineString", "LinearRing"):
            yield Path(shapely.get_coordinates(shape))


def path_of(area: shapely.Polygon) -> Path:
    """The rims of an area, its holes' among them."""
    rims = (Path(shapely.get_coordinates(ring), closed=True) for ring in (area.exterior, *area.interiors))
    return Path.make_compound_path(*rims)


def _shapes(level: Level, box: Extent, boundaries: Boundaries) -> Iterator[tuple[str, shapely.Geometry]]:
    """Kinds and shapes of the cells that a box touches, in degrees of the box: its east may be beyond 180."""
    for cell, turns in level.placed(box):
        packed = drawn.cell(level, cell, boundaries)
        for part in unpack(packed) if packed else ():
            is_area = part.kind in AREAS
            shapes = polygons(part) if is_area else [shapely.LineString(path) for path in part.paths]
            for shape in shapes:
                yield part.kind, _moved(shape, turns)


def _moved(shape: shapely.Geometry, turns: int) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: points + np.array([360.0 * turns, 0.0])) if turns else shape


@dataclass(frozen=True)
class Country:
    """A country's land within a frame, for writing its name there: ``area`` in points of the page; ``iso`` its code."""

    iso: str
    area: shapely.Geometry


def countries(frame: Frame) -> list[Country]:
    """The countries seen in a frame, the larger first."""
    scale = frame.points_per_metre
    seen = []
    for iso, metres in _countries(frame.crs, _edges(frame), frame.bounds()):
        area = shapely.transform(
            metres, lambda at: (at - (frame.west, frame.south)) * scale + (frame.box.x, frame.box.y)
        )
        seen.append(Country(iso, area))
    return sorted(seen, key=lambda country: -country.area.area)


@lru_cache(maxsize=64)
def _countries(crs: str, edges: Edges, bounds: Extent) -> list[tuple[str, shapely.Geometry]]:
    seen = shapely.box(*window(bounds))
    whole = areas.countries()
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for turns in (-1, 0, 1):
        near = whole[whole.intersects(_moved(seen, -turns))]
        moved = gpd.GeoSeries([_moved(shape, turns) for shape in near.geometry], crs="EPSG:4326")
        cut = gpd.GeoSeries(shapely.intersection(moved.values, seen), crs="EPSG:4326")
        for iso, shape in zip(near["country"], cut, strict=True):
            parts[iso].append(shape)
    # A country on both sides of 180 degrees is one, and its name stands on it once.
    one = [shapely.union_all(shapes) if len(shapes) > 1 else shapes[0] for shapes in parts.values()]
    placed = gpd.GeoSeries(one, crs="EPSG:4326").segmentize(0.5).to_crs(crs).clip_by_rect(*edges)
    return [(iso, shapely.force_2d(area)) for iso, area in zip(parts, placed, strict=True) if not area.is_empty]


def _edges(frame: Frame) -> Edges:
    return frame.west, frame.south, frame.east, frame.north


def _widened(edges: Edges) -> Edges:
    """The frame with a margin of a hundredth, so that no edge of a cut polygon is drawn as a border."""
    more = (edges[2] - edges[0]) / 100
    return edges[0] - more, edges[1] - more, edges[2] + more, edges[3] + more


def window(bounds: Extent) -> Extent:
    """A frame's bounds with a margin, but never round the whole earth: there the projection has its seam, and what lies
    over or on it would be drawn from one edge of the map to the other.
    """
    west, south, east, north = bounds
    middle, half = (west + east) / 2, min((east - west) / 2 + MARGIN, 180.0 - SEAM)
    return middle - half, max(south - MARGIN, -90.0), middle + half, min(north + MARGIN, 90.0)
