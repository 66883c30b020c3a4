"""Names learned from a table's own rows: where it places a name once, it most likely means the same place again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from geodata.model import earth
from geodata.model.text import number_of
from geodata.model.vocabulary import PRECISIONS
from geodata.store.geocoding.columns import NamedPlace, PlaceColumns, texts_of
from geodata.store.geocoding.gazetteer import AGREE_KM, Candidate, Named, name_key


class LearnedNames(Named):
    """The places of a table's placed rows, each under its name with the row's country and province.

    A name whose rows lie within `AGREE_KM` is one place, at the point that most rows have; otherwise it is several,
    the most frequent first. A table's word of precision that is none of ours is left out.
    """

    def __init__(self, columns: PlaceColumns, countries: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(countries)
        places = columns.naming.places
        for number, points in _points(columns).items():
            named = places[number]
            self._by_name[name_key(named.place)] += [_candidate(named, cluster) for cluster in _clusters(points)]


@dataclass(frozen=True)
class _Point:
    """A point (latitude, longitude; WGS 84 degrees) at which ``rows`` rows of one name and precision stand."""

    rows: int
    point: tuple[float, float]
    precision: str


def _points(columns: PlaceColumns) -> dict[int, list[_Point]]:
    """The different points of each named place of the placed rows, by its number, the most frequent first."""
    number = columns.naming.number
    table = pa.table(
        {
            "number": pa.array(number),
            "latitude": columns.latitude,
            "longitude": columns.longitude,
            "precision": texts_of(columns.precision, len(number)),
        }
    ).filter(pa.array(columns.is_placed & (number >= 0)))
    names = table.column_names
    counted = (
        table.group_by(names)
        .aggregate([([], "count_all")])
        .sort_by([("count_all", "descending"), *((name, "ascending") for name in names)])
    )
    points: dict[int, list[_Point]] = defaultdict(list)
    for row in counted.to_pylist():
        precision = row["precision"] if row["precision"] in PRECISIONS else ""
        points[row["number"]].append(_Point(row["count_all"], (row["latitude"], row["longitude"]), precision))
    return points


def _clusters(points: list[_Point]) -> list[list[_Point]]:
    """Points parted into places: the most frequent point and all within `AGREE_KM` of it, then the same of the rest."""
    clusters = []
    while points:
        far = earth.kilometres_to_each(points[0].point, [point.point for point in points]) > AGREE_KM
        clusters.append([point for point, is_far in zip(points, far, strict=True) if not is_far])
        points = [point for point, is_far in zip(points, far, strict=True) if is_far]
    return clusters


def _candidate(named: NamedPlace, cluster: list[_Point]) -> Candidate:
    rows = sum(point.rows for point in cluster)
    told: dict[str, int] = defaultdict(int)
    for point in cluster:
        told[point.precision] += point.rows
    coarsest_first = ["", *PRECISIONS][::-1]
    precision = max(coarsest_first, key=lambda word: told[word])  # of two equally frequent the coarser: no false pin
    return Candidate(
        named.place, *cluster[0].point, precision, named.country, named.admin1,
        f"learned from {number_of(rows, 'placed row')} of this table",
    )  # fmt: skip
