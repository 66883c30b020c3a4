"""Coordinates as tables of others write them."""

from __future__ import annotations

import random
from typing import Any

import mgrs
import pyarrow as pa
import pytest
from pyproj import Transformer

from geodata.store.values import coordinates
from geodata.store.values.coordinates.countries import box_of, boxes


def rows(pairs: list[tuple[str | None, str | None]]) -> list[dict[str, Any]]:
    north, east = (pa.array([pair[place] for pair in pairs], pa.string()) for place in (0, 1))
    found: list[dict[str, Any]] = coordinates.read(north, east).to_pylist()
    for row in found:
        assert (row["latitude"] is None) == (row["longitude"] is None)
        assert row["latitude"] is None or (abs(row["latitude"]) <= 90 and abs(row["longitude"]) <= 180)
        assert row["latitude"] is None or not row["problem"]
    return found


def cells(texts: list[str], order: str = "lat-lon") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = coordinates.read_cells(pa.array(texts, pa.string()), order).to_pylist()
    return found


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("39.81", "46.75"),
        ("+39.81", "46.750"),
        ("39,8100", "46,7500"),
        ("39.81N", "46.75 E"),
        ("N 39.81", "E46.75"),
        ("39.81°", "46.75°"),
        ("39.81°N", "46.75°E"),
        ("39°48'36\"N", "46°45'0\"E"),
        ("N39°48'36\"", "E46°45'"),
        ("39°48′36″", "46º45’00”"),
        ("39° 48' 36''", "46° 45'"),
        ("39°48.6'", "46°45,0'"),
        ("39 48 36", "46 45 00"),
        ("39:48:36", "46:45"),
        ("39d48m36sN", "46d45mE"),
        ("39 deg 48.6 min", "46.75 deg"),
        ("39,81 с.ш.", "46,75 в.д."),
        ("39.81 North", "46.75 East"),
        ("46.75E", "39.81N"),
        ("39.81, 46.75", ""),
        ("39.81, 46.75", "39.81, 46.75"),
        (None, "POINT (46.75 39.81)"),
        ("\u00a039.81 ", "46.75\u200b"),
    ],
)
def test_degrees_are_read_in_each_form(north: str, east: str) -> None:
    (row,) = rows([(north, east)])
    assert (row["latitude"], row["longitude"]) == (pytest.approx(39.81), pytest.approx(46.75)), row["problem"]


def test_south_and_west_are_below_zero_however_they_are_written() -> None:
    forms = [("-17.8", "-71.5"), ("\u221217.8", "\u221271.5"), ("17.8 S", "71.5W"), ("S17°48'", "W71°30'"),
             ("-17°48'", "-71°30'"), ("-17.8 S", "71,5 з.д.")]  # fmt: skip
    for row in rows([*forms]):
        assert (row["latitude"], row["longitude"]) == (pytest.approx(-17.8), pytest.approx(-71.5))
    assert rows([("-0°30'", "0°30'W")])[0]["latitude"] == -0.5


def test_any_place_comes_back_from_degrees_minutes_and_seconds() -> None:
    chance = random.Random(7)
    places = [(chance.uniform(-89, 89), chance.uniform(-179, 179)) for _ in range(300)]

    def parts(degrees: float, letters: str) -> str:
        seconds = round(abs(degrees) * 3600)
        letter = letters[degrees < 0]
        return f"{seconds // 3600}°{seconds // 60 % 60}'{seconds % 60}\"{letter}"

    pairs = [(parts(north, "NS"), parts(east, "EW")) for north, east in places]
    for found in (rows([*pairs]), cells([f"{north} {east}" for north, east in pairs])):
        for row, (north, east) in zip(found, places, strict=True):
            assert (row["latitude"], row["longitude"]) == (
                pytest.approx(north, abs=2e-4),
                pytest.approx(east, abs=2e-4),
            )


@pytest.mark.parametrize("blank", ["", None, "NA", "N/A", "-", "nan", "null", "Unknown"])
def test_a_place_that_is_not_given_is_no_problem(blank: str | None) -> None:
    assert rows([(blank, blank)]) == [{"latitude": None, "longitude": None, "problem": "", "note": ""}]


@pytest.mark.parametrize(("north", "east"), [("0", "0"), ("0.000", "-0.0"), ("0°N", "0°0'0\"E")])
def test_zero_zero_is_no_place_and_is_noted(north: str, east: str) -> None:
    (row,) = rows([(north, east)])
    assert (row["latitude"], row["problem"], row["note"]) == (None, "", "0, 0 is no place")


