"""Files of every kind with a mutated table in them, made of small real inputs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.fuzz import geographic
from tests.fuzz.case import BROKEN, SMALL, Case, put
from tests.fuzz.cells import Rows, broken, filled, mutated, text
from tests.fuzz.texts import text_of
from tests.others import GED
from tests.server import ROOT

ACLED: Rows = [
    [
        "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "country",
        "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities", "graphic",
    ],
    *(
        [f"AZE{number}", f"{number:02} October 2020", "1", "Battles", "Armed clash", "Forces", "Azerbaijan", "Fuzuli",
         f"39.{number}", "47.1", "1", "Agency A; Agency B", f"A report, number {number}", str(number), mark]
        for number, mark in enumerate(("yes", "No", "t", "", "0", "1.0", "maybe", "false"), start=1)
    ),
]  # fmt: skip
"""Our own rows in the columns of ACLED."""

PLAIN: Rows = [
    ["id", "date", "latitude", "longitude", "source", "title", "deaths", "graphic"],
    *([f"a{number}", f"2020-10-{number:02}", "39.8", f"46.{number}", "Agency A", f"Fire {number}", "1", "no"]
      for number in range(1, 9)),
]  # fmt: skip


@cache
def _read(path: Path) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))))


def _rows(path: Path, random: Random, most: int = 8) -> Rows:
    """The header of a file and some of its rows."""
    header, *below = _read(path)
    return [[*row] for row in (header, *random.sample(below, min(most, len(below))))]


def _own(name: str) -> Callable[[Random, Path], Case]:
    """A small case with one of its tables mutated, or a table alone."""

    def make(random: Random, folder: Path) -> Case:
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
        path = folder / name
        origin = ROOT / name if name == "events.csv" and random.random() < 0.3 else path
        rows = mutated(random, _rows(origin, random, 11))
        content, counted = text(rows, end=random.choice(("\n", "\r\n"))), filled(rows)
        is_broken = random.random() < BROKEN
        path.write_bytes(broken(random, content) if is_broken else content)
        is_alone = name == "events.csv" and random.random() < 0.3
        if is_alone:
            (folder / "case.yaml").unlink()
        return Case(path if is_alone else folder, None if is_broken else counted, name)

    return make


def _separated(random: Random, folder: Path, rows: Rows) -> Case:
    rows = mutated(random, rows)
    content, counted = text(rows, random.choice(",,,;\t|"), random.choice(("\n", "\r\n"))), filled(rows)
    is_broken = random.random() < BROKEN
    content = broken(random, content) if is_broken else content
    packed = random.random() < 0.05
    path = folder / ("table.csv.gz" if packed else random.choice(("table.csv", "a*.csv", "table.txt")))
    path.write_bytes(gzip.compress(content) if packed else content)
    return Case(path, None if is_broken else counted)


def _workbook(random: Random, folder: Path) -> Case:
    rows, path = mutated(random, PLAIN), folder / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(line, place, cell if random.random() < 0.5 else _typed(random, cell))
    is_broken = random.random() < BROKEN
    if is_broken:
        path.write_bytes(broken(random, path.read_bytes()))
    return Case(path, None if is_broken else filled(rows))


def _typed(random: Random, cell: str) -> Any:
    """A filled cell as programs have it: a number, a truth, a text."""
    if not cell.strip():
        return cell
    try:
        return float(cell) if np.isfinite(float(cell)) else cell
    except ValueError:
        return random.choice((cell, cell, cell, True))


def _objects(random: Random) -> list[Any]:
    header, *below = mutated(random, PLAIN)
    made: list[Any] = [dict(zip(header, row, strict=False)) for row in below]
    for one in made:
        if one and random.random() < 0.2:
            values = (None, True, 10**30, 1e308, -0.0, [], {}, [1, [2]], {"a": {"b": 1}}, "")
            one[random.choice([*one])] = random.choice(values)
    if random.random() < 0.2:
        made.insert(random.randrange(len(made) + 1), random.choice((None, 1, "x", [], {}, True)))
    return made


def _json(random: Random, folder: Path) -> Case:
    made, path = _objects(random), folder / "table.json"
    as_lines = random.random() < 0.5
    put(random, path, ("\n".join(map(json.dumps, made)) if as_lines else json.dumps(made)).encode())
    return Case(path, None)


def _exotic(random: Random, rows: int) -> pa.Array:
    """A column of a type that few tables have."""
    made: Sequence[tuple[Any, pa.DataType | None]] = (
        ({"a": {"b": 1}}, None), ([1, 2], None), ([("k", 1)], pa.map_(pa.string(), pa.int64())), (b"\x00\xff", None),
        (True, None), (None, None), ("x", pa.dictionary(pa.int32(), pa.string())), (2**62, pa.int64()),
        (2**63, pa.uint64()), (np.nan, None), (np.inf, None),
        (10**17, pa.timestamp("us")), (-(10**14), pa.timestamp("s")),
        (1, pa.duration("ns")), (1, pa.time64("us")), (2**30, pa.date32()), (Decimal("1.5"), pa.decimal128(38, 5)),
        ("x", pa.large_string()), ([1.0, 2.0], pa.list_(pa.float64(), 2)), ([{"a": 1}], None), (b"x", pa.binary(1)),
    )  # fmt: skip
    value, kind = random.choice(made)
    return pa.array([value] * rows, kind)


def _parquet(random: Random, folder: Path) -> Case:
    header, *below = mutated(random, PLAIN)
    wide = [[*row, *[""] * len(header)][: len(header)] for row in below]
    cells = [pa.array([row[place] or None for row in wide], pa.string()) for place in range(len(header))]
    for _ in range(random.randint(0, 2)):
        place = random.randrange(len(header))
        cells[place] = _exotic(random, len(wide))
        header[place] = random.choice((header[place], "geometry"))
    table = pa.table(cells, names=[name or f"column {place}" for place, name in enumerate(header)])
    if random.random() < 0.5:
        table = table.replace_schema_metadata({b"geo": random.choice(geographic.GEO)})
    path = folder / "table.parquet"
    pq.write_table(table, path)
    put(random, path, path.read_bytes())
    return Case(path, None)


def _layer(random: Random, folder: Path) -> Case:
    """A small case with a layer of a mutated GeoJSON."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    geographic.geojson(random, folder, _objects(random))
    with (folder / "case.yaml").open("a") as case:
        case.write("layers:\n- {file: table.geojson, title: A line, source: A survey}\n")
    return Case(folder, len(_read(SMALL / "events.csv")) - 1, "events.csv")


