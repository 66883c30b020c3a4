"""What each filter is asked: ordinary values, and those that an engine may take for something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from geodata.model.filters import FILTERS, LONG, OWN, Area, Filter, Kind, Window
from geodata.model.selection import Selection
from tests.engines.tables import ODD

DAY = timedelta(days=1)

WINDOWS = (
    Window(date(2016, 4, 1), date(2020, 11, 10)),
    Window(date(2020, 9, 27), date(2020, 9, 27)),
    Window(date(2020, 9, 27), None),
    Window(None, date(2016, 4, 5)),
    Window(date.min, date.max),
    Window(date.min, date.min),
    Window(date.max, date.max),
    Window(date.min + DAY, date.max - DAY),
    Window(date(1582, 10, 5), date(1582, 10, 14)),
    Window(date(2021, 1, 1), date(2020, 1, 1)),
)

AREAS = (
    Area(44, 39.5, 46.8, 41),
    Area(170, -60, -170, 75),
    Area(46, -90, -100, 90),
    Area(-180, -90, 180, 90),
    Area(180, -90, -180, 90),
    Area(0, 0, 0, 0),
)
"""Some reach over the antimeridian."""

ASKED: Mapping[str, Sequence[Any]] = {
    "text": (
        "made up", "reports", "Şuşa", "shusha", "Շուշի", "արց", "Шуша ёлка", "شوشا", "strasse", "oneil", "100%",
        "a_b", "_", "%", "it's", '"quoted"', "\\", "🏔", "  ", "azerbaijan",
    ),
    "window": (*WINDOWS, *(window._replace(surely=True) for window in WINDOWS)),
    "area": AREAS,
    "disputed": (True, False),
    "deaths": (True, False),
    "deaths_at_least": (None, 0, 1, 5, 30, 999_999_999),
    "graphic": (False, True),
}  # fmt: skip
"""The values of each filter that is no list."""

MANY = 20_000
"""Ids of a collection, which may be long."""


def values_of(one: Filter, reports: pa.Table) -> list[Any]:
    """The values that a filter is asked for on a table. Raises ``KeyError`` for a filter without any in `ASKED`."""
    if one.kind not in (Kind.LIST, Kind.IDS):
        return list(ASKED[one.name])
    held = _own_values(reports) if one.name == "own" else _values(reports, one.column)
    filled = [value for value in held if value]
    strange = tuple(f"{value}'s like" for value in held[:LONG])
    column = f"{held[0].partition('=')[0]}=" if one.name == "own" else ""
    made = tuple(f"{column}'{number}" for number in range(LONG))
    lists = [
        (), tuple(filled[:1]), tuple(filled[-1:]), tuple(filled[1:9]), ("",), ("", *filled[:2]), ("nowhere",),
        ("a\0b",), ODD, ("", *ODD), strange, (*filled[:3], *made), ("", *filled[:1], *ODD, *made),
    ]  # fmt: skip
    if one.kind is Kind.IDS:
        lists.append((*filled[: MANY // 2], *(f"id '{number}" for number in range(MANY // 2))))
    return lists


def together(reports: pa.Table) -> list[Selection]:
    """Selections of several filters at once, for what is counted beside a window and an area."""
    sides, kinds = (tuple(_values(reports, column)[:2]) for column in ("claimant_side", "event_type"))
    window = Window(date(2016, 4, 1), date(2020, 11, 10))
    each = {one.name: values_of(one, reports) for one in FILTERS}
    return [
        Selection(),
        Selection(sides=sides, window=window),
        Selection(sides=sides, types=kinds, area=AREAS[0], window=window, surely=True),
        Selection(text="a", area=AREAS[1], graphic=False),
        Selection(incidents=each["incidents"][-1], window=window, area=AREAS[3], deaths=True),
        Selection(places=each["places"][-1], own=each["own"][-2], disputed=True),
        Selection(**{name: values[-1] for name, values in each.items()}),
    ]


def _values(reports: pa.Table, column: str) -> list[str]:
    """The values of a column, the most frequent first."""
    counted = reports.group_by(column).aggregate([([], "count_all")])
    ordered = counted.sort_by([("count_all", "descending"), (column, "ascending")])
    return [value for value in ordered[column].to_pylist() if value is not None]


def _own_values(reports: pa.Table) -> list[str]:
    """The values of the `own` filter, "column=value" of each category that a table of others has."""
    columns = [name for name in reports.column_names if name.startswith(OWN)]
    listed = [[f"{name.removeprefix(OWN)}={value}" for value in _values(reports, name)[:40]] for name in columns]
    return [value for values in listed for value in values]
