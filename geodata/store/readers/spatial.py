"""GeoPackage, Shapefile and FlatGeobuf through GDAL: the layer with the most rows, its places in WGS 84."""

from __future__ import annotations

import sqlite3
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyogrio.util
import pyproj

from geodata.model.text import listed, shown
from geodata.store.readers import encoding, raw, shapes
from geodata.store.readers.raw import RawTable, Reading
from geodata.store.readers.typed import geometries_unread, poured

LANGUAGE, HEADER_SIZE = 29, slice(8, 10)
"""Bytes of a DBF file: the number of its encoding, 0 where none is named, and how long its header is (dBase III)."""


def read(reading: Reading, form: str) -> RawTable:
    """The rows of one layer. Raises `InvalidData` where the file is broken or lacks a part."""
    settings, notes = encoding_of(reading.path, reading.hints.encoding) if form == "Shapefile" else ({}, [])
    try:
        with warnings.catch_warnings(), plainly_named(reading.path) as path:
            warnings.filterwarnings("ignore", ".*non conformant file extension")
            layer, others = _layer(reading, path)
            opened = pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=raw.LOT, **settings)
            with opened as (about, stream):
                geometry, crs, told = _place(about, stream.schema)
                if others:
                    notes.append(f"Read from the layer {shown(layer)}.")
                blank: list[int] = []
                table = poured(
                    reading, stream.schema, _watched(stream, geometry, blank), geometry=geometry, crs=crs,
                    notes=(*notes, *told), parts=(*others,),
                )  # fmt: skip
            if form == "GeoPackage" and blank and geometry:
                return replace(table, notes=(*table.notes, *_unreadable(path, layer, geometry, blank)))
            return table
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException) as error:
        missing = " (a shapefile is several files: .shp, .shx and .dbf, best in one zip)" if form == "Shapefile" else ""
        raise reading.refused(f"is a broken {form}{missing}; save it again") from error


def _watched(batches: Iterable[pa.RecordBatch], geometry: str | None, blank: list[int]) -> Iterator[pa.RecordBatch]:
    """The batches; the features, from 1, to which GDAL gives no geometry are added to ``blank``."""
    first = 1
    for batch in batches:
        if geometry and batch[geometry].null_count:
            blank += (np.flatnonzero(batch[geometry].is_null()) + first).tolist()
        first += len(batch)
        yield batch


def _unreadable(path: Path, layer: str, geometry: str, blank: list[int]) -> list[str]:
    """A note on the features whose geometry is there, and none that GDAL reads: it passes over them in silence."""
    column, table = (f'"{name.replace(chr(34), chr(34) * 2)}"' for name in (geometry, layer))
    numbered = f"SELECT row_number() OVER (ORDER BY rowid) AS number, {column} IS NOT NULL AS is_there FROM {table}"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        there = {number for (number,) in database.execute(f"SELECT number FROM ({numbered}) WHERE is_there")}
    return geometries_unread([number for number in blank if number in there])


@contextmanager
def plainly_named(path: Path) -> Iterator[Path]:
    """The path for pyogrio, which takes ``a!b`` for a file in an archive, and signs such as ``;`` for those of an
    address: where it would, links of plain names to the file and those of its name with other endings.
    """
    if pyogrio.util.vsi_path(path) == str(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="attest-") as folder:
        for one in path.parent.iterdir():
            if one.stem == path.stem:
                Path(folder, f"table{one.suffix}").symlink_to(one.resolve())
        yield Path(folder, f"table{path.suffix}")


def _layer(reading: Reading, path: Path) -> tuple[str, list[str]]:
    """The layer that is asked for, or the one with the most rows; and the names of the others."""
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    asked = reading.hints.member
    if asked and asked not in names:
        raise reading.refused(f"has no layer {shown(asked)}; it has {listed(map(shown, names))}")
    if not names:
        raise reading.refused("has no layer")
    layer = asked or max(names, key=lambda name: int(pyogrio.read_info(path, layer=name)["features"]))
    return layer, [name for name in names if name != layer]


def _place(about: dict[str, Any], schema: pa.Schema) -> tuple[str | None, pyproj.CRS | None, list[str]]:
    """The column of the geometry, its reference system (None for WGS 84), and what is said of it."""
    name = about["geometry_name"] or "wkb_geometry"
    if about["geometry_type"] is None or name not in schema.names:
        return None, None, []
    if not about["crs"]:
        return name, None, ["The file names no reference system: its coordinates are taken for WGS 84."]
    crs = pyproj.CRS.from_user_input(about["crs"])
    moved = shapes.unless_wgs84(crs)
    return name, moved, [f"Places are brought from {crs.name} to WGS 84."] if moved else []


def encoding_of(path: Path, asked: str | None = None) -> tuple[dict[str, str], list[str]]:
    """The encoding of a shapefile's cells, by trial where neither a .cpg file nor the .dbf names it."""
    table = _beside(path, ".dbf")
    if asked:
        return {"encoding": asked}, []
    if table is None or _beside(path, ".cpg"):
        return {}, []
    with table.open("rb") as file:
        content = file.read(encoding.LOOKED_AT * 10)
    letters = content[int.from_bytes(content[HEADER_SIZE], "little") :]
    if content[LANGUAGE : LANGUAGE + 1] != b"\0" or letters.isascii():
        return {}, []
    found = encoding.of_letters(letters)
    return {"encoding": found}, [f"Read as {encoding.spoken(found)}."]


def _beside(path: Path, suffix: str) -> Path | None:
    """The file of a shapefile with another ending, in small or capital letters."""
    return next((one for one in (path.with_suffix(suffix), path.with_suffix(suffix.upper())) if one.exists()), None)
