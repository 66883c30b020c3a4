"""Any file of the field as one table of text cells, found by content. Nothing here knows what a column means.

`read` is all that others need. A kind of file is a module; `form.form_of` tells which.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import duckdb

from geodata.model.faults import Fault, InvalidData, reason
from geodata.model.mapping import Form
from geodata.store import temporary
from geodata.store.opening import Progress, unseen
from geodata.store.readers import (
    columnar,
    form,
    kml,
    objects,
    packed,
    references,
    saved_map,
    separated,
    spatial,
    workbook,
)
from geodata.store.readers.raw import FOUND, RawTable, Reading

__all__ = ["RawTable", "read"]

DEEPEST = 3
"""How many times a file may be packed: a table in a gzip in a zip is packed twice."""


def read(
    path: Path, connection: duckdb.DuckDBPyConnection, hints: Form = FOUND, progress: Progress = unseen
) -> RawTable:
    """Reads a file into the table ``raw`` of a connection, which `RawTable` describes.

    ``progress`` is called at every batch. Raises `InvalidData` with one clear message where the file cannot be read at
    all.
    """
    if path.is_dir():
        raise InvalidData([Fault(path.name, 0, "", "is a folder; give the path of a file")])
    if not os.path.lexists(path):
        raise InvalidData([Fault(path.name, 0, "", "is not there; check the path")])
    with temporary.folder() as folder:
        # Of a path that begins with a slash no library takes a part, such as zip:, for an address.
        return _read(Reading(path.absolute(), path.name, connection, folder, hints, progress))


def _read(reading: Reading) -> RawTable:
    """Reads a file that may have been unpacked from another."""
    if reading.depth > DEEPEST:
        raise reading.refused(f"is packed more than {DEEPEST} times; unpack it")
    try:
        if reading.path.stat().st_size == 0:
            raise reading.refused("is empty; the first line must name the columns")
        kind = form.form_of(reading.path)
    except form.Unreadable as error:
        raise reading.refused(str(error)) from error
    except OSError as error:
        raise reading.refused(f"cannot be read ({reason(error)})") from error
    return READERS[kind](reading)


READERS: Mapping[str, Callable[[Reading], RawTable]] = {
    "text": separated.read,
    "JSON": objects.read,
    "KML": kml.read,
    "BibTeX": references.read,
    "saved map": saved_map.read,
    "Parquet": columnar.parquet,
    "Arrow": columnar.arrow,
    "Stata": columnar.stata,
    "zip": partial(packed.archived, read=_read),
    **{name: partial(packed.compressed, form=name, read=_read) for name in packed.OPENERS},
    **{name: partial(workbook.read, form=name) for name in ("XLSX", "XLSB", "XLS", "ODS")},
    **{name: partial(spatial.read, form=name) for name in ("GeoPackage", "Shapefile", "FlatGeobuf")},
}
"""A reader for each kind of file that `form.form_of` tells."""
