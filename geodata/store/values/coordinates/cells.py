"""Places that stand whole in one cell."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.values.coordinates import angles, grids
from geodata.store.values.coordinates.angles import LATITUDE, LONGITUDE, PLAIN
from geodata.store.values.coordinates.points import Points, tidy
from geodata.store.values.forms import Rows, mask, of_form

ORDERS = {"lat-lon": "latitude, then longitude", "lon-lat": "longitude, then latitude"}
"""The orders of two numbers in a cell, with words for the reader."""

_LAT, _LON = rf"(?P<lat>{PLAIN})", rf"(?P<lon>{PLAIN})"
_KNOWN_ORDER = (
    rf"(?i)^(?:SRID=4326; ?)?POINT ?(?:ZM?|M)? ?\( ?{_LON} {_LAT}(?: {PLAIN})* ?\)$",
    rf"(?i)^\{{.*[\"']type[\"'] ?: ?[\"']Point[\"'].*\[ ?{_LON} ?, ?{_LAT} ?[,\]].*\}}$",
    rf"(?i)^\{{.*[\"']coordinates[\"'] ?: ?\[ ?{_LON} ?, ?{_LAT} ?[,\]].*[\"']Point[\"'].*\}}$",
    rf"(?i)^geo: ?{_LAT},{_LON}(?:,{PLAIN})?(?:;.*)?$",
    rf"(?i)^\{{.*lat(?:itude)?[\"']? ?: ?[\"']?{_LAT}[\"']?,.*(?:lng|long?|longitude)[\"']? ?: ?[\"']?{_LON}\D*\}}$",
)
"""Forms that say which number is which: WKT and EWKT, GeoJSON, a geo URI (RFC 5870), and JSON that names them."""

_COMMA, _ANY = r"[-+]?\d{1,3},\d+", r".*\d.*?"
_DIRECTION = r"(?:[NSEWСЮВЗ]|(?:north|south|east|west)|[сюзв]\. ?[шд]\.)"
_PAIRS = (
    rf"^(?P<a>{PLAIN}) ?[,;:|/] ?(?P<b>{PLAIN})(?: ?[,;|/] ?{PLAIN})?$",
    rf"^(?P<a>{PLAIN}) (?P<b>{PLAIN})(?: {PLAIN}){{0,2}}$",
    rf"^(?P<a>{_COMMA})(?: ?[;:|/] ?|,? )(?P<b>{_COMMA})$",
    rf"^(?P<a>{_COMMA}),(?P<b>{_COMMA})$",
    rf"(?i)^(?P<a>{_DIRECTION}.*\d.*?)[ ,;:|/]*(?P<b>{_DIRECTION}.*\d.*)$",
    rf"(?i)^(?P<a>{_ANY}{_DIRECTION})[ ,;:|/]*(?P<b>\d{_ANY}{_DIRECTION}|\d+ ?°? ?{_DIRECTION})$",
    r"^(?P<a>-?\d+ ?[°º˚].*?)(?: ?[,;:|/] ?| )(?P<b>-?\d+ ?[°º˚].*)$",
    r"^(?P<a>[^,;]*\d[^,;]*) ?[,;] ?(?P<b>[^,;]*\d[^,;]*)$",
)
"""Two numbers of degrees in any form, by what stands between them."""
_TWO_NUMBERS = (
    rf"^[(\[]? ?(?P<a>{_COMMA}|{PLAIN}) ?[,;:|/ ] ?(?P<b>{_COMMA}|{PLAIN})(?: ?[,;|/ ] ?{PLAIN}){{0,2}} ?[)\]]?$"
)
"""Two numbers of which no letter tells which is which."""
_HOW_TO_WRITE = "write latitude and longitude as 39.81, 46.75"
NO_POINT = "is not a single point; give one point, as in POINT (46.75 39.81)"
"""The problem of a line or an area."""
_NO_POINTS = r"(?i)^(?:SRID=\d+; ?)?(?:MULTI|LINESTRING|POLYGON|GEOMETRYCOLLECTION|CURVE|POINT ?EMPTY)"


def read_cells(texts: pa.Array, order: str) -> pa.Table:
    """The places of a column in which each cell holds one, row by row.

    ``order`` is a key of `ORDERS`; it is that of two numbers without letters, for other forms tell theirs. Columns as
    `read` has them.
    """
    cells = tidy(texts)
    points = Points(len(cells))
    read_into(points, cells, np.flatnonzero(mask(pc.not_equal(cells, ""))), order)
    points.settle()
    return points.table()


def read_into(points: Points, cells: pa.Array, rows: Rows, order: str) -> None:
    """Writes the points of the tidy cells of ``rows``; a cell that is not read has a problem."""
    for pattern in _KNOWN_ORDER:
        if not rows.size:
            return
        groups, matched = of_form(cells, rows, pattern)
        points.latitude[rows[matched]] = pc.cast(groups.field("lat"), pa.float64()).to_numpy()
        points.longitude[rows[matched]] = pc.cast(groups.field("lon"), pa.float64()).to_numpy()
        rows = rows[~matched]
    rows = grids.read(cells, points, rows)
    bare = pc.replace_substring_regex(cells, r"^[(\[] ?(.*?) ?[)\]]$", r"\1")
    for pattern in _PAIRS:
        groups, matched = of_form(bare, rows, pattern)
        if matched.any():
            read = _pairs(groups, order)
            is_read = ~np.isnan(read.latitude) | (read.problem != "")
            found = np.flatnonzero(matched)[is_read]
            points.put(rows[found], read.at(is_read))
            rows = np.delete(rows, found)
    points.problem[rows] = f"is not a place in degrees; {_HOW_TO_WRITE}"
    others = mask(pc.match_substring_regex(cells.take(pa.array(rows)), _NO_POINTS))
    points.problem[rows[others]] = NO_POINT


def _pairs(groups: pa.StructArray, order: str) -> Points:
    """Points of two angles. Letters tell which is which; without any the order does."""
    first, second = (angles.read(groups.field(name)) for name in "ab")
    points = Points(len(groups))
    turned = (first.axis == LONGITUDE) | (second.axis == LATITUDE)
    if order == "lon-lat":
        turned |= (first.axis == 0) & (second.axis == 0)
    points.latitude = np.where(turned, second.degrees, first.degrees)
    points.longitude = np.where(turned, first.degrees, second.degrees)
    points.problem = np.where(first.problem != "", first.problem, second.problem)
    points.problem[(first.axis != 0) & (first.axis == second.axis)] = (
        "has two numbers of the same axis by their letters"
    )
    return points


def guess_cell_order(texts: pa.Array) -> tuple[str, str] | None:
    """Which of two numbers without letters is the latitude: the one that is never beyond 90, if the other is.

    A key of `ORDERS`, and why; None where no cell holds two such numbers.
    """
    groups = pc.extract_regex(tidy(texts), _TWO_NUMBERS)
    pairs = groups.filter(groups.is_valid())
    if not len(pairs):
        return None
    first, second = (
        np.abs(pc.cast(pc.replace_substring(pairs.field(name), ",", "."), pa.float64()).to_numpy()) > 90
        for name in "ab"
    )
    if first.any() == second.any():
        return "lat-lon", "both numbers are beyond 90" if first.any() else "no number is beyond 90"
    order, place, proof = ("lon-lat", "first", first) if first.any() else ("lat-lon", "second", second)
    pair = pairs[int(np.argmax(proof))].as_py()
    number = pair["a"] if first.any() else pair["b"]
    return order, f"{number} stands in the {place} place, which is no latitude"
