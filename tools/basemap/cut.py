"""Shapes of the world cut into the cells of a level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.timemap.basemap.cells import AREAS, Part, Path, pack
from geodata.timemap.basemap.grid import OVERLAP, Cell, Level
from tools.basemap.lines import Drawn

SIDES = (90, 30)
"""Degrees of what a shape is cut into before it is cut into cells."""


def cells(level: Level, shapes: Iterable[Drawn]) -> dict[Cell, bytes]:
    """The cells of a level that have something to draw, packed."""
    found: dict[Cell, list[tuple[str, str, BaseGeometry]]] = defaultdict(list)
    for kind, of, shape in shapes:
        for cell, piece in _pieces(level, shape, kind in AREAS):
            found[cell].append((kind, of, piece))
    return {cell: pack(_parts(found[cell]), *level.corner(cell), level.step, level.edges) for cell in sorted(found)}


def _pieces(level: Level, shape: BaseGeometry, is_area: bool) -> Iterator[tuple[Cell, BaseGeometry]]:
    """A shape's pieces by cell. Halves are cut before quarters, for a cut costs as much as the shape has points."""
    pieces = [shape]
    for side in (side for side in SIDES if side >= level.size):
        pieces = [part for piece in pieces for part in _split(piece, side, level, is_area)]
    for piece in pieces:
        for cell in level.touched(piece.bounds):
            west, south = level.corner(cell)
            more = OVERLAP * level.size if is_area else 0.0
            cut = shapely.clip_by_rect(piece, west - more, south - more, west + level.size + more,
                                       south + level.size + more)  # fmt: skip
            for part in shapely.get_parts(cut):
                if not part.is_empty:
                    yield cell, part


def _split(shape: BaseGeometry, side: int, level: Level, is_area: bool) -> Iterator[BaseGeometry]:
    west, south, east, north = shape.bounds
    if east - west <= 2 * level.size and north - south <= 2 * level.size:
        yield shape
        return
    more = OVERLAP * level.size if is_area else 0.0
    for left in np.arange(np.floor((west + 180) / side) * side - 180, east, side):
        for low in np.arange(np.floor((south + 90) / side) * side - 90, north, side):
            cut = shapely.clip_by_rect(shape, left - more, low - more, left + side + more, low + side + more)
            yield from (part for part in shapely.get_parts(cut) if not part.is_empty)


def _parts(pieces: Iterable[tuple[str, str, BaseGeometry]]) -> Iterator[Part]:
    """The pieces of each kind together, in the order in which they came."""
    together: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for kind, of, piece in pieces:
        # Outer rims run counter-clockwise, holes clockwise, and each outer rim stands before its holes.
        rims = shapely.get_rings(shapely.orient_polygons(piece)) if kind in AREAS else [piece]
        together[kind, of].extend(shapely.get_coordinates(rim) for rim in rims)
    for (kind, of), paths in together.items():
        yield Part(kind, of, tuple(paths))
