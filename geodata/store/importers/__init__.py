"""Tables of others: opened through DuckDB as they are; what they lack is reported and not invented."""

from __future__ import annotations

from pathlib import Path

from geodata.model.faults import Fault, InvalidData
from geodata.store.dataset import Dataset
from geodata.store.importers import foreign
from geodata.store.load import has_own_columns, load

READERS = {".csv": foreign.read_csv, ".parquet": foreign.read_parquet, ".geoparquet": foreign.read_parquet}
"""Readers by file ending: a path to a DuckDB connection that holds the file as the table ``raw``."""


def open_table(path: Path, *, strict: bool = True) -> Dataset:
    """The dataset of a path: the folder of a case, a table of our columns, checked row by row, or a table of others.

    A table of others has at least columns of ids, dates, coordinates and sources. Raises `InvalidData` with one
    clear message a fault; unless ``strict``, rows of ours with a fault are set aside, as `load` does.
    """
    if path.is_dir():
        return load(path, strict=strict)
    if not path.exists():
        raise InvalidData([Fault(path.name, 0, "", f"is not there; check the path ({path})")])
    if path.suffix.lower() not in READERS:
        endings = ", ".join(READERS)
        raise InvalidData([Fault(path.name, 0, "", f"has the ending '{path.suffix}'; tables end in {endings}")])
    if path.stat().st_size == 0:
        raise InvalidData([Fault(path.name, 0, "", "is empty; the first line must name the columns")])
    if path.suffix.lower() == ".csv" and has_own_columns(path):
        return load(path, strict=strict)
    return foreign.dataset(path, READERS[path.suffix.lower()])
