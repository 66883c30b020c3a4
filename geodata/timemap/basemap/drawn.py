"""The lines and areas of a cell as a map draws them: the source's, but for boundaries that a case treats otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from geodata.model.boundaries import Boundary
from geodata.timemap.basemap import archive
from geodata.timemap.basemap.cells import SHORE, Part, pack, unpack
from geodata.timemap.basemap.grid import Cell, Level

BORDER, DISPUTED = "border", "disputed"
"""Kinds of boundary lines: those that the source marks as disputed are dashed."""


def cell(level: Level, at: Cell, boundaries: tuple[Boundary, ...]) -> bytes | None:
    """A cell as `cells.pack` has it, with what a case does with ``boundaries``; None where nothing is drawn."""
    packed = archive.member(archive.name_of(level, at))
    if packed is None or not boundaries:
        return packed
    parts = [part for part in unpack(packed) if part.kind != SHORE]
    if not {part.of for part in parts} & {boundary.line for boundary in boundaries}:
        return packed
    new = [kept for part in parts for kept in _treated(part, [one for one in boundaries if one.line == part.of])]
    return pack(new, *level.corner(at), level.step, level.edges)


def _treated(part: Part, treatments: Sequence[Boundary]) -> Iterator[Part]:
    """What of a boundary is drawn, in which way; a part that no treatment names stays as it is."""
    if not treatments:
        yield part
        return
    rest: shapely.Geometry = shapely.multilinestrings([shapely.linestrings(path) for path in part.paths])
    for boundary in treatments:
        west, south, east, north = boundary.extent
        # What of the box lies beyond the antimeridian is on the other side of the map.
        box = shapely.union_all(
            [shapely.box(west, south, east, north), shapely.box(west - 360, south, east - 360, north)]
        )
        if boundary.treatment == "dash":
            yield from _lines(DISPUTED, part.of, shapely.intersection(rest, box))
        rest = shapely.difference(rest, box)
    yield from _lines(part.kind, part.of, rest)


def _lines(kind: str, of: str, shape: shapely.Geometry) -> Iterator[Part]:
    paths = [shapely.get_coordinates(line) for line in shapely.get_parts(shape) if line.length]
    if paths:
        yield Part(kind, of, tuple(paths))
