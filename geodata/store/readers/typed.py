"""Batches of typed columns, one of which may be a geometry, as rows of ``raw``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyproj
import shapely

from geodata.store.readers import raw, shapes
from geodata.store.readers.cells import as_text
from geodata.store.readers.raw import CELL, GEOMETRY, Key, RawTable, Reading
from geodata.store.values.blanks import blank_rows, whole


def poured(
    reading: Reading,
    schema: pa.Schema,
    batches: Iterable[pa.RecordBatch],
    *,
    geometry: str | None = None,
    crs: pyproj.CRS | None = None,
    notes: Iterable[str] = (),
    parts: tuple[str, ...] = (),
) -> RawTable:
    """Makes ``raw`` of batches. ``geometry`` names the column of well-known binary, in ``crs`` (None: WGS 84).

    ``notes`` and ``parts`` are those of the `RawTable`. Raises `InvalidData` where there are no rows.
    """
    flat = _flat(pa.Table.from_batches([], schema.remove(schema.get_field_index(geometry)) if geometry else schema))
    keys: list[Key] = [(CELL, name) for name in flat.column_names]
    keys += [(GEOMETRY, name) for name in shapes.COLUMNS] if geometry else []
    empty: list[int] = []
    raw.create(reading.connection, len(keys))
    raw.pour(reading.connection, len(keys), _numbered(reading, batches, geometry, crs, empty))
    columns, told = shapes.settle(reading.connection, keys)
    return reading.table(columns, (*notes, *told, *raw.empty_rows(sum(empty))), parts=parts)


def _numbered(
    reading: Reading, batches: Iterable[pa.RecordBatch], geometry: str | None, crs: pyproj.CRS | None, empty: list[int]
) -> Iterator[pa.RecordBatch]:
    """Batches of ``raw``; the wholly empty rows that are left out are counted in ``empty``."""
    number = 0
    for batch in batches:
        shown = batch.drop_columns([geometry]) if geometry else batch
        table = _flat(pa.Table.from_batches([shown]))
        columns = [as_text(whole(column)) for column in table.columns]
        if geometry:
            columns += _measures(batch[geometry], crs)
        if columns and (blank := blank_rows(columns)) is not None:
            empty.append(int(blank.sum()))
            columns = [column.filter(pa.array(~blank)) for column in columns]
        rows = len(columns[0]) if columns else 0
        numbers = pa.array(np.arange(number + 1, number + rows + 1, dtype=np.int32))
        number += rows
        yield pa.record_batch([numbers, *columns], schema=raw.schema(len(columns)))
        reading.progress(f"Reading {reading.name}: {number:,} rows", None)


def _flat(table: pa.Table) -> pa.Table:
    """A table whose structures are columns of their own, with dots in their names."""
    while any(pa.types.is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table


def _measures(column: pa.Array, crs: pyproj.CRS | None) -> list[pa.Array]:
    """The columns of `shapes.COLUMNS` as text."""
    drawn = shapely.from_wkb(np.asarray(column.to_pylist(), object), on_invalid="ignore")
    return [as_text(pa.array(one, from_pandas=True)) for one in shapes.measured(shapes.to_wgs84(drawn, crs))]
