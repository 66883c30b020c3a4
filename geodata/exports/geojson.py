"""GeoJSON (RFC 7946): WGS 84, longitude first; a report without coordinates keeps a null geometry."""

from __future__ import annotations

import json
from datetime import date

from geodata.exports.attribution import about, records, rows_of
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def to_geojson(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as a FeatureCollection; its ``description``, a foreign member, is the legend in words.

    ``precision`` and ``radius_km`` say how far a point may be from the truth. Written without a data frame, which would
    turn whole numbers beside blanks into fractions.
    """
    rows, withheld = rows_of(dataset, chosen)
    features = [
        {
            "type": "Feature",
            "geometry": None
            if record["latitude"] is None
            else {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]},
            "properties": record,
        }
        for record in records(dataset, rows)
    ]
    collection = {"type": "FeatureCollection", "description": about(dataset, withheld), "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, default=date.isoformat).encode()
