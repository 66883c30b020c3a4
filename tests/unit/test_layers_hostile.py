"""Files of layers that are broken, or made to break Attest: each is a fault of its layer, and the case opens."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geodata.store.layers import files, kinds
from geodata.store.layers.files import files_of
from geodata.store.layers.layer import Unfit
from geodata.timemap import layers as for_map
from tests.layering import CAMPS, FRONT, case_with, fault, frame, geotiff, only, png_with_world_file, scan

CAUCASUS = (45.0, 39.0, 48.0, 41.0)


def collection(coordinates: str, properties: str = "{}", kind: str = "Point") -> str:
    other = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [46, 40]}, "properties": {}}'
    return (
        '{"type": "FeatureCollection", "features": [' + other + ', {"type": "Feature", "geometry": '
        f'{{"type": "{kind}", "coordinates": {coordinates}}}, "properties": {properties}}}]}}'
    )


# --- features -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (collection("[46, 40]", "[1]"), "has a feature (number 2) whose properties are no names with values"),
        (collection("[46, 40]", '"text"'), "has a feature (number 2) whose properties are no names with values"),
        (collection("[NaN, 40]"), "has a corner that is no number (feature 2)"),
        (collection("[1e999, 40]"), "has a corner that is no number (feature 2)"),
        (
            collection("[[46, 40], [NaN, 41], [47, 41]]", kind="LineString"),
            "has a corner that is no number (feature 2)",
        ),
        (collection(f"[{'1' * 5000}, 40]"), "has a number of too many digits"),
        (collection(f"[{'1' * 4000}, 40]"), "is JSON without the features of GeoJSON"),
    ],
)
def test_geojson_that_is_not_sound_is_refused_with_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "one.geojson").write_text(content, encoding="utf-8")
    assert f"one.geojson {message}" in fault(tmp_path, file="one.geojson")


def test_a_name_that_is_a_list_is_its_text(tmp_path: Path) -> None:
    frame(CAMPS, name=[["north", "south"], ["west"]]).to_parquet(tmp_path / "one.parquet")
    names = [one.name for one in only(tmp_path, file="one.parquet").features]
    assert names == ["['north', 'south']", "['west']"]


def test_collections_within_collections_are_drawn_however_deep(tmp_path: Path) -> None:
    told: dict[str, Any] = {"type": "Point", "coordinates": [46, 40]}
    for _ in range(150):
        told = {"type": "GeometryCollection", "geometries": [told]}
    (tmp_path / "one.geojson").write_text(json.dumps(told), encoding="utf-8")
    assert for_map.features(only(tmp_path, file="one.geojson").features)[0]["points"] == [46, 40]


def test_no_layer_is_sent_to_the_map_with_what_is_no_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        for_map._compact([float("nan")])


# --- reference systems ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("crs", ["EPSG:5773", "EPSG:4978"])
def test_a_system_of_heights_or_of_the_earths_middle_is_no_system_of_a_layer(tmp_path: Path, crs: str) -> None:
    frame(CAMPS).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    assert f"crs: '{crs}' has no longitude and latitude" in fault(tmp_path, file="one.geojson", crs=crs)


def test_a_picture_in_a_system_without_a_place_on_earth_is_told(tmp_path: Path) -> None:
    geotiff(tmp_path / "plan.tif", CAUCASUS, 'LOCAL_CS["Plan of a mine",UNIT["metre",1]]', scan())
    assert "plan.tif has corners in Plan of a mine, which is no place on earth" in fault(tmp_path, file="plan.tif")


# --- any other fault of a reader ------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [EOFError("cut short"), ZeroDivisionError("by zero"), MemoryError(), KeyError("x")])
def test_whatever_a_reader_library_raises_is_a_fault_of_the_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    monkeypatch.setattr(kinds, "of_file", broken)
    told = fault(tmp_path, file="one.geojson")
    assert f"one.geojson is broken, or of a form that cannot be read ({type(error).__name__}" in told


@pytest.mark.parametrize("name", ["a" * 300 + ".geojson", "a\0b.geojson"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    case = case_with(tmp_path, {"file": "FILE"})
    text = (case / "case.yaml").read_text(encoding="utf-8").replace("'FILE'", json.dumps(name))
    (case / "case.yaml").write_text(text, encoding="utf-8")
    layers, [told] = files.read(case)
    assert layers == ()
    assert "layers 1, file" in str(told)
    assert set(files_of(case)) <= {case / name}, "and asking for its files raises nothing"


# --- tiles ----------------------------------------------------------------------------------------------------------


def tiles(path: Path, content: bytes, **header: int) -> None:
    """One tile of the world as PMTiles; ``header`` are bytes of its head by place, as ``b100`` for the least zoom."""
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(0, 0, 0), content)
        writer.finalize({"tile_type": TileType.PNG, "tile_compression": Compression.NONE,
                         "min_lon_e7": 450_000_000, "min_lat_e7": 390_000_000, "max_lon_e7": 480_000_000,
                         "max_lat_e7": 410_000_000, "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0},
                        {})  # fmt: skip
    whole = bytearray(path.read_bytes())
    for place, value in header.items():
        whole[int(place[1:])] = value
    path.write_bytes(whole)


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    content = io.BytesIO()
    Image.new(mode, (width, height)).save(content, "PNG")
    return content.getvalue()


def test_tiles_that_are_cut_short_are_broken(tmp_path: Path) -> None:
    tiles(tmp_path / "land.pmtiles", png(256, 256))
    whole = (tmp_path / "land.pmtiles").read_bytes()
    (tmp_path / "land.pmtiles").write_bytes(whole[:140])
    assert "land.pmtiles is a broken PMTiles file; fetch it again" in fault(tmp_path, file="land.pmtiles")


@pytest.mark.parametrize("header", [{"b100": 255, "b101": 255}, {"b101": 255}, {"b100": 9, "b101": 3}])
def test_zooms_that_no_tiles_have_are_told(tmp_path: Path, header: dict[str, int]) -> None:
    tiles(tmp_path / "land.pmtiles", png(256, 256), **header)
    assert "land.pmtiles tells zooms" in fault(tmp_path, file="land.pmtiles")


@pytest.mark.parametrize("side", [5000, 14_000])
def test_a_tile_too_large_for_memory_is_refused(tmp_path: Path, side: int) -> None:
    tiles(tmp_path / "land.pmtiles", png(side, side, "1"))
    assert "land.pmtiles holds a tile of more than 16,000,000 pixels" in fault(tmp_path, file="land.pmtiles")


# --- links and zips -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("linked", ["one.dbf", "map.pgw", "MAP.PGW", "map.png.aux.xml"])
def test_a_file_beside_a_layer_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path, linked: str) -> None:
    case, outside = tmp_path / "case", tmp_path / "outside"
    case.mkdir()
    outside.mkdir()
    frame([shapely.Point(46, 40)], name=["secret"]).to_file(case / "one.shp")
    png_with_world_file(case / "map.png", CAUCASUS)
    (case / "map.png.aux.xml").write_text("<PAMDataset/>", encoding="utf-8")
    (case / "map.pgw").rename(case / "MAP.PGW" if linked.isupper() else case / "map.pgw")
    (case / linked).rename(outside / linked)
    (case / linked).symlink_to(outside / linked)
    file = "one.shp" if linked == "one.dbf" else "map.png"
    assert f"{file} has {linked} beside it, which lies outside the folder of the case" in fault(case, file=file)
    assert outside / linked not in {path.resolve() for path in files_of(case)}


def test_only_the_file_of_features_of_a_zip_is_unpacked_with_its_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[str] = []
    extract = zipfile.ZipFile.extract

    def noted(self: zipfile.ZipFile, member: Any, *rest: Any) -> str:
        unpacked.append(getattr(member, "filename", member))
        return extract(self, member, *rest)

    monkeypatch.setattr(zipfile.ZipFile, "extract", noted)
    frame([FRONT], name=["Front"]).to_file(tmp_path / "one.shp")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as package:
        for part in sorted(tmp_path.glob("one.[!z]*")):
            package.write(part, f"in/{part.name}")
        for number in range(50):
            package.writestr(f"other{number}/one.txt", b"")
    assert [one.name for one in only(tmp_path, file="one.zip").features] == ["Front"]
    assert unpacked == [f"in/one.{ending}" for ending in ("cpg", "dbf", "prj", "shp", "shx")]


@pytest.mark.parametrize("members", [2_001, 40_000])
def test_a_zip_of_very_many_members_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: int
) -> None:
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as package:
        for number in range(members):
            package.writestr(f"{number}.geojson", b"")
    if members > 10_000:
        monkeypatch.setattr(zipfile, "ZipFile", None)  # its list is not even read
    assert "one.zip holds more than 2,000 files; unpack it" in fault(tmp_path, file="one.zip")


def test_a_zip_within_a_zip_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("one.geojson", collection("[46, 40]"))
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as package:
        package.writestr("one.geojson", inner.getvalue())
    with pytest.raises(Unfit, match="holds a zip within"):
        kinds._features(tmp_path / "one.zip")
