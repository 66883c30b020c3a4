"""Geometry as columns: a point as longitude and latitude, a line or area as a point and the radius that covers it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geodata.model.earth import EARTH
from geodata.model.text import number_of
from geodata.store.readers.raw import GEOMETRY, Key, names

COLUMNS = ("longitude", "latitude", "radius_km")
"""Columns that stand for a geometry (WGS 84, degrees, kilometres)."""

Numbers = npt.NDArray[np.float64]


def measured(shapes: npt.NDArray[np.object_]) -> tuple[Numbers, Numbers, Numbers]:
    """Longitude, latitude and radius in km of geometries in WGS 84, longitude first; NaN where there is none.

    A point has no radius. Of a line or area it is a point on it, and the way from there to the farthest of its corners.
    """
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    wide = ~shapely.is_missing(shapes) & (shapely.get_type_id(shapes) != 0)
    points = shapes.copy()
    points[wide] = shapely.point_on_surface(shapes[wide])
    longitude, latitude = shapely.get_x(points), shapely.get_y(points)
    radius = np.full(len(shapes), np.nan)
    corners, owner = shapely.get_coordinates(shapes[wide], return_index=True)
    if len(corners):
        _, _, metres = EARTH.inv(longitude[wide][owner], latitude[wide][owner], corners[:, 0], corners[:, 1])
        farthest = np.zeros(int(wide.sum()))
        np.maximum.at(farthest, owner, np.nan_to_num(metres, posinf=0.0))
        radius[wide] = np.where(farthest > 0, np.round(farthest / 1000, 3), np.nan)
    return longitude, latitude, radius


def to_wgs84(shapes: npt.NDArray[np.object_], crs: pyproj.CRS | None) -> npt.NDArray[np.object_]:
    """Geometries of a reference system in WGS 84, longitude first; as they are where ``crs`` is None."""
    if crs is None:
        return shapes
    transformer = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    moved: npt.NDArray[np.object_] = shapely.transform(shapes, transformer.transform, interleaved=False)
    return moved


def unless_wgs84(crs: pyproj.CRS) -> pyproj.CRS | None:
    """The reference system, or None where it is WGS 84 but for the order of its axes."""
    return None if crs.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True) else crs


def settle(connection: duckdb.DuckDBPyConnection, keys: Sequence[Key]) -> tuple[tuple[str, ...], list[str]]:
    """The names of the columns of ``raw``, and notes on the geometry.

    A column of the geometry is taken out of ``raw`` where it tells nothing: where it is blank throughout, or a column
    of the file has its name and tells the same numbers.
    """
    kept = [*keys]
    notes: list[str] = []
    for place in range(len(keys) - 1, -1, -1):
        made_of, name = keys[place]
        if made_of != GEOMETRY or name not in COLUMNS:
            continue
        tells = f"c{place} IS NOT NULL"
        same = next((index for index, key in enumerate(keys) if key[0] != GEOMETRY and key[1] == name), None)
        if same is not None:
            tells += f" AND TRY_CAST(c{place} AS DOUBLE) IS DISTINCT FROM TRY_CAST(c{same} AS DOUBLE)"
        ((rows,),) = connection.execute(f"SELECT count(*) FROM raw WHERE {tells}").fetchall()
        if not rows:
            _drop(connection, place, len(kept))
            del kept[place]
        elif same is not None:
            notes.append(f"In {number_of(rows, 'row')} the geometry is not what the column {name} tells.")
        elif name == "radius_km":
            are = "row has a line or an area" if rows == 1 else "rows have lines or areas"
            notes.append(f"{rows:,} {are}: a point on each stands for it, with the radius that covers it.")
    return names(name for _, name in kept), notes


def _drop(connection: duckdb.DuckDBPyConnection, place: int, width: int) -> None:
    """Takes a column out of ``raw``; those after it move up."""
    connection.execute(f"ALTER TABLE raw DROP COLUMN c{place}")
    for later in range(place + 1, width):
        connection.execute(f"ALTER TABLE raw RENAME COLUMN c{later} TO c{later - 1}")
