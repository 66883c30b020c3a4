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

from geodata.briefing.frame import Extent, Frame
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
"""Metres of a frame's width up to which the detailed map of the region is drawn."""


def paint(axes: Axes, frame: Frame) -> None:
    """Paints sea, land, lakes, rivers and borders over the axes, whose data are then metres of the projection."""
    rectangle = gpd.GeoSeries([frame.rectangle()])
    rectangle.plot(ax=axes, aspect=None, autolim=False, zorder=0, facecolor=SEA)
    edges = (frame.west, frame.south, frame.east, frame.north)
    for order, (layer, shapes) in enumerate(_layers(frame.crs, edges, frame.bounds())):
        shapes.plot(ax=axes, aspect=None, autolim=False, zorder=order + 1, **_STYLES[layer])
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
    axes.set_axis_off()


@lru_cache(maxsize=32)
def _layers(crs: str, edges: tuple[float, float, float, float], bounds: Extent) -> list[tuple[str, gpd.GeoSeries]]:
    """The layers that have something to show, cut to ``edges`` (metres of the projection)."""
    (south, west), (north, east) = basemap.REGION_BOX
    layers = {"world": _world()}
    if edges[2] - edges[0] <= FINE:
        layers["sea"] = gpd.GeoSeries([shapely.box(west, south, east, north)], crs="EPSG:4326")
        layers |= {kind: _region(kind) for kind in ("land", "lake", "river", "province", "border")}
    margin = 1.0  # degrees beyond the frame, so that no cut edge is seen
    window = shapely.box(bounds[1] - margin, bounds[0] - margin, bounds[3] + margin, bounds[2] + margin)
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


def countries(frame: Frame) -> list[Country]:
    """The countries seen in a frame, the larger first, with the base map's English names."""
    fine = frame.east - frame.west <= FINE
    edges = (frame.west, frame.south, frame.east, frame.north)
    everywhere = _countries("region" if fine else "world", frame.crs, edges, frame.bounds())
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
    which: str, crs: str, edges: tuple[float, float, float, float], bounds: Extent
) -> list[tuple[str, str, shapely.Geometry]]:
    features = basemap.region() if which == "region" else basemap.world()
    shapes = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    if which == "region":
        shapes = shapes[shapes["kind"] == "land"]
    window = shapely.box(bounds[1] - 1, bounds[0] - 1, bounds[3] + 1, bounds[2] + 1)
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


@lru_cache
def _region(kind: str) -> gpd.GeoSeries:
    frame = gpd.GeoDataFrame.from_features(basemap.region(), crs="EPSG:4326")
    return frame[frame["kind"] == kind].geometry.make_valid()
