"""The offline base map: country polygons of the world. A case may bring a finer one of its region, ``region.json``.

Origin
    Natural Earth (public domain), cut and simplified by ``tools/basemap``; ORIGIN.md states where each part comes from.

Frame
    WGS 84, longitude first, degrees rounded to three decimals (about 100 m). Outer rings run counter-clockwise (RFC
    7946). Lines are straight in longitude and latitude, not along great circles.

The polygons are for drawing. A country is never derived from them: where a place lies is stated in its own record.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, cast

__all__ = ["COLOURS", "CREDIT", "DISCLAIMER", "NOTICE", "world"]

CREDIT = "Natural Earth, public domain"
"""Where the base map comes from, to be shown with a map."""

DISCLAIMER = (
    "The base map is for orientation. The borders and names on it are those of its source; showing them implies "
    "neither endorsement nor recognition, and no opinion on the status of any territory."
)
"""What the borders on the map do not say, to be shown with a map."""

NOTICE = "Base map: Natural Earth. Borders imply no endorsement."
"""The same in one line, for the corner of a map on screen."""

COLOURS = {
    "sea": "#dce6ee",
    "land": "#f7f5f0",
    "shore": "#a9c3d6",
    "country": "#b9b2a6",
    "province": "#d8d2c6",
    "border": "#9c9486",
}
"""Of the base map, on screen and on paper. Lines: ``shore`` of lakes and rivers, ``country`` on the map of the world,
``province`` and ``border`` on the fine map of the region."""


def _load(name: str) -> dict[str, Any]:
    """Read one of the package's GeoJSON files."""
    return cast(dict[str, Any], json.loads(files(__name__).joinpath(name).read_text(encoding="utf-8")))


@cache
def world() -> dict[str, Any]:
    """Return the countries of the world as a GeoJSON feature collection, without Antarctica.

    Properties: ``name`` (English) and ``iso`` (ISO 3166-1 alpha-2, or None where the source has no code). Origin:
    Natural Earth 4.1.0 at 1:50m, simplified, with more detail in Europe and western Asia. Frame: WGS 84, longitude
    first, between -180 and 180; polygons are cut at the 180th meridian. The object is shared: don't change it.
    """
    return _load("world.json")
