"""Bad input gets one clear line a fault, and never a traceback."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.cli import main
from geodata.model.faults import Fault, InvalidData
from geodata.store.load import load

Rows = list[dict[str, str]]


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(InvalidData) as caught:
        load(path)
    return list(caught.value.faults)


@pytest.fixture
def edited(table_copy: Path) -> Callable[..., Path]:
    """The shipped table with one cell changed: ``edited(line, column, text)``; lines count from 1 as in an editor."""

    def edit(line: int, column: str, text: str) -> Path:
        rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
        rows[line - 2][column] = text
        write(table_copy, rows)
        return table_copy

    return edit


def write(path: Path, rows: Rows, delimiter: str = ",") -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def test_the_shipped_table_loads_and_is_sorted_by_first_day(table_copy: Path) -> None:
    dataset = load(table_copy)
    days = [day for day in dataset.fetch(dataset.reports.order_by("row"))["first_day"].to_pylist() if day]
    assert len(days) > 100
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("date", "2020-13", "'2020-13' is not an EDTF date (month 13)"),
        ("event_type", "shellling", "did you mean 'shelling'?"),
        ("claimant_side", "martian", "not in the vocabulary"),
        ("source_id", "999_nowhere", "'999_nowhere' is not in sources.csv"),
        ("place_id", "stepanakrt", "did you mean 'stepanakert'?"),
        ("latitude", "91", "'91' is too large (the most is 90)"),
        ("latitude", "north", "'north' is not a number"),
        ("deaths_best", "-1", "too small"),
        ("deaths_best", "dozens", "leave it blank"),
        ("deaths_best", "3000000000", "too large"),
        ("deaths_best", "1_000", "is not a number"),
        ("latitude", "nan", "number"),
        ("date", "Y1E9999", "is not an EDTF date"),
        ("date", "{2020,2021}", "does not use"),
        ("date", "2020-21", "does not use"),
        ("date", "?2020", "does not use"),
        ("title", "reversed \u202e title", "invisible sign (U+202E)"),
        ("place_id", "two\nlines", "'two\\x0alines'"),
        ("paragraphs", "١٦", "does not cite"),
        ("graphic", "yes", "neither 'true' nor 'false'"),
        ("graphic", "perhaps", "neither 'true' nor 'false'"),
        ("paragraphs", "p. 16", "does not cite paragraphs"),
        ("incident_id", "Ganja Airbase", "is not a slug"),
        ("title", "", "must not be blank"),
        ("title", "one two three four five six seven eight nine ten eleven", "ten is the most"),
        ("note", "=cmd('calc')", "a spreadsheet would run as a formula"),
        ("note", "x" * 10_000_001, "more than 10,000 characters"),
    ],
)
def test_a_faulty_cell_is_named_with_line_and_column(
    edited: Callable[..., Path], column: str, text: str, message: str
) -> None:
    found = faults_of(edited(17, column, text))
    assert [(fault.file, fault.line, fault.column) for fault in found] == [("events.csv", 17, column)]
    assert message in found[0].message
    assert str(found[0]).startswith(f"events.csv line 17, {column}: ")
    assert len(str(found[0])) < 700


def test_half_a_coordinate_and_zero_zero_are_told(table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0].update(latitude="40.1", longitude="", precision="settlement")
    rows[1].update(latitude="0", longitude="0", precision="settlement")
    write(table_copy, rows)
    assert [(fault.line, fault.message.split(":")[0]) for fault in faults_of(table_copy)] == [
        (2, "half a coordinate"),
        (3, "0, 0 is no place of an incident; leave both blank if the place is unknown"),
    ]


def test_coordinates_need_a_place(table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0] |= {
        "latitude": "40.1",
        "longitude": "45",
        "precision": "settlement",
        "place": "",
        "place_id": "",
        "place_role": "",
    }
    write(table_copy, rows)
    assert [(fault.line, fault.column) for fault in faults_of(table_copy)] == [(2, "place")]


def test_a_repeated_place_is_told_once_and_its_reports_are_not_blamed(table_copy: Path) -> None:
    places = table_copy.with_name("places.csv")
    lines = places.read_text(encoding="utf-8").splitlines(keepends=True)
    places.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert [fault.file for fault in faults_of(table_copy)] == ["places.csv"]


def test_deaths_out_of_order_are_told(table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0].update(deaths_low="9", deaths_best="4", deaths_high="12")
    write(table_copy, rows)
    assert "out of order (9, 4, 12)" in faults_of(table_copy)[0].message


def test_a_repeated_report_names_the_line_it_repeats(table_copy: Path) -> None:
    lines = table_copy.read_text(encoding="utf-8").splitlines(keepends=True)
    table_copy.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert "repeats line 2" in faults_of(table_copy)[0].message


def test_every_fault_is_listed_and_not_only_the_first(table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0]["date"], rows[4]["latitude"], rows[9]["event_type"] = "2020-13", "91", "shelled"
    write(table_copy, rows)
    assert [(fault.line, fault.column) for fault in faults_of(table_copy)] == [
        (2, "date"),
        (6, "latitude"),
        (11, "event_type"),
    ]


def test_a_missing_column_is_named_and_a_similar_one_suggested(table_copy: Path) -> None:
    text = table_copy.read_text(encoding="utf-8")
    table_copy.write_text(text.replace("event_type", "event_kind", 1), encoding="utf-8")
    (fault,) = faults_of(table_copy)
    assert (fault.line, fault.column) == (1, "event_type")
    assert "missing (is it 'event_kind'?)" in fault.message


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_wrong_delimiter_is_named(table_copy: Path, delimiter: str, name: str) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    write(table_copy, rows, delimiter)
    (fault,) = faults_of(table_copy)
    assert f"separated by {name}" in fault.message


def test_utf_16_is_named(table_copy: Path) -> None:
    table_copy.write_bytes(table_copy.read_text(encoding="utf-8").encode("utf-16"))
    (fault,) = faults_of(table_copy)
    assert "UTF-16" in fault.message


def test_windows_1252_is_named_with_the_line_of_its_first_strange_byte(table_copy: Path) -> None:
    raw = table_copy.read_bytes().split(b"\n")
    raw[4] = raw[4].replace(b"e", b"\xe9", 1)
    table_copy.write_bytes(b"\n".join(raw))
    (fault,) = faults_of(table_copy)
    assert fault.line == 5
    assert "not UTF-8 (Windows-1252, perhaps)" in fault.message


def test_a_byte_order_mark_is_read_as_what_it_is(table_copy: Path) -> None:
    table_copy.write_bytes(b"\xef\xbb\xbf" + table_copy.read_bytes())
    assert load(table_copy).sources


@pytest.mark.parametrize("content", ["", "\n\n", "   "])
def test_an_empty_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(content)
    (fault,) = faults_of(path)
    assert "is empty" in fault.message


def test_a_header_without_rows_is_named(table_copy: Path) -> None:
    table_copy.write_text(table_copy.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert "a header and no rows" in faults_of(table_copy)[0].message


def test_a_comma_too_many_and_an_open_quotation_mark_are_told(table_copy: Path) -> None:
    text = table_copy.read_text(encoding="utf-8").rstrip("\n")
    table_copy.write_text(f"{text},one too many\n", encoding="utf-8")
    assert "cells where the header names 26" in faults_of(table_copy)[0].message
    table_copy.write_text(f'{text}\n"never closed', encoding="utf-8")
    assert "not well-formed CSV" in faults_of(table_copy)[-1].message


def test_a_folder_and_a_path_that_is_not_there_are_told(tmp_path: Path) -> None:
    assert "is a folder without case.yaml" in faults_of(tmp_path)[0].message
    assert "is not there" in faults_of(tmp_path / "nowhere.csv")[0].message


def test_the_check_command_prints_counts_or_faults_and_no_traceback(
    table_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(table_copy)]) == 0
    assert "by standing" in capsys.readouterr().out
    table_copy.write_text(table_copy.read_text(encoding="utf-8").replace("graphic", "grafic", 1), encoding="utf-8")
    assert main(["check", str(table_copy)]) == 1
    assert "events.csv line 1, graphic: the column is missing" in capsys.readouterr().err
