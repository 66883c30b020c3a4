"""Large tables as cells: how many reports lie in each square of the map, begin and end in each month, by category.

A square is one of the 2^level by 2^level squares of the Web Mercator world. A month is written as a number, twelve
times the year and the months before it. A report is in a window of whole months exactly when its months touch it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.model.filters import BY_NAME, Area
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset

UNDATED = 0
"""Stands for the month of a report without a date: no report has a day in year 0."""

POINT, WIDE, UNMAPPED = range(3)
"""What an entry is: a square; an area with its radius, at its own place; reports without coordinates."""

MOST_LEVEL = 22
"""Squares of about ten metres: finer than any coordinates of the field."""


@dataclass(frozen=True)
class Colours:
    """The column of reports by which the map is coloured, and the category of each of its values, 0 to 255."""

    column: str
    code_of: Mapping[str, int]


def entries(dataset: Dataset, chosen: Selection, colours: Colours, level: int, box: Area | None = None) -> pa.Table:
    """The reports of a selection, counted by ``colours``.

    Columns: ``form`` (see `POINT`); ``x`` and ``y``, int32, the square of that level from the north-west (0 where it
    is not one); ``lon``, ``lat``, ``radius_km`` of an area (0 else); ``begins`` and ``ends``, int32 months; ``code``;
    ``reports``, int64. Ordered by ``begins``, undated ones last. With ``box`` only what lies in it is counted.
    """
    reports = within(select(dataset.reports, chosen), box)
    is_mapped = reports.latitude.notnull()
    is_wide = is_mapped & reports.precision.isin(AREAS)
    form = ibis.ifelse(is_wide, WIDE, ibis.ifelse(is_mapped, POINT, UNMAPPED)).cast("int8")
    is_point = is_mapped & ~is_wide
    squares = 2**level

    def where(condition: ir.BooleanValue, value: ir.NumericValue, kind: str) -> ir.NumericValue:
        return ibis.ifelse(condition, value, 0).cast(kind)

    counted = reports.select(
        form=form,
        x=where(is_point, (((reports.longitude + 180) / 360 * squares).floor()).clip(0, squares - 1), "int32"),
        y=where(is_point, ((_mercator(reports.latitude) * squares).floor()).clip(0, squares - 1), "int32"),
        lon=where(is_wide, reports.longitude, "float64"),
        lat=where(is_wide, reports.latitude, "float64"),
        radius_km=where(is_wide, reports.radius_km.fill_null(0), "float64"),
        begins=_month(reports.first_day),
        ends=_month(reports.last_day),
        code=_code(reports[colours.column], colours.code_of),
    )
    names = counted.columns
    found = counted.group_by(names).aggregate(reports=counted.count())
    table = dataset.fetch(found.select(*names, "reports"))
    return table.take(pa.array(_order(table)))


def within(reports: ir.Table, box: Area | None) -> ir.Table:
    """The reports whose coordinates lie in a box; all of them without one."""
    return reports if box is None else reports.filter(is_within(reports, box))


def is_within(reports: ir.Table, box: Area) -> ir.BooleanValue:
    condition = BY_NAME["area"].condition(reports, box)
    assert condition is not None
    return condition


def level_at(zoom: float) -> int:
    """The level whose squares are two to four pixels wide at a zoom of the map."""
    return max(0, min(MOST_LEVEL, math.ceil(zoom) + 6))


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _mercator(latitude: ir.NumericValue) -> ir.NumericValue:
    """Web Mercator's y, in parts of the world from the north (Snyder, Map Projections, 1987, equation 7-2)."""
    within = latitude.clip(-85.05, 85.05)
    return 0.5 - (math.pi / 4 + within * (math.pi / 360)).tan().ln() / (2 * math.pi)


def _month(day: ir.DateValue) -> ir.NumericValue:
    return (day.year().cast("int32") * 12 + day.month().cast("int32") - 1).fill_null(UNDATED).cast("int32")


def _code(values: ir.StringValue, code_of: Mapping[str, int]) -> ir.NumericValue:
    """The category of each value; the most frequent category of the mapping is that of every other value."""
    counted = np.bincount([*code_of.values()])
    rest = int(counted.argmax()) if counted.max() > 1 else None
    named = [(value, code) for value, code in code_of.items() if code != rest]
    otherwise = rest if rest is not None else 0
    return (values.cases(*named, else_=otherwise) if named else ibis.literal(otherwise)).cast("int16")


def _order(table: pa.Table) -> npt.NDArray[np.int64]:
    begins = table["begins"].to_numpy()
    key = np.where(begins == UNDATED, np.iinfo(np.int32).max, begins)
    return np.lexsort((table["x"].to_numpy(), table["y"].to_numpy(), table["code"].to_numpy(),
                       table["ends"].to_numpy(), table["form"].to_numpy(), key))  # fmt: skip
