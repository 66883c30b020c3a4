"""Reports counted by area: those that lie in one area for sure, and apart from them those that lie somewhere.

A report lies *in* an area where its place is a point (a site, a settlement, a district) whose whole disc lies in that
area and touches no other. It lies *somewhere* where its place is wider (a province, a region, a country), or its disc
reaches out of the area or touches several, or touches none and is `NEAR` some, for outlines are simplified. A report is
in one area at most, and is never shared out among several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.count import counting
from geodata.model.selection import Selection
from geodata.model.vocabulary import AREAS
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

Numbers = npt.NDArray[np.int64]

CORNERS = 32
"""Corners of the polygon that stands for a disc and is nowhere smaller."""

DEGREE = 110.57
"""Kilometres of the shortest degree of latitude (WGS 84): no disc is taken for smaller than it is."""

NEAR = 3.0
"""Kilometres from an area within which a place outside every area may lie in it: the base map's provinces are
simplified by 2 km and set on a grid of 650 m, and towns lie on coasts.
"""

INSIDE, SOMEWHERE, UNBOUND, OUTSIDE, UNPLACED = range(5)
"""Where a report is: in one area; in one or more that it touches; too wide to say in which; in none; on no map."""


@dataclass(frozen=True, eq=False)  # compared by identity: the shapes are long, and a layer is a key of a cache
class Layer:
    """Areas with names. ``areas`` has the columns ``name``, ``country`` (ISO 3166-1 alpha-2, or blank; as the record
    of the area has it), ``names`` (by language) and ``geometry``, in WGS 84 with longitudes from -180 to 180.
    """

    title: str
    areas: gpd.GeoDataFrame
    origin: str = ""
    """Whose areas they are, in sentences; blank for those of the base map."""

    @classmethod
    def of(cls, title: str, areas: gpd.GeoDataFrame, origin: str = "") -> Layer:
        """A layer of any areas that have a ``name``; other columns may be absent."""
        shapes = areas.geometry if areas.crs is None else areas.geometry.to_crs("EPSG:4326")
        blank: list[Mapping[str, str]] = [{}] * len(areas)
        columns: dict[str, Any] = {
            "name": areas["name"].fillna(""),
            "country": areas["country"].fillna("") if "country" in areas else "",
            "names": areas.get("names", blank),
        }
        return cls(title, gpd.GeoDataFrame(columns, geometry=shapes.make_valid()).reset_index(drop=True), origin)


@dataclass(frozen=True)
class Apart:
    """A place whose reports are in no area for sure: its first report's ``row``, its reports, the areas it touches."""

    row: int
    reports: int
    touched: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """The reports of a selection by area; each array has a number for every area of the layer, in its order.

    ``inside`` + ``somewhere`` + ``outside`` + ``unplaced`` are all ``reports`` shown. ``touching`` counts a report in
    every area that its disc touches, so its sum may be larger than ``somewhere``; ``unbound`` are those of
    ``somewhere`` that are in no row: a country, or an area that is too wide or of unknown width.
    """

    by_area: pa.Table
    """``inside``, of them ``about`` (statements about the place) and ``disputed``, ``speakers``, ``sources``; and
    ``touching``."""
    reports: int
    inside: int
    somewhere: int
    unbound: int
    outside: int
    unplaced: int
    apart: tuple[Apart, ...]
    """The places of ``somewhere``, those of most reports first."""


@remembered(most=4)
def count(dataset: Dataset, chosen: Selection, layer: Layer, widest: float) -> Counted:
    """The reports of a selection by the areas of a layer.

    An area of more than ``widest`` kilometres of radius touches too much to tell of any: it is in ``unbound``.
    """
    found = _spots(dataset, layer, widest)
    kept = counting.selection_mask(dataset, chosen)
    spot = found.of_row[kept]
    where = np.bincount(found.kind[spot], minlength=5)
    by_spot = np.bincount(spot, minlength=len(found.kind))
    return Counted(
        by_area=_by_area(dataset, chosen, found, spot, by_spot),
        reports=len(spot),
        inside=int(where[INSIDE]),
        somewhere=int(where[SOMEWHERE] + where[UNBOUND]),
        unbound=int(where[UNBOUND]),
        outside=int(where[OUTSIDE]),
        unplaced=int(where[UNPLACED]),
        apart=_apart(found, counting.selected(dataset, chosen, "row")["row"].to_numpy(), spot, by_spot),
    )


