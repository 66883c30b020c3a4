"""An incident's card as plain values, for the panel beside the map, the page Disagreements and a saved file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geodata.model.row import Row
from geodata.store.dataset import Dataset
from geodata.tell import citations, facts, fields, nouns, words

GRAPHIC = "Graphic: tells of mutilation, torture or sexual violence. Open to read."
"""Stands over a summary that is folded away."""


def of_row(dataset: Dataset, row: int, naming: str) -> dict[str, Any] | None:
    """The card of the incident that a row tells of, ``IncidentCard`` of types.d.ts; ``None`` where there is no row."""
    named = dataset.fetch(dataset.numbered([row]).select("incident_id"))["incident_id"].to_pylist()
    if not named:
        return None
    told = dataset.reports.filter(dataset.reports.incident_id == named[0]).order_by("row")
    return of(dataset, dataset.fetch(told).to_pylist(), naming)


def of(dataset: Dataset, rows: Sequence[Row], naming: str) -> dict[str, Any]:
    """The card of an incident's ``rows``: all that is told of it, each telling once, and field by field."""
    told = facts.by_telling(rows)
    firsts = [telling[0] for telling in told]
    together, also = facts.tellings(dataset, firsts), facts.also(dataset, firsts)
    compared = fields.compared(dataset, list(rows), naming)
    return {
        "title": rows[0]["title"],
        "incident": rows[0]["incident_id"],
        "told": words.told(rows, nouns.of_row(dataset, rows[0])),
        "rows": [row["row"] for row in rows],
        "fields": _fields(compared) if compared else None,
        "tellings": [
            _telling(dataset, telling, naming, together[telling[0]["telling"]], also.get(telling[0]["row"], {}))
            for telling in told
        ],
        "citation": citations.of_incident(dataset, rows),
    }


def _fields(compared: fields.Comparison) -> dict[str, Any]:
    lines = [
        {
            "name": line.name,
            "cells": line.cells,
            "stand": line.stand or "untold",
            "said": line.said,
            "how": line.how,
        }
        for line in compared.lines
    ]
    heads = [fields.HEAD, *compared.heads, fields.LAST]
    return {"heads": heads, "lines": lines, "caption": compared.caption}


def _telling(
    dataset: Dataset, rows: Sequence[Row], naming: str, together: Sequence[str], also: Mapping[str, str]
) -> dict[str, Any]:
    """What one row tells, whose reports share all but their source."""
    row = rows[0]
    told = facts.of(dataset, row, naming, together)
    return {
        "rows": [each["row"] for each in rows],
        "who": facts.speaker(rows),
        "side": dataset.case.side_name(row["claimant_side"]) if row["claimant_side"] else "",
        "graphic": GRAPHIC if row["graphic"] else "",
        "summary": "" if row["summary"] == row["title"] else row["summary"],
        "facts": [*told.items()],
        "also": [*also.items()],
        "about": _about(dataset, row),
    }


def _about(dataset: Dataset, row: Row) -> list[tuple[str, str]]:
    """What to know of the document and the place, where somebody has written it down: what it is of, and the words."""
    source, place = dataset.sources[row["source_id"]], dataset.places.get(row["place_id"])
    if nouns.is_of_others(dataset, source.source_id):
        return []
    admiralty = f"Reliability {source.reliability or '–'}, credibility {source.credibility or '–'} (Admiralty):"
    said = f"{source.genre}; side: {dataset.case.side_name(source.side)}. {admiralty}"
    found = [(source.label, " ".join(filter(None, (said, source.rating_reason, source.reader_note))))]
    if place:
        found.append((place.label, f"also {', '.join(place.names)}. {place.note}".strip()))
    return found
