"""What is shown, to take away. Files are made only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import streamlit as st

from dashboard.parts import share
from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.exports import EXPORTS
from geodata.exports.attribution import left_out, rows_of
from geodata.tell import words


class Format(NamedTuple):
    """How a format is offered: its name, what it is for, and its media type."""

    name: str
    purpose: str
    mime: str


FORMATS: Mapping[str, Format] = {
    "html": Format("HTML", "the map and timeline as one page that opens offline", "text/html"),
    "csv": Format("CSV", "a table for a spreadsheet", "text/csv"),
    "zip": Format("Data Package", "tables with every column described, for an archive", "application/zip"),
    "parquet": Format("GeoParquet", "a typed table for pandas, R or DuckDB", "application/vnd.apache.parquet"),
    "geojson": Format("GeoJSON", "points for a web map", "application/geo+json"),
    "gpkg": Format("GeoPackage", "a layer for QGIS or ArcGIS", "application/geopackage+sqlite3"),
    "kml": Format("KML", "placemarks for Google Earth", "application/vnd.google-earth.kml+xml"),
    "bib": Format("BibTeX", "the documents cited, for LaTeX", "application/x-bibtex"),
    "csl.json": Format(
        "CSL-JSON", "the documents cited, for Zotero or Pandoc", "application/vnd.citationstyles.csl+json"
    ),
}
"""Every key of `EXPORTS`, in the order of the page."""


def show(view: View) -> None:
    """One line a format: its button, and what it is for."""
    dataset, chosen = view.dataset, view.chosen
    share.show()
    st.markdown("**Files of what is shown**")
    st.caption(
        "Every row carries who claims it, in which document and paragraph, and with what standing. "
        f"{plain(words.terms(dataset.case))}"
    )
    if said := left_out(rows_of(dataset, chosen)[1]):
        st.info(said, icon=":material/info:")
    with st.container(gap="xsmall", key="formats"):
        for ending, offered in FORMATS.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.download_button(
                    offered.name,
                    data=partial(EXPORTS[ending], dataset, chosen),
                    file_name=f"attest.{ending}",
                    mime=offered.mime,
                    on_click="ignore",
                    width=140,
                    key=f"download_{ending}",
                )
                st.markdown(offered.purpose, width="stretch")
