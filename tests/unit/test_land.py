"""The land: its cells, its names beside those of a case, its boundaries, and what a saved map carries of it."""

from __future__ import annotations

import base64
import math
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
import shapely

from geodata.model.boundaries import Boundary, lines
from geodata.model.faults import InvalidData
from geodata.model.region import Extent
from geodata.store import case_file
from geodata.store.dataset import Dataset
from geodata.timemap import basemap, land
from geodata.timemap.basemap import archive, areas, drawn
from geodata.timemap.basemap.cells import Part, pack, polygons, unpack
from geodata.timemap.basemap.grid import LEVELS, NAMES, Level
from tests.conftest import ROOT

WORLD, MIDDLE, FINE = LEVELS
PLACES: dict[str, tuple[float, float]] = {
    "South Caucasus": (40.0, 46.0), "Syria": (35.0, 38.5), "Bangladesh": (23.7, 90.4), "Myanmar": (21.0, 96.0),
    "Fiji with Samoa": (-16.0, 183.0), "the Sahel": (14.0, 0.0), "Germany": (50.5, 9.0), "Norway": (67.0, 15.0),
}  # fmt: skip
"""Latitude and longitude of what is looked at."""


def view(latitude: float, longitude: float, zoom: float, width: int = 1440, height: int = 900) -> Extent:
    """The box that a window shows in Web Mercator."""
    world = 256 * 2**zoom
    sin = math.sin(math.radians(latitude))
    y = 0.5 - math.log((1 + sin) / (1 - sin)) / (4 * math.pi)
    x = longitude / 360 + 0.5
    edges = (max(0.0, y - height / 2 / world), min(1.0, y + height / 2 / world))
    north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * edge)))) for edge in edges)
    return 360 * (x - width / 2 / world) - 180, south, 360 * (x + width / 2 / world) - 180, north


def parts_in(level: Level, box: Extent) -> list[Part]:
    packed = [archive.member(archive.name_of(level, cell)) for cell in level.touched(box)]
    return [part for cell in packed if cell for part in unpack(cell)]


# --- cells ----------------------------------------------------------------------------------------------------------


def test_a_cell_comes_back_as_it_was_packed_to_its_step() -> None:
    river = np.array([[44.0, 38.0], [44.0234, 38.05], [45.5, 39.9996]])
    lake = np.array([[44.1, 38.1], [44.2, 38.1], [44.2, 38.2], [44.1, 38.1]])
    packed = pack([Part("river", "", (river,)), Part("lake", "", (lake,))], 42, 36, 0.001)
    back = {part.kind: part for part in unpack(packed)}
    assert np.allclose(back["river"].paths[0], river, atol=0.0005)
    assert polygons(back["lake"])[0].equals_exact(shapely.Polygon(lake), 0.0005)
    assert packed == pack([Part("river", "", (river,)), Part("lake", "", (lake,))], 42, 36, 0.001)


def test_an_island_in_a_lake_is_a_hole() -> None:
    whole = shapely.box(0, 0, 4, 4, ccw=True).difference(shapely.box(1, 1, 2, 2))
    rims = [shapely.get_coordinates(rim) for rim in shapely.get_rings(shapely.orient_polygons(whole))]
    [back] = polygons(unpack(pack([Part("lake", "", tuple(rims))], 0, 0, 0.001))[0])
    assert back.equals(whole)


def test_points_too_far_apart_for_a_cell_are_refused() -> None:
    with pytest.raises(OverflowError, match="too far apart"):
        pack([Part("river", "", (np.array([[0.0, 0.0], [50.0, 0.0]]),))], 0, 0, 0.001)


def test_no_shore_runs_along_the_edge_where_land_was_cut() -> None:
    shores = [path for part in parts_in(FINE, (90.1, 22.0, 90.2, 25.0)) if part.kind == "shore" for path in part.paths]
    assert shores
    # Bangladesh lies on both sides of 90 degrees east, an edge of cells; no coast runs straight along a meridian.
    cut = {89.976, 90.0, 90.024}
    along = [abs(b[1] - a[1]) for path in shores for a, b in pairwise(path) if a[0] == b[0] and round(a[0], 3) in cut]
    assert sum(along) < 0.02


