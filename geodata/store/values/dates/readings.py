"""What was read of a column of texts: spans of days with their EDTF text, or what is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.model.dates import OPEN_END, OPEN_START
from geodata.store.values.forms import Entries, Mask, Texts, mask, objects

Days = NDArray[np.datetime64]

FIRST_YEAR, LAST_YEAR = 1, 9999
"""The years that a date of Python can hold."""


class Readings(Entries):
    """One entry a text: ``date`` as EDTF, ``first`` and ``last`` day, ``qualified``, ``time`` of day and ``problem``.

    An entry with neither a date nor a problem is not read yet.
    """

    def __init__(self, count: int) -> None:
        self.date: Texts = np.full(count, "", object)
        self.first: Days = np.full(count, "NaT", "M8[D]")
        self.last: Days = np.full(count, "NaT", "M8[D]")
        self.qualified: Mask = np.zeros(count, bool)
        self.time: Texts = np.full(count, "", object)
        self.problem: Texts = np.full(count, "", object)

    def clear_faulty(self) -> None:
        """Takes away the date of each entry that has a problem."""
        faulty = self.problem != ""
        self.date[faulty], self.time[faulty] = "", ""
        self.first[faulty] = self.last[faulty] = np.datetime64("NaT")
        self.qualified[faulty] = False

    @property
    def is_unread(self) -> Mask:
        unread: Mask = (self.date == "") & (self.problem == "")
        return unread

    def columns(self) -> dict[str, pa.Array]:
        """As columns of Arrow; dates are null where there is none."""
        return {
            "date": pa.array(self.date, pa.string()),
            "first_day": pa.array(self.first, pa.date32()),
            "last_day": pa.array(self.last, pa.date32()),
            "qualified": pa.array(self.qualified),
            "time": pa.array(self.time, pa.string()),
            "problem": pa.array(self.problem, pa.string()),
        }


def iso(days: Days) -> pa.Array:
    """Days as texts like ``2020-10-04``."""
    return pc.cast(pa.array(days, pa.date32()), pa.string())


def calendar(year: NDArray[Any], month: NDArray[Any], day: NDArray[Any]) -> Readings:
    """Spans of a day, a month (``day`` is 0) or a year (``month`` is 0). The parts must name days that exist."""
    found = Readings(len(year))
    day = np.where(month == 0, 0, day)
    months = ((year.astype("i8") - 1970) * 12 + np.maximum(month, 1) - 1).astype("M8[M]")
    days = months.astype("M8[D]") + (np.maximum(day, 1) - 1)
    lasts = (months + np.where(month == 0, 12, 1)).astype("M8[D]") - 1
    found.first, found.last = days, np.where(day == 0, lasts, days)
    text = iso(days)
    text = pc.if_else(pa.array(day == 0), pc.utf8_slice_codeunits(text, 0, 7), text)
    found.date = objects(pc.if_else(pa.array(month == 0), pc.utf8_slice_codeunits(text, 0, 4), text)).copy()
    return found


def length_of_month(year: NDArray[Any], month: NDArray[Any]) -> NDArray[Any]:
    """Days in a month; ``month`` is 1 to 12, ``year`` 1 to 9999."""
    months = ((year.astype("i8") - 1970) * 12 + month - 1).astype("M8[M]")
    days: NDArray[Any] = ((months + 1).astype("M8[D]") - months.astype("M8[D]")).astype(int)
    return days


def open_ends(count: int) -> Readings:
    """Entries that are open: no first or no last day is known."""
    found = Readings(count)
    found.date[:] = ".."
    found.first[:], found.last[:] = np.datetime64(OPEN_START), np.datetime64(OPEN_END)
    return found


def joined(start: Readings, end: Readings) -> Readings:
    """The span from the first day of ``start`` to the last of ``end``.

    A blank start is an open one; without an end, or with an equal one, the start stands alone. Where one of the two
    could not be read, or the end lies before the start, the entry has that problem and no date.
    """
    found = Readings(len(start.date))
    alone = (end.date == "") | (start.date == end.date)
    opens = (start.date == "") & ~alone
    first = np.where(opens, "..", _part(start.date, 0))
    found.date = np.where(alone, start.date, first + "/" + _part(end.date, -1))
    found.first = np.where(opens, np.datetime64(OPEN_START), start.first)
    found.last = np.where(alone, start.last, end.last)
    found.qualified = start.qualified | end.qualified
    found.problem = np.where(start.problem != "", start.problem, end.problem)
    for row in np.flatnonzero(~alone & ~opens & (end.last < start.first)):
        found.problem[row] = f"ends before it starts ({start.date[row]} to {end.date[row]}); mend one of the two"
    found.clear_faulty()
    return found


def _part(dates: Texts, place: int) -> Texts:
    """The first (0) or the last (-1) end of each date; most have no two ends."""
    parts = dates.copy()
    for row in np.flatnonzero(mask(pc.match_substring(pa.array(dates, pa.string()), "/"))):
        parts[row] = dates[row].split("/")[place]
    return parts


def signed(dates: Texts, signs: Texts) -> Texts:
    """Dates with their signs of doubt; a span has its sign at each end, a blank date none."""
    texts = np.full(len(dates), "", object)
    for row, (date, sign) in enumerate(zip(dates, signs, strict=True)):
        texts[row] = date and date.replace("/", f"{sign}/") + sign
    return texts
