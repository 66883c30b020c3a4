"""Encodings are found by trial, from a few words, and the choice is told."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from geodata.model.mapping import Form
from tests.unit.raw_table import fault_of, opened

WORDS = {
    "Russian": ("Обстрел у моста", "Горловка", ["cp1251", "koi8-r", "iso8859-5"]),
    "Ukrainian": ("Обстріл біля мосту", "Їхня дорога в Києві", ["cp1251"]),
    "Polish": ("Łódź: żołnierze zajęli most", "świadkowie mówią", ["cp1250", "iso8859-2"]),
    "French": ("Bombardé près de l'école", "Agence à Genève", ["cp1252"]),
    "Turkish": ("Şırnak'ta çatışma, iki kişi öldü", "Iğdır", ["cp1254"]),
    "Arabic": ("قصف على جسر المدينة", "وكالة الأنباء", ["cp1256"]),
    "Hebrew": ("פגיעה בגשר הישן בעיר", "סוכנות ידיעות", ["cp1255"]),
    "Greek": ("Επεισόδια στην Αθήνα", "κοντά στη γέφυρα", ["cp1253"]),
    "Japanese": ("橋の近くで爆発、二人負傷", "東京の通信社", ["shift_jis", "euc_jp"]),
    "Chinese": ("桥附近发生爆炸，两人受伤", "北京的通讯社", ["gb18030"]),
    "Korean": ("다리 근처에서 폭발 두 명 부상", "서울 통신사", ["euc_kr"]),
}
"""Two cells in each language, and encodings in which people save them."""


@pytest.mark.parametrize(
    ("language", "encoding"), [(language, one) for language, (*_, all_of) in WORDS.items() for one in all_of]
)
def test_a_few_words_are_enough_to_find_an_encoding(tmp_path: Path, language: str, encoding: str) -> None:
    title, place, _ = WORDS[language]
    path = tmp_path / "table.csv"
    path.write_bytes(f'id,date,title,place\na1,2020-10-04,"{title}","{place}"\n'.encode(encoding))
    read = opened(path)
    assert (read.rows[0]["title"], read.rows[0]["place"]) == (title, place)
    assert any(note.startswith("Read as ") for note in read.table.notes)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_unicode_is_read_with_its_mark_and_without(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = tmp_path / "table.txt"
    path.write_bytes(mark + "id\tdate\ttitle\nа1\t2020-10-04\tBlast 💥 у моста\n".encode(encoding))
    assert opened(path).rows == [{"id": "а1", "date": "2020-10-04", "title": "Blast 💥 у моста"}]


def test_one_odd_byte_does_not_spoil_a_unicode_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("id,title\na1,Обстрел у моста\n".encode() + b"a2,Caf\xe9\n")
    read = opened(path)
    assert [row["title"] for row in read.rows] == ["Обстрел у моста", "Café"]
    assert "In 1 place bytes that are not UTF-8 are read as Windows-1252." in read.table.notes


@pytest.mark.heavy
def test_letters_far_down_in_a_file_are_found(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    plain = "".join(f"a{number},2020-10-04,Blast at the bridge\n" for number in range(200_000))
    path.write_bytes(b"id,date,title\n" + plain.encode() + "z,2020-10-05,Дорога закрыта\n".encode("cp1251"))
    assert opened(path).rows[-1]["title"] == "Дорога закрыта"


def test_zero_bytes_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"id,date,source,title\na1,2020-10-04,Ag\0ency A,A blast near the bridge was reported\n" * 2)
    read = opened(path)
    assert read.rows[0]["source"] == "Agency A"
    assert "2 zero bytes are left out." in read.table.notes


def test_a_person_may_name_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("id,title\na1,Мир\n".encode("cp866"))
    assert opened(path, Form(encoding="cp866")).rows[0]["title"] == "Мир"
    for name in ("nonsense", "base64", "rot13", "zlib"):
        assert "is not known" in fault_of(path, Form(encoding=name)).message, name
    for name in ("idna", "undefined", "utf-32"):
        assert "cannot be read as" in fault_of(path, Form(encoding=name)).message, name
