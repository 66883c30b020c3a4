"""What the map of a large table asks while it is looked at: cells of the world or of a view, rows of a view with few,
and the reports of a place, a part of them with their number.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata import __version__, timemap
from geodata.count import asked, cube
from geodata.model.filters import CHOICES, OWN_LIST, Area, is_inside
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store import wanted
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.measured import measured
from geodata.timemap import cells, extents, marks

WORLD_LEVEL = 8
"""Of the squares of the whole world: 256 by 256. Until the map is closer (`FINER_FROM` in `far.js`) cells of the map
are as wide as these or wider, so finer ones would add bytes and little to see."""

MOST_ROWS = 50_000
"""Reports of a view that come as rows, 25 bytes each; of more there are cells."""

MOST_LISTED = 200
"""Reports that a list has at most; their whole number stands over them."""


def colours(dataset: Dataset, scheme: str) -> cube.Colours:
    """The category of each value, for a way to colour. Raises ``KeyError`` where there is none of this name."""
    found = marks.schemes(dataset)[scheme]
    return cube.Colours(found.field, found.code_of)


@remembered(most=12)
def world(dataset: Dataset, chosen: Selection, scheme: str) -> cells.Packed:
    """The whole world in squares of `WORLD_LEVEL`. The window of the selection is not applied."""
    kept = chosen.without_window()
    if kept == Selection() and (known := _kept(dataset, scheme)):
        return known
    return _squares(dataset, kept, scheme).packed()


def _squares(dataset: Dataset, kept: Selection, scheme: str) -> cells.Squares:
    entries = cube.entries(dataset, kept, colours(dataset, scheme), WORLD_LEVEL)
    return cells.Squares.of(entries, WORLD_LEVEL)


def codes_left(dataset: Dataset, chosen: Selection, scheme: str) -> frozenset[int] | None:
    """The categories that a selection leaves whole, where it leaves no other and no part of one; else ``None``.

    The squares of such a selection are a part of those of all reports.
    """
    coloured = colours(dataset, scheme)
    of_filter = {column: name for name, column in CHOICES.items()}.get(coloured.column)
    if of_filter is None or not chosen[of_filter] or chosen.without(of_filter) != Selection():
        return None
    values = asked.by(dataset, Selection(), coloured.column)[coloured.column].to_pylist()
    kept: set[int] = set()
    left: set[int] = set()
    for value in values:
        if value not in coloured.code_of:  # it shares a category, see `cube.entries`
            return None
        (kept if value in chosen[of_filter] else left).add(coloured.code_of[value])
    return None if kept & left else frozenset(kept)


def base(dataset: Dataset, *ways: str) -> dict[str, bytes]:
    """What the first view of a large table shows, counted once: for `Dataset.kept`.

    The squares of the world are those of these ways to colour, else of all.
    """
    columns = (*(column for column in CHOICES.values() if column != OWN_LIST), *(c.column for c in dataset.categories))

    def counts() -> dict[str, bytes]:
        return dict((extents.base(dataset), *asked.base(dataset, *columns)))

    found: dict[str, bytes] = {}
    with wanted.beside(counts) as counted:  # the engine counts while the squares are packed
        for scheme in ways or marks.schemes(dataset):
            world = _squares(dataset, Selection(), scheme).packed()
            windows, name = world.windows, _world_name(dataset, scheme)
            found |= {name: world.spots, f"{_YEARS}{name}": windows.years}
            found |= {f"{_MONTHS}{year} of {name}": months for year, months in windows.months.items()}
    return found | counted.result()


def _world_name(dataset: Dataset, scheme: str) -> str:
    """Changes with the form of the squares and with what their categories mean."""
    meant = repr((__version__, cells.FORM, WORLD_LEVEL, colours(dataset, scheme).code_of.items()))
    return f"world {scheme} {hashlib.sha256(meant.encode()).hexdigest()[:16]}"


def _kept(dataset: Dataset, scheme: str) -> cells.Packed | None:
    name = _world_name(dataset, scheme)
    if name not in dataset.kept:
        return None
    of = f" of {name}"
    months = {
        int(key.removeprefix(_MONTHS).removesuffix(of)): content
        for key, content in dataset.kept.items()
        if key.startswith(_MONTHS) and key.endswith(of)
    }
    return cells.Packed(dataset.kept[name], cells.Windows(dataset.kept[f"{_YEARS}{name}"], months))


_YEARS, _MONTHS = "years of ", "months of "
"""Before the name of a world in `Dataset.kept`: its years, and the months of each."""


def is_kept(dataset: Dataset) -> bool:
    """Whether the first view can be had without a count of every report; true of a table that is no engine's."""
    if dataset.answerer is None:
        return True
    return asked.TOTALS in dataset.kept and all(
        {name := _world_name(dataset, one), f"{_YEARS}{name}"} <= dataset.kept.keys() for one in marks.schemes(dataset)
    )


