"""Rows with a fault are set aside where that is asked for: the rest opens, and no row is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from geodata.cli import main
from geodata.model.faults import InvalidData
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.store.opening import Opening

Cells = list[list[str]]


def cells_of(path: Path) -> Cells:
    return [*csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))]


def save(path: Path, cells: Cells) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8")


def edit(path: Path, row: int, column: str, text: str) -> None:
    """Changes the cell of a row, which counts from 1 below the header."""
    cells = cells_of(path)
    cells[row][cells[0].index(column)] = text
    save(path, cells)


def opening_of(dataset: Dataset, file: str) -> Opening:
    [opening] = [one for one in dataset.openings if one.file == file]
    return opening


def reasons(dataset: Dataset, file: str = "events.csv") -> dict[int, str]:
    return {row["row"]: row["reason"] for row in opening_of(dataset, file).set_aside.to_pylist()}


def test_a_table_without_faults_says_that_nothing_is_set_aside(table_copy: Path) -> None:
    strict, lenient = load(table_copy.parent), load(table_copy.parent, strict=False)
    for dataset in (strict, lenient):
        shown = {one.file: (one.rows, one.shown, len(one.set_aside)) for one in dataset.openings}
        files = ("events.csv", "sources.csv", "places.csv", "persons.csv")
        counts = {file: len(cells_of(table_copy.with_name(file))) - 1 for file in files}
        assert shown == {file: (count, count, 0) for file, count in counts.items()}
    assert strict.fetch(strict.reports).equals(lenient.fetch(lenient.reports))


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("date", "2020-13", "date: '2020-13' is not an EDTF date (month 13)"),
        ("latitude", "north", "'north' is not a number"),
        ("event_type", "shellling", "did you mean 'shelling'?"),
        ("place_id", "stepanakrt", "'stepanakrt' is not in places.csv"),
        ("title", "one two three four five six seven eight nine ten eleven", "ten is the most"),
        ("note", "=cmd('calc')", "a spreadsheet would run as a formula"),
        ("summary", "x" * 10_001, "more than 10,000 characters"),
    ],
)
def test_a_bad_row_in_the_middle_is_set_aside_with_its_number_text_and_reason(
    table_copy: Path, column: str, text: str, reason: str
) -> None:
    whole = load(table_copy)
    edit(table_copy, 150, column, text)
    with pytest.raises(InvalidData):
        load(table_copy)
    dataset = load(table_copy, strict=False)
    [aside] = opening_of(dataset, "events.csv").set_aside.to_pylist()
    assert (aside["row"], aside["column"]) == (150, "")
    assert reason in aside["reason"]
    assert next(csv.reader(io.StringIO(aside["text"]))) == cells_of(table_copy)[150]
    assert dataset.size == whole.size - 1


def test_all_faults_of_a_row_stand_in_one_reason(table_copy: Path) -> None:
    edit(table_copy, 3, "date", "2020-13")
    edit(table_copy, 3, "latitude", "91")
    assert reasons(load(table_copy, strict=False)) == {
        3: "date: '2020-13' is not an EDTF date (month 13); latitude: '91' is too large (the most is 90)"
    }


def test_a_row_of_another_width_a_repeated_one_and_one_over_several_lines_are_set_aside(table_copy: Path) -> None:
    cells = cells_of(table_copy)
    size, summary = len(cells) - 1, cells[0].index("summary")
    cells[2][summary] = "on\nthree\nlines"
    cells[4][summary], cells[4][cells[0].index("graphic")] = "on two\nlines", "perhaps"
    cells[10] += ["one too many"]
    cells.insert(20, [""] * len(cells[0]))
    save(table_copy, [*cells, cells[1]])
    dataset = load(table_copy, strict=False)
    told, aside = reasons(dataset), opening_of(dataset, "events.csv").set_aside.to_pylist()
    assert set(told) == {4, 10, size + 1}
    assert "neither 'true' nor 'false'" in told[4]
    assert "has 27 cells where the header names 26" in told[10]
    assert "repeats line 2" in told[size + 1]
    assert "on two\nlines" in aside[0]["text"]
    assert aside[1]["text"].endswith(",one too many")
    assert dataset.size == size - 2


def test_reports_go_with_the_row_of_their_document(table_copy: Path) -> None:
    sources, events = table_copy.with_name("sources.csv"), cells_of(table_copy)
    first = cells_of(sources)[1][0]
    of_it = [row for row, cells in enumerate(events) if cells[1] == first]
    for fault in ("Z", None):  # a bad rating, then a comma too many
        cells = cells_of(sources)
        cells[1][cells[0].index("reliability")] = fault or "A"
        save(sources, [cells[0], cells[1] if fault else [*cells[1], ""], *cells[2:]])
        dataset = load(table_copy, strict=False)
        assert [*reasons(dataset)] == of_it != []
        assert set(reasons(dataset).values()) == {
            f"source_id: '{first}' stands in line 2 of sources.csv, which has a fault"
        }
        assert [*reasons(dataset, "sources.csv")] == [1]
        assert first not in dataset.sources


def test_reports_go_with_the_row_of_their_place(table_copy: Path) -> None:
    places, events = table_copy.with_name("places.csv"), cells_of(table_copy)
    edit(places, 1, "latitude", "398177")
    place = cells_of(places)[1][0]
    at_it = [row for row, cells in enumerate(events) if cells[events[0].index("place_id")] == place]
    dataset = load(table_copy, strict=False)
    assert [*reasons(dataset)] == at_it != []
    assert place not in dataset.places


def test_a_document_that_stands_twice_keeps_its_first_row_and_its_reports(table_copy: Path) -> None:
    sources = table_copy.with_name("sources.csv")
    cells = cells_of(sources)
    save(sources, [*cells, cells[1]])
    dataset = load(table_copy, strict=False)
    assert reasons(dataset) == {}
    assert [*reasons(dataset, "sources.csv")] == [len(cells)]
    assert dataset.sources.keys() == {row[0] for row in cells[1:]}


WHOLE = [
    ("events.csv", "event_type", "event_kind", "the column is missing"),
    ("sources.csv", "credibility", "credible", "the column is missing"),
    ("sources.csv", "002_eef0960e507a5577", "another", "is not in sources.csv"),
    ("case.yaml", "letter: Z", "letter: A", "that of 'armenian' too"),
    ("persons.csv", "false", "perhaps", "neither 'true' nor 'false'"),
]


@pytest.mark.parametrize(("file", "was", "instead", "message"), WHOLE, ids=[fault[2] for fault in WHOLE])
def test_what_is_wrong_with_a_whole_file_is_still_refused(
    table_copy: Path, file: str, was: str, instead: str, message: str
) -> None:
    path = table_copy.with_name(file)
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(InvalidData, match=message):
        load(table_copy, strict=False)


def test_quotes_that_never_close_and_a_table_of_faults_alone_are_still_refused(table_copy: Path) -> None:
    text = table_copy.read_text(encoding="utf-8")
    table_copy.write_text(f'{text}"never closed', encoding="utf-8")
    with pytest.raises(InvalidData, match="not well-formed CSV"):
        load(table_copy, strict=False)
    header, first, *_ = text.splitlines(keepends=True)
    table_copy.write_text(header + first.replace("false", "perhaps"), encoding="utf-8")
    with pytest.raises(InvalidData, match="neither 'true' nor 'false'"):
        load(table_copy, strict=False)


def test_a_table_alone_is_opened_without_its_bad_rows_too(table_copy: Path) -> None:
    table_copy.with_name("case.yaml").unlink()
    edit(table_copy, 7, "deaths_best", "dozens")
    dataset = open_table(table_copy, strict=False)
    assert [*reasons(dataset)] == [7]
    assert dataset.size == len(cells_of(table_copy)) - 2


def test_the_check_stays_strict(table_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(table_copy, 150, "date", "2020-13")
    assert main(["check", str(table_copy)]) == 1
    assert "'2020-13' is not an EDTF date" in capsys.readouterr().err
