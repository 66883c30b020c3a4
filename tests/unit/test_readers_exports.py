"""Every file that Attest writes, Attest reads, row for row and column for column."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.exports.attribution import COLUMNS, attributed
from geodata.exports.pack import packed
from geodata.formats import EXPORTS
from geodata.model.selection import Selection
from geodata.store.load import load
from tests.server import ROOT
from tests.unit.raw_table import fault_of, opened

CASE = ROOT / "tests" / "data" / "small"

FOR_READING = {"bib": "a list of references"}
"""Exports that are no tables, and what is said of them."""

DOCUMENTS = {"csl.json"}
"""Exports whose rows are documents and not reports."""

DRAWN = {"html"}
"""Exports that carry what is drawn: `test_import_several.py` compares them report for report."""


@pytest.fixture(scope="module", name="dataset")
def small() -> object:
    return load(CASE)


def as_text(value: object) -> str:
    """A cell of an export as text; what a spreadsheet would run has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).removeprefix("'").removesuffix(".0")


@pytest.mark.parametrize("ending", [*EXPORTS, "pack"])
def test_an_export_comes_back_as_it_was(tmp_path: Path, dataset: object, ending: str) -> None:
    path = tmp_path / "export"
    path.write_bytes(packed(dataset, CASE) if ending == "pack" else EXPORTS[ending](dataset, Selection()))
    if ending in FOR_READING:
        assert FOR_READING[ending] in fault_of(path).message
        return
    read = opened(path)
    if ending in DOCUMENTS:
        assert len(read.rows) == len(dataset.sources)
        return
    if ending in DRAWN:
        assert len(read.rows) == len(attributed(dataset, Selection()))
        return
    assert [name for name in read.table.columns if name in COLUMNS] == [*COLUMNS]
    records = attributed(dataset, Selection())
    assert len(read.rows) == len(records)
    for row, record in zip(read.rows, records, strict=True):
        assert {name: as_text(row[name]) for name in COLUMNS} == {name: as_text(record[name]) for name in COLUMNS}
