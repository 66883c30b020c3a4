"""The base map, cut from Natural Earth: ``python -m tools.basemap``."""