@dataclass(frozen=True)
class _Spots:
    """The different places of the reports: where each lies, and the areas that each of ``SOMEWHERE`` touches."""

    of_row: Numbers
    kind: Numbers
    area: Numbers
    """The one area of a place that is `INSIDE`, else -1."""
    touching: Numbers
    touched: Numbers
    """Pairs: a place that is `SOMEWHERE`, and an area that it touches; ordered by the place."""
    areas: int


@remembered(most=4)
def _spots(dataset: Dataset, layer: Layer, widest: float) -> _Spots:
    reports = dataset.reports
    is_wide = reports.precision.isin(AREAS)
    is_unbound = (reports.precision == "country") | (is_wide & (reports.radius_km.fill_null(1e9) > widest))
    columns = reports.select("row", "latitude", "longitude", "radius_km", is_wide=is_wide, is_unbound=is_unbound)
    rows = dataset.fetch(columns.order_by("row")).drop_columns("row").combine_chunks()
    of_row, first = _different(rows)
    places = rows.take(first)
    longitude, latitude = (places[name].to_numpy() for name in ("longitude", "latitude"))
    radius = places["radius_km"].fill_null(0.0).to_numpy()
    wide, unbound = (places[name].to_numpy().astype(bool) for name in ("is_wide", "is_unbound"))
    bound = np.flatnonzero(~np.isnan(latitude) & ~unbound)
    shapes = layer.areas.geometry.values
    shapely.prepare(shapes)
    discs = _discs(longitude[bound], latitude[bound], radius[bound])
    area, disc = shapely.STRtree(discs).query(shapes, predicate="intersects")
    touches = np.bincount(disc, minlength=len(discs))
    beyond = np.flatnonzero(touches == 0)
    near, of_beyond = _near(shapes, longitude[bound[beyond]], latitude[bound[beyond]], radius[bound[beyond]])
    area, disc = np.concatenate([area, near]), np.concatenate([disc, beyond[of_beyond]])
    is_single = (touches[disc] == 1) & ~wide[bound[disc]]
    reaching = is_single & (radius[bound[disc]] > 0)  # a point that touches an area lies in it
    is_single[reaching] = shapely.covers(shapes[area[reaching]], discs[disc[reaching]])
    kind = np.where(np.isnan(latitude), UNPLACED, np.where(unbound, UNBOUND, OUTSIDE))
    kind[bound[disc]] = SOMEWHERE
    kind[bound[disc[is_single]]] = INSIDE
    of_area = np.full(len(kind), -1)
    of_area[bound[disc[is_single]]] = area[is_single]
    order = np.lexsort((area[~is_single], disc[~is_single]))
    pairs = bound[disc[~is_single][order]], area[~is_single][order]
    return _Spots(of_row, kind, of_area, *pairs, areas=len(shapes))


def _near(
    shapes: npt.NDArray[Any], longitude: npt.NDArray[Any], latitude: npt.NDArray[Any], radius: npt.NDArray[Any]
) -> tuple[Numbers, Numbers]:
    """Pairs of an area and one of these places that touch none, where `NEAR` more kilometres of radius touch it."""
    up = NEAR / DEGREE
    highest = np.abs(shapely.bounds(shapes)[:, [1, 3]]).max(axis=1, initial=0) + 2 * up
    reach = up / np.cos(np.radians(np.minimum(highest, 89.0))) * 1.02  # no disc of a point reaches as far as this
    # Most points are far from every area, and a disc costs more than a distance.
    near = shapely.STRtree(shapely.points(longitude, latitude)).query(shapes, predicate="dwithin", distance=reach)[1]
    is_near = (radius > 0) | (np.abs(longitude) + reach.max(initial=0) >= 180)
    is_near[near] = True
    some = np.flatnonzero(is_near)
    discs = _discs(longitude[some], latitude[some], radius[some] + NEAR)
    area, disc = shapely.STRtree(discs).query(shapes, predicate="intersects")
    return area, some[disc]


