"""What a map opens on: a case's own box, else all reports, framed across the antimeridian where they lie round it."""

from __future__ import annotations

import json
from typing import Any

import ibis.expr.types as ir
import numpy as np

from geodata.model.region import Extent
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

WORLD: Extent = (-170.0, -55.0, 170.0, 75.0)
"""West, south, east, north in degrees: what the map shows where no report can be mapped."""

LEAST = 0.5
"""Degrees of each side of a map at least, about a district: a single event would else lie on blank ground."""

MOST_LATITUDE = 85.0
"""Degrees: what lies nearer to a pole is on no map in Web Mercator."""


FRAMED = "framed"
"""The name in `Dataset.kept`."""


def extent(dataset: Dataset) -> Extent:
    """West, south, east, north of all mapped reports, in degrees."""
    return _around(dataset, dataset.reports)


def _around(dataset: Dataset, reports: ir.Table) -> Extent:
    latitude, longitude = reports.latitude, reports.longitude
    edges = {"west": longitude.min(), "south": latitude.min(), "east": longitude.max(), "north": latitude.max()}
    box = dataset.fetch(reports.aggregate(**edges)).to_pylist()[0]
    return WORLD if box["south"] is None else (box["west"], box["south"], box["east"], box["north"])


def base(dataset: Dataset) -> tuple[str, bytes]:
    """What `framed` finds, for `Dataset.kept`."""
    return FRAMED, json.dumps(framed(dataset)).encode()


@remembered(most=1)
def framed(dataset: Dataset) -> Extent:
    """As `extent`, but no smaller than a district and without the poles.

    ``east`` is beyond 180 where the reports lie round the antimeridian: they then take less than half the width.
    """
    if known := dataset.kept.get(FRAMED):
        west, south, east, north = json.loads(known)
        return west, south, east, north
    drawn = dataset.reports.filter(dataset.reports.latitude.abs() <= MOST_LATITUDE)
    west, south, east, north = _around(dataset, drawn)
    if round_antimeridian := _across(dataset, drawn, east - west):
        west, east = round_antimeridian
    across, up = max(0.0, LEAST - (east - west)) / 2, max(0.0, LEAST - (north - south)) / 2
    return west - across, south - up, east + across, north + up


def _across(dataset: Dataset, reports: ir.Table, width: float) -> tuple[float, float] | None:
    """West, and east beyond 180, of reports round the antimeridian; nothing where they lie on one side of it."""
    if width <= 180:
        return None
    whole = dataset.fetch(reports.select(degree=reports.longitude.round()).distinct())["degree"].to_numpy()
    degrees = np.sort(whole.astype(float))
    if len(degrees) < 2:  # nothing is mapped, and the width is that of the world
        return None
    widest = int(np.diff(degrees).argmax())
    middle = float(degrees[widest] + degrees[widest + 1]) / 2
    sides = {"west": reports.longitude.min(where=reports.longitude > middle),
             "east": reports.longitude.max(where=reports.longitude <= middle)}  # fmt: skip
    box = dataset.fetch(reports.aggregate(**sides)).to_pylist()[0]
    west, east = box["west"], box["east"] + 360
    return (west, east) if 2 * (east - west) < width else None


def home(dataset: Dataset) -> dict[str, Any]:
    """What the map opens on, as ``timemap.js`` has it: ``box`` is west, south, east, north in degrees.

    ``name`` and ``title`` are blank where the case names no box: the map then opens on all mapped reports.
    """
    if box := dataset.case.home:
        return {"box": box.extent, "name": box.name, "title": f"Zoom to {box.covers}"}
    return {"box": framed(dataset), "name": "", "title": ""}
