"""Tables of others: opened through DuckDB as they are, with what they lack said and not invented."""

from __future__ import annotations

from pathlib import Path

from geodata.store.dataset import Dataset
from geodata.store.importers import foreign
from geodata.store.load import Fault, InvalidData, has_own_columns, load

READERS = {".csv": foreign.read_csv, ".parquet": foreign.read_parquet, ".geoparquet": foreign.read_parquet}
"""Readers by file ending: a path to a DuckDB connection that holds the file as the table ``raw``."""


def open_table(path: Path) -> Dataset:
    """The dataset of a path: our own table, checked row by row, or any other that tells an id, date, place and source.

    Raises `InvalidData` with one clear message a fault.
    """
    if path.is_dir():
        raise InvalidData([Fault(path.name, 0, "", "is a folder; give the path of a table")])
    if not path.exists():
        raise InvalidData([Fault(path.name, 0, "", f"is not there; check the path ({path})")])
    if path.suffix.lower() not in READERS:
        endings = ", ".join(READERS)
        raise InvalidData([Fault(path.name, 0, "", f"has the ending '{path.suffix}'; tables end in {endings}")])
    if path.stat().st_size == 0:
        raise InvalidData([Fault(path.name, 0, "", "is empty; the first line must name the columns")])
    if path.suffix.lower() == ".csv" and has_own_columns(path):
        return load(path)
    return foreign.dataset(path, READERS[path.suffix.lower()])
