"""GeoJSON (RFC 7946): WGS 84, longitude first; a report without coordinates keeps a null geometry."""

from __future__ import annotations

import geopandas as gpd
from shapely.geometry import Point

from geodata.dataset import Dataset
from geodata.exports.attribution import attributed
from geodata.selection import Selection


def to_geojson(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as a FeatureCollection.

    ``precision`` and ``radius_km`` say how far a point may be from the truth.
    """
    records = attributed(dataset, chosen)
    if not records:
        return b'{"type": "FeatureCollection", "features": []}'
    points = [
        Point(record["longitude"], record["latitude"]) if record["latitude"] is not None else None for record in records
    ]
    frame = gpd.GeoDataFrame(records, geometry=points, crs="EPSG:4326")
    # RFC 7946 knows WGS 84 only and has no member that names a reference system.
    return str(frame.to_json(na="null", drop_id=True, ensure_ascii=False)).encode()