def test_a_longitude_past_the_dateline_is_told_within_180_with_a_note() -> None:
    past, before, edge = rows([("-17.7", "181.5"), ("-17.7", "-190"), ("-17.7", "180")])
    assert (past["longitude"], past["note"]) == (-178.5, "longitude 181.5 is told as -178.5")
    assert (before["longitude"], before["note"]) == (170, "longitude -190 is told as 170")
    assert (edge["longitude"], edge["note"]) == (180, "")


@pytest.mark.parametrize(
    ("north", "east", "problem"),
    [
        ("39.81", "", "half a coordinate: longitude is blank"),
        ("NA", "46.75", "half a coordinate: latitude is blank"),
        ("138.2", "36.1", "latitude 138.2 is beyond 90; are latitude and longitude swapped?"),
        ("138.2", "136.1", "latitude 138.2 is beyond 90"),
        ("10", "400", "no degrees"),
        ("650000", "4408000", "650000, 4408000 are no degrees; if they are metres"),
        ("north of town", "46.75", "latitude 'north of town' is not a number"),
        ("39.81", "46..75", "longitude '46..75' is not a number"),
        ("39.810.000", "46", "latitude '39.810.000' is not a number"),
        ("39°61'", "46", "60 minutes or more"),
        ("39°59'61\"", "46", "60 seconds or more"),
        ("-39.8 N", "46", "a minus and a letter"),
        ("39.8", "46 O", "west in some languages and east in others"),
        ("46.75 E", "39.81", "latitude '46.75 E' has a letter of a longitude"),
        ("38S NJ 500 08", "", "same number of digits"),
        ("38S II 50000 08000", "", "38S II"),
        ("61S 650000 4408000", "", "no zone 61"),
        ("38T 650000 1000000", "", "do not lie in the band"),
        ("inf", "3", "not a number"),
    ],
)
def test_what_is_no_place_says_what_is_wrong(north: str, east: str, problem: str) -> None:
    (row,) = rows([(north, east)])
    assert problem in row["problem"]


def test_a_grid_in_the_column_of_latitudes_is_read() -> None:
    square, utm = rows([("38S NJ 50000 08000", ""), ("38S 650000 4408000", "")])
    assert mgrs.MGRS().toMGRS(square["latitude"], square["longitude"]) == "38SNJ5000008000"
    to_metres = Transformer.from_crs(4326, 32638, always_xy=True)
    assert to_metres.transform(utm["longitude"], utm["latitude"]) == pytest.approx((650000, 4408000))
    assert (square["note"], utm["note"]) == ("from MGRS", "from UTM")


def test_a_square_of_the_grid_is_told_by_its_middle_and_its_width() -> None:
    wide, fine = cells(["38SNJ", "38S NJ 500 080"])
    assert wide["note"] == "from MGRS, a square of 100 km: its centre"
    assert mgrs.MGRS().toMGRS(wide["latitude"], wide["longitude"]) == "38SNJ5000050000"
    assert mgrs.MGRS().toMGRS(fine["latitude"], fine["longitude"]) == "38SNJ5005008050"


def test_the_letter_of_utm_is_a_band_and_a_hemisphere_only_where_it_cannot_be_one() -> None:
    band, hemisphere, south = cells(["38S 650000 4408000", "38S 650000 7408000", "23K 300000 7400000"])
    assert band["latitude"] == pytest.approx(39.81, abs=0.01)
    assert hemisphere["latitude"] == pytest.approx(-23.43, abs=0.01)
    assert south["latitude"] == pytest.approx(-23.5, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "39.81, 46.75", "39.81,46.75", "39.81:46.75", "39.81 46.75", "39.81;46.75", "39.81|46.75", "(39.81, 46.75)",
        "39,81; 46,75", "39,81 46,75", "39,81, 46,75", "39,81,46,75", "39.81, 46.75, 1200", "39.81 46.75 0 0",
        "N39°48'36\" E46°45'", "39°48'36\"N, 46°45'0\"E", "39°48'36\" 46°45'", "39.81N 46.75E", "39.81°N, 46.75°E",
        "46.75 E, 39.81 N", "39.81 с.ш. 46.75 в.д.", "POINT(46.75 39.81)", "POINT Z (46.75 39.81 5)",
        "SRID=4326;POINT(46.75 39.81)", '{"type":"Point","coordinates":[46.75,39.81]}',
        '{"coordinates": [46.75, 39.81, 5], "type": "Point"}', '{"lat": 39.81, "lng": 46.75}',
        "geo:39.81,46.75", "geo:39.81,46.75,100;u=35",
    ],
)  # fmt: skip
def test_a_place_in_one_cell_is_read_in_each_form(text: str) -> None:
    (row,) = cells([text])
    assert (row["latitude"], row["longitude"]) == (pytest.approx(39.81), pytest.approx(46.75)), row["problem"]


