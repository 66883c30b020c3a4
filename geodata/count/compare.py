"""Two sets of sources compared: incidents that only the first reports, that both do, that only the second does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model.filters import CHOICES
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset

COMPARABLE: Mapping[str, str] = {
    "sources": "documents",
    "publishers": "publishers",
    "sides": "claimant sides",
    "statuses": "standings",
}
"""Fields of `Selection` whose values can be set against each other, in words."""

TOLD_BY = ("a", "both", "b")
"""Which of the two sets reports an incident, in the order of the lists on the page."""


@dataclass(frozen=True)
class Pair:
    """Two sets of values of the same field, whose reports are compared."""

    field: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.a and self.b)

    def selections(self, chosen: Selection) -> tuple[Selection, Selection]:
        """The selections of the two maps: all other filters, and the values of one set each."""
        return chosen.among(self.field, self.a), chosen.among(self.field, self.b)

    def together(self, chosen: Selection) -> Selection:
        return chosen.among(self.field, tuple(dict.fromkeys((*self.a, *self.b))))


def incidents(dataset: Dataset, chosen: Selection, pair: Pair) -> pa.Table:
    """The incidents that either set reports: ``incident_id``, ``told`` (one of `TOLD_BY`), ``row`` (the first report).

    In the order of their first reports. A report that both sets hold counts for both.
    """
    column = CHOICES[pair.field]
    shown = counting.shown(dataset, pair.together(chosen), "incident_id", "row", column)
    told = pa.table(
        {
            "incident_id": shown["incident_id"],
            "row": shown["row"],
            "in_a": pc.is_in(shown[column], pa.array(pair.a)),
            "in_b": pc.is_in(shown[column], pa.array(pair.b)),
        }
    )
    found = told.group_by("incident_id").aggregate([("in_a", "any"), ("in_b", "any"), ("row", "min")])
    in_a, in_b = found["in_a_any"], found["in_b_any"]
    who = pc.if_else(pc.and_(in_a, in_b), "both", pc.if_else(in_a, "a", "b"))
    return pa.table({"incident_id": found["incident_id"], "told": who, "row": found["row_min"]}).sort_by("row")
