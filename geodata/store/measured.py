"""Where and when each report lies, as whole numbers: engines group by these several times as fast as by degrees.

A square is one of the 2^level by 2^level squares of the Web Mercator world, of the finest level here. A month is
written as a number, twelve times the year and the months before it.
"""

from __future__ import annotations

import math

import ibis
import ibis.expr.types as ir

LEVEL = 24
"""Squares of two and a half metres; one of a coarser level is a whole number of these."""

ACROSS = 2**LEVEL

UNDATED = 0
"""Stands for the month of a report without a date: no report has a day in year 0."""

MEASURES = ("x", "y", "begins", "ends")
"""The columns that `measured` adds."""


def measured(reports: ir.Table) -> ir.Table:
    """The reports with four columns more: ``x`` and ``y``, int64, the square's column from the west and its line from
    the north, 0 without coordinates, and ``begins`` and ``ends``, int32, the months.

    They are int64 because the number of a square, counted line by line, does not fit into an int32.
    """
    is_mapped = reports.latitude.notnull()
    x = ibis.least((reports.longitude + 180) / 360 * ACROSS, ACROSS - 1.0)  # 180 degrees east is in the last one
    y = _mercator(reports.latitude) * ACROSS
    return reports.mutate(
        x=ibis.ifelse(is_mapped, x.floor(), 0).cast("int64"),
        y=ibis.ifelse(is_mapped, y.floor(), 0).cast("int64"),
        begins=_month(reports.first_day),
        ends=_month(reports.last_day),
    )


def _mercator(latitude: ir.NumericValue) -> ir.NumericValue:
    """Web Mercator's y, in parts of the world from the north (Snyder, Map Projections, 1987, equation 7-2)."""
    within = ibis.greatest(ibis.least(latitude, 85.05), -85.05)
    return 0.5 - (math.pi / 4 + within * (math.pi / 360)).tan().ln() / (2 * math.pi)


def _month(day: ir.DateValue) -> ir.NumericValue:
    return (day.year().cast("int32") * 12 + day.month().cast("int32") - 1).fill_null(UNDATED).cast("int32")
