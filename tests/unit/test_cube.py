"""What stands in the picture of three dimensions: cells, their colours, and names that do not lie over each other."""

from __future__ import annotations

from typing import cast

import pytest
from geopy.distance import great_circle

from dashboard.screens import cube
from geodata.count import hexagons
from geodata.model.row import Row

POINTS = [(lon / 7, lat / 9) for lon in range(300, 330) for lat in range(350, 380)]


def row(longitude: float, latitude: float) -> Row:
    return cast("Row", {"longitude": longitude, "latitude": latitude})


def test_each_report_is_in_one_cell_no_farther_from_its_middle_than_a_corner() -> None:
    found = hexagons.cells([row(*point) for point in POINTS], 40.0)
    assert sum(map(len, found.values())) == len(POINTS)
    for (longitude, latitude), within in found.items():
        for one in within:
            away = great_circle((latitude, longitude), (one["latitude"], one["longitude"])).m
            assert away <= hexagons.CELL * 1.05  # 40 degrees is where the cells have that size


def test_middles_of_cells_are_apart_as_hexagons_are() -> None:
    middles = [*hexagons.cells([row(*point) for point in POINTS], 40.0)]
    first = middles[0]
    near = min(great_circle(first[::-1], other[::-1]).m for other in middles[1:])
    assert near == pytest.approx(hexagons.CELL * 3**0.5, rel=0.05)


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
