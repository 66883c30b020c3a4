"""Layers that lie on the 180th meridian or round a pole: where they lie, on screen and on paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from matplotlib.figure import Figure
from PIL import Image

from geodata.briefing import layers as on_paper
from geodata.briefing import scanned
from geodata.briefing.frame import fitted
from geodata.briefing.sheet import Box
from geodata.store.layers.layer import Picture
from tests.layering import fault, geotiff, only, scan

FIJI = (170.0, -20.0, 190.0, -10.0)


def picture_of(folder: Path, edges: tuple[float, float, float, float], crs: str = "EPSG:4326") -> Picture:
    """The picture of a scan whose left half is dark and whose right half is light."""
    geotiff(folder / "map.tif", edges, crs, scan())
    picture = only(folder, file="map.tif").picture
    assert picture
    return picture


def pixels_of(picture: Picture) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(picture.content)).convert("RGBA")).astype(int)


@pytest.mark.parametrize("edges", [FIJI, (0.0, -20.0, 360.0, -10.0), (-190.0, -20.0, -170.0, -10.0)])
def test_a_scan_that_lies_on_the_180th_meridian_is_drawn_whole(
    tmp_path: Path, edges: tuple[float, float, float, float]
) -> None:
    picture = picture_of(tmp_path, edges)
    west, south, east, north = picture.edges
    assert (east - west, south, north) == pytest.approx((edges[2] - edges[0], -20, -10), abs=1e-6)
    assert (west - edges[0]) % 360 == pytest.approx(0)
    pixels = pixels_of(picture)
    row = pixels[len(pixels) // 2]
    quarter = len(row) // 4
    assert row[:, 3].min() == 255
    assert abs(row[quarter, 0] - 60) < 12
    assert abs(row[3 * quarter, 0] - 230) < 12


def test_a_scan_in_a_projection_of_the_pacific_is_drawn_whole(tmp_path: Path) -> None:
    picture = picture_of(tmp_path, (2_200_000, -2_200_000, 4_400_000, -1_100_000), "EPSG:3832")
    assert picture.edges[0] == pytest.approx(169.76, abs=0.01)
    assert picture.edges[2] == pytest.approx(189.53, abs=0.01)
    row = pixels_of(picture)[picture.height // 2]
    assert abs(row[10, 0] - 60) < 12
    assert abs(row[-10, 0] - 230) < 12


@pytest.mark.parametrize(("crs", "south", "north"), [("EPSG:3031", -85.0511, -52.3), ("EPSG:3413", 52.3, 85.0511)])
def test_a_scan_that_holds_a_pole_reaches_round_the_world_and_to_the_edge_of_the_map(
    tmp_path: Path, crs: str, south: float, north: float
) -> None:
    picture = picture_of(tmp_path, (-3e6, -3e6, 3e6, 3e6), crs)
    assert picture.edges == pytest.approx((-180, south, 180, north), abs=0.2)
    pixels = pixels_of(picture)
    assert pixels[len(pixels) // 4 * (3 if crs == "EPSG:3031" else 1), :, 3].min() == 255


def test_a_scan_of_the_world_in_web_mercator_lies_as_it_did(tmp_path: Path) -> None:
    half = 20_037_508.342789244
    picture = picture_of(tmp_path, (-half, -half, half, half), "EPSG:3857")
    assert picture.edges == pytest.approx((-180, -85.0511, 180, 85.0511), abs=1e-4)
    assert pixels_of(picture)[..., 3].min() == 255


def test_a_scan_wider_than_the_world_is_refused(tmp_path: Path) -> None:
    geotiff(tmp_path / "map.tif", (-360.0, -20.0, 360.0, 20.0), "EPSG:4326", scan())
    assert "map.tif reaches, read as WGS 84, more than once round the world" in fault(tmp_path, file="map.tif")


def test_a_scan_with_a_turned_world_file_is_brought_upright(tmp_path: Path) -> None:
    turned = rasterio.Affine(0, 0.01, 45, 0.01, 0, 39)  # down is east, right is north
    pixels = scan()
    shape = {"width": 300, "height": 200, "count": 3, "dtype": "uint8", "crs": "EPSG:4326", "transform": turned}
    with rasterio.open(tmp_path / "map.tif", "w", driver="GTiff", **shape) as to:
        to.write(pixels)
    picture = only(tmp_path, file="map.tif").picture
    assert picture
    assert picture.edges == pytest.approx((45, 39, 47, 42))
    column = pixels_of(picture)[:, picture.width // 2]
    assert abs(column[10, 0] - 230) < 12
    assert abs(column[-10, 0] - 60) < 12


# --- on paper -------------------------------------------------------------------------------------------------------

PAGE = Box(0, 0, 300, 200)


@pytest.mark.parametrize("aside", [-360, 0, 360])
@pytest.mark.parametrize("window", [(172.0, -25.0, 188.0, -10.0), (-188.0, -25.0, -172.0, -10.0)])
def test_a_print_draws_a_layer_on_the_180th_meridian_from_whichever_side_it_is_told(
    aside: float, window: tuple[float, float, float, float]
) -> None:
    frame = fitted(window, PAGE)
    lines = [shapely.LineString([(178 + aside, -18), (182 + aside, -18)])]
    [line] = on_paper._projected(frame, lines)
    x, _ = shapely.get_coordinates(line).T
    assert x.min() == pytest.approx(-x.max(), abs=1000), "it lies in the middle, whole"
    assert np.ptp(x) == pytest.approx(423_000, rel=0.01)


@pytest.mark.parametrize("window", [(-180.0, -80.0, 180.0, 80.0), (10.0, -60.0, 350.0, 60.0)])
def test_no_line_runs_across_a_print_of_the_world_from_edge_to_edge(window: tuple[float, float, float, float]) -> None:
    frame = fitted(window, PAGE)
    lines = [shapely.LineString([(one - 3, 10), (one + 3, 10)]) for one in (-180, 0, 180, 360 - 3)]
    parts = list(on_paper._projected(frame, lines))
    assert parts
    assert all(np.ptp(shapely.get_coordinates(part)[:, 0]) < 1_000_000 for part in parts)


@pytest.mark.parametrize("edges", [FIJI, (-190.0, -20.0, -170.0, -10.0)])
def test_a_print_has_a_scan_on_the_180th_meridian_whole(
    tmp_path: Path, edges: tuple[float, float, float, float]
) -> None:
    axes = Figure().add_axes((0, 0, 1, 1))
    scanned.paint(axes, fitted((174.0, -19.0, 186.0, -11.0), PAGE), picture_of(tmp_path, edges), 1)
    pixels = np.asarray(axes.images[0].get_array())
    row = pixels[len(pixels) // 2]
    assert row[:, 3].min() == round(255 * scanned.OPACITY - 0.5)
    assert abs(int(row[10, 0]) - 60) < 12
    assert abs(int(row[-10, 0]) - 230) < 12
