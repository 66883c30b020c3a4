"""KML 2.2 (OGC 07-147r2) for Google Earth and the like: one placemark a report, with its time span and its speaker.

Written with the standard library: GDAL's LIBKML driver (3.12) wraps a cell in CDATA and leaves a ``]]>`` inside it, so
that text of a table would become markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from geodata.exports.attribution import about, columns_of, parts_of, records, withheld
from geodata.model import dates
from geodata.model.case import Case
from geodata.model.selection import Selection
from geodata.model.vocabulary import PLACE_ROLES, PRECISIONS
from geodata.store.dataset import SCHEMA, Dataset
from geodata.tell import citations, facts, nouns, words
from geodata.tell.nouns import Noun

TYPES = {"double": "double", "int32": "int", "bool": "bool"}
"""KML's names of Arrow's types; every other column is a ``string``, a day too, for which KML has no type."""

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML 1.0 file may hold (2.2, Char), escaped or not."""


def to_kml(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports in WGS 84, longitude first; one without coordinates is a placemark without a point.

    Every column stands in ``ExtendedData``; a blank number is left out. ``description``, which viewers read as HTML,
    holds our own tags and escaped text. The summary of a ``graphic`` report is not in it.
    """
    return b"".join(written(dataset, chosen))


def written(dataset: Dataset, chosen: Selection) -> Iterator[bytes]:
    """The same file in parts, none of which grows with the table."""
    head, end, tail = _around(dataset, chosen).rpartition(b"</Folder>")
    yield head
    for rows in parts_of(dataset, chosen):
        folder = ET.Element("Folder")
        for record in records(dataset, rows):
            noun = nouns.SOURCE if record.get("read_from") else nouns.DOCUMENT
            _placemark(folder, record, citations.plain(dataset.sources[record["source_id"]]), dataset.case, noun)
        yield b"".join(ET.tostring(placemark, encoding="utf-8") for placemark in folder)
    yield end + tail


def _around(dataset: Dataset, chosen: Selection) -> bytes:
    """The file without its placemarks."""
    kml = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ET.SubElement(kml, "Document")
    _add(document, "name", words.title(words.summarise(dataset, chosen), chosen))
    _add(document, "description", html.escape(about(dataset, withheld(dataset, chosen))))
    # Viewers that know no balloon of ours show name and description; this one leaves out what is not escaped.
    balloon = ET.SubElement(ET.SubElement(document, "Style", id="report"), "BalloonStyle")
    _add(balloon, "text", "$[description]")
    schema = ET.SubElement(document, "Schema", id="columns", name="columns")
    for name in columns_of(dataset):
        kind = str(SCHEMA.field(name).type) if name in SCHEMA.names else "string"
        ET.SubElement(schema, "SimpleField", type=TYPES.get(kind, "string"), name=name)
    folder = ET.SubElement(document, "Folder")  # GDAL and QGIS take it for a layer, empty or not
    _add(folder, "name", "reports")
    text: bytes = ET.tostring(kml, encoding="utf-8", xml_declaration=True)
    return text


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = NOT_XML.sub("", text)


def _placemark(folder: ET.Element, record: dict[str, Any], document_cited: str, case: Case, noun: Noun) -> None:
    """The order of the elements is the one that KML's schema asks for."""
    placemark = ET.SubElement(folder, "Placemark")
    _add(placemark, "name", record["title"].replace("<", "‹"))  # some viewers read a name as HTML too
    ET.SubElement(placemark, "Snippet", maxLines="0")  # else the list of places shows the description's first lines
    _add(placemark, "description", _description(record, document_cited, case, noun))
    if record["date"]:
        when = ET.SubElement(placemark, "TimeSpan")
        for tag, day in (("begin", record["first_day"]), ("end", record["last_day"])):
            if day:
                _add(when, tag, day.isoformat())
    _add(placemark, "styleUrl", "#report")
    data = ET.SubElement(ET.SubElement(placemark, "ExtendedData"), "SchemaData", schemaUrl="#columns")
    for name, value in record.items():
        if value is not None:
            _add(data, "SimpleData", str(value).lower() if isinstance(value, bool) else str(value), name=name)
    if record["latitude"] is not None:
        point = ET.SubElement(placemark, "Point")
        _add(point, "coordinates", f"{record['longitude']},{record['latitude']}")


def _description(record: dict[str, Any], document_cited: str, case: Case, noun: Noun) -> str:
    """Who says it, with what standing, in which document and paragraph: HTML whose text cells are escaped."""
    radius = record["radius_km"]
    place = (record["place"], record["place_names"], PRECISIONS.get(record["precision"], ""))
    stated = {
        "Claimed by": record["claimed_by"],
        "Side": case.side_name(record["claimant_side"]) if record["claimant_side"] else "",
        "Standing": facts.standing(record["claim_status"], noun),
        "Disputed by": record["disputed_by"],
        noun.said("Document"): document_cited,
        "Paragraphs": facts.paragraphs_listed(record["paragraphs"]),
        "Date": ", ".join(filter(None, (dates.spoken(record["date"]), record.get("time", "")))),
        "Place": "; ".join(filter(None, (*place, PLACE_ROLES.get(record["place_role"], "")))),
        "Coordinates": facts.added_coordinates(record.get("placed_by", "")),
        "Read from": record.get("read_from", ""),
        "Radius": f"it may lie anywhere within {radius:g} km of the point" if radius else "",
    }
    summary = (
        "The summary tells of violence; it stands in the column “summary”." if record["graphic"] else record["summary"]
    )
    lines = [f"<p><b>{_text(record['title'])}</b></p>", f"<p>{_text(summary)}</p>"]
    lines += [f"<p><b>{name}:</b> {_text(value)}</p>" for name, value in stated.items() if value]
    return "\n".join(lines)


def _text(cell: str) -> str:
    """A cell that HTML shows as it is, and in which a viewer finds no ``$[column]`` to fill in."""
    return html.escape(cell, quote=False).replace("$[", "&#36;[")
