"""What is shown, to take away. Files are made only when asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.view import View
from geodata.exports import EXPORTS
from geodata.exports.attribution import rows_of

TYPES = {"csv": "text/csv", "geojson": "application/geo+json", "html": "text/html"}
NAMES = {
    "csv": "CSV for a spreadsheet",
    "geojson": "GeoJSON for a map program",
    "html": "The map as one file, for offline use",
}


def show(view: View) -> None:
    """One button a format."""
    dataset, chosen = view.dataset, view.chosen
    st.caption(
        "Every row carries who claims it, in which document and paragraph, and with what standing. "
        "The coding is CC BY 4.0; names and coordinates from GeoNames are CC BY 4.0."
    )

    if withheld := rows_of(dataset, chosen)[1]:
        st.info(f"{withheld:,} reports are left out: the terms of their table forbid passing them on.", icon="ℹ️")
    for column, ending in zip(st.columns(len(EXPORTS)), EXPORTS, strict=True):
        column.download_button(
            NAMES[ending],
            data=partial(EXPORTS[ending], dataset, chosen),
            file_name=f"attest.{ending}",
            mime=TYPES[ending],
            on_click="ignore",
            width="stretch",
            key=f"download_{ending}",
        )
