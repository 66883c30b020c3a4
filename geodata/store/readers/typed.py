"""Batches of typed columns, one of which may be a geometry, as rows of ``raw``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
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
    pouring = _Pouring(reading, geometry, crs)
    raw.create(reading.connection, len(keys))
    raw.pour(reading.connection, len(keys), pouring.numbered(batches))
    columns, told = shapes.settle(reading.connection, keys)
    return reading.table(columns, (*notes, *told, *pouring.notes()), parts=parts)


@dataclass
class _Pouring:
    """Batches on their way to ``raw``, and what is told of their rows."""

    reading: Reading
    geometry: str | None
    crs: pyproj.CRS | None
    empty: int = 0
    """Wholly empty rows, which are left out."""
    broken: list[int] = field(default_factory=list)
    """Rows whose geometry is none that can be read."""

    def numbered(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batches of ``raw``."""
        number = 0
        for batch in batches:
            shown = batch.drop_columns([self.geometry]) if self.geometry else batch
            columns = [as_text(whole(column)) for column in _flat(pa.Table.from_batches([shown])).columns]
            is_broken = np.zeros(len(batch), bool)
            if self.geometry:
                measured, is_broken = self._measured(batch[self.geometry])
                columns += measured
            if columns and (blank := blank_rows(columns)) is not None:
                self.empty += int(blank.sum())
                columns = [column.filter(pa.array(~blank)) for column in columns]
                is_broken = is_broken[~blank]
            rows = len(columns[0]) if columns else 0
            numbers = np.arange(number + 1, number + rows + 1, dtype=np.int32)
            self.broken += numbers[is_broken].tolist()
            number += rows
            yield pa.record_batch([pa.array(numbers), *columns], schema=raw.schema(len(columns)))
            self.reading.progress(f"Reading {self.reading.name}: {number:,} rows", None)

    def _measured(self, column: pa.Array) -> tuple[list[pa.Array], npt.NDArray[np.bool_]]:
        """The columns of `shapes.COLUMNS` as text, and which rows hold what is no geometry."""
        drawn = shapely.from_wkb(np.asarray(column.to_pylist(), object), on_invalid="ignore")
        measured = shapes.measured(shapes.to_wgs84(drawn, self.crs))
        is_broken = column.is_valid().to_numpy(zero_copy_only=False) & shapely.is_missing(drawn)
        return [as_text(pa.array(one, from_pandas=True)) for one in measured], is_broken

    def notes(self) -> list[str]:
        return [*raw.empty_rows(self.empty), *geometries_unread(self.broken)]


def geometries_unread(rows: Sequence[int]) -> list[str]:
    """The note on rows whose geometry cannot be read."""
    if not rows:
        return []
    has = "has a geometry" if len(rows) == 1 else "have geometries"
    return [f"{raw.lines_named(rows, 'Row')} {has} that cannot be read, so no place; mend the file."]


def _flat(table: pa.Table) -> pa.Table:
    """A table whose structures are columns of their own, with dots in their names."""
    while any(pa.types.is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table
