"""What every reader makes: the table ``raw`` of text cells, and the record of how the file was read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Full, Queue
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from geodata.model.faults import Fault, InvalidData
from geodata.model.mapping import Form
from geodata.model.text import listed, number_of, whole_signs
from geodata.store.opening import Progress, unread, unseen

T = TypeVar("T")

CELL, GEOMETRY = "cell", "geometry"
"""What a column is made of."""

Key = tuple[str, str]
"""A column by what it is made of and its name as written: a file's ``longitude`` is not its geometry's."""

Record = Mapping[Key, str | None] | None
"""The cells of a row; None for a row that is set aside."""

JOINED, WAITING = 8_000_000, 8
"""Bytes of the batches that go into the engine, and how many of them may wait for it."""

FOUND = Form()
"""Everything about a file is found by content."""

LOT = 20_000
"""How many rows are made into columns at a time."""

MOST_NAMED = 3
"""How many lines a note names; the others are counted."""


@dataclass(frozen=True)
class RawTable:
    """How a file was read; its rows are the table ``raw``.

    ``raw`` has ``n``, the row's number below the header from 1 (wholly empty rows are not counted, set-aside ones are),
    and ``c0``, ``c1``, ...: text in the order of ``columns``, NULL or '' where the cell is blank.
    """

    columns: tuple[str, ...]
    """Names as they are written, without invisible signs, each once: the second "date" is "date (2)"."""
    rows: int
    """Rows below the header that are not wholly empty: those in ``raw`` and those set aside."""
    set_aside: pa.Table
    """Rows that cannot be read as cells, as `geodata.store.opening.UNREAD`."""
    notes: tuple[str, ...]
    """How the file was read, a sentence each."""
    parts: tuple[str, ...] = ()
    """The other sheets, layers, members or lists that could have been read instead."""
    lines: Callable[[Sequence[int]], list[int] | None] | None = None
    """The line of the file on which each row of these numbers begins; none where that is not known."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """The HXL tag of a column (``#geo+lat``), where the file has a row of tags."""


@dataclass(frozen=True)
class Reading:
    """One reading of a file: where its bytes lie, how messages name it, and where its rows go."""

    path: Path
    name: str
    connection: duckdb.DuckDBPyConnection
    folder: Path
    """For what has to be unpacked or decoded; it is removed after the reading."""
    hints: Form = FOUND
    progress: Progress = unseen
    depth: int = 0
    """How many times the file was packed."""

    def refused(self, message: str, line: int = 0) -> InvalidData:
        """The fault of a file that cannot be read."""
        return InvalidData([Fault(self.name, line, "", message)])

    def table(
        self,
        columns: Sequence[str],
        notes: Iterable[str],
        *,
        set_aside: pa.Table | None = None,
        empty: str = "has no rows",
        **more: Any,
    ) -> RawTable:
        """The record of a file whose other rows are in ``raw``; ``more`` are further fields of it.

        Raises `InvalidData` with the words ``empty`` where it has no rows.
        """
        aside = unread() if set_aside is None else set_aside
        if not (rows := count(self.connection) + len(aside)):
            raise self.refused(empty)
        return RawTable(tuple(columns), rows, aside, tuple(notes), **more)


INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""Signs in a name that no reader sees: soft hyphens, zero-width spaces, marks of direction, byte order marks, halves of
signs."""


def names(cells: Iterable[object]) -> tuple[str, ...]:
    """Names of columns as they are written, without invisible and outer signs, none blank and none twice."""
    given: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = " ".join(INVISIBLE.sub("", str(cell)).split()).strip("\u200c\u200d") or f"column {number}"
        unique, times = name, 1
        while unique in given:
            times += 1
            unique = f"{name} ({times})"
        given[unique] = None
    return tuple(given)


def lines_named(lines: Sequence[int], one: str = "Line") -> str:
    """Lines or rows in a sentence: "Line 4", "Lines 4 and 7", "Lines 4, 7, 9 and 12 more"."""
    if len(lines) == 1:
        return f"{one} {lines[0]:,}"
    named = [f"{line:,}" for line in lines[:MOST_NAMED]]
    more = [f"{len(lines) - MOST_NAMED:,} more"] if len(lines) > MOST_NAMED else []
    return f"{one}s {listed([*named, *more])}"


def empty_rows(number: int) -> list[str]:
    """The note on rows without a filled cell."""
    are = "is" if number == 1 else "are"
    return [f"{number_of(number, 'wholly empty row')} {are} left out."] if number else []


def schema(width: int) -> pa.Schema:
    """The columns of ``raw``: ``n`` and as many cells."""
    return pa.schema([("n", pa.int32()), *((f"c{index}", pa.string()) for index in range(width))])


def create(connection: duckdb.DuckDBPyConnection, width: int) -> None:
    """Makes an empty ``raw``."""
    cells = "".join(f", c{index} VARCHAR" for index in range(width))
    connection.execute(f"CREATE OR REPLACE TABLE raw (n INTEGER{cells})")


def count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows ``raw`` has."""
    ((rows,),) = connection.execute("SELECT count(*) FROM raw").fetchall()
    return int(rows)


def insert(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Adds rows in the `schema` of ``raw``."""
    connection.register("poured", rows)
    connection.execute("INSERT INTO raw SELECT * FROM poured")
    connection.unregister("poured")


def pour(connection: duckdb.DuckDBPyConnection, width: int, batches: Iterable[pa.RecordBatch]) -> None:
    """Adds batches in the `schema` of ``raw``.

    The engine takes them in a thread of its own while the next ones are made in this one, where progress is told.
    """
    waiting: Queue[pa.RecordBatch | None] = Queue(WAITING)
    connection.register("poured", pa.RecordBatchReader.from_batches(schema(width), iter(waiting.get, None)))
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(connection.execute, "INSERT INTO raw SELECT * FROM poured")
        try:
            for batch in _joined(batches):
                if not _put(waiting, batch, taken):
                    break
        finally:
            _put(waiting, None, taken)
        taken.result()
    connection.unregister("poured")


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Small batches as larger ones, which the engine takes with less work."""
    group: list[pa.RecordBatch] = []
    for batch in batches:
        group.append(batch)
        if sum(one.nbytes for one in group) > JOINED:
            yield pa.concat_batches(group)
            group = []
    if group:
        yield pa.concat_batches(group)


def _put(waiting: Queue[pa.RecordBatch | None], batch: pa.RecordBatch | None, taken: Future[Any]) -> bool:
    """Whether the engine will take a batch; it takes no more when it has failed."""
    while not taken.done():
        with suppress(Full):
            waiting.put(batch, timeout=1)
            return True
    return False


def numbered(width: int, rows: Iterable[tuple[int, Sequence[str | None]]]) -> Iterator[pa.RecordBatch]:
    """Numbered rows of ``width`` cells each as batches of ``raw``."""
    for some in in_lots(rows):
        columns = zip(*(cells for _, cells in some), strict=True) if width else ()
        arrays = [pa.array([number for number, _ in some], pa.int32()), *(pa.array(c, pa.string()) for c in columns)]
        yield pa.record_batch(arrays, schema=schema(width))


def pour_records(
    reading: Reading, records: Iterable[Record], known: Iterable[Key] = ()
) -> tuple[tuple[Key, ...], list[int]]:
    """Makes ``raw`` of records whose columns are only known when the last is read.

    Returns the columns, those ``known`` before and then in the order in which they appear, and the positions of the
    records that were wholly empty, from 1.
    """
    keys = dict.fromkeys(known)
    create(reading.connection, len(keys))
    number = 0
    empty: list[int] = []
    for some in in_lots(records):
        filled: list[tuple[int, Mapping[Key, str | None]]] = []
        for record in some:
            if record is not None and not any(record.values()):
                empty.append(number + len(empty) + 1)
                continue
            number += 1
            if record is not None:
                filled.append((number, record))
        for key in dict.fromkeys(key for record in some if record is not None for key in record):
            if key not in keys:
                reading.connection.execute(f"ALTER TABLE raw ADD COLUMN c{len(keys)} VARCHAR")
                keys[key] = None
        numbers = pa.array([place for place, _ in filled], pa.int32())
        cells = [_texts([record.get(key) for _, record in filled]) for key in keys]
        insert(reading.connection, pa.table([numbers, *cells], schema=schema(len(keys))))
        reading.progress(f"Reading {reading.name}: {number:,} rows", None)
    return tuple(keys), empty


def _texts(cells: Sequence[str | None]) -> pa.Array:
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        return pa.array([cell and whole_signs(cell) for cell in cells], pa.string())


def in_lots(items: Iterable[T]) -> Iterator[list[T]]:
    """Items in lists of `LOT` at most."""
    rest = iter(items)
    while some := list(itertools.islice(rest, LOT)):
        yield some
