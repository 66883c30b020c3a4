"""Files to a checked `Dataset`. Every fault found is reported, and a table with a fault is not loaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from geodata.model.case import Case
from geodata.model.faults import Fault, InvalidData, plainly
from geodata.model.records import Person, Place, Report, Source
from geodata.model.text import fold, shown, suggestion
from geodata.store import case_file, tables
from geodata.store.dataset import Dataset
from geodata.store.files import decoded


def load(path: Path | str) -> Dataset:
    """The reports of a case: its folder, or a table of its folder in place of ``events.csv``.

    A table that lies in no case's folder is a case of its own, with the sides and scopes of its rows. Raises
    `InvalidData` with every fault of all files.
    """
    path = Path(path)
    folder = case_file.folder_of(path)
    if folder is None and path.is_dir():
        message = f"is a folder without {case_file.CASE}; give the folder of a case, or the path of a table"
        raise InvalidData([Fault(path.name, 0, "", message)])
    return _in_folder(folder, folder / case_file.EVENTS if path.is_dir() else path) if folder else _alone(path)


def _in_folder(folder: Path, table: Path) -> Dataset:
    """The reports of a table of a case, with what else lies in its folder."""
    case, region = case_file.read(folder), case_file.read_region(folder)
    sources, source_faults = _sources(folder, case)
    places, place_faults = _places(folder, case)
    persons, person_faults = _persons(folder, case)
    numbered, report_faults = tables.read(table, Report, case)
    # References cannot be judged against a table that is not there or did not load whole.
    known = (None if source_faults else sources, None if place_faults else places)
    references = _cross_faults(table.name, numbered, *known)
    if faults := [*source_faults, *place_faults, *person_faults, *report_faults, *references]:
        raise InvalidData(sorted(faults))
    reports = [report for _, report in numbered]
    documents = _documents(reports) if sources is None else sources
    return Dataset.of(reports, documents, places or {}, case, persons=persons, region=region)


def _alone(path: Path) -> Dataset:
    """A table of our columns that lies in no case's folder."""
    case = _case_of_table(path)
    numbered, faults = tables.read(path, Report, case)
    faults += _cross_faults(path.name, numbered, None, None)
    if faults:
        raise InvalidData(sorted(faults))
    reports = [report for _, report in numbered]
    return Dataset.of(reports, _documents(reports), {}, case)


def _sources(folder: Path, case: Case) -> tuple[dict[str, Source] | None, list[Fault]]:
    """The documents by ``source_id``; ``None``, and no fault, where there is no list of them."""
    rows, faults = tables.read_if_there(folder / case_file.SOURCES, Source, case)
    if rows is None:
        return None, faults
    faults += tables.repeated(case_file.SOURCES, rows, ("source_id",))
    return {source.source_id: source for _, source in rows}, faults


def _places(folder: Path, case: Case) -> tuple[dict[str, Place] | None, list[Fault]]:
    rows, faults = tables.read_if_there(folder / case_file.PLACES, Place, case)
    if rows is None:
        return None, faults
    faults += tables.repeated(case_file.PLACES, rows, ("place_id",))
    faults += [Fault(case_file.PLACES, line, *problem) for line, place in rows for problem in _half_or_zero(place)]
    return {place.place_id: place for _, place in rows}, faults


def _persons(folder: Path, case: Case) -> tuple[tuple[Person, ...] | None, list[Fault]]:
    rows, faults = tables.read_if_there(folder / case_file.PERSONS, Person, case)
    if rows is None:
        return None, faults
    return tuple(person for _, person in rows), [*faults, *_person_faults(case_file.PERSONS, rows)]


def _case_of_table(path: Path) -> Case:
    """The case of a table alone: its rows' sides and scopes, in the order of their first rows."""
    try:
        rows = [*csv.DictReader(io.StringIO(decoded(path), newline=""))]
    except csv.Error:
        rows = []  # reported with its line when the rows are read
    values = {
        column: dict.fromkeys(value for row in rows if (value := (row.get(column) or "").strip()))
        for column in ("claimant_side", "scope")
    }
    return case_of_values(path, values["claimant_side"], values["scope"])


def case_of_values(path: Path, sides: Iterable[str], scopes: Iterable[str]) -> Case:
    """The case of a table alone. Raises `InvalidData` where it has more sides than the palette has colours."""
    try:
        return Case.of_table(path.stem, sides, scopes)
    except ValidationError as error:
        raise InvalidData([Fault(path.name, 0, "", plainly(problem)) for problem in error.errors()]) from error


def _documents(reports: Sequence[Report]) -> dict[str, Source]:
    """The documents that reports name, where the case has no list of them."""
    cited = dict.fromkeys(report.source_id for report in reports)
    return {key: Source.unrated(key, "document", "the table's own terms") for key in cited}


def has_own_columns(path: Path) -> bool:
    """Whether a CSV file is meant as a table of ours: its header names most of our columns, however separated."""
    with path.open("rb") as file:
        header = file.readline().decode("utf-8", errors="replace").replace("\0", "")
    return sum(column in header for column in Report.model_fields) > len(Report.model_fields) // 2


def read_rows(path: Path) -> tuple[str, list[str], list[tuple[int, dict[str, str]]]]:
    """A table of reports as it is written: its text, its header, and each row's cells with the line it begins on.

    For a program that fills cells and writes the table back. Raises `InvalidData` where a single cell has a fault;
    those of several cells are not looked for, since places may still be unknown or half filled in.
    """
    text = decoded(path)
    folder = case_file.folder_of(path)
    _, faults = tables.rows_of(path.name, text, Report, case_file.read(folder) if folder else _case_of_table(path))
    if faults:
        raise InvalidData(faults)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [cell.strip() for cell in next(reader)]
    return text, header, [(line, dict(zip(header, cells, strict=True))) for line, cells in tables.numbered(reader)]


def read_gazetteer(table: Path) -> tuple[dict[str, Place], Mapping[str, tuple[str, ...]]]:
    """The places of a table's case by ``place_id``, and names of countries by code; none for a table alone.

    Raises `InvalidData`.
    """
    if (folder := case_file.folder_of(table)) is None:
        return {}, {}
    case = case_file.read(folder)
    places, faults = _places(folder, case)
    if faults:
        raise InvalidData(faults)
    return places or {}, case.countries


def _cross_faults(
    name: str,
    rows: Sequence[tuple[int, Report]],
    sources: Mapping[str, Source] | None,
    places: Mapping[str, Place] | None,
) -> Iterator[Fault]:
    """Faults that concern more than one cell: references, half coordinates, order of deaths, repeated rows."""
    for line, report in rows:
        for column, message in _contradictions(report):
            yield Fault(name, line, column, message)
        for column, key, table, known in (
            ("source_id", report.source_id, case_file.SOURCES, sources),
            ("place_id", report.place_id, case_file.PLACES, places),
        ):
            if key and known is not None and key not in known:
                hint = suggestion(key, known, "add it there")
                yield Fault(name, line, column, f"{shown(key)} is not in {table} ({hint})")
    yield from tables.repeated(name, rows, ("incident_id", "source_id", "claimed_by"))


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
    """A form that could be two persons, and a replacement that is missing, needless or holds a private name."""
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
        if names := sorted(form for form in private if f" {form} " in f" {fold(person.instead)} "):
            yield Fault(name, line, "instead", f"holds {shown(names[0])}, which is the name of a private person")
