"""The land as the script asks for it: what there is, a cell of lines or names by its address, and those of a file."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from geodata.model.region import Extent
from geodata.store.dataset import Dataset
from geodata.timemap import basemap
from geodata.timemap.basemap import archive, drawn, names
from geodata.timemap.basemap.cells import polygons, unpack
from geodata.timemap.basemap.grid import LEVELS, NAMES, Cell, Level

NAMED = "names/"
"""What the address of a cell of names begins with."""

BOUNDARIES = (drawn.BORDER, drawn.DISPUTED)

CELL = re.compile("(?:0|[1-9][0-9]{0,2})_(?:0|[1-9][0-9]{0,2})")
"""A cell's column and row in an address."""

FILE_BYTES = 740_000
"""Of the land in a saved map, before base64 makes them a third more: at most a megabyte of its text."""


def described(dataset: Dataset) -> dict[str, Any]:
    """What the script must know before it asks for a cell. See ``LandData`` in ``types.d.ts``."""
    return {
        "levels": [_level(level) for level in LEVELS],
        "names": [_level(level, NAMED) for level in NAMES],
        "colours": basemap.COLOURS,
        "version": "" if dataset.case.boundaries else archive.version(),
    }


def _level(level: Level, folder: str = "") -> dict[str, Any]:
    """A level, and a bitset in base64 of its cells that hold something: the first one is in the lowest bit."""
    has = np.zeros(level.columns * level.rows, dtype=bool)
    has[[row * level.columns + column for column, row in archive.cells(level, folder)]] = True
    bits = base64.b64encode(np.packbits(has, bitorder="little").tobytes()).decode()
    return {"name": level.name, "zoom": level.zoom, "size": level.size, "cells": bits}


def member(dataset: Dataset, address: str) -> bytes | None:
    """A cell of lines (``10m/37_21``) or of names (``names/mid/18_10``), packed with gzip; None where there is none."""
    folder, name = (NAMED, address.removeprefix(NAMED)) if address.startswith(NAMED) else ("", address)
    found = _found(NAMES if folder else LEVELS, name)
    if found is None:
        return None
    level, cell = found
    return _named(dataset, level, cell) if folder else drawn.cell(level, cell, dataset.case.boundaries)


def _found(levels: tuple[Level, ...], name: str) -> tuple[Level, Cell] | None:
    level_name, _, cell = name.partition("/")
    column, _, row = cell.partition("_")
    level = next((level for level in levels if level.name == level_name), None)
    # Other ways to write a number name no cell, and one of thousands of digits would take long to read.
    if level is None or not CELL.fullmatch(cell):
        return None
    return level, (int(column), int(row))


def _named(dataset: Dataset, level: Level, cell: Cell) -> bytes | None:
    found = names.in_cell(dataset, level, cell)
    if not found:
        return None
    return gzip.compress(json.dumps(names.columns(found), ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def embedded(dataset: Dataset, box: Extent, spots: set[tuple[float, float]]) -> dict[str, str]:
    """The cells that a saved map carries, by address, in base64: of its box, the coarse before the fine.

    ``spots`` are the longitudes and latitudes of its marks: cells without one come last. Together no more than
    `FILE_BYTES`.
    """
    taken: dict[str, str] = {}
    left = FILE_BYTES
    for address in _wanted(box, spots):
        packed = member(dataset, address)
        if packed is not None and len(packed) <= left:
            taken[address] = base64.b64encode(packed).decode()
            left -= len(packed)
    return taken


def _wanted(box: Extent, spots: set[tuple[float, float]]) -> Iterator[str]:
    world, middle, fine = LEVELS
    for level, folder in ((world, ""), (NAMES[0], NAMED)):
        yield from (archive.name_of(level, cell, folder) for cell in archive.cells(level, folder))
    west, south, east, north = box
    aside, above = (east - west) / 2, (north - south) / 2  # a window is wider or higher than what it opens on
    seen = (west - aside, max(south - above, -90.0), min(east + aside, west + 359.0), min(north + above, 89.9))
    near: list[str] = []
    rest: list[str] = []
    for level, folder in ((middle, ""), (NAMES[1], NAMED), (fine, ""), (NAMES[2], NAMED)):
        marked = {level.cell_at(*spot) for spot in spots}
        for cell in level.touched(seen):
            (near if cell in marked else rest).append(archive.name_of(level, cell, folder))
    yield from (*near, *rest)


WIDTHS = {"110m": 360.0, "50m": 60.0, "10m": 15.0}
"""Degrees of a box's width up to which `shapes` are of a level."""


def shapes(dataset: Dataset, box: Extent) -> dict[str, Any]:
    """Land and boundaries round a box as a GeoJSON feature collection, for maps that are not drawn by the script."""
    level = [level for level in LEVELS if box[2] - box[0] <= WIDTHS[level.name]][-1]
    packed = [drawn.cell(level, cell, dataset.case.boundaries) for cell in level.touched(box)]
    parts = [part for cell in packed if cell for part in unpack(cell)]
    shores = [shape for part in parts if part.kind == "land" for shape in polygons(part)]
    # Joined, for the edges of the cells are no shores.
    found = [shapely.union_all(shapely.set_precision(shores, 0.001))]
    found += [shapely.LineString(path) for part in parts if part.kind in BOUNDARIES for path in part.paths]
    rounded = shapely.set_precision(found, 0.001, mode="pointwise")
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(shape)} for shape in rounded]
    return {"type": "FeatureCollection", "features": features}
