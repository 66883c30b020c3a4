"""A collection as a file: CSV with a line for each incident, for a spreadsheet and for another reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from geodata.model.case import Case
from geodata.model.cells import Record, Words
from geodata.model.collection import MOST, Collection
from geodata.model.faults import Fault, InvalidData
from geodata.model.filters import is_one_of
from geodata.store import tables
from geodata.store.absent import absent_incidents
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text


class Line(Record):
    """One incident of a collection."""

    incident_id: Annotated[Words, Field(description="Name of the incident in the table.")]
    title: Annotated[str, Field(description="The incident's title, for who reads the file; not read back.")] = ""
    note: Annotated[str, Field(description="What the collector has to say of it.")] = ""
    collection: Annotated[str, Field(description="Name of the collection, the same in each line.")] = ""


def text(collection: Collection, dataset: Dataset) -> str:
    """The collection as CSV, see `Line`."""
    titles = titles_of(collection, dataset)
    lines = (
        {"incident_id": one, "title": titles.get(one, ""), "note": note, "collection": collection.name}
        for one, note in collection.notes.items()
    )
    return csv_text(tuple(Line.model_fields), lines)


def titles_of(collection: Collection, dataset: Dataset) -> dict[str, str]:
    """The titles of its incidents by id; one that the table does not have is left out."""
    if not collection.notes:
        return {}
    reports = dataset.reports
    found = reports.filter(is_one_of(reports.incident_id, list(collection.ids))).order_by("row")
    named = dataset.fetch(found.select("incident_id", "title")).to_pylist()
    return {row["incident_id"]: row["title"] for row in reversed(named)}


def read(path: Path, dataset: Dataset) -> Collection:
    """The collection of a file. Raises `InvalidData` where a line cannot be read, or the table has not its incident."""
    table = tables.records(path, Line, Case.of_table(path.stem))
    numbered: list[tuple[int, Line]] = list(zip(table.lines.tolist(), table.rows, strict=True))
    unknown = absent_incidents({line.incident_id for _, line in numbered}, dataset)
    faults = [*table.whole, *table.faults]
    faults += [
        Fault(path.name, number, "incident_id", unknown[line.incident_id])
        for number, line in numbered
        if line.incident_id in unknown
    ]
    notes = {line.incident_id: " ".join(line.note.split()) for _, line in numbered}
    if len(notes) > MOST:
        faults.append(Fault(path.name, 0, "", f"has {len(notes):,} incidents; a collection holds {MOST} at most"))
    if faults:
        raise InvalidData(sorted(faults))
    return Collection(next((line.collection for _, line in numbered), ""), notes)
