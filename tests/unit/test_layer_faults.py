"""What is wrong with a layer: one message for each fault, with the line of ``case.yaml``, and the case opens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.model.faults import InvalidData
from geodata.model.layers import MOST_LAYERS
from geodata.store.layers.layer import MOST_POINTS
from geodata.store.load import load
from tests.layering import FRONT, case_with, fault, frame, only


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("one.geojson", b'{"type": "FeatureCollection",\n "features": [', "is not JSON (line 2"),
        ("one.geojson", b'{"type": "Topology"}', "is JSON without the features of GeoJSON"),
        ("one.kml", b"<kml><Placemark>\n<name>", "is not XML"),
        ("one.gpkg", b"SQLite format 3\0" + b"\0" * 200, "is broken, or a part of it is missing"),
        ("one.shp", b"\0\0\x27\x0a\0\0\0\0" + b"\0" * 100, "is broken, or a part of it is missing"),
        ("one.parquet", b"PAR1 not", "is no GeoParquet, or is broken"),
        ("one.tif", b"II*\0" + b"\0" * 50, "is a broken picture"),
        ("one.pmtiles", b"PMTiles\x03" + b"\0" * 20, "is a broken PMTiles file"),
        ("one.zip", b"PK\x03\x04", "a layer is GeoJSON"),
        ("one.csv", b"a,b\n1,2\n", "is no layer but text; a layer is GeoJSON, GeoPackage"),
        ("one.pdf", b"%PDF-1.7", "is a PDF"),
        ("one.geojson", b"", "is empty"),
        ("one.geojson", b'{"type": "FeatureCollection", "features": []}', "has nothing to draw"),
    ],
)
def test_a_broken_file_has_one_message_and_stops_nothing(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    told = fault(tmp_path, file=name)
    assert f"layers 1, file: {name} " in told
    assert message in told


def test_a_file_that_is_gone_is_told_and_comes_back(tmp_path: Path) -> None:
    assert "one.geojson is not there; put it back, or take the layer out" in fault(tmp_path, file="one.geojson")
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    assert len(load(tmp_path).layers) == 1
    (tmp_path / "one.geojson").unlink()
    assert load(tmp_path).layers == ()


@pytest.mark.heavy
def test_a_layer_with_too_many_corners_is_simplified_or_refused_with_the_limit(tmp_path: Path) -> None:
    along = np.linspace(0, 40 * np.pi, MOST_POINTS + 1)
    smooth = shapely.LineString(np.column_stack([45 + along / 100, 39 + np.sin(along) / 4]))
    frame([smooth]).to_parquet(tmp_path / "one.parquet")
    layer = only(tmp_path, file="one.parquet")
    assert "Simplified to 100 m: the file has 200,001 corners" in layer.limits[0]
    rough = np.random.default_rng(1).uniform((45, 39), (47, 41), (len(along), 2))
    frame([shapely.LineString(rough)]).to_parquet(tmp_path / "one.parquet")
    assert "one.parquet has 200,001 corners, and" in fault(tmp_path, file="one.parquet")
    assert "200,000 can be drawn: simplify it" in fault(tmp_path, file="one.parquet")


def test_a_huge_file_is_refused_with_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "one.geojson").open("wb") as file:
        file.truncate(200_000_001)
    assert "one.geojson has 200 MB, and 200 can be read" in fault(tmp_path, file="one.geojson")


@pytest.mark.parametrize("file", ["../events.csv", "/etc/passwd", "C:\\maps\\one.tif", "/vsicurl/http://x/one.tif"])
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, file: str) -> None:
    assert "must lie in the folder of the case" in fault(tmp_path, file=file)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "one.geojson").symlink_to(tmp_path / "one.geojson")
    assert "lies outside the folder of the case" in fault(tmp_path / "case", file="one.geojson")


def test_a_record_with_mistakes_has_a_fault_for_each_and_the_others_are_drawn(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    wrong = {"file": "one.geojson", "first": "27.9.2020", "colour": "red"}
    dataset = load(case_with(tmp_path, wrong, {"file": "one.geojson", "first": "2020", "last": "2019"},
                             {"file": "one.geojson"}))  # fmt: skip
    assert [layer.number for layer in dataset.layers] == [3]
    told = [str(one) for one in dataset.layer_faults]
    assert any("layers 1, first: '27.9.2020' is not an EDTF date" in one for one in told)
    assert any("layers 1, colour: 'colour' is no field here" in one for one in told)
    assert any("layers 2: its last day is before its first" in one for one in told)
    assert all("case.yaml line" in one for one in told)


def test_layers_beyond_the_limit_are_told(tmp_path: Path) -> None:
    frame([FRONT]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    dataset = load(case_with(tmp_path, *[{"file": "one.geojson"}] * (MOST_LAYERS + 1)))
    assert len(dataset.layers) == MOST_LAYERS
    assert "lists 21; 20 can be told apart on one map" in str(dataset.layer_faults[0])


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    frame([FRONT], since=["1992"]).to_file(tmp_path / "one.geojson", driver="GeoJSON")
    told = fault(tmp_path, file="one.geojson", first_column="sinse")
    assert "has no column 'sinse' (did you mean 'since'?)" in told


def test_a_mistake_elsewhere_in_the_case_is_still_refused(tmp_path: Path) -> None:
    folder = case_with(tmp_path, {"file": "one.geojson"})
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text + "colour: red\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="'colour' is no field here"):
        load(folder)
