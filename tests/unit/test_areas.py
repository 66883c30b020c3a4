"""Reports by area: none is claimed for an area that it may not lie in, none counted twice, none lost."""

from __future__ import annotations

import io
import itertools
from datetime import date

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pytest
import shapely
from PIL import Image

from geodata.briefing import Print
from geodata.briefing import areas as drawing
from geodata.count import areas
from geodata.count.areas import Counted, Layer
from geodata.model.selection import Selection
from geodata.store.classroom import suitable
from geodata.store.dataset import SCHEMA, Dataset
from geodata.tell import areas as said
from geodata.tell import legend
from geodata.timemap.basemap.areas import provinces

Spot = tuple[float | None, float | None, str, float | None]
"""Latitude and longitude in degrees, precision, and radius in kilometres."""

WEST, EAST = (40.0, 38.0, 46.0, 42.0), (46.0, 38.0, 50.0, 42.0)
BOTH = Layer.of(
    "Two",
    gpd.GeoDataFrame(
        {"name": ["Western", "Eastern"], "names": [{"en": "West", "hy": "Արև"}, {}], "country": ["AM", None]},
        geometry=[shapely.box(*WEST), shapely.box(*EAST)],
        crs="EPSG:4326",
    ),
    origin="Made up.",
)
CELLS = [shapely.box(x, y, x + 0.5, y + 0.5) for x in np.arange(40, 50, 0.5) for y in np.arange(36, 44, 0.5)]
GRID = Layer.of("Half degrees", gpd.GeoDataFrame({"name": [f"{at}" for at in range(320)]}, geometry=CELLS, crs=4326))
IN_WEST: Spot = (40.0, 43.0, "settlement", 3.0)


def placed(dataset: Dataset, *spots: Spot) -> Dataset:
    """A case whose first reports lie at these spots, and whose others lie nowhere."""
    rows = dataset.fetch(dataset.reports.order_by("row"))
    cells = [*spots, *[(None, None, "", None)] * (len(rows) - len(spots))]
    for name, values in zip(("latitude", "longitude", "precision", "radius_km"), zip(*cells, strict=True), strict=True):
        at = rows.column_names.index(name)
        rows = rows.set_column(at, name, pa.array(values, SCHEMA.field(name).type))
    return dataset.narrowed(dataset.reports, rows.select(SCHEMA.names).cast(SCHEMA))


def counted(dataset: Dataset, *spots: Spot, layer: Layer = BOTH, chosen: Selection | None = None) -> Counted:
    return areas.count(placed(dataset, *spots), chosen or Selection(), layer, legend.WIDEST)


def told(found: Counted, name: str) -> list[int]:
    return [int(number) for number in found.by_area[name].to_pylist()]


def test_a_settlement_whose_disc_lies_in_an_area_is_in_it(small: Dataset) -> None:
    found = counted(small, IN_WEST, IN_WEST, (40.0, 48.0, "exact", None), (40.0, 48.0, "", None))
    assert told(found, "inside") == [2, 2]
    assert told(found, "touching") == [0, 0]
    assert found.unplaced == found.reports - 4


@pytest.mark.parametrize("precision", ["province", "region"])
def test_a_wide_place_is_somewhere_even_where_its_disc_lies_in_one_area(small: Dataset, precision: str) -> None:
    found = counted(small, (40.0, 43.0, precision, 20.0))
    assert told(found, "inside") == [0, 0]
    assert told(found, "touching") == [1, 0]
    assert (found.somewhere, found.unbound) == (1, 0)


@pytest.mark.parametrize(
    "spot", [(40.0, 48.0, "country", 20.0), (40.0, 43.0, "region", 91.0), (40.0, 43.0, "region", None)], ids=str
)
def test_of_a_country_and_of_a_place_of_unknown_width_no_area_is_told(small: Dataset, spot: Spot) -> None:
    found = counted(small, spot)
    assert told(found, "inside") == told(found, "touching") == [0, 0]
    assert (found.somewhere, found.unbound) == (1, 1)
    assert found.apart[0].touched == ()


def test_a_disc_that_touches_two_areas_is_somewhere_in_both_and_counted_once(small: Dataset) -> None:
    found = counted(small, (40.0, 45.99, "settlement", 3.0), IN_WEST)
    assert told(found, "inside") == [1, 0]
    assert told(found, "touching") == [1, 1]
    assert found.somewhere == 1
    assert [one.touched for one in found.apart] == [(0, 1)]


