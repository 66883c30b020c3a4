"""Small tables of others for the tests: written, opened, and their reports as rows in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geodata.model.mapping import TableMapping
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table, read_table

HEAD = "id,date,latitude,longitude,source,title"


def written(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    """The path of a file with this text."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def opened(folder: Path, text: str | bytes, name: str = "table.csv", mapping: TableMapping | None = None) -> Dataset:
    """The dataset of a file with this text. That no row is lost is asserted at each opening."""
    path = written(folder, text, name)
    dataset = read_table(path, mapping) if mapping else open_table(path)
    [opening] = dataset.openings
    assert opening.rows == opening.shown + len(opening.set_aside)
    shown = dataset.fetch(dataset.reports.select("telling").distinct())
    assert len(shown) == opening.shown, "each row that is shown has a report"
    return dataset


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    """The reports in the order of the file."""
    rows: list[dict[str, Any]] = dataset.fetch(dataset.reports.order_by("telling", "row")).to_pylist()
    return rows


def column(dataset: Dataset, name: str) -> list[Any]:
    return [row[name] for row in rows_of(dataset)]


def dated(folder: Path, *texts: str, mapping: TableMapping | None = None) -> Dataset:
    """A table of these dates, in quotes."""
    lines = (f'a{number},"{text}",39.8,46.7,Wire A,Report {number}' for number, text in enumerate(texts))
    return opened(folder, "\n".join((HEAD, *lines)) + "\n", mapping=mapping)


def unread(dataset: Dataset) -> list[tuple[int, str, str]]:
    """Row, column and text of each cell that could not be read."""
    [opening] = dataset.openings
    return [(cell["row"], cell["column"], cell["text"]) for cell in opening.unread_cells.to_pylist()]


def notes(dataset: Dataset) -> str:
    [opening] = dataset.openings
    return "\n".join(opening.notes)


def asked(dataset: Dataset) -> list[str]:
    """The fields of the mapping that are to be settled."""
    [opening] = dataset.openings
    return [question.field for question in opening.questions]


def incidents_of(dataset: Dataset, rows: Sequence[int]) -> list[str]:
    """The names of the incidents of these rows, in the same order."""
    names = dataset.fetch(dataset.reports.select("row", "incident_id")).to_pylist()
    by_row = {one["row"]: one["incident_id"] for one in names}
    return [by_row[row] for row in rows]
