"""What is asked of a printed page: which reports, which part of the map, and how they are coloured and named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa

from geodata import __version__
from geodata.briefing.around import around, grown
from geodata.exports.attribution import rows_of
from geodata.model.names import LABEL, namings
from geodata.model.region import Extent
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap import extents, marks

MARGIN, SHARE = 0.25, 0.05
"""Degrees round what a map is framed on, and their share of its width or height where that is more: a mark at the edge
would be cut."""


@dataclass(frozen=True)
class Print:
    """A selection and how it is to be printed. ``made`` is the date on the print: the same print has the same bytes.

    ``extent`` is ``None`` for what the map opens on; ``fitted`` narrows the map to the marks that lie there, or to all
    where none does; ``scheme`` is a key of `marks.schemes`, blank for the first;
    ``naming`` a key of `namings` or the code of a language; a blank ``title`` is made from the selection; ``link`` the
    address of the same view on screen. Raises ``ValueError`` for a scheme or a naming that does not exist.
    """

    dataset: Dataset
    chosen: Selection
    made: date
    extent: Extent | None = None
    scheme: str = ""
    naming: str = LABEL
    title: str = ""
    link: str = ""
    version: str = __version__
    fitted: bool = False

    def __post_init__(self) -> None:
        ways = [*namings(self.dataset.case), *self.dataset.case.languages]
        if self.naming not in ways:
            raise ValueError(f"{self.naming!r} is no way to name places (one of: {', '.join(ways)})")
        if self.scheme and self.scheme not in marks.schemes(self.dataset):
            raise ValueError(f"{self.scheme!r} colours nothing here (one of: {', '.join(marks.schemes(self.dataset))})")

    @property
    def made_by(self) -> str:
        """The program, as a file's own record of its making names it."""
        return f"Attest {self.version}".strip()

    @property
    def colouring(self) -> marks.Scheme:
        """The scheme that ``scheme`` names."""
        schemes = marks.schemes(self.dataset)
        return schemes[self.scheme or next(iter(schemes))]

    @property
    def rows(self) -> pa.Table:
        """The reports that a print may hold, in the order of ``row``."""
        return self._printable[0]

    @property
    def withheld(self) -> int:
        """How many of the selected reports no print may hold."""
        return self._printable[1]

    @cached_property
    def _printable(self) -> tuple[pa.Table, int]:
        return rows_of(self.dataset, self.chosen)

    @cached_property
    def region(self) -> Extent:
        """What the map shows at least: the box on screen, or that of the marks where it is ``fitted`` to them."""
        on_screen = self._on_screen()
        if not self.fitted:
            return on_screen
        rows = self.rows.to_pylist()
        return around(rows, grown(on_screen)) or around(rows) or on_screen

    def _on_screen(self) -> Extent:
        """``extent`` where it is given, else what the map on screen opens on."""
        if self.extent:
            return self.extent
        if home := self.dataset.case.home:
            return home.extent
        west, south, east, north = extents.framed(self.dataset)
        aside, above = max(MARGIN, SHARE * (east - west)), max(MARGIN, SHARE * (north - south))
        aside = min(aside, (360 - (east - west)) / 2)
        if east <= 180:  # what does not reach across the antimeridian ends there
            aside = max(0.0, min(aside, 180 - east, west + 180))
        return west - aside, max(south - above, -90.0), east + aside, min(north + above, 90.0)
