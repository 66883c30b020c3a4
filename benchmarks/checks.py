"""A large table of our own checked and opened, beside what a user would write instead: csv and pydantic, row by row.

The rows are the shipped ones over and over; ids, days and points differ, and for a harder table each long text too.
"""

from __future__ import annotations

import csv
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from geodata.model.records import Report
from geodata.store import case_file
from geodata.store.load import load

ROWS = 100_000
SEED = 1
TIMES = 3
FIRST_DAY, DAYS = date(1990, 1, 1), 12_000

MOST = 1.0
"""The bar: how many times as long as csv and pydantic, row by row, checking and opening may take."""


@dataclass(frozen=True)
class Times:
    """Seconds: medians of `TIMES` runs, the cold first one included."""

    opened: float
    """To check and open a case of `ROWS` reports."""
    differing: float
    """The same where no title, summary or note occurs twice."""
    by_rows: float
    """To check the cells of the first case alone, row by row."""


def measured(folder: Path) -> Times:
    """The times of two cases that are written into a folder."""
    again, differing = folder / "again", folder / "differing"
    case_of(again, ROWS, texts_differ=False)
    case_of(differing, ROWS, texts_differ=True)
    return Times(*seconds(lambda: load(again), lambda: load(differing), lambda: _by_rows(again)))


def case_of(folder: Path, rows: int, *, texts_differ: bool) -> None:
    """Writes a case of so many reports."""
    folder.mkdir()
    shipped, dice = case_file.shipped_case(), random.Random(SEED)
    for name in case_file.FILES:
        shutil.copy(shipped / name, folder / name)
    with (shipped / case_file.EVENTS).open(encoding="utf-8", newline="") as file:
        reports = [*csv.DictReader(file)]
    with (folder / case_file.EVENTS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*reports[0]], lineterminator="\n")
        writer.writeheader()
        for row in range(rows):
            report = reports[row % len(reports)]
            texts = _texts_of_its_own(report, row) if texts_differ else {}
            writer.writerow(report | _place_and_time(report, row, dice) | texts)


def _place_and_time(report: dict[str, str], row: int, dice: random.Random) -> dict[str, str]:
    changed = {"incident_id": f"{report['incident_id']}-{row}"}
    if len(report["date"]) == len("2020-10-04"):
        changed["date"] = (FIRST_DAY + timedelta(dice.randrange(DAYS))).isoformat()
    if report["latitude"]:
        for column in ("latitude", "longitude"):
            changed[column] = f"{float(report[column]) + dice.uniform(-0.2, 0.2):.4f}"
    return changed


def _texts_of_its_own(report: dict[str, str], row: int) -> dict[str, str]:
    changed = {column: f"{report[column]} Row {row}." for column in ("summary", "note")}
    return changed | ({"title": f"{report['title']} {row}"} if len(report["title"].split()) < 10 else {})


def _by_rows(folder: Path) -> list[Report]:
    case = case_file.read(folder)
    with (folder / case_file.EVENTS).open(encoding="utf-8", newline="") as file:
        return [Report.model_validate(row, context=case) for row in csv.DictReader(file)]


def seconds(*makes: Callable[[], object], times: int = TIMES) -> list[float]:
    """The median time of so many calls of each, called in turn: a machine that slows down slows all of them down."""
    took: list[list[float]] = [[] for _ in makes]
    for _ in range(times):
        for make, found in zip(makes, took, strict=True):
            start = time.perf_counter()
            make()
            found.append(time.perf_counter() - start)
    return [*map(median, took)]
