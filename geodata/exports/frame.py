"""Attributed records as a table of points, for the formats that geopandas and GDAL write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geodata.store.dataset import SCHEMA

_TYPES = {field.name: field.type for field in SCHEMA}
_WITH_BLANKS = {pa.int32(): pd.Int64Dtype(), pa.date32(): pd.ArrowDtype(pa.date32())}
"""Types of pandas that keep whole numbers and days what they are beside blanks."""


def frame(records: Sequence[dict[str, Any]], columns: Sequence[str]) -> gpd.GeoDataFrame:
    """One row a record, ``columns`` and ``geometry``: points in WGS 84, longitude first.

    A report without coordinates keeps a null geometry. Whole numbers stay whole and days stay days beside blanks, and
    the types are the same for a table without rows.
    """
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns])
    table = pa.Table.from_pylist(list(records), schema).to_pandas(types_mapper=_WITH_BLANKS.get)
    points = gpd.GeoSeries.from_xy(table["longitude"], table["latitude"], crs="EPSG:4326")
    return gpd.GeoDataFrame(table, geometry=points.where(table["latitude"].notna()))
