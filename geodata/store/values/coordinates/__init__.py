"""Coordinates as tables of others write them."""

from geodata.store.values.coordinates.angles import PLAIN
from geodata.store.values.coordinates.cells import NO_POINT, ORDERS, guess_cell_order, read_cells
from geodata.store.values.coordinates.countries import BoxShares, are_swapped
from geodata.store.values.coordinates.pairs import read

__all__ = ["NO_POINT", "ORDERS", "PLAIN", "BoxShares", "are_swapped", "guess_cell_order", "read", "read_cells"]
