"""A table is read and checked by columns, and what comes out is what reading and checking by rows would give."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from pydantic import ValidationError

from geodata.model.faults import InvalidData, plainly
from geodata.model.records import Report
from geodata.model.text import fold
from geodata.store import case_file, written
from geodata.store.load import load
from tests.server import ROOT

CASE = case_file.read(ROOT)
FIRST = next(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))

PIECES = [
    "a", "é", " ", ",", ",,", '"', '""', "\n", "\n\n", "\r\n", "\r", "a,b\n", "x,\n", '"p",q\n', '"a\nb",c\n',
    '"d""e",\r\n', " , \n",
]  # fmt: skip


def test_the_two_readers_of_csv_agree_on_every_text_that_the_faster_takes() -> None:
    dice, taken = random.Random(1), 0
    for _ in range(6000):
        raw = ("h,k\n" + "".join(dice.choices(PIECES, k=dice.randrange(1, 12)))).encode()
        if quick := written._regular(raw):
            slow = written._any(raw)
            taken += 1
            assert (quick.header, slow.broken, slow.others) == (slow.header, None, {})
            assert quick.lines.tolist() == slow.lines.tolist() == quick.fitting.tolist()
            assert quick.cells.equals(slow.cells.cast(quick.cells.schema))
    assert taken > 500


def test_the_shipped_tables_are_read_by_the_faster_reader() -> None:
    for name in ("events.csv", "sources.csv", "places.csv", "persons.csv"):
        assert written._regular((ROOT / name).read_bytes())


CELLS = [
    "", " ", " padded ", "x" * 10_000, "=1", "a\u202eb", "two\nlines", "\u00a0", "'", "9" * 9, "-1", "0", "00", "nan",
    "inf", "1_0", "1e3", "5.0", "5.5", "0x1", "+1", "91", "181", "١٦", "TRUE", "false", "maybe", "core", "ngo", "exact",
    "event", "2020", "2020-13", "2020-10~", "2020-10-04/2020", "../2016", "16-18;20", "18-16", "a-slug", "A Slug", "ə",
]  # fmt: skip


@pytest.mark.parametrize("column", Report.model_fields)
def test_a_cell_is_taken_or_refused_as_its_record_says(table_copy: Path, column: str) -> None:
    for path in (table_copy.with_name("sources.csv"), table_copy.with_name("places.csv")):
        path.unlink()
    told = _told_of(table_copy, column, CELLS)
    for cell in CELLS:
        expected: list[str] = []
        try:
            Report.model_validate(_row(column, cell), context=CASE)
        except ValidationError as error:
            expected = [plainly(problem) for problem in error.errors()]
        # A cell that is right may still contradict the others; then no cell of the row is blamed by its record.
        assert told[cell] == expected if expected else set(told[cell]) <= CONTRADICTIONS, cell
    taken = [cell for cell in CELLS if not told[cell]]
    values = [getattr(Report.model_validate(_row(column, cell), context=CASE), column) for cell in taken]
    assert not any(_told_of(table_copy, column, taken).values())
    if taken:  # rows are numbered by their first day
        dataset = load(table_copy)
        assert sorted(map(repr, dataset.fetch(dataset.reports)[column].to_pylist())) == sorted(map(repr, values))


def _row(column: str, cell: str) -> dict[str, str]:
    alone = dict.fromkeys(("latitude", "longitude", "deaths_low", "deaths_best", "deaths_high"), "")
    own = {"incident_id": f"a-{CELLS.index(cell)}"}  # two equal rows are a fault
    return FIRST | alone | own | {column: cell}


def _told_of(table: Path, column: str, cells: list[str]) -> dict[str, list[str]]:
    """Writes a table with a row for each cell; the faults of each row."""
    lines: dict[str, int] = {}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*FIRST])
        writer.writeheader()
        for cell in cells:
            file.flush()
            lines[cell] = table.read_bytes().count(b"\n") + 1
            writer.writerow(_row(column, cell))
    try:
        load(table)
    except InvalidData as error:
        return {cell: [fault.message for fault in error.faults if fault.line == line] for cell, line in lines.items()}
    return {cell: [] for cell in cells}


CONTRADICTIONS = {
    "half a coordinate: fill both latitude and longitude or neither",
    "must be given where there are coordinates",
    "must be given with a date, and only with one",
    "must be given with a place, and only with one",
}


def test_each_ascii_sign_is_folded_as_it_is_beside_other_letters() -> None:
    for sign in map(chr, range(128)):
        assert fold(f"A{sign}b {sign}C") + " e" == fold(f"A{sign}b {sign}C é")
