"""What stands in the picture of three dimensions: cells, their colours, and names that do not lie over each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from geopy.distance import great_circle

from dashboard.screens import cube
from geodata.count import hexagons, occurrences
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset

POINTS = [(lon / 7, lat / 9) for lon in range(300, 330) for lat in range(350, 380)]


LONGITUDES, LATITUDES = np.array(POINTS).T


def test_each_point_is_in_one_cell_no_farther_from_its_middle_than_a_corner() -> None:
    number, middles = hexagons.cells(LONGITUDES, LATITUDES, 40.0)
    assert len(number) == len(POINTS)
    assert {*number} == {*range(len(middles))}
    for one, point in zip(number, POINTS, strict=True):
        away = great_circle(middles[one][::-1], point[::-1]).m
        assert away <= hexagons.CELL * 1.05  # 40 degrees is where the cells have that size


def test_middles_of_cells_are_apart_as_hexagons_are() -> None:
    _, middles = hexagons.cells(LONGITUDES, LATITUDES, 40.0)
    near = min(great_circle(middles[0][::-1], other[::-1]).m for other in middles[1:])
    assert near == pytest.approx(hexagons.CELL * 3**0.5, rel=0.05)


@pytest.mark.parametrize("name", ["shipped", "large"])
def test_density_counts_every_report_that_lies_at_a_point(request: pytest.FixtureRequest, name: str) -> None:
    shipped: Dataset = request.getfixturevalue("shipped")
    dataset = replace(shipped, is_large=True) if name == "large" else shipped
    for chosen in (Selection(), Selection(sides=("armenian",)), Selection(text="no report has these words")):
        rows = shipped.fetch(select(shipped.reports, chosen)).to_pylist()
        points = [
            row for row in rows
            if row["latitude"] is not None and row["first_day"] and row["place_role"] != "subject"
            and row["precision"] not in AREAS
        ]  # fmt: skip
        told = occurrences.by_point(dataset, chosen)
        assert sum(told["reports"].to_pylist()) == len(points)
        assert {*zip(told["longitude"].to_pylist(), told["latitude"].to_pylist(), strict=True)} == {
            (row["longitude"], row["latitude"]) for row in points
        }


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
