"""KML: a row a placemark, with its folder, its times, its data and its place. GDAL loses times that are no whole days.

Read as it streams, by expat; a document type, through which a file could name other files, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

import numpy as np
import shapely

from geodata.model.faults import Fault, InvalidData
from geodata.store.readers import raw, shapes
from geodata.store.readers.cells import text_of
from geodata.store.readers.raw import CELL, GEOMETRY, Key, RawTable, Reading, Record

PIECE = 1 << 18

KML = "kml"
"""What a column is made of that KML itself names; a file's own data may have the same names."""

OWN = ("name", "description", "Snippet", "address", "phoneNumber", "styleUrl")
"""Elements of a placemark that are cells (KML 2.2, Feature)."""

TIMES = ("when", "begin", "end")

WHERE = {"Point": "coordinates", "LineString": "coordinates", "Polygon": "./outerBoundaryIs/LinearRing/coordinates"}
"""Where an element with a geometry has its coordinates."""

NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"

PAIR = re.compile(rf"({NUMBER})\s*,\s*({NUMBER})(?:\s*,\s*{NUMBER})?")
"""Longitude, latitude and perhaps altitude."""


NOT_XML, TYPED = "is not XML: ", "has a document type, which may name other files; take <!DOCTYPE …> out"


class _DocumentType(Exception):
    """The file has a document type."""


def read(reading: Reading) -> RawTable:
    """The placemarks of a KML file. Raises `InvalidData` with the line where it is no XML."""
    try:
        keys, empty = raw.pour_records(reading, _records(reading))
    except expat.ExpatError as error:
        raise reading.refused(NOT_XML + expat.ErrorString(error.code), error.lineno) from error
    except _DocumentType as error:
        raise reading.refused(TYPED) from error
    columns, notes = shapes.settle(reading.connection, keys)
    nothing = "has no placemark; if it only links to another file, open that one"
    return reading.table(columns, (*notes, *raw.empty_rows(len(empty))), empty=nothing)


def features(path: Path) -> Iterator[tuple[dict[str, str | None], Any]]:
    """The cells and the geometry of each placemark, in WGS 84. Raises `InvalidData`, as `read` does."""
    try:
        for known, placemark in _placemarks(path):
            cells = known | dict(_cells(placemark))
            yield {name: cell for (_, name), cell in cells.items()}, _shape(placemark)
    except expat.ExpatError as error:
        raise InvalidData([Fault(path.name, error.lineno, "", NOT_XML + expat.ErrorString(error.code))]) from error
    except _DocumentType as error:
        raise InvalidData([Fault(path.name, 0, "", TYPED)]) from error


def _records(reading: Reading) -> Iterator[Record]:
    """A record a placemark."""
    for some in raw.in_lots(_placemarks(reading.path)):
        drawn = np.array([None, *(_shape(placemark) for _, placemark in some)], object)[1:]
        for (known, placemark), geometry, measure in zip(
            some, drawn, zip(*shapes.measured(drawn), strict=True), strict=True
        ):
            cells = known | dict(_cells(placemark))
            cells |= {(GEOMETRY, name): text_of(float(one)) for name, one in zip(shapes.COLUMNS, measure, strict=True)}
            written = " ".join(one.text or "" for one in placemark.iter("coordinates")).strip()
            if geometry is None and written:
                cells[GEOMETRY, "coordinates"] = written  # not readable, so kept as it is written
            yield cells