def told(dataset: Dataset) -> str:
    """What is kept of the first view, or how it comes to be kept; blank for a table that is no engine's."""
    if dataset.answerer is None:
        return ""
    if not is_kept(dataset):
        return (
            "Its engine keeps no first view of this table that this version of Attest reads, so each start counts "
            "every report: run attest publish again."
        )
    return f"The first view was counted once and is kept in the engine: {size_told(dataset.kept)}."


def size_told(kept: Mapping[str, bytes]) -> str:
    return f"{sum(map(len, kept.values())) / 1000:,.0f} kB"


@remembered(most=24)
def view(dataset: Dataset, chosen: Selection, scheme: str, box: Area, zoom: float) -> bytes:
    """A part of the world packed with gzip: the spots of `cells`, finer than those of `world`; where it holds few
    reports, these as rows.

    Rows are columns of `marks.columns` with ``code``, the category, and ``number``, the ``row`` of the dataset.
    """
    kept, level = chosen.without_window(), cube.level_at(zoom)
    entries = dataset.answer(_spots, kept, scheme, level, box.crosses, **box._asdict())
    number = pc.sum(entries["reports"]).as_py() or 0
    if number > MOST_ROWS:
        return cells.Spots.of(entries, level).packed()
    is_few = number <= marks.MOST_DETAILS
    if is_few:
        found = dataset.fetch(cube.within(select(dataset.reports, kept), box).order_by("row"))
    else:
        found = dataset.answer(_rows, kept, box.crosses, *marks.columns_read(dataset), **box._asdict())
    coloured = colours(dataset, scheme)
    codes = [coloured.code_of.get(value, 0) for value in found[coloured.column].to_pylist()]
    columns = marks.columns(dataset, found)
    columns = columns.append_column("code", pa.array(codes, pa.uint8())).append_column("number", found["row"])
    details = marks.details(dataset, found) if is_few else None
    return gzip.compress(timemap.packed(columns, {"details": details}), 1, mtime=0)


@remembered(most=24)
def windows(dataset: Dataset, chosen: Selection, scheme: str, box: Area, zoom: float) -> cells.Windows:
    """What windows need of the spots of `view` besides: `cells.Squares.packed_windows`."""
    kept, level = chosen.without_window(), cube.level_at(zoom)
    entries = dataset.answer(_entries, kept, scheme, level, box.crosses, **box._asdict())
    return cells.Squares.of(entries, level).packed_windows()


def _spots(dataset: Dataset, chosen: Selection, scheme: str, level: int, crosses: bool, **edges: Any) -> ir.Table:
    """The question of `cube.entries` within edges, of all days together."""
    inside = _inside(measured(dataset.reports), chosen, crosses, **edges)
    return cube.counted(inside, colours(dataset, scheme), level, by_month=False)


def _entries(dataset: Dataset, chosen: Selection, scheme: str, level: int, crosses: bool, **edges: Any) -> ir.Table:
    """The question of `cube.entries` within edges."""
    inside = _inside(measured(dataset.reports), chosen, crosses, **edges)
    return cube.counted(inside, colours(dataset, scheme), level)


def _rows(dataset: Dataset, chosen: Selection, crosses: bool, *columns: str, **edges: Any) -> ir.Table:
    return _inside(dataset.reports, chosen, crosses, **edges).order_by("row").select(*columns, "row")


