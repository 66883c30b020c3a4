"""A cell of the land as bytes: the paths of a rectangle of degrees, as the script and the printed map both read them.

Form
    gzip of: a length (uint32), JSON of that many bytes, and int16 numbers, all little-endian. The JSON has ``west``,
    ``south`` and ``step`` in degrees, ``edges`` (west, south, east, north in steps: where areas were cut), and
    ``parts``, each with ``kind``, ``of`` (which line it is, where lines differ) and ``paths``, the number of points of
    each. The numbers are the points of all paths in that order, longitude and latitude by turns, in steps: of a path's
    first point from the corner, of the others from the point before.

Frame
    WGS 84, longitude first. A cell's ``west`` is between -180 and 180; what overlaps its edges may lie beyond. The
    outer rim of a polygon runs counter-clockwise, and its holes, which follow it, clockwise.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

AREA = "area"
"""The kind of a province's rims, by which reports are counted."""

AREA_STEP = 0.006
"""Degrees of the grid of such rims, about 650 m: the finest in which int16 tells every point of the world."""

AREAS = frozenset({"land", "lake", AREA})
"""Kinds whose paths are rings, to be filled; of the others they are lines."""

SHORE = "shore"
"""The kind of the rims of land and lakes, which `unpack` makes of them."""

Edges = tuple[int, ...]
"""West, south, east, north in steps from a cell's corner; none where areas were not cut."""

Path = npt.NDArray[np.float64]
"""Points of a ring or a line: an array of (points, 2), longitude and latitude in degrees."""


@dataclass(frozen=True)
class Part:
    """Paths of one kind. ``of`` tells which boundary it is, as ``ARM|AZE``; blank for other kinds."""

    kind: str
    of: str
    paths: tuple[Path, ...]


def pack(parts: Iterable[Part], west: float, south: float, step: float, edges: Edges = ()) -> bytes:
    """A cell's bytes. Raises ``OverflowError`` where two points lie further apart than int16 can tell."""
    head: dict[str, Any] = {"west": west, "south": south, "step": step, "edges": edges, "parts": []}
    numbers: list[npt.NDArray[np.int64]] = []
    for part in parts:
        steps = [_steps(path, west, south, step) for path in part.paths]
        kept = [path for path in steps if len(path) >= (4 if part.kind in AREAS else 2)]
        if kept:
            head["parts"].append({"kind": part.kind, "of": part.of, "paths": [len(path) for path in kept]})
            numbers.extend(np.diff(path, axis=0, prepend=[[0, 0]]).ravel() for path in kept)
    flat = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int64)
    if len(flat) and np.abs(flat).max() > np.iinfo(np.int16).max:
        raise OverflowError(f"two points of the cell at {west}, {south} are too far apart for its step of {step}")
    text = json.dumps(head, separators=(",", ":")).encode()
    text = text.ljust((len(text) + 1) // 2 * 2)  # so that the numbers begin at a multiple of two bytes
    # Without the time of packing, equal cells give equal bytes.
    return gzip.compress(len(text).to_bytes(4, "little") + text + flat.astype("<i2").tobytes(), mtime=0)


def _steps(path: Path, west: float, south: float, step: float) -> npt.NDArray[np.int64]:
    """A path's points in whole steps from the corner, without those that fall on the one before."""
    steps = np.rint((path - (west, south)) / step).astype(np.int64)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = np.any(np.diff(steps, axis=0) != 0, axis=1)
    return steps[moved]


def unpack(packed: bytes) -> list[Part]:
    """The parts of a cell, and the shores of its areas, without what runs along an edge where they were cut."""
    head, flat = opened(packed)
    points = flat.reshape(-1, 2).astype(np.int64)
    parts: list[Part] = []
    shores: list[Path] = []
    at = 0
    # The sources cut areas at the antimeridian and the pole too.
    ends = [round((edge - corner) / head["step"]) for edge, corner in
            ((-180, head["west"]), (180, head["west"]), (-90, head["south"]))]  # fmt: skip
    cut = (*head["edges"], *ends)

    def degrees(steps: npt.NDArray[np.int64]) -> Path:
        return np.asarray(steps * head["step"] + (head["west"], head["south"]), dtype=np.float64)

    for part in head["parts"]:
        steps = []
        for count in part["paths"]:
            steps.append(np.cumsum(points[at : at + count], axis=0))
            at += count
        parts.append(Part(part["kind"], part["of"], tuple(map(degrees, steps))))
        if part["kind"] in AREAS and head["edges"]:
            shores += [degrees(line) for path in steps for line in _uncut(path, cut)]
    return [*parts, Part(SHORE, "", tuple(shores))] if shores else parts


def _uncut(path: npt.NDArray[np.int64], cut: Edges) -> Iterator[npt.NDArray[np.int64]]:
    """The stretches of a ring that do not run along one of the ``cut`` lines."""
    lon, lat = path[:, 0], path[:, 1]
    along = np.zeros(len(path) - 1, dtype=bool)
    for values, edge in ((lon, cut[0]), (lon, cut[2]), (lat, cut[1]), (lat, cut[3]), (lon, cut[4]), (lon, cut[5]),
                         (lat, cut[6])):  # fmt: skip
        along |= (values[1:] == edge) & (values[:-1] == edge)
    start = 0
    for end in (*np.flatnonzero(along), len(path) - 1):
        if end > start:
            yield path[start : end + 1]
        start = end + 1


def polygons(part: Part) -> list[shapely.Polygon]:
    """The polygons of a part of areas."""
    found: list[tuple[Path, list[Path]]] = []
    for path in part.paths:
        if not found or shapely.is_ccw(shapely.linearrings(path)):
            found.append((path, []))
        else:
            found[-1][1].append(path)
    return [shapely.Polygon(rim, holes) for rim, holes in found]


def opened(packed: bytes) -> tuple[Mapping[str, Any], npt.NDArray[np.int16]]:
    """What stands before the numbers of a cell, and the numbers."""
    plain = gzip.decompress(packed)
    end = 4 + int.from_bytes(plain[:4], "little")
    head: Mapping[str, Any] = json.loads(plain[4:end])
    return head, np.frombuffer(plain, dtype="<i2", offset=end)
