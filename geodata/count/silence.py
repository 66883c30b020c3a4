"""Incidents that other documents report and one does not, though they happened before it was published."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model import dates
from geodata.model.case import OWN_TABLE
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def unreported_incidents(dataset: Dataset, chosen: Selection, source_id: str) -> pa.Table:
    """Incidents of the selection that the document does not report, those of most documents first.

    Columns: ``incident`` (its number, see `counting.COUNTED`), ``row`` (the first report) and ``documents`` (how many
    report it). An incident is counted only if it surely happened by the last day on which the document can have been
    published: at least one report has a date with both ends, and no such date ends later. An incident with open or
    blank dates only is not counted. Nothing is counted where the day of publication is not known, and no incident of a
    table of others: whether the document tells of it under its own name, nobody has said.
    """
    names = ("incident", "source_id", "row", "first_day", "last_day", "origin")
    reports = counting.selected(dataset, chosen.without("sources"), *names)
    reports = reports.filter(pc.is_in(reports["origin"], pa.array(["", OWN_TABLE])))
    is_closed = pc.and_(
        pc.not_equal(reports["first_day"], dates.OPEN_START), pc.not_equal(reports["last_day"], dates.OPEN_END)
    )
    reports = reports.append_column("ends", pc.if_else(is_closed, reports["last_day"], None))
    by_document = reports.group_by(["incident", "source_id"]).aggregate([("row", "min"), ("ends", "max")])
    incidents = (
        by_document.group_by("incident")
        .aggregate([("row_min", "min"), ([], "count_all"), ("ends_max", "max")])
        .rename_columns(["incident", "row", "documents", "ends"])
    )
    published = dataset.sources[source_id].published
    last = dates.parse(published).last if published else dates.OPEN_END
    # The document's own incidents are under no other filter: a report that another filter drops is a report.
    own = counting.selected(dataset, Selection(sources=(source_id,)), "incident")["incident"]
    is_reported = pc.is_in(incidents["incident"], own)
    is_earlier = pc.and_(pc.less_equal(incidents["ends"], last), last != dates.OPEN_END)
    found = incidents.filter(pc.and_(is_earlier, pc.invert(is_reported))).select(["incident", "row", "documents"])
    return found.sort_by([("documents", "descending"), ("row", "ascending")])
