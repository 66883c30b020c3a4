"""Rows of a file counted by another reader than Attest's own, so that a row that Attest loses is noticed."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb


def records(path: Path) -> int | None:
    """Rows of a file, blank ones too, by a reader for its ending; ``None`` where that cannot read it."""
    count = COUNTS.get(path.suffix)
    try:
        return count(path) if count else None
    except (ValueError, KeyError, zipfile.BadZipFile, ElementTree.ParseError, EOFError, NotImplementedError,
            duckdb.Error, sqlite3.Error, OverflowError):  # fmt: skip
        return None


def _json(path: Path) -> int | None:
    """Values of a list or of lines, or features; a list of lists has its header first."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        told = json.loads(text)
    except ValueError:
        told = [json.loads(line) for line in text.split("\n") if line.strip()]
    if isinstance(told, dict):
        told = told.get("features")
    if not isinstance(told, list):
        return None
    first = next((one for one in told if one is not None), None)
    return len(told) - isinstance(first, list)


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _workbook(path: Path) -> int:
    """Rows with a filled cell below the first such row, by the XML of the first sheet."""
    with zipfile.ZipFile(path) as package:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in package.namelist():
            words = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
            shared = ["".join(one.itertext()) for one in words.iter(f"{SHEET}si")]
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    return sum(any(text.strip() for text in _cells(row, shared)) for row in sheet.iter(f"{SHEET}row")) - 1


def _cells(row: ElementTree.Element, shared: list[str]) -> Iterator[str]:
    for cell in row.iter(f"{SHEET}c"):
        text = "".join(cell.itertext())
        yield shared[int(text)] if cell.get("t") == "s" else text


def _parquet(path: Path) -> int:
    """By DuckDB; Attest reads it with Arrow."""
    with duckdb.connect() as engine:
        counted: list[Any] = engine.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()
    return int(counted[0][0])


def _geopackage(path: Path) -> int:
    """By SQLite; Attest reads it with GDAL."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        names = [name for (name,) in base.execute("SELECT table_name FROM gpkg_contents")]
        return max(base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)


COUNTS: Mapping[str, Callable[[Path], int | None]] = {
    ".json": _json, ".geojson": _json, ".xlsx": _workbook, ".parquet": _parquet, ".gpkg": _geopackage,
}  # fmt: skip
