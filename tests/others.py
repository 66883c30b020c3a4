"""Tables of others for tests, each with a mapping of its own: what they tell is known."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from geodata.model.mapping import Dates, Position, Sources, TableMapping
from geodata.store.dataset import Dataset
from geodata.store.importers import read_table
from tests.server import ROOT

GED = ROOT / "tests" / "data" / "ged_extract.csv"
"""Twenty rows of UCDP GED 23.1 (CC BY 4.0), with all its columns."""

BARE = "when,lat,lon\n2020-10-04,40.1,46.2\n2020-10-05,40.2,46.3\n"
"""A table with almost no columns."""

MAPPING = TableMapping(
    incident_id="id", date=Dates(start="date", time="time"), position=Position(latitude="lat", longitude="lon"),
    sources=Sources(columns=("source",), separator=";"), title=("title",), deaths_best="deaths",
)  # fmt: skip

COLUMNS = ("id", "date", "time", "lat", "lon", "source", "title", "deaths", "colour", "link")


def rows(*given: Mapping[str, object]) -> Iterable[dict[str, object]]:
    """Rows of a table of `COLUMNS`, with what a test does not care for filled in."""
    for number, cells in enumerate(given, start=1):
        usual = {
            "id": f"e{number}",
            "date": "2020-10-04",
            "lat": 40.1,
            "lon": 46.2,
            "source": "Alpha",
            "title": "A fire",
        }
        yield usual | dict(cells)


def table(path: Path, *given: Mapping[str, object]) -> Dataset:
    """The dataset of such rows, written to ``path``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows(*given))
    return read_table(path, MAPPING)
