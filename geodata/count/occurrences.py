"""Reports of occurrences that lie at points, for pictures of three dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from geodata.count import hexagons
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

MOST_CELLS, MOST_PLACES = 5_000, 100_000
"""Cells that are drawn, and places that name them: those of most reports."""


def told(dataset: Dataset, chosen: Selection) -> ir.Table:
    """The selection's reports of occurrences with coordinates and a date: no statements about a place."""
    shown = select(dataset.reports, chosen)
    return shown.filter(shown.latitude.notnull() & shown.first_day.notnull() & (shown.place_role != "subject"))


def at_points(dataset: Dataset, chosen: Selection) -> ir.Table:
    """Those of `told` whose place is no wide area."""
    events = told(dataset, chosen)
    return events.filter(~events.precision.isin(AREAS))


@dataclass(frozen=True)
class ByCell:
    """The reports of `at_points`, counted by the hexagon that they lie in (`hexagons.in_cells`), the most first.

    ``cells``: ``cell`` and ``reports``; ``places``: ``place_id`` and ``place_label`` too.
    """

    cells: pa.Table
    places: pa.Table


@remembered(most=4)
def by_cell(dataset: Dataset, chosen: Selection, latitude: float) -> ByCell:
    """The reports of `at_points` by cell, `MOST_CELLS` and `MOST_PLACES` at most."""
    reports = at_points(dataset, chosen)
    return ByCell(*(dataset.fetch(counted(reports, latitude, by_place=by_place)) for by_place in (False, True)))


def counted(reports: ir.Table, latitude: float, *, by_place: bool) -> ir.Table:
    """A question of `by_cell`."""
    names = ("cell", *(("place_id", "place_label") if by_place else ()))
    each = hexagons.in_cells(reports, latitude).select(*names)
    many = each.group_by(names).aggregate(reports=each.count())
    return many.order_by(ibis.desc("reports"), *names).limit(MOST_PLACES if by_place else MOST_CELLS)
