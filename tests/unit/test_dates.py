"""EDTF dates as spans of possible days."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf

from geodata.model import dates


@pytest.mark.parametrize("text", ["2020", "0987", "2020-02", "1900-02", "2016-12", "2020-02-29", "1999-12-31"])
def test_the_calendar_gives_a_plain_date_the_bounds_the_library_gives_it(text: str) -> None:
    parsed = parse_edtf(text)
    bounds = [date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict())]
    assert dates.parse(text) == dates.Span(*bounds)


def test_a_month_spans_its_first_to_its_last_day() -> None:
    assert dates.parse("2020-02") == dates.Span(date(2020, 2, 1), date(2020, 2, 29))


def test_a_decade_spans_ten_years() -> None:
    assert dates.parse("199X") == dates.Span(date(1990, 1, 1), date(1999, 12, 31))


def test_an_interval_runs_from_the_first_to_the_last_day_of_its_ends() -> None:
    assert dates.parse("2020-09-27/2020-11") == dates.Span(date(2020, 9, 27), date(2020, 11, 30))


def test_an_open_end_is_before_or_after_every_day() -> None:
    assert dates.parse("../2016-04-11") == dates.Span(dates.OPEN_START, date(2016, 4, 11))
    assert dates.parse("2022-09/..").last == dates.OPEN_END


def test_signs_of_doubt_mark_a_span_as_qualified_and_do_not_widen_it() -> None:
    assert dates.parse("2020-10~") == dates.Span(date(2020, 10, 1), date(2020, 10, 31), qualified=True)
    assert dates.parse("2023?").qualified


def test_a_vague_date_is_in_the_window_its_span_touches() -> None:
    span = dates.parse("2020-10")
    assert span.touches(date(2020, 10, 31), date(2020, 12, 1))
    assert not span.touches(date(2020, 11, 1), date(2020, 12, 1))


def test_surely_inside_asks_for_every_possible_day() -> None:
    assert dates.parse("2020-10").surely_inside(date(2020, 10, 1), date(2020, 10, 31))
    assert not dates.parse("2020-10").surely_inside(date(2020, 10, 2), date(2020, 12, 1))
    assert not dates.parse("2020-10~").surely_inside(date(2000, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-13", "month 13"),
        ("2020-02-30", "no such day"),
        ("2020-10-00", "no such day"),
        ("2020-00", "month 00"),
        ("../..", "write"),
        ("2020/2021/2022", "write"),
        ("04/10/2020", "year first"),
        ("2020-10-4", "two digits"),
        ("2020-11/2020-09", "ends before it begins"),
        ("2020-10-04T10:00", "without a time"),
        ("last week", "write 2020-10-04"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-10-04", "4 Oct 2020"),
        ("2020-10", "Oct 2020"),
        ("2020", "2020"),
        ("199X", "the 1990s"),
        ("2020-10~", "about Oct 2020"),
        ("2023?", "2023 (uncertain)"),
        ("../2016-04-11", "until 11 Apr 2016"),
        ("2022-09/..", "from Sep 2022"),
        ("2020-09-27/2020-11", "27 Sep 2020 – Nov 2020"),
        ("", "no date"),
    ],
)
def test_a_date_is_spoken_with_its_doubt(text: str, words: str) -> None:
    assert dates.spoken(text) == words


def test_a_window_is_spoken_with_no_part_twice() -> None:
    assert dates.spoken_window(date(2020, 9, 27), date(2020, 11, 10)) == "27 Sep – 10 Nov 2020"
    assert dates.spoken_window(date(2016, 4, 1), date(2016, 4, 5)) == "1 – 5 Apr 2016"