def test_a_disc_that_reaches_out_of_its_only_area_is_not_surely_in_it(small: Dataset) -> None:
    found = counted(small, (40.0, 40.01, "settlement", 3.0))
    assert told(found, "inside") == [0, 0]
    assert told(found, "touching") == [1, 0]


def test_a_point_on_the_line_of_two_areas_is_in_neither(small: Dataset) -> None:
    found = counted(small, (40.0, 46.0, "exact", None))
    assert told(found, "inside") == [0, 0]
    assert found.somewhere == 1


def test_a_point_on_the_outer_edge_is_in_its_area_and_one_far_beyond_in_none(small: Dataset) -> None:
    found = counted(small, (40.0, 40.0, "exact", None), (40.0, 39.9, "exact", None))
    assert told(found, "inside") == [1, 0]
    assert found.outside == 1


def test_a_point_in_no_area_and_within_three_kilometres_of_some_is_somewhere(small: Dataset) -> None:
    beside, corner, far = (40.0, 39.97, "exact", None), (42.02, 46.0, "settlement", None), (40.0, 39.96, "exact", None)
    found = counted(small, beside, corner, far)
    assert told(found, "inside") == [0, 0]
    assert told(found, "touching") == [2, 1]
    assert [one.touched for one in found.apart] == [(0,), (0, 1)]
    assert (found.somewhere, found.outside) == (2, 1)


def test_a_point_near_an_area_behind_180_degrees_is_somewhere(small: Dataset) -> None:
    behind = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.box(-179.995, -20, -178, -10)], crs=4326)
    found = counted(small, (-15.0, 179.99, "exact", None), layer=Layer.of("Behind", behind))
    assert told(found, "touching") == [1]


@pytest.mark.parametrize(
    ("latitude", "longitude", "of"),
    [(78.22, 15.65, "NO SJ"), (78.07, 14.21, "NO SJ"), (-13.83, -171.77, "WS"), (-53.16, -70.91, "CL")],
    ids=["Longyearbyen", "Barentsburg", "Apia", "Punta Arenas"],
)
def test_a_town_on_a_coast_is_not_outside_every_province(
    small: Dataset, latitude: float, longitude: float, of: str
) -> None:
    layer = Layer.of("Provinces", provinces())
    found = counted(small, (latitude, longitude, "settlement", None), layer=layer)
    assert found.outside == 0
    reached = np.flatnonzero(np.array(told(found, "inside")) + told(found, "touching"))
    assert len(reached)
    assert set(layer.areas["country"][reached]) <= set(of.split())


def test_a_disc_is_never_taken_for_smaller_than_it_is(small: Dataset) -> None:
    """At 60 degrees north 10 km are 0.18 degrees of longitude: a disc 0.17 degrees from the line crosses it."""
    north = Layer.of("North", gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.box(0, 50, 10, 70)], crs=4326))
    near = counted(small, (60.0, 9.83, "settlement", 10.0), layer=north)
    far = counted(small, (60.0, 9.80, "settlement", 10.0), layer=north)
    assert (told(near, "inside"), told(far, "inside")) == ([0], [1])


def test_a_disc_across_180_degrees_is_in_an_area_that_goes_on_behind_it(small: Dataset) -> None:
    halves = [shapely.box(178, -20, 180, -10), shapely.box(-180, -20, -178, -10)]
    whole = gpd.GeoDataFrame({"name": ["Fiji"]}, geometry=[shapely.MultiPolygon(halves)], crs=4326)
    apart = gpd.GeoDataFrame({"name": ["Near", "Behind"]}, geometry=halves, crs=4326)
    spots: list[Spot] = [(-15.0, 179.99, "settlement", 5.0), (-15.0, -179.99, "settlement", 5.0)]
    assert told(counted(small, *spots, layer=Layer.of("Whole", whole)), "inside") == [2]
    found = counted(small, *spots, (-15.0, 180.0, "exact", None), layer=Layer.of("Apart", apart))
    assert told(found, "inside") == [0, 0]
    assert told(found, "touching") == [3, 3]


@pytest.mark.parametrize("chosen", [Selection(), Selection(first=date(2020, 9, 27), last=date(2020, 11, 10))])
@pytest.mark.parametrize("name", ["shipped", "small"])
def test_the_parts_add_up_to_all_reports_shown(request: pytest.FixtureRequest, name: str, chosen: Selection) -> None:
    found = areas.count(request.getfixturevalue(name), chosen, GRID, legend.WIDEST)
    assert sum(told(found, "inside")) == found.inside
    assert sum(one.reports for one in found.apart) == found.somewhere >= found.unbound
    assert found.inside + found.somewhere + found.outside + found.unplaced == found.reports
    assert sum(one.reports * len(one.touched) for one in found.apart) == sum(told(found, "touching"))


