"""Tables of any kind to datasets: ours checked row by row, those of others by a mapping, several within a case."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from geodata.model.faults import Fault, InvalidData, reason
from geodata.model.mapping import TableMapping
from geodata.store import case_file
from geodata.store.dataset import Base, Dataset
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers import build, several
from geodata.store.load import has_own_columns, load
from geodata.store.opening import Progress, unseen


def open_table(path: Path, *, strict: bool = True, base: Base | None = None, progress: Progress = unseen) -> Dataset:
    """The dataset of a path: the folder of a case, a table of our columns, checked row by row, or a table of others.

    ``base`` counts the first view of a large table, once: it is kept with the table.

    Raises `InvalidData` with one clear message a fault; unless ``strict``, rows of ours with a fault are set aside, as
    `load` does.
    """
    with _failures_told(path):
        folder = path if path.is_dir() else case_file.folder_of(path) if path.name == case_file.EVENTS else None
        if folder:
            dataset = load(folder, strict=strict)
            return several.joined(dataset, folder, progress) if dataset.case.tables else dataset
        if not os.path.lexists(path):
            raise InvalidData([Fault(path.name, 0, "", "is not there; check the path")])
        return load(path, strict=strict) if has_own_columns(path) else build.dataset(path, None, progress, base=base)


def read_table(
    path: Path,
    mapping: TableMapping | None = None,
    *,
    decisions: Sequence[Decision] | None = None,
    progress: Progress = unseen,
) -> Dataset:
    """The dataset of a table of others: by this mapping, else the one kept beside it, else a guess.

    ``decisions`` on places fill rows without coordinates; ``None`` takes those kept beside the table.

    Raises `InvalidData` where the file cannot be read as a table, or its mapping has a fault.
    """
    with _failures_told(path):
        return build.dataset(path, mapping, progress, decisions)


FULL = {errno.ENOSPC, errno.EDQUOT}
"""A disk on which there is no room. Nothing that is read is written but the temporary file of the engine."""


def _refuse_strange(path: Path) -> None:
    """Raises `InvalidData` for a path that a library cannot be given, or that no reader comes to the end of."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        name = os.fsencode(path.name).decode("utf-8", "replace")
        raise InvalidData(
            [Fault(name, 0, "", "has a name, or lies in a folder, that is not UTF-8; rename it")]
        ) from error
    if path.is_fifo() or path.is_socket() or path.is_char_device() or path.is_block_device():
        raise InvalidData([Fault(path.name, 0, "", "is a pipe or a device; give the path of a file")])


@contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    """What the disk refuses while a table is read, as `InvalidData`: a server keeps the table it has."""
    try:
        _refuse_strange(path)
        yield
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else path.name
        where = " (in the folder for temporary files)" if error.errno in FULL else ""
        raise InvalidData([Fault(name, 0, "", f"cannot be read: {reason(error)}{where}")]) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
        # A transaction of an import, which has the table alone, fails only where it cannot be written.
        # The engine names one reason for both, and its words name its path.
        message = "cannot be read: is there room in the folder for temporary files, and in memory?"
        raise InvalidData([Fault(path.name, 0, "", message)]) from error
