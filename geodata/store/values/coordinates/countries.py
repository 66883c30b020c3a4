"""Whether places lie in the country that their row names, as written or with latitude and longitude swapped.

The boxes of ``countries.csv`` are those of the countries of Natural Earth at 1:50m (public domain), without small far
islands. A box is there to ask a question by, and never to place anything or to tell the country of a place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.model.text import fold
from geodata.store.values.blanks import cleared

MARGIN = 1.0
"""Degrees around a box: the base map leaves out small islands, and incidents happen at sea."""
ENOUGH = 0.9
"""The share of places that must lie in their country when swapped before the reader is asked."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west is the greater across the 180th meridian."""


@dataclass(frozen=True)
class BoxShares:
    """Of ``known`` places whose country is known, the share in its box ``as_written`` and ``swapped`` (0 to 1)."""

    known: int
    as_written: float
    swapped: float

    @property
    def is_likely(self) -> bool:
        """Whether to ask: nearly all lie in their countries when swapped, and fewer than half as written."""
        return self.known > 0 and self.swapped >= ENOUGH and self.as_written < 0.5


def are_swapped(latitudes: pa.Array, longitudes: pa.Array, countries: pa.Array) -> BoxShares:
    """How many places lie in their country's box as written and swapped.

    Degrees, null where there is no place; ``countries`` are names in English or ISO 3166-1 codes of two or three
    letters, row by row. Rows without a place or with a country that is not known do not count.
    """
    latitude, longitude = (pc.fill_null(column, np.nan).to_numpy() for column in (latitudes, longitudes))
    coded = pc.dictionary_encode(cleared(countries))
    found = [box_of(name) for name in coded.dictionary.to_pylist()]
    table = np.array([box or (np.nan,) * 4 for box in found] or [(np.nan,) * 4])
    boxes = table[coded.indices.to_numpy(zero_copy_only=False)]
    known = ~np.isnan(latitude) & ~np.isnan(longitude) & ~np.isnan(boxes[:, 0])
    count = int(known.sum())
    if not count:
        return BoxShares(0, 0.0, 0.0)
    shares = [
        float(_inside(boxes[known], north[known], east[known]).mean())
        for north, east in ((latitude, longitude), (longitude, latitude))
    ]
    return BoxShares(count, *shares)


def box_of(country: str) -> Box | None:
    """The box of a country by its name or code; of "Myanmar (Burma)" by either name. None where it is not known."""
    names = (country, re.sub(r"\s*\(.*\)", "", country), *re.findall(r"\((.*)\)", country))
    return next((boxes()[fold(name)] for name in names if fold(name) in boxes()), None)


def is_inside(box: Box, latitude: float, longitude: float) -> bool:
    """Whether a point lies in a country's box, or within `MARGIN` of it; degrees."""
    return bool(_inside(np.array([box]), np.array([latitude]), np.array([longitude]))[0])


@cache
def boxes() -> Mapping[str, Box]:
    """The boxes by folded names and codes."""
    text = files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    found: dict[str, Box] = {}
    for row in csv.DictReader(text.splitlines()):
        box = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
        names = [row["iso2"], row["iso3"], row["name"], *row["aliases"].split(";")]
        found.update({fold(name): box for name in names if name.strip()})
    return found


def _inside(
    boxes: NDArray[np.float64], latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.bool_]:
    west, south, east, north = boxes.T
    width = (east - west) % 360 + 2 * MARGIN
    across = (longitude - west + MARGIN) % 360 <= width
    inside: NDArray[np.bool_] = across & (latitude >= south - MARGIN) & (latitude <= north + MARGIN)
    return inside
