"""What stands in the picture of three dimensions: cells, their colours, and names that do not lie over each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb
import pyarrow as pa
import pytest
from geopy.distance import great_circle

from dashboard.screens import cube
from geodata.count import hexagons, occurrences
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset, keep, reports_in

NORTH_EAST = [(lon / 7, lat / 9) for lon in range(300, 330) for lat in range(350, 380)]
POINTS = [*NORTH_EAST, *((-longitude, -latitude) for longitude, latitude in NORTH_EAST)]


def cells_of(points: Sequence[tuple[float, float]]) -> tuple[list[int], list[tuple[float, float]]]:
    """The cell of each point, and its middle."""
    connection = duckdb.connect()
    longitude, latitude = zip(*points, strict=True)
    days = [date(2020, 10, 4)] * len(points)
    table = pa.table(
        {"n": range(len(points)), "longitude": longitude, "latitude": latitude, "first_day": days, "last_day": days}
    )
    keep(connection, "reports", table)
    reports = reports_in(connection)
    query = reports.get_backend().compile(hexagons.in_cells(reports, 40.0).order_by("n"))
    found = connection.sql(query).to_arrow_table()
    cells = found["cell"].to_numpy()
    return cells.tolist(), [(x, y) for x, y in hexagons.middles(cells, 40.0).tolist()]


def test_each_point_is_in_one_cell_no_farther_from_its_middle_than_a_corner() -> None:
    cells, middles = cells_of(POINTS)
    assert len({*cells}) == len({*middles}) < len(POINTS)
    for middle, point in zip(middles, POINTS, strict=True):
        away = great_circle(middle[::-1], point[::-1]).m
        assert away <= hexagons.CELL * 1.05  # 40 degrees is where the cells have that size


def test_middles_of_cells_are_apart_as_hexagons_are() -> None:
    first, *others = dict.fromkeys(cells_of(POINTS)[1])
    near = min(great_circle(first[::-1], other[::-1]).m for other in others)
    assert near == pytest.approx(hexagons.CELL * 3**0.5, rel=0.05)


@pytest.mark.parametrize("is_large", [False, True])
def test_density_counts_every_report_that_lies_at_a_point(shipped: Dataset, is_large: bool) -> None:
    dataset = replace(shipped, is_large=is_large)
    for chosen in (Selection(), Selection(sides=("armenian",)), Selection(text="no report has these words")):
        rows = shipped.fetch(select(shipped.reports, chosen)).to_pylist()
        points = [
            row for row in rows
            if row["latitude"] is not None and row["first_day"] and row["place_role"] != "subject"
            and row["precision"] not in AREAS
        ]  # fmt: skip
        told = occurrences.by_cell(dataset, chosen, 40.0)
        assert sum(told.cells["reports"].to_pylist()) == sum(told.places["reports"].to_pylist()) == len(points)
        assert {*told.places["place_label"].to_pylist()} == {row["place_label"] for row in points}
        expected = Counter(cells_of([(row["longitude"], row["latitude"]) for row in points])[0]) if points else {}
        assert {row["cell"]: row["reports"] for row in told.cells.to_pylist()} == expected


@pytest.mark.parametrize("most", range(1, 40))
def test_the_colours_of_columns_stand_for_every_number_once(most: int) -> None:
    spans = hexagons.steps(most, 6)
    assert [number for first, last in spans for number in range(first, last + 1)] == [*range(1, most + 1)]
    assert len(spans) == min(6, most)


def test_of_two_names_over_each_other_the_first_is_shown_and_names_apart_both() -> None:
    seen = cube.scene((43.0, 38.0, 49.0, 42.0))
    here, beside, far = [46.0, 40.0, 0.0], [46.02, 40.01, 0.0], [46.0, 41.5, 0.0]
    names = cube.without_overlap([("Stepanakert", here), ("Xankəndi", beside), ("", far), ("Berd", far)], seen)
    assert [name["text"] for name in names] == ["Stepanakert", "Berd"]


def test_a_name_over_a_tall_column_leaves_room_for_one_at_its_foot() -> None:
    seen = cube.scene((43.0, 38.0, 49.0, 42.0))
    names = cube.without_overlap([("Ganja", [46.0, 40.0, seen.tall]), ("Shushi", [46.0, 40.0, 0.0])], seen)
    assert [name["text"] for name in names] == ["Ganja", "Shushi"]
