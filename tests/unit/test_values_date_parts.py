"""Dates apart from their times, put together from parts, of two columns, and as wide as a table says."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from geodata.model.dates import parse
from geodata.store.values import dates


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2020-10-04T21:30:00Z", ("2020-10-04", "21:30", "Z")),
        ("2020-10-04T23:30:05+04:00", ("2020-10-04", "23:30:05", "+04:00")),
        ("2020-10-04T23:30:05.123+0400", ("2020-10-04", "23:30:05", "+0400")),
        ("20201004T213005Z", ("20201004", "21:30:05", "Z")),
        ("20201004213005", ("20201004", "21:30:05", "")),
        ("2020/10/05 14:20", ("2020/10/05", "14:20", "")),
        ("2020-10-04T09", ("2020-10-04", "09:00", "")),
        ("10/4/2020 9:05 PM", ("10/4/2020", "21:05", "")),
        ("10/4/2020 12:05 a.m.", ("10/4/2020", "00:05", "")),
        ("Oct 4, 2020, 9 pm", ("Oct 4, 2020", "21:00", "")),
        ("4 October 2020 at 14h20", ("4 October 2020", "14:20", "")),
        ("4 October 2020 14:20 MSK", ("4 October 2020", "14:20", "MSK")),
        ("Sun Oct 04 2020 21:30:00 GMT+0400 (Armenia Standard Time)", ("Sun Oct 04 2020", "21:30", "GMT+0400")),
        ("Sun Oct 04 21:30:00 +0000 2020", ("Sun Oct 04 2020", "21:30", "+0000")),
        ("2020-10-04 00:00:00", ("2020-10-04", "", "")),
        ("2020-10-04 00:00:00.000", ("2020-10-04", "", "")),
        ("2020-10-04T00:00:00Z", ("2020-10-04", "", "")),
        ("10/4/2020 0:00", ("10/4/2020", "", "")),
        ("2020-10-04", ("2020-10-04", "", "")),
        ("27 September 2020", ("27 September 2020", "", "")),
        ("1. 9. 2020", ("1. 9. 2020", "", "")),
        ("2020-W40-3", ("2020-W40-3", "", "")),
        ("2020-09-27/2020-11-10", ("2020-09-27/2020-11-10", "", "")),
        ("1601769600000", ("1601769600000", "", "")),
        ("2020-10-04 25:10", ("2020-10-04 25:10", "", "")),
        ("", ("", "", "")),
        (None, ("", "", "")),
    ],
)
def test_the_time_of_day_is_parted_from_the_day(text: str | None, parts: tuple[str, str, str]) -> None:
    with_time = dates.with_time("SELECT ?::VARCHAR AS written", "written")
    query = f"SELECT written_day, written_time, written_zone FROM ({with_time})"
    assert duckdb.connect().execute(query, [text]).fetchone() == parts


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("1970", "1", "5"), "1970-01-05"),
        (("1970", "1", "0"), "1970-01"),
        (("1970", "0", "0"), "1970"),
        (("1970", "0", "5"), "1970"),
        (("1970.0", "01.0", "05.0"), "1970-01-05"),
        (("1988", "", None), "1988"),
        (("1988", "NA", "-"), "1988"),
        (("2020", "September", "27"), "27 September 2020"),
        (("2020", "Sep", ""), "Sep 2020"),
        (("987", "5", "3"), "0987-05-03"),
        (("63", "5", "3"), "63-05-03"),
        (("1970", "13", "5"), "1970-13-05"),
        (("1970", "2", "30"), "1970-02-30"),
        (("", "5", "3"), "--5-3"),
        (("0", "0", "0"), ""),
    ],
)
def test_a_date_is_put_together_from_its_parts(parts: tuple[str, str, str | None], text: str) -> None:
    query = f"SELECT {dates.from_parts('y', 'm', 'd')} FROM (SELECT ? AS y, ? AS m, ?::VARCHAR AS d)"
    assert duckdb.connect().execute(query, list(parts)).fetchone() == (text,)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2020-09-27", "2020-11-10", "2020-09-27/2020-11-10"),
        ("2020-09-27", "2020-11", "2020-09-27/2020-11"),
        ("2020-09-27", "2020-09-27", "2020-09-27"),
        ("2020-09-27", "", "2020-09-27"),
        ("", "2020-11-10", "../2020-11-10"),
        ("", "", ""),
        ("2020~", "2021", "2020~/2021"),
        ("2020-09/2020-10", "2020-12", "2020-09/2020-12"),
        ("../2020-10", "2020-12", "../2020-12"),
        ("2020-09", "2020-12/..", "2020-09/.."),
    ],
)
def test_two_columns_make_one_span(start: str, end: str, span: str) -> None:
    (row,) = dates.between(pa.array([start]), pa.array([end])).to_pylist()
    assert (row["start"], row["end"], row["date"], row["problem"]) == (start, end, span, "")
    if span:
        days = parse(span)
        assert (row["first_day"], row["last_day"], row["qualified"]) == (days.first, days.last, days.qualified)


def test_an_end_before_its_start_is_told_with_both_and_leaves_no_date() -> None:
    start, end = pa.array(["2020-10-05", "2020-10-05"]), pa.array(["2020-10-04", "2020-10-06"])
    backward, forward = dates.between(start, end).to_pylist()
    assert (backward["date"], backward["first_day"]) == ("", None)
    assert "ends before it starts (2020-10-05 to 2020-10-04)" in backward["problem"]
    assert forward["date"] == "2020-10-05/2020-10-06"


@pytest.mark.parametrize(
    ("day", "unit", "span"),
    [
        ("2020-10-04", "day", "2020-10-04"),
        ("2020-10-04", "", "2020-10-04"),
        ("2020-10-01", "week", "2020-09-28/2020-10-04"),
        ("2020-10-01", "month", "2020-10"),
        ("2020-10-01", "year", "2020"),
        ("2020-10-01", "unknown", "2020-10-01?"),
        ("2020-10-01~", "unknown", "2020-10-01~"),
        ("2020-10-01~", "month", "2020-10~"),
        ("2020", "month", "2020"),
        ("2020-10", "week", "2020-10"),
        ("2020-09-27/2020-11-10", "month", "2020-09/2020-11"),
        ("2020-09-27/2020-11-10", "year", "2020"),
        ("../2020-11-10", "month", "../2020-11-10"),
        ("0001-01-02", "week", "0001-01-01/0001-01-05"),
        ("", "month", ""),
    ],
)
def test_a_day_is_as_wide_as_its_table_says_and_never_narrower(day: str, unit: str, span: str) -> None:
    (row,) = dates.coarsened(pa.array([day]), pa.array([unit])).to_pylist()
    assert (row["date"], row["unit"], row["span"]) == (day, unit, span)
    if span:
        days = parse(span)
        assert (row["first_day"], row["last_day"], row["qualified"]) == (days.first, days.last, days.qualified)


def test_a_unit_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        dates.coarsened(pa.array(["2020"]), pa.array(["fortnight"]))
