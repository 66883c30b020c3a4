"""The land of the whole world, as `tools/basemap` cut it: members of one archive, read where they are asked for."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from geodata.timemap.basemap.grid import Cell, Level

_LOCK = Lock()


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(files(__package__).joinpath("land.zip").open("rb"))


@cache
def _members() -> frozenset[str]:
    return frozenset(_archive().namelist())


@cache
def version() -> str:
    """Short text that is another when the land is: for addresses under which a browser keeps it."""
    sums = ",".join(f"{member.filename}:{member.CRC:08x}" for member in _archive().infolist())
    return hashlib.sha256(sums.encode()).hexdigest()[:12]


def member(name: str) -> bytes | None:
    """A member's bytes, packed with gzip; None where the archive has none of that name."""
    if name not in _members():
        return None
    with _LOCK:  # sessions read at once, and the archive has one place that it reads from
        return _archive().read(name)


def name_of(level: Level, cell: Cell, folder: str = "") -> str:
    """What a cell's member is called; ``folder`` is ``names/`` for the names on the land."""
    return f"{folder}{level.name}/{cell[0]}_{cell[1]}"


def cells(level: Level, folder: str = "") -> list[Cell]:
    """The cells of a level that hold something, row by row."""
    every = ((column, row) for row in range(level.rows) for column in range(level.columns))
    return [cell for cell in every if name_of(level, cell, folder) in _members()]


def told(name: str) -> Mapping[str, Any] | None:
    """What stands in a member of JSON; None where the archive has none of that name."""
    packed = member(name)
    if packed is None:
        return None
    plain: Mapping[str, Any] = json.loads(gzip.decompress(packed))
    return plain


def area_codes() -> list[str]:
    """The countries that have provinces, by their codes."""
    return sorted(name.removeprefix("areas/").removesuffix(".names") for name in _members() if name.endswith(".names"))
