"""What broke the loaders when they were attacked: none of it is a traceback, and no row of it is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.model.selection import Selection
from geodata.store.importers import open_table
from geodata.tell import words
from tests.unit.importing import HEAD, column, dated, notes, opened, unread


def test_a_row_that_begins_with_a_hash_is_a_row(tmp_path: Path) -> None:
    lines = [f"{name},2020-01-01,39,46,A,Fire" for name in ("a1", "#300380.0", "# a note", '"#b,""q"""', "a5")]
    assert len(column(opened(tmp_path, "\n".join((HEAD, *lines))), "incident_id")) == len(lines)


def test_days_that_no_calendar_has_are_told_and_the_window_still_works(tmp_path: Path) -> None:
    odd = ("0000-01-01", "-0044-03-15", "2020-02-30", "2020-13-45")
    dataset = dated(tmp_path, *odd, "2020-01-02")
    assert {text for _, name, text in unread(dataset) if name == "date"} == set(odd)
    chosen = Selection(first=date(1, 1, 1), last=date(9999, 12, 31))
    assert words.sentence(words.summarise(dataset, chosen), chosen).startswith("1 report ")


def test_counts_that_no_count_is_are_told_and_blank(tmp_path: Path) -> None:
    texts = ("99999999999", "-5", "1e308", "nan", "12 dead", '"1,200"')
    lines = (f"a{number},2020-01-01,39,46,A,Fire,{text}" for number, text in enumerate(texts))
    dataset = opened(tmp_path, "\n".join((f"{HEAD},deaths_best", *lines)) + "\n")
    assert column(dataset, "deaths_best") == [None, None, None, None, 12, 1200]
    assert [text for *_, text in unread(dataset)] == ["99999999999", "-5", "1e308"]
    assert "no known number (nan)" in notes(dataset)


SAID = ({"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}, {"primary_column": True}, [],
        True, {"primary_column": "absent", "columns": {"absent": {"encoding": "WKB"}}})  # fmt: skip


@pytest.mark.parametrize("said", SAID, ids=json.dumps)
def test_a_geometry_that_is_none_is_a_column_like_any_other(tmp_path: Path, said: object) -> None:
    told = {"id": ["a1", "a2"], "latitude": [39.0, 39.1], "longitude": [46.0, 46.1], "geometry": [True, False]}
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table(told).replace_schema_metadata({b"geo": json.dumps(said).encode()}), path)
    dataset = open_table(path)
    assert dataset.openings[0].columns == tuple(told)
    assert column(dataset, "latitude") == told["latitude"]