class _Placemarks:
    """Elements as expat meets them, made into placemarks; the names of the folders around them are kept."""

    def __init__(self) -> None:
        self.met: list[tuple[dict[Key, str | None], ET.Element]] = []
        self.declared: dict[Key, str | None] = {}
        """Columns that a ``Schema`` declares, some of which may be in no placemark."""
        self.open: list[str] = []
        self.folders: list[str] = []
        self.builder: ET.TreeBuilder | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.open.append(tag)
        if tag == "Placemark":
            self.builder = ET.TreeBuilder()
        elif tag == "Folder":
            self.folders.append("")
        elif tag == "SimpleField" and attributes.get("name"):
            self.declared[CELL, attributes["name"]] = None
        if self.builder is not None:
            self.builder.start(tag, attributes)

    def data(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)
        elif self.open[-2:] == ["Folder", "name"]:
            self.folders[-1] += text

    def end(self, tag: str) -> None:
        tag = self.open.pop()
        if self.builder is not None:
            self.builder.end(tag)
            if tag == "Placemark":
                folder = " / ".join(name.strip() for name in self.folders if name.strip())
                self.met.append(({(KML, "folder"): folder or None} | self.declared, self.builder.close()))
                self.builder = None
        elif tag == "Folder":
            self.folders.pop()


def _placemarks(path: Path) -> Iterator[tuple[dict[Key, str | None], ET.Element]]:
    """The placemarks of a file, each with what is known of it beside: its folder, and blank declared columns."""
    placemarks, parser = _Placemarks(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = placemarks.start, placemarks.end
    parser.CharacterDataHandler = placemarks.data
    parser.StartDoctypeDeclHandler = _refuse
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            parser.Parse(piece)
            yield from placemarks.met
            placemarks.met.clear()
        parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise _DocumentType


def _cells(placemark: ET.Element) -> Iterator[tuple[Key, str | None]]:
    """The cells of a placemark: what KML names, then its own data."""
    if placemark.get("id"):
        yield (KML, "id"), placemark.get("id")
    for tag in OWN:
        if text := (placemark.findtext(tag) or "").strip():
            yield (KML, tag), text
    found = {time: _time(placemark, time) for time in TIMES}
    if not found["begin"]:  # a moment begins its own span: one column then has the day of every placemark
        found["begin"] = found["when"]
    yield from (((KML, time), text) for time, text in found.items() if text)
    if track := [one.text.strip() for one in placemark.iterfind(".//Track/when") if one.text]:
        yield (KML, "begin"), track[0]
        yield (KML, "end"), track[-1]
    for data in placemark.iterfind("./ExtendedData//*"):
        if data.tag == "Data":
            yield (CELL, data.get("name") or ""), data.findtext("value")
        elif data.tag == "SimpleData":
            yield (CELL, data.get("name") or ""), data.text
        elif data.tag not in {"value", "displayName", "SchemaData"}:
            yield (CELL, data.tag), data.text


def _time(placemark: ET.Element, tag: str) -> str:
    """The text of a time of the placemark itself; blank where it has none."""
    told = placemark.findall(f"./TimeStamp/{tag}") + placemark.findall(f"./TimeSpan/{tag}")
    return next((one.text.strip() for one in told if one.text), "")


def _shape(placemark: ET.Element) -> Any:
    """The geometry of a placemark in WGS 84; None where it has none."""
    parts = [part for part in map(_part, placemark.iter()) if part is not None]
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts) if parts else None


def _part(element: ET.Element) -> Any:
    """The geometry of one element that has coordinates of its own."""
    if element.tag == "Track":
        pairs = [one.text.split()[:2] for one in element.iterfind("coord") if one.text]
    elif element.tag in WHERE:
        pairs = PAIR.findall(" ".join(one.text or "" for one in element.iterfind(WHERE[element.tag])))
    else:
        return None
    points = [(float(longitude), float(latitude)) for longitude, latitude in pairs]
    if element.tag == "Polygon" and len(points) > 3:
        rings = [PAIR.findall(one.text or "") for one in element.iterfind("./innerBoundaryIs/LinearRing/coordinates")]
        holes = [[(float(longitude), float(latitude)) for longitude, latitude in ring] for ring in rings]
        return shapely.Polygon(points, [hole for hole in holes if len(hole) > 3])
    return shapely.LineString(points) if len(points) > 1 else shapely.Point(points) if points else None
