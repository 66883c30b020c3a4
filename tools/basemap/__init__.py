"""The base map, cut from Natural Earth and GeoNames: ``python -m tools.basemap``."""
