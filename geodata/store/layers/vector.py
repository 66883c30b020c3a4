"""Layers of points, lines and areas: their files as features with spans, in WGS 84."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyogrio
import pyproj
import shapely
from shapely.geometry import shape

from geodata.model import dates
from geodata.model.faults import InvalidData
from geodata.model.layers import CaseLayer, has_places
from geodata.model.text import number_of, shown, suggestion
from geodata.store.layers.layer import FINE_POINTS, MOST_POINTS, SIMPLIFIED, Feature, Unfit
from geodata.store.readers import features as geojson
from geodata.store.readers import kml, spatial

NAMES = ("name", "title", "label")
"""Columns that are taken for the name of a feature, in any letters."""

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Found:
    """What a file holds: for each feature its cells and its geometry, and the reference system, if it tells one.

    ``first`` and ``last`` are the columns of a feature's span where the format itself has such.
    """

    cells: list[Mapping[str, Any]]
    geometry: Shapes
    crs: pyproj.CRS | None
    first: str = ""
    last: str = ""


def read(path: Path, form: str) -> Found:
    """The features of a file of one of the forms of `READERS`. Raises `Unfit` where it is broken."""
    try:
        return READERS[form](path)
    except InvalidData as error:
        line = f" (line {error.faults[0].line})" if error.faults[0].line else ""
        raise Unfit(f"{error.faults[0].message}{line}") from error


def features(record: CaseLayer, found: Found) -> tuple[list[Feature], list[str], list[str], list[Unfit]]:
    """The features in WGS 84, how they were read, what is simplified, and what is wrong with single ones of them."""
    there = ~(shapely.is_missing(found.geometry) | shapely.is_empty(found.geometry))
    if not there.any():
        raise Unfit("has nothing to draw; save it with its geometry")
    geometry, notes = _in_degrees(found, record.crs)
    geometry, limits = _light(geometry)
    names = _column(record, "name_column", found, next((one for one in _columns(found) if one.lower() in NAMES), ""))
    starts = _column(record, "first_column", found, found.first)
    ends = _column(record, "last_column", found, found.last)
    made, wrong = [], []
    for at in np.flatnonzero(there):
        try:
            span = _span(record, starts[at], ends[at])
        except ValueError as error:
            wrong.append(str(error))
            continue
        made.append(Feature(names[at], span.first, span.last, geometry[at]))
    faults = [] if not wrong else [Unfit(
        f"has {number_of(len(wrong), 'feature')} with a date that cannot be read, not drawn: {wrong[0]}",
        "first_column" if record.first_column else "last_column",
    )]  # fmt: skip
    if not made:
        raise faults[0]
    return made, notes, limits, faults


def kind_of(features: list[Feature]) -> str:
    """What a layer consists of: points, lines or areas; shapes where it is several of these."""
    kinds = {int(one) for one in shapely.get_dimensions(np.array([one.geometry for one in features], object))}
    return ("points", "lines", "areas")[kinds.pop()] if len(kinds) == 1 else "shapes"


# --- from any reference system ---------------------------------------------------------------------------------------


def are_degrees(bounds: npt.NDArray[np.float64]) -> bool:
    """Whether a box (least x, least y, largest x, largest y) may be longitude and latitude."""
    return bool(np.isfinite(bounds).all() and (np.abs(bounds) <= (360, 90, 360, 90)).all())


def _in_degrees(found: Found, asked: str) -> tuple[Shapes, list[str]]:
    geometry = shapely.force_2d(found.geometry)
    corners, owners = shapely.get_coordinates(geometry, return_index=True)
    wrong = owners[~np.isfinite(corners).all(axis=1)]
    if len(wrong):
        raise Unfit(f"has a corner that is no number (feature {int(wrong[0]) + 1:,}); mend it, or take it out")
    crs = pyproj.CRS.from_user_input(asked) if asked else found.crs
    notes = []
    if crs is None:
        if not are_degrees(shapely.total_bounds(geometry)):
            raise Unfit(NO_SYSTEM, "crs")
    elif not crs.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True):
        geometry = shapely.transform(geometry, to_degrees(crs).transform, interleaved=False)
        notes.append(f"Brought from {crs.name} to WGS 84.")
    if not (np.isfinite(shapely.get_coordinates(geometry)).all() and are_degrees(shapely.total_bounds(geometry))):
        where = f"as {crs.name}, " if crs else ""
        raise Unfit(f"lies, read {where}beyond the world; name the reference system of its numbers", "crs")
    return geometry, notes


def to_degrees(crs: pyproj.CRS) -> pyproj.Transformer:
    """From a reference system to longitude and latitude of WGS 84. Raises `Unfit` for one without a place on earth."""
    if not has_places(crs):
        raise Unfit(f"has corners in {crs.name}, which is no place on earth; name their reference system", "crs")
    try:
        return pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise Unfit(f"cannot be brought from {crs.name} to WGS 84; name its reference system", "crs") from error


NO_SYSTEM = "tells no reference system, and its numbers are no degrees; name it, as crs: EPSG:32638"


def _light(geometry: Shapes) -> tuple[Shapes, list[str]]:
    """Valid geometry of at most `MOST_POINTS` corners, simplified where it has more than `FINE_POINTS`."""
    broken = ~shapely.is_valid(geometry) & ~shapely.is_missing(geometry)
    geometry = geometry.copy()
    geometry[broken] = shapely.make_valid(geometry[broken])
    before = int(shapely.get_num_coordinates(geometry).sum())
    if before <= FINE_POINTS:
        return geometry, []
    simple: Shapes = shapely.simplify(geometry, SIMPLIFIED)
    after = int(shapely.get_num_coordinates(simple).sum())
    if after > MOST_POINTS:
        raise Unfit(
            f"has {before:,} corners, and {after:,} when simplified to 100 m; {MOST_POINTS:,} can be drawn: "
            "simplify it, or cut it to the part that matters"
        )
    return simple, [f"Simplified to 100 m: the file has {before:,} corners, {after:,} are drawn."]


# --- cells -----------------------------------------------------------------------------------------------------------


def _columns(found: Found) -> dict[str, None]:
    return dict.fromkeys(name for cells in found.cells for name in cells)


def _column(record: CaseLayer, field: str, found: Found, usual: str) -> list[str]:
    """The texts of the column that a field of the record names, else of the usual one; blank where there is none."""
    asked = getattr(record, field)
    known = _columns(found)
    if asked and asked not in known:
        hint = suggestion(asked, known, "it has: " + (", ".join(map(shown, known)) or "none"))
        raise Unfit(f"has no column {shown(asked)} ({hint})", field)
    name = asked or usual
    return [_text(cells.get(name)) if name else "" for cells in found.cells]


def _text(value: Any) -> str:
    """A cell as text: a day without its time of day, a whole number without a point."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    day, _, time = text.partition("T")
    return day if time[:1].isdigit() else text


