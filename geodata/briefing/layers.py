"""The case's layers on paper, over the land and under the marks, with the signs of ``timemap/layersigns.js``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyproj
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from geodata.briefing.frame import Frame
from geodata.briefing.land import path_of
from geodata.briefing.print import Print
from geodata.briefing.sheet import MUTED, WHITE, Box, Sheet
from geodata.model.layers import look
from geodata.store.layers.layer import Layer

DIAMOND = 6
"""Pixels of the screen from the middle of a point's sign to a corner; ``layersigns.js`` has the same."""

TITLE = "Layers: as their sources say; not reports"

MOST_LISTED = 6
"""Layers in the legend of a print; those beyond them are named in the foot of the page."""

LOWEST = 50
"""The drawing order of the first layer: the land lies below it."""


def drawn(printed: Print) -> list[Layer]:
    """The layers that the window of a print touches."""
    chosen = printed.chosen
    return [layer for layer in printed.dataset.layers if layer.is_in_window(chosen.first, chosen.last)]


def further(printed: Print) -> str:
    """The layers that the legend has no room for, in a sentence; blank where there is none."""
    named = "; ".join(map(words, drawn(printed)[MOST_LISTED:]))
    return f"Further layers: {named}." if named else ""


def words(layer: Layer) -> str:
    """A layer as a print names it: with its source, its span and its terms."""
    span = layer.record.spoken_span
    return layer.record.credit + (f" ({span})" if span else "")


def paint(axes: Axes, frame: Frame, printed: Print, unit: float) -> None:
    """Paints the layers over the land, whose axes these are; ``unit`` is the size in points of a pixel of a sign."""
    chosen = printed.chosen
    for order, layer in enumerate(drawn(printed), start=LOWEST):
        if layer.picture:
            from geodata.briefing import scanned  # noqa: PLC0415  # few cases have scanned maps, and need rasterio

            scanned.paint(axes, frame, layer.picture, order)
            continue
        shapes = [one.geometry for one in layer.in_window(chosen.first, chosen.last)]
        _shapes(axes, layer, list(_projected(frame, shapes)), unit, order)
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))


def _projected(frame: Frame, shapes: list[Any]) -> Iterable[Any]:
    """The parts of shapes that the frame shows, in metres of its projection: points, lines and polygons."""
    west, south, east, north = frame.bounds()
    room = 1 if east - west < 350 else -1e-6  # of the whole world, what is beyond an edge would be drawn at the other
    window = shapely.box(west - room, south - 1, east + room, north + 1)
    turned = [_turned(np.array(shapes, object), aside) for aside in (0, -360, 360, -720, 720)]
    near = shapely.intersection(np.concatenate(turned), window)
    bent = shapely.segmentize(near[~shapely.is_empty(near)], 0.5)  # straight lines in degrees are curves here
    transformer = pyproj.Transformer.from_crs("EPSG:4326", frame.crs, always_xy=True)
    for shape in shapely.transform(bent, transformer.transform, interleaved=False):
        stack = [shape]
        while stack:
            part = stack.pop()
            if hasattr(part, "geoms"):
                stack += part.geoms
            elif np.isfinite(shapely.get_coordinates(part)).all():
                yield part


def _turned(shapes: Any, aside: float) -> Any:
    """Shapes so many degrees further east, for a layer on the 180th meridian is of either side of it."""
    return shapely.transform(shapes, lambda longitude, latitude: (longitude + aside, latitude), interleaved=False)


def _shapes(axes: Axes, layer: Layer, parts: list[Any], unit: float, order: int) -> None:
    """Areas, lines and points of a layer, each on a light casing."""
    colour, dash = look(layer.number)
    areas = [part for part in parts if part.geom_type == "Polygon"]
    lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
    points = [part for part in parts if part.geom_type == "Point"]
    for area in areas:
        _hatched(axes, path_of(area), layer.number, unit, order)
    rims = [ring for area in areas for ring in (area.exterior, *area.interiors)]
    for lines_of, thin, wide in ((rims, 1.2, 2.6), (lines, 2.2, 4.5)):
        for line in lines_of:
            x, y = shapely.get_coordinates(line).T
            axes.add_line(Line2D(x, y, color=WHITE, alpha=0.85, linewidth=wide * unit, zorder=order + 0.1))
            axes.add_line(Line2D(x, y, color=colour, linewidth=thin * unit, linestyle=_dashes(dash, thin),
                                 dash_capstyle="butt", zorder=order + 0.2))  # fmt: skip
    for point in points:
        for style, wide in ((WHITE, 4.0), (colour, 2.0)):
            axes.add_line(_diamond(point.x, point.y, style, wide=wide, unit=unit, order=order + 0.3))


def _dashes(dash: tuple[int, ...], thin: float) -> Any:
    """Matplotlib's pattern, whose lengths are in parts of the line's width."""
    return 0, tuple(length / thin for length in dash)


def _hatched(axes: Axes, path: Path, number: int, unit: float, order: float) -> None:
    colour, _ = look(number)
    hatch = "\\\\" if number % 2 == 0 else "//"
    patch = PathPatch(path, facecolor="none", edgecolor=colour, linewidth=0, hatch=hatch, zorder=order)
    patch.set_hatch_linewidth(0.8 * unit)
    patch.set_alpha(0.55)
    axes.add_patch(patch)


def _diamond(x: float, y: float, colour: str, *, wide: float, unit: float, order: float) -> Line2D:
    side = 2 * DIAMOND * unit / 2**0.5
    return Line2D([x], [y], marker="D", markersize=side, markerfacecolor="none", markeredgecolor=colour,
                  markeredgewidth=wide * unit, linestyle="none", zorder=order)  # fmt: skip


def sample(sheet: Sheet, x: float, y: float, layer: Layer, unit: float) -> None:
    """The sign of a layer in the legend, about a point of the page."""
    colour, dash = look(layer.number)
    half, tall = 9 * unit, 6 * unit
    box = Box(x - half, y - tall, 2 * half, 2 * tall)
    if layer.picture:
        sheet.box(box, fill=False, edgecolor=MUTED, linewidth=unit)
        sheet.line([(x - half, y - 4 * unit), (x - 3 * unit, y + 2 * unit), (x + unit, y - 3 * unit),
                    (x + 4 * unit, y), (x + half, y - 4 * unit)], colour=MUTED, width=unit)  # fmt: skip
    elif layer.kind == "points":
        sheet.add(_diamond(x, y, colour, wide=2.0, unit=unit, order=0))
    elif layer.kind == "lines":
        sheet.add(Line2D([x - half, x + half], [y, y], color=colour, linewidth=2.2 * unit,
                         linestyle=_dashes(tuple(round(length * 0.6) or 1 for length in dash), 2.2)))  # fmt: skip
    else:
        hatch = "\\\\\\\\" if layer.number % 2 == 0 else "////"
        sheet.box(box, facecolor="none", edgecolor=colour, linewidth=1.2 * unit, hatch=hatch, linestyle=(0, (3, 2)))
