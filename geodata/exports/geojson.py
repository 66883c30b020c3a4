"""GeoJSON (RFC 7946): WGS 84, longitude first; a report without coordinates keeps a null geometry."""

from __future__ import annotations

import json

from geodata.dataset import Dataset
from geodata.exports.attribution import attributed
from geodata.selection import Selection


def to_geojson(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as a FeatureCollection.

    ``precision`` and ``radius_km`` say how far a point may be from the truth. Written without a data frame, which would
    turn whole numbers beside blanks into fractions.
    """
    features = [
        {
            "type": "Feature",
            "geometry": None
            if record["latitude"] is None
            else {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]},
            "properties": record,
        }
        for record in attributed(dataset, chosen)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, allow_nan=False).encode()
