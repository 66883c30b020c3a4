"""What counts by area say, and what they do not."""

from __future__ import annotations

import re

import numpy as np
import shapely

from geodata.count.areas import NEAR, Counted, Layer
from geodata.model.names import area_name, name_of
from geodata.model.records import Place
from geodata.model.text import fold, number_of
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

NOTHING_TOLD = "nothing told"
"""Of an area without a report: the word on the map, in place of a nought."""

ONLY_SOMEWHERE = "none surely in it; some may be"

NO_FINDING = (
    "An area with few reports or none is no evidence that little or nothing happened there: these reports do not tell "
    "of it. The numbers count reports, which may tell of one incident more than once, and no incidents or losses."
)

OF_THE_LAND = (
    "The areas are those of the base map and follow its source. They say nothing of whose a place is: the country of a "
    "place stands in its own record and is never taken from an outline."
)

MEANING = (
    "In an area are reports whose place is a site, a settlement or a district that lies wholly in it. Somewhere are "
    "those whose place is a province, a region or a country, reaches out of one area, or is in none but within "
    f"{NEAR:g} km of one, for outlines are simplified: they are counted apart, once in “somewhere” of every area that "
    "they touch or are near, and never shared out."
)

INITIAL = re.compile(r"\b\w\.")
"""Of a name that is abbreviated, as "K.P." is."""


def sentence(counted: Counted) -> str:
    """All reports shown, by what is known of their area: the numbers add up to the first."""
    if not counted.reports:
        return "No report is shown."
    areas = int(np.count_nonzero(counted.by_area["inside"].to_numpy()))
    named = f"in {number_of(areas, 'area')}" if areas else "in one area"
    rest = (
        (counted.somewhere, "only somewhere in or beside an area or several"),
        (counted.outside, "outside every area"),
        (counted.unplaced, "without a place on the map"),
    )
    parts = [f"{counted.inside or 'none':,} surely {named}" if counted.inside else f"none surely {named}"]
    parts += [f"{number:,} {said}" for number, said in rest if number]
    return f"Of {number_of(counted.reports, 'report')} shown: {', '.join(parts)}."


def classes(numbers: np.ndarray, most: int = 5) -> list[tuple[int, int]]:
    """Up to five classes of the numbers from 1 to the largest, each twice to many times as large as the one before.

    Each is its first and its last number. Counts of reports are many small ones and few large ones.
    """
    largest = int(numbers.max(initial=0))
    if not largest:
        return []
    if largest <= most:
        return [(number, number) for number in range(1, largest + 1)]
    ends = sorted({max(at, round(largest ** (at / most))) for at in range(1, most + 1)})
    return list(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))


def spoken_class(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,} to {last:,}"


@remembered(most=4)
def names(dataset: Dataset, layer: Layer, naming: str) -> tuple[str, ...]:
    """What each area is called: as the case calls a place in it that bears one of its names, else as the layer.

    The base map knows the name of one party alone where those of several stand together: an area of it with a place
    whose name is contested is called after that place. Some of its names are initials: the English one tells more.
    """
    areas, case = layer.areas, dataset.case
    called = [area_name(name, known, case, naming) for name, known in zip(areas["name"], areas["names"], strict=True)]
    places = [place for place in dataset.places.values() if place.has_coordinates]
    points = shapely.points([(place.longitude, place.latitude) for place in places] or np.empty((0, 2)))
    bearers: dict[int, Place] = {}
    contested: dict[int, Place] = {}
    for place, area in shapely.STRtree(areas.geometry.values).query(points, predicate="intersects").T:
        own = {fold(name) for name in (areas["name"][area], *areas["names"][area].values())}
        if any(fold(name) in own for name in places[place].names):
            bearers[area] = places[place]
        elif places[place].contested and places[place].precision in ("exact", "settlement"):
            contested.setdefault(area, places[place])
    if not layer.origin:
        called = [
            known.get("en", name) if INITIAL.search(name) else name
            for name, known in zip(called, areas["names"], strict=True)
        ]
        for area, place in contested.items():
            called[area] = f"Area round {name_of(place, naming)}"
    for area, place in bearers.items():
        called[area] = name_of(place, naming)
    return tuple(called)
