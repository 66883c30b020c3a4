"""Reports by area as a calm picture: one hue, and a pattern where nothing is told, which is not a nought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import matplotlib
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from geodata.briefing import land, wording
from geodata.briefing.frame import Frame, fitted
from geodata.briefing.lettering import measure
from geodata.briefing.print import Print
from geodata.briefing.sheet import EDGE, INK, MUTED, Box, Sheet, drawing, save
from geodata.briefing.typeset import LEADING, Line, Run, wrap, write
from geodata.count import counting
from geodata.count.areas import Counted, Layer
from geodata.model.text import number_of
from geodata.tell import areas as said
from geodata.timemap import basemap

HUES = ("#d3e3f1", "#a3c8e4", "#639fce", "#2f74b0", "#123f75")
"""From few reports to many: one hue that only darkens, so that it is read without colours too."""

BARE, LINE, HATCH = "#fbfaf7", "#a8a192", "#8f8a80"
"""Of an area in which no report surely lies, its outline and its pattern."""

NOTHING, SOMEWHERE = "////", ".."
"""Patterns: of an area that nothing is told of, and of one in which some may lie."""

WIDTH, MAP, MARGIN, TITLE, TEXT = 600.0, 380.0, 14.0, 13.0, 8.5
"""Points: the page, the height of its map, and its types."""

MOST_NAMED = 12
"""Sources that are named, the most cited first."""


@dataclass(frozen=True)
class _Key:
    """A sample of the legend: the colour or pattern, and its words."""

    text: str
    colour: str
    pattern: str = ""


def picture(printed: Print, layer: Layer, counted: Counted, form: str = "png") -> bytes:
    """The counts of ``printed``'s selection as one file, ``form`` a key of `PICTURES`. The same bytes each time."""
    size = TEXT
    wide = WIDTH - 2 * MARGIN
    head = wrap([Run(f"{wording.title(printed)}: reports by area", "bold")], wide, TITLE)
    under = wrap([Run(said.sentence(counted), "bold")], wide, size)
    frame = fitted(printed.region, Box(MARGIN, 0, wide, MAP))
    drawn = _cut(layer, frame)
    keys = _keys(counted)
    notes = wrap([Run(_notes(printed, layer, counted, drawn), colour=MUTED)], wide, size)
    rows = _rows_of_keys(keys, wide, size)
    low = 2.6 * MARGIN + len(notes) * size * LEADING + rows * 1.7 * size
    high = len(head) * TITLE * LEADING + len(under) * size * LEADING
    frame = fitted(printed.region, Box(MARGIN, low, wide, MAP))
    sheet = Sheet(WIDTH, low + MAP + high + 2 * MARGIN)
    # Patterns take the width of their lines from the settings, when the page is saved.
    with drawing(), matplotlib.rc_context({"hatch.linewidth": 0.35}):
        _heading(sheet, head, under)
        axes = sheet.axes(frame.box)
        land.paint(axes, frame, printed.dataset.case.boundaries)
        _paint(axes, drawn, counted)
        _names(sheet, frame, drawn, counted, said.names(printed.dataset, layer, printed.naming))
        sheet.box(frame.box, fill=False, edgecolor=EDGE, linewidth=0.8)
        _legend(sheet, keys, low - MARGIN, wide, size)
        write(sheet, notes, MARGIN, MARGIN + (len(notes) - 1) * size * LEADING + 0.3 * size, size)
        [file] = save([sheet], form, title=wording.title(printed), made_by=printed.made_by)
    return file


def _heading(sheet: Sheet, head: Sequence[Line], under: Sequence[Line]) -> None:
    base = write(sheet, head, MARGIN, sheet.height - MARGIN - TITLE, TITLE)
    write(sheet, under, MARGIN, base + TITLE - TEXT - 2, TEXT)


def _cut(layer: Layer, frame: Frame) -> gpd.GeoSeries:
    """The areas as the frame shows them, in metres of its projection, by their number in the layer.

    An area that the frame shows on both sides of the 180th meridian has a shape for each.
    """
    west, south, east, north = land.window(frame.bounds())
    shapes = layer.areas.geometry
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        window = shapely.box(west - turn, south, east - turn, north)
        near = shapes[shapely.intersects(shapes.values, window)]
        cut = shapely.transform(shapely.intersection(near.values, window), lambda at, by=turn: at + np.array((by, 0.0)))
        placed = gpd.GeoSeries(cut, index=near.index, crs="EPSG:4326").segmentize(0.5).to_crs(frame.crs)
        pieces.append(placed.clip_by_rect(frame.west, frame.south, frame.east, frame.north))
    drawn = pd.concat(pieces)
    return drawn[~drawn.is_empty]


def _paint(axes: Axes, drawn: gpd.GeoSeries, counted: Counted) -> None:
    inside, touching = (counted.by_area[name].to_numpy()[drawn.index] for name in ("inside", "touching"))
    outline: dict[str, Any] = {"edgecolor": LINE, "linewidth": 0.4}
    layers = [(inside == 0) & (touching == 0), (inside == 0) & (touching > 0)]
    for kept, pattern in zip(layers, (NOTHING, SOMEWHERE), strict=True):
        _plot(axes, drawn[kept], facecolor=BARE, edgecolor=HATCH, linewidth=0, hatch=pattern)
        _plot(axes, drawn[kept], facecolor="none", **outline)
    for (first, last), colour in zip(*_coloured(counted), strict=True):
        _plot(axes, drawn[(inside >= first) & (inside <= last)], facecolor=colour, **outline)


