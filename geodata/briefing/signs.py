"""The signs on paper, as ``timemap/signs.js`` has them on screen: colour and letter stand for the category.

Solid is an event, hollow a statement about the place, paler within a rim of the colour a vague date, a bar a denial, a
ring a verified or adjudicated claim, a small square a point that the table does not have, a dashed disc an area that is
no pin. A thin line round each sign keeps it in greyscale print.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin, sqrt
from typing import Any

import numpy as np

from geodata.briefing.lettering import measure
from geodata.briefing.numbered import Sign
from geodata.briefing.sheet import INK, MUTED, WHITE, Box, Sheet
from geodata.timemap.marks import SIZES, Category

CAPITAL = 0.729
"""Height of a capital of DejaVu Sans in parts of its size (1493 of 2048 units)."""

LETTER = 1.15
"""Size of the letter in a mark of one report, in parts of the mark's radius; ``signs.js`` has the same."""

HOLE = 0.62
"""Radius of the white middle of a mark of several reports, in parts of the mark's."""

SQUARE = 7
"""Pixels of the screen: the side of the square that marks added coordinates; ``signs.js`` has the same."""

RIM = 1.2
"""Pixels of the screen: the line round the paler mark of a vague date; ``signs.js`` has the same."""

EDGE = "#6b7785"

Parts = Sequence[tuple[Sign, int]]


def unit_of(size: float) -> float:
    """Points for one pixel of the screen's signs, so that a mark's letter is as large as text of ``size`` points."""
    return size / (SIZES["single"] * LETTER)


