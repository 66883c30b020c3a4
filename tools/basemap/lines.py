"""Land, lakes, rivers and boundaries of the world at each level, read from the packages and made coarser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.timemap.basemap.grid import LEVELS, Level
from tools.basemap.names import DASHED
from tools.basemap.packages import Fetched

TOLERANCE = {"110m": 0.06, "50m": 0.015, "10m": 0.003}
"""Degrees by which a line of a level may differ from its source."""

LEAST_LAKE = {"110m": 0.6, "50m": 0.03, "10m": 0.0}
"""Square degrees of the smallest lake of a level: the source has lakes at one scale alone."""

OUTLINES = frozenset({"Overlay limit", "Lease limit"})
"""Classes of boundary lines that go round an area within a country, or a zone: no such outline is drawn."""

SOLID = "International boundary"
"""How the class of a line begins that Natural Earth does not mark as disputed, indefinite or a line of control."""

COARSE_PROVINCE = 7.0
"""Zoom from which a province's line is drawn, up to which it is in the level of 1:50m too."""


class Drawn(NamedTuple):
    """A shape of the land: its kind, which boundary it is (blank for others), and lines or polygons in degrees."""

    kind: str
    of: str
    shape: BaseGeometry


def drawn(level: Level, fetched: Fetched, provinces: gpd.GeoDataFrame) -> Iterator[Drawn]:
    """All shapes of a level, in the order in which they are drawn. ``provinces`` are as `areas.provinces` has them."""
    tolerance = TOLERANCE[level.name]
    land = _read(fetched, level, "land")
    coarse = shapely.make_valid(shapely.simplify(land.geometry.values, tolerance, preserve_topology=True))
    lakes = gpd.read_file(fetched.lakes).geometry
    lakes = lakes[lakes.area >= LEAST_LAKE[level.name]]
    water = shapely.make_valid(shapely.simplify(lakes.values, tolerance, preserve_topology=True))
    yield from (Drawn("land", "", shape) for shape in coarse)
    yield from (Drawn("lake", "", shape) for shape in water)
    rivers = _read(fetched, level, "rivers_lake_centerlines")
    for shape in _lines(rivers.geometry[rivers["featurecla"] == "River"], tolerance):
        yield Drawn("river", "", shape)
    if level is not LEVELS[0]:
        wanted = provinces["zoom"] <= (COARSE_PROVINCE if level is LEVELS[1] else np.inf)
        for shape in _lines(gpd.GeoSeries(_within_countries(provinces[wanted])), tolerance):
            yield Drawn("province", "", shape)
    yield from _boundaries(fetched, tolerance)


def _read(fetched: Fetched, level: Level, layer: str) -> gpd.GeoDataFrame:
    source = gpd.read_file(fetched.lines / level.name / f"ne_{level.name}_{layer}.shp", encoding="cp1252")
    return source[source.geometry.notna()]


def _lines(shapes: gpd.GeoSeries, tolerance: float) -> list[BaseGeometry]:
    """The lines made coarser, each by itself, without what is shorter than two tolerances."""
    shapes = shapes[shapes.notna()]
    merged = shapely.get_parts(shapely.line_merge(shapely.force_2d(shapes.values)))
    simple = shapely.simplify(merged, tolerance)
    return [line for line in simple if line.length > 2 * tolerance]


def _within_countries(provinces: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """The lines between two provinces of one country: a stretch that both have, and no coast."""
    shapes = [(country, part) for country, shape in zip(provinces["owner"], provinces.geometry, strict=True)
              for part in shapely.get_parts(shapely.boundary(shape))]  # fmt: skip
    stretches = []
    for country, ring in shapes:
        points = shapely.get_coordinates(ring)
        ends = np.stack([points[:-1], points[1:]], axis=1)
        # Two neighbours run along their line in opposite ways.
        turned = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
        ends[turned] = ends[turned][:, ::-1]
        stretches.append(pd.DataFrame(ends.reshape(-1, 4), columns=["a", "b", "c", "d"]).assign(country=country))
    every = pd.concat(stretches)
    shared = every[every.duplicated(["a", "b", "c", "d", "country"], keep="first")].drop_duplicates()
    lines = shapely.linestrings(shared[["a", "b", "c", "d"]].to_numpy().reshape(-1, 2, 2))
    return [shapely.line_merge(shapely.multilinestrings(lines[shared["country"].to_numpy() == country]))
            for country in sorted(shared["country"].unique())]  # fmt: skip


def boundaries(fetched: Fetched) -> dict[str, list[str]]:
    """For each boundary line, called after the two it parts (``ARM|AZE``), their names in the source."""
    found = {}
    for line in _sourced(fetched):
        pair = sorted(((line.adm0_a3_l, line.adm0_left), (line.adm0_a3_r, line.adm0_right)))
        found["|".join(code for code, _ in pair)] = [name for _, name in pair]
    return dict(sorted(found.items()))


def _boundaries(fetched: Fetched, tolerance: float) -> Iterator[Drawn]:
    """The lines between countries, of the finest scale at every level, for there alone they say between whom."""
    for line in _sourced(fetched):
        of = "|".join(sorted((line.adm0_a3_l, line.adm0_a3_r)))
        for shape in _lines(gpd.GeoSeries([line.geometry]), tolerance):
            yield from _by_dispute(shape, of, line.featurecla.startswith(SOLID))


def _sourced(fetched: Fetched) -> Iterator[Any]:
    source = gpd.read_file(fetched.lines / "10m/ne_10m_admin_0_boundary_lines_land.shp", encoding="utf-8")
    for line in source.itertuples(index=False):
        if line.featurecla not in OUTLINES and line.adm0_a3_l != line.adm0_a3_r:
            yield line


def _by_dispute(shape: BaseGeometry, of: str, is_solid: bool) -> Iterator[Drawn]:
    """A line as it is drawn: dashed where the source marks it as disputed, or `DASHED` says so within a box."""
    box = shapely.box(*DASHED[of][0]) if of in DASHED else shapely.Point()
    disputed = shape if not is_solid else shapely.intersection(shape, box)
    agreed = shapely.Point() if not is_solid else shapely.difference(shape, box)
    if not disputed.is_empty:
        yield Drawn("disputed", of, disputed)
    if not agreed.is_empty:
        yield Drawn("border", of, agreed)