def _span(record: CaseLayer, start: str, end: str) -> dates.Span:
    """The days on which a feature may hold: its own, within those of its layer. Raises ``ValueError``."""
    whole, own = record.span, []
    for text in (start, end):
        try:
            own.append(dates.parse(text) if text else None)
        except ValueError as error:
            raise ValueError(f"{shown(text)} {error}") from error
    first = max(whole.first, own[0].first) if own[0] else whole.first
    last = min(whole.last, own[1].last) if own[1] else whole.last
    if own[0] and own[1] and own[0].first > own[1].last:
        raise ValueError(f"{shown(start)} is after {shown(end)}")
    return dates.Span(first, last)


# --- files -----------------------------------------------------------------------------------------------------------


def _geojson(path: Path) -> Found:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise Unfit(f"is not JSON (line {error.lineno}: {error.msg}); save it again") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise Unfit("is broken GeoJSON; save it again, as UTF-8") from error
    except ValueError as error:  # Python's own limit, which is no fault of the text as JSON
        raise Unfit("has a number of too many digits; save it again") from error
    listed = told.get("features") if isinstance(told, dict) else None
    one = told if isinstance(told, dict) and "geometry" in told else {"geometry": told, "properties": {}}
    features = listed if isinstance(listed, list) else [one]
    try:
        drawn = [shape(each["geometry"]) if each.get("geometry") else None for each in features]
        crs = geojson.crs_of(told.get("crs")) if isinstance(told, dict) else None
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, shapely.errors.ShapelyError) as error:
        raise Unfit("is JSON without the features of GeoJSON; save it as GeoJSON") from error
    except pyproj.exceptions.CRSError as error:
        raise Unfit("names a reference system that is not known; name it, as crs: EPSG:32638", "crs") from error
    cells: list[Mapping[str, Any]] = []
    for number, each in enumerate(features, start=1):
        properties = each.get("properties") or {}
        if not isinstance(properties, dict):
            raise Unfit(f"has a feature (number {number:,}) whose properties are no names with values; save it again")
        cells.append(({"id": each["id"]} if "id" in each else {}) | properties)
    return Found(cells, _array(drawn), crs)


def _kml(path: Path) -> Found:
    cells: list[Mapping[str, Any]] = []
    drawn = []
    for told, geometry in kml.features(path):
        cells.append({**told, "end": told.get("end") or told.get("when")})
        drawn.append(geometry)
    return Found(cells, _array(drawn), None, "begin", "end")


def _parquet(path: Path) -> Found:
    try:
        return of_frame(gpd.read_parquet(path))
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unfit("is no GeoParquet, or is broken; save it again with its geometry") from error


def gdal(path: Path, settings: Mapping[str, Any]) -> Found:
    """The features of all tables of a file that GDAL reads, with their geometry."""
    try:
        with warnings.catch_warnings(), spatial.plainly_named(path) as plain:
            warnings.simplefilter("ignore", RuntimeWarning)
            tables = [str(name) for name, kind in pyogrio.list_layers(plain) if kind]
            frames = [pyogrio.read_dataframe(plain, layer=name, **settings) for name in tables]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, UnicodeDecodeError) as error:
        raise Unfit("is broken, or a part of it is missing; save it again") from error
    found = [of_frame(frame) for frame in frames]
    if not found:
        raise Unfit("has nothing to draw; save it with its geometry")
    crs = found[0].crs
    if any(one.crs != crs for one in found):
        raise Unfit("holds tables of different reference systems; save each as a file of its own")
    return Found([cells for one in found for cells in one.cells], np.concatenate([one.geometry for one in found]), crs)


def _shapefile(path: Path) -> Found:
    settings, _ = spatial.encoding_of(path)
    return gdal(path, settings)


def of_frame(frame: gpd.GeoDataFrame) -> Found:
    """The features of a frame of geopandas."""
    cells = frame.drop(columns=frame.geometry.name).astype(object).to_dict("records")
    return Found(cells, frame.geometry.to_numpy(), pyproj.CRS(frame.crs) if frame.crs else None)


def _array(drawn: list[Any]) -> Shapes:
    return np.array([None, *drawn], object)[1:]


READERS: Mapping[str, Callable[[Path], Found]] = {
    "JSON": _geojson,
    "KML": _kml,
    "Parquet": _parquet,
    "GeoPackage": lambda path: gdal(path, {}),
    "FlatGeobuf": lambda path: gdal(path, {}),
    "Shapefile": _shapefile,
}
"""A reader for each form of `geodata.store.readers.form.form_of` that may be a layer."""
