"""The base map of a frame: cut, projected and painted with geopandas, as calm as on screen.

Borders are those of the source and imply no endorsement (see ``geodata/timemap/basemap``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import shapely
from matplotlib.axes import Axes

from geodata.briefing.frame import Frame
from geodata.model.region import Extent, Region
from geodata.timemap import basemap

SEA, LAND, SHORE = (basemap.COLOURS[name] for name in ("sea", "land", "shore"))

_STYLES: dict[str, dict[str, Any]] = {
    "world": {"facecolor": LAND, "edgecolor": basemap.COLOURS["country"], "linewidth": 0.5},
    "sea": {"facecolor": SEA, "edgecolor": "none"},
    "land": {"facecolor": LAND, "edgecolor": LAND, "linewidth": 0.2},
    "lake": {"facecolor": SEA, "edgecolor": SHORE, "linewidth": 0.5},
    "river": {"color": SHORE, "linewidth": 0.5},
    "province": {"color": basemap.COLOURS["province"], "linewidth": 0.45},
    "border": {"color": basemap.COLOURS["border"], "linewidth": 0.85},
}
"""Layers in drawing order."""

FINE = 1_900_000
"""Metres of a frame's width up to which a case's finer map of its region is drawn."""


def paint(axes: Axes, frame: Frame, region: Region | None) -> None:
    """Paints sea, land, lakes, rivers and borders over the axes, whose data are then metres of the projection."""
    rectangle = gpd.GeoSeries([frame.rectangle()])
    rectangle.plot(ax=axes, aspect=None, autolim=False, zorder=0, facecolor=SEA)
    edges = (frame.west, frame.south, frame.east, frame.north)
    for order, (layer, shapes) in enumerate(_layers(frame.crs, edges, frame.bounds(), region)):
        shapes.plot(ax=axes, aspect=None, autolim=False, zorder=order + 1, **_STYLES[layer])
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
    axes.set_axis_off()


@lru_cache(maxsize=32)
def _layers(
    crs: str, edges: tuple[float, float, float, float], bounds: Extent, region: Region | None
) -> list[tuple[str, gpd.GeoSeries]]:
    """The layers with something to show, cut to ``edges``: west, south, east, north in metres of the projection."""
    layers = {"world": _world()}
    if region and edges[2] - edges[0] <= FINE:
        layers["sea"] = gpd.GeoSeries([shapely.box(*region.extent)], crs="EPSG:4326")
        fine = _fine(region)
        kinds = ("land", "lake", "river", "province", "border")
        layers |= {kind: fine[fine["kind"] == kind].geometry.make_valid() for kind in kinds}
    margin = 1.0  # degrees beyond the frame, so that no cut edge is seen
    window = shapely.box(*_grown(bounds, margin))
    done = []
    for layer, shapes in layers.items():
        near = gpd.GeoSeries(shapely.intersection(shapes.values, window), crs=shapes.crs)
        near = near[~near.is_empty]
        # Straight lines in degrees are curves here: points every half degree let them bend.
        drawn = near.segmentize(0.5).to_crs(crs).clip_by_rect(*_widened(edges))
        drawn = drawn[~drawn.is_empty]
        if len(drawn):
            done.append((layer, drawn))
    return done


@dataclass(frozen=True)
class Country:
    """A country's land within a frame, for writing its name there: ``area`` in points of the page.

    ``iso`` is blank where the source gives no code.
    """

    name: str
    iso: str
    area: shapely.Geometry


def countries(frame: Frame, region: Region | None) -> list[Country]:
    """The countries seen in a frame, the larger first, with the base map's English names."""
    fine = region if frame.east - frame.west <= FINE else None
    edges = (frame.west, frame.south, frame.east, frame.north)
    everywhere = _countries(fine, frame.crs, edges, frame.bounds())
    scale = frame.points_per_metre
    seen = []
    for name, iso, metres in everywhere:
        area = shapely.transform(
            metres, lambda at: (at - (frame.west, frame.south)) * scale + (frame.box.x, frame.box.y)
        )
        seen.append(Country(name, iso, area))
    return sorted(seen, key=lambda country: -country.area.area)


@lru_cache(maxsize=64)
def _countries(
    region: Region | None, crs: str, edges: tuple[float, float, float, float], bounds: Extent
) -> list[tuple[str, str, shapely.Geometry]]:
    shapes = gpd.GeoDataFrame.from_features(basemap.world(), crs="EPSG:4326") if region is None else _fine(region)
    if region is not None:
        shapes = shapes[shapes["kind"] == "land"]
    window = shapely.box(*_grown(bounds, 1.0))
    shapes = shapes.set_geometry(shapely.intersection(shapes.geometry.make_valid().values, window))
    shapes = shapes[~shapes.geometry.is_empty].set_crs("EPSG:4326", allow_override=True)
    cut = shapes.geometry.segmentize(0.5).to_crs(crs).clip_by_rect(*edges)
    found = zip(shapes["name"], shapes["iso"], cut, strict=True)
    return [(name, iso or "", shapely.force_2d(area)) for name, iso, area in found if not area.is_empty]


def _widened(edges: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The frame with a margin of a hundredth, so that no edge of a cut polygon is drawn as a border."""
    more = (edges[2] - edges[0]) / 100
    return edges[0] - more, edges[1] - more, edges[2] + more, edges[3] + more


@lru_cache
def _world() -> gpd.GeoSeries:
    return gpd.GeoDataFrame.from_features(basemap.world(), crs="EPSG:4326").geometry.make_valid()


@lru_cache(maxsize=4)
def _fine(region: Region) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(region.features, crs="EPSG:4326")


def _grown(bounds: Extent, degrees: float) -> Extent:
    west, south, east, north = bounds
    return west - degrees, south - degrees, east + degrees, north + degrees
