"""The columns of a table that tell where, and the different places that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.text import fold
from geodata.store.geocoding.gazetteer import name_key
from geodata.store.values.blanks import strings
from geodata.store.values.forms import mask

Column: TypeAlias = "pa.Array | pa.ChunkedArray"

Key = tuple[str, str, str]
"""A named place for comparing: its name, country and province, folded."""


@dataclass(frozen=True)
class NamedPlace:
    """A place as a table names it: its text, with what the row's columns of country and province add."""

    place: str
    country: str = ""
    admin1: str = ""

    @property
    def key(self) -> Key:
        return name_key(self.place), fold(self.country), fold(self.admin1)

    @property
    def context(self) -> str:
        """Province and country in words: "Shan State, Myanmar"; blank where the row gives none."""
        return ", ".join(part for part in (self.admin1, self.country) if part)


@dataclass(frozen=True)
class Naming:
    """The different places that rows name. ``number`` is the index into ``places`` for each row, -1 for no name."""

    places: tuple[NamedPlace, ...]
    number: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PlaceColumns:
    """Arrow columns of one length, a value for each row of a table; a column that the table lacks is ``None``.

    ``place``, ``country``, ``admin1`` (province) and ``precision`` are texts, ``latitude`` and ``longitude`` WGS 84
    degrees as floats, null where none stand. A blank text is ``""`` or null. Where coordinates stand that cannot be
    read, leave ``place`` blank too: such a row is not filled, for something else was meant to be there.
    """

    place: Column
    latitude: Column
    longitude: Column
    country: Column | None = None
    admin1: Column | None = None
    precision: Column | None = None

    @cached_property
    def is_placed(self) -> npt.NDArray[np.bool_]:
        """The rows that have both coordinates."""
        return mask(pc.and_(pc.is_valid(self.latitude), pc.is_valid(self.longitude)))

    @cached_property
    def is_blank(self) -> npt.NDArray[np.bool_]:
        """The rows that have neither coordinate. One that has half of them is not filled: something stands there."""
        return mask(pc.and_(pc.is_null(self.latitude), pc.is_null(self.longitude)))

    @cached_property
    def naming(self) -> Naming:
        """The places that the rows name, each once, in the spelling that most rows have."""
        written, number = self._as_written()
        rows = np.bincount(number, minlength=len(written))
        keys: dict[Key, int] = {}
        places: list[NamedPlace] = []
        index = np.full(len(written), -1, np.int64)
        for one in np.argsort(-rows, kind="stable"):
            key = written[one].key
            if not key[0]:
                continue
            if (known := keys.setdefault(key, len(places))) == len(places):
                places.append(written[one])
            index[one] = known
        return Naming(tuple(places), index[number])

    def _as_written(self) -> tuple[list[NamedPlace], npt.NDArray[np.int64]]:
        """The different texts of place, country and province, and for each row the index of its own."""
        texts = [texts_of(column, len(self.place)) for column in (self.place, self.country, self.admin1)]
        code = np.zeros(len(self.place), np.int64)
        for text in texts:
            encoded = text.dictionary_encode()
            code = code * max(len(encoded.dictionary), 1) + encoded.indices.to_numpy().astype(np.int64)
        _, first, number = np.unique(code, return_index=True, return_inverse=True)
        return [NamedPlace(*parts) for parts in _rows(texts, first)], number


def texts_of(column: Column | None, rows: int) -> pa.Array:
    """`strings` of a column; of one that is not there, so many blank texts."""
    return pa.repeat("", rows) if column is None else strings(column)


def _rows(columns: list[pa.Array], numbers: npt.NDArray[np.int64]) -> Iterator[tuple[str, ...]]:
    return zip(*(column.take(pa.array(numbers)).to_pylist() for column in columns), strict=True)
