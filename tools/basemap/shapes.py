"""Polygons and lines made whole, and as features of GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from tools.basemap.simplify import rounded

Feature = dict[str, Any]


def repaired(shape: BaseGeometry) -> BaseGeometry:
    """Return a valid form of the shape (simplification can, seldom, make a ring touch itself)."""
    return shape if shape.is_valid else shapely.make_valid(shape)


def parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the simple parts of a shape, collections within collections included."""
    if hasattr(shape, "geoms"):
        for part in shape.geoms:
            yield from parts(part)
    elif not shape.is_empty:
        yield shape


def cut_at_180(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the pieces of a shape with unrolled longitudes, each moved to between -180 and 180 degrees."""
    west, _, east, _ = shape.bounds
    for turn in (-1, 0, 1):
        low = -180.0 + 360.0 * turn
        if west >= low + 360.0 or east <= low:
            continue
        piece = shape if low <= west and east <= low + 360.0 else shape.intersection(box(low, -90, low + 360.0, 90))
        yield shapely.transform(piece, lambda xy, turn=turn: xy - (360.0 * turn, 0.0))


def polygonal(shapes: Iterable[BaseGeometry]) -> MultiPolygon:
    """Gather the polygons among the shapes' parts, outer rings counter-clockwise."""
    return MultiPolygon([orient(part) for shape in shapes for part in parts(shape) if isinstance(part, Polygon)])


def linear(shapes: Iterable[BaseGeometry]) -> MultiLineString:
    """Gather the lines among the shapes' parts."""
    return MultiLineString([part for shape in shapes for part in parts(shape) if isinstance(part, LineString)])


def coordinates(shape: BaseGeometry) -> tuple[str, list[Any]]:
    """Return the GeoJSON type and the rounded coordinates of polygons or lines; what rounding empties is left out."""
    out: list[Any] = []
    for part in parts(shape):
        if isinstance(part, Polygon):
            rings = [rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
            if len(rings[0]) >= 4:
                out.append([ring for ring in rings if len(ring) >= 4])
        else:
            line = rounded(part.coords)
            if len(line) >= 2:
                out.append(line)
    kind = "Polygon" if isinstance(shape, MultiPolygon) else "LineString"
    return (kind, out[0]) if len(out) == 1 else (f"Multi{kind}", out)


def feature(shape: BaseGeometry, **properties: Any) -> Feature | None:
    """Return a GeoJSON feature, or None if nothing is left of the shape. Properties that are None stay as null."""
    kind, points = coordinates(shape)
    if not points:
        return None
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": points}}


def collection(features: Iterable[Feature | None]) -> Feature:
    """Return a GeoJSON feature collection of the features that are there."""
    return {"type": "FeatureCollection", "features": [item for item in features if item is not None]}
