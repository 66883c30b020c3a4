"""Countries as arcs: a border that two of them share is one arc, simplified once."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import shapely
from babel.core import get_global
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from tools.basemap.names import COUNTRY_NAMES
from tools.basemap.shapes import cut_at_180, polygonal, repaired
from tools.basemap.simplify import Crowd, Point, Tolerance, rounded, simplify, unroll


@dataclass(frozen=True)
class Country:
    """A country of the topology: its name, its ISO 3166-1 alpha-2 code if any, and its polygons' rings of arcs.

    An arc is named by its number; ``~number`` means that it is run through backwards.
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
