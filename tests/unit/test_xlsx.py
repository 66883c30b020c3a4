"""The workbook as a spreadsheet finds it: what its cells are, what stays in sight, and what its other sheets say."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import ibis
import pytest
from python_calamine import CalamineWorkbook

from geodata.exports import EXPORTS, xlsx
from geodata.exports.attribution import COLUMNS, attributed
from geodata.model.filters import Area
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.tell import terms, words
from tests.unit.test_formats import ALL, CELLS, KEGHART, closed

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WINDOW = Selection(scopes=("core",), first=date(2020, 9, 27), last=date(2020, 11, 10))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def first_sheet(content: bytes) -> ET.Element:
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))


def test_no_cell_is_a_formula_or_a_link_and_every_text_is_kept(shipped: Dataset) -> None:
    texts = (*CELLS, "https://example.org/", "+1", "-1", "@x", "{=1}")
    note = ibis.cases(*((shipped.reports.row % len(texts) == n, text) for n, text in enumerate(texts)))
    content = EXPORTS["xlsx"](dataclasses.replace(shipped, reports=shipped.reports.mutate(note=note)), ALL)
    head, *rows = sheets(content)["Reports"]
    assert {row[head.index("note")] for row in rows} == set(texts)
    sheet = first_sheet(content)
    assert not [*sheet.iter(f"{SHEET}f"), *sheet.iter(f"{SHEET}hyperlink")]


def test_the_header_stays_in_sight_and_columns_can_be_filtered(shipped: Dataset) -> None:
    content = EXPORTS["xlsx"](shipped, ALL)
    assert sheets(content)["Reports"][0] == [*COLUMNS]
    pane = first_sheet(content).find(f".//{SHEET}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "A2")
    assert first_sheet(content).find(f"{SHEET}autoFilter") is not None


def test_days_are_dates_that_a_spreadsheet_sorts(shipped: Dataset) -> None:
    head, *rows = sheets(EXPORTS["xlsx"](shipped, WINDOW))["Reports"]
    days = [row[head.index("first_day")] for row in rows]
    assert days == [record["first_day"] or "" for record in attributed(shipped, WINDOW)]
    assert any(isinstance(day, date) for day in days)


def test_days_before_those_that_spreadsheets_agree_on_are_texts_that_sort_alike(shipped: Dataset) -> None:
    early = shipped.reports.mutate(first_day=ibis.ifelse(shipped.reports.row == 0, date(1894, 8, 1), date(2020, 1, 2)))
    head, *rows = sheets(EXPORTS["xlsx"](dataclasses.replace(shipped, reports=early), ALL))["Reports"]
    assert {row[head.index("first_day")] for row in rows} == {"1894-08-01", "2020-01-02"}


def test_the_sheet_of_sources_has_each_document_that_is_cited_and_no_other(shipped: Dataset) -> None:
    dataset = closed(shipped, KEGHART)
    head, *rows = sheets(EXPORTS["xlsx"](dataset, ALL))["Sources"]
    assert [row[head.index("source_id")] for row in rows] == list(
        dict.fromkeys(record["source_id"] for record in attributed(dataset, ALL))
    )
    assert all(row[head.index("licence")] for row in rows)


def test_the_sheet_about_tells_terms_window_filters_and_what_columns_mean(shipped: Dataset) -> None:
    dataset = closed(shipped, KEGHART)
    chosen = WINDOW.having(area=Area(40, 35, 50, 45))
    lines = [line for [line] in sheets(EXPORTS["xlsx"](dataset, chosen))["About"]]
    assert lines[0] == dataset.case.title
    assert f"Filters: {words.filters(dataset, chosen)}." in lines
    assert "27 Sep 2020" in words.filters(dataset, chosen)
    assert terms.terms(dataset) in lines
    assert {*dataset.case.cautions} < {*lines}
    assert any("left out: the terms" in line for line in lines)
    assert [line.partition(":")[0] for line in lines[lines.index("Columns of the reports") + 1 :]] == [*COLUMNS]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(shipped: Dataset) -> None:
    long = shipped.reports.mutate(note=ibis.literal("a" * 40_000))
    head, first, *_ = sheets(EXPORTS["xlsx"](dataclasses.replace(shipped, reports=long), ALL))["Reports"]
    cell = first[head.index("note")]
    assert len(cell) == xlsx.LONGEST
    assert cell.endswith(xlsx.CUT)


def test_more_reports_than_a_sheet_has_rows_go_on_in_another(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 100)
    found = sheets(EXPORTS["xlsx"](shipped, ALL))
    parts = [rows for name, rows in found.items() if name.startswith("Reports")]
    assert sum(len(rows) - 1 for rows in parts) == shipped.size
    assert all(rows[0] == [*COLUMNS] for rows in parts)


def test_the_reports_of_a_workbook_are_read_again_however_few_they_are(tmp_path: Path, shipped: Dataset) -> None:
    path = tmp_path / "one.xlsx"
    path.write_bytes(EXPORTS["xlsx"](shipped, Selection(text="Garibov")))
    again = open_table(path)
    assert 0 < again.size < 3
    assert again.openings[0].notes[0] == "Read from the sheet 'Reports'."
