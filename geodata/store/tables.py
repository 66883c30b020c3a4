"""A CSV table checked: its rows as records or as columns, and a fault for whatever is wrong in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, TypeAdapter, ValidationError

from geodata.model.case import Case
from geodata.model.cells import LONGEST_CELL
from geodata.model.faults import Fault, InvalidData, plainly
from geodata.model.records import NAMES_COLUMN, Person, Place, Report
from geodata.store import written
from geodata.store.dataset import REPORTS
from geodata.store.files import utf8
from geodata.store.opening import Opening, unread
from geodata.store.written import Lines, Written

Row = TypeVar("Row", bound=BaseModel)
Rows = TypeVar("Rows")


@dataclass(frozen=True)
class Checked(Generic[Rows]):
    """A table after its checks."""

    name: str
    """The file's, as faults have it."""
    written: Written
    rows: Rows
    """The rows whose cells are without a fault: records, or columns."""
    lines: Lines
    """The line of each of these rows."""
    faults: tuple[Fault, ...] = ()
    """Of single rows: each has the line on which its row begins."""
    whole: tuple[Fault, ...] = ()
    """Of the file as a whole: none of its rows can be trusted."""

    def blaming(self, faults: Iterable[Fault]) -> Checked[Rows]:
        """With more faults of single rows."""
        return replace(self, faults=(*self.faults, *faults))

    def refusing(self, faults: Iterable[Fault]) -> Checked[Rows]:
        """With more faults for which the file as a whole is refused."""
        return replace(self, whole=(*self.whole, *faults))

    @property
    def good(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which of ``rows`` have no fault at all."""
        return ~np.isin(self.lines, [fault.line for fault in self.faults])

    @property
    def kept(self) -> Rows:
        """The rows that have no fault at all."""
        good, rows = self.good, cast(Any, self.rows)
        if isinstance(rows, pa.Table):
            return cast(Rows, rows if good.all() else rows.filter(pa.array(good)))
        return cast(Rows, [row for row, is_good in zip(rows, good, strict=True) if is_good])

    def keys_at_fault(self, column: str) -> dict[str, int]:
        """What rows with a fault have in a column, and the line of each."""
        lines, place = {fault.line for fault in self.faults}, self.written.header.index(column)
        fitting = zip(self.written.cells[column].to_pylist(), self.written.fitting.tolist(), strict=True)
        others = ((cells[place], line) for line, cells in self.written.others.items() if place < len(cells))
        return {key.strip(): line for key, line in (*fitting, *others) if line in lines}

    @property
    def opening(self) -> Opening:
        """What becomes of the rows where those with a fault are set aside."""
        reasons: dict[int, list[str]] = {}
        for fault in sorted(self.faults):
            reasons.setdefault(fault.line, []).append(f"{fault.column}: {fault.message}".removeprefix(": "))
        lines = sorted(reasons)
        numbers = (np.searchsorted(self.written.lines, lines) + 1).tolist()
        texts = self.written.texts(lines) if lines else []
        told = zip(numbers, lines, texts, strict=True)
        aside = [(number, line, "", text, "; ".join(reasons[line])) for number, line, text in told]
        return Opening(self.name, len(self.written.lines), len(self.written.lines) - len(aside), unread(aside))


def records(path: Path, model: type[Row], case: Case) -> Checked[list[Row]]:
    """The rows of a file as records."""
    table = _read(path, model)
    rows: list[Row] = []
    lines: list[int] = []
    faults: list[Fault] = []
    for line, cells in zip(table.lines.tolist(), table.rows.to_pylist(), strict=True):
        try:
            rows.append(model.model_validate(cells, context=case))
            lines.append(line)
        except ValidationError as error:
            faults += _row_faults(table.name, line, error)
    checked = Checked(table.name, table.written, rows, np.array(lines, np.int64), table.faults, table.whole)
    return checked.blaming(faults)


def records_if_there(path: Path, model: type[Row], case: Case) -> Checked[list[Row]] | None:
    """As `records`; nothing, and no fault, where there is no such file."""
    return records(path, model, case) if os.path.lexists(path) else None  # a link to nothing is a fault


def reports(table: Checked[pa.Table], case: Case) -> Checked[pa.Table]:
    """The rows of `report_cells` as columns (`REPORTS`): each text that a column holds is checked once."""
    good = np.ones(len(table.rows), bool)
    columns: list[pa.Array] = []
    faults: list[Fault] = []
    for field in REPORTS:
        texts = table.rows[field.name].combine_chunks().dictionary_encode()
        values, wrong = _validated(field.name, texts.dictionary.to_pylist(), case)
        columns.append(pa.array(values, field.type).take(texts.indices))
        if wrong:
            at_fault = np.flatnonzero(np.isin(texts.indices, [*wrong]))
            good[at_fault] = False
            told = zip(table.lines[at_fault].tolist(), texts.indices.take(pa.array(at_fault)).to_pylist(), strict=True)
            faults += [Fault(table.name, line, field.name, wrong[text]) for line, text in told]
    rows = pa.table(columns, schema=REPORTS)
    if not good.all():
        rows = rows.filter(pa.array(good))
    return replace(table, rows=rows, lines=table.lines[good]).blaming(sorted(faults, key=lambda fault: fault.line))


def report_cells(path: Path) -> Checked[pa.Table]:
    """A table of reports as it is written; only its form is checked."""
    return _read(path, Report)


@lru_cache(maxsize=64)
def _validator(column: str) -> TypeAdapter[list[Any]]:
    """Checks texts as `Report` does in one of its columns."""
    field = Report.model_fields[column]
    rules: Any = Annotated[(field.annotation, *field.metadata)]
    return TypeAdapter(list[rules], config=Report.model_config)


def _validated(column: str, texts: list[str], case: Case) -> tuple[list[Any], dict[int, str]]:
    """The value of each text in a column of reports, and what is wrong with those that have none, by their index."""
    validator = _validator(column)
    try:
        return validator.validate_python(texts, context=case), {}
    except ValidationError as error:
        wrong = {int(problem["loc"][0]): plainly(problem) for problem in error.errors()}
    right = iter(validator.validate_python([text for at, text in enumerate(texts) if at not in wrong], context=case))
    return [None if at in wrong else next(right) for at in range(len(texts))], wrong


def _read(path: Path, model: type[BaseModel]) -> Checked[pa.Table]:
    """The rows of a file whose form is right, as they are written."""
    nothing = pa.table({column: pa.array([], pa.string()) for column in model.model_fields})
    try:
        found = written.read(utf8(path))
    except InvalidData as error:
        return Checked(path.name, written.NOTHING, nothing, written.NOTHING.lines, whole=error.faults)
    whole: list[Fault] = []
    if found.broken:
        line, why = found.broken
        whole.append(Fault(path.name, line, "", f"is not well-formed CSV ({why}); check the quotation marks"))
    wrong_header = [*_header_faults(path.name, found.header, _columns(model, found.header))]
    if wrong_header:  # no cell can be judged; a header that is not CSV is told as such
        told = wrong_header if found.header else whole or wrong_header
        return Checked(path.name, found, nothing, written.NOTHING.lines, whole=tuple(told))
    faults = [*_width_faults(path.name, found), *_length_faults(path.name, found)]
    fit = ~np.isin(found.fitting, [fault.line for fault in faults])
    rows = found.cells if fit.all() else found.cells.filter(pa.array(fit))
    if not len(found.lines) and not whole and model is not Person:  # a list that names nobody says so
        whole.append(Fault(path.name, 0, "", "has a header and no rows"))
    return Checked(path.name, found, rows, found.fitting[fit], tuple(faults), tuple(whole))


def _columns(model: type[BaseModel], header: Sequence[str]) -> list[str]:
    """The columns that a table must have, and those of names in any language that it has."""
    names = [column for column in dict.fromkeys(header) if model is Place and NAMES_COLUMN.fullmatch(column)]
    return [*(column for column in model.model_fields if column != "names_in"), *names]


def _header_faults(name: str, header: Sequence[str], columns: list[str]) -> Iterator[Fault]:
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


def _width_faults(name: str, found: Written) -> Iterator[Fault]:
    for line, cells in found.others.items():
        message = f"has {len(cells)} cells where the header names {len(found.header)}"
        yield Fault(name, line, "", f"{message} (a comma or a quotation mark too many or too few)")


def _length_faults(name: str, found: Written) -> Iterator[Fault]:
    for column, cells in zip(found.header, found.cells.columns, strict=True):
        if (pc.max(pc.binary_length(cells)).as_py() or 0) <= LONGEST_CELL:  # in bytes: no fewer than characters
            continue
        too_long = pc.greater(pc.utf8_length(cells), LONGEST_CELL).to_numpy()
        for line in found.fitting[too_long].tolist():
            message = f"holds more than {LONGEST_CELL:,} characters (is a closing quotation mark missing?)"
            yield Fault(name, line, column, message)


def _row_faults(name: str, line: int, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        column, *inner = problem["loc"] or ("",)
        yield Fault(
            name, line, f"names_{inner[0]}" if column == "names_in" and inner else str(column), plainly(problem)
        )
