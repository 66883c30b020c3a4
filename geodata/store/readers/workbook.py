"""XLSX, XLSB, XLS and ODS: the sheet with a header and the most rows, its cells as text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from geodata.model.faults import InvalidData
from geodata.model.text import listed, shown
from geodata.store.readers import header, packed, raw
from geodata.store.readers.cells import DIGITS, text_of
from geodata.store.readers.form import BROKEN_ZIP
from geodata.store.readers.raw import RawTable, Reading

MOST_CELLS = 60_000_000
"""Cells of the rectangle around all that is filled in a sheet. Calamine makes room for each before it reads them (32
bytes), and the process ends where there is none."""

MOST_ROWS = 1_048_576
"""Rows of a sheet of XLSX."""

PIECE = 1 << 24

COLUMN = re.compile(rb'\sr="([A-Z]{1,3})[0-9]')

FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
"""A cell of a sheet's XML that is not blank."""

REPEATED = re.compile(
    rb'<table:table-row[^>]*rows-repeated="[0-9]{4,}"[^>]*>(?:(?!</table:table-row>)[\s\S])*?<text:p'
    rb'|<table:table-cell[^>]*columns-repeated="[0-9]{4,}"[^>]*>\s*<text:p'
)
"""A filled cell of an ODS file that stands for a thousand and more."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, its header found."""

    name: str
    sheet: CalamineSheet
    header: header.Header
    rows: int
    """Rows from the first to the last filled one, those above the header too."""

    @property
    def is_table(self) -> bool:
        """Whether it has a header of two columns at least, and a row below."""
        return self.is_wide and self.rows > self.header.first

    @property
    def is_wide(self) -> bool:
        return sum(1 for name in self.header.names if name.strip()) > 1


def read(reading: Reading, form: str) -> RawTable:
    """The rows of one sheet. Raises `InvalidData` for a workbook that is protected or broken, or has no table."""
    try:
        _refuse_far_cells(reading, form)
        path = _tidied(reading) if form == "ODS" else reading.path
        workbook = CalamineWorkbook.from_path(str(path))
        chosen, others = _chosen(reading, workbook)
    except InvalidData:
        raise
    except PasswordError as error:
        raise reading.refused("is protected by a password; save it without one") from error
    except (CalamineError, ValueError, *BROKEN_ZIP) as error:
        raise reading.refused(f"is a broken workbook ({error}); open it in a spreadsheet and save it again") from error
    with workbook:
        return _table(reading, chosen, others)


def _chosen(reading: Reading, workbook: CalamineWorkbook) -> tuple[Sheet, list[str]]:
    """The sheet to be read and the names of the others: the one asked for, or the largest table that is not hidden."""
    seen = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet}  # fmt: skip
    asked = reading.hints.sheet
    if asked and asked not in seen:
        raise reading.refused(f"has no sheet {shown(asked)}; it has {listed(map(shown, seen))}")
    best: Sheet | None = None
    for name in [asked] if asked else seen:
        reading.progress(f"Reading {reading.name}: {name}", None)
        sheet = _sheet(reading, name, workbook.get_sheet_by_name(name))
        if sheet is not None and (best is None or _rank(sheet, seen) > _rank(best, seen)):
            best = sheet
    if best is None:
        raise reading.refused(f"has nothing in the sheet {shown(asked)}" if asked else "has no filled sheet")
    return best, [name for name in seen if name != best.name]


def _rank(sheet: Sheet, seen: dict[str, bool]) -> tuple[bool, bool, bool, int]:
    return sheet.is_table, seen[sheet.name], sheet.is_wide, sheet.rows


def _sheet(reading: Reading, name: str, sheet: CalamineSheet) -> Sheet | None:
    if not sheet.height:
        return None
    first = [row for row, _ in zip(_cells(sheet), range(header.LOOKED_AT), strict=False)]
    given = reading.hints.header
    return Sheet(
        name, sheet, header.find(first, None if given is None else given - 1), sheet.end[0] + 1 if sheet.end else 0
    )


