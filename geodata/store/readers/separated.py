"""CSV, TSV and texts of any other separator: streamed by Arrow where that is proved right, else read row by row."""

from __future__ import annotations

import bisect
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from csv import Error as CsvError
from csv import reader as csv_reader
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geodata.model.text import shown
from geodata.store.readers import encoding, header, raw
from geodata.store.readers.dialect import MOST_LINES, Dialect, Record, records, sniff
from geodata.store.readers.lines import positions_of
from geodata.store.readers.ragged import SPOKEN, Ragged
from geodata.store.readers.raw import RawTable, Reading
from geodata.store.values.blanks import blank_rows

SAMPLE_LINES, SAMPLE_SIGNS = 400, 2_000_000
"""What is looked at to find the dialect and the header."""

BLOCK = 1 << 20
"""Bytes that Arrow reads at a time. A file with a longer row is read row by row."""

BESIDE = 72
"""Blocks that the engine is given before the others wait for a proof."""

MOST_RAGGED = 100_000
"""Rows of a wrong length that are kept in memory while the others stream; a file with more is read row by row."""

MOST_COLUMNS = 500
"""Columns of a text in whose cells joined rows are looked for by a pattern; with more it is read row by row."""


MOST_HELD = 1_000_000_000
"""Bytes of a text with quotation marks that are held at once to look at how these stand."""


@dataclass(frozen=True)
class Layout:
    """A text whose columns are known: how its rows are written, and the byte at which the first row of data begins."""

    path: Path
    start: int
    line: int
    """The line of the file that begins at that byte."""
    dialect: Dialect
    columns: tuple[str, ...]
    values: tuple[int, ...] = ()
    """The places of columns that hold numbers or dates."""

    def lines(self) -> Iterator[str]:
        """The lines from the first row of data on."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            yield from io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")

    def lines_of(self, positions: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Rows of a regular text, which are counted from 1 without empty lines, and the line on which each begins.

        Raises ``csv.Error`` where a cell has more than `dialect.MOST_SIGNS`.
        """
        wanted = sorted(positions, reverse=True)
        reader = csv_reader(self.lines(), delimiter=self.dialect.separator)
        position, line = 0, self.line
        for cells in reader if wanted else ():
            position += bool(cells)
            if position == wanted[-1]:
                yield wanted.pop(), line
                if not wanted:
                    return
            line = self.line + reader.line_num

    @cached_property
    def is_regular(self) -> bool:
        """Whether every quotation mark opens a cell, ends it, is doubled in it, or stands within one without marks.

        Of such a text Arrow and Python read the same cells. One with marks that is too large to be held is taken to be
        none: a file that is mapped instead ends the program where another cuts it meanwhile.
        """
        if not self.has_marks:
            return True
        if self.path.stat().st_size > MOST_HELD:
            return False
        ends = re.escape(self.dialect.separator.encode()) + rb"\r\n"
        token = (
            rb'(?:[^"]++|(?:(?<=[' + ends + rb'])|(?<![\s\S]))"(?:[^"]++|"")*+"(?=[' + ends + rb"]|\Z)"
            rb"|(?<=[^" + ends + rb'"])"++(?=[^"]|\Z))*+'
        )
        text = self.path.read_bytes()
        found = re.compile(token).match(text, self.start)
        return found is not None and found.end() == len(text)

    @cached_property
    def has_marks(self) -> bool:
        """Whether the text has a quotation mark, without which no row has several lines."""
        with self.path.open("rb") as file:
            return any(b'"' in piece for piece in iter(partial(file.read, BLOCK), b""))

    @cached_property
    def line_ends(self) -> int:
        """How many line feeds there are from the first row of data on."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return sum(piece.count(b"\n") for piece in iter(partial(file.read, BLOCK), b""))


class _Uncertain(Exception):
    """Arrow may read this file wrong."""


def read(reading: Reading) -> RawTable:
    """The rows of a text of separated cells. Raises `InvalidData` where it holds none."""
    text = encoding.as_utf8(reading)
    layout, found, notes = _layout(reading, text)
    try:
        ragged = _streamed(reading, layout)
    except (_Uncertain, pa.ArrowInvalid):
        ragged = _row_by_row(reading, layout)
    return reading.table(
        layout.columns,
        (*text.notes, *notes, *ragged.notes()),
        set_aside=ragged.set_aside(),
        lines=partial(_lines, layout, ragged),
        empty="names columns and has no row below them",
        tags=found.tagged(layout.columns),
    )


def _layout(reading: Reading, text: encoding.Text) -> tuple[Layout, header.Header, list[str]]:
    """Where the rows are and how they are written, judged by the first lines of the file."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        sample = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="").read(SAMPLE_SIGNS)
    lines = [*islice(io.StringIO(sample, newline=""), SAMPLE_LINES)]
    named = re.fullmatch(r"\ufeff?sep=(.)", lines[0].strip("\r\n"), re.I) if lines else None
    skipped = 1 if named else 0
    separator = reading.hints.separator or (named[1] if named else "")
    if separator and (len(separator) != 1 or separator in '"\r\n'):
        raise reading.refused(f"cannot be separated by {shown(separator)}; a separator is one sign")
    dialect, rows = sniff(lines[skipped:], separator)
    if not any(cell.strip() for row in rows for cell in row.cells):
        raise reading.refused("is empty; the first line must name the columns")
    given = reading.hints.header
    place = None if given is None else _place(rows, given - skipped)
    found = header.find([row.cells for row in rows[: header.LOOKED_AT]], place)
    first = rows[found.first].line + skipped if found.first < len(rows) else len(lines) + 1
    start = text.start + sum(len(line.encode()) for line in lines[: first - 1])
    below = [row.cells for row in rows[found.first :]]
    columns = raw.names(_widened(found.names, below))
    notes = [*found.notes(rows[found.above].line + skipped, "line")]
    if dialect.separator not in {",", "\t"} and len(columns) > 1:
        notes.insert(0, f"Cells are separated by {SPOKEN.get(dialect.separator, repr(dialect.separator))}.")
    values = tuple(place for place in header.columns_of_values(below) if place < len(columns))
    return Layout(text.path, start, first, dialect, columns, values), found, notes


