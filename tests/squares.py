"""Squares of a large table, to compare: how closely gzip packed them does not count."""

from __future__ import annotations

import gzip

from geodata.timemap import cells


def plain(packed: cells.Packed) -> list[bytes]:
    windows = packed.windows
    return [gzip.decompress(part) for part in (packed.spots, windows.years, *windows.months.values())]
