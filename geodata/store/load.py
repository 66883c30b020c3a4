"""Files to a checked `Dataset`: every fault found is told, and a table with a fault is not loaded."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from geodata.model.schema import LONGEST_CELL, Person, Place, Report, Source, fold, shown
from geodata.store.dataset import Dataset

Row = TypeVar("Row", bound=BaseModel)

SHIPPED = Path(str(resources.files("geodata")))
"""Where the tables of documents and places lie that ship with the package."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where it stands, and what to do. ``line`` counts from 1; 0 means the whole file."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = self.file + (f" line {self.line}" if self.line else "") + (f", {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class InvalidData(ValueError):
    """A table that cannot be trusted. ``faults`` lists everything found wrong, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def load(path: Path | str, *, sources: Path | None = None, places: Path | None = None) -> Dataset:
    """The reports of ``path`` with the documents and places they refer to.

    ``sources`` and ``places`` default to the tables shipped in this package. Raises `InvalidData` with every fault of
    all three files.
    """
    source_rows, source_faults = _read(sources or SHIPPED / "sources.csv", Source)
    place_rows, place_faults = _read(places or SHIPPED / "places.csv", Place)
    source_faults += _repeated((sources or Path("sources.csv")).name, source_rows, ("source_id",))
    places_name = (places or Path("places.csv")).name
    place_faults += _repeated(places_name, place_rows, ("place_id",))
    place_faults += [Fault(places_name, line, *told) for line, place in place_rows for told in _half_or_zero(place)]
    reports, report_faults = _read(Path(path), Report)
    documents = {source.source_id: source for _, source in source_rows}
    gazetteer = {place.place_id: place for _, place in place_rows}
    faults = [*source_faults, *place_faults, *report_faults]
    # References cannot be judged against a table that did not load whole.
    faults += _cross_faults(
        Path(path).name, reports, None if source_faults else documents, None if place_faults else gazetteer
    )
    if faults:
        raise InvalidData(sorted(faults))
    return Dataset.of([report for _, report in reports], documents, gazetteer)


def has_own_columns(path: Path) -> bool:
    """Whether a CSV file is meant as a table of ours: its header names most of our columns, however separated."""
    with path.open("rb") as file:
        header = file.readline().decode("utf-8", errors="replace").replace("\0", "")
    return sum(column in header for column in Report.model_fields) > len(Report.model_fields) // 2


def read_rows(path: Path) -> tuple[str, list[str], list[tuple[int, dict[str, str]]]]:
    """A table of reports as it is written: its text, its header, and each row's cells with the line it begins on.

    For a program that fills cells and writes the table back. Raises `InvalidData` where the table has any fault but the
    blanks and unknown places it is there to mend.
    """
    text = decoded(path)
    _, faults = _rows(path.name, text, Report)
    if faults:
        raise InvalidData(faults)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [cell.strip() for cell in next(reader)]
    rows, line = [], reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((line, dict(zip(header, cells, strict=True))))
        line = reader.line_num + 1
    return text, header, rows


def read_places(path: Path | None = None) -> dict[str, Place]:
    """The gazetteer's rows by ``place_id``. Raises `InvalidData`."""
    rows, faults = _read(path or SHIPPED / "places.csv", Place)
    if faults:
        raise InvalidData(faults)
    return {place.place_id: place for _, place in rows}


def read_persons(path: Path | None = None) -> tuple[Person, ...]:
    """Who is named in the table, in the order of the file. Raises `InvalidData` with every fault."""
    path = path or SHIPPED / "persons.csv"
    rows, faults = _read(path, Person)
    faults += _person_faults(path.name, rows)
    if faults:
        raise InvalidData(sorted(faults))
    return tuple(person for _, person in rows)


def _read(path: Path, model: type[Row]) -> tuple[list[tuple[int, Row]], list[Fault]]:
    """Rows with the line each begins on, and the faults of those left out."""
    try:
        text = decoded(path)
        return _rows(path.name, text, model)
    except InvalidData as error:
        return [], list(error.faults)


def decoded(path: Path, first: str = "the first line must name the columns") -> str:
    """The text of a UTF-8 file, which begins with what ``first`` says. Raises `InvalidData` where it is anything else.

    A byte order mark, as spreadsheets write it, is not text.
    """

    def fault(message: str, line: int = 0) -> InvalidData:
        return InvalidData([Fault(path.name, line, "", message)])

    if path.is_dir():
        raise fault("is a folder; give the path of a file")
    if not path.exists():
        raise fault("is not there; check the path")
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or raw[:200].count(0) > 20:
        raise fault("is encoded as UTF-16; save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fault(
            f"byte 0x{raw[error.start]:02X} is not UTF-8 (Windows-1252, perhaps); save it as UTF-8", line
        ) from error
    if not text.strip():
        raise fault(f"is empty; {first}")
    if "\0" in text:
        raise fault("holds a zero byte; it is not a text file", text[: text.index("\0")].count("\n") + 1)
    return text


_LIMIT = Lock()


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """`csv` stops at a cell of 131,072 characters with a message that names no line; ours names line and column.

    Its limit is one for the whole process, so it is put right again, and one table is read at a time.
    """
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


@_cells_of_any_length()
def _rows(name: str, text: str, model: type[Row]) -> tuple[list[tuple[int, Row]], list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns = list(model.model_fields)
    rows: list[tuple[int, Row]] = []
    faults: list[Fault] = []
    try:
        header = [cell.strip() for cell in next(reader)]
        if header_faults := list(_header_faults(name, header, columns)):
            return [], header_faults
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    faults.append(
                        Fault(
                            name,
                            line,
                            "",
                            f"has {len(cells)} cells where the header names {len(header)} "
                            "(a comma or a quotation mark too many or too few)",
                        )
                    )
                elif long := [column for column, cell in zip(header, cells, strict=True) if len(cell) > LONGEST_CELL]:
                    faults += [
                        Fault(
                            name,
                            line,
                            column,
                            f"holds more than {LONGEST_CELL:,} characters (is a closing quotation mark missing?)",
                        )
                        for column in long
                    ]
                else:
                    try:
                        rows.append((line, model.model_validate(dict(zip(header, cells, strict=True)))))
                    except ValidationError as error:
                        faults += _row_faults(name, line, error)
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "", f"is not well-formed CSV ({error}); check the quotation marks"))
    if not rows and not faults:
        faults.append(Fault(name, 0, "", "has a header and no rows"))
    return rows, faults


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


