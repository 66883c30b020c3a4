"""What became of a file's rows and cells, in lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from geodata.model.text import listed, number_of, shown, steerless
from geodata.store.dataset import Dataset
from geodata.store.opening import Opening

MOST_ROWS = 3
"""Rows that a line names; the others are counted."""


def balance(opening: Opening) -> str:
    """The rows of a file: "acled.csv: 1,204 rows in the file: 1,202 shown, 2 set aside."."""
    aside = len(opening.set_aside)
    rows = number_of(opening.rows, "row")
    return f"{steerless(opening.file)}: {rows} in the file: {opening.shown:,} shown, {aside:,} set aside."


def lines(opening: Opening) -> Iterator[str]:
    """The balance, how the file was read, what could not be read, and what is open."""
    yield balance(opening)
    yield from (f"  {note}" for note in opening.notes)
    yield from (f"  set aside: {line}" for line in grouped(opening.set_aside))
    yield from (f"  not read: {line}" for line in grouped(opening.unread_cells))
    for question in opening.questions:
        answers = ": ".join(filter(None, (question.field, " or ".join(question.answers))))
        yield f"  to be settled: {question.text} ({answers})"


def grouped(cells: pa.Table) -> Iterator[str]:
    """A line for each column and reason: "date, rows 3, 7 and 2 more: '2020-02-30' has no such day".

    Rows are named by their lines where these are known.
    """
    found: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for cell in cells.to_pylist():
        unit = "row" if cell["line"] is None else "line"
        found.setdefault((cell["column"], cell["reason"], unit), []).append((cell[unit], cell["text"]))
    for (column, reason, unit), rows in found.items():
        numbers = [f"{row:,}" for row, _ in rows[:MOST_ROWS]]
        more = [f"{len(rows) - MOST_ROWS:,} more"] if len(rows) > MOST_ROWS else []
        where = f"{unit if len(rows) == 1 else f'{unit}s'} {listed([*numbers, *more])}"
        yield f"{f'{column}, ' if column else ''}{where}: {shown(rows[0][1])} {reason}"


def of_layers(dataset: Dataset) -> Iterator[str]:
    """A line for each layer that can be drawn, and how its file was read."""
    for layer in dataset.layers:
        count = number_of(len(layer.features), "feature") if layer.features else "an image"
        yield f"layer {layer.number}: {layer.record.credit}: {count}"
        yield from (f"  {note}" for note in (*layer.notes, *layer.limits))
