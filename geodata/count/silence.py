"""Incidents that other documents report and one does not, though they happened before it was published."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

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
    return dataset.fetch(asked_for(dataset.reports, chosen, source_id, last))


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
