"""Tables of very many columns: what is asked of each column is asked of many at once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geodata.store.importers import categories, open_table

WIDE = 400


def wide(path: Path) -> Path:
    with path.open("w", newline="") as file:
        write = csv.writer(file)
        write.writerow(["id", "date", *(f"measure {number}" for number in range(WIDE)), "weather", "team"])
        for row in range(60):
            own = (f"{row}.{number}" for number in range(WIDE))
            write.writerow([row, "2020-10-04", *own, ("rain", "sun")[row % 2], f"team {row % 3}"])
    return path


def test_the_categories_of_a_wide_table_are_found_among_its_columns(tmp_path: Path) -> None:
    dataset = open_table(wide(tmp_path / "wide.csv"))
    assert [(one.name, len(one.values)) for one in dataset.own[""].categories] == [("weather", 2), ("team", 3)]


def test_columns_of_a_wide_table_are_not_asked_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    one_by_one = categories._category

    def counted(*given: object, **more: object) -> object:
        asked.append(str(given[1]))
        return one_by_one(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(categories, "_category", counted)
    open_table(wide(tmp_path / "wide.csv"))
    assert asked == ["weather", "team"]