KINDS: Mapping[str, tuple[int, Callable[[Random, Path], Case]]] = {
    "events": (19, _own("events.csv")),
    "sources": (8, _own("sources.csv")),
    "places": (9, _own("places.csv")),
    "persons": (6, _own("persons.csv")),
    "case.yaml": (8, text_of("case.yaml")),
    "lessons": (8, text_of("lessons/two-tellings.md")),
    "GED CSV": (7, lambda random, folder: _separated(random, folder, _rows(GED, random))),
    "ACLED-like CSV": (6, lambda random, folder: _separated(random, folder, ACLED)),
    "other CSV": (8, lambda random, folder: _separated(random, folder, PLAIN)),
    "XLSX": (3, _workbook),
    "JSON": (4, _json),
    "GeoJSON": (4, lambda random, folder: geographic.geojson(random, folder, _objects(random))),
    "Parquet": (5, _parquet),
    "GeoParquet": (2, lambda random, folder: geographic.geoparquet(random, folder, PLAIN)),
    "GeoPackage": (2, lambda random, folder: geographic.geopackage(random, folder, PLAIN)),
    "layer": (1, _layer),
}
"""How often a kind is made, in a hundred files, and how."""

CHEAP = ("events", "sources", "places", "persons", "case.yaml", "lessons")
"""Kinds that open in some hundredths of a second."""
