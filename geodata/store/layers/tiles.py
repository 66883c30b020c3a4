"""PMTiles: the tiles of one file put together, at the finest zoom that a map can carry as one layer."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from PIL import Image, UnidentifiedImageError
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType

from geodata.model.region import Extent
from geodata.store.layers.image import MOST_LATITUDE, encoded
from geodata.store.layers.layer import MOST_PIXELS, Picture, Unfit
from geodata.store.layers.vector import Found, gdal

MOST_TILES = 512
"""Vector tiles that are read."""

WORLD, TILE = 40_075_016.686, 4096
"""Metres round the equator, and the places across a vector tile (Mapbox Vector Tile 2.1, the usual extent)."""

MOST_ZOOM = 30
"""Of tiles: their places at a zoom are whole numbers of so many bits."""

SMALLEST = 64
"""Pixels of the side of a tile for which the number of tiles is reckoned at least."""

BROKEN = "is a broken PMTiles file; fetch it again"


def read(path: Path) -> tuple[Found | Picture, list[str]]:
    """The features or the picture of a file, and how it was made. Raises `Unfit`."""
    with path.open("rb") as file:
        try:
            reader = Reader(MmapSource(file))
            header = reader.header()
        except Exception as error:  # the package raises its own bare `Exception`, and what a short file leads to
            raise Unfit(BROKEN) from error
        edges = tuple(header[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat"))
        west, south, east, north = edges
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise Unfit("tells no extent; make it again with its bounds")
        least, finest = header["min_zoom"], header["max_zoom"]
        if not 0 <= least <= finest <= MOST_ZOOM:
            raise Unfit(f"tells zooms {least} to {finest}, and tiles have 0 to {MOST_ZOOM}; make it again")
        if header["tile_type"] == TileType.MVT:
            zoom = _finest(edges, least, finest, MOST_TILES)
            found: Found | Picture = _whole(gdal(path, {"ZOOM_LEVEL": zoom}), WORLD / 2**zoom / TILE)
        elif header["tile_type"] in (TileType.PNG, TileType.JPEG, TileType.WEBP):
            _finest(edges, least, least, MOST_PIXELS // SMALLEST**2)  # else the first tile is looked for too long
            side = _first_tile(reader, least, edges).width
            zoom = _finest(edges, least, finest, MOST_PIXELS // max(side, SMALLEST) ** 2)
            found = _picture(reader, edges, zoom, side)
        else:
            raise Unfit("holds tiles that Attest does not draw; make it with vector tiles, PNG, JPEG or WebP")
    return found, [] if zoom == finest else [f"Drawn at zoom {zoom}; the file goes to {finest}."]


def _span(edges: Extent, zoom: int) -> tuple[range, range]:
    """The columns and rows of tiles that touch an extent."""
    count: int = 2**zoom

    def row(latitude: float) -> int:
        mercator = asinh(tan(radians(max(-MOST_LATITUDE, min(MOST_LATITUDE, latitude)))))
        return min(count - 1, max(0, floor((1 - mercator / pi) / 2 * count)))

    west, south, east, north = edges
    left, right = (min(count - 1, floor((longitude + 180) / 360 * count)) for longitude in (west, east - 1e-9))
    return range(left, right + 1), range(row(north - 1e-9), row(south + 1e-9) + 1)


def _finest(edges: Extent, least: int, finest: int, most: int) -> int:
    """The largest zoom of a file at which its extent takes ``most`` tiles or fewer."""
    for zoom in range(finest, least, -1):
        columns, rows = _span(edges, zoom)
        if len(columns) * len(rows) <= most:
            return zoom
    columns, rows = _span(edges, least)
    if len(columns) * len(rows) > most:
        raise Unfit(f"begins at zoom {least}, where it has too many tiles to draw; make it with coarser ones, too")
    return least


# --- vector ----------------------------------------------------------------------------------------------------------


def _whole(found: Found, step: float) -> Found:
    """Features put together again that the edges of tiles cut: those whose cells are the same.

    ``step`` is the distance in metres between two neighbouring places of a tile.
    """
    names = list(dict.fromkeys(name for cells in found.cells for name in cells))
    frame = pd.DataFrame(found.cells, columns=names).astype(object)
    keys = frame.apply(lambda cells: repr(tuple(cells)), axis=1) if names else pd.Series("", range(len(found.cells)))
    groups = pd.Series(keys).groupby(keys, sort=False).indices.values()
    together = [_joined(found.geometry[rows], step) for rows in groups]
    cells = [found.cells[int(rows[0])] for rows in groups]
    return Found(cells, np.array([None, *together], object)[1:], pyproj.CRS.from_epsg(3857))


def _joined(parts: Any, step: float) -> Any:
    """One geometry of parts whose cut ends are rounded, each in its own tile, and so do not quite meet."""
    kind = int(shapely.get_dimensions(parts).max())
    near = (None, 2 * step, step)[kind]  # points stay where they are
    whole = shapely.union_all(shapely.make_valid(parts), grid_size=near)
    if whole.is_empty:  # smaller than a step
        whole = shapely.union_all(shapely.make_valid(parts))
    return shapely.line_merge(whole) if whole.geom_type == "MultiLineString" else whole


# --- raster ----------------------------------------------------------------------------------------------------------


def _tiles(reader: Reader, edges: Extent, zoom: int) -> Iterator[tuple[int, int, Image.Image]]:
    """The tiles of a zoom, each with its column and row."""
    columns, rows = _span(edges, zoom)
    for column in columns:
        for row in rows:
            try:
                content = reader.get(zoom, column, row)
            except Exception as error:  # as in `read`: the package trusts the places that the file tells
                raise Unfit(BROKEN) from error
            if content:
                yield column, row, _opened(content)


TOO_LARGE = f"holds a tile of more than {MOST_PIXELS:,} pixels; make it again with smaller tiles"


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            tile = Image.open(io.BytesIO(content))
        if tile.width * tile.height > MOST_PIXELS:
            raise Unfit(TOO_LARGE)
        return tile.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, struct.error) as error:
        raise Unfit(BROKEN) from error


def _first_tile(reader: Reader, zoom: int, edges: Extent) -> Image.Image:
    for _, _, tile in _tiles(reader, edges, zoom):
        return tile
    raise Unfit("has no tile within its bounds; make it again")


def _picture(reader: Reader, edges: Extent, zoom: int, side: int) -> Picture:
    """One image of all tiles of a zoom, ``side`` pixels wide each."""
    columns, rows = _span(edges, zoom)
    whole = Image.new("RGBA", (len(columns) * side, len(rows) * side))
    for column, row, tile in _tiles(reader, edges, zoom):
        sized = tile if tile.width == side else tile.resize((side, side))
        whole.paste(sized, ((column - columns.start) * side, (row - rows.start) * side))
    count = 2**zoom
    west, east = (at / count * 360 - 180 for at in (columns.start, columns.stop))
    north, south = (degrees(atan(sinh(pi * (1 - 2 * at / count)))) for at in (rows.start, rows.stop))
    return encoded(np.asarray(whole), (west, south, east, north))