def _inside(reports: ir.Table, chosen: Selection, crosses: bool, **edges: Any) -> ir.Table:
    """The reports of a selection whose coordinates lie within edges, which may be left open."""
    kept = select(reports, chosen)
    return kept.filter(is_inside(kept, Area(**edges), crosses=crosses))


@dataclass(frozen=True)
class Where:
    """Which reports of a selection a list is of: ``kind`` is ``place`` (points in the box), ``area`` (wide areas whose
    centre lies in it), ``shown`` (all), ``unmapped`` (without coordinates) or ``undated`` (without a date).
    """

    kind: str
    box: Area | None = None


KINDS = ("place", "area", "shown", "unmapped", "undated")


@remembered(most=24)
def listed(
    dataset: Dataset, chosen: Selection, scheme: str, where: Where, most: int = MOST_LISTED
) -> dict[str, Any]:  # fmt: skip
    """The first ``most`` reports by day, as `marks.details` has them with ``row`` and ``code``, and ``total``.

    Which reports they are is asked first, of few columns; their texts are then fetched for them alone.
    """
    if where.kind == "undated":
        chosen = chosen.without_window()
    about, box = (chosen, where.kind, where.box and where.box.crosses), where.box._asdict() if where.box else {}
    with wanted.beside(lambda: dataset.answer(_total, *about, **box)) as total:
        first = dataset.answer(_first, most, *about, **box)["row"].to_pylist()
        reports = numbered(dataset, scheme, tuple(first))
    return {"total": total.result()["n"][0].as_py(), "reports": reports}


def numbered(dataset: Dataset, scheme: str, rows: tuple[int, ...]) -> list[dict[str, Any]]:
    """The reports with these numbers by day, whatever the filters leave, as `listed` has them."""
    coloured = colours(dataset, scheme)
    columns = dict.fromkeys((*marks.TOLD, "incident_id", "row", coloured.column))
    found = dataset.answer(_of_rows, *columns, rows=rows)
    told = zip(marks.details(dataset, found), found["row"].to_pylist(), found[coloured.column].to_pylist(), strict=True)
    return [detail | {"row": row, "code": coloured.code_of.get(value, 0)} for detail, row, value in told]


def _total(dataset: Dataset, *about: Any, **edges: Any) -> ir.Table:
    kept = _meant(dataset, *about, **edges)
    return kept.aggregate(n=kept.count())


def _first(dataset: Dataset, most: int, *about: Any, **edges: Any) -> ir.Table:
    return _meant(dataset, *about, **edges).order_by("row").limit(most).select("row")


def _of_rows(dataset: Dataset, *columns: str, rows: Any) -> ir.Table:
    """Columns of the reports with these numbers, in the order of ``row``."""
    return dataset.numbered(rows).select(*columns).order_by("row")


def _meant(dataset: Dataset, chosen: Selection, kind: str, crosses: bool | None, **edges: Any) -> ir.Table:
    """The reports of a selection that a list is of, as `Where` says."""
    reports = select(dataset.reports, chosen)
    if kind == "unmapped":
        return reports.filter(reports.latitude.isnull())
    if kind == "undated":
        return reports.filter(reports.first_day.isnull())
    is_wide = reports.precision.isin(AREAS)
    conditions = [] if crosses is None else [is_inside(reports, Area(**edges), crosses=crosses)]
    if kind != "shown":
        conditions += [reports.latitude.notnull(), is_wide if kind == "area" else ~is_wide]
    return reports.filter(conditions) if conditions else reports


def empty(dataset: Dataset) -> pa.Table:
    """The columns of a table of no rows: what a large table sends before its cells."""
    none = dataset.fetch(dataset.reports.select(*marks.columns_read(dataset)).limit(0))
    return marks.columns(dataset, none)


def box_of(text: str) -> Area:
    """The box of an address. Raises ``ValueError``."""
    area = Area.of(text)
    return area._replace(south=float(np.clip(area.south, -90, 90)), north=float(np.clip(area.north, -90, 90)))
