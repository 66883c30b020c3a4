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

from geodata.count import at_places
from geodata.count.at_places import AtPlaces, Numbers, Places
from geodata.model.selection import Selection
from geodata.model.vocabulary import AREAS
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

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

    An area of more than ``widest`` kilometres of radius touches too much to tell of any: it is in ``unbound``. Raises
    `part.TooManyError` for a large table.
    """
    found = _lying(dataset, at_places.places(dataset, chosen), layer, widest)
    told = at_places.told(dataset, chosen)
    inside, somewhere, unbound, outside, unplaced = (int(told.reports[found.kind == kind].sum()) for kind in range(5))
    return Counted(
        by_area=_by_area(found, told),
        reports=int(told.reports.sum()),
        inside=inside,
        somewhere=somewhere + unbound,
        unbound=unbound,
        outside=outside,
        unplaced=unplaced,
        apart=_apart(found, told),
    )


@dataclass(frozen=True)
class _Lying:
    """Where each of the different places lies, and the areas that each of ``SOMEWHERE`` touches."""

    kind: Numbers
    area: Numbers
    """The one area of a place that is `INSIDE`, else -1."""
    touching: Numbers
    touched: Numbers
    """Pairs: a place that is `SOMEWHERE`, and an area that it touches; ordered by the place."""
    areas: int


@remembered(most=4)
def _lying(_: Dataset, different: Places, layer: Layer, widest: float) -> _Lying:
    places = different.table
    precision = places["precision"].fill_null("")
    wide = pc.is_in(precision, pa.array(AREAS)).to_numpy()
    is_too_wide = places["radius_km"].fill_null(np.inf).to_numpy() > widest
    unbound = pc.equal(precision, "country").to_numpy() | (wide & is_too_wide)
    longitude, latitude = (places[name].to_numpy() for name in ("longitude", "latitude"))
    radius = places["radius_km"].fill_null(0.0).to_numpy()
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
    return _Lying(kind, of_area, *pairs, areas=len(shapes))


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


def _by_area(found: _Lying, told: AtPlaces) -> pa.Table:
    is_in = found.area >= 0

    def summed(numbers: Numbers) -> Numbers:
        return np.bincount(found.area[is_in], numbers[is_in], found.areas).astype(np.int64)

    def different(places: Numbers, values: Numbers) -> Numbers:
        """How many different values the places in each area have."""
        area, size = found.area[places], values.max(initial=0) + 1
        return np.bincount(np.unique(area[area >= 0] * size + values[area >= 0]) // size, minlength=found.areas)

    return pa.table(
        {
            "inside": summed(told.reports),
            "about": summed(told.about),
            "disputed": summed(told.disputed),
            "speakers": different(*told.tellers["claimed_by"]),
            "sources": different(*told.tellers["source_id"]),
            "touching": np.bincount(found.touched, told.reports[found.touching], found.areas).astype(np.int64),
        }
    )


def _apart(found: _Lying, told: AtPlaces) -> tuple[Apart, ...]:
    places = np.flatnonzero((told.reports > 0) & np.isin(found.kind, (SOMEWHERE, UNBOUND)))
    places = places[np.lexsort((told.first[places], -told.reports[places]))]
    begin, end = (np.searchsorted(found.touching, places, side) for side in ("left", "right"))
    return tuple(
        Apart(int(told.first[place]), int(told.reports[place]), tuple(map(int, found.touched[left:right])))
        for place, left, right in zip(places, begin, end, strict=True)
    )
