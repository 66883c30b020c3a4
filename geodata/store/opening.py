"""What became of a file's rows: each is shown or set aside, and a cell that could not be read is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import pyarrow as pa
from pydantic import PlainSerializer, PlainValidator

from geodata.model.mapping import TableMapping

Unread = tuple[int, int | None, str, str, str]
"""A row of `UNREAD`."""

UNREAD = pa.schema(
    [("row", pa.int32()), ("line", pa.int32()), ("column", pa.string()), ("text", pa.string()), ("reason", pa.string())]
)
"""A cell or a whole row that could not be read: ``row`` counts the file's rows below the header from 1, ``line`` is the
line of the file on which the row begins (null where that is not known, or the file has no lines), ``column`` is the
file's own name of the column (blank for a whole row), ``text`` is what is written there, ``reason`` says what is wrong
and how to mend it."""

Progress = Callable[[str, float | None], None]
"""Called while a file is read: what is being done, and the share of it that is done (0 to 1) where that is known.
It may raise, as Streamlit does where the reader asks to stop: the reading ends with it."""


def unseen(_: str, __: float | None) -> None:
    """The progress that nobody watches."""


def unread(cells: Iterable[Unread] = ()) -> pa.Table:
    """A table of `UNREAD` from rows of it."""
    columns: Sequence[Sequence[object]] = [*zip(*cells, strict=True)] or [()] * len(UNREAD)
    return pa.table([pa.array(values, kind.type) for values, kind in zip(columns, UNREAD, strict=True)], schema=UNREAD)


def _rows(cells: pa.Table) -> list[tuple[object, ...]]:
    return [*zip(*cells.to_pydict().values(), strict=True)]


def _cells(given: Any) -> pa.Table:
    return given if isinstance(given, pa.Table) else unread(given)


Cells = Annotated[pa.Table, PlainValidator(_cells), PlainSerializer(_rows)]
"""A table of `UNREAD`; in JSON a list of its rows."""


@dataclass(frozen=True)
class Question:
    """What a file does not settle: a field of its mapping, as ``date.order``, and each answer with its words."""

    field: str
    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Opening:
    """How one file was opened. ``rows`` (those in the file) is ``shown`` plus the length of ``set_aside``.

    Raises ``AssertionError`` where it is not: a row would be lost.
    """

    file: str
    rows: int
    """Rows of the file below its header, wholly empty ones not counted."""
    shown: int
    """Rows of the file that became reports; a row that names several sources becomes several reports."""
    set_aside: Cells = field(default_factory=unread)
    """Rows that are not shown, as `UNREAD` with a blank ``column``."""
    unread_cells: Cells = field(default_factory=unread)
    """Cells of shown rows that are blank on screen because they could not be read, as `UNREAD`."""
    notes: tuple[str, ...] = ()
    """How the file was read, a sentence each: its encoding, the order of day and month, what was left unused."""
    mapping: TableMapping | None = None
    """What our columns were read from; ``None`` for a table of our own columns."""
    questions: tuple[Question, ...] = ()
    """What a person should settle; until then the cells in question are unread."""
    columns: tuple[str, ...] = ()
    """The columns of a table of others, in the order of the file."""
    parts: tuple[str, ...] = ()
    """Other sheets, layers or files that the file holds and that were not read."""

    def __post_init__(self) -> None:
        assert self.rows == self.shown + len(self.set_aside), (
            f"{self.file}: {self.rows} rows, {self.shown} shown, {len(self.set_aside)} set aside"
        )
