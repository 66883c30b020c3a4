"""GeoParquet (GeoParquet 1.1) for pandas, DuckDB and R: typed columns, WGS 84 points, longitude first."""

from __future__ import annotations

import io

from geodata.exports.attribution import attributed, columns_of
from geodata.exports.frame import frame
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def to_parquet(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports, one row each, points as well-known binary in ``geometry``; null where nothing is stated."""
    file = io.BytesIO()
    frame(attributed(dataset, chosen), columns_of(dataset)).to_parquet(file, index=False, schema_version="1.1.0")
    return file.getvalue()