def test_cells_of_the_land_open_and_lie_where_their_names_say() -> None:
    for level in LEVELS:
        for cell in archive.cells(level)[::7]:
            west, south = level.corner(cell)
            packed = archive.member(archive.name_of(level, cell))
            assert packed
            points = np.vstack([path for part in unpack(packed) for path in part.paths])
            more = 0.01 * level.size
            assert (points >= (west - more, south - more)).all()
            assert (points <= (west + level.size + more, south + level.size + more)).all()


def test_the_land_takes_at_most_twelve_megabytes() -> None:
    assert files(basemap).joinpath("land.zip").stat().st_size <= 12_000_000  # type: ignore[attr-defined]


@pytest.mark.heavy
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("zoom", [2, 4, 5, 6.5, 8.5])
def test_a_view_takes_at_most_three_hundred_kilobytes(shipped: Dataset, place: str, zoom: float) -> None:
    box = view(*PLACES[place], zoom)
    level = [level for level in LEVELS if level.zoom <= zoom][-1]
    asked = [archive.name_of(level, cell) for cell in level.touched(box)]
    asked += [
        archive.name_of(level, cell, land.NAMED) for level in NAMES if level.zoom <= zoom for cell in level.touched(box)
    ]
    assert sum(len(land.member(shipped, address) or b"") for address in asked) <= 300_000


def test_a_box_across_the_antimeridian_touches_the_cells_on_both_sides() -> None:
    assert set(FINE.touched((175.0, -20.0, 190.0, -14.0))) >= {(59, 12), (0, 12), (1, 12)}
    assert {turns for _, turns in FINE.placed((175.0, -20.0, 190.0, -14.0))} == {0, 1}


@pytest.mark.parametrize(("place", "kinds"), [
    ("South Caucasus", {"land", "lake", "shore", "river", "province", "border"}),
    ("Syria", {"land", "lake", "shore", "river", "province", "border", "disputed"}),
    ("Bangladesh", {"land", "shore", "river", "province", "border"}),
    ("Fiji with Samoa", {"land", "shore"}),
    ("the Sahel", {"land", "lake", "shore", "river", "province", "border"}),
])  # fmt: skip
def test_every_place_has_its_land_at_the_finest_scale(place: str, kinds: set[str]) -> None:
    box = view(*PLACES[place], 6.5)
    assert {part.kind for part in parts_in(FINE, box)} >= kinds


def test_land_reaches_the_south_pole() -> None:
    lowest = min(path[:, 1].min() for part in parts_in(WORLD, (-180, -90, 179, -60)) for path in part.paths)
    assert lowest <= -89


# --- boundaries -----------------------------------------------------------------------------------------------------


def lengths(parts: list[Part], of: str) -> dict[str, float]:
    """Degrees of the lines of a boundary by their kind."""
    found: dict[str, float] = {}
    for part in parts:
        if part.of == of:
            found[part.kind] = found.get(part.kind, 0) + sum(shapely.LineString(path).length for path in part.paths)
    return found


def test_lines_that_the_source_marks_as_disputed_are_dashed() -> None:
    everywhere = parts_in(WORLD, (-180, -90, 179, 89))
    for of in ("IND|PAK", "KOS|SRB", "ISR|PSX", "ISR|SYR"):
        assert "disputed" in lengths(everywhere, of), of
    assert set(lengths(everywhere, "ARM|AZE")) == {"border"}


def test_no_outline_of_a_zone_within_a_country_is_drawn() -> None:
    assert all(len(set(line.split("|"))) == 2 for line in lines())
    inside = shapely.box(46.7, 39.5, 47.2, 40.3)  # in Nagorno-Karabakh, away from the boundary of Armenia
    drawn_there = [part.kind for part in parts_in(FINE, inside.bounds) if part.kind in ("border", "disputed")
                   and any(shapely.LineString(path).intersects(inside) for path in part.paths)]  # fmt: skip
    assert drawn_there == []


def test_a_case_hides_dashes_or_replaces_a_line() -> None:
    cell = next(iter(FINE.touched((45.0, 39.6, 45.1, 39.7))))
    before = lengths(unpack(drawn.cell(FINE, cell, ()) or b""), "ARM|AZE")["border"]

    def after(**told: object) -> dict[str, float]:
        boundary = Boundary.model_validate({"between": ("ARM", "AZE"), "reason": "As agreed.", **told})
        return lengths(unpack(drawn.cell(FINE, cell, (boundary,)) or b""), "ARM|AZE")

    assert after(treatment="hide") == {}
    assert after(treatment="dash")["disputed"] == pytest.approx(before, rel=0.01)
    assert after(treatment="replace", layer="layers/line.geojson") == {}
    partly = after(treatment="dash", box=(45.5, 39.0, 47.0, 41.0))
    assert set(partly) == {"border", "disputed"}
    assert sum(partly.values()) == pytest.approx(before, rel=0.02)


