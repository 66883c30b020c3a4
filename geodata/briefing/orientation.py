"""Names for finding one's way: countries and larger towns, written where no mark or label stands."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.briefing import land
from geodata.briefing.frame import Frame
from geodata.briefing.lettering import measure
from geodata.briefing.print import Print
from geodata.briefing.sheet import Box, Sheet
from geodata.model.names import name_of, namings
from geodata.model.region import WORLD_PIXELS
from geodata.timemap.basemap import names
from geodata.timemap.basemap.grid import NAMES
from geodata.timemap.fonts import has_letters
from geodata.timemap.marks import is_town

EQUATOR = 40_075_016.7
"""Metres round the equator (WGS 84)."""

PIXELS_PER_POINT = 1.25
"""Of a screen, for each point of a page: both then show names of towns as close together."""

ROOM = 9_000
"""Square points of the map for each town of the base map that is named: more of them would hide the marks."""

TOWN, COUNTRY = "#5b554a", "#7d7666"


@dataclass(frozen=True)
class Town:
    """A town for orientation, in WGS 84 degrees."""

    longitude: float
    latitude: float
    text: str


def towns(printed: Print) -> list[Town]:
    """The larger towns among the dataset's places, as the print names them."""
    return [
        Town(place.longitude, place.latitude, name_of(place, printed.naming))
        for place in printed.dataset.places.values()
        if is_town(place, printed.dataset.case) and place.latitude is not None and place.longitude is not None
    ]


def draw(
    sheet: Sheet,
    frame: Frame,
    printed: Print,
    covered: Sequence[Box],
    size: float,
    *,
    discs: shapely.Geometry,
    marked: frozenset[str],
) -> None:
    """Writes the names that have room beside the boxes ``covered``, no country's within a disc of reports.

    A place in ``marked`` bears its name already.
    """
    taken = list(covered)
    write_countries(sheet, frame, printed, taken, size, apart=discs)
    for town in (*towns(printed), *_others(printed, frame)):
        if town.text not in marked:
            _write_town(sheet, frame, town, taken, size)


def _write_town(sheet: Sheet, frame: Frame, town: Town, taken: list[Box], size: float) -> None:
    """Writes a town's name on one side of its dot, where it covers nothing."""
    x, y = (float(value) for value in frame.page(town.longitude, town.latitude))
    wide = measure(town.text, size)
    for box in (Box(x + 3, y - 0.4 * size, wide, size), Box(x - 3 - wide, y - 0.4 * size, wide, size)):
        area = Box(min(box.x, x - 2), box.y, max(box.right, x + 2) - min(box.x, x - 2), box.height)
        if frame.box.grown(-3).holds(area) and not any(area.overlaps(other, 2) for other in taken):
            taken.append(area)
            sheet.circle(x, y, 1.4, facecolor=TOWN, linewidth=0)
            sheet.text(box.x, box.y + 0.14 * size, town.text, size, colour=TOWN, halo=0.15 * size)
            return


def _others(printed: Print, frame: Frame) -> list[Town]:
    """The base map's towns in a frame, the most important first, no more than leave the map calm."""
    west, south, east, north = frame.bounds()
    zoom = _zoom(frame)
    most = round(frame.box.width * frame.box.height / ROOM)
    found: list[names.LandName] = []
    for level in [level for level in NAMES if level.zoom <= zoom]:
        for cell, turns in level.placed((west, south, east, north)):
            some = names.in_cell(printed.dataset, level, cell)
            found += [name for name in some if name.kind == "town" and name.zoom <= zoom
                      and west <= name.longitude + 360 * turns <= east and south <= name.latitude <= north]  # fmt: skip
    first = sorted(found, key=lambda name: name.zoom)[:most]
    return [Town(name.longitude, name.latitude, _written(name, printed)) for name in first]


def _zoom(frame: Frame) -> float:
    """The zoom at which a map on screen shows the land as large, by the frame's middle."""
    _, latitude = frame.degrees(*frame.box.middle)
    metres = 1 / frame.points_per_metre / PIXELS_PER_POINT
    return math.log2(EQUATOR * math.cos(math.radians(latitude)) / WORLD_PIXELS / metres)


def _written(name: names.LandName, printed: Print) -> str:
    """A name of the base map as the print's font can write it: its label where letters of the language are missing."""
    # The label is in the case's first language, which is then no way of its own.
    ways = list(namings(printed.dataset.case))
    text = name.names[ways.index(printed.naming) if printed.naming in ways else 0]
    return text if has_letters(text) else name.names[0]


def write_countries(
    sheet: Sheet,
    frame: Frame,
    printed: Print,
    taken: list[Box],
    size: float,
    *,
    apart: shapely.Geometry | None = None,
) -> None:
    """Writes each country's name on its land, and adds its box to ``taken``.

    Names are those of the dataset's places, else the base map's. ``apart`` is what to keep off.
    """
    places = printed.dataset.places.values()
    known = {place.country: name_of(place, printed.naming) for place in places if place.precision == "country"}
    known = {name.country: _written(name, printed) for name in names.countries(printed.dataset)} | known
    for country in land.countries(frame):
        text = known.get(country.iso, "")
        if not text:
            continue
        area = country.area.difference(apart) if apart else country.area
        box = next(_spots(area, text, size, taken, frame.box.grown(-2)), None)
        if box is None:
            continue
        taken.append(box)
        base = box.top - 0.86 * size
        sheet.text(box.middle[0], base, text, size, style="bold", colour=COUNTRY, align="center", halo=0.12 * size)


def _spots(area: shapely.Geometry, text: str, size: float, taken: Sequence[Box], inside: Box) -> Iterator[Box]:
    """Places on the land where the name fits, the nearest to the land's middle first."""
    if area.is_empty:
        return
    middle = area.centroid
    shapely.prepare(area)
    wide = measure(text, size, "bold")
    west, south, east, north = area.bounds
    xs, ys = np.meshgrid(np.arange(west, east - wide, size), np.arange(south, north - size, size * 0.75))
    left, low = xs.ravel(), ys.ravel()
    held = shapely.contains(area, shapely.box(left, low, left + wide, low + size))
    far = np.hypot(left + wide / 2 - middle.x, low + size / 2 - middle.y)
    for at in np.argsort(np.where(held, far, np.inf), kind="stable")[: int(held.sum())]:
        box = Box(float(left[at]), float(low[at]), wide, size)
        if inside.holds(box) and not any(box.overlaps(other, 3) for other in taken):
            yield box
