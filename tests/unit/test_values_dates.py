"""Columns of dates as tables of others write them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from geodata.model.dates import OPEN_END, OPEN_START, parse
from geodata.store.values import dates
from geodata.store.values.dates import months

DAYS = [date(1, 1, 1), date(987, 5, 3), *(date(1899, 12, 30) + timedelta(97 * step) for step in range(700))]


def rows(texts: list[str], order: str = "year-first", century: int | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dates.read(pa.array(texts, pa.string()), order, century).to_pylist()
    for row in found:
        if row["date"]:  # whatever is written is what the one reader of EDTF reads
            assert row["problem"] == ""
            span = parse(row["date"])
            assert (row["first_day"], row["last_day"], row["qualified"]) == (span.first, span.last, span.qualified)
        else:
            assert (row["first_day"], row["last_day"], row["qualified"]) == (None, None, False)
    return found


def one(text: str, order: str = "year-first", century: int | None = None) -> str:
    """The date of a text, or its problem."""
    (row,) = rows([text], order, century)
    assert row["date"] or row["problem"]
    return str(row["date"] or row["problem"])


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ("{0.year:04}-{0.month}-{0.day}", "year-first"),
        ("{0.year:04}/{0:%m/%d}", "year-first"),
        ("{0.year:04}.{0:%m.%d}", "day-first"),
        ("{0.day}/{0.month}/{0.year:04}", "day-first"),
        ("{0.day}.{0.month}.{0.year:04}", "day-first"),
        ("{0:%d}-{0:%m}-{0.year:04}", "day-first"),
        ("{0.day}.{0.month}.{0.year:04} г.", "day-first"),
        ("{0:%d.%m}.{0.year:04}г", "day-first"),
        ("{0.month}/{0.day}/{0.year:04}", "month-first"),
        ("{0.year:04}{0:%m%d}", "yyyymmdd"),
        ("{0.year:04}{0:%m%d}.0", "year-first"),
        ("{0.day} {0:%B} {0.year:04}", "epoch-seconds"),
        ("{0:%b} {0.day}, {0.year:04}", "spreadsheet"),
        ("{0:%a}, {0:%d} {0:%b} {0.year:04}", "year-first"),
    ],
)
def test_every_day_is_read_in_each_form(form: str, order: str) -> None:
    assert [row["first_day"] for row in rows([form.format(day) for day in DAYS], order)] == DAYS


ALIKE = [
    ("2020-10-04", "2020-10-04"),
    ("2020-10", "2020-10"),
    ("10/2020", "2020-10"),
    ("202010", "2020-10"),
    ("2020", "2020"),
    ("1988.0", "1988"),
    ("2020-00-00", "2020"),
    ("2020-10-00", "2020-10"),
    ("1970-0-0", "1970"),
    ("988", "0988"),
    ("63 AD", "0063"),
    ("AD 63", "0063"),
    ("27 September 2020", "2020-09-27"),
    ("Sept 27, 2020", "2020-09-27"),
    ("4-Oct-2020", "2020-10-04"),
    ("4th of October 2020", "2020-10-04"),
    ("October 2020", "2020-10"),
    ("2020-Oct-04", "2020-10-04"),
    ("1er octobre 2020", "2020-10-01"),
    ("4 de octubre de 2020", "2020-10-04"),
    ("4. März 2020", "2020-03-04"),
    ("27 сентября 2020 г.", "2020-09-27"),
    ("27 вересня 2020 року", "2020-09-27"),
    ("4 հոկտեմբերի 2020", "2020-10-04"),
    ("2020 թ. հոկտեմբերի 4", "2020-10-04"),
    ("4 oktyabr 2020-ci il", "2020-10-04"),
    ("İyun 2020", "2020-06"),
    ("15 Şubat 2020", "2020-02-15"),
    ("4 أكتوبر 2020", "2020-10-04"),
    ("٤ تشرين الأول ٢٠٢٠", "2020-10-04"),
    ("4 de outubro de 2020", "2020-10-04"),
    ("c. 1915", "1915~"),
    ("ca. 1915", "1915~"),
    ("circa October 2020", "2020-10~"),
    ("about 1915", "1915~"),
    ("approx. 1915", "1915~"),
    ("~1915", "1915~"),
    ("1915?", "1915?"),
    ("1915 (?)", "1915?"),
    ("c. 1915?", "1915%"),
    ("c1915", "1915~"),
    ("1915 approx.", "1915~"),
    ("in 1915", "1915"),
    ("the 4th October 2020", "2020-10-04"),
    ("суббота, 4 октября 2020", "2020-10-04"),
    ("2020年10月4日", "2020-10-04"),
    ("mid-October 2020", "2020-10~"),
    ("late 2020", "2020~"),
    ("spring 2020", "2020~"),
    ("2020-22", "2020~"),
    ("before 1915", "../1915"),
    ("until 11 April 2016", "../2016-04-11"),
    ("after 2016-04-11", "2016-04-11/.."),
    ("2022-09/", "2022-09/.."),
    ("1990s", "199X"),
    ("the 1990s", "199X"),
    ("199X", "199X"),
    ("20XX", "20XX"),
    ("2020-XX-XX", "2020"),
    ("2020-W40", "2020-09-28/2020-10-04"),
    ("2020-W40-3", "2020-09-30"),
    ("2020W01", "2019-12-30/2020-01-05"),
    ("2020-W53-7", "2021-01-03"),
    ("Q3 2020", "2020-07/2020-09"),
    ("2020-09-27/2020-11", "2020-09-27/2020-11"),
    ("2020/2021", "2020/2021"),
    ("1990-1995", "1990/1995"),
    ("c. 1915–1920", "1915~/1920"),
    ("between 1990 and 1995", "1990/1995"),
    ("2020-09-27 to 2020-11-10", "2020-09-27/2020-11-10"),
    ("27 September – 10 November 2020", "2020-09-27/2020-11-10"),
    ("4–6 October 2020", "2020-10-04/2020-10-06"),
    ("2020–21", "2020/2021"),
    ("1970s-1980s", "197X/198X"),
    ("Oct 4 - Oct 6, 2020", "2020-10-04/2020-10-06"),
    ("October 4-6, 2020", "2020-10-04/2020-10-06"),
    ("October-November 2020", "2020-10/2020-11"),
    ("с 4 октября 2020 по 6 октября 2020", "2020-10-04/2020-10-06"),
    (" 2020\u201110\u201104\u00a0", "2020-10-04"),
]
"""Texts that every order reads as the same date."""


@cache
def alike(order: str) -> dict[str, str]:
    """Each text of `ALIKE` as this order reads it, in a column of all of them."""
    texts = [text for text, _ in ALIKE]
    return dict(zip(texts, (row["date"] for row in rows(texts, order)), strict=True))


@pytest.mark.parametrize(("text", "edtf"), ALIKE)
def test_a_date_is_read_whatever_the_order_of_its_column(text: str, edtf: str) -> None:
    orders = [order for order in dates.ORDERS if order != "spreadsheet" and "epoch" not in order]
    assert [alike(order)[text] for order in orders] == [edtf] * 4


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("2020-02-30", "year-first", "February 2020 has 29 days"),
        ("30/02/2021", "day-first", "February 2021 has 28 days"),
        ("31 April 2020", "year-first", "April 2020 has 30 days"),
        ("2020-13-04", "year-first", "13 in the place of the month"),
        ("20201304", "yyyymmdd", "13 in the place of the month"),
        ("08/13/2020", "day-first", "13 in the place of the month"),
        ("13/08/2020", "year-first", "choose whether day or month"),
        ("2020-W54", "year-first", "week 54, which 2020 has not"),
        ("44 BC", "year-first", "before year 1"),
        ("c. 44 BCE", "year-first", "before year 1"),
        ("-0043", "year-first", "before year 1"),
        ("Y12020", "year-first", "after year 9999"),
        ("44108", "year-first", "choose that reading"),
        ("1601769600000", "year-first", "choose that reading"),
        ("4 October", "year-first", "no year"),
        ("--10-04", "year-first", "no year"),
        ("last week", "year-first", "write 2020-10-04"),
        ("Foo 2020", "year-first", "write 2020-10-04"),
        ("[1667,1668]", "year-first", "write 2020-10-04"),
        ("../..", "year-first", "write 2020-10-04"),
        ("2020-10-04 25:10", "year-first", "time of day"),
        ("2020-11/2020-09", "year-first", "ends before it starts"),
        ("4-Oct-20", "year-first", "year of two digits"),
        ("9/4/63", "month-first", "year of two digits"),
        ("0", "epoch-seconds", "stands for no day"),
        ("60", "spreadsheet", "February 1900 has 28 days"),
        ("99999999999999999", "epoch-milliseconds", "outside the years"),
    ],
)
def test_what_names_no_day_says_why_and_is_never_blank_in_silence(text: str, order: str, reason: str) -> None:
    assert reason in one(text, order)


@pytest.mark.parametrize("text", ["", "  ", None, "NA", "n/a", "NaN", "-", "—", "Unknown", "?", "0000-00-00", "0"])
def test_a_date_that_is_not_given_is_blank_and_no_problem(text: str) -> None:
    (row,) = rows([text])
    assert (row["date"], row["problem"], row["time"]) == ("", "", "")


def test_two_digits_are_a_year_of_the_century_that_is_said() -> None:
    texts = ["9/4/63", "2/20/49", "4-Oct-20", "Oct 4, '20"]
    assert {row["problem"] for row in rows(texts, "month-first")} == {dates.SHORT_YEAR}
    in_1900 = [row["date"] for row in rows(texts, "month-first", 1900)]
    assert in_1900 == ["1963-09-04", "1949-02-20", "1920-10-04", "1920-10-04"]
    from_1950 = [row["date"][:4] for row in rows(texts, "month-first", 1950)]
    assert from_1950 == ["1963", "2049", "2020", "2020"]


def test_a_spreadsheet_counts_days_and_parts_of_a_day() -> None:
    texts = ["44108", "44108.5993055556", "1", "59", "61", "2020-10-04"]
    found = rows(texts, "spreadsheet")
    assert [row["date"] for row in found] == [
        "2020-10-04", "2020-10-04", "1900-01-01", "1900-02-28", "1900-03-01", "2020-10-04",
    ]  # fmt: skip
    assert [row["time"] for row in found] == ["", "14:23", "", "", "", ""]


def test_seconds_and_milliseconds_count_from_1970_in_utc() -> None:
    assert [(row["date"], row["time"]) for row in rows(["1601769600", "1601847005", "-86400"], "epoch-seconds")] == [
        ("2020-10-04", ""), ("2020-10-04", "21:30:05"), ("1969-12-31", ""),
    ]  # fmt: skip
    (row,) = rows(["1601855999999"], "epoch-milliseconds")
    assert (row["date"], row["time"]) == ("2020-10-04", "23:59:59")


@pytest.mark.parametrize(
    ("texts", "order", "others", "why"),
    [
        (["04/08/2020", "13/08/2020"], "day-first", (), "13 stands in the first place, as in 13/08/2020"),
        (["1.9.2020", "27.9.2020"], "day-first", (), "27 stands in the first place"),
        (["9/4/63", "2/20/49"], "month-first", (), "20 stands in the second place"),
        (["2020-10-04", "c. 10/13/2020"], "month-first", (), "13 stands in the second place"),
        (["63-10-04", "62-01-02"], "year-first", (), "63 stands in the first place"),
        (["04/08/2020", "05/08/2020"], "day-first", ("month-first",), "no number tells"),
        (["2020-10-04", "4 Oct 2020"], "year-first", (), "as in 2020-10-04"),
        (["2020-09-27/2020-11-10"], "year-first", (), "as in 2020-09-27"),
        (["2020", "1988"], "year-first", (), "as in 2020"),
        (["20201004"], "yyyymmdd", (), "eight digits"),
        (["44108", "44109.5", "2020-10-04"], "spreadsheet", (), "between 2020-10-04 and 2020-10-05"),
        (["1601769600"], "epoch-seconds", (), "2020-10-04"),
        (["1601769600000", "-172800000000"], "epoch-milliseconds", (), "between 1964-07-11 and 2020-10-04"),
        (["NA", ""], "year-first", (), "no date is given"),
    ],
)
def test_a_column_proves_its_order_where_it_can(
    texts: list[str], order: str, others: tuple[str, ...], why: str
) -> None:
    found = dates.guess(pa.array(texts))
    assert (found.order, found.others, found.is_proved) == (order, others, not others)
    assert why in found.why


def test_a_column_that_contradicts_itself_proves_nothing_but_one_slip_in_many_does_not_count() -> None:
    assert not dates.guess(pa.array(["13/08/2020", "08/13/2020"])).is_proved
    many = [f"{day}/08/{year}" for day in range(1, 29) for year in range(1990, 2020)]
    found = dates.guess(pa.array([*many, "08/13/2020"]))
    assert (found.order, found.is_proved) == ("day-first", True)
    assert "1 of 841 different texts" in found.why


def test_no_name_of_a_month_means_two_months() -> None:
    for language in months.NAMES:
        assert language.count("|") == 11
        for number, names in enumerate(language.split("|"), 1):
            found = months.numbers(pa.array([name.replace("_", " ") for name in names.split()], pa.string()))
            assert set(found.tolist()) <= {number}


def test_open_ends_are_those_of_the_model() -> None:
    before, after = rows(["until 2016", "since 2016"])
    assert (before["first_day"], after["last_day"]) == (OPEN_START, OPEN_END)
