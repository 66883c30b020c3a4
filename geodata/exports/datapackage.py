"""A Frictionless Data Package (version 2.0) as a zip file: three CSV tables, and a description of every column.

Made for an archive: who opens it in ten years finds what a column means, which values it may hold, how the tables hang
together, and what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.exports.attribution import COLUMNS, DAYS, about, cited, columns_of, records, republishable, rows_of
from geodata.exports.zipped import zipped
from geodata.model.case import Case
from geodata.model.cells import Record
from geodata.model.records import Place, Report, Source
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text
from geodata.tell import citations, nouns, terms, words
from geodata.tell.nouns import DOCUMENT, Noun

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

DERIVED: Mapping[str, str] = {
    "first_day": "The first day that date allows; blank where there is no date, or its beginning is open.",
    "last_day": "The last day that date allows; blank where there is no date, or its end is open.",
    "place_names": "Every name of the place in every language, parted by |.",
    "drawn_as": "The signs of the report's mark on Attest's map, in the words of its legend.",
    "time": "Time of day as the table writes it.",
    "placed_by": "Where the coordinates come from that the table does not have; blank where it has them.",
    "read_from": "The row of the imported table; reports of one row share one coder's values.",
}
"""What the columns mean that are worked out for a report."""

OWN_COLUMN = "A column of the imported table, as it came."


def to_datapackage(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports with the documents and places they refer to, and ``datapackage.json``.

    Holds no time of making: the same reports give the same bytes.
    """
    rows, withheld = rows_of(dataset, chosen)
    sources = cited(dataset, rows)
    places = [dataset.places[key] for key in dict.fromkeys(rows["place_id"].to_pylist()) if key in dataset.places]
    languages = list(dict.fromkeys(language for place in places for language in place.names_in))
    fields = Fields(dataset.case, languages, columns_of(dataset), nouns.of(dataset))
    files = {
        "reports.csv": csv_text(columns_of(dataset), records(dataset, rows)),
        "sources.csv": csv_text(list(Source.model_fields), (source.model_dump() for source in sources)),
        "places.csv": csv_text(list(fields.of_places()), (place.cells(languages) for place in places)),
        "datapackage.json": json.dumps(
            _descriptor(dataset, chosen, sources, withheld, fields), ensure_ascii=False, indent=1
        ),
    }
    return zipped(files)


def _descriptor(
    dataset: Dataset, chosen: Selection, sources: list[Source], withheld: int, fields: Fields
) -> dict[str, Any]:
    summary, case = words.summarise(republishable(dataset), chosen), dataset.case
    said = (
        case.about,
        words.sentence(summary, chosen),
        words.balance(case, summary),
        about(dataset, withheld),
        *case.cautions,
    )
    free = all("CC BY 4.0" in source.licence for source in sources)
    return {
        "$schema": PROFILE,
        "name": "attest",
        "title": words.title(summary, chosen),
        "description": " ".join(filter(None, (*said, terms.credit(dataset)))),
        **({"licenses": [LICENCE]} if free else {}),
        "sources": [{"title": citations.plain(source)} for source in sources],
        "reports_left_out": withheld,
        "vocabularies": {name: values for name in Report.model_fields if (values := case.vocabulary(name))},
        "resources": [
            _resource(
                "reports",
                fields.noun.said("What one speaker in one document says of one incident, a row each"),
                fields.of_reports(),
                # The rows of an imported table may repeat all three.
                () if dataset.own else ("incident_id", "source_id", "claimed_by"),
                {"source_id": "sources", "place_id": "places"},
            ),
            _resource(
                "sources", fields.noun.said("The documents that the reports cite"), fields.of_sources(), ("source_id",)
            ),
            _resource("places", "The places that the reports name", fields.of_places(), ("place_id",)),
        ],
    }


class Fields:
    """Table Schema fields of the three tables, by column: made of the records' own descriptions and bounds.

    A blank cell is null and meets every constraint, for an imported table need not fill every column.
    """

    def __init__(
        self, case: Case, languages: Iterable[str], columns: Iterable[str] = COLUMNS, noun: Noun = DOCUMENT
    ) -> None:
        self.case, self.languages, self.columns, self.noun = case, tuple(languages), tuple(columns), noun

    def of_reports(self) -> dict[str, dict[str, Any]]:
        """A report, what its document says of itself, what is worked out, and a table's own columns."""
        report, source = self._of(Report), self.of_sources()
        beside = {
            f"source_{name}": field
            | {"name": f"source_{name}", "description": self.noun.said(f"Of the document: {field['description']}")}
            for name, field in source.items()
        }
        derived = {
            name: {"name": name, "type": "date" if name in DAYS else "string", "description": said}
            for name, said in DERIVED.items()
        }
        derived["radius_km"] = self.of_places()["radius_km"]
        own = {name: {"name": name, "type": "string", "description": OWN_COLUMN} for name in self.columns}
        known = own | beside | derived | report
        return {name: known[name] for name in self.columns}

    def of_sources(self) -> dict[str, dict[str, Any]]:
        fields = self._of(Source)
        fields["side"]["constraints"] = {"enum": list(self.case.sides)}
        return fields

    def of_places(self) -> dict[str, dict[str, Any]]:
        """With a column of names for each language in place of ``names_in``."""
        fields: dict[str, dict[str, Any]] = {}
        for name, field in self._of(Place).items():
            if name != "names_in":
                fields[name] = field
                continue
            for code in self.languages:
                known = self.case.languages.get(code)
                said = f"{known.english if known else code}: {field['description']}"
                fields[f"names_{code}"] = {"name": f"names_{code}", "type": "string", "description": said}
        return fields

    def _of(self, model: type[Record]) -> dict[str, dict[str, Any]]:
        described = model.model_json_schema()["properties"]
        return {name: self._field(name, about) for name, about in described.items()}

    def _field(self, name: str, about: Mapping[str, Any]) -> dict[str, Any]:
        """A field of Table Schema from one of JSON Schema; an EDTF date is text, for no type there holds its doubt."""
        value = next((one for one in about.get("anyOf", ()) if one["type"] != "null"), about)
        bounds = {key: value[key] for key in ("minimum", "maximum", "pattern") if key in value}
        if "exclusiveMinimum" in value:
            bounds["minimum"] = value["exclusiveMinimum"]
        if values := self.case.vocabulary(name):
            bounds = {"enum": list(values)}
        field = {"name": name, "type": value["type"], "description": self.noun.said(about["description"])}
        return field | ({"constraints": bounds} if bounds else {})


def _resource(
    name: str,
    title: str,
    fields: Mapping[str, dict[str, Any]],
    key: Sequence[str],
    references: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """``references`` names the table that a column points into, by a column of the same name."""
    schema: dict[str, Any] = {
        "fields": [_titled(field, required=column in key) for column, field in fields.items()],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = list(key)
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


def _titled(field: dict[str, Any], *, required: bool) -> dict[str, Any]:
    constraints = {**field.get("constraints", {}), **({"required": True} if required else {})}
    title = {"title": field["name"].replace("_", " ").capitalize()}
    return {**field, **title, **({"constraints": constraints} if constraints else {})}
