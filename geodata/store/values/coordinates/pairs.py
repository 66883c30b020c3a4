"""Places of two columns, latitudes and longitudes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from geodata.model.text import shown
from geodata.store.values.coordinates import angles
from geodata.store.values.coordinates.angles import LATITUDE, LONGITUDE, Angles
from geodata.store.values.coordinates.cells import read_into
from geodata.store.values.coordinates.points import Points
from geodata.store.values.forms import Texts, objects


def read(latitudes: pa.Array, longitudes: pa.Array) -> pa.Table:
    """The places of two columns of texts, row by row.

    Columns: ``latitude`` and ``longitude`` (degrees, WGS 84; null where there is no place), ``problem`` (blank, or what
    is wrong, with the text, and what to do) and ``note`` (blank, or what was changed to read it). A cell that holds
    a whole place (MGRS, UTM, two numbers, WKT) is read as such where the other is blank.
    """
    if len(latitudes) != len(longitudes):
        raise ValueError("latitudes and longitudes are not of one length")
    (north, latitude), (east, longitude) = angles.of_column(latitudes), angles.of_column(longitudes)
    points = Points(len(north))
    points.latitude, points.longitude = latitude.degrees, longitude.degrees
    odd = np.isnan(latitude.degrees) | np.isnan(longitude.degrees) | (latitude.axis != 0) | (longitude.axis != 0)
    rows = np.flatnonzero(odd)
    if rows.size:
        texts = objects(north.take(pa.array(rows))), objects(east.take(pa.array(rows)))
        points.put(rows, _odd(texts, (latitude.at(rows), longitude.at(rows))))
    points.settle()
    return points.table()


def _odd(texts: tuple[Texts, Texts], read_angles: tuple[Angles, Angles]) -> Points:
    """Places of rows that are not two numbers without letters."""
    (north, east), (latitude, longitude) = texts, read_angles
    points = Points(len(north))
    turned = (latitude.axis == LONGITUDE) & (longitude.axis == LATITUDE)
    points.latitude = np.where(turned, longitude.degrees, latitude.degrees)
    points.longitude = np.where(turned, latitude.degrees, longitude.degrees)
    points.note[turned] = "the letters tell that the two columns are swapped"
    is_whole = np.isnan(latitude.degrees) & np.isnan(longitude.degrees) & (north + east != "")
    is_whole &= (north == "") | (east == "") | (north == east)
    cells = np.where(north == "", east, north)
    read_into(points, pa.array(cells, pa.string()), np.flatnonzero(is_whole), "lat-lon")
    of_one_angle = (latitude.problem != "") | (longitude.problem != "")
    has_place = ~np.isnan(points.latitude) & ~np.isnan(points.longitude)
    is_fine = has_place & (latitude.axis != LONGITUDE) & (longitude.axis != LATITUDE)
    for row in np.flatnonzero(~turned & ~is_fine & (north + east != "")):
        if is_whole[row] and not of_one_angle[row]:
            points.problem[row] = f"{shown(cells[row])} {points.problem[row]}"
        else:
            points.problem[row] = _problem(
                (north[row], latitude.problem[row], latitude.axis[row] == LONGITUDE, latitude.degrees[row]),
                (east[row], longitude.problem[row], longitude.axis[row] == LATITUDE, longitude.degrees[row]),
            )
    return points


def _problem(*cells: tuple[str, str, bool, float]) -> str:
    """What is wrong with a latitude and a longitude.

    Each is given by its text, the problem of its angle, whether its letter is of the other axis, and its degrees.
    """
    names = ("latitude", "longitude")
    for name, other, (text, problem, is_of_other, degrees) in zip(names, reversed(names), cells, strict=True):
        if problem:
            return f"{name} {shown(text)} {problem}"
        if is_of_other:
            return f"{name} {shown(text)} has a letter of a {other}"
        if text and np.isnan(degrees):
            return f"{name} {shown(text)} is not a number of degrees (write 39.8177)"
    blank = [name for name, (text, *_) in zip(names, cells, strict=True) if not text]
    return f"is half a coordinate: {blank[0]} is blank; give both or neither" if len(blank) == 1 else ""
