"""A Frictionless Data Package (version 2.0) as a zip file: three CSV tables, and a description of every column.

Made for an archive: who opens it in ten years finds what a column means, which values it may hold, how the tables hang
together, and what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from geodata.exports.attribution import COLUMNS, about, cited, records, rows_of
from geodata.exports.csv import table
from geodata.exports.zipped import zipped
from geodata.model.schema import (
    CLAIM_STATUSES,
    CLAIMANT_SIDES,
    DATE_BASES,
    EVENT_TYPES,
    PLACE_ROLES,
    PRECISIONS,
    SCOPES,
    Place,
    Source,
)
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import citations, words

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

REPORTS: Mapping[str, str] = {
    "incident_id": "Name of the incident; reports of one incident share it, and may disagree.",
    "source_id": "The document that the report stands in; see sources.csv.",
    "paragraphs": "Where in the document: its non-empty lines counted from 1, as in 16 or 16-18;20.",
    "title": "The report in a few neutral words of the coders.",
    "summary": "What the speaker says, retold by the coders; it is not said to be so.",
    "event_type": "Kind of event.",
    "date": "When, as far as this document tells: EDTF (ISO 8601-2). ~ is about, ? is uncertain, .. is an open end.",
    "date_basis": "How the date is known.",
    "place": "Place as the document writes it.",
    "place_id": "The place that it is taken to be; see places.csv.",
    "place_role": "Whether it is said to have happened there, or the statement is about the place.",
    "latitude": "Degrees north, WGS 84.",
    "longitude": "Degrees east, WGS 84.",
    "precision": "What kind of place the point stands for.",
    "actor": "Who is said to have acted.",
    "target": "On whom or what.",
    "claimed_by": "The innermost speaker whom the document names, else its author.",
    "claimant_side": "The side of that speaker.",
    "claim_status": "Standing of the claim, from the text of the document alone.",
    "disputed_by": "Who denies it, as the document tells.",
    "deaths_low": "Fewest deaths stated; blank is not stated, which is not zero.",
    "deaths_best": "Deaths stated; blank is not stated, which is not zero.",
    "deaths_high": "Most deaths stated; blank is not stated, which is not zero.",
    "graphic": "Whether the report tells of mutilation, torture or sexual violence.",
    "scope": "How the report stands to the conflict.",
    "note": "Caveats of the coders.",
}
"""What the columns of a report mean, in a line each; ``docs/codebook.md`` has the rules."""

SOURCES: Mapping[str, str] = {
    "source_id": "Name of the document.",
    "title": "Title, where the text names it.",
    "publisher": "Publisher, where the text names it.",
    "author": "Persons who wrote it, where the text names them, parted by semicolons.",
    "published": "When it was published: EDTF (ISO 8601-2).",
    "genre": "What kind of text it is.",
    "side": "The side from which it speaks.",
    "language": "Language of the text (BCP 47).",
    "reliability": "Admiralty rating of the source, A (best) to E; F cannot be judged.",
    "credibility": "Admiralty rating of what it says, 1 (best) to 5; 6 cannot be judged.",
    "rating_reason": "Why it is rated so.",
    "reader_note": "What a reader should know of it.",
    "licence": "Terms of the text and of its coding.",
    "may_republish": "Whether rows coded from it may be passed on.",
}

PLACES: Mapping[str, str] = {
    "place_id": "Name of the place within these tables.",
    "name": "Name in English texts.",
    "names_hy": "Armenian names, each with a romanisation in brackets, parted by |; the first is the one in use.",
    "names_az": "Azerbaijani names, parted by |; the first is the one in use.",
    "names_ru": "Russian names, parted by |.",
    "names_en": "Names in English texts, parted by |.",
    "contested": "Why the parties contest the naming there, so that both their names stand together; blank elsewhere.",
    "feature": "What kind of place it is.",
    "district": "District or province.",
    "country": "Today's internationally recognised state (ISO 3166-1 alpha-2); blank where there is no one.",
    "latitude": "Degrees north, WGS 84.",
    "longitude": "Degrees east, WGS 84.",
    "radius_km": "Kilometres around the point within which the place lies.",
    "precision": "What kind of place the point stands for.",
    "geonames_id": "Identifier in GeoNames.",
    "wikidata_id": "Identifier in Wikidata.",
    "note": "Caveats of the coders, homonyms above all.",
}

DERIVED: Mapping[str, str] = {
    "place_names": "Every name of the place in every language, parted by |.",
    "radius_km": PLACES["radius_km"],
    "drawn_as": "The signs of the report's mark on Attest's map, in the words of its legend.",
}

VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "event_type": {name: kind.definition for name, kind in EVENT_TYPES.items()},
    "date_basis": DATE_BASES,
    "place_role": PLACE_ROLES,
    "precision": PRECISIONS,
    "claimant_side": CLAIMANT_SIDES,
    "claim_status": CLAIM_STATUSES,
    "scope": SCOPES,
}
"""Columns of a report that hold one of a few values, and what each value means."""

_CONSTRAINTS: Mapping[str, Mapping[str, Any]] = {
    **{name: {"enum": list(values)} for name, values in VOCABULARIES.items()},
    "side": {"enum": list(CLAIMANT_SIDES)},
    "reliability": {"enum": list("ABCDEF")},
    "credibility": {"enum": list("123456")},
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
    **{f"deaths_{name}": {"minimum": 0} for name in ("low", "best", "high")},
    "radius_km": {"minimum": 0},
}
"""A blank cell is null and meets them all, for an imported table does not tell everything."""

_TYPES = {
    **dict.fromkeys(("latitude", "longitude", "radius_km"), "number"),
    **dict.fromkeys(("deaths_low", "deaths_best", "deaths_high"), "integer"),
    **dict.fromkeys(("graphic", "may_republish"), "boolean"),
}
"""Table Schema types that are not ``string``. An EDTF date is text, for no type of the standard holds its doubt."""


def to_datapackage(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports with the documents and places they refer to, and ``datapackage.json``.

    Holds no time of making: the same reports give the same bytes.
    """
    rows, withheld = rows_of(dataset, chosen)
    sources = cited(dataset, rows)
    places = [dataset.places[key] for key in dict.fromkeys(rows["place_id"].to_pylist()) if key in dataset.places]
    files = {
        "reports.csv": table(COLUMNS, records(dataset, rows)),
        "sources.csv": table(list(Source.model_fields), (source.model_dump() for source in sources)),
        "places.csv": table(list(Place.model_fields), (place.model_dump() for place in places)),
        "datapackage.json": json.dumps(_descriptor(dataset, chosen, sources, withheld), ensure_ascii=False, indent=1),
    }
    return zipped(files)


