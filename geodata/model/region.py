"""A part of the Earth: its edges, and a finer base map of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Extent = tuple[float, float, float, float]
"""West, south, east, north: degrees, WGS 84. The order of GeoJSON's ``bbox``, kept everywhere."""


@dataclass(frozen=True, eq=False)  # compared by identity, so that what is worked out of it can be kept by it
class Region:
    """A base map finer than that of the world, as a case may bring it in ``region.json``.

    ``features`` is a GeoJSON feature collection in drawing order; each feature's ``kind`` is land, lake, river,
    province or border, and a land has ``name`` and ``iso`` (ISO 3166-1 alpha-2, or null). It is cut at ``extent``.
    """

    extent: Extent
    features: Mapping[str, Any]
