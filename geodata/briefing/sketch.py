"""A small map of the points that one name may mean, among the reports that the table places itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.lines import Line2D

from geodata.briefing import land, signs
from geodata.briefing.candidates import badge_width
from geodata.briefing.frame import Frame, fitted
from geodata.briefing.sheet import EDGE, MUTED, WHITE, Box, Sheet, drawing, save
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

WIDTH, HEIGHT, SIZE = 330.0, 190.0, 9.0
"""Points: the sketch, and the type of its numbers."""

LEAST = 1.2
"""Degrees of latitude and longitude that are shown at least, so that the land round a single point is seen."""

MOST_DOTS = 5_000
"""Different points of the table that are drawn."""

Point = tuple[float, float]
"""Latitude and longitude in WGS 84 degrees."""


@remembered(most=32)
def sketch(dataset: Dataset, points: tuple[Point, ...]) -> bytes:
    """A PNG: ``points`` numbered from 1 in their order, and grey dots where the table places reports itself."""
    box = Box(0, 0, WIDTH, HEIGHT)
    frame = fitted(_extent(points), box)
    sheet = Sheet(WIDTH, HEIGHT)
    with drawing():
        land.paint(sheet.axes(box), frame, dataset.case.boundaries)
        _dots(sheet, dataset, frame, box)
        high, known = 1.35 * SIZE, np.array(points)
        across, up = frame.page(known[:, 1], known[:, 0])
        for number, x, y in reversed([*zip(range(1, len(points) + 1), across, up, strict=True)]):
            wide = badge_width(number, SIZE)
            sheet.circle(x, y, 3.2, facecolor=WHITE, edgecolor=MUTED, linewidth=1.2)
            signs.badge(sheet, Box(x - wide / 2, y + 4.5, wide, high), number, SIZE)
        sheet.box(box, fill=False, edgecolor=EDGE, linewidth=1)
        (picture,) = save([sheet], "png", title="Where a name may lie", made_by="Attest")
    return picture


def _extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """West, south, east, north of the points with room round them."""
    (south, west), (north, east) = np.min(points, axis=0), np.max(points, axis=0)
    high, wide = (max(LEAST, span * 1.5) / 2 for span in (north - south, east - west))
    middle = ((south + north) / 2, (west + east) / 2)
    low, up = max(middle[0] - high, -89.0), min(middle[0] + high, 89.0)
    return float(middle[1] - wide), float(low), float(middle[1] + wide), float(up)


def _dots(sheet: Sheet, dataset: Dataset, frame: Frame, box: Box) -> None:
    reports = dataset.reports
    own = reports.filter(reports.latitude.notnull() & (reports.placed_by == ""))
    rows = dataset.fetch(own.select("longitude", "latitude").distinct().limit(MOST_DOTS))
    across, up = frame.page(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    dots = Line2D(across, up, linestyle="", marker="o", markersize=3.2, color=MUTED, markeredgewidth=0, alpha=0.6)
    sheet.add(dots, clip=box)
