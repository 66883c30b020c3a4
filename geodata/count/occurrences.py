"""Reports of occurrences that lie at points, for pictures of three dimensions."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

MOST_POINTS = 100_000
"""Different points that are counted, those of most reports."""


def told(dataset: Dataset, chosen: Selection) -> ir.Table:
    """The selection's reports of occurrences with coordinates and a date: no statements about a place."""
    shown = select(dataset.reports, chosen)
    return shown.filter(shown.latitude.notnull() & shown.first_day.notnull() & (shown.place_role != "subject"))


def at_points(dataset: Dataset, chosen: Selection) -> ir.Table:
    """Those of `told` whose place is no wide area."""
    events = told(dataset, chosen)
    return events.filter(~events.precision.isin(AREAS))


@remembered(most=4)
def by_point(dataset: Dataset, chosen: Selection) -> pa.Table:
    """The reports of `at_points`, counted by where they lie; the points of most reports first, `MOST_POINTS` at most.

    Columns: ``longitude`` and ``latitude`` (WGS 84 degrees), ``place_id``, ``place_label`` and ``reports``.
    """
    return dataset.fetch(counted(at_points(dataset, chosen)))


def counted(reports: ir.Table) -> ir.Table:
    """The question of `by_point`."""
    each = reports.group_by("longitude", "latitude", "place_id", "place_label").aggregate(reports=reports.count())
    return each.order_by(ibis.desc("reports"), "longitude", "latitude", "place_label").limit(MOST_POINTS)
