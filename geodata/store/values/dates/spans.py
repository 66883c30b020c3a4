"""Spans of dates that were read: of two columns, and of a day with how exact it is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.dates import OPEN_END, OPEN_START
from geodata.model.mapping import UNITS
from geodata.store.values.blanks import strings
from geodata.store.values.dates.reading import readings
from geodata.store.values.dates.readings import Readings, iso, joined, signed
from geodata.store.values.forms import objects


def between(start: pa.Array, end: pa.Array) -> pa.Table:
    """The spans of two columns of EDTF dates as `read` writes them, one row a pair.

    Columns: ``start`` and ``end`` as given, ``date``, ``first_day``, ``last_day``, ``qualified``, ``problem``. A blank
    or equal end leaves the start; a blank start is open, ``../2020-11-10``. An end before its start is a problem,
    which has both, and no date.
    """
    given = strings(start), strings(end)
    span = joined(*(readings(texts, "year-first", None) for texts in given))
    columns = span.columns()
    del columns["time"]
    return pa.table({"start": given[0], "end": given[1], **columns})


def coarsened(dates: pa.Array, units: pa.Array) -> pa.Table:
    """The spans of EDTF dates of which a second column tells how exact they are, one row a pair.

    ``units`` are those of `UNITS`, or blank for a date that stays as it is. Columns: ``date`` and ``unit`` as given,
    ``span`` (EDTF), ``first_day``, ``last_day``, ``qualified``. A date is never made more exact: 2020 stays 2020 where
    the unit is a month. Raises ``ValueError`` for another unit.
    """
    given, unit = strings(dates), objects(strings(units))
    if unknown := set(unit) - {"", *UNITS}:
        raise ValueError(f"'{min(unknown)}' is no unit of dates (one of: {', '.join(UNITS)})")
    found = readings(given, "year-first", None)
    closed = (found.date != "") & (found.first != np.datetime64(OPEN_START)) & (found.last != np.datetime64(OPEN_END))
    for name in [*UNITS][1:]:
        rows = np.flatnonzero(closed & (unit == name))
        found.put(rows, _within(found.at(rows), name))
    columns = found.columns()
    del columns["time"], columns["problem"]
    columns["span"] = columns.pop("date")
    return pa.table({"date": given, "unit": pa.array(unit, pa.string()), **columns})


def _within(exact: Readings, unit: str) -> Readings:
    """The dates made as wide as the unit where they are narrower; signs of doubt stay."""
    signs = objects(pc.extract_regex(pa.array(exact.date, pa.string()), "(?P<sign>[~?%])").field("sign")).copy()
    wide = Readings(len(exact.date))
    if unit == "unknown":
        wide.first, wide.last = exact.first, exact.last
        signs[signs == ""] = "?"
    elif unit == "week":
        is_day = exact.first == exact.last
        wide.first = np.maximum(exact.first - 3 * is_day, np.datetime64(OPEN_START))
        wide.last = np.minimum(exact.last + 3 * is_day, np.datetime64(OPEN_END))
    else:
        step = {"month": "M8[M]", "year": "M8[Y]"}[unit]
        wide.first = exact.first.astype(step).astype("M8[D]")
        wide.last = (exact.last.astype(step) + 1).astype("M8[D]") - 1
    length = {"month": 7, "year": 4}.get(unit, 10)
    first, last = (objects(pc.utf8_slice_codeunits(iso(days), 0, length)) for days in (wide.first, wide.last))
    text = np.where(first == last, first, first + "/" + last)
    bare = objects(pc.replace_substring_regex(pa.array(exact.date, pa.string()), "[~?%]", ""))
    as_wide = (wide.first == exact.first) & (wide.last == exact.last)
    wide.date = signed(np.where(as_wide, bare, text), signs)
    wide.qualified = signs != ""
    return wide
