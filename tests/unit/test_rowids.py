"""Reports of a large table are found by their numbers, wherever they stand in the engine's file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from geodata.count import counting
from geodata.model.selection import Selection
from geodata.store.dataset import LOCAL_ROWS, Dataset
from geodata.store.importers import open_table, ready, reports
from tests.unit.importing import written

NUMBER = 40
LINES = "\n".join(f"i{one},{2020 - one % 7}-0{1 + one % 9}-01,40.{one},45,W;T,title {one}" for one in range(NUMBER))


@pytest.fixture(params=["imported", "kept"])
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Dataset:
    """A table whose order by day is not that of the file, just imported or from its kept file."""
    monkeypatch.setenv(LOCAL_ROWS, "1")
    monkeypatch.setenv(ready.FOLDER, str(tmp_path / "kept") if request.param == "kept" else "no")
    monkeypatch.setattr(ready, "LEAST", 1)
    monkeypatch.setattr(reports, "AT_ONCE", 7)
    table = written(tmp_path, f"id,date,lat,lon,source,title\n{LINES}")
    open_table(table)
    return open_table(table)


@pytest.mark.parametrize("rows", [(), (0,), (79, 3, 3, 41), (5, 1000, -1), tuple(range(2 * NUMBER))], ids=len)
def test_reports_are_found_by_their_numbers(large: Dataset, rows: tuple[int, ...]) -> None:
    assert large.rowids is not None
    found = large.fetch(large.numbered(rows).order_by("row"))
    whole = large.fetch(large.reports.order_by("row"))
    there = sorted({row for row in rows if 0 <= row < whole.num_rows})
    assert found.equals(whole.take(pa.array(there, pa.int64())))


def test_a_part_of_the_reports_is_told_by_itself(large: Dataset) -> None:
    part = large.filtered(large.reports.filter(large.reports.title == "title 3"))
    numbers = part.fetch(part.reports)["row"].to_pylist()
    assert sorted(part.fetch(part.numbered(range(2 * NUMBER)))["row"].to_pylist()) == sorted(numbers)
    assert (counting.totals(large, Selection()).incidents, counting.totals(part, Selection()).incidents) == (NUMBER, 1)


def test_other_reports_are_found_by_their_own_numbers(large: Dataset) -> None:
    titled = large.reports.filter(large.reports.title == "title 3")
    two = large.narrowed(titled, large.fetch(titled.limit(0)))
    assert two.fetch(two.numbered([0, 1]).select("title"))["title"].to_pylist() == ["title 3"] * 2
