"""A step of a lesson as it is printed: its reports, colours and names, and as much of the world as its screen shows."""

from __future__ import annotations

from datetime import date
from math import cos, radians

from geodata.briefing.print import Print
from geodata.lessons.model import MOST_LATITUDE, Camera, Step
from geodata.model.names import LABEL
from geodata.model.region import WORLD_PIXELS, Extent
from geodata.store.dataset import Dataset
from geodata.timemap.marks import schemes

MADE = date(2000, 1, 1)
"""The date that a `Print` needs where none is printed: the same lesson gives the same bytes whenever it is made."""

SCREEN = 760
"""Pixels of the screen's map in class: the printed one shows as much of the world from west to east."""


def of_step(dataset: Dataset, step: Step, aspect: float, made: date = MADE, title: str = "") -> Print:
    """The step on a map whose height is ``aspect`` times its width; a blank ``title`` is the step's own."""
    scheme, naming = step.colour or next(iter(schemes(dataset))), step.names or LABEL
    extent = _extent(step.camera, aspect) if step.camera else None
    return Print(dataset, step.selection(), made, extent, scheme, naming, title or step.title)


def _extent(camera: Camera, aspect: float) -> Extent:
    """West, south, east, north in degrees of what the screen shows around the camera; ``aspect`` is height by width."""
    wide = SCREEN / (WORLD_PIXELS * 2**camera.zoom) * 360
    high = wide * cos(radians(camera.latitude)) * aspect
    south = max(camera.latitude - high / 2, -MOST_LATITUDE)
    north = min(camera.latitude + high / 2, MOST_LATITUDE)
    return max(camera.longitude - wide / 2, -180.0), south, min(camera.longitude + wide / 2, 180.0), north
