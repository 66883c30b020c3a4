"""Squares of a large table, to compare: how closely gzip packed them does not count."""

from __future__ import annotations

import gzip

from geodata.timemap import cells


def plain(packed: cells.Packed) -> tuple[bytes, bytes]:
    return gzip.decompress(packed.spots), gzip.decompress(packed.months)
