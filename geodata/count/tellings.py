"""How often incidents are told: reports of one row of a table are one telling, however many sources the row names."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import asked, counting
from geodata.model.selection import Selection
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset


@dataclass(frozen=True)
class Tellings:
    """Of the incidents of a selection, by all that is told of them: how many are told more than once, and how many by
    sources of one telling.
    """

    incidents: int
    repeated: int
    shared: int


@remembered(most=16)
def counted(dataset: Dataset, chosen: Selection) -> Tellings:
    """How often the incidents of a selection are told, and by whom."""
    if dataset.is_large:
        [numbers] = dataset.fetch(asked_for(dataset.reports, chosen)).to_pylist()
        return Tellings(**numbers)
    reports = counting.selected(dataset, Selection(), "incident", "telling")
    reports = reports.filter(pc.is_in(reports["incident"], counting.incidents(dataset, chosen)))
    found = reports.group_by("incident").aggregate([("telling", "count_distinct"), ([], "count_all")])
    tellings = found["telling_count_distinct"]
    return Tellings(
        incidents=len(found),
        repeated=_true(pc.greater(tellings, 1)),
        shared=_true(pc.greater(found["count_all"], tellings)),
    )


def asked_for(reports: ir.Table, chosen: Selection) -> ir.Table:
    """What `counted` asks of a large table: one row with the three numbers."""
    incidents = asked.of_incidents(reports, chosen).group_by("incident_id")
    told = incidents.aggregate(tellings=ibis._.telling.nunique(), reports=ibis._.count())
    return told.aggregate(
        incidents=told.count(),
        repeated=(told.tellings > 1).sum().fill_null(0),
        shared=(told.reports > told.tellings).sum().fill_null(0),
    )


def _true(values: pa.ChunkedArray) -> int:
    return int(pc.sum(values).as_py() or 0)
