"""What a document leaves out: incidents that others tell and it does not, though it could have known of them."""

from __future__ import annotations

import ibis
import pyarrow as pa

from geodata import dates
from geodata.dataset import Dataset
from geodata.selection import Selection, select


def left_out(dataset: Dataset, chosen: Selection, source_id: str) -> pa.Table:
    """Incidents among those chosen that the document does not tell: ``incident_id``, ``row`` (its first report),
    ``documents`` (how many tell it), most told first.

    Not counted are undated incidents and those that begin after the document's last possible day of publication.
    """
    shown = select(dataset.reports, chosen.without("sources"))
    by_incident = shown.group_by("incident_id").aggregate(
        row=shown.row.min(),
        documents=shown.source_id.nunique(),
        begins=shown.first_day.min(),
        is_told=(shown.source_id == source_id).any(),
    )
    rest = by_incident.filter(~by_incident.is_told & by_incident.begins.notnull())
    if published := dataset.sources[source_id].published:
        rest = rest.filter(rest.begins <= dates.parse(published).last)
    return dataset.fetch(rest.select("incident_id", "row", "documents").order_by(ibis.desc("documents"), "row"))
