"""Provinces and countries as polygons: for counting reports by area, and for a country's name on its land."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import geopandas as gpd
import shapely

from geodata.timemap.basemap.cells import AREA, AREA_STEP, Part, Path, pack
from tools.basemap.names import COUNTRY_OF, names_of
from tools.basemap.packages import Fetched

PROVINCE_TOLERANCE = 0.02
"""Degrees by which a province's line may differ from its source; neighbours keep their line in common."""

RENAMED = {"UNDOF": "Quneitra"}
"""Provinces that the source calls after who watches over them."""


def provinces(fetched: Fetched) -> gpd.GeoDataFrame:
    """First-level provinces of the world, by country and name.

    ``name`` is the source's own, ``names`` those by language, ``country`` ISO 3166-1 alpha-2 or blank; ``within``
    is the same, or the source's code of who holds it where ISO has none. ``zoom`` is that from which it is named, at
    ``longitude`` and ``latitude``.
    """
    source = gpd.read_file(fetched.provinces)
    source = source[source["name"].notna() & source.geometry.notna()].reset_index(drop=True)
    skipped = ("name_len", "name_alt")
    languages = [name for name in source.columns if name.startswith("name_") and len(name) <= 8 and name not in skipped]
    listed = gpd.GeoDataFrame(
        {
            "name": source["name"].replace(RENAMED),
            "names": [names_of(row, languages) for row in source[languages].to_dict("records")],
            "country": [COUNTRY_OF.get(code, iso if isinstance(iso, str) and len(iso) == 2 and iso != "-1" else "")
                        for code, iso in zip(source["adm1_code"], source["iso_a2"], strict=True)],
            "zoom": source["min_label"].where(source["min_label"] > 0, 9.0).astype(float),
            "longitude": source["longitude"],
            "latitude": source["latitude"],
        },
        geometry=shapely.force_2d(shapely.make_valid(source.geometry.values)), crs="EPSG:4326",
    )  # fmt: skip
    listed["within"] = listed["country"].where(listed["country"] != "", source["adm0_a3"])
    point = listed.geometry.representative_point()
    far = listed["longitude"].isna() | listed["latitude"].isna() | (listed["latitude"] == 0)
    listed.loc[far, "longitude"], listed.loc[far, "latitude"] = point.x[far], point.y[far]
    return listed.sort_values(["country", "name"], kind="stable").reset_index(drop=True)


def members(listed: gpd.GeoDataFrame) -> Iterator[tuple[str, bytes]]:
    """For each country two members of the archive, called after it (by the source's code where ISO has none).

    ``areas/XX`` has its provinces, each a part with the province's number as ``of``; ``areas/XX.names`` their names.
    """
    shapes = shapely.coverage_simplify(_polygonal(listed), PROVINCE_TOLERANCE)
    for code, numbers in listed.groupby("within").groups.items():
        some = listed.loc[numbers]
        parts = [Part(AREA, str(number), _rims(shape)) for number, shape in enumerate(shapes[numbers])]
        told = {"country": some["country"].iloc[0], "name": list(some["name"]), "names": list(some["names"])}
        yield f"areas/{code}", pack(parts, 0, 0, AREA_STEP)
        yield f"areas/{code}.names", gzip.compress(json.dumps(told, ensure_ascii=False).encode(), mtime=0)


def _rims(shape: shapely.Geometry) -> tuple[Path, ...]:
    # Antarctica's rim runs along the pole from one end of the world to the other, further than a step can tell.
    whole = shapely.orient_polygons(shapely.segmentize(shape, 90.0))
    return tuple(map(shapely.get_coordinates, shapely.get_rings(shapely.get_parts(whole))))


def _polygonal(listed: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    """The polygons alone of shapes that were made valid, which may have left a line beside them."""
    return [shapely.multipolygons([part for part in shapely.get_parts(shapely.get_parts(shape))
                                   if part.geom_type == "Polygon"]) for shape in listed.geometry]  # fmt: skip
