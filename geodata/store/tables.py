"""A CSV table as records with the line each begins on, and a fault for whatever is wrong in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from geodata.model.case import Case
from geodata.model.cells import LONGEST_CELL
from geodata.model.faults import Fault, InvalidData, plainly
from geodata.model.records import NAMES_COLUMN, Person, Place
from geodata.store.files import decoded

if TYPE_CHECKING:
    from _csv import Reader

Row = TypeVar("Row", bound=BaseModel)
Numbered = list[tuple[int, Row]]
"""Rows with the line each begins on."""


def read_if_there(path: Path, model: type[Row], case: Case) -> tuple[Numbered[Row] | None, list[Fault]]:
    """As `read`; nothing, and no fault, where there is no such file."""
    return read(path, model, case) if path.exists() else (None, [])


def read(path: Path, model: type[Row], case: Case) -> tuple[Numbered[Row], list[Fault]]:
    """The rows without a fault, with the line each begins on, and the faults of the others."""
    try:
        return rows_of(path.name, decoded(path), model, case)
    except InvalidData as error:
        return [], list(error.faults)


_LIMIT = Lock()


@contextmanager
def cells_of_any_length() -> Iterator[None]:
    """`csv` stops at a cell of 131,072 characters with a message that names no line; ours names line and column.

    Its limit is one for the whole process, so it is restored, and one table is read at a time.
    """
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def numbered(reader: Reader) -> Iterator[tuple[int, list[str]]]:
    """The further rows of a CSV reader that are not blank, each with the line it begins on."""
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


@cells_of_any_length()
def rows_of(name: str, text: str, model: type[Row], case: Case) -> tuple[Numbered[Row], list[Fault]]:
    """The rows of a text and its faults; ``name`` is the file's, for the faults."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: Numbered[Row] = []
    faults: list[Fault] = []
    try:
        header = [cell.strip() for cell in next(reader)]
        if header_faults := list(_header_faults(name, header, _columns(model, header))):
            return [], header_faults
        for line, cells in numbered(reader):
            if form_faults := list(_form_faults(name, line, header, cells)):
                faults += form_faults
                continue
            try:
                rows.append((line, model.model_validate(dict(zip(header, cells, strict=True)), context=case)))
            except ValidationError as error:
                faults += _row_faults(name, line, error)
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "", f"is not well-formed CSV ({error}); check the quotation marks"))
    if not rows and not faults and model is not Person:  # a list that names nobody says so
        faults.append(Fault(name, 0, "", "has a header and no rows"))
    return rows, faults


def _columns(model: type[BaseModel], header: Sequence[str]) -> list[str]:
    """The columns that a table must have, and those of names in any language that it has."""
    names = [column for column in dict.fromkeys(header) if model is Place and NAMES_COLUMN.fullmatch(column)]
    return [*(column for column in model.model_fields if column != "names_in"), *names]


def _header_faults(name: str, header: list[str], columns: list[str]) -> Iterator[Fault]:
    if len(header) == 1 and len(columns) > 1:
        for sign, spoken in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if header[0].count(sign) >= len(columns) // 2:
                yield Fault(name, 1, "", f"is separated by {spoken}; save it with commas")
                return
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns]
    for column in missing:
        close = get_close_matches(column, unknown, n=1)
        yield Fault(name, 1, column, "the column is missing" + (f" (is it '{close[0]}'?)" if close else ""))
    claimed = {match for column in missing for match in get_close_matches(column, unknown, n=1)}
    for column in unknown:
        if column not in claimed:
            yield Fault(
                name,
                1,
                column[:60],
                "is not a column of this table; take it out or put its text into 'note'"
                if column
                else "a column has no name",
            )
    for column in sorted({column for column in header if header.count(column) > 1 and column}):
        yield Fault(name, 1, column, "the column stands twice")


def _form_faults(name: str, line: int, header: Sequence[str], cells: Sequence[str]) -> Iterator[Fault]:
    """Faults of a row whose cells cannot be validated: too many or too few of them, or one too long."""
    if len(cells) != len(header):
        message = f"has {len(cells)} cells where the header names {len(header)}"
        yield Fault(name, line, "", f"{message} (a comma or a quotation mark too many or too few)")
        return
    for column, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            message = f"holds more than {LONGEST_CELL:,} characters (is a closing quotation mark missing?)"
            yield Fault(name, line, column, message)


def _row_faults(name: str, line: int, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        column, *inner = problem["loc"] or ("",)
        yield Fault(
            name, line, f"names_{inner[0]}" if column == "names_in" and inner else str(column), plainly(problem)
        )


def repeated(name: str, rows: Sequence[tuple[int, BaseModel]], key: tuple[str, ...]) -> Iterator[Fault]:
    """A fault for each row whose key, one or more columns, stands in an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        identity = tuple(str(getattr(row, column)) for column in key)
        if first := seen.get(identity):
            yield Fault(name, line, key[0], f"repeats line {first}: the same {', '.join(key)}")
        seen.setdefault(identity, line)
