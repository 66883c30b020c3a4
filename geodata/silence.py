"""What a document leaves out: incidents that others tell and it does not, though it could have known of them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geodata import counting, dates
from geodata.dataset import Dataset
from geodata.selection import Selection


def left_out(dataset: Dataset, chosen: Selection, source_id: str) -> pa.Table:
    """Incidents among those chosen that the document does not tell: ``incident_id``, ``row`` (its first report),
    ``documents`` (how many tell it), most told first.

    Not counted are undated incidents and those that begin after the document's last possible day of publication.
    """
    shown = counting.shown(dataset, chosen.without("sources"), "incident_id", "source_id", "row", "first_day")
    tellings = shown.group_by(["incident_id", "source_id"]).aggregate([("row", "min"), ("first_day", "min")])
    tellings = tellings.append_column("is_told", pc.equal(tellings["source_id"], source_id))
    incidents = (
        tellings.group_by("incident_id")
        .aggregate([("row_min", "min"), ([], "count_all"), ("first_day_min", "min"), ("is_told", "any")])
        .rename_columns(["incident_id", "row", "documents", "begins", "is_told"])
    )
    is_left_out = pc.and_(pc.invert(incidents["is_told"]), pc.is_valid(incidents["begins"]))
    if published := dataset.sources[source_id].published:
        is_left_out = pc.and_(is_left_out, pc.less_equal(incidents["begins"], dates.parse(published).last))
    found = incidents.filter(is_left_out).select(["incident_id", "row", "documents"])
    return found.sort_by([("documents", "descending"), ("row", "ascending")])