@pytest.mark.parametrize(("told", "message"), [
    ("between: [ARM, FRA], treatment: hide, reason: x", r"no line between ARM and FRA \(ARM has lines with AZE, GEO"),
    ("between: [ARM, AZE], treatment: erase, reason: x", "treatment"),
    ("between: [ARM, AZE], treatment: hide", "reason"),
    ("between: [ARM, AZE], treatment: replace, reason: x", "name the case's layer that draws the line"),
    ("between: [ARM, AZE], treatment: hide, reason: x, box: [170, 39, -170, 42]", "west must be less than east"),
    ("between: [ARM, AZE], treatment: hide, reason: x, box: [44, 42, 46, 39]", "south less than north"),
    ("between: [ARM, AZE], treatment: hide, reason: x, box: [44, -170, 46, 39]", "within 90 degrees"),
    ("between: [ARM, AZE], treatment: replace, reason: x, layer: a.geojson", "'a.geojson' is not the file of one of"),
])  # fmt: skip
def test_a_boundary_that_is_none_is_told_with_its_line(told: str, message: str) -> None:
    text = (ROOT / case_file.CASE).read_text(encoding="utf-8")
    with pytest.raises(InvalidData, match=message) as caught:
        case_file.parse(f"{text}\nboundaries:\n  - {{{told}}}\n", case_file.CASE)
    assert caught.value.faults[0].line == len(text.splitlines()) + 3


def test_what_is_done_with_a_line_is_said_with_its_reason() -> None:
    text = (ROOT / case_file.CASE).read_text(encoding="utf-8")
    told = "boundaries:\n  - {between: [AZE, ARM], treatment: dash, reason: Its course is being agreed.}\n"
    [boundary] = case_file.parse(f"{text}\n{told}", case_file.CASE).boundaries
    assert boundary.said == "The base map's line between Armenia and Azerbaijan is dashed: Its course is being agreed."


@pytest.mark.parametrize(
    "address",
    [
        f"10m/{'1' * 5000}_1",
        "10m/037_21",
        "10m/٣٧_21",
        "",
        "10m",
        "10m/x_y",
        "10m/1_2_3",
        "names/",
        "names/10m/1_1",
        "11m/1_1",
        "../a/1_1",
        "areas/AZ",
    ],
)
def test_an_address_of_no_cell_has_nothing(shipped: Dataset, address: str) -> None:
    assert land.member(shipped, address) is None


# --- areas ----------------------------------------------------------------------------------------------------------


def test_provinces_cover_the_land_once_and_bear_names() -> None:
    provinces = areas.provinces()
    for place, name in (((48.0, 39.87), "İmişli"), ((92.9, 20.15), "Rakhine"), ((36.2, 37.2), "")):
        inside = provinces[provinces.contains(shapely.Point(place))]
        assert len(inside) == 1
        assert name in inside["name"].iloc[0]
    assert (provinces["name"] != "").all()
    assert set(provinces["country"].str.len()) <= {0, 2}


def test_a_country_by_recognition_is_that_of_the_province() -> None:
    provinces = areas.provinces().set_index("name")
    assert provinces.loc["Crimea", "country"] == "UA"


# --- a saved map ----------------------------------------------------------------------------------------------------


def test_a_saved_map_carries_the_land_of_its_box_and_no_more_than_a_megabyte(shipped: Dataset) -> None:
    kept = land.embedded(shipped, (43.0, 38.0, 49.0, 42.0), {(46.75, 39.82)})
    assert sum(map(len, kept.values())) <= 1_000_000
    assert {address.partition("/")[0] for address in kept} == {"110m", "50m", "10m", "names"}
    assert archive.name_of(FINE, (37, 21)) in kept
    for address, text in kept.items():
        assert base64.b64decode(text) == land.member(shipped, address)


@pytest.mark.heavy
def test_a_saved_map_of_the_world_has_the_fine_land_where_its_marks_are(shipped: Dataset) -> None:
    kept = land.embedded(shipped, (-170, -55, 170, 75), {(96.15, 16.8)})
    assert sum(map(len, kept.values())) <= 1_000_000
    assert archive.name_of(FINE, (46, 17)) in kept
