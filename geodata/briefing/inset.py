"""The inset map: where in the wider region the printed map lies."""

from __future__ import annotations

import numpy as np

from geodata.briefing import land, orientation
from geodata.briefing.frame import REGIONAL, Frame, fitted, outline
from geodata.briefing.print import Print
from geodata.briefing.sheet import EDGE, INK, WINDOW, Box, Sheet


def inset(sheet: Sheet, printed: Print, frame: Frame, box: Box, size: float) -> None:
    """The wider region round a frame, with the frame marked."""
    wide = wider(frame, box)
    land.paint(sheet.axes(box), wide, printed.dataset.case.boundaries)
    edge = outline(frame, wide)
    middle = Box(edge[:, 0].min(), edge[:, 1].min(), np.ptp(edge[:, 0]), np.ptp(edge[:, 1]))
    orientation.write_countries(sheet, wide, printed, [middle.grown(1)], size)
    sheet.shape(edge, clip=box, facecolor=WINDOW, alpha=0.14, linewidth=0)
    sheet.shape(edge, clip=box, fill=False, edgecolor=INK, linewidth=1.1)
    sheet.box(box, fill=False, edgecolor=EDGE, linewidth=0.6)


def wider(frame: Frame, box: Box) -> Frame:
    """The frame of an inset over ``box``: four times as wide as the map, at least 2,000 km; round a pole, with it."""
    west, south, east, north = frame.bounds()
    if east - west >= 360 and frame.polar:
        reach = min((north - south) * 2, REGIONAL)
        return fitted((west, *((-90.0, east, reach - 90) if frame.polar < 0 else (90 - reach, east, 90.0))), box)
    middle = ((south + north) / 2, (west + east) / 2)
    high = min(max((north - south) * 4, 15.0), 110.0)
    across = min(max((east - west) * 4, 20.0), 170.0)
    low, up = max(middle[0] - high / 2, -88.0), min(middle[0] + high / 2, 88.0)
    return fitted((middle[1] - across / 2, low, middle[1] + across / 2, up), box)
