"""The offline base map: the land of the whole world, cut into cells of three levels, and the names on it.

Origin
    Natural Earth (public domain) and GeoNames (CC BY 4.0), cut by ``tools/basemap``; ORIGIN.md says where each part
    comes from.

Frame
    WGS 84, longitude first. Lines are straight in longitude and latitude, not along great circles.

The areas are for drawing and counting. A country of a place is never derived from them: it stands in its own record.
"""

from __future__ import annotations

__all__ = ["COLOURS", "CREDIT", "DISCLAIMER", "NOTICE"]

CREDIT = "Natural Earth, public domain; names of towns: GeoNames, CC BY 4.0"
"""Where the base map comes from, to be shown with a map."""

DISCLAIMER = (
    "The base map is for orientation. The borders and names on it are those of its source; showing them implies "
    "neither endorsement nor recognition, and no opinion on the status of any territory."
)
"""What the borders on the map do not say, to be shown with a map."""

NOTICE = "Base map: Natural Earth, GeoNames. Borders imply no endorsement."
"""The same in one line, for the corner of a map on screen."""

COLOURS = {
    "sea": "#dce6ee",
    "land": "#f7f5f0",
    "shore": "#a9c3d6",
    "province": "#d8d2c6",
    "border": "#9c9486",
}
"""Of the base map, on screen and on paper. Lines: ``shore`` of seas, lakes and rivers, ``province``, and
``border``, which is dashed where its source marks it as disputed."""