def _plot(axes: Axes, shapes: gpd.GeoSeries, **style: Any) -> None:
    if len(shapes):
        shapes.plot(ax=axes, aspect=None, autolim=False, zorder=20, **style)


def _coloured(counted: Counted) -> tuple[list[tuple[int, int]], Sequence[str]]:
    """The classes and their colours; fewer than five take the darker ones between them evenly."""
    classes = said.classes(counted.by_area["inside"].to_numpy())
    at = np.linspace(0, len(HUES) - 1, len(classes)) if len(classes) > 1 else np.array([2])[: len(classes)]
    return classes, [HUES[round(one)] for one in at]


def _keys(counted: Counted) -> list[_Key]:
    keys = [_Key(said.spoken_class(*each), colour) for each, colour in zip(*_coloured(counted), strict=True)]
    if keys:
        last = keys[-1]
        keys[-1] = _Key(f"{last.text} {'report' if last.text == '1' else 'reports'}", last.colour)
    inside, touching = (counted.by_area[name].to_numpy() for name in ("inside", "touching"))
    if ((inside == 0) & (touching > 0)).any():
        keys.append(_Key(said.ONLY_SOMEWHERE, BARE, SOMEWHERE))
    return [*keys, _Key(said.NOTHING_TOLD, BARE, NOTHING)]


def _places_of_keys(keys: Sequence[_Key], wide: float, size: float) -> list[tuple[float, int]]:
    """Where each sample stands: points from the left, and its row."""
    at, row, places = 0.0, 0, []
    for key in keys:
        needed = 2.6 * size + measure(key.text, size) + 1.6 * size
        if at and at + needed > wide:
            at, row = 0.0, row + 1
        places.append((at, row))
        at += needed
    return places


def _rows_of_keys(keys: Sequence[_Key], wide: float, size: float) -> int:
    return _places_of_keys(keys, wide, size)[-1][1] + 1


def _legend(sheet: Sheet, keys: Sequence[_Key], top: float, wide: float, size: float) -> None:
    for key, (at, row) in zip(keys, _places_of_keys(keys, wide, size), strict=True):
        x, base = MARGIN + at, top - size - row * 1.7 * size
        box = Box(x, base - 0.25 * size, 2 * size, 1.2 * size)
        if key.pattern:
            sheet.box(box, facecolor=key.colour, edgecolor=HATCH, linewidth=0, hatch=key.pattern * 2)
            sheet.box(box, fill=False, edgecolor=LINE, linewidth=0.5)
        else:
            sheet.box(box, facecolor=key.colour, edgecolor=LINE, linewidth=0.5)
        sheet.text(x + 2.6 * size, base, key.text, size, colour=INK)


def _names(sheet: Sheet, frame: Frame, drawn: gpd.GeoSeries, counted: Counted, named: Sequence[str]) -> None:
    """Names and numbers of the areas with reports, those of most first, where there is room."""
    inside = counted.by_area["inside"].to_numpy()
    taken: list[Box] = []
    whole = drawn[~drawn.index.duplicated()]
    for number in sorted((one for one in whole.index if inside[one]), key=lambda one: (-inside[one], one)):
        text = f"{named[number]} · {inside[number]:,}"
        middle = whole[number].representative_point()
        x = frame.box.x + (middle.x - frame.west) * frame.points_per_metre
        y = frame.box.y + (middle.y - frame.south) * frame.points_per_metre
        wide = measure(text, TEXT - 1)
        box = Box(x - wide / 2, y - 0.35 * TEXT, wide, TEXT)
        if frame.box.holds(box) and not any(box.overlaps(other, 2) for other in taken):
            taken.append(box)
            sheet.text(x, y - 0.2 * TEXT, text, TEXT - 1, align="center", halo=1.8)


def _notes(printed: Print, layer: Layer, counted: Counted, drawn: gpd.GeoSeries) -> str:
    inside = counted.by_area["inside"].to_numpy()
    beyond = int(inside.sum() - inside[drawn.index.unique()].sum())
    chosen = wording.filters(printed)
    parts = (
        f"Filters: {chosen}." if chosen else "",
        f"{number_of(beyond, 'report')} lie in areas outside this picture." if beyond else "",
        said.MEANING,
        said.NO_FINDING,
        _tellers(printed),
        layer.origin or said.OF_THE_LAND,
        f"{wording.credit(printed)} {basemap.DISCLAIMER} {wording.colophon(printed)}",
    )
    return " ".join(filter(None, parts))


def _tellers(printed: Print) -> str:
    dataset = printed.dataset
    cited = counting.by(dataset, printed.chosen, "source_id").sort_by([("reports", "descending")])
    keys = [str(key) for key in cited["source_id"].to_pylist()]
    if not keys:
        return ""
    others = f"; {number_of(len(keys) - MOST_NAMED, 'other')}" if len(keys) > MOST_NAMED else ""
    return f"Told by: {'; '.join(dataset.sources[key].label for key in keys[:MOST_NAMED])}{others}."
