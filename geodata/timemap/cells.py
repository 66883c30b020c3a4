"""Cells of a large table as ``cells.js`` reads them: a few bytes for each, for a browser that has no rows of it."""

from __future__ import annotations

import json

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.count.cube import POINT, WIDE


def packed(entries: pa.Table, level: int) -> bytes:
    """The entries of `cube.entries`, in their order: a length (uint32), JSON of that many bytes, and arrays.

    Entries that share months, form and category are a group. Of each group there is one number (int32) in ``begins``,
    ``ends``, ``form``, ``code`` and ``size``; of each entry the number of reports in ``reports`` and of each square
    its place in ``squares``, counted line by line from the north-west, less that of the square before it in the group:
    both as bytes of seven bits, the lowest first, the highest bit set where another follows (LEB128). ``lon`` and
    ``lat`` (float32 degrees) and ``radius`` (uint16 tenths of a kilometre) are of wide areas alone.
    """
    columns = {name: entries[name].to_numpy() for name in entries.column_names}
    starts = _starts(*(columns[name] for name in ("begins", "ends", "form", "code")))
    arrays = {name: columns[name][starts].astype(np.int32) for name in ("begins", "ends", "form", "code")}
    arrays["size"] = np.diff(np.append(starts, len(entries))).astype(np.int32)
    is_wide, is_square = columns["form"] == WIDE, columns["form"] == POINT
    wide = {
        "lon": columns["lon"][is_wide].astype(np.float32),
        "lat": columns["lat"][is_wide].astype(np.float32),
        "radius": np.minimum(columns["radius_km"][is_wide] * 10, 65535).astype(np.uint16),
    }
    places = columns["y"].astype(np.int64) * 2**level + columns["x"]
    steps = np.diff(places, prepend=0)
    steps[starts] = places[starts]
    streams = {"squares": _leb128(steps[is_square]), "reports": _leb128(columns["reports"])}
    return _joined({"level": level, "entries": len(entries)}, arrays | wide | streams)


def _starts(*columns: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Where a group begins."""
    if not len(columns[0]):
        return np.array([], dtype=np.int64)
    changes = np.any([np.diff(column) != 0 for column in columns], axis=0)
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def _leb128(numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.uint8]:
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


def _joined(head: dict[str, object], arrays: dict[str, npt.NDArray[np.generic]]) -> bytes:
    """Each array begins at a multiple of eight bytes, so that the browser reads it in place. Little-endian."""
    layout, parts, end = {}, [], 0
    for name, array in arrays.items():
        raw = array.tobytes()
        layout[name] = [f"{_KINDS[array.dtype.name]}Array", end, len(array)]
        parts.append(raw.ljust((len(raw) + 7) // 8 * 8, b"\0"))
        end += len(parts[-1])
    text = json.dumps(head | {"arrays": layout}).encode()
    text = text.ljust((len(text) + 4 + 7) // 8 * 8 - 4)
    return len(text).to_bytes(4, "little") + text + b"".join(parts)


_KINDS = {"int32": "Int32", "float32": "Float32", "uint16": "Uint16", "uint8": "Uint8"}
