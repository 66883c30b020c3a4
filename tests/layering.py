"""Cases with layers, each file made here: what the unit tests read and the browser tests show."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import rasterio
import shapely
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from rasterio.transform import from_bounds

from geodata.store.layers.layer import Layer
from geodata.store.load import load
from tests.server import ROOT

SMALL = ROOT / "tests" / "data" / "small"

FRONT = shapely.LineString([(45.5, 39.5), (46.5, 39.9), (46.9, 40.4)])
DISTRICT = shapely.box(46.0, 39.2, 46.8, 39.8)
CAMPS = [shapely.Point(46.3, 40.6), shapely.Point(47.2, 39.9)]

HOSTILE = "<img src=x onerror=\"document.title='run'\">"
RIGHT_TO_LEFT = "خط الجبهة"


def frame(shapes: Iterable[Any], crs: str | None = "EPSG:4326", **columns: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def case_with(folder: Path, *layers: Mapping[str, str]) -> Path:
    """A copy of the small case in ``folder`` that lists these layers; their files may already lie there."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    lines = ["layers:"]
    for layer in layers:
        told = {"title": "A layer", "source": "A journal"} | layer
        lines += [f"{'  - ' if at == 0 else '    '}{name}: {value!r}" for at, (name, value) in enumerate(told.items())]
    text = (SMALL / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(f"{text}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def only(folder: Path, **record: str) -> Layer:
    """The one layer of a case that lists one, which has no fault."""
    dataset = load(case_with(folder, record))
    assert dataset.layer_faults == ()
    [layer] = dataset.layers
    return layer


def fault(folder: Path, **record: str) -> str:
    """The one fault of the one layer of a case, which opens all the same."""
    dataset = load(case_with(folder, record))
    assert dataset.size == 11
    assert dataset.layers == ()
    [told] = dataset.layer_faults
    return str(told)


def scan(width: int = 300, height: int = 200, *, bands: int = 3) -> np.ndarray[Any, Any]:
    """A picture whose left half is dark and whose right half is light: (bands, height, width)."""
    pixels = np.full((bands, height, width), 230, np.uint8)
    pixels[:3, :, : width // 2] = 60
    if bands == 4:
        pixels[3] = 255
    return pixels


def geotiff(path: Path, edges: tuple[float, float, float, float], crs: str, pixels: np.ndarray[Any, Any]) -> None:
    """Edges are west, south, east, north in units of the reference system."""
    bands, height, width = pixels.shape
    shape = {"width": width, "height": height, "count": bands, "dtype": pixels.dtype, "compress": "deflate"}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=from_bounds(*edges, width, height), **shape) as to:
        to.write(pixels)


def png_with_world_file(path: Path, edges: tuple[float, float, float, float]) -> None:
    pixels = scan()
    Image.fromarray(pixels.transpose(1, 2, 0)).save(path)
    west, south, east, north = edges
    across, down = (east - west) / pixels.shape[2], (north - south) / pixels.shape[1]
    numbers = (across, 0, 0, -down, west + across / 2, north - down / 2)
    path.with_suffix(".pgw").write_text("\n".join(map(str, numbers)), encoding="ascii")


def raster_tiles(path: Path, zooms: Iterable[int], edges: tuple[float, float, float, float]) -> None:
    """PMTiles of plain green tiles, one for each that covers the extent."""
    content = io.BytesIO()
    Image.new("RGB", (256, 256), "#118833").save(content, "PNG")
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in zooms:
            columns, rows = tiles_of(edges, zoom)
            for tile in sorted(zxy_to_tileid(zoom, x, y) for x in columns for y in rows):
                writer.write_tile(tile, content.getvalue())
        west, south, east, north = (round(edge * 1e7) for edge in edges)
        header = {"tile_type": TileType.PNG, "tile_compression": Compression.NONE, "min_lon_e7": west,
                  "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north, "center_zoom": min(zooms),
                  "center_lon_e7": west, "center_lat_e7": south}  # fmt: skip
        writer.finalize(header, {})


def tiles_of(edges: tuple[float, float, float, float], zoom: int) -> tuple[range, range]:
    from geodata.store.layers.tiles import _span

    return _span(edges, zoom)
