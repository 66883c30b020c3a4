"""The columns of a table's file that tell where: all that geocoding takes from the reading of tables."""

from __future__ import annotations

from pathlib import Path

from geodata.model.faults import Fault, InvalidData
from geodata.store.answers import remembered
from geodata.store.breaking import breakable
from geodata.store.dataset import Dataset, quoted
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.importers import build, filled, positions
from geodata.store.importers.columns import Columns
from geodata.store.importers.work import Work
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


@remembered(most=1)
def tables_to_place(dataset: Dataset) -> tuple[str, ...]:
    """The tables of others in which a row names a place and has no coordinates of its own, by ``dataset.own``."""
    if not dataset.own:
        return ()
    reports = dataset.reports
    is_open = reports.latitude.isnull() | (reports.placed_by != "")
    found = dataset.fetch(reports.filter(is_open & (reports.place != "")).select("origin").distinct())
    return tuple(name for name in dataset.own if name in found["origin"].to_pylist())


def columns_in(dataset: Dataset, name: str) -> PlaceColumns:
    """As `columns_of`, of a table that is open, as it came: without coordinates that decisions added.

    ``name`` is a key of ``dataset.own``, and of a table whose mapping names places.
    """
    own = dataset.own[name]
    opening = dict(zip(dataset.own, dataset.openings[-len(dataset.own) :], strict=True))[name]
    assert opening.mapping is not None, f"{own.file} has our own columns"
    columns, where = Columns(opening.columns), opening.mapping.position
    read = (where.latitude, where.longitude, where.cell, where.precision, where.country, where.province)
    used = sorted({columns.number(base) for base in columns.bases((*opening.mapping.place, *read))})
    with breakable(dataset.reports.get_backend().con.cursor()) as cursor:
        cells = cursor.sql(f"SELECT {', '.join(('n', *(f'c{at}' for at in used)))} FROM {quoted(own.table)}")
        texts = cells.to_arrow_table()
    work = Work(build.connect(), columns, opening.mapping)
    work.keep(work.raw, texts)
    positions.add(work)
    return filled.columns(work)