_PLAIN_WORDS = {
    "string_too_short": "must not be blank",
    "float_parsing": "{value} is not a number (write degrees as 39.8177)",
    "int_parsing": "{value} is not a whole number; leave it blank if none is stated",
    "less_than_equal": "{value} is too large (the most is {le:g})",
    "greater_than_equal": "{value} is too small (the least is {ge:g})",
    "greater_than": "{value} must be more than {gt:g}",
    "string_pattern_mismatch": "{value} does not have the form {pattern}",
    "missing": "must be given",
    "string_type": "must be a text (one that holds ': ' goes into quotation marks)",
    "tuple_type": "must be a list",
    "model_type": "must be a group of fields",
    "dict_type": "must be a group of fields",
    "too_short": "must have {min_length} at least",
}


def plainly(problem: ErrorDetails) -> str:
    """A fault that pydantic found, in the words of a coder."""
    context = problem.get("ctx", {})
    if words := _PLAIN_WORDS.get(problem["type"]):
        return words.format(value=shown(problem["input"]), **context)
    return str(context.get("error", problem["msg"]))


def _row_faults(name: str, line: int, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        yield Fault(name, line, str(problem["loc"][0]) if problem["loc"] else "", plainly(problem))


def _cross_faults(
    name: str,
    rows: Sequence[tuple[int, Report]],
    sources: Mapping[str, Source] | None,
    places: Mapping[str, Place] | None,
) -> Iterator[Fault]:
    """What no single cell shows: references, halves, orders, repeats."""
    for line, report in rows:
        for column, message in _contradictions(report):
            yield Fault(name, line, column, message)
        for column, key, known in (("source_id", report.source_id, sources), ("place_id", report.place_id, places)):
            if key and known is not None and key not in known:
                close = get_close_matches(key, known, n=1)
                table = "sources.csv" if column == "source_id" else "places.csv"
                hint = f"did you mean '{close[0]}'?" if close else f"add it to geodata/{table}"
                yield Fault(name, line, column, f"{shown(key)} is not in {table} ({hint})")
    yield from _repeated(name, rows, ("incident_id", "source_id", "claimed_by"))


def _half_or_zero(row: Report | Place) -> Iterator[tuple[str, str]]:
    if (row.latitude is None) != (row.longitude is None):
        blank = "latitude" if row.latitude is None else "longitude"
        yield blank, "half a coordinate: fill both latitude and longitude or neither"
    if row.latitude == 0 and row.longitude == 0:
        yield "latitude", "0, 0 is no place of an incident; leave both blank if the place is unknown"


def _contradictions(report: Report) -> Iterator[tuple[str, str]]:
    yield from _half_or_zero(report)
    if report.latitude is not None and not report.precision:
        yield "precision", "must be given where there are coordinates"
    if report.latitude is not None and not (report.place or report.place_id):
        yield "place", "must be given where there are coordinates: as the document writes it, or a place_id"
    if bool(report.date) != bool(report.date_basis):
        yield "date_basis", "must be given with a date, and only with one"
    if bool(report.place or report.place_id) != bool(report.place_role):
        yield "place_role", "must be given with a place, and only with one"
    stated = [number for number in (report.deaths_low, report.deaths_best, report.deaths_high) if number is not None]
    if stated != sorted(stated):
        yield (
            "deaths_best",
            f"deaths are out of order ({', '.join(map(str, stated))}): low, best and high must not fall",
        )
    if len(report.title.split()) > 10:
        yield "title", f"has {len(report.title.split())} words; ten is the most"


def _person_faults(name: str, rows: Sequence[tuple[int, Person]]) -> Iterator[Fault]:
    """A form that could be two persons, and a replacement that is missing, idle or tells the name again."""
    bearers: dict[str, int] = {}
    private = {fold(form) for _, person in rows if not person.is_public for form in person.forms}
    for line, person in rows:
        for form in person.forms:
            if (first := bearers.setdefault(form, line)) != line:
                yield Fault(name, line, "variants" if form != person.name else "name",
                            f"{shown(form)} stands in line {first} too; a form must mean one person")  # fmt: skip
        if person.is_public and person.instead:
            yield Fault(name, line, "instead", "must be blank for a public person, whose name stays")
        if not person.is_public and not person.in_slug:
            yield Fault(name, line, "instead", "must be given for a private person: the words that replace the name")
        if told := sorted(form for form in private if f" {form} " in f" {fold(person.instead)} "):
            yield Fault(name, line, "instead", f"holds {shown(told[0])}, which is the name of a private person")


def _repeated(name: str, rows: Sequence[tuple[int, BaseModel]], key: tuple[str, ...]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        identity = tuple(str(getattr(row, column)) for column in key)
        if first := seen.get(identity):
            yield Fault(name, line, key[0], f"repeats line {first}: the same {', '.join(key)}")
        seen.setdefault(identity, line)