def test_filters_and_window_are_followed(small: Dataset) -> None:
    dataset = placed(small, *[IN_WEST] * 11)
    reports = dataset.fetch(dataset.reports).to_pylist()
    for side in {row["claimant_side"] for row in reports}:
        of_side = [row for row in reports if row["claimant_side"] == side]
        found = areas.count(dataset, Selection(sides=(side,)), BOTH, legend.WIDEST)
        assert told(found, "inside") == [len(of_side), 0]
        assert told(found, "about") == [sum(row["place_role"] == "subject" for row in of_side), 0]
        assert told(found, "disputed") == [sum(row["disputed_by"] != "" for row in of_side), 0]
        assert told(found, "speakers") == [len({row["claimed_by"] for row in of_side} - {""}), 0]
        assert told(found, "sources") == [len({row["source_id"] for row in of_side}), 0]


def test_graphic_reports_are_not_counted_for_a_class(shipped: Dataset) -> None:
    for_class = areas.count(suitable(shipped), Selection(), GRID, legend.WIDEST)
    without = areas.count(shipped, Selection(graphic=False), GRID, legend.WIDEST)
    assert for_class.by_area == without.by_area
    assert for_class.reports == without.reports


@pytest.mark.parametrize("largest", [1, 3, 5, 6, 7, 12, 49, 1_000, 800_000])
def test_classes_follow_on_each_other_and_hold_every_number(largest: int) -> None:
    classes = said.classes(np.array([0, 1, largest]))
    assert len(classes) <= 5
    assert classes[0][0] == 1
    assert classes[-1][1] == largest
    assert all(first <= last for first, last in classes)
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(classes))


def test_the_picture_darkens_with_the_reports_and_says_that_nothing_is_told(small: Dataset) -> None:
    dataset = placed(small, IN_WEST)
    found = areas.count(dataset, Selection(), BOTH, legend.WIDEST)
    printed = Print(dataset, Selection(), date(2026, 1, 1), extent=(39.0, 37.0, 51.0, 43.0))
    drawn = drawing.picture(printed, BOTH, found)
    assert drawn == drawing.picture(printed, BOTH, found)
    colours = {colour for _, colour in Image.open(io.BytesIO(drawn)).getcolors(maxcolors=1 << 24) or []}
    assert tuple(bytes.fromhex(drawing.HUES[2][1:])) in colours
    assert tuple(bytes.fromhex(drawing.BARE[1:])) in colours
    assert [key.text for key in drawing._keys(found)] == ["1 report", said.NOTHING_TOLD]
    assert drawing.picture(printed, BOTH, found, "svg").startswith(b"<?xml")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_are_told_apart_by_their_lightness_alone() -> None:
    light = [luminance(colour) for colour in (drawing.BARE, *drawing.HUES)]
    ratios = [(one + 0.05) / (other + 0.05) for one, other in itertools.pairwise(light)]
    assert all(ratio >= 1.25 for ratio in ratios), ratios


def test_an_area_has_the_case_s_name_where_a_place_of_it_bears_one(shipped: Dataset, small: Dataset) -> None:
    point = shapely.Point(46.7499, 39.7601).buffer(0.1)
    shusha = gpd.GeoDataFrame({"name": ["Şuşa"], "names": [{"en": "Shusha"}]}, geometry=[point], crs=4326)
    assert said.names(shipped, Layer.of("One", shusha), "label") == (shipped.places["shushi"].label,)
    assert said.names(small, BOTH, "hy") == ("Արև", "Eastern")


def test_an_area_of_the_base_map_with_a_contested_place_does_not_bear_one_partys_name(shipped: Dataset) -> None:
    layer = Layer.of("Provinces", provinces())
    called = dict(zip(layer.areas["name"], said.names(shipped, layer, "label"), strict=True))
    assert called["Kəlbəcər"].startswith("Area round ")
    assert called["Şuşa"] == "Shushi / Şuşa"
    assert called["İmişli"] == "İmişli"


def test_an_area_of_the_base_map_is_not_called_by_initials(shipped: Dataset) -> None:
    land = provinces()
    for naming in ("label", "el"):
        called = said.names(shipped, Layer.of("Provinces", land), naming)
        assert called[list(land["name"]).index("K.P.")] == "Khyber Pakhtunkhwa"
    assert "F.A.T.A." not in called
    assert "K.P." in said.names(shipped, Layer.of("Of a case", land, origin="Made up."), "label")