def tinted(colour: str, share: float = 0.5) -> str:
    """The colour mixed with white: ``share`` is how much of it stays."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def text_on(colour: str) -> str:
    """Black or white, whichever stands out more on the colour (relative luminance of WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else WHITE


def stack(
    sheet: Sheet, x: float, y: float, radius: float, parts: Parts, *, categories: Sequence[Category], unit: float
) -> None:
    """Draws a mark's sign: ``radius`` and ``unit`` (a pixel of the screen) in points."""
    total = sum(count for _, count in parts)
    single = total == 1
    sheet.circle(x, y, radius + 1.5 * unit, facecolor=WHITE, edgecolor=EDGE, linewidth=0.8 * unit)
    angle = 90.0
    for sign, count in parts:
        following = angle - 360 * count / total
        colour = categories[sign.code].colour
        _slice(sheet, x, y, radius, turn=(following, angle), sign=sign, colour=colour, unit=unit)
        if len(parts) > 1:
            end = radians(following)
            sheet.line([(x, y), (x + radius * cos(end), y + radius * sin(end))], colour=WHITE, width=unit)
        middle = radians(-45 if single else (angle + following) / 2)
        if sign.added:
            added(sheet, x + (radius + 0.5 * unit) * cos(middle), y + (radius + 0.5 * unit) * sin(middle), unit)
        if sign.denied:
            dx, dy = (sqrt(0.5), sqrt(0.5)) if single else (cos(middle), sin(middle))
            start, end = -(radius + 4 * unit) if single else radius * 0.45, radius + 4 * unit
            sheet.line([(x + dx * start, y + dy * start), (x + dx * end, y + dy * end)], colour=INK, width=3 * unit)
        angle = following
    if single:
        sign = parts[0][0]
        letter, colour = categories[sign.code].letter, categories[sign.code].colour
        on = INK if sign.subject or sign.vague else text_on(colour)
        _centred(sheet, x, y, letter, radius * LETTER, colour=on)
    else:
        sheet.circle(x, y, radius * HOLE, facecolor=WHITE, linewidth=0)
        _centred(sheet, x, y, str(total), number_size(str(total), radius, unit), colour=INK)


def _slice(
    sheet: Sheet, x: float, y: float, radius: float, *, turn: tuple[float, float], sign: Sign, colour: str, unit: float
) -> None:
    shade = tinted(colour) if sign.vague else colour
    if sign.subject:
        sheet.wedge(x, y, radius + 0.25 * unit, turn, width=3.5 * unit, facecolor=shade, linewidth=0)
    else:
        sheet.wedge(x, y, radius, turn, facecolor=shade, linewidth=0)
    if sign.vague:
        sheet.wedge(x, y, radius, turn, width=RIM * unit, facecolor=colour, linewidth=0)
    if sign.confirmed:
        sheet.wedge(x, y, radius + 3.75 * unit, turn, width=2.5 * unit, facecolor=INK, linewidth=0)


def added(sheet: Sheet, x: float, y: float, unit: float) -> None:
    """The square that marks coordinates which the table does not have, with its middle at a point of the page."""
    side = SQUARE * unit
    box = Box(x - side / 2, y - side / 2, side, side)
    sheet.box(box.grown(-0.75 * unit), facecolor=WHITE, edgecolor=INK, linewidth=1.5 * unit)


def number_size(number: str, radius: float, unit: float) -> float:
    """The size of the type of a number in a mark: its ends stay off the ring, on whose colours they are not legible."""
    size = max(11 * unit, radius * 0.72)
    return min(size, 1.8 * HOLE * radius / measure(number, 1.0, "bold"))


def _centred(sheet: Sheet, x: float, y: float, text: str, size: float, *, colour: str) -> None:
    sheet.text(x, y - CAPITAL / 2 * size, text, size, style="bold", colour=colour, align="center")


def badge(sheet: Sheet, box: Box, number: int, size: float) -> None:
    """A mark's number, white on dark: the key is ordered by it."""
    sheet.box(box, facecolor=INK, linewidth=0, rounded=size * 0.25)
    x, y = box.middle
    _centred(sheet, x, y, str(number), size, colour=WHITE)


def tile(sheet: Sheet, box: Box, category: Category, size: float) -> None:
    """A category's colour and letter, as high as a line of ``size`` points."""
    sheet.box(box, facecolor=category.colour, edgecolor=EDGE, linewidth=0.4, rounded=size * 0.25)
    _centred(sheet, *box.middle, category.letter, size, colour=text_on(category.colour))


def area(sheet: Sheet, rim: np.ndarray[Any, Any], frame: Box, unit: float) -> None:
    """An area's dashed disc, cut at the map's frame."""
    sheet.shape(rim, clip=frame, facecolor="#3c506e", alpha=0.045, linewidth=0)
    dashes = (0, (6 * unit / 1.2, 4 * unit / 1.2))
    sheet.shape(rim, clip=frame, fill=False, edgecolor=MUTED, linewidth=1.2 * unit + 0.2, linestyle=dashes)


def stripe(sheet: Sheet, box: Box, parts: Parts, categories: Sequence[Category]) -> None:
    """An area's reports as a bar of their categories; hollow pieces are statements about it."""
    total, x = sum(count for _, count in parts), box.x
    for sign, count in parts:
        width = box.width * count / total
        shade = tinted(categories[sign.code].colour) if sign.vague else categories[sign.code].colour
        piece = Box(x, box.y, max(width - 0.4, 0.3), box.height)
        if sign.subject:
            inner = Box(piece.x + 0.35, piece.y + 0.35, max(piece.width - 0.7, 0.2), piece.height - 0.7)
            sheet.box(inner, facecolor=WHITE, edgecolor=shade, linewidth=0.7)
        else:
            sheet.box(piece, facecolor=shade, linewidth=0)
        x += width


def letters(parts: Parts, categories: Sequence[Category]) -> str:
    """The categories of a mark by their letters, most frequent first: "A 5 · P 2"."""
    counts: dict[str, int] = {}
    for sign, count in parts:
        letter = categories[sign.code].letter
        counts[letter] = counts.get(letter, 0) + count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{letter} {count}" for letter, count in ordered)
