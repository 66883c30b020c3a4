"""Squares of a large table as ``cells.js`` reads them: a few bytes for each, for a browser that has no rows of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geodata.count.cube import POINT, UNMAPPED
from geodata.store.measured import UNDATED

FORM = 2
"""Of these bytes: raise it with any change, for what was counted of a kept table is kept in them."""

_BITS = 46
"""Of a number that names a square of the finest level, a wide area, or no place at all."""


@dataclass(frozen=True)
class Packed:
    """Both parts packed with gzip."""

    spots: bytes
    """All that a map of every day needs, and the timeline's bars."""
    months: bytes
    """What a window needs besides: how many reports of each spot begin and end in which months."""


@dataclass(frozen=True, eq=False)
class Spots:
    """Squares, wide areas and no place at all, each with one category; those with most reports come first."""

    level: int
    code: npt.NDArray[np.uint8]
    """Of each spot its category, ``radius`` and ``place`` as in `cube.entries`, and the reports of all days."""
    radius: npt.NDArray[np.int32]
    place: npt.NDArray[np.int64]
    totals: npt.NDArray[np.int64]

    @classmethod
    def of(cls, entries: pa.Table, level: int) -> Spots:
        """Of the entries of `cube.entries`, with or without their months."""
        return _spots(_columns(entries), level)[0]

    @property
    def kinds(self) -> int:
        """How many categories there are, at most."""
        return int(self.code.max()) + 1 if len(self.code) else 0

    def packed(self, **groups: npt.NDArray[np.generic]) -> bytes:
        """As bytes packed with gzip, as `Squares.packed` says of spots."""
        apart = np.diff(self.place, prepend=0)
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "code": self.code,
            "form": np.where(self.radius >= 0, 1, np.where(self.radius == POINT, 0, 2)).astype(np.uint8),
            "totals": _leb128(_falls(self.totals)),
            "places": _leb128(np.where(apart < 0, -2 * apart - 1, 2 * apart)),
            "radius": self.radius[self.radius >= 0].astype(np.uint16),
        }
        head = {"level": self.level, "spots": len(self.code), "kinds": self.kinds}
        return _shrunk(_joined(head, arrays | groups))


@dataclass(frozen=True, eq=False)
class Squares:
    """The entries of `cube.entries` by spot and by group.

    Entries with the same months are a group; groups are in the order of their months, undated ones last, and entries
    in that of their groups, then of their spots.
    """

    spots: Spots
    begins: npt.NDArray[np.int32]
    """Of each group its months, and the number of its entries."""
    ends: npt.NDArray[np.int32]
    size: npt.NDArray[np.int64]
    spot: npt.NDArray[np.int32]
    """Of each entry its spot, and how many reports."""
    reports: npt.NDArray[np.int32]

    @classmethod
    def of(cls, entries: pa.Table, level: int) -> Squares:
        columns = _columns(entries)
        spots, spot_of = _spots(columns, level)
        group_of, begins, ends = _groups(columns["begins"], columns["ends"])
        order = np.argsort(group_of * max(1, len(spots.code)) + spot_of)
        size = np.bincount(group_of, minlength=len(begins))
        return cls(spots, begins, ends, size, spot_of[order], columns["reports"][order].astype(np.int32))

    def packed(self) -> Packed:
        """As bytes. Each part is a length (uint32), JSON of that many bytes, and arrays.

        Spots have ``code`` (uint8), ``form`` (uint8: 0 a square, 1 a wide area, 2 no place), ``totals``, the number of
        reports less than that of the spot before, and ``places``, the place less that of the spot before (below 0 as
        its double without sign, less one; others doubled); areas have ``radius`` (uint16). Groups, which stand with
        them, have ``begins`` and ``ends`` (int32), ``size`` (int32), and ``sums``, the reports of each of ``kinds``
        categories, group by group.

        Months have of each entry ``steps``, the number of its spot less that of the entry before in the group, and
        ``reports``, less one. All without a type told here are whole numbers in bytes of seven bits, the lowest first,
        the highest bit set where another follows (LEB128).
        """
        return Packed(self.spots.packed(**self._groups()), _shrunk(_joined({}, self._months())))

    def packed_months(self) -> bytes:
        """The months and the groups, for a browser that has `Spots.packed`."""
        return _shrunk(_joined({}, self._groups() | self._months()))

    def _groups(self) -> dict[str, npt.NDArray[np.generic]]:
        kinds = self.spots.kinds
        group = np.repeat(np.arange(len(self.size)), self.size)
        sums = np.bincount(group * kinds + self.spots.code[self.spot], self.reports, len(self.size) * kinds)
        return {"begins": self.begins, "ends": self.ends, "size": self.size.astype(np.int32), "sums": _leb128(sums)}

    def _months(self) -> dict[str, npt.NDArray[np.generic]]:
        steps = np.diff(self.spot, prepend=np.int32(0))
        starts = np.cumsum(self.size) - self.size
        steps[starts] = self.spot[starts]
        return {"steps": _leb128(steps), "reports": _leb128(self.reports - 1)}


