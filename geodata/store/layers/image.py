"""Scanned maps: a GeoTIFF, or a picture with a world file, brought to Web Mercator as one image."""

from __future__ import annotations

import io
import warnings
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import rasterio
from PIL import Image
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.transform import Affine, from_bounds, from_gcps
from rasterio.vrt import WarpedVRT

from geodata.model.region import Extent
from geodata.store.layers.layer import MOST_PIXELS, Picture, Unfit
from geodata.store.layers.vector import NO_SYSTEM, are_degrees

MOST_LATITUDE = 85.0511
"""Degrees: the edge of Web Mercator."""

Pixels = npt.NDArray[np.uint8]


def read(path: Path, driver: str, asked: str) -> tuple[Picture, list[str], list[str]]:
    """The picture of a file that GDAL's ``driver`` reads, how it was read, and what is scaled down. Raises `Unfit`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path, driver=driver) as source:
                return _warped(source, asked)
    except RasterioError as error:
        raise Unfit("is a broken picture; save it again") from error


def _warped(source: DatasetReader, asked: str) -> tuple[Picture, list[str], list[str]]:
    transform, own = _corners(source)
    if transform is None:
        raise Unfit("tells no corners; save it as GeoTIFF, or put its world file beside it (as map.pgw for map.png)")
    rim = np.array(_rim(source.width, source.height, transform))
    system = asked or (own.to_wkt() if own else "")
    if not system and not are_degrees(np.concatenate([rim.min(axis=1), rim.max(axis=1)])):
        raise Unfit(NO_SYSTEM, "crs")
    crs = pyproj.CRS.from_user_input(system or "EPSG:4326")
    edges = _edges(crs, rim)
    size, limits = _size(source, edges)
    notes = []
    if not crs.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True):
        notes.append(f"Brought from {crs.name} to the map's projection.")
    pixels = _pixels(source, crs, transform, edges, size)
    return encoded(pixels, edges), notes, limits


def _corners(source: DatasetReader) -> tuple[Affine | None, Any]:
    """From pixels to the reference system, which may be missing; ``None`` where the file tells neither."""
    if not source.transform.is_identity:
        return source.transform, source.crs
    points, crs = source.gcps
    known: list[GroundControlPoint] = points or []
    return (from_gcps(known), crs) if len(known) > 2 else (None, None)


def _rim(width: int, height: int, transform: Affine) -> tuple[Any, Any]:
    """Points along the edges of a picture, in its reference system."""
    along = np.linspace(0, 1, 21)
    across = np.concatenate([along, along, along * 0, along * 0 + 1]) * width
    down = np.concatenate([along * 0, along * 0 + 1, along, along]) * height
    return (
        transform.a * across + transform.b * down + transform.c,
        transform.d * across + transform.e * down + transform.f,
    )


def _edges(crs: pyproj.CRS, rim: npt.NDArray[np.float64]) -> Extent:
    longitude, latitude = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(*rim)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        raise Unfit(f"lies, read as {crs.name}, beyond the world; name the reference system of its corners", "crs")
    south, north = np.clip([latitude.min(), latitude.max()], -MOST_LATITUDE, MOST_LATITUDE)
    west, east = float(longitude.min()), float(longitude.max())
    if not (west < east and south < north):
        raise Unfit("has no width on the map; check its world file")
    return west, float(south), east, float(north)


def metres(edges: Extent) -> Extent:
    """Edges in degrees as metres of Web Mercator."""
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    west, south = to_metres.transform(edges[0], edges[1])
    east, north = to_metres.transform(edges[2], edges[3])
    return west, south, east, north


def _size(source: DatasetReader, edges: Extent) -> tuple[tuple[int, int], list[str]]:
    """Width and height of the image: as many pixels as the file has, `MOST_PIXELS` at most."""
    west, south, east, north = metres(edges)
    pixels = min(source.width * source.height, MOST_PIXELS)
    wide = sqrt(pixels * (east - west) / (north - south))
    size = max(1, round(wide)), max(1, round(pixels / wide))
    if max(size) > LONGEST:
        size = round(size[0] * LONGEST / max(size)) or 1, round(size[1] * LONGEST / max(size)) or 1
    if source.width * source.height <= MOST_PIXELS:
        return size, []
    return size, [f"Scaled down: the file has {source.width:,} × {source.height:,} pixels, "
                  f"{size[0]:,} × {size[1]:,} are drawn."]  # fmt: skip


LONGEST = 16_383
"""Pixels of the longest side of a WebP."""


def _pixels(source: DatasetReader, crs: pyproj.CRS, transform: Affine, edges: Extent, size: tuple[int, int]) -> Pixels:
    """The picture in Web Mercator: red, green, blue and alpha, shape (height, width, 4)."""
    kinds = source.colorinterp
    is_palette = kinds[0] == ColorInterp.palette
    if any(kind not in ("uint8", "uint16") for kind in source.dtypes):
        raise Unfit("holds measurements and no picture; save it as a picture of 8 bits a colour")
    has_alpha = ColorInterp.alpha in kinds
    warped = WarpedVRT(
        source,
        src_crs=crs.to_wkt(),
        src_transform=transform,
        crs="EPSG:3857",
        transform=from_bounds(*metres(edges), *size),
        width=size[0],
        height=size[1],
        resampling=Resampling.nearest if is_palette else Resampling.bilinear,
        add_alpha=not has_alpha,
    )
    with warped as vrt:
        bands = vrt.read()
    if bands.dtype == np.uint16:
        bands = (bands >> 8).astype(np.uint8)
    *colours, alpha = bands
    if is_palette:
        table = np.zeros((256, 4), np.uint8)
        for value, colour in source.colormap(1).items():
            table[value] = colour
        looked: Pixels = table[colours[0]]
        looked[..., 3] = np.minimum(looked[..., 3], alpha)
        return looked
    if len(colours) < 3:
        grey = colours[0] * 255 if colours[0].max() <= 1 else colours[0]  # a scan of one bit a pixel
        colours = [grey, grey, grey]
    return np.stack([*colours[:3], alpha], axis=-1)


def encoded(pixels: Pixels, edges: Extent) -> Picture:
    """Pixels (height, width, 4) that fill edges in Web Mercator, as a picture."""
    content = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(content, "WEBP", quality=82, method=2)
    return Picture(content.getvalue(), pixels.shape[1], pixels.shape[0], edges)
