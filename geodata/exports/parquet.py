"""GeoParquet (GeoParquet 1.1) for pandas, DuckDB and R: typed columns, WGS 84 points, longitude first."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.exports.attribution import columns_of, parts_of, records
from geodata.exports.frame import frame
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def to_parquet(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports, one row each, points as well-known binary in ``geometry``; null where nothing is stated."""
    return b"".join(written(dataset, chosen))


def written(dataset: Dataset, chosen: Selection) -> Iterator[bytes]:
    """The same file in parts, a row group each, none of which grows with the table."""
    columns, file = columns_of(dataset), _Unsent()
    schema = _schema(columns)
    with pa.PythonFile(file, "w") as sink:
        with pq.ParquetWriter(sink, schema) as writer:
            for rows in parts_of(dataset, chosen):
                part = frame(records(dataset, rows), columns).to_wkb()
                writer.write_table(pa.Table.from_pandas(part, schema, preserve_index=False))
                yield file.taken()
        yield file.taken()


def _schema(columns: tuple[str, ...]) -> pa.Schema:
    """What geopandas says of these columns, but for the box of the points, which is known when the last is written."""
    file = io.BytesIO()
    frame([], columns).to_parquet(file, index=False, schema_version="1.1.0")
    schema = pq.read_schema(file)
    geo = json.loads(schema.metadata[b"geo"])
    geo["columns"]["geometry"] |= {"geometry_types": ["Point"]}
    geo["columns"]["geometry"].pop("bbox", None)
    return schema.with_metadata(schema.metadata | {b"geo": json.dumps(geo).encode()})


class _Unsent(io.RawIOBase):
    """Keeps what is written to it until it is taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._held += content
        return len(content)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held
