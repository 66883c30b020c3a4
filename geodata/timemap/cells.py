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

FORM = 3
"""Of these bytes: raise it with any change, for what was counted of a kept table is kept in them."""

_BITS = 46
"""Of a number that names a square of the finest level, a wide area, or no place at all."""


@dataclass(frozen=True)
class Windows:
    """What windows need of squares, each part packed with gzip. A map asks for the months of few years: all of them
    together are three times as large as the years.
    """

    years: bytes
    """How many reports of each spot begin and end in which years: all that a window of whole years needs."""
    months: Mapping[int, bytes]
    """The same by months, of what begins or ends in a year: by this year, within which a window begins or ends."""


@dataclass(frozen=True)
class Packed:
    """Squares, each part packed with gzip."""

    spots: bytes
    """All that a map of every day needs, and the timeline's bars."""
    windows: Windows


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

        Years have groups of their own, ``first`` and ``last`` (int32, years) and ``number`` (int32, of their entries),
        without undated ones; the months of a year have the entries of all groups that begin or end in it, in their
        order. Of each entry there are ``steps``, the number of its spot less that of the entry before in the group,
        and ``reports``, less one. All without a type told here are whole numbers in bytes of seven bits, the lowest
        first, the highest bit set where another follows (LEB128).
        """
        return Packed(self.spots.packed(**self._groups()), self._windows({}))

    def packed_windows(self) -> Windows:
        """As in `packed`, for a browser that has `Spots.packed`: the groups stand with the years."""
        return self._windows(self._groups())

    def _windows(self, groups: dict[str, npt.NDArray[np.generic]]) -> Windows:
        return Windows(_shrunk(_joined({}, groups | self._years())), self._months())

    def _groups(self) -> dict[str, npt.NDArray[np.generic]]:
        kinds = self.spots.kinds
        group = np.repeat(np.arange(len(self.size)), self.size)
        sums = np.bincount(group * kinds + self.spots.code[self.spot], self.reports, len(self.size) * kinds)
        return {"begins": self.begins, "ends": self.ends, "size": self.size.astype(np.int32), "sums": _leb128(sums)}

    def _years(self) -> dict[str, npt.NDArray[np.generic]]:
        dated = int(np.count_nonzero(self.begins != UNDATED))
        pairs = np.stack((self.begins[:dated] // 12, self.ends[:dated] // 12), axis=1)
        years, year_of = np.unique(pairs, axis=0, return_inverse=True)
        order = np.argsort(year_of, kind="stable")  # of groups
        parts = np.split(order, np.cumsum(np.bincount(year_of, minlength=len(years))))
        summed = [self._summed(groups) for groups in parts[: len(years)]]
        number = np.array([len(spot) for spot, _ in summed], np.int32)
        spot = np.concatenate([_NONE, *(spot for spot, _ in summed)])
        reports = np.concatenate([_NONE, *(reports for _, reports in summed)])
        edges = {"first": years[:, 0].astype(np.int32), "last": years[:, 1].astype(np.int32), "number": number}
        return edges | _entries(spot, reports, number)

    def _summed(self, groups: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int64]]:
        """The spots of groups together, and how many reports each has."""
        at = self._of(groups)
        of, reports = self.spot[at], self.reports[at]
        if len(at) * 8 < len(self.spots.code):
            each, where = np.unique(of, return_inverse=True)
            return each, np.bincount(where, reports).astype(np.int64)
        sums = np.bincount(of, reports).astype(np.int64)  # several times as fast where most spots have some
        spot = np.flatnonzero(sums)
        return spot, sums[spot]

    def _months(self) -> dict[int, bytes]:
        first, last = self.begins // 12, self.ends // 12
        is_dated = self.begins != UNDATED
        found = {}
        for year in np.unique(np.concatenate((first[is_dated], last[is_dated]))).tolist():
            groups = np.flatnonzero(is_dated & ((first == year) | (last == year)))
            at = self._of(groups)
            found[year] = _shrunk(_joined({}, _entries(self.spot[at], self.reports[at], self.size[groups])))
        return found

    def _of(self, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The numbers of the entries of groups, group by group."""
        size = self.size[groups]
        starts = (np.cumsum(self.size) - self.size)[groups]
        first = np.repeat(starts - (np.cumsum(size) - size), size)
        return first + np.arange(len(first))


_NONE = np.zeros(0, np.int64)


def _entries(
    spot: npt.NDArray[np.integer], reports: npt.NDArray[np.integer], size: npt.NDArray[np.integer]
) -> dict[str, npt.NDArray[np.generic]]:  # fmt: skip
    """As `Squares.packed` says of entries; ``size`` of each group, of which none is empty."""
    steps = np.diff(spot, prepend=0)
    starts = np.cumsum(size) - size
    steps[starts] = spot[starts]
    return {"steps": _leb128(steps), "reports": _leb128(reports - 1)}


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
