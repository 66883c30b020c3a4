"""Incidents that other documents report and one does not, though they happened before it was published."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model import dates
from geodata.model.case import OWN_TABLE
from geodata.model.selection import Selection, select
from geodata.store.dataset import Dataset


def unreported_incidents(dataset: Dataset, chosen: Selection, source_id: str) -> pa.Table:
    """Incidents of the selection that the document does not report, those of most documents first.

    Columns: ``row`` (the first report) and ``documents`` (how many
    report it). An incident is counted only if it surely happened by the last day on which the document can have been
    published: at least one report has a date with both ends, and no such date ends later. An incident with open or
    blank dates only is not counted. Nothing is counted where the day of publication is not known, and no incident of a
    table of others: whether the document tells of it under its own name, nobody has said.
    """
    published = dataset.sources[source_id].published
    last = dates.parse(published).last if published else dates.OPEN_END
    if dataset.is_large:
        return dataset.fetch(asked_for(dataset.reports, chosen, source_id, last))
    return _counted_here(dataset, chosen, source_id, last)


def asked_for(reports: ir.Table, chosen: Selection, source_id: str, last: date) -> ir.Table:
    """What `unreported_incidents` asks; ``last`` is the last day of publication, open where it is not known."""
    told = select(reports, chosen.without("sources"))
    told = told.filter(told.origin.isin(["", OWN_TABLE]))
    is_closed = (told.first_day != ibis.literal(dates.OPEN_START)) & (told.last_day != ibis.literal(dates.OPEN_END))
    # The document's own incidents are under no other filter: a report that another filter drops is a report.
    own = reports.filter(reports.source_id == source_id).select("incident_id").distinct()
    incidents = (
        told.anti_join(own, "incident_id")
        .group_by("incident_id")
        .aggregate(row=told.row.min(), documents=told.source_id.nunique(), ends=told.last_day.max(where=is_closed))
    )
    is_earlier = (incidents.ends <= ibis.literal(last)) & ibis.literal(last != dates.OPEN_END)
    return incidents.filter(is_earlier).select("row", "documents").order_by(ibis.desc("documents"), "row")


def _counted_here(dataset: Dataset, chosen: Selection, source_id: str, last: date) -> pa.Table:
    """What `asked_for` asks, of the rows in memory: to write its SQL takes longer than to count them."""
    reports = counting.columns(dataset)
    own = pc.unique(reports["incident"].filter(pc.equal(reports["source_id"], source_id)))
    is_told = pc.and_(
        pa.array(counting.selection_mask(dataset, chosen.without("sources"))),
        pc.is_in(reports["origin"], value_set=pa.array(["", OWN_TABLE])),
    )
    told = reports.filter(pc.and_not(is_told, pc.is_in(reports["incident"], value_set=own)))
    is_closed = pc.and_(
        pc.not_equal(told["first_day"], dates.OPEN_START), pc.not_equal(told["last_day"], dates.OPEN_END)
    )
    counted = pa.table({
        "incident": told["incident"],
        "row": told["row"],
        "document": told["source_id"].combine_chunks().indices,
        "end": pc.if_else(is_closed, told["last_day"], None),
    })  # fmt: skip
    incidents = counted.group_by("incident").aggregate([("row", "min"), ("document", "count_distinct"), ("end", "max")])
    is_known = last != dates.OPEN_END
    incidents = incidents.filter(pc.less_equal(incidents["end_max"], last)) if is_known else incidents.slice(0, 0)
    found = incidents.select(["row_min", "document_count_distinct"]).rename_columns(["row", "documents"])
    return found.sort_by([("documents", "descending"), ("row", "ascending")])
