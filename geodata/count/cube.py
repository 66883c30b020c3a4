"""Large tables as cells: how many reports lie in each square of the map, begin and end in each month, by category.

Squares and months are those of `measured`. A report is in a window of whole months exactly when its months touch it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from geodata.model.filters import Area, is_inside
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset
from geodata.store.measured import LEVEL, measured

POINT, UNMAPPED = -2, -1
"""What stands in place of a radius: of a square, whose reports are points, and of reports without coordinates."""

MOST_RADIUS = 65535
"""Tenths of a kilometre: as many as two bytes hold."""

MOST_LEVEL = 22
"""Squares of about ten metres: finer than any coordinates of the field."""


@dataclass(frozen=True)
class Colours:
    """The column of reports by which the map is coloured, and the category of each of its values, 0 to 255."""

    column: str
    code_of: Mapping[str, int]


def entries(dataset: Dataset, chosen: Selection, colours: Colours, level: int, box: Area | None = None) -> pa.Table:
    """The reports of a selection, counted by ``colours``, in no order.

    Columns: ``radius``, int32, tenths of a kilometre of a wide area, else `POINT` or `UNMAPPED`; ``place``, int64, the
    square of that level (of `measured.LEVEL`, for an area's middle), counted line by line from the north-west, 0 for
    unmapped ones; ``begins`` and ``ends``, int32 months; ``code``, int16; ``reports``, int64. With ``box`` only what
    lies in it is counted.

    All are whole numbers, by which an engine groups several times as fast as by degrees.
    """
    return dataset.fetch(counted(within(select(measured(dataset.reports), chosen), box), colours, level))


def counted(reports: ir.Table, colours: Colours, level: int, *, by_month: bool = True) -> ir.Table:
    """The question of `entries`, of reports that are `measured`; ``by_month`` or of all days together."""
    is_mapped = reports.latitude.notnull()
    is_wide = is_mapped & reports.precision.isin(AREAS)
    radius = ibis.least(reports.radius_km.fill_null(0) * 10, float(MOST_RADIUS)).floor()
    square = ibis.ifelse(is_wide, _square(reports, LEVEL), _square(reports, level))
    each = reports.select(
        radius=ibis.ifelse(is_wide, radius, ibis.ifelse(is_mapped, POINT, UNMAPPED)).cast("int32"),
        place=ibis.ifelse(is_mapped, square, 0).cast("int64"),
        **({"begins": reports.begins, "ends": reports.ends} if by_month else {}),
        code=_code(reports[colours.column], colours.code_of),
    )
    return each.group_by(each.columns).aggregate(reports=each.count())


def within(reports: ir.Table, box: Area | None) -> ir.Table:
    """The reports whose coordinates lie in a box; all of them without one."""
    return reports if box is None else reports.filter(is_inside(reports, box, crosses=box.crosses))


def level_at(zoom: float) -> int:
    """The level whose squares are two to four pixels wide at a zoom of the map."""
    return max(0, min(MOST_LEVEL, math.ceil(zoom) + 6))


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _square(reports: ir.Table, level: int) -> ir.NumericValue:
    """The number of the square, counted line by line from the north-west."""
    y, x = (number >> LEVEL - level for number in (reports.y, reports.x))
    return y * 2**level + x


def _code(values: ir.StringValue, code_of: Mapping[str, int]) -> ir.NumericValue:
    """The category of each value; the most frequent category of the mapping is that of every other value."""
    counted = np.bincount([*code_of.values()])
    rest = int(counted.argmax()) if counted.max() > 1 else None
    named = [(value, code) for value, code in code_of.items() if code != rest]
    otherwise = rest if rest is not None else 0
    return (values.cases(*named, else_=otherwise) if named else ibis.literal(otherwise)).cast("int16")
