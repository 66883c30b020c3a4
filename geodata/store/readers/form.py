"""What kind of file it is, by its content; and what to do with a file that no reader reads."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from geodata.store.readers import encoding

HEAD = 65_536
"""Bytes that are looked at."""

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PAR1", "Parquet"),
    (b"ARROW1", "Arrow"),
    (b"\xff\xff\xff\xff", "Arrow"),
    (b"SQLite format 3\0", "GeoPackage"),
    (b"fgb\x03fgb", "FlatGeobuf"),
    (b"\0\0\x27\x0a\0\0\0\0", "Shapefile"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
    (b"<stata_dta>", "Stata"),
)
"""Readable kinds by their first bytes. An XLSX with a password has those of XLS."""

UNREADABLE: tuple[tuple[bytes, str], ...] = (
    (b"X\n\0\0\0", 'an R file: in R, write.csv(readRDS("file.rds"), "file.csv", row.names = FALSE) saves it as CSV'),
    (b"A\n2\n", 'an R file: in R, write.csv(readRDS("file.rds"), "file.csv", row.names = FALSE) saves it as CSV'),
    (b"A\n3\n", 'an R file: in R, write.csv(readRDS("file.rds"), "file.csv", row.names = FALSE) saves it as CSV'),
    (b"RDX", 'an R workspace: in R, load it and save its table with write.csv(table, "file.csv", row.names = FALSE)'),
    (b"RDA", 'an R workspace: in R, load it and save its table with write.csv(table, "file.csv", row.names = FALSE)'),
    (b"$FL2", "an SPSS file: save it as CSV (File, Save as)"),
    (b"$FL3", "an SPSS file: save it as CSV (File, Save as)"),
    (b"\0" * 12 + b"\xc2\xea\x81\x60", "a SAS file: save it as CSV (PROC EXPORT)"),
    (b"HEADER RECORD*******LIB", "a SAS transport file: save it as CSV (PROC EXPORT)"),
    (b"%PDF", "a PDF: copy its table into a spreadsheet, and save that"),
    (b"{\\rtf", "a text document: copy its table into a spreadsheet, and save that"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, and open the table in it"),
    (b"Rar!", "a RAR archive: unpack it, and open the table in it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file: unpack it, and open the table in it"),
    (b"\x89HDF", "an HDF5 file: save its table as CSV or Parquet"),
    (b"CDF", "a NetCDF file: save its table as CSV or Parquet"),
    (b"FEA1", "a Feather file of the first version: save it as Parquet"),
    (b"ORC", "an ORC file: save it as Parquet"),
    (b"\x80\x02", "a pickle, which can run programs: save it as CSV or Parquet"),
    (b"\x80\x03", "a pickle, which can run programs: save it as CSV or Parquet"),
    (b"\x80\x04", "a pickle, which can run programs: save it as CSV or Parquet"),
    (b"\x80\x05", "a pickle, which can run programs: save it as CSV or Parquet"),
)
"""What else a file may be by its first bytes, and what to do with it."""

DOCUMENTS: Mapping[str, str] = {
    "word/document.xml": "a text document: copy its table into a spreadsheet, and save that",
    "ppt/presentation.xml": "a presentation: copy its table into a spreadsheet, and save that",
    "Index/Document.iwa": "a Numbers or Pages document: export it as XLSX or CSV",
}
"""Zips that are no archives of tables, by a member."""


DBASE = (0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5)
"""First bytes of DBF files, after which come the year, month and day of the last change."""


class Unreadable(ValueError):
    """A kind of file that no reader reads; the message says what it is and what to do."""


def form_of(path: Path) -> str:
    """The kind of a file that is not empty: "gzip", "zip", "XLSX", "JSON", "KML", "text" ... Raises `Unreadable`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for magic, form in MAGIC:
        if head.startswith(magic):
            return form
    if zipfile.is_zipfile(path) and head.startswith(b"PK"):
        return _zip(path)
    for magic, what in UNREADABLE:
        if head.startswith(magic):
            raise Unreadable(f"is {what}")
    if head[257:262] == b"ustar":
        raise Unreadable("is a tar archive: unpack it, and open the table in it")
    if head[8:12] == b"DUCK":
        raise Unreadable("is a DuckDB database: save its table with COPY table TO 'file.parquet'")
    if head[0] in DBASE and 1 <= head[2] <= 12 and 1 <= head[3] <= 31 and head[10:32].count(0) > 12:
        raise Unreadable("is a dBase table: of a shapefile open the .shp, else save it as CSV in a spreadsheet")
    if 0x69 <= head[0] <= 0x73 and head[1:2] in (b"\1", b"\2") and head[2:3] == b"\1":
        return "Stata"
    return _text(head)


MOST_READ = 1_000_000
"""Bytes of a member that tells what a package is: a small zip may hold one that fills the memory."""


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        return member.read(MOST_READ)


BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, struct.error, UnicodeDecodeError,
)  # fmt: skip
"""What Python raises while it reads a zip whose bytes are damaged, or that is locked or packed in a rare way."""


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            members = {name.replace("\\", "/"): name for name in package.namelist()}
            told = (members[name] for name in ("mimetype", "[Content_Types].xml") if name in members)
            kind = b"".join(_beginning(package, name) for name in told)
    except BROKEN_ZIP as error:
        raise Unreadable(f"is a broken archive or workbook, or a locked one ({error}); fetch it again") from error
    for member, what in DOCUMENTS.items():
        if member in members:
            raise Unreadable(f"is {what}")
    if b"opendocument.text" in kind:
        raise Unreadable(f"is {DOCUMENTS['word/document.xml']}")
    if b"ms-excel.sheet.binary" in kind or "xl/workbook.bin" in members:
        return "XLSB"
    if b"spreadsheetml" in kind or "xl/workbook.xml" in members:
        return "XLSX"
    return "ODS" if b"opendocument.spreadsheet" in kind else "zip"


def _text(head: bytes) -> str:
    if unicode := encoding.by_marks(head):
        head = head.decode(unicode, "replace").encode()
    plain = head.replace(b"\0", b"").lstrip(b" \t\r\n\x1e")
    if re.match(rb'\{\s*"|\{\s*\}|\[\s*(?:null\s*,\s*)*[\[{\]]', plain):
        return "JSON"
    if plain.startswith(b"<"):
        return _markup(plain)
    if plain.startswith(b"@") and re.match(rb"@\w+\s*\{", plain):
        return "BibTeX"
    odd = sum(head.count(bytes([sign])) for sign in {*range(32)} - {9, 10, 11, 12, 13, 27, 30, 31})
    if odd > len(head) / 50:
        raise Unreadable("is no kind of table that Attest knows; save it as CSV, XLSX, Parquet or GeoJSON")
    return "text"


def _markup(plain: bytes) -> str:
    """The kind of a text that begins with a tag."""
    if re.search(rb"<(?:\w+:)?kml[\s>]", plain):
        return "KML"
    if re.search(rb"<(?:!doctype\s+)?html", plain, re.I):
        if b"Attest DejaVu" in plain:  # the font in the style of every page of ours
            return "saved map"
        raise Unreadable("is a web page: open it in a spreadsheet, and save its table as XLSX or CSV")
    if b"schemas-microsoft-com:office:spreadsheet" in plain:
        raise Unreadable("is an XML spreadsheet of 2003: open it in a spreadsheet, and save it as XLSX")
    if re.match(rb"<\?xml|<!|<\w+[\s>]", plain):
        raise Unreadable("is XML of a kind that Attest does not read; save it as CSV, KML or GeoJSON")
    return "text"
