"""JSON in the shapes that people publish: lists, lists in objects, an object a line, features."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.model.mapping import Form
from tests.unit.raw_table import Read, fault_of, opened

POINT = {"type": "Point", "coordinates": [46.75, 39.81, 10.0]}

SQUARE = {"type": "Polygon", "coordinates": [[[46.0, 39.0], [46.2, 39.0], [46.2, 39.2], [46.0, 39.2], [46.0, 39.0]]]}


def read_json(folder: Path, value: Any, hints: Form | None = None) -> Read:
    path = folder / "feed"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return opened(path, hints)


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None, **members: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry, **members}


def test_a_list_of_objects_is_a_table_of_all_their_keys(tmp_path: Path) -> None:
    read = read_json(tmp_path, [{"id": 1, "a": "x"}, {"id": 2, "b": None}, {"id": 3, "a": "y", "b": 0}])
    assert read.table.columns == ("id", "a", "b")
    assert [row["b"] for row in read.rows] == ["", "", "0"]


def test_nested_objects_become_columns_and_lists_stay_json(tmp_path: Path) -> None:
    sources = [{"id": "S1", "path": "https://example.org/ä"}]
    (row,) = read_json(tmp_path, [{"geo": {"lat": 39.810, "at": {"x": 1.0}}, "sources": sources, "n": [39.5, 2]}]).rows
    assert (row["geo.lat"], row["geo.at.x"]) == ("39.81", "1")
    assert json.loads(row["sources"]) == sources
    assert "ä" in row["sources"]
    assert json.loads(row["n"]) == [39.5, 2]


def test_values_are_written_as_a_person_writes_them(tmp_path: Path) -> None:
    values = {
        "whole": 3.0,
        "time": 1601769600040.0,
        "small": 1e-7,
        "yes": True,
        "no": False,
        "nothing": None,
        "long": 2**60,
    }
    (row,) = read_json(tmp_path, [values]).rows
    assert row == {"whole": "3", "time": "1601769600040", "small": "1e-07", "yes": "true", "no": "false", "nothing": "",
                   "long": str(2**60)}  # fmt: skip


@pytest.mark.parametrize("depth", [("events",), ("data", "events"), ("response", "body", "items")])
def test_a_list_inside_objects_is_found(tmp_path: Path, depth: tuple[str, ...]) -> None:
    value: Any = [{"id": 1}, {"id": 2}]
    for name in reversed(depth):
        value = {"about": "of the office", name: value}
    read = read_json(tmp_path, value)
    assert [row["id"] for row in read.rows] == ["1", "2"]
    assert any(".".join(depth) in note for note in read.table.notes)


def test_of_several_lists_the_longest_is_read_and_another_may_be_asked_for(tmp_path: Path) -> None:
    value = {"eras": [{"era": "one"}], "events": [{"id": 1}, {"id": 2}]}
    assert read_json(tmp_path, value).table.parts == ("eras",)
    assert read_json(tmp_path, value, Form(member="eras")).rows == [{"era": "one"}]
    assert "it has 'eras' and 'events'" in fault_of(tmp_path / "feed", Form(member="x")).message


def test_a_timeline_is_read_by_its_parts(tmp_path: Path) -> None:
    event = {
        "start_date": {"year": "2020", "month": "9"},
        "text": {"headline": "H", "text": "T"},
        "location": {"lat": 39.8},
    }
    read = read_json(tmp_path, {"title": {"text": {"headline": "About"}}, "events": [event, event]})
    assert read.table.columns == ("start_date.year", "start_date.month", "text.headline", "text.text", "location.lat")


def test_objects_under_keys_are_rows_with_their_key(tmp_path: Path) -> None:
    read = read_json(tmp_path, {"KY1": {"name": "a", "n": 1}, "KY2": {"name": "b", "n": 2}})
    assert read.rows == [{"key": "KY1", "name": "a", "n": "1"}, {"key": "KY2", "name": "b", "n": "2"}]


def test_a_table_by_columns_is_turned(tmp_path: Path) -> None:
    read = read_json(tmp_path, {"id": {"0": "a", "1": "b"}, "date": {"0": "2020", "1": "2021"}})
    assert read.rows == [{"id": "a", "date": "2020"}, {"id": "b", "date": "2021"}]


def test_rows_that_are_lists_have_their_names_in_the_first(tmp_path: Path) -> None:
    assert read_json(tmp_path, [["id", "date"], ["a", 2020]]).rows == [{"id": "a", "date": "2020"}]


def test_a_yes_or_no_among_coordinates_is_no_place(tmp_path: Path) -> None:
    drawn = (
        {"type": "Point", "coordinates": [True, False]},
        {"type": "Point", "coordinates": [46, True]},
        {"type": "LineString", "coordinates": [[46, 39], [False, 40]]},
    )
    features = [{"type": "Feature", "geometry": one, "properties": {"id": n}} for n, one in enumerate(drawn)]
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": features})
    assert read.table.columns == ("id", "geometry"), "no place is read, and what is written is kept"
    assert "true" in read.rows[0]["geometry"]


def test_a_feature_without_an_id_of_its_own_has_that_of_its_properties_and_no_second(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [46, 39]}, "properties": {"id": "a"}}
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [feature, {**feature, "id": "a"}]})
    assert read.table.columns == ("id", "longitude", "latitude")


@pytest.mark.parametrize(
    "text",
    [
        '[null, {"id": "a"}, null, {"id": "b"}, {}]',
        '{"id": "a"}\n{}\n{"id": "b"}\nnull\nnull\n',
        '{"rows": [{"id": "a"}, null, null, {"id": "b"}, {}]}',
        '[null, {}, ["id"], null, ["a"], ["b"]]',
        '{"type": "FeatureCollection", "features": [null, {"type": "Feature", "properties": {"id": "a"}}, null, '
        '{"type": "Feature", "properties": {"id": "b"}}, {"type": "Feature", "properties": null}]}',
    ],
)
def test_a_null_among_the_objects_is_counted_with_the_empty_rows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.json"
    path.write_text(text)
    read = opened(path)
    assert ([row["id"] for row in read.rows], read.numbers) == (["a", "b"], [1, 2])
    assert "3 wholly empty rows are left out." in read.table.notes


def test_a_broken_line_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    read = read_json(tmp_path, '{"id": 1}\n{"id": 2}\n\n{"id": \n\x1e{"id": 4}\n')
    assert (read.numbers, [row["id"] for row in read.rows]) == ([1, 2, 4], ["1", "2", "4"])
    (aside,) = read.table.set_aside.to_pylist()
    assert (aside["row"], aside["text"]) == (3, '{"id":')


def test_objects_one_after_another_are_rows(tmp_path: Path) -> None:
    assert len(read_json(tmp_path, '{\n "id": 1\n}\n{\n "id": 2\n}\n').rows) == 2


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    for text, line in (('[\n {"id": 1},\n {"id": 2', 3), ('{"a": [\n{"id": }]}', 2), ('[\n{"id": 1},\n', 3)):
        (tmp_path / "cut.json").write_text(text)
        fault = fault_of(tmp_path / "cut.json")
        assert (fault.line, "is not JSON" in fault.message) == (line, True)
    (tmp_path / "deep.json").write_text("[" * 100_000)
    assert "nested" in fault_of(tmp_path / "deep.json").message


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    assert "holds no list of objects" in fault_of(tmp_path / "none.json").message


def test_a_feature_has_its_id_its_properties_and_its_point(tmp_path: Path) -> None:
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [feature({"mag": 4.2}, POINT, id="q1")]})
    assert read.rows == [{"id": "q1", "mag": "4.2", "longitude": "46.75", "latitude": "39.81"}]


def test_a_feature_without_a_place_is_a_row_without_coordinates(tmp_path: Path) -> None:
    empty = {"type": "Point", "coordinates": []}
    features = [feature({"n": 1}, None), feature({"n": 2}, empty), feature({"n": 3}, POINT)]
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": features})
    assert [row["longitude"] for row in read.rows] == ["", "", "46.75"]


def test_an_area_is_a_point_in_it_with_a_radius_that_covers_it(tmp_path: Path) -> None:
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [feature({}, SQUARE), feature({}, POINT)]})
    area = read.rows[0]
    assert 46.0 < float(area["longitude"]) < 46.2
    assert 39.0 < float(area["latitude"]) < 39.2
    assert 13 < float(area["radius_km"]) < 20, "half the diagonal of 0.2 by 0.2 degrees there is 14 km"
    assert read.rows[1]["radius_km"] == ""
    assert any("1 row has a line or an area" in note for note in read.table.notes)


def test_another_reference_system_is_brought_to_degrees(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    point = {"type": "Point", "coordinates": [650_000, 4_408_000]}
    (row,) = read_json(tmp_path, {"type": "FeatureCollection", "crs": crs, "features": [feature({"n": 1}, point)]}).rows
    assert float(row["longitude"]) == pytest.approx(46.75, abs=0.01)
    assert float(row["latitude"]) == pytest.approx(39.81, abs=0.01)


def test_a_geometry_that_is_none_is_kept_as_it_is_written(tmp_path: Path) -> None:
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [feature({"n": 1}, {"type": "Blob", "x": 1})]})
    assert json.loads(read.rows[0]["geometry"]) == {"type": "Blob", "x": 1}


def test_coordinates_that_properties_repeat_stand_once(tmp_path: Path) -> None:
    same = feature({"longitude": 46.75, "latitude": "39.81"}, POINT)
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [same]})
    assert read.table.columns == ("longitude", "latitude")
    other = feature({"longitude": 1, "latitude": "39.81"}, POINT)
    read = read_json(tmp_path, {"type": "FeatureCollection", "features": [same, other]})
    assert read.table.columns == ("longitude", "latitude", "longitude (2)")
    assert "In 1 row the geometry is not what the column longitude tells." in read.table.notes


def test_linked_places_keep_their_members(tmp_path: Path) -> None:
    place = feature({"title": "Abingdon"}, POINT) | {
        "@id": "http://example.org/p1",
        "when": {"timespans": [{"start": {}}]},
    }
    read = read_json(tmp_path, {"type": "FeatureCollection", "@context": "x", "features": [place]})
    assert read.rows[0]["@id"] == "http://example.org/p1"
    assert json.loads(read.rows[0]["when.timespans"]) == [{"start": {}}]
    lines = "\n".join(json.dumps(place) for _ in range(3))
    assert [row["longitude"] for row in read_json(tmp_path, lines).rows] == ["46.75"] * 3


def test_half_a_sign_as_a_cut_text_has_it_is_told_as_one_that_is_not_known(tmp_path: Path) -> None:
    text = '[{"id": 1, "title": "Shells \\ud83d", "na\\udca5me": "\\ud83d\\udca5"}]'
    assert read_json(tmp_path, text).rows == [{"id": "1", "title": "Shells \ufffd", "name": "💥"}]


def test_columns_of_one_length_are_rows(tmp_path: Path) -> None:
    value = {"id": ["a", "b"], "date": ["2020-10-04", None], "killed": [3, 4]}
    assert read_json(tmp_path, value).rows == [
        {"id": "a", "date": "2020-10-04", "killed": "3"}, {"id": "b", "date": "", "killed": "4"},
    ]  # fmt: skip
    assert len(read_json(tmp_path, {"id": "a", "names": ["x", "y"]}).rows) == 1
