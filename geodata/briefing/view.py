"""What a briefing is made of: a view of the data, and the page shapes it is printed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from geodata.model.names import LABEL, namings
from geodata.model.region import Extent
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap import marks

VERSION = version("attest")


class Unprintable(ValueError):
    """What was asked for cannot be printed; the message says why."""


@dataclass(frozen=True)
class View:
    """A selection as it is to be printed. ``made`` is the date on the print: the same view prints the same bytes.

    ``extent`` is ``None`` for what the map opens on; ``scheme`` is a key of `marks.schemes`; ``naming`` a key of
    `namings` or the code of a language; a blank ``title`` is made from the selection; ``link`` the
    address that restores the view. Raises ``ValueError`` for a scheme or a naming that does not exist.
    """

    dataset: Dataset
    chosen: Selection
    made: date
    extent: Extent | None = None
    scheme: str = "side"
    naming: str = LABEL
    title: str = ""
    link: str = ""
    version: str = VERSION

    def __post_init__(self) -> None:
        ways = [*namings(self.dataset.case), *self.dataset.case.languages]
        if self.naming not in ways:
            raise ValueError(f"{self.naming!r} is no way to name places (one of: {', '.join(ways)})")
        if self.scheme not in marks.schemes(self.dataset):
            raise ValueError(f"{self.scheme!r} colours nothing here (one of: {', '.join(marks.schemes(self.dataset))})")

    @property
    def region(self) -> Extent:
        """The extent to be shown: the one asked for, else that of the screen's first view."""
        if self.extent:
            return self.extent
        if home := self.dataset.case.home:
            return home.extent
        west, south, east, north = marks.extent(self.dataset)
        margin = 0.25
        low, high = max(south - margin, -90.0), min(north + margin, 90.0)
        return max(west - margin, -180.0), low, min(east + margin, 180.0), high


@dataclass(frozen=True)
class Shape:
    """A page: its size, margin and type sizes in points, and how many columns a page of key has.

    ``beside`` puts legend and key beside the map, else they stand below it. ``trimmed`` cuts the page to what is on it.
    """

    name: str
    width: float
    height: float
    margin: float
    text: float
    lead: float
    title: float
    columns: int
    gap: float
    beside: bool
    trimmed: bool = False


_MM = 72 / 25.4

SHAPES: Mapping[str, Shape] = {
    "slide": Shape("Slide, 16:9", 960.0, 540.0, 26.0, 9.0, 11.0, 20.0, 3, 16.0, beside=True),
    "a4-portrait": Shape("A4, upright", 210 * _MM, 297 * _MM, 36.0, 6.6, 8.4, 15.0, 3, 14.0, beside=False),
    "a4-landscape": Shape("A4, across", 297 * _MM, 210 * _MM, 32.0, 6.6, 8.4, 15.0, 3, 14.0, beside=True),
    "column": Shape("Column, 85 mm", 85 * _MM, 235 * _MM, 5.0, 5.6, 6.4, 10.0, 1, 8.0, beside=False, trimmed=True),
}
"""Page shapes by key. The smallest type is 9 points on the slide, 6.5 on A4 and 5.5 in the column."""
