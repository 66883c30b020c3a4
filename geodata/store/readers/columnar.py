"""Parquet, GeoParquet, Arrow and Stata, read a batch at a time."""

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj

from geodata.model.faults import InvalidData
from geodata.store.readers import raw, shapes
from geodata.store.readers.raw import RawTable, Reading
from geodata.store.readers.typed import poured


def parquet(reading: Reading) -> RawTable:
    """The rows of a Parquet file; of GeoParquet with the place of each geometry. Raises `InvalidData`."""
    try:
        with pq.ParquetFile(reading.path) as file:
            schema = file.schema_arrow
            geometry, crs = _geometry((schema.metadata or {}).get(b"geo", b"{}"), schema)
            return poured(reading, schema, file.iter_batches(raw.LOT), geometry=geometry, crs=crs)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise reading.refused(f"is a broken Parquet file ({_first_line(error)}); fetch it again") from error


def _geometry(geo: bytes, schema: pa.Schema) -> tuple[str | None, pyproj.CRS | None]:
    """The column of the geometry and its reference system (GeoParquet 1.1), None for WGS 84.

    None, too, where what the file says of its geometry is not well-formed: then the column is read like any other.
    """
    try:
        described = json.loads(geo)
        name = described["primary_column"]
        column = described["columns"][name]
        known = column["encoding"] == "WKB" and name in schema.names and pa.types.is_binary(schema.field(name).type)
        crs = pyproj.CRS.from_user_input(column["crs"]) if column.get("crs") else None
    except (ValueError, LookupError, TypeError, AttributeError, pyproj.exceptions.CRSError):
        return None, None
    return (name, shapes.unless_wgs84(crs) if crs else None) if known else (None, None)


def arrow(reading: Reading) -> RawTable:
    """The rows of an Arrow or Feather file, or of a stream. Raises `InvalidData`."""
    try:
        with pa.OSFile(str(reading.path)) as source:  # mapped, a file that is cut meanwhile ends the program
            stream = source.read(6) != b"ARROW1"
            source.seek(0)
            if stream:
                reader = pa.ipc.open_stream(source)
                return poured(reading, reader.schema, reader)
            file = pa.ipc.open_file(source)
            batches = (file.get_batch(place) for place in range(file.num_record_batches))
            return poured(reading, file.schema, batches)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise reading.refused(f"is a broken Arrow file ({_first_line(error)}); fetch it again") from error


def stata(reading: Reading) -> RawTable:
    """The rows of a Stata file, labels as words. Raises `InvalidData`."""
    try:
        notes: list[str] = []
        batches = _frames(reading, labels=True)
        try:
            first = next(batches, None)
        except ValueError:
            notes.append("Codes stand for their labels, some of which are the same.")
            batches = _frames(reading, labels=False)
            first = next(batches, None)
        if first is None:
            raise reading.refused("has no rows")
        table = poured(reading, first.schema, itertools.chain([first], batches))
        return replace(table, notes=(*table.notes, *notes))
    except InvalidData:
        raise
    except (ValueError, KeyError, IndexError, OSError, struct.error) as error:
        raise reading.refused(f"is a broken Stata file ({_first_line(error)}); save it again") from error


def _frames(reading: Reading, *, labels: bool) -> Iterator[pa.RecordBatch]:
    with pd.read_stata(reading.path, chunksize=raw.LOT, convert_categoricals=labels) as frames:
        for frame in frames:
            yield pa.RecordBatch.from_pandas(frame, preserve_index=False)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
