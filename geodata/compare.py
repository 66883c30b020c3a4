"""Two sets of sources beside each other: what only the first tells, what both tell, what only the second tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import pyarrow as pa

from geodata.dataset import Dataset
from geodata.selection import CHOICES, Selection, select

COMPARABLE: Mapping[str, str] = {
    "sources": "documents",
    "publishers": "publishers",
    "sides": "claimant sides",
    "statuses": "standings",
}
"""Fields of `Selection` whose values can be set against each other, in words."""

TOLD = ("a", "both", "b")


@dataclass(frozen=True)
class Pair:
    """Two sets of values of one field: the reports of the one are set against those of the other."""

    field: str
    a: tuple[str, ...]
    b: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.a and self.b)

    def selections(self, chosen: Selection) -> tuple[Selection, Selection]:
        """What each of the two maps shows: the other filters stay, the compared field is each set's own."""
        return chosen.among(self.field, self.a), chosen.among(self.field, self.b)

    def together(self, chosen: Selection) -> Selection:
        return chosen.among(self.field, tuple(dict.fromkeys((*self.a, *self.b))))


def incidents(dataset: Dataset, chosen: Selection, pair: Pair) -> pa.Table:
    """The incidents that either set tells: ``incident_id``, ``told`` (a value of `TOLD`), ``row`` (its first report).

    In the order of their first reports. A report that both sets hold counts for both.
    """
    shown = select(dataset.reports, pair.together(chosen))
    column = CHOICES[pair.field]
    by_incident = shown.group_by("incident_id").aggregate(
        in_a=shown[column].isin(pair.a).any(), in_b=shown[column].isin(pair.b).any(), row=shown.row.min()
    )
    told = ibis.cases((by_incident.in_a & by_incident.in_b, "both"), (by_incident.in_a, "a"), else_="b")
    return dataset.fetch(by_incident.mutate(told=told).select("incident_id", "told", "row").order_by("row"))
