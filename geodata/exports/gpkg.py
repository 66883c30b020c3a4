"""GeoPackage (OGC 12-128) for QGIS and ArcGIS: one SQLite file with one layer, ``reports``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pyogrio

from geodata.exports.attribution import about, columns_of, records, rows_of
from geodata.exports.frame import frame
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


def to_gpkg(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as points in WGS 84; one without coordinates is a row with a null geometry.

    The layer's description is the legend in words, and states how many reports were left out.
    """
    rows, withheld = rows_of(dataset, chosen)
    file = io.BytesIO()
    with _undated():
        pyogrio.write_dataframe(
            frame(records(dataset, rows), columns_of(dataset)),
            file,
            driver="GPKG",
            layer="reports",
            geometry_type="Point",
            layer_options={"DESCRIPTION": about(dataset, withheld)},
            use_arrow=True,  # else a day would be a text
        )
    return file.getvalue()


_CLOCK = Lock()


@contextmanager
def _undated() -> Iterator[None]:
    """The format asks for the time of the last change; a fixed one gives the same bytes for the same reports.

    GDAL has one clock for the whole process, so it is put right again, and one file is written at a time.
    """
    with _CLOCK:
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1980-01-01T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
