"""What is shown, to take away: one format, one file, and no row without who claims it and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.exports.bib import to_bib
from geodata.exports.csl import to_csl
from geodata.exports.csv import to_csv
from geodata.exports.datapackage import to_datapackage
from geodata.exports.geojson import to_geojson
from geodata.exports.gpkg import to_gpkg
from geodata.exports.html import to_html
from geodata.exports.kml import to_kml
from geodata.exports.parquet import to_parquet
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset

EXPORTS: Mapping[str, Callable[[Dataset, Selection], bytes]] = {
    "html": to_html,
    "csv": to_csv,
    "zip": to_datapackage,
    "parquet": to_parquet,
    "geojson": to_geojson,
    "gpkg": to_gpkg,
    "kml": to_kml,
    "bib": to_bib,
    "csl.json": to_csl,
}
"""Writers by file ending. Each takes a dataset and a selection of it, and gives the bytes of a file."""
