"""The reader's own layers: each format as features or a picture, their spans, and one message for each fault."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from PIL import Image

from geodata.model.dates import OPEN_END, OPEN_START
from geodata.model.layers import COLOURS, DASHES, MOST_LAYERS, look
from geodata.model.vocabulary import PALETTES
from geodata.store.layers.files import files_of
from geodata.store.layers.layer import MOST_PIXELS
from geodata.store.load import load
from tests import layering
from tests.layering import CAMPS, DISTRICT, FRONT, HOSTILE, RIGHT_TO_LEFT, case_with, fault, frame, only

CAUCASUS = (45.0, 39.0, 47.0, 41.0)


def is_district(area: shapely.Geometry) -> bool:
    return bool(area.symmetric_difference(DISTRICT).area < 0.001 * DISTRICT.area)


# --- formats --------------------------------------------------------------------------------------------------------


def _kml(path: Path) -> None:
    ring = " ".join(f"{x},{y}" for x, y in DISTRICT.exterior.coords)
    path.write_text(
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Lachin</name>'
        "<TimeSpan><begin>1992-05</begin><end>1994</end></TimeSpan><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>",
        encoding="utf-8",
    )


def _zip(path: Path) -> None:
    named().to_file(path.with_suffix(".shp"))
    with zipfile.ZipFile(path, "w") as package:
        for part in path.parent.glob(f"{path.stem}.*"):
            if part != path:
                package.write(part, part.name)
                part.unlink()


def named() -> object:
    return frame([DISTRICT], name=["Lachin"])


FORMATS: dict[str, Callable[[Path], object]] = {
    "geojson": lambda path: named().to_file(path, driver="GeoJSON"),
    "gpkg": lambda path: named().to_file(path, driver="GPKG"),
    "shp": lambda path: named().to_file(path),
    "fgb": lambda path: named().to_file(path, driver="FlatGeobuf"),
    "parquet": lambda path: named().to_parquet(path),
    "kml": _kml,
    "zip": _zip,
    "pmtiles": lambda path: pyogrio.write_dataframe(named(), path, driver="PMTiles", MINZOOM=0, MAXZOOM=8),
}


@pytest.mark.parametrize("ending", FORMATS)
def test_each_format_has_the_same_area_with_its_name(tmp_path: Path, ending: str) -> None:
    FORMATS[ending](tmp_path / f"one.{ending}")
    layer = only(tmp_path, file=f"one.{ending}")
    assert layer.kind == "areas"
    [area] = layer.features
    assert area.name == "Lachin"
    assert area.geometry.symmetric_difference(DISTRICT).area < 0.01 * DISTRICT.area


def test_points_lines_and_areas_are_told_apart_by_their_content(tmp_path: Path) -> None:
    for name, shapes in (("points", CAMPS), ("lines", [FRONT]), ("areas", [DISTRICT]), ("shapes", [FRONT, *CAMPS])):
        folder = tmp_path / name
        folder.mkdir()
        frame(shapes).to_file(folder / "one.geojson", driver="GeoJSON")
        assert only(folder, file="one.geojson").kind == name


def test_a_kml_area_has_its_own_span_and_its_holes(tmp_path: Path) -> None:
    _kml(tmp_path / "one.kml")
    hole = " ".join(f"{x},{y}" for x, y in shapely.box(46.2, 39.4, 46.4, 39.6).exterior.coords)
    text = (tmp_path / "one.kml").read_text(encoding="utf-8")
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates></LinearRing></innerBoundaryIs></Polygon>"
    (tmp_path / "one.kml").write_text(text.replace("</Polygon>", inner), encoding="utf-8")
    [area] = only(tmp_path, file="one.kml").features
    assert (area.first, area.last) == (date(1992, 5, 1), date(1994, 12, 31))
    assert len(area.geometry.interiors) == 1


# --- reference systems ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["gpkg", "shp", "parquet", "geojson"])
def test_another_projection_is_brought_to_degrees_and_told(tmp_path: Path, ending: str) -> None:
    projected = frame([DISTRICT]).to_crs("EPSG:32638")
    save = {"parquet": projected.to_parquet, "geojson": lambda path: path.write_text(
        json.dumps(projected.to_geo_dict() | {"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}}),
        encoding="utf-8")}  # fmt: skip
    save.get(ending, projected.to_file)(tmp_path / f"one.{ending}")
    layer = only(tmp_path, file=f"one.{ending}")
    assert is_district(layer.features[0].geometry)
    assert layer.notes == ("Brought from WGS 84 / UTM zone 38N to WGS 84.",)


def test_a_projection_that_no_file_tells_is_asked_for_and_taken_from_the_case(tmp_path: Path) -> None:
    frame([DISTRICT]).to_crs("EPSG:32638").set_crs(None, allow_override=True).to_file(tmp_path / "one.shp")
    told = fault(tmp_path, file="one.shp")
    assert "case.yaml line" in told
    assert "one.shp tells no reference system, and its numbers are no degrees; name it, as crs: EPSG:32638" in told
    layer = only(tmp_path, file="one.shp", crs="EPSG:32638")
    assert is_district(layer.features[0].geometry)


def test_degrees_without_a_reference_system_are_taken_as_they_are(tmp_path: Path) -> None:
    frame([DISTRICT], crs=None).to_file(tmp_path / "one.shp")
    assert is_district(only(tmp_path, file="one.shp").features[0].geometry)


def test_a_reference_system_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    frame([DISTRICT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    assert "layers 1, crs: 'Krasovsky' is no reference system" in fault(tmp_path, file="one.geojson", crs="Krasovsky")


# --- spans ----------------------------------------------------------------------------------------------------------


def test_a_layer_is_in_a_window_that_its_vague_span_touches(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    layer = only(tmp_path, file="one.geojson", first="1994-05~", last="2020-09-27")
    assert layer.record.spoken_span == "about May 1994 – 27 Sep 2020"
    assert layer.is_in_window(date(1990, 1, 1), date(1994, 5, 1))
    assert not layer.is_in_window(date(1990, 1, 1), date(1994, 4, 30))
    assert not layer.is_in_window(date(2020, 9, 28), date(2021, 1, 1))
    assert layer.is_in_window(None, None)


def test_a_feature_has_the_span_of_its_columns_within_that_of_its_layer(tmp_path: Path) -> None:
    columns = {
        "name": ["one", "two", "three"],
        "since": ["1992", None, "2019-03"],
        "until": ["1994", "1993-06-01", None],
    }
    frame([*CAMPS, CAMPS[0]], **columns).to_file(tmp_path / "one.gpkg", driver="GPKG")
    layer = only(tmp_path, file="one.gpkg", first_column="since", last_column="until", last="2020")
    spans = {one.name: (one.first, one.last) for one in layer.features}
    assert spans == {
        "one": (date(1992, 1, 1), date(1994, 12, 31)),
        "two": (OPEN_START, date(1993, 6, 1)),
        "three": (date(2019, 3, 1), date(2020, 12, 31)),
    }
    assert [one.name for one in layer.in_window(date(1993, 7, 1), date(1993, 8, 1))] == ["one"]


def test_years_and_days_of_typed_columns_are_dates(tmp_path: Path) -> None:
    numbers = frame(CAMPS, since=[1992, 1993], until=np.array(["1994-05-08", "1995-01-01"], "datetime64[ms]"))
    numbers.to_parquet(tmp_path / "one.parquet")
    layer = only(tmp_path, file="one.parquet", first_column="since", last_column="until")
    assert [(one.first, one.last) for one in layer.features] == [
        (date(1992, 1, 1), date(1994, 5, 8)),
        (date(1993, 1, 1), date(1995, 1, 1)),
    ]


def test_an_undated_layer_holds_always(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    layer = only(tmp_path, file="one.geojson")
    assert (layer.features[0].first, layer.features[0].last) == (OPEN_START, OPEN_END)
    assert layer.record.spoken_span == ""


def test_a_date_that_cannot_be_read_leaves_out_its_feature_alone_and_is_told(tmp_path: Path) -> None:
    frame(CAMPS, since=["1992", "in autumn"]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    dataset = load(case_with(tmp_path, {"file": "one.geojson", "first_column": "since"}))
    assert len(dataset.layers[0].features) == 1
    [told] = map(str, dataset.layer_faults)
    assert "layers 1, first_column: one.geojson has 1 feature with a date that cannot be read, not drawn" in told
    assert "'in autumn'" in told


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_geotiff_of_any_projection_lies_where_its_corners_say(tmp_path: Path) -> None:
    layering.geotiff(tmp_path / "old.tif", (500_000, 4_300_000, 650_000, 4_400_000), "EPSG:32638", layering.scan())
    layer = only(tmp_path, file="old.tif")
    assert (layer.kind, layer.features) == ("image", ())
    assert layer.picture
    assert layer.picture.edges == pytest.approx((45.0, 38.83, 46.76, 39.75), abs=0.02)
    pixels = np.asarray(Image.open(io.BytesIO(layer.picture.content)).convert("RGBA"))
    middle = pixels.shape[0] // 2
    assert abs(int(pixels[middle, 40, 0]) - 60) < 12, "the left half is dark"
    assert abs(int(pixels[middle, -40, 0]) - 230) < 12
    assert pixels[0, -1, 3] == 0, "what lies beyond its edges is clear"


def test_a_picture_with_a_world_file_lies_where_that_says(tmp_path: Path) -> None:
    layering.png_with_world_file(tmp_path / "old.png", CAUCASUS)
    layer = only(tmp_path, file="old.png")
    assert layer.picture
    assert layer.picture.edges == pytest.approx(CAUCASUS)


def test_a_picture_without_corners_is_told(tmp_path: Path) -> None:
    layering.png_with_world_file(tmp_path / "old.png", CAUCASUS)
    (tmp_path / "old.pgw").unlink()
    assert "old.png tells no corners; save it as GeoTIFF, or put its world file beside it" in fault(
        tmp_path, file="old.png"
    )


def test_a_large_picture_is_scaled_down_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.store.layers.image.MOST_PIXELS", 10_000)
    layering.png_with_world_file(tmp_path / "old.png", CAUCASUS)
    layer = only(tmp_path, file="old.png")
    assert layer.picture
    assert layer.picture.width * layer.picture.height <= 10_100
    assert layer.limits[0].startswith("Scaled down: the file has 300 × 200 pixels, ")


@pytest.mark.parametrize("bands", [1, 4])
def test_grey_and_clear_pictures_keep_their_pixels(tmp_path: Path, bands: int) -> None:
    layering.geotiff(tmp_path / "old.tif", CAUCASUS, "EPSG:4326", layering.scan(bands=bands))
    layer = only(tmp_path, file="old.tif")
    assert layer.picture
    pixels = np.asarray(Image.open(io.BytesIO(layer.picture.content)).convert("RGBA"))
    assert np.abs(pixels[50, 40].astype(int) - (60, 60, 60, 255)).max() < 8


def test_a_grid_of_measurements_is_no_picture(tmp_path: Path) -> None:
    layering.geotiff(tmp_path / "old.tif", CAUCASUS, "EPSG:4326", np.ones((1, 8, 8), np.float32))
    assert "old.tif holds measurements and no picture" in fault(tmp_path, file="old.tif")


def test_raster_tiles_are_one_picture_at_the_finest_zoom_that_fits(tmp_path: Path) -> None:
    layering.raster_tiles(tmp_path / "land.pmtiles", range(5, 8), CAUCASUS)
    layer = only(tmp_path, file="land.pmtiles")
    assert layer.picture
    assert layer.limits == ()
    west, south, east, north = layer.picture.edges
    assert shapely.box(west, south, east, north).contains(shapely.box(*CAUCASUS))
    assert Image.open(io.BytesIO(layer.picture.content)).size == (layer.picture.width, layer.picture.height)
    assert layer.picture.width * layer.picture.height <= MOST_PIXELS


def test_tiles_finer_than_one_picture_carries_are_drawn_at_a_coarser_zoom_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.store.layers.tiles.MOST_PIXELS", 4 * 256**2)
    layering.raster_tiles(tmp_path / "land.pmtiles", range(4, 9), CAUCASUS)
    layer = only(tmp_path, file="land.pmtiles")
    assert layer.picture
    assert layer.picture.width * layer.picture.height <= 4 * 256**2
    assert re.fullmatch(r"Drawn at zoom [4-7]; the file goes to 8\.", layer.limits[0])


def test_areas_that_the_edges_of_tiles_cut_are_whole_again(tmp_path: Path) -> None:
    wide = frame([shapely.box(44, 38, 49, 42), FRONT], name=["Region", "Front"])
    pyogrio.write_dataframe(wide, tmp_path / "one.pmtiles", driver="PMTiles", MINZOOM=0, MAXZOOM=9)
    layer = only(tmp_path, file="one.pmtiles")
    by_name = {one.name: one.geometry for one in layer.features}
    assert len(layer.features) == 2
    assert by_name["Region"].geom_type == "Polygon"
    assert by_name["Front"].geom_type == "LineString"
    assert by_name["Front"].length == pytest.approx(FRONT.length, rel=0.01)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp"])
def test_names_of_any_script_and_of_any_signs_are_kept_as_they_are(tmp_path: Path, ending: str) -> None:
    frame(CAMPS, Name=[RIGHT_TO_LEFT, HOSTILE]).to_file(tmp_path / f"one.{ending}", encoding="utf-8")
    assert {one.name for one in only(tmp_path, file=f"one.{ending}").features} == {RIGHT_TO_LEFT, HOSTILE}


def test_a_shapefile_in_an_arabic_code_page_that_names_none_is_read(tmp_path: Path) -> None:
    names = ["خط الجبهة الشمالي", "مخيم اللاجئين قرب النهر"]
    frame(CAMPS, name=names).to_file(tmp_path / "one.shp", encoding="cp1256")
    (tmp_path / "one.cpg").unlink()
    assert [one.name for one in only(tmp_path, file="one.shp").features] == names


# --- what is told apart ---------------------------------------------------------------------------------------------


def test_no_two_layers_look_alike_and_none_has_the_colour_of_a_category() -> None:
    looks = [look(number) for number in range(1, MOST_LAYERS + 1)]
    assert len(set(looks)) == MOST_LAYERS == len(COLOURS) * len(DASHES)
    assert not {*COLOURS} & {colour for palette in PALETTES.values() for colour in palette}


def test_the_files_of_a_layer_are_known_with_those_beside_them(tmp_path: Path) -> None:
    layering.png_with_world_file(tmp_path / "old.png", CAUCASUS)
    frame([FRONT]).to_file(tmp_path / "one.shp")
    folder = case_with(tmp_path, {"file": "old.png"}, {"file": "one.shp"})
    names = {path.name for path in files_of(folder)}
    assert {"old.png", "old.pgw", "one.shp", "one.dbf", "one.prj"} <= names
