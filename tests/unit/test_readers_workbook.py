"""Workbooks: the sheet with a table is found, its cells are text as a person would write it."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
import xlsxwriter

from geodata.model.mapping import Form
from tests.unit.raw_table import fault_of, opened

HEAD = ["id", "date", "place"]

ROWS = [["a1", "2020-10-04", "Shusha"], ["a2", "2020-10-05", "Ganja"]]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def test_a_workbook_opens_whatever_its_name_ends_in(tmp_path: Path) -> None:
    read = opened(workbook(tmp_path / "table.csv", One=[HEAD, *ROWS]))
    assert read.table.columns == tuple(HEAD)
    assert [[*row.values()] for row in read.rows] == ROWS


def test_the_sheet_with_a_header_and_most_rows_is_read(tmp_path: Path) -> None:
    notes = [[f"Note {number}"] for number in range(9)]
    path = workbook(tmp_path / "a.xlsx", Notes=notes, Small=[HEAD, ROWS[0]], Table=[HEAD, *ROWS], Empty=[])
    read = opened(path)
    assert [[*row.values()] for row in read.rows] == ROWS
    assert read.table.parts == ("Notes", "Small", "Empty")
    assert "Read from the sheet 'Table'." in read.table.notes
    assert len(opened(path, Form(sheet="Small")).rows) == 1
    assert "has no sheet 'Smal'; it has 'Notes', 'Small'" in fault_of(path, Form(sheet="Smal")).message


def test_a_hidden_sheet_does_not_win(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        shown, hidden = book.add_worksheet("Shown"), book.add_worksheet("Hidden")
        hidden.hide()
        for sheet, rows in ((shown, [HEAD, *ROWS]), (hidden, [HEAD, *ROWS, *ROWS])):
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    assert len(opened(path).rows) == 2


def test_the_header_is_found_below_titles_and_its_row_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", One=[["Log of the office"], [], ["printed 4 Oct"], HEAD, *ROWS, [], ROWS[0]])
    read = opened(path)
    assert (read.table.columns, len(read.rows)) == (tuple(HEAD), 3)
    assert "The header is row 4 of the sheet; the 3 rows above it are left out." in read.table.notes
    assert "1 wholly empty row is left out." in read.table.notes
    assert opened(path, Form(header=5)).table.columns == ("a1", "2020-10-04", "Shusha")


def test_cells_are_written_as_a_person_writes_them(tmp_path: Path) -> None:
    cells = {
        "day": (dt.datetime(2020, 10, 4), "2020-10-04"),
        "minute": (dt.datetime(2020, 10, 4, 14, 20), "2020-10-04T14:20:00"),
        "whole": (3.0, "3"), "part": (0.1 + 0.2, "0.3"), "degrees": (39.8177, "39.8177"), "negative": (-17.5, "-17.5"),
        "large": (1601769600040, "1601769600040"), "yes": (True, "true"), "no": (False, "false"),
        "words": ("  Wire A ", "  Wire A "), "zero": ("007", "007"),
    }  # fmt: skip
    path = workbook(tmp_path / "a.xlsx", One=[[*cells], [value for value, _ in cells.values()]])
    assert opened(path).rows == [{name: text for name, (_, text) in cells.items()}]


def test_a_row_of_hxl_tags_is_no_row(tmp_path: Path) -> None:
    read = opened(workbook(tmp_path / "a.xlsx", One=[HEAD, ["#event+id", "#date", "#loc"], *ROWS]))
    assert len(read.rows) == 2
    assert read.table.tags == {"id": "#event+id", "date": "#date", "place": "#loc"}


def test_merged_cells_below_the_header_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(place, 0, row)
        sheet.merge_range("C2:C3", "Shusha")
    assert any("1 merged cell" in note for note in opened(path).table.notes)


def test_ods_is_read_also_as_gdal_writes_it(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["a1"], "date": [dt.date(2020, 10, 4)], "lat": [39.81], "n": [3], "title": ["Обстрел"]})
    pyogrio.write_dataframe(frame, tmp_path / "a.ods", driver="ODS", layer="One")
    read = opened(tmp_path / "a.ods")
    assert read.rows == [{"id": "a1", "date": "2020-10-04", "lat": "39.81", "n": "3", "title": "Обстрел"}]


def test_a_far_cell_is_told_instead_of_filling_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write(1_048_575, 16_383, "x")
    assert "XFD1048576" in fault_of(path).message


def test_formats_without_text_in_far_cells_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(place, 0, row)
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert len(opened(path).rows) == 2


def test_a_repeated_cell_of_ods_is_told_instead_of_filling_the_memory(tmp_path: Path) -> None:
    pyogrio.write_dataframe(pd.DataFrame({"id": ["a1"]}), tmp_path / "a.ods", driver="ODS", layer="One")
    row = b'<table:table-row table:number-rows-repeated="60000"><table:table-cell office:value-type="string" '
    row += b'table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>'
    with zipfile.ZipFile(tmp_path / "a.ods") as package, zipfile.ZipFile(tmp_path / "b.ods", "w") as bomb:
        for name in package.namelist():
            bomb.writestr(name, package.read(name).replace(b"</table:table>", row + b"</table:table>"))
    assert "far from its table" in fault_of(tmp_path / "b.ods").message


def test_a_protected_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(protected())
    assert fault_of(tmp_path / "a.xlsx").message == "is protected by a password; save it without one"


def protected() -> bytes:
    """The least that an encrypted workbook has: a compound file (MS-CFB) with the streams of the encryption."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *([free] * 108))
    entries = [("Root Entry", 5, 1), ("EncryptedPackage", 2, free), ("EncryptionInfo", 2, free)]
    directory = b""
    for place, (name, kind, child) in enumerate(entries):
        text = (name + "\0").encode("utf-16-le")
        right = 2 if place == 1 else free
        directory += text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, free, right, child) + bytes(36)
        directory += struct.pack("<IQ", end, 0)
    table = struct.pack("<128I", fat, end, *([free] * 126))
    return header + table + directory.ljust(512, b"\0") + bytes(512)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 300, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900])
def test_a_broken_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert fault_of(tmp_path / "a.xlsx").file == "a.xlsx"


def test_a_workbook_without_rows_is_told(tmp_path: Path) -> None:
    assert "has no filled sheet" in fault_of(workbook(tmp_path / "a.xlsx", One=[], Two=[])).message
    assert "has no row below them" in fault_of(workbook(tmp_path / "b.xlsx", One=[HEAD])).message
