"""Packed files are unpacked within bounds; a kind that is not read says what to do."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.model.mapping import Form
from geodata.store.readers import form, packed
from tests.unit.raw_table import fault_of, opened

TABLE = b"id,date,title\na1,2020-10-04,Blast\n"


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_table_is_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "table").write_bytes(pack(TABLE))
    assert opened(tmp_path / "table").rows == [{"id": "a1", "date": "2020-10-04", "title": "Blast"}]


def test_a_zip_of_one_table_is_that_table(tmp_path: Path) -> None:
    members = {
        "README.txt": b"Read this, please",
        "data/table.csv.gz": gzip.compress(TABLE),
        "__MACOSX/._table.csv": b"x",
    }
    read = opened(zipped(tmp_path / "a.zip", **members))
    assert (read.table.parts, len(read.rows)) == ((), 1)


def test_of_several_tables_the_first_is_read_and_another_may_be_asked_for(tmp_path: Path) -> None:
    other = b"x,y\n1,2\n3,4\n"
    path = zipped(
        tmp_path / "a.zip", **{"broken.parquet": b"PAR1", "b.csv": TABLE, "c.csv": other, "datapackage.json": b"{}"}
    )
    read = opened(path)
    assert read.table.columns == ("id", "date", "title")
    assert set(read.table.parts) == {"broken.parquet", "c.csv"}
    assert "Read from 'b.csv' in the archive." in read.table.notes
    assert len(opened(path, Form(member="c.csv")).rows) == 2
    assert "a.zip: broken.parquet: is a broken Parquet file" in str(fault_of(path, Form(member="broken.parquet")))
    assert "holds no file 'x'" in fault_of(path, Form(member="x")).message


def test_a_name_in_an_archive_leads_nowhere_else(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"../../../evil.csv": TABLE})
    assert len(opened(path).rows) == 1
    assert [one.name for one in tmp_path.rglob("*")] == ["a.zip"]


def test_what_unpacks_to_far_more_than_a_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ALWAYS", 100_000)
    bomb = b"a,b\n" + b"1,2\n" * 1_000_000
    (tmp_path / "a.gz").write_bytes(gzip.compress(bomb))
    zipped(tmp_path / "a.zip", **{"a.csv": bomb})
    zipped(tmp_path / "b.zip", **{"xl/workbook.xml": bomb})
    for name in ("a.gz", "a.zip", "b.zip"):
        assert "as no table does" in fault_of(tmp_path / name).message


def test_a_file_that_is_packed_again_and_again_is_refused(tmp_path: Path) -> None:
    content = TABLE
    for _ in range(5):
        content = gzip.compress(content)
    (tmp_path / "a.gz").write_bytes(content)
    assert "is packed more than 3 times" in fault_of(tmp_path / "a.gz").message


def test_a_packed_file_that_is_cut_off_or_holds_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(TABLE * 1000)[:-20])
    assert "cannot be unpacked" in fault_of(tmp_path / "a.gz").message
    assert fault_of(zipped(tmp_path / "a.zip", **{"a.png": b"x"})).message == "holds no table"


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    file = io.BytesIO(zipped(tmp_path / "a.zip", **{"a.csv": TABLE}).read_bytes())
    content = bytearray(file.getvalue())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert "is protected by a password" in fault_of(tmp_path / "a.zip").message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"X\n\0\0\0\3\0\4\3\2\0\3\5\0", "readRDS"),
        (b"RDX3\nX\n", "an R workspace"),
        (b"$FL2@(#) SPSS", "an SPSS file"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x80\x04\x95", "a pickle"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (bytes(range(256)) * 20, "no kind of table that Attest knows"),
        (b"<!DOCTYPE html><html><table></table></html>", "a web page"),
        (b'<?xml version="1.0"?><gpx></gpx>', "XML of a kind"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "spreadsheet of 2003",
        ),
        (b"\x03\x78\x0a\x04" + b"\1\0\0\0" + b"\x41\0" + bytes(60), "a dBase table"),
        (b"x" * 257 + b"ustar" + b"x" * 300, "a tar archive"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_kind_that_is_not_read_says_what_it_is(
    tmp_path: Path, content: bytes, told: str, pack: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "table.csv").write_bytes(pack(content))
    assert told in fault_of(tmp_path / "table.csv").message


def test_a_text_document_is_no_archive(tmp_path: Path) -> None:
    assert "a text document" in fault_of(zipped(tmp_path / "a.docx", **{"word/document.xml": b"<x/>"})).message


def test_what_is_not_there_or_empty_or_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    assert "is empty" in fault_of(tmp_path / "empty.csv").message
    assert "is a folder" in fault_of(tmp_path).message
    assert "is not there" in fault_of(tmp_path / "nowhere.csv").message


def test_a_package_with_a_damaged_byte_is_still_told_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "spreadsheetml" * 20)
    whole = path.read_bytes()
    refusals = set()
    for place in range(4, len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            form.form_of(path)
        except form.Unreadable as error:
            refusals.add(str(error).partition("(")[0])
    assert "is a broken archive or workbook, or a locked one " in refusals
