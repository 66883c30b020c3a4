"""What can be taken away, one record a kind of file: page and command line offer these, and import a writer when asked.

Imports nothing heavy itself, for ``attest --help`` lists them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any


class Unprintable(ValueError):
    """What was asked for cannot be printed; the message says why."""


@dataclass(frozen=True)
class Format:
    """A kind of file. ``writer`` names the function that makes its bytes, as ``package.module:function``.

    ``in_parts`` names one that gives the same bytes in parts, where the kind can be written so: such a file may be of
    any size. ``is_small`` are files that have no line for a row, so that the rows are no matter.
    """

    name: str
    purpose: str
    mime: str
    writer: str
    in_parts: str = ""
    is_small: bool = False

    def __call__(self, *made_of: Any) -> bytes:
        """The bytes of a file, made of what the table that holds this format says."""
        made: bytes = resolve_name(self.writer)(*made_of)
        return made

    def parts(self, *made_of: Any) -> Iterator[bytes]:
        """The same bytes in parts; only where there is ``in_parts``."""
        made: Iterator[bytes] = resolve_name(self.in_parts)(*made_of)
        return made


EXPORTS: Mapping[str, Format] = {
    "html": Format(
        "HTML", "the map and timeline as one page that opens offline", "text/html", "geodata.exports.html:to_html"
    ),
    "csv": Format(
        "CSV", "a table for a spreadsheet", "text/csv", "geodata.exports.csv:to_csv", "geodata.exports.csv:written"
    ),
    "xlsx": Format(
        "XLSX",
        "a workbook with its sources and terms",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "geodata.exports.xlsx:to_xlsx",
    ),
    "zip": Format(
        "Data Package",
        "tables with every column described, for an archive",
        "application/zip",
        "geodata.exports.datapackage:to_datapackage",
    ),
    "parquet": Format(
        "GeoParquet",
        "a typed table for pandas, R or DuckDB",
        "application/vnd.apache.parquet",
        "geodata.exports.parquet:to_parquet",
        "geodata.exports.parquet:written",
    ),
    "geojson": Format(
        "GeoJSON",
        "points for a web map",
        "application/geo+json",
        "geodata.exports.geojson:to_geojson",
        "geodata.exports.geojson:written",
    ),
    "gpkg": Format(
        "GeoPackage", "a layer for QGIS or ArcGIS", "application/geopackage+sqlite3", "geodata.exports.gpkg:to_gpkg"
    ),
    "kml": Format(
        "KML",
        "placemarks for Google Earth",
        "application/vnd.google-earth.kml+xml",
        "geodata.exports.kml:to_kml",
        "geodata.exports.kml:written",
    ),
    "bib": Format(
        "BibTeX",
        "the documents cited, for LaTeX",
        "application/x-bibtex",
        "geodata.exports.bib:to_bib",
        is_small=True,
    ),
    "csl.json": Format(
        "CSL-JSON",
        "the documents cited, for Zotero or Pandoc",
        "application/vnd.citationstyles.csl+json",
        "geodata.exports.csl:to_csl",
        is_small=True,
    ),
}
"""Exports by file ending, in the order of the page. Each is made of a dataset and a selection of it."""

PICTURES: Mapping[str, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
"""File endings of the printed map, and their media types."""

BRIEFINGS: Mapping[str, Format] = {
    "pdf": Format("PDF pages", "to print", "application/pdf", "geodata.briefing.pdf:to_pdf"),
    "pptx": Format(
        "PowerPoint slides",
        "to edit",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "geodata.briefing.pptx:to_pptx",
    ),
    "md": Format("Markdown text", "for a document", "text/markdown", "geodata.briefing.text:to_markdown"),
    "html": Format("HTML text", "for a page", "text/html", "geodata.briefing.text:to_html"),
}
"""Forms of the briefing pages by file ending. Each is made of a `geodata.briefing.Briefing`."""

LESSONS: Mapping[str, Format] = {
    "html": Format("HTML", "the lesson as one page that opens offline", "text/html", "geodata.lessons.page:to_html"),
    "sheet.pdf": Format("PDF", "a blank answer sheet", "application/pdf", "geodata.lessons.blank:to_pdf"),
    "pdf": Format("PDF", "a handout", "application/pdf", "geodata.lessons.handout:to_pdf"),
    "gif": Format("GIF", "the lesson as a film", "image/gif", "geodata.lessons.film:to_gif"),
    "md": Format("Markdown", "the lesson's own text", "text/markdown", "geodata.lessons.text:to_text"),
}
"""Ways to take a lesson away by file ending, the longer first. Each is made of a dataset and a lesson."""


@dataclass(frozen=True)
class Shape:
    """A page: its size, margin and type sizes in points, and how many columns a page of key has.

    ``beside`` puts legend and key beside the map, else they stand below it. ``trimmed`` cuts the page to what is on it.
    """

    name: str
    width: float
    height: float
    margin: float
    text: float
    lead: float
    title: float
    columns: int
    gap: float
    beside: bool
    trimmed: bool = False


_MM = 72 / 25.4

SHAPES: Mapping[str, Shape] = {
    "slide": Shape("Slide, 16:9", 960.0, 540.0, 26.0, 9.0, 11.0, 20.0, 3, 16.0, beside=True),
    "a4-portrait": Shape("A4, upright", 210 * _MM, 297 * _MM, 36.0, 6.6, 8.4, 15.0, 3, 14.0, beside=False),
    "a4-landscape": Shape("A4, across", 297 * _MM, 210 * _MM, 32.0, 6.6, 8.4, 15.0, 3, 14.0, beside=True),
    "column": Shape("Column, 85 mm", 85 * _MM, 235 * _MM, 5.0, 5.6, 6.4, 10.0, 1, 8.0, beside=False, trimmed=True),
}
"""Page shapes of the printed map. The smallest type is 9 points on the slide, 6.5 on A4 and 5.5 in the column."""
