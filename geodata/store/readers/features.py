"""Features of GeoJSON as records: properties and other members as cells, the geometry as place and radius."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import shape

from geodata.store.readers import raw, shapes
from geodata.store.readers.cells import flattened, text_of
from geodata.store.readers.keys import Twice
from geodata.store.readers.raw import CELL, GEOMETRY, Key, Record

NO_CELLS = {"type", "geometry", "properties", "bbox"}
"""Members of a feature that are no cells of their own."""


def is_feature(value: Any) -> bool:
    """Whether a value is a feature of GeoJSON."""
    return isinstance(value, dict) and value.get("type") == "Feature" and ("geometry" in value or "properties" in value)


def of_collections(objects: Iterable[Any]) -> Iterator[Any]:
    """The features of each collection among objects; what is no collection stays as it is."""
    for one in objects:
        if not isinstance(one, Mapping) or not isinstance(one.get("features"), list):
            yield one
            continue
        for name, member in one.items():
            if name == "features" or (name.startswith("features (") and isinstance(member, list)):
                yield from member


def crs_of(member: Any) -> pyproj.CRS | None:
    """The reference system that the ``crs`` member of a collection names (GeoJSON 2008); None for WGS 84.

    Raises ``pyproj.exceptions.CRSError`` for one that is not known.
    """
    name = (member.get("properties") or {}).get("name") if isinstance(member, Mapping) else None
    return shapes.unless_wgs84(pyproj.CRS.from_user_input(name)) if name else None


def records(objects: Iterable[Any], crs: pyproj.CRS | None) -> Iterator[Record]:
    """A record a feature. None among the objects stays None."""
    for some in raw.in_lots(objects):
        plain = [None if crs else _point(one) for one in some]
        drawn = np.array([None if point else _shape(one) for point, one in zip(plain, some, strict=True)], object)
        measures = zip(*shapes.measured(shapes.to_wgs84(drawn, crs)), strict=True)
        for one, point, geometry, measure in zip(some, plain, drawn, measures, strict=True):
            if one is None:
                yield None
                continue
            cells = dict(_cells(one))
            numbers = (*point, math.nan) if point else map(float, measure)
            cells |= {(GEOMETRY, name): text_of(value) for name, value in zip(shapes.COLUMNS, numbers, strict=True)}
            if isinstance(one, dict) and one.get("geometry") and not point and geometry is None:
                cells[CELL, "geometry"] = text_of(one["geometry"])  # not readable, so kept as it is written
            yield cells


def _cells(feature: Any) -> Iterator[tuple[Key, str | None]]:
    """Its id, properties and other members; an id that the properties repeat stands once."""
    if not is_feature(feature):
        yield from (((CELL, name), cell) for name, cell in flattened(feature))
        return
    properties = feature.get("properties") or {}
    if feature.get("id") is not None and (not isinstance(properties, dict) or "id" not in properties):
        yield (CELL, "id"), text_of(feature["id"])
    yield from (((CELL, name), cell) for name, cell in flattened(properties))
    members = {name: value for name, value in feature.items() if name not in NO_CELLS and name != "id"}
    if isinstance(properties, dict) and feature.get("id") not in (None, properties.get("id", feature.get("id"))):
        yield ("member", "id"), text_of(feature["id"])
    yield from ((("member", name), cell) for name, cell in flattened(members))


def _geometry(feature: Any) -> Any:
    """The geometry of a feature; None where it tells one thing twice, so that nobody knows which is meant."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return None if isinstance(geometry, Twice) else geometry


def _point(feature: Any) -> tuple[float, float] | None:
    """Longitude and latitude of a feature that is one point."""
    geometry = _geometry(feature)
    match geometry:
        case {"type": "Point", "coordinates": [bool(), *_] | [_, bool(), *_]}:  # to Python true is the number 1
            return None
        case {"type": "Point", "coordinates": [int() | float() as longitude, int() | float() as latitude, *_]}:
            return float(longitude), float(latitude)
    return None


def _holds_truth(coordinates: Any) -> bool:
    """Whether a yes or no stands among coordinates, which shapely would take for 1 or 0."""
    return isinstance(coordinates, bool) or (isinstance(coordinates, list) and any(map(_holds_truth, coordinates)))


def _shape(feature: Any) -> Any:
    """The geometry of a feature; None where it has none or it is not one that GeoJSON knows."""
    geometry = _geometry(feature)
    try:
        return shape(geometry) if geometry and not _holds_truth(geometry.get("coordinates")) else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
        return None
