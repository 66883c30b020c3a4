"""A file of others and a mapping to a dataset: each step reads one thing of all rows at once, in the engine."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from geodata.model.mapping import Form, TableMapping
from geodata.model.records import Report
from geodata.model.text import listed, number_of
from geodata.store import readers, rowids, slim, temporary
from geodata.store.breaking import breakable
from geodata.store.dataset import INCIDENTS, Base, Dataset, most_local, reports_in
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers import (
    categories,
    days,
    filled,
    guess,
    kept,
    numbers,
    positions,
    ready,
    reports,
    sources,
)  # fmt: skip
from geodata.store.importers.columns import Columns, adopted, literal
from geodata.store.importers.imported import Imported, documents
from geodata.store.importers.work import Work
from geodata.store.load import case_of_values
from geodata.store.opening import Opening, Progress, unread, unseen
from geodata.store.own_columns import OwnColumns
from geodata.store.values.blanks import BLANKS

LEAST_MEMORY, MOST_MEMORY, SHARE = 600_000_000, 2_500_000_000, "10%"
"""Bytes of memory that DuckDB may use for an imported table: as many as its file has, within these bounds and a share
of what the machine, or its container, has."""

MOST_PACKED = 4
"""Times its file that the texts of a table may take: while it is read it may use as much."""

SAMPLED = 500
"""Rows by whose texts the columns are guessed."""


def _memory(size: int) -> duckdb.DuckDBPyConnection:
    """A database in memory, for a table of so many bytes that is read from a kept file."""
    folder = temporary.Folder()
    connection = breakable(duckdb.connect())
    weakref.finalize(connection, folder.remove)
    _limit(connection, size)
    connection.execute(f"SET temp_directory = {literal(str(folder.path))}")
    return connection


def connect(size: int = 0) -> duckdb.DuckDBPyConnection:
    """A database in a temporary file, for a table of so many bytes: what is too large for memory stays on disk.

    The file goes with the connection.
    """
    folder = temporary.Folder()
    connection = breakable(duckdb.connect(str(folder.path / "table.duckdb")))
    weakref.finalize(connection, folder.remove)  # which keeps the folder as long as the connection
    _limit(connection, size * MOST_PACKED)
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # of what goes, or is kept as it was put away
    return connection


def _limit(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    connection.execute(f"SET memory_limit = '{SHARE}'")
    [[said]] = connection.execute("SELECT current_setting('memory_limit')").fetchall()  # "2.3 GiB"
    number, unit = str(said).split()
    share = float(number) * 1024 ** ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit)
    connection.execute(f"SET memory_limit = '{round(max(LEAST_MEMORY, min(size, share, MOST_MEMORY)))}B'")


def dataset(
    path: Path,
    mapping: TableMapping | None = None,
    progress: Progress = unseen,
    decisions: Sequence[Decision] | None = None,
    base: Base | None = None,
) -> Dataset:
    """The dataset of a table of others: by this mapping, else the one kept beside it, else a guess.

    ``decisions`` on places are put in; ``None`` takes those kept beside the table. ``base`` counts the first view of a
    large table. Raises `InvalidData` where the file
    cannot be read as a table, or its mapping has a fault.
    """
    name = ready.key(path, mapping, decisions)
    connection, made = _ready(name, path, mapping, progress, decisions)
    case = case_of_values(path, made.sides, made.scopes)
    whole = reports_in(connection)
    found = Dataset(
        whole, made.sources, {}, case, made.missing, openings=(made.opening,), own={"": made.own},
        is_large=_is_large(connection, made), kept={INCIDENTS: str(made.incidents).encode()},
        slim=slim.Slim.of(whole, connection), rowids=rowids.Rowids.of(whole.get_backend(), "reports"),
    )  # fmt: skip
    if not found.is_large or base is None:
        return found

    def count() -> Mapping[str, bytes]:
        progress("Counting its first view", None)
        return base(found)

    return replace(found, kept=ready.counted(name, count))


def _ready(
    name: str, path: Path, mapping: TableMapping | None, progress: Progress, decisions: Sequence[Decision] | None
) -> tuple[duckdb.DuckDBPyConnection, Imported]:
    """The import of a table, from the file that is kept of it where there is one, else anew."""
    size = path.stat().st_size
    if found := ready.read(partial(_memory, size), name):
        return found
    importing = connect(size)
    made = read(importing, path, mapping, progress, decisions=decisions)
    importing.execute(f"ALTER TABLE {made.table} RENAME TO reports")
    made = replace(made, table="reports")
    if _is_large(importing, made):
        progress("Sorting the reports by place", None)
        slim.add(importing, made.table)
        rowids.add(importing, made.table)
    progress("Putting the table away for the next start", None)
    if ready.keep(importing, made, name) and (found := ready.read(partial(_memory, size), name)):
        return found
    return importing, made


def _is_large(connection: duckdb.DuckDBPyConnection, made: Imported) -> bool:
    [[size]] = connection.execute(f"SELECT count(*) FROM {made.table}").fetchall()
    return bool(size > most_local())


def opened(
    connection: duckdb.DuckDBPyConnection, path: Path, mapping: TableMapping | None = None, progress: Progress = unseen
) -> tuple[Work, readers.RawTable]:
    """The texts of a file in the engine, and the mapping by which they will be read. Raises `InvalidData`."""
    mapping = mapping or kept.read(path)
    form = mapping.form if mapping else Form()
    raw = readers.read(path, connection, form, progress)
    columns = Columns(raw.columns, raw.tags)
    if mapping is None or not mapping.says_columns:
        guessed = guess.mapping(guess.Sample(columns, _sample(connection, columns)))
        mapping = guessed.model_copy(update={"form": form})
    mapping = adopted(mapping, columns)
    work = Work(connection, columns.looked_through(connection, mapping.used()), mapping, notes=[*raw.notes])
    work.notes += _repeated(columns, work.mapping)
    return work, raw


def read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    mapping: TableMapping | None = None,
    progress: Progress = unseen,
    *,
    origin: str = "",
    offset: int = 0,
    decisions: Sequence[Decision] | None = None,
) -> Imported:
    """Reads a file into the engine. ``origin`` names the table within a case; ``offset`` is added to row numbers.

    ``decisions`` are as in `dataset`.
    """
    work, raw = opened(connection, path, mapping, progress)
    sides, scopes = reports.sides(work), reports.scopes(work)
    for words, step in (("Reading the dates", days), ("Reading the places", positions),
                        ("Reading the numbers", numbers), ("Reading the sources", sources)):  # fmt: skip
        progress(words, None)
        step.add(work)
    filled.add(work, path, decisions)
    progress("Putting the reports together", None)
    found = categories.of(work)
    name = f"raw_{offset}"
    table = f"reports_{offset}"
    incidents = reports.add(work, table, found, origin, offset)
    positions.extent_note(work, table)
    other = _other(work)
    opening = Opening(
        path.name, raw.rows, raw.rows - len(raw.set_aside), raw.set_aside, _located(work, raw),
        tuple(work.notes), work.mapping, tuple(work.questions), tuple(work.columns.names), raw.parts,
    )  # fmt: skip
    made = Imported(
        table, OwnColumns(path.name, name, other, offset, found), opening, _missing(work, table), sides,
        scopes, incidents, documents(connection, table, work.mapping),
    )  # fmt: skip
    connection.execute(f"ALTER TABLE raw RENAME TO {name}")
    work.clear()
    return made


def _located(work: Work, raw: readers.RawTable) -> pa.Table:
    """The cells that could not be read, each with the line of the file on which its row begins."""
    cells = pa.concat_tables([unread(), *work.unread])
    lines = raw.lines(cells["row"].to_pylist()) if raw.lines and len(cells) else None
    if lines is None:
        return cells
    return cells.set_column(cells.column_names.index("line"), "line", pa.array(lines, pa.int32()))


def _repeated(columns: Columns, mapping: TableMapping) -> Iterator[str]:
    """Which of several columns of one name is read."""
    used = columns.bases(mapping.used())
    for name in columns.names:
        first, bracket, _ = name.rpartition(" (")
        if bracket and first in columns.names:
            read = [one for one in (first, name) if one in used]
            taken = listed(read) or "neither"
            yield f"Two columns are called “{first}”; the second is named “{name}” here. Read: {taken}."


def _sample(connection: duckdb.DuckDBPyConnection, columns: Columns) -> dict[str, list[str]]:
    rows = connection.sql(f"SELECT * EXCLUDE (n) FROM raw WHERE n <= {SAMPLED}").to_arrow_table()
    texts = (rows.column(number).to_pylist() for number in range(len(columns.names)))
    return {name: [text.strip() for text in cells if text and text.strip().lower() not in BLANKS]
            for name, cells in zip(columns.names, texts, strict=True)}  # fmt: skip


def _other(work: Work) -> dict[str, str]:
    """The columns that nothing is read from, or only a part, with the engine's names; what is not used is told."""
    used = work.columns.bases(work.mapping.used()) - sources.shortened(work)
    other = {name: f"c{work.columns.number(name)}" for name in work.columns.names if name not in used}
    if other:
        no_place = "is not read, or in part, and stands" if len(other) == 1 else "are not read, or in part, and stand"
        work.notes.append(
            f"{number_of(len(other), 'column')} of the table {no_place} in the card under “also in the table”: "
            f"{listed(other)}."
        )
    return other


FILLED = ("incident_id", "source_id", "title", "claimed_by", "graphic")
"""Columns that are never blank: what a table does not tell there is taken from elsewhere, or is "no"."""


def _missing(work: Work, table: str) -> tuple[str, ...]:
    """The columns of ours that the table does not tell: no report has anything there."""
    names = [name for name in Report.model_fields if name not in FILLED]
    told = ", ".join(f"coalesce(bool_or(CAST({name} AS VARCHAR) <> ''), false)" for name in names)
    has = work.connection.execute(f"SELECT {told} FROM {table}").fetchall()[0]
    blank = {name for name, is_told in zip(names, has, strict=True) if not is_told} - {"place_id"}
    blank |= {name for name in ("title", "claimed_by", "graphic") if not getattr(work.mapping, name)}
    return (*(name for name in Report.model_fields if name in blank), "publisher")  # which would repeat the source
