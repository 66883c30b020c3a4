"""Names for finding one's way: countries and larger towns, written where no mark or label stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.briefing import land
from geodata.briefing.frame import Frame
from geodata.briefing.print import Print
from geodata.briefing.sheet import Box, Sheet, measure
from geodata.model.names import name_of, speaks_english
from geodata.timemap.marks import is_town

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
    inside = frame.box.grown(-3)
    for town in towns(printed):
        x, y = (float(value) for value in frame.page(town.longitude, town.latitude))
        wide = measure(town.text, size)
        spots = [Box(x + 3, y - 0.4 * size, wide, size), Box(x - 3 - wide, y - 0.4 * size, wide, size)]
        for box in () if town.text in marked else spots:
            area = Box(min(box.x, x - 2), box.y, max(box.right, x + 2) - min(box.x, x - 2), box.height)
            if inside.holds(area) and not any(area.overlaps(other, 2) for other in taken):
                taken.append(area)
                sheet.circle(x, y, 1.4, facecolor=TOWN, linewidth=0)
                sheet.text(box.x, box.y + 0.14 * size, town.text, size, colour=TOWN, halo=0.15 * size)
                break


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

    Names are those of the dataset's places, else the base map's English one where the print is in English. ``apart``
    is what to keep off.
    """
    places = printed.dataset.places.values()
    known = {place.country: place for place in places if place.precision == "country" and place.country}
    for country in land.countries(frame, printed.dataset.region):
        if country.iso in known:
            text = name_of(known[country.iso], printed.naming)
        elif country.iso and speaks_english(printed.dataset.case, printed.naming):
            text = country.name
        else:
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
