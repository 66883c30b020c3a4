"""Typed columns as the text a person would write: Parquet, GeoParquet, Arrow, Stata."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather
from shapely.geometry import Point, box

from tests.unit.raw_table import fault_of, opened

TYPED = pa.table(
    {
        "whole": pa.array([3.0, None]), "large": pa.array([1601769600040.0, 1e-7]), "degrees": pa.array([39.81, -0.5]),
        "short": pa.array([39.81, float("nan")], pa.float32()), "yes": pa.array([True, None]),
        "day": pa.array([dt.date(2020, 10, 4), None]),
        "time": pa.array([dt.datetime(2020, 10, 4, 14, 20), dt.datetime(2020, 10, 4)], pa.timestamp("ns")),
        "zone": pa.array([dt.datetime(2020, 10, 4, 14, 20), None], pa.timestamp("us", "Asia/Baku")),
        "price": pa.array([Decimal("1.50"), None]), "word": pa.array(["Обстрел", ""]).dictionary_encode(),
        "list": pa.array([["a", "ä"], None]), "geo": pa.array([{"lat": 1.0, "at": {"x": 2}}, None]),
    }
)  # fmt: skip

WRITTEN = {
    "whole": "3", "large": "1601769600040", "degrees": "39.81", "short": "39.81", "yes": "true", "day": "2020-10-04",
    "time": "2020-10-04T14:20:00", "zone": "2020-10-04T18:20:00+04:00", "price": "1.50", "word": "Обстрел",
    "list": '["a", "ä"]', "geo.lat": "1", "geo.at.x": "2",
}  # fmt: skip


@pytest.mark.parametrize("form", ["Parquet", "Arrow"])
def test_cells_of_any_type_are_written_as_a_person_writes_them(tmp_path: Path, form: str) -> None:
    path = tmp_path / "table"
    if form == "Parquet":
        pq.write_table(TYPED, path)
    else:
        with pa.ipc.new_file(path, TYPED.schema) as file:
            file.write_table(TYPED)
    read = opened(path)
    assert read.rows[0] == WRITTEN
    blank = {name: text for name, text in read.rows[1].items() if text}
    assert blank == {"large": "1e-07", "degrees": "-0.5", "time": "2020-10-04"}


@pytest.mark.parametrize(
    "column",
    [
        pa.array([2**60, 0], pa.date64()),
        pa.array([[2**62], [0]], pa.list_(pa.timestamp("s"))),
        pa.array([2**62, 0], pa.duration("s")),
        pa.array([{"at": [2**31 - 1]}, None], pa.struct([("at", pa.list_(pa.date32()))])),
    ],
    ids=lambda column: str(column.type),
)
def test_a_day_or_time_beyond_what_python_counts_stops_no_table(tmp_path: Path, column: pa.Array) -> None:
    table = pa.table({"id": ["a", "b"], "date": column})
    with pa.ipc.new_file(tmp_path / "table", table.schema) as file:
        file.write_table(table)
    read = opened(tmp_path / "table")
    assert [row["id"] for row in read.rows] == ["a", "b"]
    assert any("out of range" in str(cell) for cell in read.rows[0].values())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_bytes_of_a_text_that_are_not_utf_8_are_shown_as_such(tmp_path: Path, kind: pa.DataType) -> None:
    table = pa.table({"id": ["a", "b", "c"], "title": pa.array(["in BakuXX", None, "x"], kind)})
    for name in ("Parquet", "Arrow"):
        path = tmp_path / name
        if name == "Parquet":
            pq.write_table(table, path, compression="none", use_dictionary=False, write_statistics=False)
        else:
            with pa.ipc.new_file(path, table.schema) as file:
                file.write_table(table)
        content = path.read_bytes()
        assert b"BakuXX" in content
        path.write_bytes(content.replace(b"BakuXX", b"Baku\xffX"))
        assert [row["title"] or None for row in opened(path).rows] == ["in Baku\ufffdX", None, "x"]


def test_moments_in_a_zone_that_nobody_knows_are_written_in_utc(tmp_path: Path) -> None:
    moment = pa.array([1_600_000_000_000], pa.timestamp("ms", "Mars/Olympus"))
    feather.write_feather(pa.table({"id": ["a"], "date": moment}), tmp_path / "a.arrow")
    (row,) = opened(tmp_path / "a.arrow").rows
    assert row["date"] == "2020-09-13T12:26:40Z"


def test_a_stream_of_arrow_is_read(tmp_path: Path) -> None:
    with pa.ipc.new_stream(tmp_path / "table", TYPED.schema) as file:
        file.write_table(TYPED)
    assert opened(tmp_path / "table").rows[0] == WRITTEN


def test_wholly_empty_rows_are_counted(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": ["x", "", "y"], "b": pa.array([None, None, 1])}), tmp_path / "table")
    read = opened(tmp_path / "table")
    assert ([row["a"] for row in read.rows], read.numbers) == (["x", "y"], [1, 2])
    assert "1 wholly empty row is left out." in read.table.notes


@pytest.mark.parametrize("crs", [4326, 3857, None])
def test_geoparquet_has_its_places_in_degrees(tmp_path: Path, crs: int | None) -> None:
    frame = gpd.GeoDataFrame({"id": ["a", "b"]}, geometry=[Point(46.75, 39.81), box(46, 39, 46.2, 39.2)], crs=4326)
    (frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)).to_parquet(tmp_path / "table")
    read = opened(tmp_path / "table")
    assert read.table.columns == ("id", "longitude", "latitude", "radius_km")
    assert float(read.rows[0]["longitude"]) == pytest.approx(46.75)
    assert 13 < float(read.rows[1]["radius_km"]) < 20


@pytest.mark.parametrize(
    "geo",
    [
        b"no json",
        b"[]",
        b'{"primary_column": true}',
        b'{"primary_column": "x", "columns": {}}',
        b'{"primary_column": 0, "columns": []}',
    ],
)
def test_what_is_said_of_a_geometry_may_be_nonsense(tmp_path: Path, geo: bytes) -> None:
    pq.write_table(pa.table({"x": ["a"]}).replace_schema_metadata({b"geo": geo}), tmp_path / "table")
    assert opened(tmp_path / "table").rows == [{"x": "a"}]


def test_a_geometry_that_is_no_geometry_is_blank(tmp_path: Path) -> None:
    geo = json.dumps({"primary_column": "x", "columns": {"x": {"encoding": "WKB"}}}).encode()
    pq.write_table(
        pa.table({"id": ["a"], "x": [b"nonsense"]}).replace_schema_metadata({b"geo": geo}), tmp_path / "table"
    )
    assert opened(tmp_path / "table").rows[0]["id"] == "a"


def test_stata_gives_its_labels_and_its_days(tmp_path: Path) -> None:
    frame = pd.DataFrame({
        "id": [1, 2], "lat": pd.array([39.81, 40.5], dtype="float32"), "kind": pd.Categorical(["bomb", "raid"]),
        "day": pd.to_datetime(["2020-01-02", None]), "title": ["Обстрел", "x"], "killed": [1.0, None],
    })  # fmt: skip
    frame.to_stata(tmp_path / "table", version=118, write_index=False, convert_dates={"day": "td"})
    read = opened(tmp_path / "table")
    assert read.rows == [
        {"id": "1", "lat": "39.81", "kind": "bomb", "day": "2020-01-02", "title": "Обстрел", "killed": "1"},
        {"id": "2", "lat": "40.5", "kind": "raid", "day": "", "title": "x", "killed": ""},
    ]


@pytest.mark.parametrize("version", [114, 117])
def test_older_stata_is_read(tmp_path: Path, version: int) -> None:
    pd.DataFrame({"id": [1], "t": ["x"]}).to_stata(tmp_path / "table", version=version, write_index=False)
    assert opened(tmp_path / "table").rows == [{"id": "1", "t": "x"}]


@pytest.mark.parametrize(
    "start", [b"PAR1", b"ARROW1\0\0", b"\xff\xff\xff\xff", b"<stata_dta><header><release>118</release>"]
)
def test_a_broken_file_is_told(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "table").write_bytes(start + bytes(range(256)) * 40)
    assert "is a broken" in fault_of(tmp_path / "table").message
