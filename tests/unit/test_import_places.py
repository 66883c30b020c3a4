"""Coordinates of a table of others: plain numbers are read by the engine, all others piece by piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.store.importers import positions
from tests.unit.importing import opened, rows_of

PAIRS = ("40.1;45.2", "40°06'N;45°12'E", "NaN;NaN", "0;0", "95;45", "40.5;200", "+40.7;045.1", ";", "40 06 N;45 12 E",
         "4.01e1;45.", "40,1;45,2")  # fmt: skip

TEXT = "\n".join(
    ("id;date;latitude;longitude;source;title",
     *(f"{number};2020-01-01;{pair};W;t" for number, pair in enumerate(PAIRS)))
)  # fmt: skip


def test_each_way_to_write_a_place_is_read_whoever_reads_it(tmp_path: Path) -> None:
    places = [(row["latitude"], row["longitude"]) for row in rows_of(opened(tmp_path, TEXT))]
    here, none = (40.1, 45.2), (None, None)
    assert places == [here, here, none, none, none, (40.5, -160.0), (40.7, 45.1), none, here, (40.1, 45.0), here]


def test_pieces_make_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = opened(tmp_path, TEXT)
    monkeypatch.setattr(positions, "AT_ONCE", 2)
    in_pieces = opened(tmp_path, TEXT)
    assert rows_of(in_pieces) == rows_of(whole)
    assert in_pieces.openings[0].notes == whole.openings[0].notes
    assert any("is told as -160" in row["note"] for row in rows_of(whole))
