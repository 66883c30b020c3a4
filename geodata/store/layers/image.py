"""Scanned maps: a GeoTIFF, or a picture with a world file, brought to Web Mercator as one image."""

from __future__ import annotations

import io
import warnings
from math import asinh, ceil, pi, radians, sqrt, tan
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import rasterio
import shapely
from PIL import Image
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.transform import Affine, from_bounds, from_gcps
from rasterio.vrt import WarpedVRT

from geodata.model.region import Extent
from geodata.store.layers.layer import MOST_PIXELS, Picture, Unfit
from geodata.store.layers.vector import NO_SYSTEM, are_degrees, to_degrees

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
    """Points along the edges of a picture, once round it, in its reference system."""
    along, still = np.linspace(0, 1, 101), np.zeros(101)
    across = np.concatenate([along, still + 1, along[::-1], still]) * width
    down = np.concatenate([still, along, still + 1, along[::-1]]) * height
    return (
        transform.a * across + transform.b * down + transform.c,
        transform.d * across + transform.e * down + transform.f,
    )


def _edges(crs: pyproj.CRS, rim: npt.NDArray[np.float64]) -> Extent:
    """The edges of a picture, whose east is beyond 180, or whose west is below -180, where it lies on that meridian."""
    transformer = to_degrees(crs)
    longitude, latitude = transformer.transform(*rim)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all() and np.abs(latitude).max() < 90.01):
        raise Unfit(f"lies, read as {crs.name}, beyond the world; name the reference system of its corners", "crs")
    longitude = np.unwrap(longitude, period=360)
    south, north = float(latitude.min()), float(latitude.max())
    west, east = float(longitude.min()), float(longitude.max())
    if abs(longitude[-1] - longitude[0]) > 180:  # once round a pole
        west, east = -180.0, 180.0
        at_south, at_north = (_holds(transformer, rim, latitude=pole) for pole in (-90, 90))
        south, north = (-90.0 if at_south else south), (90.0 if at_north else north)
    if east - west > 360.01:
        raise Unfit(f"reaches, read as {crs.name}, more than once round the world; check its corners")
    turn = 360 * ceil(((west + east) / 2 - 180) / 360)  # the middle is beyond -180, and 180 at most
    south, north = max(south, -MOST_LATITUDE), min(north, MOST_LATITUDE)
    if not (west < east and south < north):
        raise Unfit("has no width on the map; check its world file")
    return west - turn, south, east - turn, north


def _holds(transformer: pyproj.Transformer, rim: npt.NDArray[np.float64], *, latitude: float) -> bool:
    """Whether a pole lies within the rim of a picture."""
    place = shapely.Point(transformer.transform(0, latitude, direction="INVERSE"))
    return bool(np.isfinite([place.x, place.y]).all() and shapely.Polygon(rim.T).contains(place))


def mercator(edges: Extent) -> tuple[str, Extent]:
    """Web Mercator round the middle of edges in degrees, as a PROJ string, and the edges in its metres.

    Round their middle, for PROJ turns what lies beyond 180 degrees from it to the other side of the world.
    """
    west, south, east, north = edges
    half = radians(east - west) / 2 * RADIUS
    low, high = (asinh(tan(radians(latitude))) * RADIUS for latitude in (south, north))
    middle = (west + east) / 2
    crs = f"+proj=merc +a={RADIUS} +b={RADIUS} +lon_0={middle!r} +units=m +nadgrids=@null +wktext +no_defs"
    return crs, (-half, low, half, high)


RADIUS = 6_378_137.0
"""Metres of the sphere of Web Mercator (EPSG:3857)."""


def _size(source: DatasetReader, edges: Extent) -> tuple[tuple[int, int], list[str]]:
    """Width and height of the image: as many pixels as the file has, `MOST_PIXELS` at most."""
    _, (west, south, east, north) = mercator(edges)
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
    bands, *further = [_bands(source, crs, one, edges, size) for one in _turned(crs, source, transform)]
    for others in further:
        bands = np.where(bands[-1:] > 0, bands, others)
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


def _turned(crs: pyproj.CRS, source: DatasetReader, transform: Affine) -> list[Affine]:
    """A picture's transform, and the same a turn round the world aside for what lies beyond 180 degrees.

    GDAL looks for each place between -180 and 180 degrees alone.
    """
    if not crs.is_geographic:
        return [transform]
    turn = round(2 * pi / crs.axis_info[0].unit_conversion_factor, 6)
    across, _ = _rim(source.width, source.height, transform)
    needed = {0: True, -turn: across.max() > turn / 2, turn: across.min() < -turn / 2}
    return [Affine.translation(aside, 0) @ transform for aside, is_needed in needed.items() if is_needed]


def _bands(source: DatasetReader, crs: pyproj.CRS, transform: Affine, edges: Extent, size: tuple[int, int]) -> Any:
    """The bands of a picture in Web Mercator, the last of them alpha."""
    projection, corners = mercator(edges)
    warped = WarpedVRT(
        source,
        src_crs=crs.to_wkt(),
        src_transform=transform,
        crs=projection,
        transform=from_bounds(*corners, *size),
        width=size[0],
        height=size[1],
        resampling=Resampling.nearest if source.colorinterp[0] == ColorInterp.palette else Resampling.bilinear,
        add_alpha=ColorInterp.alpha not in source.colorinterp,
        SAMPLE_STEPS="ALL",  # else GDAL misses what lies just beside a leap of longitudes from 180 to -180
    )
    with warped as vrt:
        return vrt.read()


def encoded(pixels: Pixels, edges: Extent) -> Picture:
    """Pixels (height, width, 4) that fill edges in Web Mercator, as a picture."""
    content = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(content, "WEBP", quality=82, method=2)
    return Picture(content.getvalue(), pixels.shape[1], pixels.shape[0], edges)
