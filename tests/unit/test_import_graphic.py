"""Marks of graphic rows in tables of others: however yes is spelled, such a row never reaches a class."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from geodata.model.mapping import TableMapping
from geodata.store.classroom import suitable
from geodata.store.importers import kept, open_table
from geodata.store.values import truths
from tests.conftest import SMALL
from tests.unit.importing import column, notes, opened, unread

HEAD = "id,date,latitude,longitude,source,title,graphic"


def marked(folder: Path, *texts: str, mapping: TableMapping | None = None) -> tuple[list[bool], list[str]]:
    """Whether the row of each mark is graphic, and the marks that could not be read."""
    lines = (f'a{number},2020-01-01,39.8,46.7,Wire A,Report,"{text}"' for number, text in enumerate(texts))
    dataset = opened(folder, "\n".join((HEAD, *lines)) + "\n", mapping=mapping)
    assert "graphic" not in notes(dataset), "a column that is read is not told as unused"
    return column(dataset, "graphic"), [text for _, name, text in unread(dataset) if name == "graphic"]


YES = ("true", "TRUE", "t", "yes", "Yes ", "Y", "1", "1.0", "x", "Да", "evet", "oui", "Ja")
NO = ("false", "F", "no", "N", "0", "0.0", "", "NA", "Нет", "hayır", "HAYIR", "non", "Nein")


def test_yes_is_understood_in_any_case_and_many_languages(tmp_path: Path) -> None:
    told, not_read = marked(tmp_path, *YES, "no")
    assert (dict(zip(YES, told, strict=False)), told[-1], not_read) == (dict.fromkeys(YES, True), False, [])


def test_no_and_a_blank_cell_are_no_mark(tmp_path: Path) -> None:
    told, not_read = marked(tmp_path, *NO, "yes")
    assert (dict(zip(NO, told, strict=False)), told[-1], not_read) == (dict.fromkeys(NO, False), True, [])


def test_what_is_neither_yes_nor_no_counts_as_graphic_and_is_told(tmp_path: Path) -> None:
    assert marked(tmp_path, "no", "perhaps", "2", "?", "ye s") == ([False, *[True] * 4], ["perhaps", "2", "?", "ye s"])


def test_words_that_a_mapping_names_go_before_ours(tmp_path: Path) -> None:
    told = (
        f"{', '.join(f'{name}: {name}' for name in ('title', 'graphic'))}, graphic_yes: [Severe, no], graphic_no: mild"
    )
    mapping = kept.parse(f"{{{told}}}", "table.csv.attest.yaml")
    assert kept.parse(kept.write(mapping), "again") == mapping
    assert marked(tmp_path, "SEVERE", "Mild", "no", mapping=mapping) == ([True, False, True], [])


def test_marks_of_programs_are_read_in_columns_of_truths_and_of_numbers() -> None:
    assert truths.read(pa.array(["true", "1.00", "0"]))["is_true"].to_pylist() == [True, True, False]


def test_a_class_sees_no_row_of_a_table_of_others_whose_mark_is_spelled_otherwise(tmp_path: Path) -> None:
    for file in SMALL.glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    marks = ("Yes", "oui", "perhaps", "no", "")
    lines = (f"a{number},2020-01-01,39.8,46.7,Wire A,Report,{mark}" for number, mark in enumerate(marks))
    (tmp_path / "others.csv").write_text("\n".join((HEAD, *lines)) + "\n")
    with (tmp_path / "case.yaml").open("a") as case:
        case.write("tables:\n  others: {file: others.csv, title: Others}\n")
    dataset = suitable(open_table(tmp_path))
    seen = dataset.fetch(dataset.reports)["incident_id"].to_pylist()
    assert sorted(one for one in seen if one.startswith("others:")) == ["others:a3", "others:a4"]
