"""Tables of others opened, beside what a user would pick instead: pandas, which reads cells and parses one column."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pyarrow.csv

from benchmarks import made_up
from benchmarks.checks import SEED, seconds
from geodata.store.importers import read_table
from geodata.store.importers.ready import FOLDER

ROWS, GED_ROWS = 1_000_000, 7_374
"""A large table, and as many rows as UCDP GED has of one country (Myanmar, version 23.1)."""

MOST_SECONDS = 1
"""The bar for `GED_ROWS`."""

BEFORE = 20
"""The bar for `ROWS`: seconds that version 0.1.0 took, which read fewer kinds of cells, on two cores."""

EXTRACT = Path(__file__).parents[1] / "tests" / "data" / "ged_extract.csv"


@dataclass(frozen=True)
class Times:
    """Seconds, medians of several runs."""

    large: float
    pandas: float
    """`pandas.read_csv` of the large table, with dates parsed: no check, no search, no sources, no order."""
    ged: float


def measured(folder: Path) -> Times:
    """The times of two tables that are written into a folder."""
    large, ged = folder / "large.csv", folder / "ged.csv"
    pyarrow.csv.write_csv(made_up.table(ROWS, SEED), large)
    _write_ged(ged)
    with patch.dict(os.environ, {FOLDER: "no"}):  # else the second reading is of the table that the first has kept
        return Times(
            *seconds(
                lambda: read_table(large),
                lambda: pd.read_csv(large, parse_dates=["date"], date_format="%Y-%m-%d", low_memory=False),
                lambda: read_table(ged),
            )
        )


def _write_ged(path: Path) -> None:
    """The rows of the extract over and over, each with an id of its own."""
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[number % len(rows)] | {"id": str(number)} for number in range(GED_ROWS))