def _descriptor(dataset: Dataset, chosen: Selection, sources: list[Source], withheld: int) -> dict[str, Any]:
    summary = words.summarise(dataset, chosen)
    said = (words.sentence(summary, chosen), words.balance(summary), about(withheld))
    places = "Names and coordinates of places: GeoNames, CC BY 4.0."
    free = all("CC BY 4.0" in source.licence for source in sources)
    reports = {name: REPORTS.get(name) or DERIVED.get(name) or _of_document(name) for name in COLUMNS}
    return {
        "$schema": PROFILE,
        "name": "attest",
        "title": words.title(summary, chosen),
        "description": " ".join(filter(None, (*said, places))),
        **({"licenses": [LICENCE]} if free else {}),
        "sources": [{"title": citations.plain(source)} for source in sources],
        "reports_left_out": withheld,
        "vocabularies": VOCABULARIES,
        "resources": [
            _resource(
                "reports",
                "What one speaker in one document says of one incident, a row each",
                reports,
                ("incident_id", "source_id", "claimed_by"),
                {"source_id": "sources", "place_id": "places"},
            ),
            _resource("sources", "The documents that the reports cite", SOURCES, ("source_id",)),
            _resource("places", "The places that the reports name", PLACES, ("place_id",)),
        ],
    }


def _of_document(name: str) -> str:
    return f"Of the document: {SOURCES[name.removeprefix('source_')]}"


def _resource(
    name: str, title: str, columns: Mapping[str, str], key: Iterable[str], references: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """``references`` names the table that a column points into, by a column of the same name."""
    schema: dict[str, Any] = {
        "fields": [_field(column, description, required=column in key) for column, description in columns.items()],
        "missingValues": [""],
        "primaryKey": list(key),
    }
    if references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": resource, "fields": [column]}}
            for column, resource in references.items()
        ]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": title,
        "description": "A text that a spreadsheet would run as a formula has an apostrophe before it.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, description: str, *, required: bool) -> dict[str, Any]:
    """A column of a document beside a report (``source_side``) has the constraints of the document's own column."""
    plain = name if name in REPORTS else name.removeprefix("source_")
    constraints = {**_CONSTRAINTS.get(plain, {}), **({"required": True} if required else {})}
    return {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "type": _TYPES.get(name, "string"),
        "description": description,
        **({"constraints": constraints} if constraints else {}),
    }
