"""Places on a military grid (MGRS) and in metres of a UTM zone, to degrees."""

from __future__ import annotations

from typing import Any

import mgrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.store.values.coordinates.points import Points
from geodata.store.values.forms import Rows, objects, of_form

_MGRS = r"^(?P<zone>\d{1,2}) ?(?P<band>[C-HJ-NP-Xc-hj-np-x]) ?(?P<square>[A-HJ-NP-Za-hj-np-z]{2}) ?(?P<digits>[\d ]*)$"
_UTM = (
    r"(?i)^(?:UTM )?(?:zone )?(?P<zone>\d{1,2}) ?(?P<band>[C-HJ-NP-X])[ ,;]+(?P<east>\d{6}(?:\.\d+)?) ?(?:mE?|E)?"
    r"[ ,;]+(?P<north>\d{1,8}(?:\.\d+)?) ?(?:mN?|N)?$"
)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
"""Letters of UTM's bands from 80 degrees south, each 8 degrees high; the last is 12."""
_SIDES = {0: "100 km", 1: "10 km", 2: "1 km"}
"""How wide a square of MGRS is that has so many digits a side; with more it is a place."""

Metres = NDArray[np.float64]


def read(texts: pa.Array, points: Points, rows: Rows) -> Rows:
    """Writes the points of the texts of ``rows`` that are of a grid; returns the rows that are not."""
    for pattern, reader in ((_MGRS, _read_mgrs), (_UTM, _read_utm)):
        groups, matched = of_form(texts, rows, pattern)
        if matched.any():
            points.put(rows[matched], reader(groups))
            rows = rows[~matched]
    return rows


def _read_mgrs(groups: pa.StructArray) -> Points:
    """The middle of each square, as the library gives it."""
    points, grid = Points(len(groups)), mgrs.MGRS()
    for row, cell in enumerate(groups.to_pylist()):
        halves = cell["digits"].split()
        digits = "".join(halves)
        side = len(digits) // 2
        if len(digits) % 2 or side > 5 or (len(halves) == 2 and len(halves[0]) != len(halves[1])):
            points.problem[row] = "looks like MGRS, but east and north have not the same number of digits (1 to 5)"
            continue
        try:
            place = grid.toLatLon(f"{cell['zone']}{cell['band']}{cell['square']}{digits}".upper())
        except mgrs.MGRSError:
            points.problem[row] = "looks like MGRS, but there is no such square"
            continue
        points.latitude[row], points.longitude[row] = place
        wide = f", a square of {_SIDES[side]}: its centre" if side in _SIDES else ""
        points.note[row] = f"from MGRS{wide}"
    return points


def _read_utm(groups: pa.StructArray) -> Points:
    """Metres east and north of a zone. The letter is a band; N or S is a hemisphere where it cannot be the band."""
    points = Points(len(groups))
    zone = pc.cast(groups.field("zone"), pa.int64()).to_numpy()
    east, north = (pc.cast(groups.field(name), pa.float64()).to_numpy() for name in ("east", "north"))
    letters = np.char.upper(objects(groups.field("band")).astype(str))
    bottom = np.array([8.0 * _BANDS.index(letter) - 80 for letter in letters])
    top = bottom + np.where(letters == "X", 12, 8)
    for number in np.unique(zone).tolist():
        if not 1 <= number <= 60:
            points.problem[zone == number] = f"looks like UTM, but there is no zone {number}"
            continue
        for is_south in (False, True):
            chosen = np.flatnonzero((zone == number) & ((bottom < 0) == is_south))
            points.longitude[chosen], points.latitude[chosen] = _degrees(number, is_south, east[chosen], north[chosen])
        in_band = (points.latitude > bottom - 1) & (points.latitude < top + 1)
        south = np.flatnonzero((zone == number) & ~in_band & (letters == "S"))
        points.longitude[south], points.latitude[south] = _degrees(number, True, east[south], north[south])
        wrong = (zone == number) & ~in_band & (letters != "S") & (letters != "N")
        points.problem[wrong] = "looks like UTM, but the metres north do not lie in the band of the letter"
    points.note[points.problem == ""] = "from UTM"
    return points


def _degrees(zone: int, is_south: bool, east: Metres, north: Metres) -> tuple[Any, Any]:
    """Longitude and latitude. EPSG numbers WGS 84's zones from 32601 in the north and from 32701 in the south."""
    to_degrees = Transformer.from_crs((32700 if is_south else 32600) + zone, 4326, always_xy=True)
    longitude, latitude = to_degrees.transform(east, north)
    return longitude, latitude