def _cells(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows of a sheet from its first on, from the first filled column on."""
    for row in sheet.iter_rows():
        yield [text_of(value, DIGITS) or "" for value in row]


def _table(reading: Reading, chosen: Sheet, others: Sequence[str]) -> RawTable:
    found, rows = chosen.header, _cells(chosen.sheet)
    width = chosen.sheet.width
    columns = raw.names([*found.names, *[""] * (width - len(found.names))])
    for _ in range(found.first):
        next(rows)
    empty: list[int] = []
    raw.create(reading.connection, width)
    raw.pour(reading.connection, width, raw.numbered(width, _filled(reading, chosen, rows, empty)))
    return reading.table(
        columns,
        (*_notes(chosen, others), *raw.empty_rows(len(empty))),
        empty=f"names columns in the sheet {shown(chosen.name)} and has no row below them",
        parts=tuple(others),
        tags=found.tagged(columns),
    )


def _filled(
    reading: Reading, chosen: Sheet, rows: Iterator[list[str]], empty: list[int]
) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for place, row in enumerate(rows):
        if place % raw.LOT == 0:
            reading.progress(f"Reading {reading.name}: {chosen.name}", min(1.0, place / chosen.rows))
        if any(cell.strip() for cell in row):
            number += 1
            yield number, row
        else:
            empty.append(place)


def _notes(chosen: Sheet, others: Sequence[str]) -> Iterator[str]:
    if others:
        yield f"Read from the sheet {shown(chosen.name)}."
    yield from chosen.header.notes(chosen.header.above + 1, "row", " of the sheet")
    if merged := sum(
        1
        for (top, _), (bottom, _) in chosen.sheet.merged_cell_ranges or ()
        if bottom >= chosen.header.first and top >= 0
    ):
        yield f"{merged:,} merged {'cell' if merged == 1 else 'cells'}: the text stands in the first cell of each."


def _refuse_far_cells(reading: Reading, form: str) -> None:
    """Raises `InvalidData` for a sheet whose filled cells lie so far apart that no memory holds what is between."""
    if form not in {"XLSX", "ODS"}:
        return
    with zipfile.ZipFile(reading.path) as package:
        packed.refuse_bomb(reading, package)
        for name in package.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                far = _far_cell(package, name)
            elif name == "content.xml":
                far = "one that is repeated thousands of times" if REPEATED.search(package.read(name)) else ""
            else:
                continue
            if far:
                raise reading.refused(f"has a filled cell far from its table ({far}); clear it, or save as CSV")


def _far_cell(package: zipfile.ZipFile, name: str) -> str:
    """The filled cell farthest to the right, if the rectangle up to it and the lowest one is too large; else blank."""
    columns = {number for piece in _pieces(package, name) for number in {*map(_number, set(COLUMN.findall(piece)))}}
    if max(columns, default=0) * MOST_ROWS <= MOST_CELLS:
        return ""
    right, low, far = 1, 1, b""
    for piece in _pieces(package, name):
        for column, row in FILLED.findall(piece):
            low = max(low, int(row))
            if _number(column) > right:
                right, far = _number(column), column + row
    return far.decode() if right * low > MOST_CELLS else ""


def _number(letters: bytes) -> int:
    """The number of a column from 1: 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The text of a member in pieces, each ending where a tag does."""
    with package.open(name) as file:
        rest = b""
        while piece := file.read(PIECE):
            whole, end, rest = (rest + piece).rpartition(b">")
            yield whole + end
        yield rest


def _tidied(reading: Reading) -> Path:
    """An ODS file without line breaks between its tags, at which calamine stops (0.9)."""
    target = reading.folder / "tidied.ods"
    with zipfile.ZipFile(reading.path) as package, zipfile.ZipFile(target, "w") as tidied:
        for name in package.namelist():
            text = package.read(name)
            tidied.writestr(name, re.sub(rb">\s*\n\s*<", b"><", text) if name == "content.xml" else text)
    return target