def test_the_order_of_a_column_of_cells_holds_for_numbers_without_letters_only() -> None:
    bare, lettered, known = cells(["46.75, 39.81", "N39.81 E46.75", "POINT(46.75 39.81)"], "lon-lat")
    for row in (bare, lettered, known):
        assert (row["latitude"], row["longitude"]) == (39.81, 46.75)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nothing", "write latitude and longitude as 39.81, 46.75"),
        ("39.81", "write latitude and longitude"),
        ("SRID=3857;POINT(5204000 4840000)", "write latitude and longitude"),
        ("POLYGON((1 2, 3 4, 5 6, 1 2))", "not a single point"),
        ("N39.81 N46.75", "same axis"),
        ("200, 30", "beyond 90"),
    ],
)
def test_a_cell_that_is_no_place_says_what_is_wrong(text: str, problem: str) -> None:
    (row,) = cells([text])
    assert row["latitude"] is None
    assert problem in row["problem"]


def test_a_number_beyond_90_proves_the_order_of_a_column_of_cells() -> None:
    guess = coordinates.guess_cell_order
    assert guess(pa.array(["39.8, 46.7", "177,4 -17,8"])) == (
        "lon-lat", "177,4 stands in the first place, which is no latitude"
    )  # fmt: skip
    assert guess(pa.array(["39.8, 46.7", "[-17.8, 177.4]"])) == (
        "lat-lon", "177.4 stands in the second place, which is no latitude"
    )  # fmt: skip
    assert guess(pa.array(["N39.8 E46.7", "POINT (46 39)", ""])) is None
    assert guess(pa.array(["39.8, 46.7", "NA"])) == ("lat-lon", "no number is beyond 90")
    assert guess(pa.array(["177.4, 100", "POINT(1 2)"])) == ("lat-lon", "both numbers are beyond 90")


def shares(points: list[tuple[float | None, float | None, str]]) -> coordinates.BoxShares:
    north, east, countries = (pa.array([point[place] for point in points]) for place in range(3))
    return coordinates.are_swapped(north.cast(pa.float64()), east.cast(pa.float64()), countries)


def test_places_outside_their_country_that_are_inside_when_swapped_are_asked_about() -> None:
    swapped = shares([(46.75, 39.81, "Azerbaijan"), (44.5, 40.2, "AM"), (None, None, "AM"), (1, 2, "Nowhere")])
    assert swapped == coordinates.BoxShares(2, 0.0, 1.0)
    assert swapped.is_likely
    assert not shares([(39.81, 46.75, "AZE"), (40.2, 44.5, "ARM")]).is_likely
    assert not shares([(1, 2, "Nowhere")]).is_likely


def test_a_country_is_known_by_codes_and_by_the_names_that_tables_use() -> None:
    for name in ("MM", "mmr", "Myanmar", "Burma", "Myanmar (Burma)"):
        assert box_of(name) == box_of("Myanmar")
    for name in ("Türkiye", "DR Congo (Zaire)", "Côte d’Ivoire", "Russian Federation", "Bosnia-Herzegovina",
                 "Kingdom of eSwatini (Swaziland)", "Syrian Arab Republic", "Yemen (North Yemen)"):  # fmt: skip
        assert box_of(name), name
    assert box_of("Nowhere") is None
    assert all(-180 <= west <= 180 and south < north for west, south, _, north in boxes().values())


def test_a_box_may_cross_the_180th_meridian() -> None:
    for east in (177.4, -179.9):
        assert shares([(-17.8, east, "Fiji")]).as_written == 1
    assert shares([(65.0, -172.0, "Russia"), (55.7, 37.6, "Russia")]).as_written == 1
    assert shares([(40.0, -100.0, "Russia")]).as_written == 0
