"""Files to a checked `Dataset`. Every fault is told; its table is refused, or opened without the rows at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from geodata.model.case import Case
from geodata.model.faults import Fault, InvalidData, plainly
from geodata.model.records import Person, Place, Report, Source
from geodata.store import case_file, contradictions, tables
from geodata.store.dataset import Dataset
from geodata.store.layers import files as layer_files
from geodata.store.tables import Checked


def load(path: Path | str, *, strict: bool = True) -> Dataset:
    """The reports of a case: its folder, or a table of its folder in place of ``events.csv``.

    A table that lies in no case's folder is a case of its own, with the sides and scopes of its rows. Raises
    `InvalidData` with every fault of all files. Unless ``strict``, faults of single rows are not raised: these rows are
    set aside, and with them the reports that refer to such a row; ``openings`` of the dataset lists them. What is
    wrong with a file as a whole is still raised, and so is a report's document that is in no list.
    """
    path = Path(path)
    folder = case_file.folder_of(path)
    if folder is None and path.is_dir():
        message = f"is a folder without {case_file.CASE}; give the folder of a case, or the path of a table"
        raise InvalidData([Fault(path.name, 0, "", message)])
    if folder is None:
        return _alone(path, strict=strict)
    return _in_folder(folder, folder / case_file.EVENTS if path.is_dir() else path, strict=strict)


def _in_folder(folder: Path, table: Path, *, strict: bool) -> Dataset:
    """The reports of a table of a case, with what else lies in its folder."""
    case = case_file.read(folder)
    sources, places, persons = _sources(folder, case), _places(folder, case), _persons(folder, case)
    reports = _reports(tables.report_cells(table), case)
    for column, listed in (("source_id", sources), ("place_id", places)):
        # References cannot be judged against a list that is not there or, where it counts, did not load whole.
        if listed and not listed.whole and not (strict and listed.faults):
            reports = _referring(reports, column, listed)
    read = [one for one in (reports, sources, places, persons) if one]
    _refuse(read, strict=strict)
    dataset = Dataset.of(
        reports.kept,
        _documents(reports.kept) if sources is None else {source.source_id: source for source in sources.kept},
        {place.place_id: place for place in places.kept} if places else {},
        case,
        persons=tuple(persons.kept) if persons else None,
        openings=tuple(one.opening for one in read),
    )
    drawn, wrong = layer_files.read(folder)
    return replace(dataset, layers=drawn, layer_faults=wrong)


def _alone(path: Path, *, strict: bool) -> Dataset:
    """A table of our columns that lies in no case's folder."""
    written = tables.report_cells(path)
    case = _case_of_table(path, written)
    reports = _reports(written, case)
    _refuse([reports], strict=strict)
    return Dataset.of(reports.kept, _documents(reports.kept), {}, case, openings=(reports.opening,))


def _refuse(read: Sequence[Checked[Any]], *, strict: bool) -> None:
    """Raises `InvalidData` with all faults where one of them must be mended first, or nothing would be left to show."""
    if any(one.whole or (strict and one.faults) for one in read) or not read[0].good.any():
        raise InvalidData(sorted(fault for one in read for fault in (*one.whole, *one.faults)))


def _reports(written: Checked[pa.Table], case: Case) -> Checked[pa.Table]:
    reports = tables.reports(written, case)
    return reports.blaming(contradictions.of_reports(reports))


def _referring(reports: Checked[pa.Table], column: str, listed: Checked[list[Any]]) -> Checked[pa.Table]:
    """The reports with the faults of what they refer to: the rows of ``listed``, which ``column`` names."""
    known = {getattr(row, column): row for row in listed.kept}
    faulty = {key: line for key, line in listed.keys_at_fault(column).items() if key not in known}
    reports = reports.blaming(contradictions.unsure(reports, column, faulty, listed.name))
    missing = contradictions.unknown(reports, column, {**known, **faulty}, listed.name)
    # Without its document a report has no source; that is for the case's list to mend, and not for a single row.
    return reports.refusing(missing) if column == "source_id" else reports.blaming(missing)


def _sources(folder: Path, case: Case) -> Checked[list[Source]] | None:
    if sources := tables.records_if_there(folder / case_file.SOURCES, Source, case):
        keys = pa.table({"source_id": pa.array([source.source_id for source in sources.rows], pa.string())})
        return sources.blaming(contradictions.repeated(sources.name, sources.lines, keys))
    return None