def _columns(entries: pa.Table) -> dict[str, Any]:
    return {name: entries[name].to_numpy() for name in entries.column_names}


def _spots(columns: dict[str, Any], level: int) -> tuple[Spots, npt.NDArray[np.int32]]:
    """The spots, and the number of each entry's."""
    radius, place, code = columns["radius"], columns["place"], columns["code"].astype(np.int64)
    where = place.copy()
    is_wide = radius >= 0
    _, areas = np.unique((place[is_wide] << 16) | radius[is_wide], return_inverse=True)
    where[is_wide] = (1 << _BITS - 2) + areas
    where[radius == UNMAPPED] = 1 << _BITS - 1
    found, keys = pd.factorize((code << _BITS) | where)
    totals = np.bincount(found, columns["reports"], len(keys)).astype(np.int64)
    order = np.lexsort((keys, -totals))  # neighbours of one category beside each other, where they hold as many
    number = np.empty(len(keys), np.int32)
    number[order] = np.arange(len(keys), dtype=np.int32)
    spot_of = number[found]
    one = np.zeros(len(keys), np.int64)
    one[spot_of] = np.arange(len(spot_of))
    spots = Spots(level, code[one].astype(np.uint8), radius[one], place[one], totals[order])
    return spots, spot_of


def _falls(totals: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The first number, then by how much each is less than that before it."""
    return np.abs(np.diff(totals, prepend=0))


def _groups(
    begins: npt.NDArray[np.integer], ends: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The number of each entry's group, and the groups' months."""
    last = np.iinfo(np.int32).max
    key = (np.where(begins == UNDATED, last, begins).astype(np.int64) << 32) | ends
    found, keys = pd.factorize(key, sort=True)
    months = (keys >> 32).astype(np.int32), (keys & last).astype(np.int32)
    return found.astype(np.int64), np.where(months[0] == last, np.int32(UNDATED), months[0]), months[1]


def _leb128(numbers: npt.NDArray[np.number]) -> npt.NDArray[np.uint8]:
    """Unsigned numbers as bytes of seven bits."""
    left = numbers.astype(np.uint64)
    sizes = np.ones(len(left), dtype=np.int64)
    for bits in range(7, 63, 7):
        sizes += left >= np.uint64(1 << bits)
    ends = np.cumsum(sizes)
    found = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    at = ends - sizes
    while len(left):
        more = left >= 128
        found[at] = (left & np.uint64(127)).astype(np.uint8) | (more.astype(np.uint8) << 7)
        left, at = left[more] >> np.uint64(7), at[more] + 1
    return found


def _joined(head: Mapping[str, int], arrays: Mapping[str, npt.NDArray[np.generic]]) -> bytes:
    """Each array begins at a multiple of eight bytes, so that the browser reads it in place. Little-endian."""
    layout, parts, end = {}, [], 0
    for name, array in arrays.items():
        raw = array.tobytes()
        layout[name] = [f"{_KINDS[array.dtype.name]}Array", end, len(array)]
        parts.append(raw.ljust((len(raw) + 7) // 8 * 8, b"\0"))
        end += len(parts[-1])
    text = json.dumps({**head, "arrays": layout}).encode()
    text = text.ljust((len(text) + 4 + 7) // 8 * 8 - 4)
    return len(text).to_bytes(4, "little") + text + b"".join(parts)


def _shrunk(raw: bytes) -> bytes:
    """Packed with gzip, but without its search for repeated text: Huffman codes and runs of one byte only.

    Differences of sorted numbers seldom repeat: the search takes five times as long, and the result is larger.
    """
    packer = zlib.compressobj(wbits=31, memLevel=9, strategy=zlib.Z_RLE)
    return packer.compress(raw) + packer.flush()


_KINDS = {"int32": "Int32", "float32": "Float32", "uint16": "Uint16", "uint8": "Uint8"}
