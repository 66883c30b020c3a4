"""Provinces and countries of the land as polygons: to count reports by, and to write a country's name on.

A country of a place is never taken from them: it stands in the place's own record.
"""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import pandas as pd
import shapely

from geodata.timemap.basemap import archive
from geodata.timemap.basemap.cells import polygons, unpack


@cache
def provinces() -> gpd.GeoDataFrame:
    """First-level provinces of the world, WGS 84.

    ``name`` is the source's own, ``names`` those by language (ISO 639-1), ``country`` ISO 3166-1 alpha-2 or blank. The
    frame is shared: don't change it.
    """
    return gpd.GeoDataFrame(pd.concat(map(_of, archive.area_codes()), ignore_index=True), crs="EPSG:4326")


@cache
def countries() -> gpd.GeoDataFrame:
    """Countries with an ISO code, ``country``, as their provinces make them up. WGS 84; shared as `provinces`."""
    coded = provinces()[["country", "geometry"]]
    return coded[coded["country"] != ""].dissolve("country", method="unary").reset_index()


def _of(code: str) -> gpd.GeoDataFrame:
    told = archive.told(f"areas/{code}.names")
    packed = archive.member(f"areas/{code}")
    assert told and packed, "each country has both members"
    shapes = {int(part.of): shapely.MultiPolygon(polygons(part)) for part in unpack(packed)}
    whole = shapely.make_valid([shapes.get(number, shapely.MultiPolygon()) for number in range(len(told["name"]))])
    return gpd.GeoDataFrame(
        {"name": told["name"], "names": told["names"], "country": told["country"]}, geometry=whole, crs="EPSG:4326"
    )
