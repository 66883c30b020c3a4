"""A part of the Earth: its edges."""

from __future__ import annotations

Extent = tuple[float, float, float, float]
"""West, south, east, north: degrees, WGS 84. The order of GeoJSON's ``bbox``, kept everywhere."""

KM_PER_DEGREE = 111.2
"""Kilometres of a degree of latitude, on a sphere of the Earth's mean radius."""

WORLD_PIXELS = 256
"""Pixels round the world at zoom 0, as web maps have it (Web Mercator); each further zoom doubles them."""
