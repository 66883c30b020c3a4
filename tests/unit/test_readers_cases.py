"""Small inputs of the field that showed faults once, which lie beside the repository where it is worked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server import ROOT
from tests.unit.raw_table import opened

SHARED = next((folder / "shared" for folder in ROOT.parents if (folder / "shared" / "cases").is_dir()), Path("nowhere"))

CASES = sorted(path for kind in ("open", "guards", "attack") for path in (SHARED / "cases" / kind).glob("*.*")
               if path.suffix != ".md")  # fmt: skip

ROWS = {
    "f14_short_rows.csv": (3, 1), "longrow.csv": (6, 1), "s06_one_bad_row_of_many.csv": (151, 0), "quote.csv": (5, 0),
    "ged_hash.csv": (20, 0), "hash_quotes.csv": (7, 0), "s19_number_ids_half_with_hash.csv": (12, 0),
}  # fmt: skip
"""Rows of a case and how many of them are set aside, where its lines do not tell."""


@pytest.mark.skipif(not CASES, reason="the folder shared/cases is not beside the repository")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_case_is_read(path: Path) -> None:
    read = opened(path)
    assert read.table.rows > 0
    if path.name in ROWS:
        assert (read.table.rows, len(read.table.set_aside)) == ROWS[path.name]
    else:
        assert len(read.table.set_aside) == 0


DATA = {"ucdp_ged_23_1_sample.csv": (1000, 49), "ged_myanmar.csv.gz": (7374, 49), "viina_2025.csv": (325, 33)}


@pytest.mark.skipif(not CASES, reason="the folder shared/data is not beside the repository")
@pytest.mark.parametrize("name", DATA)
def test_real_tables_are_read_whole(name: str) -> None:
    read = opened(SHARED / "data" / name)
    assert (len(read.rows), len(read.table.columns), len(read.table.set_aside)) == (*DATA[name], 0)
