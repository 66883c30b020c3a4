"""Shapes of the world cut into the cells of a level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.timemap.basemap.cells import AREAS, Part, Path, opened, pack
from geodata.timemap.basemap.grid import OVERLAP, Cell, Level
from tools.basemap.lines import Drawn

SIDES = (180, 90, 30)
"""Degrees of the blocks that a shape is cut into before cells: a cut costs as much as the shape has points."""


def cells(level: Level, shapes: Iterable[Drawn]) -> dict[Cell, bytes]:
    """The cells of a level that have something to draw, packed."""
    found: dict[Cell, list[tuple[str, str, BaseGeometry]]] = defaultdict(list)
    for kind, of, shape in shapes:
        for cell, piece in _pieces(level, shape, kind in AREAS):
            found[cell].append((kind, of, piece))
    packed = {cell: pack(_parts(found[cell]), *level.corner(cell), level.step, level.edges) for cell in sorted(found)}
    return {cell: data for cell, data in packed.items() if opened(data)[0]["parts"]}


def _pieces(level: Level, shape: BaseGeometry, is_area: bool) -> Iterator[tuple[Cell, BaseGeometry]]:
    """A shape's pieces by cell."""
    sides = [*(side for side in SIDES if side > level.size), level.size]
    more = OVERLAP * level.size if is_area else 0.0
    yield from ((level.cell_at(*corner), piece) for corner, piece in _blocks(shape, (-180, -90), 360, sides, more))


def _blocks(
    shape: BaseGeometry, corner: tuple[int, int], within: int, sides: Sequence[int], more: float
) -> Iterator[tuple[tuple[int, int], BaseGeometry]]:
    """What of a shape is in each block of the last of ``sides``, within the block of ``within`` degrees at ``corner``.

    Each piece reaches ``more`` degrees beyond its block.
    """
    if not sides:
        yield corner, shape
        return
    side, *smaller = sides
    west, south, east, north = shape.bounds
    for left in range(corner[0], corner[0] + within, side):
        for low in range(corner[1], min(corner[1] + within, 90), side):
            edges = (left - more, low - more, left + side + more, low + side + more)
            if east < edges[0] or west > edges[2] or north < edges[1] or south > edges[3]:
                continue
            for piece in shapely.get_parts(shapely.clip_by_rect(shape, *edges)):
                if not piece.is_empty:
                    yield from _blocks(piece, (left, low), side, smaller, more)


def _parts(pieces: Iterable[tuple[str, str, BaseGeometry]]) -> Iterator[Part]:
    """The pieces of each kind together, in the order in which they came."""
    together: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for kind, of, piece in pieces:
        # Outer rims run counter-clockwise, holes clockwise, and each outer rim stands before its holes.
        rims = shapely.get_rings(shapely.orient_polygons(piece)) if kind in AREAS else [piece]
        together[kind, of].extend(shapely.get_coordinates(rim) for rim in rims)
    for (kind, of), paths in together.items():
        yield Part(kind, of, tuple(paths))
