"""What is shown, to take away: one format, one file, and no row without who claims it and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.dataset import Dataset
from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson
from geodata.exports.html import to_html
from geodata.selection import Selection

EXPORTS: Mapping[str, Callable[[Dataset, Selection], bytes]] = {
    "csv": to_csv,
    "geojson": to_geojson,
    "html": to_html,
}
"""Writers by file ending. Each takes a dataset and a selection of it, and gives the bytes of a file."""
