"""The columns that leave with every export: the report as coded, and the document it cites."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from geodata.dataset import Dataset
from geodata.schema import Report

SOURCE_COLUMNS = ("title", "publisher", "author", "published", "side", "reliability", "credibility", "licence")


def attributed(dataset: Dataset, rows: pa.Table) -> tuple[list[dict[str, Any]], int]:
    """Rows as dictionaries with ``source_*`` columns and place names beside them, and how many were left out.

    Left out are rows of documents whose terms forbid passing them on (``may_republish`` is false).
    """
    kept: list[dict[str, Any]] = []
    withheld = 0
    for row in rows.to_pylist():
        source, place = dataset.sources[row["source_id"]], dataset.places.get(row["place_id"])
        if not source.may_republish:
            withheld += 1
            continue
        record = {name: row[name] for name in Report.model_fields}
        record |= {f"source_{name}": getattr(source, name) for name in SOURCE_COLUMNS}
        record |= {"place_names": " | ".join(place.names) if place else "", "radius_km": row["radius_km"]}
        kept.append(record)
    return kept, withheld
