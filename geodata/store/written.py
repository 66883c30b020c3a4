"""A CSV text as columns of cells, with the line of the text that each row begins on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geodata.store.values.blanks import blank_rows

if TYPE_CHECKING:
    from _csv import Reader

Lines = np.ndarray[Any, np.dtype[np.int64]]
"""For each of some rows the line it begins on; lines count from 1."""


@dataclass(frozen=True)
class Written:
    """The rows of a CSV text as they are written. A row whose cells are all blank is none."""

    raw: bytes
    """The text, in UTF-8."""
    header: tuple[str, ...]
    lines: Lines
    """Of all rows."""
    fitting: Lines
    """Of the rows that have as many cells as the header."""
    cells: pa.Table
    """The cells of the fitting rows: texts, as they are written."""
    others: Mapping[int, list[str]]
    """The cells of the other rows, by the line each begins on."""
    broken: tuple[int, str] | None = None
    """The line on which the text ceases to be CSV, and why; rows from there on are not read."""

    def texts(self, lines: Iterable[int]) -> list[str]:
        """The text of each row that begins on one of these lines."""
        text = [*_lines_of(self.raw)]
        ends = dict(zip(self.lines.tolist(), [*(self.lines[1:] - 1).tolist(), len(text)], strict=True))
        return ["".join(text[line - 1 : ends[line]]).rstrip("\r\n") for line in lines]


def read(raw: bytes) -> Written:
    """The rows of a text in UTF-8. Whoever writes cells into a file again finds them here as they stood."""
    return _regular(raw) or _any(raw)


def _lines_of(raw: bytes) -> io.TextIOWrapper:
    """The lines of a text with their ends, as `csv` counts them: a carriage return alone ends one too."""
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")


_LIMIT = Lock()


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """`csv` stops at a cell of 131,072 characters with a message that names no line; ours names line and column.

    Its limit is one for the whole process, so it is restored, and one table is read at a time.
    """
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _numbered(reader: Reader) -> Iterator[tuple[int, list[str]]]:
    """The further rows of a CSV reader that are not blank, each with the line it begins on."""
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


@_cells_of_any_length()
def _any(raw: bytes) -> Written:
    """Any text, read by the standard library, which tells where it is not CSV."""
    reader = csv.reader(_lines_of(raw), strict=True)
    header: tuple[str, ...] = ()
    rows: dict[int, list[str]] = {}
    broken = None
    try:
        header = tuple(cell.strip() for cell in next(reader))
        rows.update(_numbered(reader))
    except csv.Error as error:
        broken = (reader.line_num, str(error))
    fitting = {line: cells for line, cells in rows.items() if len(cells) == len(header)}
    columns = zip(*fitting.values(), strict=True) if fitting else [()] * len(header)
    cells = pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], names=[*header])
    others = {line: cells for line, cells in rows.items() if line not in fitting}
    return Written(raw, header, _lines(rows), _lines(fitting), cells, others, broken)


def _lines(rows: Mapping[int, object]) -> Lines:
    return np.fromiter(rows, np.int64, len(rows))


def _regular(raw: bytes) -> Written | None:
    """A text without a fault in its form, read by Arrow, which is faster; ``None`` where it is not surely such a text.

    Both readers agree where each quotation mark opens a cell, closes one, or is one of a pair inside it, and where all
    rows have as many cells as the header.
    """
    if b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n"):
        return None
    padded = b"\n%b\n" % raw
    signs = np.frombuffer(padded, np.uint8)
    quotes, ends = np.flatnonzero(signs == ord('"')), np.flatnonzero(signs == ord("\n"))
    before_opening, after_closing = signs[quotes[::2] - 1], signs[quotes[1::2] + 1]
    if len(quotes) % 2 or not (_all_in(before_opening, b',\n"') and _all_in(after_closing, b',\r\n"')):
        return None
    between_rows = np.flatnonzero(np.searchsorted(quotes, ends) % 2 == 0)
    first_signs = signs[ends[between_rows[:-1]] + 1]
    lines = between_rows[:-1][(first_signs != ord("\n")) & (first_signs != ord("\r"))] + 1
    if lines[0] != 1:
        return None
    header = next(csv.reader(_lines_of(padded[1 : ends[between_rows[1]]])))
    cells = _read_by_arrow(padded, len(header), within_cells=len(between_rows) < len(ends))
    if cells is None or len(cells) != len(lines):
        return None
    names = [name.strip() for name in header]
    lines, cells = lines[1:], cells.slice(1).rename_columns(names)
    if (blank := blank_rows(cells.columns)) is not None:
        lines, cells = lines[~blank], cells.filter(pa.array(~blank))
    return Written(raw, tuple(names), lines, lines, cells, {})


def _all_in(signs: np.ndarray[Any, np.dtype[np.uint8]], allowed: bytes) -> bool:
    return bool(np.isin(signs, np.frombuffer(allowed, np.uint8)).all())


def _read_by_arrow(raw: bytes, width: int, *, within_cells: bool) -> pa.Table | None:
    """All rows, the header too; ``within_cells``: whether a cell holds a line break."""
    types = {f"f{column}": pa.string() for column in range(width)}
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(raw),
            arrow_csv.ReadOptions(autogenerate_column_names=True),
            arrow_csv.ParseOptions(newlines_in_values=within_cells),
            arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid:  # a row of another width, or a longer one than Arrow takes
        return None


NOTHING = Written(b"", (), _lines({}), _lines({}), pa.table({}), {})
"""Of a file that cannot be read."""
