"""The benchmark's own arithmetic: bars, moves, made-up rows. What it measures is measured by ``make bench`` alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pytest

from benchmarks import bars, large_table, table
from benchmarks.bare import pixels
from benchmarks.large import Large
from benchmarks.measure import HEIGHT, MOVES, WIDTH, Camera, Result, moves


@pytest.mark.parametrize(
    ("value", "verdict"), [(1.9, "met"), (2.1, "met, near"), (3.0, "met, near"), (3.1, "**not met**")]
)
def test_a_bar_with_less_than_a_third_to_spare_is_near(value: float, verdict: str) -> None:
    assert bars.times("a repaint", value * 10, 10, 3, "a bare loop", unit="ms").verdict == verdict


def test_a_ratio_tells_both_of_its_figures() -> None:
    bar = bars.times("a repaint", 25, 10, 3, "a bare loop", unit="ms")
    assert bar.asked == "a repaint, at most 3 × a bare loop"
    assert bar.measured == "2.50 (25.0 ms; baseline 10.0)"


def test_a_figure_that_is_missing_meets_nothing() -> None:
    assert bars.times("a repaint", None, 10, 3, "a bare loop", unit="ms").verdict == "not measured"
    assert bars.times("a repaint", 10, None, 3, "a bare loop", unit="ms").verdict == "not measured"
    assert bars.at_most("a repaint", None, 3, "ms").verdict == "not measured"


def test_a_bar_of_nothing_is_met_by_nothing_alone() -> None:
    assert bars.at_most("bytes", 0, 0, "bytes").verdict == "met"
    assert bars.at_most("bytes", 0.1, 0, "bytes").verdict == "**not met**"


def test_each_move_is_one_year_from_the_one_before() -> None:
    years = [window.year for window in moves()]
    assert len(years) == MOVES
    assert {abs(after - before) for before, after in pairwise(years)} == {1}


def test_the_middle_of_a_view_lies_in_the_middle_of_the_map() -> None:
    x, y = pixels(np.array([46.5, 46.5]), np.array([40.2, 50.0]), Camera(46.5, 40.2, 5))
    assert (x[0], y[0]) == (WIDTH / 2, HEIGHT / 2)
    assert y[1] < y[0]


def test_a_large_table_is_the_same_each_time_with_spans_blanks_and_few_large_towns(tmp_path: Path) -> None:
    rows = 20_000
    told = []
    for name in ("first", "second"):
        files = tmp_path / f"{name}.parquet", tmp_path / f"{name}-points.parquet"
        large_table.write(rows, *files)
        told.append([file.read_bytes() for file in files])
    assert told[0] == told[1]
    made = duckdb.read_parquet(str(tmp_path / "first.parquet"))
    counts = made.aggregate(
        "count(*), count(*) FILTER (date = ''), count(*) FILTER (contains(date, '/')),"
        "count(*) FILTER (latitude IS NULL), count(DISTINCT id), min(latitude) >= -90, max(abs(longitude)) <= 180"
    ).fetchall()[0]
    assert counts[0] == rows
    assert all(0 < count < rows / 20 for count in counts[1:4])
    assert rows * 0.8 < counts[4] < rows
    assert counts[5:] == (True, True)
    largest = made.aggregate("place, count(*) AS n").order("n DESC").limit(2).fetchall()
    assert largest[0][1] > 1.5 * largest[1][1]


def test_a_table_for_which_there_is_no_room_is_refused_with_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(large_table.FOLDER, str(tmp_path))
    with pytest.raises(large_table.TooSmallError, match=r"GB of disk, .* are free: free some, or name another folder"):
        large_table.kept(10**13)
    assert [*tmp_path.iterdir()] == []


def test_the_results_tell_large_tables_apart_and_what_failed_there() -> None:
    results = [Result("Attest", 1_000, repainted=[12.0]), Result("Attest", 10_000_000, repainted=[20.0])]
    vast = [Large(10_000_000, imported=99.5, failure="no answer")]
    judged = [*bars.of_large(vast[0]), *bars.beside_mosaic(results)]
    text = table.report(table.Measured({"Date": "today"}, results, vast, judged, [], 1))
    assert "10,000,000 rows: first import, at most 120 s" in text
    assert "no answer" in text
    assert text.count("### 10,000,000 rows") == 1
    assert "a bare loop over the points" in text
