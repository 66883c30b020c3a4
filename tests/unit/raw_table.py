"""A file read by `geodata.store.readers`, for tests: its record and its cells."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from geodata.model.faults import Fault, InvalidData
from geodata.model.mapping import Form
from geodata.store.readers import RawTable, read


class Read(NamedTuple):
    table: RawTable
    rows: list[dict[str, str]]
    """The rows of ``raw`` in the order of their numbers, a blank cell as ''."""
    numbers: list[int]


def opened(path: Path, hints: Form | None = None) -> Read:
    """What is read of a file; checks what must be true of every file."""
    connection = duckdb.connect()
    table = read(path, connection, hints or Form())
    described = [name for (name, *_) in connection.execute("DESCRIBE raw").fetchall()]
    assert described == ["n", *(f"c{place}" for place in range(len(table.columns)))]
    assert len(set(table.columns)) == len(table.columns)
    rows = connection.execute("SELECT * FROM raw ORDER BY n").fetchall()
    numbers = [row[0] for row in rows]
    assert table.rows == len(rows) + len(table.set_aside)
    assert sorted(numbers + table.set_aside["row"].to_pylist()) == [*range(1, table.rows + 1)]
    cells = [dict(zip(table.columns, (cell or "" for cell in row[1:]), strict=True)) for row in rows]
    return Read(table, cells, numbers)


def fault_of(path: Path, hints: Form | None = None) -> Fault:
    """The one fault for which a file cannot be read."""
    with pytest.raises(InvalidData) as caught:
        read(path, duckdb.connect(), hints or Form())
    (fault,) = caught.value.faults
    return fault
