"""When: how a column of dates is read, told, asked and kept."""

from __future__ import annotations

from pathlib import Path

from geodata.model.mapping import Dates, TableMapping, changed
from geodata.store.importers import read_table
from tests.unit.importing import asked, column, dated, notes, opened, rows_of, unread, written


def test_a_number_beyond_12_proves_the_order_of_the_whole_column(tmp_path: Path) -> None:
    assert column(dated(tmp_path, "13/08/2020", "04/08/2020"), "date") == ["2020-08-13", "2020-08-04"]
    month_first = dated(tmp_path, "08/13/2020", "04/08/2020")
    assert column(month_first, "date") == ["2020-08-13", "2020-04-08"]
    assert "13 stands in the second place" in notes(month_first)


def test_an_order_that_nothing_proves_is_asked_and_no_date_is_guessed(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "04/05/2020", "05/05/2020")
    assert column(dataset, "date") == ["", "2020-05-05"], "the fifth of May is read alike in any order"
    assert asked(dataset) == ["date.order"]
    assert unread(dataset) == [(1, "date", "04/05/2020")]


def test_dots_are_the_sign_of_a_day_that_stands_first(tmp_path: Path) -> None:
    assert column(dated(tmp_path, "04.10.2020", "05.10.2020"), "date") == ["2020-10-04", "2020-10-05"]


def test_an_answer_settles_the_order_and_is_kept_in_the_mapping(tmp_path: Path) -> None:
    first = dated(tmp_path, "04/05/2020", "05/05/2020")
    mapping = first.openings[0].mapping
    assert mapping is not None
    answered = read_table(tmp_path / "table.csv", changed(mapping, "date.order", "month-first"))
    assert column(answered, "date") == ["2020-04-05", "2020-05-05"]
    assert not asked(answered) and not unread(answered)


def test_years_of_two_digits_are_asked_for_and_never_in_the_future(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "9/4/63", "2/20/49")
    assert column(dataset, "date") == ["", ""]
    assert "date.century" in asked(dataset)
    mapping = dataset.openings[0].mapping
    assert mapping is not None
    settled = read_table(tmp_path / "table.csv", changed(mapping, "date.century", 1900))
    assert column(settled, "date") == ["1963-09-04", "1949-02-20"]


def test_one_column_holds_names_of_months_weeks_and_plain_days(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "27 September 2020", "Oct 4, 2020", "2020-W40", "2020/10/05", "2020-10")
    assert column(dataset, "date") == ["2020-09-27", "2020-10-04", "2020-09-28/2020-10-04", "2020-10-05", "2020-10"]


def test_an_impossible_day_is_told_with_its_row_and_the_report_stays(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "2020-02-30", "2020-13-04", "2020-10-04")
    assert column(dataset, "date") == ["", "", "2020-10-04"]
    assert unread(dataset) == [(1, "date", "2020-02-30"), (2, "date", "2020-13-04")]
    assert "Date as written: 2020-02-30." in rows_of(dataset)[0]["note"]


def test_the_hour_and_its_zone_are_kept_and_days_are_counted_as_written(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "2020-10-04T23:30:00+04:00", "2020-10-04 21:30", "2020-10-04T21:30:00Z")
    assert column(dataset, "date") == ["2020-10-04"] * 3
    assert column(dataset, "time") == ["23:30 +04:00", "21:30", "21:30 Z"]
    assert "Days are counted as written" in notes(dataset)


def test_a_zone_that_is_none_on_earth_makes_its_cell_unread(tmp_path: Path) -> None:
    dataset = dated(tmp_path, "2020-10-04T10:00:00+99:99", "2020-10-04T10:00:00+15:00", "2020-10-04T10:00:00+14:00")
    assert column(dataset, "date") == ["", "", "2020-10-04"]
    assert [row for row, *_ in unread(dataset)] == [1, 2]


def test_days_are_counted_in_the_zone_that_the_mapping_states(tmp_path: Path) -> None:
    first = dated(tmp_path, "2020-10-04T23:30:00Z", "2020-10-04T23:30:00+04:00", "2020-10-04", "2020-10-04 23:30")
    mapping = first.openings[0].mapping
    assert mapping is not None
    moved = read_table(tmp_path / "table.csv", changed(mapping, "date.zone", "Asia/Yerevan"))
    assert column(moved, "date") == ["2020-10-05", "2020-10-04", "2020-10-04", "2020-10-04"]
    assert column(moved, "time") == ["03:30 Asia/Yerevan", "23:30 Asia/Yerevan", "", "23:30"]
    assert "counted in the zone Asia/Yerevan" in notes(moved)
    unknown = read_table(tmp_path / "table.csv", changed(mapping, "date.zone", "EST"))
    assert column(unknown, "date") == ["2020-10-04"] * 4
    assert "is no zone" in notes(unknown)


def test_the_hour_of_counted_seconds_is_that_of_utc(tmp_path: Path) -> None:
    assert column(dated(tmp_path, "1601834400", "1601856000"), "time") == ["18:00 UTC", ""]


def test_a_column_of_hours_orders_the_reports_of_a_day(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path,
        "id,date,time,latitude,longitude,source\n"
        "b,2020-10-04,23:40,39.8,46.7,Wire A\na,2020-10-04,22:15,39.8,46.7,Wire A\n",
    )
    in_order = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    assert [(row["incident_id"], row["time"]) for row in in_order] == [("a", "22:15"), ("b", "23:40")]


def test_numbers_of_seconds_and_of_spreadsheets_are_days(tmp_path: Path) -> None:
    assert column(dated(tmp_path, "1601769600000", "1601856000000"), "date") == ["2020-10-04", "2020-10-05"]
    assert column(dated(tmp_path, "44108", "44109"), "date") == ["2020-10-04", "2020-10-05"]


def test_parts_in_columns_become_spans_and_zero_is_not_known(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path,
        "Year,Month,Day,End Year,End Month,End Day,Headline,Media,lat,lon\n"
        "2020,9,27,2020,11,10,Autumn,https://example.org/a,39.8,46.7\n"
        "2020,10,,,,,October,https://example.org/b,39.8,46.7\n"
        "1988,0,0,,,,A year,https://example.org/c,39.8,46.7\n",
    )
    assert column(dataset, "date") == ["2020-09-27/2020-11-10", "2020-10", "1988"]
    assert column(dataset, "source_id") == ["example.org"] * 3


def test_an_end_before_its_start_is_flagged_and_the_row_stays(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path,
        "id,date_start,date_end,latitude,longitude,source\n"
        "a,2020-10-05,2020-10-04,39.8,46.7,Wire A\nb,2020-10-05,2020-10-06,39.8,46.7,Wire A\n",
    )
    assert column(dataset, "date") == ["", "2020-10-05/2020-10-06"]
    assert "2020-10-05 to 2020-10-04" in rows_of(dataset)[0]["note"]
    assert [row for row, *_ in unread(dataset)] == [1]


def test_a_column_that_says_how_exact_a_day_is_makes_it_a_span(tmp_path: Path) -> None:
    mapping = TableMapping(
        incident_id="id", date=Dates(start="date", precision="prec", units={"1": "day", "2": "week", "3": "month"})
    )
    path = written(tmp_path, "id,date,prec\na,2020-10-04,1\nb,2020-10-04,2\nc,2020-10-04,3\n")
    dataset = read_table(path, mapping)
    assert column(dataset, "date") == ["2020-10-04", "2020-10-01/2020-10-07", "2020-10"]
    assert "exact to the month only" in notes(dataset)
