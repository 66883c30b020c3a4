"""A scanned map on paper, brought to the projection of the print."""

from __future__ import annotations

import io

import numpy as np
import rasterio.warp
from matplotlib.axes import Axes
from PIL import Image
from rasterio.enums import Resampling
from rasterio.transform import from_bounds

from geodata.briefing.frame import Frame
from geodata.store.layers.image import mercator
from geodata.store.layers.layer import Picture

OPACITY = 0.75
"""Of a picture; the screen begins with the same."""

DOTS = 200
"""Of a picture, an inch of the page."""


def paint(axes: Axes, frame: Frame, picture: Picture, order: int) -> None:
    """A picture brought from Web Mercator to the projection of the print."""
    with Image.open(io.BytesIO(picture.content)) as image:
        bands = np.asarray(image.convert("RGBA")).transpose(2, 0, 1)
    wide, high = round(frame.box.width / 72 * DOTS), round(frame.box.height / 72 * DOTS)
    crs, corners = mercator(picture.edges)
    edges = (frame.west, frame.south, frame.east, frame.north)
    there = np.zeros((4, high, wide), np.uint8)
    rasterio.warp.reproject(
        np.ascontiguousarray(bands),
        there,
        src_transform=from_bounds(*corners, picture.width, picture.height),
        src_crs=crs,
        dst_transform=from_bounds(*edges, wide, high),
        dst_crs=frame.crs,
        resampling=Resampling.bilinear,
    )
    there[3] = (there[3] * OPACITY).astype(np.uint8)
    axes.imshow(there.transpose(1, 2, 0), extent=(frame.west, frame.east, frame.south, frame.north), aspect="auto",
                zorder=order, interpolation="nearest")  # fmt: skip
