"""GeoJSON (RFC 7946): WGS 84, longitude first; a report without coordinates keeps a null geometry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from geodata.exports.attribution import about, parts_of, records, withheld
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def to_geojson(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as a FeatureCollection; its ``description``, a foreign member, is the legend in words.

    ``precision`` and ``radius_km`` say how far a point may be from the truth. Written without a data frame, which would
    turn whole numbers beside blanks into fractions.
    """
    return b"".join(written(dataset, chosen))


def written(dataset: Dataset, chosen: Selection) -> Iterator[bytes]:
    """The same file in parts, none of which grows with the table."""
    description = about(dataset, withheld(dataset, chosen))
    head = {"type": "FeatureCollection", "description": description}
    yield _json(head)[:-1] + b', "features": ['
    between = b""
    for rows in parts_of(dataset, chosen):
        yield between + b", ".join(_json(_feature(record)) for record in records(dataset, rows))
        between = b", "
    yield b"]}"


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    geometry = None if record["latitude"] is None else point
    return {"type": "Feature", "geometry": geometry, "properties": record}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=date.isoformat).encode()
