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

DOCUMENTS = {"bib", "csl.json"}
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
    read = opened(path)
    if ending in DOCUMENTS:
        named = "date" if ending == "bib" else "issued.date-parts"
        days = sorted(source.published for source in dataset.sources.values())
        assert sorted(row[named] for row in read.rows) == days
        return
    if ending in DRAWN:
        assert len(read.rows) == len(attributed(dataset, Selection()))
        return
    assert [name for name in read.table.columns if name in COLUMNS] == [*COLUMNS]
    records = attributed(dataset, Selection())
    assert len(read.rows) == len(records)
    for row, record in zip(read.rows, records, strict=True):
        assert {name: as_text(row[name]) for name in COLUMNS} == {name: as_text(record[name]) for name in COLUMNS}


def test_an_entry_of_bibtex_is_a_row_with_its_texts_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "some.bib"
    path.write_text(
        "@comment{hand, made}\n@article{one2020,\n  title = {{Shells \\& {Homes}}},\n"
        '  date = "2020-" # {10-08},\n  year = 2020\n}\n'
        "@misc{two, note = {50\\% of \\textbraceleft{}all\\textbraceright{}, at most}}\n",
        encoding="utf-8",
    )
    one, two = opened(path).rows
    assert (one["id"], one["title"], one["date"], one["year"]) == ("one2020", "Shells & Homes", "2020-10-08", "2020")
    assert (two["type of entry"], two["note"]) == ("misc", "50% of {all}, at most")


def test_no_entry_of_bibtex_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "some.bib"
    path.write_text(
        "@misc{one}\n@article(two, title = {A}, year = 2020)\n@misc{three, year = 2021,}\n", encoding="utf-8"
    )
    read = opened(path).rows
    assert [(row["id"], row["year"]) for row in read] == [("one", ""), ("two", "2020"), ("three", "2021")]


def test_the_encoding_of_bibtex_is_told(tmp_path: Path) -> None:
    path = tmp_path / "some.bib"
    path.write_bytes("@misc{one, title = {Вид на город и мост через реку}}\n".encode("cp1251"))
    read = opened(path)
    assert read.rows[0]["title"] == "Вид на город и мост через реку"
    assert "Windows-1251" in " ".join(read.table.notes)


def test_an_entry_of_bibtex_without_an_end_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "some.bib"
    path.write_text("@misc{one, year = 2020}\n\n@misc{two,\n  title = {Open\n}\n", encoding="utf-8")
    fault = fault_of(path)
    assert fault.line == 3
    assert "close each brace" in fault.message
