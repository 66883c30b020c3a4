"""GIS files and KML: rows with their places in degrees, their times as they are written."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box

from geodata.model.mapping import Form
from tests.unit.raw_table import fault_of, opened

FRAME = gpd.GeoDataFrame(
    {"id": ["a1", "a2"], "killed": [1, 2], "title": ["Обстрел", "x"]},
    geometry=[Point(46.75, 39.81), Point(46.76, 39.82)],
    crs=4326,
)


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "shp"])
@pytest.mark.parametrize("crs", [4326, 32638])
def test_points_of_any_reference_system_become_degrees(tmp_path: Path, ending: str, crs: int) -> None:
    path = tmp_path / f"a.{ending}"
    FRAME.to_crs(crs).to_file(path)
    if ending != "shp":
        path = path.rename(tmp_path / "without an ending")
    read = opened(path)
    assert read.table.columns == ("id", "killed", "title", "longitude", "latitude")
    (found,) = (row for row in read.rows if row["id"] == "a1")
    assert found["title"] == "Обстрел"
    assert float(found["longitude"]) == pytest.approx(46.75, abs=1e-6)
    assert any("to WGS 84" in note for note in read.table.notes) == (crs != 4326)


def test_of_several_layers_the_largest_is_read_and_another_may_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    FRAME.head(1).to_file(path, layer="small")
    FRAME.to_file(path, layer="large")
    assert (len(opened(path).rows), opened(path).table.parts) == (2, ("small",))
    assert len(opened(path, Form(member="small")).rows) == 1
    assert "it has 'small' and 'large'" in fault_of(path, Form(member="x")).message


def test_lines_and_areas_have_a_point_and_a_radius_and_nothing_has_none(tmp_path: Path) -> None:
    shapes = [box(46, 39, 46.2, 39.2), LineString([(46, 39), (46.2, 39.2)]), None, Point(46, 39)]
    gpd.GeoDataFrame({"id": [*"abcd"]}, geometry=shapes, crs=4326).to_file(tmp_path / "a.gpkg")
    rows = {row["id"]: row for row in opened(tmp_path / "a.gpkg").rows}
    assert 13 < float(rows["a"]["radius_km"]) < 20
    assert 13 < float(rows["b"]["radius_km"]) < 30
    assert (rows["c"]["longitude"], rows["c"]["radius_km"], rows["d"]["radius_km"]) == ("", "", "")


def test_a_row_whose_geometry_is_garbage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    FRAME.to_file(path, layer="a")
    with sqlite3.connect(path) as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')  # which call functions that only GDAL has
        database.execute("UPDATE a SET geom = substr(geom, 1, length(geom) - 16) || x'ffffffff' WHERE id = 'a2'")
    read = opened(path)
    assert [bool(row["latitude"]) for row in read.rows] == [True, False]
    assert any("Row 2 has a geometry that cannot be read" in note for note in read.table.notes), read.table.notes


def test_a_zipped_shapefile_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    FRAME.to_file(tmp_path / "a.shp", encoding="cp1251")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        for ending in ("dbf", "prj", "shp", "shx"):
            package.write(tmp_path / f"a.{ending}", f"layers/A.{ending.upper()}")
    read = opened(tmp_path / "a.zip")
    assert read.rows[0]["title"] == "Обстрел"
    assert "Read as Windows-1251." in read.table.notes


def test_a_shapefile_without_its_other_files_is_told(tmp_path: Path) -> None:
    FRAME.to_file(tmp_path / "a.shp")
    (tmp_path / "a.shx").unlink()
    assert "is several files" in fault_of(tmp_path / "a.shp").message


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>Log</name>
{}</Document></kml>"""


def kml(tmp_path: Path, *placemarks: str) -> Path:
    (tmp_path / "a.kml").write_text(KML.format("".join(f"<Placemark>{one}</Placemark>" for one in placemarks)))
    return tmp_path / "a.kml"