def _places(folder: Path, case: Case) -> Checked[list[Place]] | None:
    if places := tables.records_if_there(folder / case_file.PLACES, Place, case):
        return places.blaming(contradictions.of_places(places))
    return None


def _persons(folder: Path, case: Case) -> Checked[list[Person]] | None:
    """The list of persons; a fault in it is one of the whole, for a class would read the name of a row set aside."""
    if persons := tables.records_if_there(folder / case_file.PERSONS, Person, case):
        faults = (*persons.whole, *persons.faults, *contradictions.of_persons(persons))
        return replace(persons, faults=(), whole=faults)
    return None


def _case_of_table(path: Path, written: Checked[pa.Table]) -> Case:
    """The case of a table alone: its rows' sides and scopes, in the order of their first rows."""
    values = {
        column: [text for cell in pc.unique(written.rows[column]).to_pylist() if (text := cell.strip())]
        for column in ("claimant_side", "scope")
        if column in written.rows.column_names
    }

    def line_of(column: str, value: str) -> int:
        place = pc.index(pc.utf8_trim_whitespace(written.rows[column]), value).as_py()
        return int(written.lines[place])

    return case_of_values(path, values.get("claimant_side", ()), values.get("scope", ()), line_of)


COLUMN_OF = {"sides": "claimant_side", "scopes": "scope"}
"""The column of a table that holds what a case names."""


def case_of_values(
    path: Path, sides: Iterable[str], scopes: Iterable[str], line_of: Callable[[str, str], int] = lambda *_: 0
) -> Case:
    """The case of a table alone; ``line_of`` is the line on which a column first has a value.

    Raises `InvalidData` where it has more sides than the palette has colours, or one of the values is no name.
    """
    try:
        return Case.of_table(path.stem, sides, scopes)
    except ValidationError as error:
        faults = []
        for problem in error.errors():
            field, value = [*map(str, problem["loc"]), "", ""][:2]
            column = COLUMN_OF.get(field, "")
            faults.append(Fault(path.name, line_of(column, value) if column else 0, column, plainly(problem)))
        raise InvalidData(faults) from error


def _documents(reports: pa.Table) -> dict[str, Source]:
    """The documents that reports name, where the case has no list of them."""
    cited = pc.unique(reports["source_id"]).to_pylist()
    return {key: Source.unrated(key, "document") for key in cited}


EXPORTED = "drawn_as"
"""A column that only our exports have, which hold more than our own tables and are read as any table."""


def has_own_columns(path: Path) -> bool:
    """Whether a CSV file is meant as a table of ours: its header names most of our columns, and no export's."""
    with path.open("rb") as file:
        header = file.readline(LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    cells = {cell.strip().strip('"') for cell in header.split(",")}
    return len(cells & Report.model_fields.keys()) > len(Report.model_fields) // 2 and EXPORTED not in cells


LONGEST_HEADER = 100_000
"""Bytes of a first line that are looked at: a file of one line may be large."""


def read_rows(path: Path) -> tuple[str, list[str], list[tuple[int, dict[str, str]]]]:
    """A table of reports as it is written: its text, its header, and each row's cells with the line it begins on.

    For a program that fills cells and writes the table back. Raises `InvalidData` where a single cell has a fault;
    those of several cells are not looked for, since places may still be unknown or half filled in.
    """
    table, folder = tables.report_cells(path), case_file.folder_of(path)
    checked = tables.reports(table, case_file.read(folder) if folder else _case_of_table(path, table))
    if faults := (*checked.faults, *checked.whole):
        raise InvalidData(faults)
    rows = zip(table.lines.tolist(), table.rows.to_pylist(), strict=True)
    return table.written.raw.decode(), [*table.written.header], [*rows]


def read_gazetteer(table: Path) -> tuple[dict[str, Place], Mapping[str, tuple[str, ...]]]:
    """The places of a table's case by ``place_id``, and names of countries by code; none for a table alone.

    Raises `InvalidData`.
    """
    if (folder := case_file.folder_of(table)) is None:
        return {}, {}
    case = case_file.read(folder)
    places = _places(folder, case)
    if places and (faults := (*places.faults, *places.whole)):
        raise InvalidData(faults)
    return {place.place_id: place for place in places.kept} if places else {}, case.countries
