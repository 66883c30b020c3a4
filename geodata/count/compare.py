"""Two sets of sources compared: incidents that only the first reports, that both do, that only the second does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model.filters import CHOICES
from geodata.model.selection import Selection, select
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

COMPARABLE: Mapping[str, str] = {
    "sources": "documents",
    "publishers": "publishers",
    "tables": "tables",
    "sides": "claimant sides",
    "statuses": "standings",
}
"""Fields of `Selection` whose values can be compared, in words."""

REPORTED_BY = ("a", "both", "together", "b")
"""Which of the two sets reports an incident, in the order of the lists on the page; ``together``: the two stand in one
telling, whose sources share one coder's values, and nowhere apart."""


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


@remembered(most=16)
def numbers(dataset: Dataset, chosen: Selection, pair: Pair) -> Mapping[str, int]:
    """How many incidents are told in each way of `REPORTED_BY`."""
    if dataset.is_large:
        told = incidents_asked(dataset.reports, chosen, pair)
        counted = dataset.fetch(told.group_by("told").aggregate(incidents=told.count()))
    else:
        counted = counting.grouped(incidents(dataset, chosen, pair), "told").rename_columns(["told", "incidents"])
    found = {row["told"]: row["incidents"] for row in counted.to_pylist()}
    return dict.fromkeys(REPORTED_BY, 0) | found


@remembered(most=16)
def first(dataset: Dataset, chosen: Selection, pair: Pair, told: str, most: int) -> tuple[int, ...]:
    """The ``row`` of the first report of the incidents that are told in one of these ways, the first ``most``."""
    if dataset.is_large:
        found = incidents_asked(dataset.reports, chosen, pair)
        rows = found.filter(found.told == told).select("row").order_by("row").limit(most)
        return tuple(dataset.fetch(rows)["row"].to_pylist())
    of_all = incidents(dataset, chosen, pair)
    return tuple(of_all.filter(pc.equal(of_all["told"], told))["row"][:most].to_pylist())


def incidents_asked(reports: ir.Table, chosen: Selection, pair: Pair) -> ir.Table:
    """The question of `incidents`, in no order and without their numbers."""
    told = select(reports, pair.together(chosen))
    value = told[CHOICES[pair.field]]
    sets = told.mutate(in_a=value.isin(pair.a), in_b=value.isin(pair.b))
    each = sets.group_by("incident_id").aggregate(
        in_a=sets.in_a.any(),
        in_b=sets.in_b.any(),
        # The least and the greatest telling differ where there are several.
        is_apart=(sets.in_a & sets.in_b).any() | (sets.telling.min() != sets.telling.max()),
        row=sets.row.min(),
    )
    by_both = ibis.ifelse(each.is_apart, "both", "together")
    return each.select("row", told=ibis.ifelse(each.in_a & each.in_b, by_both, ibis.ifelse(each.in_a, "a", "b")))


@remembered(most=4)
def incidents(dataset: Dataset, chosen: Selection, pair: Pair) -> pa.Table:
    """The incidents that either set reports, in the order of their first reports.

    Columns: ``incident`` (its number, see `counting.COUNTED`), ``told`` (one of `REPORTED_BY`) and ``row`` (the first
    report). A report that is in both sets counts for both. Two reports of one telling do not: nobody told the incident
    twice.
    """
    column = CHOICES[pair.field]
    reports = counting.selected(dataset, pair.together(chosen), "incident", "row", "telling", column)
    in_sets = pa.table(
        {
            "incident": reports["incident"],
            "row": reports["row"],
            "telling": reports["telling"],
            "in_a": (in_a := pc.is_in(reports[column], pa.array(pair.a))),
            "in_b": (in_b := pc.is_in(reports[column], pa.array(pair.b))),
            "is_in_both": pc.and_(in_a, in_b),
        }
    )
    found = in_sets.group_by("incident").aggregate(
        [("in_a", "any"), ("in_b", "any"), ("is_in_both", "any"), ("telling", "count_distinct"), ("row", "min")]
    )
    in_a, in_b = found["in_a_any"], found["in_b_any"]
    is_apart = pc.or_(found["is_in_both_any"], pc.greater(found["telling_count_distinct"], 1))
    by_both = pc.if_else(is_apart, "both", "together")
    reported_by = pc.if_else(pc.and_(in_a, in_b), by_both, pc.if_else(in_a, "a", "b"))
    return pa.table({"incident": found["incident"], "told": reported_by, "row": found["row_min"]}).sort_by("row")
