"""What makes an import of many rows fast changes nothing of what is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from geodata.count import asked
from geodata.model.selection import Selection
from geodata.store.dataset import INCIDENTS, keep
from geodata.store.importers import reports
from geodata.store.importers.columns import ABSENT, BLANK_CODES, Columns
from tests.unit.importing import opened

ROWS = """id,date,time,lat,lon,source,title
b,2020-10-04,21:30,40.1,45.2,W;T,second
a,2020-10-04,9:15,40.2,45.3,T,first
,2019,,,,W, no place
a,undated,,40.2,45.3,,NA
c,2020-10-04,,95,45.3,W,neither
a,2020-10-05,,40.2,45.3,T,again
"""


@pytest.mark.parametrize("at_once", [1, 2, 4])
@pytest.mark.parametrize("text", [ROWS, ROWS.replace("21:30", "").replace("9:15", "")], ids=["times", "days"])
def test_reports_that_are_put_together_in_parts_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, text: str
) -> None:
    whole = opened(tmp_path, text)
    monkeypatch.setattr(reports, "AT_ONCE", at_once)
    monkeypatch.setattr(reports, "MOST_GROUPS", at_once)
    parts = opened(tmp_path, text)
    here, there = (one.fetch(one.reports.order_by("row")) for one in (whole, parts))
    assert here.to_pylist() == there.to_pylist()
    assert here["row"].to_pylist() == list(range(7)), "a row with two sources is two reports"
    notes = whole.openings[0].notes
    assert parts.openings[0].notes == notes
    assert "1 incident of one source in several rows: all of them are kept." in notes
    named = set(here["incident_id"].to_pylist())
    assert [one.kept[INCIDENTS] for one in (whole, parts)] == [str(len(named)).encode()] * 2
    assert asked.totals(whole, Selection()).incidents == len(named)


def test_a_column_without_a_cell_to_trim_is_read_as_it_stands() -> None:
    signs = [chr(code) for code in BLANK_CODES]
    unlike = [*ABSENT, *(f"{sign}a" for sign in signs), *(f"é{sign}" for sign in signs), *signs]
    plain = ["", "a", "a b", "é", "日本", "na", "Nan", "xNA", "None of them"]
    for cells, is_plain in ((plain, True), *(([*plain, cell], False) for cell in unlike)):
        connection = duckdb.connect()
        keep(connection, "raw", pa.table({"n": range(len(cells)), "c0": pa.array(cells, pa.string())}))
        columns = Columns(("title",))
        known = columns.looked_through(connection, ["title", "nowhere"])
        assert (known.plain == {0}) == is_plain, cells
        read = [
            connection.execute(f"SELECT {each.text('title')} FROM raw ORDER BY n").fetchall()
            for each in (columns, known, replace(columns, plain=frozenset({0}), full=frozenset({0})))
        ]
        assert read[0] == read[1]
        assert (read[0] == read[2]) == is_plain, cells


def test_a_cell_without_a_text_is_blank_though_nothing_of_its_column_is_trimmed() -> None:
    connection = duckdb.connect()
    keep(connection, "raw", pa.table({"n": range(2), "c0": ["1.5", None], "c1": ["2.5", "3"]}))
    known = Columns(("latitude", "longitude")).looked_through(connection, ["latitude", "longitude"])
    assert (known.plain, known.full) == ({0, 1}, {1})
    texts = ", ".join(map(known.text, known.names))
    assert connection.execute(f"SELECT {texts} FROM raw ORDER BY n").fetchall() == [("1.5", "2.5"), ("", "3")]
