"""Files with geometries: GeoJSON, GeoParquet and GeoPackage, with a mutated table and odd geometries in them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import geopandas as gpd
from shapely.geometry import LineString, Point

from tests.fuzz.case import Case, put
from tests.fuzz.cells import Rows, mutated

GEOMETRIES = (
    None, True, 1, "x", [], {}, {"type": "Point"}, {"type": "Point", "coordinates": []},
    {"type": "Point", "coordinates": ["a", "b"]}, {"type": "Point", "coordinates": [1e308, 1e308]},
    {"type": "Point", "coordinates": [46, 39, 5]}, {"type": "Point", "coordinates": [None, 39]},
    {"type": "Point", "coordinates": [True, False]},
    {"type": "Polygon", "coordinates": [[[46, 39], [47, 39]]]}, {"type": "Circle", "coordinates": [46, 39]},
    {"type": "LineString", "coordinates": [[46, 39], [47, 40]]}, {"type": "GeometryCollection", "geometries": []},
)  # fmt: skip


def geojson(random: Random, folder: Path, objects: list[Any]) -> Case:
    features: list[Any] = [
        {"type": "Feature", "properties": one,
         "geometry": random.choice(GEOMETRIES) if random.random() < 0.3 else {"type": "Point", "coordinates": [46, 39]}}
        for one in objects
    ]  # fmt: skip
    if random.random() < 0.1:
        features.insert(random.randrange(len(features) + 1), None)
    told: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if random.random() < 0.2:
        told["crs"] = random.choice(
            (1, {"type": "name", "properties": {"name": "EPSG:32638"}}, {"properties": []}, "x")
        )
    path = folder / "table.geojson"
    put(random, path, json.dumps(told).encode())
    return Case(path, None)


ENCODED: tuple[Any, ...] = (
    {}, [], True, {"geometry": True}, {"date": {"encoding": "WKB"}}, {"geometry": {"encoding": "WKB", "crs": 1}},
    {"geometry": {"encoding": "WKB", "crs": {"a": 1}}}, {"geometry": {"encoding": "point"}},
    {"geometry": {"encoding": "WKB"}},
)  # fmt: skip
"""What a Parquet file may say of its geometries, most of it wrong."""

GEO: tuple[bytes, ...] = (
    *(b"", b"{", b"[]", b"true", b"1", b'{"primary_column": true}'),
    *(
        json.dumps({"version": "1.1.0", "primary_column": name, "columns": columns}).encode()
        for name in ("geometry", "date", "absent", True, None)
        for columns in ENCODED
    ),
)


def _frame(random: Random, rows: Rows) -> gpd.GeoDataFrame:
    """A mutated table with a geometry in each row, some of them odd."""
    header, *below = mutated(random, rows)
    names = [name or f"column {place}" for place, name in enumerate(header)]
    unique = [name if names.index(name) == place else f"{name} {place}" for place, name in enumerate(names)]
    wide = [[*row, *[""] * len(header)][: len(header)] for row in below]
    drawn = (None, Point(), Point(46, 39), Point(1e300, 95), LineString([(46, 39), (47, 40)]), Point(46, 39, 5))
    geometry = [random.choice(drawn) if random.random() < 0.4 else Point(46, 39) for _ in wide]
    cells = {name: [row[unique.index(name)] for row in wide] for name in unique if name != "geometry"}
    return gpd.GeoDataFrame(cells, geometry=geometry, crs=random.choice((4326, 3857, 32638, None)))


def geoparquet(random: Random, folder: Path, rows: Rows) -> Case:
    path = folder / "table.parquet"
    _frame(random, rows).to_parquet(path)
    put(random, path, path.read_bytes())
    return Case(path, None)


def geopackage(random: Random, folder: Path, rows: Rows) -> Case:
    frame, path = _frame(random, rows), folder / "table.gpkg"
    # SQLite's names of columns ignore case, and GDAL gives each row a number "fid" of its own.
    kept = {name.lower(): name for name in frame.columns if name.lower() not in {"fid", "geom"}}
    texts = {name: frame[name].map(_sql_text) for name in kept.values() if name != "geometry"}
    frame = gpd.GeoDataFrame(texts, geometry=frame.geometry, crs=frame.crs)
    frame.to_file(path, driver="GPKG", engine="pyogrio")
    put(random, path, path.read_bytes())
    return Case(path, None)


def _sql_text(text: str) -> str:
    return text.replace("\0", "")