@pytest.mark.parametrize("when", ["2020", "2020-10", "2020-10-04", "2020-10-04T14:20:00Z", "2020-10-04T14:20:00+04:00"])
def test_times_of_placemarks_are_kept_as_they_are_written(tmp_path: Path, when: str) -> None:
    stamp = f"<name>x</name><TimeStamp><when>{when}</when></TimeStamp>"
    span = f"<name>y</name><gx:TimeSpan><begin>{when}</begin><end>2021</end></gx:TimeSpan>"
    first, second = opened(kml(tmp_path, stamp, span)).rows
    assert (first["when"], second["begin"], second["end"]) == (when, when, "2021")


def test_data_folders_and_description_of_placemarks_are_columns(tmp_path: Path) -> None:
    data = '<ExtendedData><Data name="name"><value>own</value></Data><SchemaData schemaUrl="#s">'
    data += '<SimpleData name="source">Wire &amp; Co</SimpleData></SchemaData></ExtendedData>'
    inner = f"<Placemark id='p1'><name>N</name><description><![CDATA[<b>bold</b>]]></description>{data}</Placemark>"
    schema = '<Schema id="s"><SimpleField name="source"/><SimpleField name="never"/></Schema>'
    text = KML.format(f"{schema}<Folder><name>2020</name><Folder><name>May</name>{inner}</Folder></Folder>")
    (tmp_path / "a.kml").write_text(text)
    (row,) = opened(tmp_path / "a.kml").rows
    assert (row["folder"], row["id"], row["name"], row["name (2)"]) == ("2020 / May", "p1", "N", "own")
    assert (row["source"], row["never"], row["description"]) == ("Wire & Co", "", "<b>bold</b>")


def test_shapes_of_placemarks_are_read(tmp_path: Path) -> None:
    ring = "<LinearRing><coordinates>46,39 46.2,39 46.2,39.2 46,39.2 46,39</coordinates></LinearRing>"
    polygon = f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    places = "<gx:coord>46 39 0</gx:coord><gx:coord>46.2 39 0</gx:coord>"
    track = f"<gx:Track><when>2020-01-01</when><when>2020-01-03</when>{places}</gx:Track>"
    path = kml(
        tmp_path,
        "<Point><coordinates> 46.75,39.81,0 </coordinates></Point>",
        polygon,
        track,
        f"<MultiGeometry><Point><coordinates>46,39</coordinates></Point>{polygon}</MultiGeometry>",
        "<name>nowhere</name>",
        "<Point><coordinates>N39 E46</coordinates></Point>",
    )
    point, area, way, many, nowhere, odd = opened(path).rows
    assert (point["longitude"], point["latitude"], point["radius_km"]) == ("46.75", "39.81", "")
    assert 13 < float(area["radius_km"]) < 20
    assert (way["begin"], way["end"], float(way["radius_km"]) > 8) == ("2020-01-01", "2020-01-03", True)
    assert float(many["radius_km"]) > 13
    assert nowhere["longitude"] == ""
    assert odd["coordinates"] == "N39 E46", "what cannot be read is kept as it is written"


def test_kmz_is_read(tmp_path: Path) -> None:
    kml(tmp_path, "<name>x</name>")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as package:
        package.writestr("images/pin.png", b"\x89PNG")
        package.write(tmp_path / "a.kml", "doc.kml")
    assert [row["name"] for row in opened(tmp_path / "a.kmz").rows] == ["x"]


def test_a_kml_that_could_name_other_files_or_is_broken_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml><Placemark/></kml>')
    assert "document type" in fault_of(path).message
    path.write_text("<kml><Document>\n<Placemark><name>x</Placemark></Document></kml>")
    fault = fault_of(path)
    assert (fault.line, "is not XML" in fault.message) == (2, True)
    path.write_text("<kml><NetworkLink/></kml>")
    assert "has no placemark" in fault_of(path).message
