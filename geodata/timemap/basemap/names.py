"""Names on the land for one dataset: the case's own before the base map's, and none where the parties contest one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geopy.distance import great_circle

from geodata.model.case import Case
from geodata.model.names import LABEL, namings, speaks_english
from geodata.model.records import Place
from geodata.model.region import Extent
from geodata.model.text import fold
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.timemap.basemap import archive
from geodata.timemap.basemap.grid import NAMES, Cell, Level

SAME_KM = 4.0
"""Kilometres within which the base map's name stands for a place of the case that bears a name already."""

UNTOLD: tuple[Extent, ...] = (
    (34.9, 31.2, 35.7, 32.6), (34.2, 31.2, 34.6, 31.6), (35.5, 32.6, 36.1, 33.4), (73.0, 32.2, 80.4, 37.1),
    (91.5, 26.8, 97.5, 29.5), (32.4, 44.3, 36.8, 46.3), (36.0, 46.8, 40.3, 50.1), (-17.2, 20.7, -8.6, 27.7),
    (39.9, 42.3, 42.3, 43.7), (43.3, 41.8, 44.9, 42.8), (45.8, 38.8, 47.4, 40.6), (20.0, 41.8, 21.9, 43.3),
    (28.0, 46.2, 30.2, 48.2), (32.2, 34.5, 34.7, 35.8), (42.6, 8.0, 49.1, 11.7), (119.3, 21.8, 122.2, 25.4),
    (27.7, 9.2, 29.1, 10.2), (33.0, 21.9, 37.2, 23.2), (-62.0, -52.6, -57.6, -50.9), (-61.5, 0.5, -56.4, 8.6),
)  # fmt: skip
"""Boxes (west, south, east, north) round lands that two claim: the country of a town there is not told beside its name.
They are wide on purpose, and say nothing of who claims what."""

CONTESTED_KM = 30.0
"""Kilometres round a place with a contested name in which the case's names stand alone: the base map's sources have one
party's names there."""


@dataclass(frozen=True)
class LandName:
    """A name on the land. Degrees, WGS 84; ``zoom`` from which it is written; ``country`` ISO 3166-1 alpha-2 or blank.

    ``names`` has one for each way of naming, in the order of `geodata.model.names.namings`.
    """

    longitude: float
    latitude: float
    kind: str
    zoom: float
    country: str
    names: tuple[str, ...]


def columns(names: Sequence[LandName]) -> dict[str, Any]:
    """Names as ``landcells.js`` reads them, by columns, which pack closer: degrees in thousandths, zooms in tenths.

    ``names`` has a list for each way of naming; a name that is that of the first way is not repeated.
    """
    first, *others = zip(*(name.names for name in names), strict=True)
    more = [[name if name != label else "" for name, label in zip(way, first, strict=True)] for way in others]
    return {
        "lon": [round(1000 * name.longitude) for name in names],
        "lat": [round(1000 * name.latitude) for name in names],
        "kind": "".join(name.kind[0] for name in names),
        "zoom": [round(10 * name.zoom) for name in names],
        "country": [name.country for name in names],
        "names": [list(first), *more],
    }


@remembered(most=64)
def in_cell(dataset: Dataset, level: Level, cell: Cell) -> tuple[LandName, ...]:
    """The names of a cell, the most important first, as the case has places called."""
    told = archive.told(archive.name_of(level, cell, "names/"))
    if told is None:
        return ()
    places = _places(dataset)
    return tuple(name for name in map(Naming(dataset.case), _rows(told)) if not places.stand_for(name))


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


class Naming:
    """Makes a `LandName` of a row of the archive.

    A label is the source's own name, which is the local one in Latin letters; a country's is English. Another way of
    naming has the name in that language where the source knows it, and the label where it does not.
    """

    def __init__(self, case: Case) -> None:
        self._ways = list(namings(case))
        self._english = {way: speaks_english(case, way) for way in self._ways}
        self._first = next(iter(case.languages), "")

    def __call__(self, row: Mapping[str, Any]) -> LandName:
        known: Mapping[str, str] = row["names"]
        label = row["name"]
        if row["kind"] == "country" and not self._english[LABEL]:
            label = known.get(self._first, label)
        names = tuple(label if way == LABEL else known.get(way, label) for way in self._ways)
        lon, lat = row["lon"] / 1000, row["lat"] / 1000
        is_untold = row["kind"] == "town" and any(w <= lon <= e and s <= lat <= n for w, s, e, n in UNTOLD)
        return LandName(lon, lat, row["kind"], row["zoom"], "" if is_untold else row["country"], names)


class _Places:
    """The case's places, asked whether one of them stands for a name of the base map."""

    def __init__(self, places: Iterable[Place]) -> None:
        placed = [place for place in places if place.has_coordinates]
        self._countries = {place.country for place in placed if place.precision == "country"}
        self._contested = [_at(place) for place in placed if place.contested and place.precision != "country"]
        self._by_degree: dict[tuple[int, int], list[Place]] = {}
        for place in placed:
            latitude, longitude = _at(place)
            self._by_degree.setdefault((math.floor(latitude), math.floor(longitude)), []).append(place)

    def stand_for(self, name: LandName) -> bool:
        if name.kind == "country":
            return name.country != "" and name.country in self._countries
        point = (name.latitude, name.longitude)
        if any(_km(point, other) <= CONTESTED_KM for other in self._contested):
            return True
        return any(self._is_same(name, place) for place in self._near(point))

    def _near(self, point: tuple[float, float]) -> Iterator[Place]:
        row, column = math.floor(point[0]), math.floor(point[1])
        for up in (-1, 0, 1):
            for aside in (-1, 0, 1):
                yield from self._by_degree.get((row + up, column + aside), ())

    @staticmethod
    def _is_same(name: LandName, place: Place) -> bool:
        """Whether a place and a name are one: one dot would cover the other, or they are near and called the same."""
        distance = _km((name.latitude, name.longitude), _at(place))
        if name.kind == "town" and place.precision in ("exact", "settlement") and distance <= SAME_KM:
            return True
        called = {fold(text) for text in name.names}
        return distance <= max(4 * SAME_KM, place.radius_km or 0) and any(fold(text) in called for text in place.names)


def _at(place: Place) -> tuple[float, float]:
    assert place.latitude is not None and place.longitude is not None, "only places with coordinates are asked"
    return place.latitude, place.longitude


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points, latitude first. Exact only where they are near, which is all that is asked."""
    if abs(one[0] - other[0]) > 1:
        return math.inf
    return float(great_circle(one, other).km)


@remembered(most=1)
def _places(dataset: Dataset) -> _Places:
    return _Places(dataset.places.values())


@remembered(most=1)
def countries(dataset: Dataset) -> list[LandName]:
    """The countries of the world as the case has them called, but for those that are places of the case."""
    every = (name for cell in archive.cells(NAMES[0], "names/") for name in in_cell(dataset, NAMES[0], cell))
    return [name for name in every if name.kind == "country"]
