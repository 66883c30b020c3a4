"""The columns of a table's file that tell where: all that geocoding takes from the reading of tables."""

from __future__ import annotations

from pathlib import Path

from geodata.model.faults import Fault, InvalidData
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.importers import build, filled, positions
from geodata.store.load import has_own_columns


def is_own_table(path: Path) -> bool:
    """Whether a file is a CSV table of our own columns, or is not there, which its reader tells."""
    return path.suffix.lower() == ".csv" and (not path.is_file() or has_own_columns(path))


def columns_of(path: Path) -> PlaceColumns:
    """The columns of a table of others, as its mapping reads them. Raises `InvalidData` where no column names places.

    A row whose coordinates are written and cannot be read names no place here: it is not blank.
    """
    work, _ = build.opened(build.connect(), path)
    if not work.mapping.place:
        raise InvalidData([Fault(path.name, 0, "place", "no column names places; name one on the page Table")])
    positions.add(work)
    return filled.columns(work)