def _different(rows: pa.Table) -> tuple[Numbers, Numbers]:
    """The number of each row's place among the different ones, and the first row of each."""
    code = np.zeros(len(rows), dtype=np.int64)
    for column in rows.columns:
        values = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
        code = code * (len(values.dictionary) + 1) + values.indices.to_numpy()
        code = pc.dictionary_encode(pa.array(code)).indices.to_numpy().astype(np.int64)
    first = np.zeros(code.max(initial=-1) + 1, dtype=np.int64)
    first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    return code, first


def _discs(longitude: npt.NDArray[Any], latitude: npt.NDArray[Any], radius: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A point, or a polygon round a radius in kilometres, for each place; in two parts where it crosses 180 degrees."""
    up = radius / DEGREE
    widening = np.cos(np.radians(np.minimum(np.abs(latitude) + up, 89.0)))
    out = 1 / np.cos(np.pi / CORNERS)  # the corners lie outside, so that the sides touch the circle
    across = np.minimum(up / widening * out, 180.0)
    discs = np.array(shapely.points(longitude, latitude), dtype=object)
    has_width = np.flatnonzero(radius > 0)
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    x = longitude[has_width, None] + across[has_width, None] * np.cos(turn)
    y = np.clip(latitude[has_width, None] + up[has_width, None] * out * np.sin(turn), -90, 90)
    discs[has_width] = shapely.polygons(np.stack([x, y], axis=-1))
    world = shapely.box(-180, -90, 180, 90)
    for one in np.flatnonzero((longitude - across <= -180) | (longitude + across >= 180)):
        further = shapely.transform(
            discs[one], lambda at, east=longitude[one] > 0: at + ((-360, 0) if east else (360, 0))
        )
        discs[one] = shapely.union(shapely.intersection(discs[one], world), shapely.intersection(further, world))
    return discs


def _by_area(dataset: Dataset, chosen: Selection, found: _Spots, spot: Numbers, by_spot: Numbers) -> pa.Table:
    area = found.area[spot]
    is_in = area >= 0
    area = area[is_in]
    told = counting.selected(dataset, chosen, "place_role", "claimed_by", "source_id").filter(pa.array(is_in))
    is_disputed = counting.selection_mask(dataset, Selection(disputed=True))
    is_disputed = is_disputed[counting.selection_mask(dataset, chosen)][is_in]
    is_about = pc.equal(told["place_role"].cast(pa.string()), "subject").to_numpy()

    def number(rows: Numbers) -> Numbers:
        return np.bincount(rows, minlength=found.areas)

    return pa.table(
        {
            "inside": number(area),
            "about": number(area[is_about]),
            "disputed": number(area[is_disputed]),
            "speakers": number(_pairs(area, told["claimed_by"])),
            "sources": number(_pairs(area, told["source_id"])),
            "touching": np.bincount(found.touched, by_spot[found.touching], found.areas).astype(np.int64),
        }
    )


def _pairs(area: Numbers, column: pa.ChunkedArray) -> Numbers:
    """The area of each different pair of an area and a value of a column of dictionary codes, without blanks."""
    coded = column.combine_chunks()
    codes, blank = coded.indices.to_numpy(), coded.dictionary.index("").as_py()
    size = len(coded.dictionary) or 1
    told = codes != blank
    return np.unique(area[told] * size + codes[told]) // size


def _apart(found: _Spots, rows: Numbers, spot: Numbers, by_spot: Numbers) -> tuple[Apart, ...]:
    first = np.full(len(found.kind), -1)
    first[spot[::-1]] = rows[::-1]
    places = np.flatnonzero((by_spot > 0) & np.isin(found.kind, (SOMEWHERE, UNBOUND)))
    places = places[np.lexsort((first[places], -by_spot[places]))]
    begin, end = (np.searchsorted(found.touching, places, side) for side in ("left", "right"))
    return tuple(
        Apart(int(first[place]), int(by_spot[place]), tuple(map(int, found.touched[left:right])))
        for place, left, right in zip(places, begin, end, strict=True)
    )
