"""JSON in which something stands twice: nothing of it is lost, and it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.raw_table import fault_of
from tests.unit.test_readers_json import POINT, feature, read_json


def test_a_key_that_stands_twice_is_told_and_loses_nothing(tmp_path: Path) -> None:
    twice = '{"id": 1, "deaths": 3, "deaths": 30, "geo": {"lat": 39.8, "lat": 40.1}}'
    expected = {"id": "1", "deaths": "3", "deaths (2)": "30", "geo.lat": "39.8", "geo.lat (2)": "40.1"}
    for text in (f"[{twice}]", f"{twice}\n{twice}\n", f'{{"events": [{twice}, {twice}]}}'):
        read = read_json(tmp_path, text)
        assert read.rows[0] == expected
        assert any("a key stands twice ('deaths' and 'lat')" in note or "('lat' and 'deaths')" in note
                   for note in read.table.notes)  # fmt: skip


def test_a_key_with_a_number_of_its_own_keeps_it(tmp_path: Path) -> None:
    (row,) = read_json(tmp_path, '[{"a": 1, "a": 2, "a (2)": 3}]').rows
    assert sorted(row.values()) == ["1", "2", "3"]
    assert row["a (2)"] == "3"


def test_a_geometry_that_tells_its_place_twice_is_kept_as_it_is_written(tmp_path: Path) -> None:
    twice = '{"type": "Point", "coordinates": [46.7, 39.8], "coordinates": [10, 10]}'
    one = f'{{"type": "Feature", "properties": {{"id": 1}}, "geometry": {twice}}}'
    read = read_json(tmp_path, f'{{"type": "FeatureCollection", "features": [{one}]}}')
    assert "46.7" in read.rows[0]["geometry"] and "10" in read.rows[0]["geometry"]
    assert any("'coordinates'" in note for note in read.table.notes)


def test_features_in_two_lists_or_two_collections_are_all_read(tmp_path: Path) -> None:
    one, two = (json.dumps(feature({"id": number}, POINT)) for number in (1, 2))
    kind = '"type": "FeatureCollection"'
    for text in (f'{{{kind}, "features": [{one}], "features": [{two}]}}',
                 f'{{{kind},\n"features": [{one}]}}\n{{{kind},\n"features": [{two}]}}'):  # fmt: skip
        assert [row["id"] for row in read_json(tmp_path, text).rows] == ["1", "2"]


def test_a_reference_system_after_the_features_counts(tmp_path: Path) -> None:
    place = {"type": "Point", "coordinates": [8572000.0, 4714000.0]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    (row,) = read_json(
        tmp_path, {"type": "FeatureCollection", "features": [feature({"id": 1}, place)], "crs": crs}
    ).rows
    assert float(row["longitude"]) == pytest.approx(77.0, abs=0.1)


def test_what_follows_a_list_is_not_lost_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "feed").write_text('[{"id": 1},\n{"id": 2}]\n[{"id": 3}]', encoding="utf-8")
    fault = fault_of(tmp_path / "feed")
    assert (fault.line, "more after the list" in fault.message) == (3, True)
