"""What was read of coordinates: points in degrees, or what is wrong."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.values.blanks import cleared
from geodata.store.values.forms import Entries, Texts


class Points(Entries):
    """One entry a row: ``latitude`` and ``longitude`` (degrees, WGS 84, NaN where none), ``problem`` and ``note``.

    A note says what was changed to read the place, or why there is none that is no fault.
    """

    def __init__(self, count: int) -> None:
        self.latitude = np.full(count, np.nan)
        self.longitude = np.full(count, np.nan)
        self.problem: Texts = np.full(count, "", object)
        self.note: Texts = np.full(count, "", object)

    def settle(self) -> None:
        """Judges what was read: 0, 0 is no place, longitudes to 360 are told within 180, what lies beyond is none."""
        latitude, longitude = self.latitude, self.longitude
        with np.errstate(invalid="ignore"):
            nowhere = (latitude == 0) & (longitude == 0)
            round_the_world = (np.abs(longitude) > 180) & (np.abs(longitude) <= 360) & (np.abs(latitude) <= 90)
            far = (np.abs(latitude) > 90) | (np.abs(longitude) > 360)
        self.note[nowhere] = "0, 0 is no place"
        for row in np.flatnonzero(round_the_world):
            told = longitude[row] - np.copysign(360, longitude[row])
            self.note[row] = _and(self.note[row], f"longitude {longitude[row]:.9g} is told as {told:.9g}")
            longitude[row] = told
        for row in np.flatnonzero(far):
            self.problem[row] = _beyond(latitude[row], longitude[row])
        none = nowhere | (self.problem != "") | np.isnan(latitude) | np.isnan(longitude)
        latitude[none] = longitude[none] = np.nan

    def table(self) -> pa.Table:
        """As columns of Arrow; degrees are null where there are none."""
        return pa.table({
            "latitude": pa.array(self.latitude, from_pandas=True),
            "longitude": pa.array(self.longitude, from_pandas=True),
            "problem": pa.array(self.problem, pa.string()),
            "note": pa.array(self.note, pa.string()),
        })  # fmt: skip


def tidy(texts: pa.Array) -> pa.Array:
    """Cells with plain spaces and minus signs; blank where they mean "not given"."""
    plain = pc.replace_substring_regex(cleared(texts), r"[\s\x{00A0}\x{2000}-\x{200F}\x{202F}\x{FEFF}]+", " ")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, "[\u2212\u2010\u2011\u2013]", "-"))


def _and(note: str, further: str) -> str:
    return f"{note}; {further}" if note else further


def _beyond(latitude: float, longitude: float) -> str:
    if max(abs(latitude), abs(longitude)) > 360:
        return f"{latitude:.9g}, {longitude:.9g} are no degrees; if they are metres of a grid, convert them to degrees"
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return f"latitude {latitude:.9g} is beyond 90; are latitude and longitude swapped?"
    return f"latitude {latitude:.9g} is beyond 90"
