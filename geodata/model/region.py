"""A part of the Earth: its edges, and a finer base map of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Extent = tuple[float, float, float, float]
"""West, south, east, north: degrees, WGS 84. The order of GeoJSON's ``bbox``, kept everywhere."""

KM_PER_DEGREE = 111.2
"""Kilometres of a degree of latitude, on a sphere of the Earth's mean radius."""

WORLD_PIXELS = 256
"""Pixels round the world at zoom 0, as web maps have it (Web Mercator); each further zoom doubles them."""


@dataclass(frozen=True, eq=False)  # compared by identity, so that what is worked out of it can be kept by it
class Region:
    """A base map finer than that of the world, as a case may bring it in ``region.json``.

    ``features`` is a GeoJSON feature collection in drawing order; each feature's ``kind`` is land, lake, river,
    province or border, and a land has ``name`` and ``iso`` (ISO 3166-1 alpha-2, or null). It is cut at ``extent``.
    """

    extent: Extent
    features: Mapping[str, Any]
