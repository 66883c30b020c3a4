"""Dates as tables of others write them."""

from geodata.model.mapping import ORDERS
from geodata.store.values.dates.orders import Guess, guess
from geodata.store.values.dates.reading import read
from geodata.store.values.dates.shapes import SHORT_YEAR
from geodata.store.values.dates.spans import between, coarsened
from geodata.store.values.dates.sql import from_parts, with_time
from geodata.store.values.dates.zones import moved, zone_of

__all__ = [
    "ORDERS",
    "SHORT_YEAR",
    "Guess",
    "between",
    "coarsened",
    "from_parts",
    "guess",
    "moved",
    "read",
    "with_time",
    "zone_of",
]
