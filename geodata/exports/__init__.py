"""What is shown, to take away: one format, one file, and no row without who claims it and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from geodata.dataset import Dataset
from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson

EXPORTS: Mapping[str, Callable[[Dataset, pa.Table], bytes]] = {"csv": to_csv, "geojson": to_geojson}
"""Writers by file ending. Each takes a dataset and rows of its ``reports``, and gives the bytes of a file."""
