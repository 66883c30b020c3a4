"""The made-up table as the peers can take it: points with one day each.

Peers know no vague dates, and get the first possible day.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet


def write(made: pa.Table, path: Path) -> None:
    """Columns longitude, latitude and day (since 1970-01-01) as Parquet, sorted by day."""
    text = pc.list_element(pc.split_pattern(made["date"], "/"), 0)
    day = np.asarray(text.to_pandas(), dtype="datetime64[D]").astype(np.int64)
    order = np.argsort(day, kind="stable")
    columns = {name: np.asarray(made[name])[order] for name in ("longitude", "latitude")}
    pyarrow.parquet.write_table(pa.table({**columns, "day": day[order]}), path)
