"""Rows that do not have as many cells as the header names, and rows without a filled cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.model.text import number_of
from geodata.store.opening import unread
from geodata.store.readers import raw
from geodata.store.readers.dialect import Record
from geodata.store.readers.lines import Lines

SPOKEN = {"\t": "tabs", " ": "blanks"}
"""Separators that are not shown as they are."""


class Ragged:
    """What becomes of the rows of a table of ``width`` columns that do not fit it.

    A row is known by its position among all rows below the header, from 1; `numbers` are without the empty ones, and a
    reader is told the line of the file.
    """

    def __init__(self, width: int, separator: str, first: int) -> None:
        self.width, self.separator = width, separator
        self.first = first
        """The line of the file on which the first row below the header begins."""
        self.empty: list[int] = []
        self.short: list[int] = []
        self.stray: list[int] = []
        self.has_lines = False
        """Whether one of them has several lines, as rows have that a stray quotation mark joins."""
        self.line_of: dict[int, int] = {}
        """The line of the file on which each row that is told of begins."""
        self.lines = Lines(first)
        self.has_gaps = False
        """Whether there are empty lines between rows, of which `lines` does not know."""
        self.aside: list[tuple[int, str, str]] = []
        """Position, text and reason."""

    def fit(self, position: int, record: Record) -> list[str] | None:
        """The cells of a row in the width of the table; None where it is empty or set aside."""
        cells = record.cells
        if not any(cell.strip() for cell in cells):
            self.empty.append(position)
            return None
        if record.stray or len(cells) != self.width:
            self.line_of[position] = self.first + record.line - 1
        if any(cell.strip() for cell in cells[self.width :]):
            self.aside.append((position, record.text.rstrip("\r\n"), self._reason(record)))
            return None
        if record.stray:
            self.stray.append(position)
        if len(cells) < self.width:
            self.short.append(position)
        return cells[: self.width] + [""] * (self.width - len(cells))

    def numbers(self, positions: Sequence[int] | npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The numbers in ``raw`` of rows at these positions, before which all empty rows are known."""
        given = np.asarray(positions, np.int32)
        return given if not self.empty else (given - np.searchsorted(np.sort(self.empty), given)).astype(np.int32)

    def set_aside(self) -> pa.Table:
        """The rows that do not fit, as `UNREAD`."""
        numbers = self.numbers([position for position, _, _ in self.aside]).tolist()
        rows = zip(numbers, self.aside, strict=True)
        return unread((number, self.line_of[position], "", text, reason) for number, (position, text, reason) in rows)

    def notes(self) -> list[str]:
        """What is said of rows that were padded, mended or left out."""
        said = raw.empty_rows(len(self.empty))
        if self.short:
            have = "has" if len(self.short) == 1 else "have"
            said.append(
                f"{self._named(self.short)} {have} fewer cells than the header names: those that are missing are blank."
            )
        if self.stray:
            said.append(f"{self._named(self.stray)}: a quotation mark out of place is read as a sign of the text.")
        return said

    def _named(self, positions: Sequence[int]) -> str:
        return raw.lines_named([self.line_of[position] for position in positions])

    def _reason(self, record: Record) -> str:
        counted = f"has {number_of(len(record.cells), 'cell')} where the header names {self.width}"
        if record.stray:
            return f"{counted}, and a quotation mark out of place: take the mark out, or close it"
        sign = SPOKEN.get(self.separator, repr(self.separator))
        return f"{counted}: put quotation marks around a cell that holds {sign}, or take the surplus out"
