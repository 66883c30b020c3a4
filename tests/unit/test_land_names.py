"""Names on the land: those of the case first, then countries, provinces and towns by importance."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from geodata.model.region import Extent
from geodata.store.dataset import Dataset
from geodata.timemap import land
from geodata.timemap.basemap import archive, names
from geodata.timemap.basemap.grid import NAMES, Level
from tests.others import table


def named(dataset: Dataset, box: Extent, *levels: Level) -> list[names.LandName]:
    west, south, east, north = box
    cells = [(level, cell) for level in levels or NAMES for cell in level.touched(box)]
    found = [name for level, cell in cells for name in names.in_cell(dataset, level, cell)]
    return [name for name in found if west <= name.longitude <= east and south <= name.latitude <= north]


def test_round_a_contested_place_the_names_of_the_case_stand_alone(shipped: Dataset) -> None:
    assert named(shipped, (46.6, 39.6, 46.9, 40.0)) == []
    assert named(shipped, (49.0, 40.6, 49.4, 41.0)), "elsewhere the base map's names stand"


def test_a_place_of_the_case_is_not_named_twice(shipped: Dataset) -> None:
    assert [name for name in named(shipped, (49.7, 40.3, 50.0, 40.5)) if name.names[0] in ("Baku", "Bakı")] == []
    assert not {name.country for name in names.countries(shipped)} & {
        place.country for place in shipped.places.values() if place.precision == "country"
    }


def test_names_come_in_the_languages_of_the_case(shipped: Dataset) -> None:
    ways = list(names.namings(shipped.case))
    [kakheti] = [name for name in named(shipped, (44.5, 41.0, 46.7, 42.8), NAMES[1]) if name.names[0] == "Kakheti"]
    assert kakheti.names[ways.index("ru")] == "Кахетия"
    [kazakhstan] = [name for name in names.countries(shipped) if name.country == "KZ"]
    assert kazakhstan.names[ways.index("ru")] == "Казахстан"


def test_a_table_alone_has_names_everywhere(tmp_path: Path) -> None:
    dataset = table(tmp_path / "points.csv", {"lat": 20.15, "lon": 92.9})
    assert "Sittwe" in {name.names[0] for name in named(dataset, (92.5, 19.9, 93.2, 20.4))}
    assert "Myanmar" in {name.names[0] for name in names.countries(dataset)}


def test_a_town_can_be_named_for_any_mark(shipped: Dataset) -> None:
    reports = shipped.reports.filter(shipped.reports.precision != "country")
    spots = shipped.fetch(reports.select("latitude", "longitude").distinct().drop_null()).to_pylist()
    for spot in spots:
        box = (spot["longitude"] - 1, spot["latitude"] - 1, spot["longitude"] + 1, spot["latitude"] + 1)
        own = any(place.precision == "settlement" and place.has_coordinates
                  and box[0] <= (place.longitude or 0) <= box[2] and box[1] <= (place.latitude or 0) <= box[3]
                  for place in shipped.places.values())  # fmt: skip
        assert own or any(name.kind == "town" for name in named(shipped, box)), spot


@pytest.mark.parametrize(("name", "capital", "namesake"), [
    ("Paris", (2.35, 48.85), (-80.38, 43.2)), ("Prague", (14.42, 50.09), (-96.69, 35.49)),
    ("Rome", (12.5, 41.9), (-85.16, 34.26)), ("Montevideo", (-56.17, -34.87), (-95.71, 44.95)),
])  # fmt: skip
def test_a_capital_is_named_early_and_no_town_that_bears_its_name(
    tmp_path: Path, name: str, capital: tuple[float, float], namesake: tuple[float, float]
) -> None:
    dataset = table(tmp_path / "points.csv", {"lat": 20.15, "lon": 92.9})

    def early(spot: tuple[float, float]) -> set[str]:
        found = named(dataset, (spot[0] - 0.5, spot[1] - 0.5, spot[0] + 0.5, spot[1] + 0.5))
        return {one.names[0] for one in found if one.kind == "town" and one.zoom < 4.5}

    assert name in early(capital)
    assert name not in early(namesake)


@pytest.mark.parametrize(("city", "quarter", "spot"), [
    ("Mariupol", "Tsentralnyi", (37.54, 47.1)), ("Mosul", "Al Mawşil al Jadīdah", (43.12, 36.33)),
    ("Agadez", "Alaghsas", (7.99, 16.97)),
])  # fmt: skip
def test_a_quarter_does_not_stand_in_the_place_of_its_city(
    shipped: Dataset, city: str, quarter: str, spot: tuple[float, float]
) -> None:
    found = {name.names[0] for name in named(shipped, (spot[0] - 0.2, spot[1] - 0.2, spot[0] + 0.2, spot[1] + 0.2))}
    assert city in found
    assert quarter not in found


@pytest.mark.parametrize("spot", [(35.8, 33.0), (35.2, 31.78), (74.8, 34.1), (34.1, 44.95), (-13.2, 27.1)])
def test_in_a_land_that_two_claim_a_towns_country_is_not_told(shipped: Dataset, spot: tuple[float, float]) -> None:
    found = named(shipped, (spot[0] - 0.3, spot[1] - 0.3, spot[0] + 0.3, spot[1] + 0.3))
    towns = [name for name in found if name.kind == "town"]
    assert towns
    assert {name.country for name in towns} == {""}


def test_no_place_without_a_country_is_named_as_one(tmp_path: Path) -> None:
    dataset = table(tmp_path / "points.csv", {"lat": 20.15, "lon": 92.9})
    assert all(len(name.country) == 2 for name in names.countries(dataset))


def test_names_travel_by_columns_and_are_not_repeated(shipped: Dataset) -> None:
    address = archive.name_of(NAMES[1], (18, 10), land.NAMED)
    columns = json.loads(gzip.decompress(land.member(shipped, address) or b""))
    count = len(columns["lon"])
    assert {len(columns[key]) for key in ("lat", "kind", "zoom", "country")} == {count}
    assert len(columns["names"]) == len(names.namings(shipped.case))
    assert all(len(way) == count for way in columns["names"])
    assert all(not other or other != first for way in columns["names"][1:]
               for first, other in zip(columns["names"][0], way, strict=True))  # fmt: skip
