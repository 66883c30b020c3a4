"""The shapes that a date is written in, as patterns, and how the parts of each become days.

Each shape is tried on the texts that no earlier one matched, all at once. A group of a pattern is named by what it
holds: ``y`` a year, ``yy`` a year of two digits, ``m`` a month, ``name`` a month's name, ``d`` a day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.store.values.dates import months
from geodata.store.values.dates.readings import (
    FIRST_YEAR,
    LAST_YEAR,
    Readings,
    calendar,
    iso,
    length_of_month,
)
from geodata.store.values.forms import Texts, objects, of_form

NUMBER_ORDERS = ("spreadsheet", "epoch-seconds", "epoch-milliseconds")
"""Orders under which a number is a count of days, seconds or milliseconds."""

SHORT_YEAR = "has a year of two digits; say which century it lies in (2000 to 2099, 1900 to 1999 …)"
BEFORE_YEAR_1 = "lies before year 1: it is listed and not drawn"
AFTER_YEAR_9999 = "lies after year 9999: it is listed and not drawn"


class Shape(NamedTuple):
    """A pattern and what makes days of its groups (null where a group is absent); ``century`` as in `reading.read`."""

    pattern: str
    read: Callable[[pa.StructArray, int | None], Readings]


def read(texts: pa.Array, order: str, century: int | None) -> Readings:
    """The texts that have one of the shapes of an order; the others stay unread.

    A later shape may read a text that an earlier one matched, if its word was no month: ``2020-W40``.
    """
    found, rest = Readings(len(texts)), np.arange(len(texts))
    for shape in SHAPES[order]:
        if not rest.size:
            break
        groups, matched = of_form(texts, rest, shape.pattern)
        if matched.any():
            found.put(rest[matched], shape.read(groups, century))
            rest = rest[found.is_unread[rest]]
    return found


def _number(groups: pa.StructArray, name: str) -> NDArray[np.int64]:
    """A group of digits as numbers; 0 where the group is blank or the pattern has none of this name."""
    if name not in {field.name for field in groups.type}:
        return np.zeros(len(groups), np.int64)
    digits = groups.field(name)
    filled = pc.if_else(pc.equal(digits, ""), "0", digits)
    numbers: NDArray[np.int64] = pc.cast(filled, pa.int64()).to_numpy()
    return numbers


def _days(groups: pa.StructArray, century: int | None) -> Readings:
    """Days, months and years from their parts. A part that is 0 is not known; a word that is no month stays unread."""
    names = {field.name for field in groups.type}
    month = months.numbers(groups.field("name")) if "name" in names else _number(groups, "m")
    year, day = _number(groups, "y"), _number(groups, "d")
    if "yy" in names:
        short = _number(groups, "yy")
        year = short if century is None else century + (short - century) % 100
    problem = _problems(year, month, day)
    if "yy" in names and century is None:
        problem[:] = SHORT_YEAR
    problem[month == -1] = ""
    fine = (problem == "") & (month != -1)
    found = Readings(len(groups))
    found.problem = problem
    found.put(np.flatnonzero(fine), calendar(year[fine], month[fine], day[fine]))
    return found


def _problems(year: NDArray[Any], month: NDArray[Any], day: NDArray[Any]) -> Texts:
    """What keeps parts from being a day of the calendar, in words; blank where nothing does."""
    problem: Texts = np.full(len(year), "", object)
    outside = (year < FIRST_YEAR) | (year > LAST_YEAR)
    wrong_month = (month > 12) & ~outside
    length = length_of_month(np.where(outside, FIRST_YEAR, year), np.clip(month, 1, 12))
    wrong_day = (month > 0) & (day > length) & ~outside & ~wrong_month
    problem[outside] = BEFORE_YEAR_1
    for row in np.flatnonzero(wrong_month):
        problem[row] = f"has {month[row]} in the place of the month"
    for row in np.flatnonzero(wrong_day):
        name = months.ENGLISH[month[row] - 1]
        problem[row] = f"names no day of the calendar: {name} {year[row]} has {length[row]} days"
    return problem


def _week(groups: pa.StructArray, _: int | None) -> Readings:
    """ISO 8601 weeks, Monday to Sunday, or one day of them. Week 1 is the one that 4 January lies in."""
    year, week, day = (_number(groups, name) for name in ("y", "week", "d"))
    fourth = (year - 1970).astype("M8[Y]").astype("M8[D]") + 3
    monday = fourth - (fourth.astype(int) + 3) % 7 + (week - 1) * 7  # 1 January 1970 was a Thursday
    exists = (week > 0) & ((monday + 3).astype("M8[Y]").astype(int) + 1970 == year)
    found = Readings(len(groups))
    found.first = np.where(day == 0, monday, monday + day - 1)
    found.last = np.where(day == 0, monday + 6, found.first)
    first, last = iso(found.first), iso(found.last)
    span = pc.binary_join_element_wise(first, last, "/")
    found.date = objects(pc.if_else(pa.array(day == 0), span, first)).copy()
    for row in np.flatnonzero(~exists):
        found.problem[row] = f"has week {week[row]}, which {year[row]} has not"
    found.clear_faulty()
    return found


def _quarter(groups: pa.StructArray, _: int | None) -> Readings:
    """Quarters of a year."""
    year, quarter = _number(groups, "y"), _number(groups, "quarter")
    none = np.zeros(len(year), int)
    start, end = calendar(year, quarter * 3 - 2, none), calendar(year, quarter * 3, none)
    found = Readings(len(groups))
    found.date, found.first, found.last = start.date + "/" + end.date, start.first, end.last
    return found


def _decade(groups: pa.StructArray, _: int | None) -> Readings:
    """Ten years, as EDTF tells them: ``199X``."""
    tens, none = _number(groups, "tens"), np.zeros(len(groups), int)
    start, end = calendar(tens * 10, none, none), calendar(tens * 10 + 9, none, none)
    found = Readings(len(groups))
    found.date, found.first, found.last = objects(groups.field("tens")) + "X", start.first, end.last
    return found


def _saying(problem: str) -> Callable[[pa.StructArray, int | None], Readings]:
    """A reader of a shape that no table can be drawn by, with the reason."""

    def read_none(groups: pa.StructArray, _: int | None) -> Readings:
        found = Readings(len(groups))
        found.problem[:] = problem
        return found

    return read_none


def _counted(milliseconds: int, from_day: str) -> Callable[[pa.StructArray, int | None], Readings]:
    """A reader of numbers that count units of so many milliseconds since a day. The time is told where it is one."""

    def read_count(groups: pa.StructArray, _: int | None) -> Readings:
        number = pc.cast(groups.field("number"), pa.float64()).to_numpy() * milliseconds
        start = np.datetime64(from_day, "ms")
        least, most = ((np.datetime64(day, "ms") - start).astype(float) for day in ("0001-01-01", "9999-12-31"))
        outside, zero = (number < least) | (number > most), number == 0
        seconds = np.floor(number / 1000 + (0.5 if milliseconds == DAY else 0))  # a part of a day is never exact
        moment = start + np.where(outside, 0, seconds * 1000).astype("m8[ms]")
        if milliseconds == DAY:  # the 1900 system counts 29 February 1900, a day that there was not
            moment = moment + np.where(moment < np.datetime64("1900-03-01"), DAY, 0).astype("m8[ms]")
        found = Readings(len(groups))
        found.first = found.last = moment.astype("M8[D]")
        found.date = objects(iso(found.first)).copy()
        found.time = _clock(moment)
        found.problem[outside] = "counts to a day outside the years 1 to 9999; is it read by the right unit?"
        found.problem[zero] = "is 0, which stands for no day"
        if milliseconds == DAY:
            found.problem[number // DAY == 60] = "names no day of the calendar: February 1900 has 28 days"
            found.problem[number < 0] = "is less than 0; a spreadsheet counts days from 1900 on"
        found.clear_faulty()
        return found

    return read_count


def _clock(moments: NDArray[Any]) -> Texts:
    """The time of day, ``21:30`` or ``21:30:05``; blank at midnight, which is how a day without a time is kept."""
    text = pc.strftime(pa.array(moments.astype("M8[s]")), "%H:%M:%S")
    times = objects(pc.replace_substring_regex(text, r":00$", "")).copy()
    times[times == "00:00"] = ""
    return times


DAY = 24 * 60 * 60 * 1000
"""Milliseconds."""

_SEP, _GAP, _LETTERS = r"\s?[-/. ]\s?", r"[\s\-./,]*", r"(?P<name>\p{L}[\p{L}\p{M}]*(?:\sالأول|\sالثاني)?)"
_OF = r"(?:(?:of|de|del|do)\s)?"
_YEAR = r"(?P<y>\d{4})(?:[\s-]?(?:г|год|года|р|рік|року|թ|ci il|cı il|cu il|cü il|il|yılı))?\.?"
_SHORT = r"['’]?(?P<yy>\d{2})"
_DAY_WORD = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]*\s+|\pL+,\s|le\s)?"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª)?"

_YEAR_FIRST = (
    Shape(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$", _days),
    Shape(rf"^(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})\.?$", _days),
)
_COMPACT = (
    Shape(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\.0+)?$", _days),
    Shape(r"^(?P<y>\d{4})(?P<m>\d{2})(?:\.0+)?$", _days),
)
_YEARS = (
    Shape(r"^(?P<y>\d{1,4})(?:\.0+)?$", _days),
    Shape(rf"^(?P<y>\d{{4}}){_SEP}(?P<m>[01]?\d|2[05-9]|[3-9]\d)$", _days),  # 21 to 24 are seasons
)
_NAMED = (
    Shape(rf"(?i)^{_DAY_WORD}{_NTH}{_GAP}{_OF}{_LETTERS}{_GAP}{_OF}{_YEAR}$", _days),
    Shape(rf"(?i)^{_DAY_WORD}{_LETTERS}{_GAP}{_NTH}[\s,.\-/]+{_YEAR}$", _days),
    Shape(rf"(?i)^{_LETTERS}{_GAP}{_OF}{_YEAR}$", _days),
    Shape(rf"(?i)^{_YEAR}{_GAP}{_LETTERS}{_GAP}(?P<d>\d{{0,2}})$", _days),
    Shape(rf"(?i)^{_DAY_WORD}{_NTH}{_GAP}{_LETTERS}{_GAP}{_SHORT}$", _days),
    Shape(rf"(?i)^{_DAY_WORD}{_LETTERS}{_GAP}{_NTH},{_GAP}{_SHORT}$", _days),
    Shape(rf"(?i)^{_LETTERS}(?:[-/.]|\s?['’]){_SHORT}$", _days),
    Shape(rf"(?i)^{_YEAR}$", _days),
)
_PERIODS = (
    Shape(r"^(?P<y>\d{4})-?[Ww](?P<week>\d{2})(?:-?(?P<d>[1-7]))?$", _week),
    Shape(r"(?i)^(?P<y>\d{4})[\s-]?Q(?P<quarter>[1-4])$", _quarter),
    Shape(r"(?i)^Q(?P<quarter>[1-4])[\s/-]?(?P<y>\d{4})$", _quarter),
    Shape(r"^(?:the )?(?P<tens>[1-9]\d\d)(?:X|0['’]?s|0-?е|0-?ті)$", _decade),
    Shape(r"^(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?$", _days),
    Shape(r"^(?P<y>\d{4})-XX(?:-XX)?$", _days),
    Shape(r"^(?P<y>\d{4})-(?P<m>\d\d)-XX$", _days),
)
_ERAS = (
    Shape(r"(?i)\d\s?(?:b\.?\s?c\.?(?:\s?e\.?)?|до н\.?\s?[эе]\.?|av\. j\.-?c\.|v\. chr\.)$", _saying(BEFORE_YEAR_1)),
    Shape(r"^-\d{1,6}(?:-\d\d){0,2}$", _saying(BEFORE_YEAR_1)),
    Shape(r"(?i)^(?P<y>\d{1,4})\s?(?:a\.?d\.?|c\.?e\.?|н\.?\s?[эе]\.?)$", _days),
    Shape(r"(?i)^a\.?d\.?\s?(?P<y>\d{1,4})$", _days),
    Shape(r"^(?:Y\d{5,}|\d{5}-\d\d(?:-\d\d)?)$", _saying(AFTER_YEAR_9999)),
)
_MONTH_YEAR = (Shape(r"^(?P<m>\d{1,2})\s?[-/. ]\s?(?P<y>\d{4})\.?$", _days),)


def _in_order(first: str, second: str, third: str) -> tuple[Shape, ...]:
    """Three numbers in this order, of which the year has four digits or two."""
    digits = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})"}
    return tuple(
        Shape("^" + _SEP.join({**digits, "y": year}[part] for part in (first, second, third)) + r"\.?$", _days)
        for year in (_YEAR, _SHORT)
    )


_DATES = (*_YEARS, *_NAMED, *_MONTH_YEAR, *_PERIODS, *_ERAS)
_NUMBER = r"^(?P<number>-?\d+(?:\.\d+)?)$"

SHAPES: dict[str, tuple[Shape, ...]] = {
    "year-first": (*_YEAR_FIRST, *_COMPACT, *_in_order("y", "m", "d")[1:], *_DATES),
    "day-first": (*_YEAR_FIRST, *_in_order("d", "m", "y"), *_COMPACT, *_DATES),
    "month-first": (*_YEAR_FIRST, *_in_order("m", "d", "y"), *_COMPACT, *_DATES),
    "yyyymmdd": (*_COMPACT, *_YEAR_FIRST, *_DATES),
    "spreadsheet": (Shape(_NUMBER, _counted(DAY, "1899-12-30")), *_YEAR_FIRST, *_DATES),
    "epoch-seconds": (Shape(_NUMBER, _counted(1000, "1970-01-01")), *_YEAR_FIRST, *_DATES),
    "epoch-milliseconds": (Shape(_NUMBER, _counted(1, "1970-01-01")), *_YEAR_FIRST, *_DATES),
}
"""The shapes of each order, the most usual first. A shape is tried on what those before it did not match."""
