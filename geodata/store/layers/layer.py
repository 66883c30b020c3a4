"""What a layer of a case is once its file is read: features with their spans, or a picture with its corners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from geodata.model.layers import CaseLayer
from geodata.model.region import Extent

MOST_BYTES = 200_000_000
"""Of a layer's file."""

MOST_POINTS = 200_000
"""Corners of a layer's lines and areas that a browser draws without delay."""

FINE_POINTS, SIMPLIFIED = 50_000, 0.0009
"""Corners up to which a layer is drawn as it is; one with more is simplified by so many degrees: 100 m, from south to
north."""

MOST_PIXELS = 16_000_000
"""Of a picture; a larger one is scaled down."""


PARTS = {".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".wld", ".pgw", ".pngw", ".jgw", ".jpgw", ".jpegw",
         ".tfw", ".tifw", ".tiffw", ".tab", ".imd", ".rpb"}  # fmt: skip
"""Endings of files that belong to a layer's own: those of a shapefile, and those that tell where a picture lies."""

BESIDE = (".aux.xml", ".ovr", ".msk", "-wal", "-journal")
"""What GDAL or SQLite add to the whole name of a file for one that belongs to it."""


def is_part(path: PurePath, of: PurePath) -> bool:
    """Whether a file belongs to another beside it, as GDAL finds it: in letters of either case."""
    if path.parent != of.parent:
        return False
    name, whole = path.name.casefold(), of.name.casefold()
    has_stem = path.stem.casefold() == of.stem.casefold() and path.suffix.casefold() in PARTS
    return has_stem or any(name == whole + ending for ending in BESIDE)


class Unfit(ValueError):
    """A layer that cannot be drawn: what is wrong and how to mend it, and the field of its record that it is about."""

    def __init__(self, message: str, field: str = "file") -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Feature:
    """A point, line or area of a layer, with the first and the last day on which it may hold.

    ``geometry`` is in WGS 84, longitude first. An open end is `dates.OPEN_START` or `dates.OPEN_END`.
    """

    name: str
    first: date
    last: date
    geometry: Any


@dataclass(frozen=True)
class Picture:
    """An image in Web Mercator: WebP, its size in pixels, and its edges (west, south, east, north in degrees)."""

    content: bytes
    width: int
    height: int
    edges: Extent


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer that can be drawn. ``number`` is its place in the list of ``case.yaml``, from 1."""

    number: int
    record: CaseLayer
    kind: str
    """One of points, lines, areas, shapes (several of these) and image."""
    features: tuple[Feature, ...] = ()
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    """How the file was read, a sentence each."""
    limits: tuple[str, ...] = ()
    """What of the file is not drawn as fine as it is there, a sentence each."""

    def in_window(self, first: date | None, last: date | None) -> list[Feature]:
        """The features that a window touches; all without a window."""
        if first is None or last is None:
            return list(self.features)
        return [one for one in self.features if one.first <= last and one.last >= first]

    def is_in_window(self, first: date | None, last: date | None) -> bool:
        """Whether there is something to draw in a window."""
        if self.picture is None:
            return bool(self.in_window(first, last))
        return first is None or last is None or self.record.span.touches(first, last)