def _place(rows: Sequence[Record], line: int) -> int:
    """The row that begins on a line, or the next one; -1 for line 0 and before."""
    return -1 if line < 1 else next((place for place, row in enumerate(rows) if row.line >= line), len(rows) - 1)


def _widened(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the header, and blank ones for columns that it does not name but most rows have.

    A single one is the first where it counts the rows, as R writes it, else it is the last.
    """
    widths = Counter(len(row) for row in rows if any(row))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    surplus = usual - len(names)
    wider = sum(number for width, number in widths.items() if width > len(names))
    if (
        surplus <= 0
        or wider * 2 <= widths.total()
        or not any(cell.strip() for row in rows for cell in row[len(names) :])
    ):
        return [*names]
    counted = [row[0] for row in rows if len(row) == usual]
    if surplus == 1 and names and counted == [str(number) for number in range(1, len(counted) + 1)]:
        return ["", *names]
    return [*names, *[""] * surplus]


def _streamed(reading: Reading, layout: Layout) -> Ragged:
    """Makes ``raw`` by Arrow; returns the rows that did not fit.

    Raises ``_Uncertain`` or ``ArrowInvalid`` where the file has to be read row by row.
    """
    if not layout.dialect.regular:
        raise _Uncertain
    names = [f"c{index}" for index in range(len(layout.columns))]
    ragged = Ragged(len(names), layout.dialect.separator, layout.line)
    misfits: list[int] = []
    padded: list[tuple[int, list[str]]] = []

    def misfit(row: csv.InvalidRow) -> str:
        misfits.append(row.number)
        ragged.has_lines |= "\n" in row.text.rstrip()
        cells = next(layout.dialect.reader([row.text], strict=False), [])
        if (fitted := ragged.fit(row.number, Record(cells, row.text, 1))) is not None:
            padded.append((row.number, fitted))
        return "skip"

    raw.create(reading.connection, len(names))
    with pa.OSFile(str(layout.path)) as file:
        file.seek(layout.start)
        with csv.open_csv(
            file,
            csv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=False),  # with threads no row is numbered
            csv.ParseOptions(delimiter=layout.dialect.separator, newlines_in_values=True, invalid_row_handler=misfit),
            csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string())),
        ) as stream:
            batches = _numbered(reading, layout, stream, misfits, ragged)
            raw.pour(reading.connection, len(names), _proved(layout, batches))
    if ragged.has_lines or _joined_rows(reading, layout):
        raise _Uncertain
    try:
        ragged.line_of.update(layout.lines_of(ragged.line_of))
    except CsvError as error:
        raise _Uncertain from error
    numbers = ragged.numbers([position for position, _ in padded]).tolist()
    late = zip(numbers, (cells for _, cells in padded), strict=True)
    raw.pour(reading.connection, len(names), raw.numbered(len(names), late))
    rows = raw.count(reading.connection) + len(ragged.aside) + len(ragged.empty)
    ragged.has_gaps = layout.line_ends > rows + ragged.lines.passed
    return ragged


def _proved(layout: Layout, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, if Arrow reads this text right. That is looked at while the engine is busy with the first ones."""
    rest = iter(batches)
    yield from islice(rest, BESIDE)
    if not layout.is_regular:
        raise _Uncertain
    _ = layout.line_ends  # counted now, asked for when the rows are in
    yield from rest


def _joined_rows(reading: Reading, layout: Layout) -> bool:
    """Whether a cell may be two rows or more, which two stray quotation marks have joined: marks for "the same"."""
    sign, width = re.escape(layout.dialect.separator), len(layout.columns)
    several = layout.line_ends > raw.count(reading.connection)
    if not several or width > MOST_COLUMNS:
        return several
    cell = f"[^{sign}\\n]*"
    asked = ", ".join(f"bool_or(contains(c{place}, chr(10)))" for place in range(width))
    [has_lines] = reading.connection.execute(f"SELECT {asked} FROM raw").fetchall()
    joined = " OR ".join(
        f"(contains(c{place}, chr(10)) AND regexp_full_match(c{place}, '{cell}({sign}{cell}){{{width - 1 - place}}}\\n"
        f"({cell}({sign}{cell}){{{width - 1}}}\\n)*{cell}({sign}{cell}){{{place}}}'))"
        for place in compress(range(width), has_lines)
    )
    if not joined:
        return False
    return bool(reading.connection.execute(f"SELECT 1 FROM raw WHERE {joined} LIMIT 1").fetchall())


def _lines(layout: Layout, ragged: Ragged, numbers: Sequence[int]) -> list[int] | None:
    """The lines of rows by their numbers; None where empty lines stand between rows of a file that was unpacked."""
    if not ragged.has_gaps:
        return ragged.lines.of(numbers, ragged.empty)
    positions = positions_of(numbers, ragged.empty).tolist()
    try:
        found = dict(layout.lines_of({*positions}))
    except (OSError, CsvError):
        return None
    return [found[position] for position in positions]


def _numbered(
    reading: Reading, layout: Layout, stream: csv.CSVStreamingReader, misfits: Sequence[int], ragged: Ragged
) -> Iterator[pa.RecordBatch]:
    """Arrow's batches with the numbers of their rows. Arrow has met all ``misfits`` that lie before a batch's end."""
    size, done, after = reading.path.stat().st_size, 0, 1
    for batch in stream:
        met = np.array(misfits[bisect.bisect_left(misfits, after) :], np.int32)
        positions = np.arange(after, after + len(batch) + len(met), dtype=np.int32)
        positions = positions[~np.isin(positions, met)][: len(batch)]
        if len(batch):
            after = int(positions[-1]) + 1
        if len(misfits) > MOST_RAGGED or ragged.has_lines or any(_many_lines(column) for column in batch.columns):
            raise _Uncertain
        if (empty := blank_rows(batch.columns)) is not None:
            ragged.empty += positions[empty].tolist()
        if layout.has_marks:
            feeds = sum((_feeds(column) for column in batch.columns), np.zeros(len(batch), np.int64))
            ragged.lines.widen(positions[feeds > 0].astype(np.int64), feeds[feeds > 0])
        filled = batch if empty is None else batch.filter(pa.array(~empty))
        numbers = ragged.numbers(positions if empty is None else positions[~empty])
        yield pa.record_batch([pa.array(numbers), *filled.columns], schema=raw.schema(ragged.width))
        done += batch.nbytes
        reading.progress(f"Reading {reading.name}", min(1.0, done / size))


def _feeds(column: pa.StringArray) -> npt.NDArray[np.int64]:
    """How many line feeds each cell has."""
    found: npt.NDArray[np.int64] = pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy().astype(np.int64)
    return found


def _many_lines(column: pa.StringArray) -> bool:
    """Whether a cell has so many line breaks that two stray quotation marks may have made it of many rows."""
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    return longest > MOST_LINES and pc.max(pc.count_substring_regex(column, "[\r\n]")).as_py() > MOST_LINES


def _row_by_row(reading: Reading, layout: Layout) -> Ragged:
    """Makes ``raw`` without Arrow; returns the rows that did not fit."""
    ragged = Ragged(len(layout.columns), layout.dialect.separator, layout.line)
    raw.create(reading.connection, ragged.width)
    raw.pour(reading.connection, ragged.width, raw.numbered(ragged.width, _fitted(reading, layout, ragged)))
    return ragged


def _fitted(reading: Reading, layout: Layout, ragged: Ragged) -> Iterator[tuple[int, list[str]]]:
    size, done = layout.path.stat().st_size, 0
    for position, record in enumerate(records(layout.lines(), layout.dialect, ragged.width, layout.values), 1):
        ragged.lines.begin(position, layout.line + record.line - 1)
        done += len(record.text)
        if position % raw.LOT == 0:
            reading.progress(f"Reading {reading.name}", min(1.0, done / size))
        if (cells := ragged.fit(position, record)) is not None:
            yield position - len(ragged.empty), cells
