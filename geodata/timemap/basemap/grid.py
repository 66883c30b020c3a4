"""How the land is cut: its levels, the cells of each, and which cells a box of degrees touches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.model.region import Extent

Cell = tuple[int, int]
"""Column from 180 degrees west, and row from 90 degrees south."""


OVERLAP = 0.004
"""Share of a cell's side by which its areas reach into its neighbours, so that no seam shows between them."""


@dataclass(frozen=True)
class Level:
    """A scale of the land. ``zoom`` is that from which it is drawn, ``size`` a cell's sides and ``step`` its grid, both
    in degrees.
    """

    name: str
    zoom: float
    size: int
    step: float

    @property
    def columns(self) -> int:
        return 360 // self.size

    @property
    def rows(self) -> int:
        return 180 // self.size

    def corner(self, cell: Cell) -> tuple[int, int]:
        """West and south of a cell, in degrees."""
        return cell[0] * self.size - 180, cell[1] * self.size - 90

    def cell_at(self, longitude: float, latitude: float) -> Cell:
        """The cell in which a point lies."""
        row = int((latitude + 90) // self.size)
        return int((longitude + 180) // self.size) % self.columns, min(row, self.rows - 1)

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """West, south, east, north of what a cell's areas are cut to, in steps from its corner."""
        more = round(OVERLAP * self.size / self.step)
        return -more, -more, round(self.size / self.step) + more, round(self.size / self.step) + more

    def placed(self, box: Extent) -> Iterator[tuple[Cell, int]]:
        """The cells that a box touches, row by row, each with the turns round the earth to where the box has it: 1 for
        what lies beyond 180 degrees east.
        """
        west, south, east, north = box
        first, last = math.floor((west + 180) / self.size), math.floor((east + 180) / self.size)
        low, high = math.floor((south + 90) / self.size), math.floor((north + 90) / self.size)
        for row in range(max(low, 0), min(high, self.rows - 1) + 1):
            for column in range(first, last + 1):
                yield (column % self.columns, row), column // self.columns

    def touched(self, box: Extent) -> Iterator[Cell]:
        """The cells that a box touches, row by row; its ``east`` may be beyond 180. No cell comes twice."""
        yield from dict.fromkeys(cell for cell, _ in self.placed(box))


LEVELS = (Level("110m", 0.0, 180, 0.02), Level("50m", 4.0, 15, 0.005), Level("10m", 6.5, 6, 0.001))
"""Scales of Natural Earth, the coarsest first."""

NAMES = (Level("world", 0.0, 180, 0.0), Level("mid", 5.0, 12, 0.0), Level("fine", 8.5, 3, 0.0))
"""Names on the land, by importance; those of a level stand beside those of the levels before it."""
