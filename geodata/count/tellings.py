"""How often incidents are told: reports of one row of a table are one telling, however many sources the row names."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
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
    reports = counting.selected(dataset, Selection(), "incident", "telling")
    reports = reports.filter(pc.is_in(reports["incident"], counting.incidents(dataset, chosen)))
    found = reports.group_by("incident").aggregate([("telling", "count_distinct"), ([], "count_all")])
    tellings = found["telling_count_distinct"]
    return Tellings(
        incidents=len(found),
        repeated=_true(pc.greater(tellings, 1)),
        shared=_true(pc.greater(found["count_all"], tellings)),
    )


def _true(values: pa.ChunkedArray) -> int:
    return int(pc.sum(values).as_py() or 0)
