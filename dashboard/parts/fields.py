"""One incident field by field: a column for each document, and whether what they say can hold together."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.count.disagreements import FIELDS, Difference, differences
from geodata.model import dates
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.tell import facts


def side_by_side(view: View, reports: list[Row]) -> None:
    """A table with a row for each field and a column for each document: what differs stands out."""
    dataset = view.dataset
    told = differences(dataset, reports)
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in reports:
        by_document[row["source_id"]].append(row)
    head = ["Field", *(dataset.sources[source_id].label for source_id in by_document), "How they stand"]
    rows = [
        [
            name,
            *(tables.lines(_said(view, field, of_document)) for of_document in by_document.values()),
            _verdict(told.get(field)),
        ]
        for field, name in FIELDS.items()
    ]
    tables.show(head, rows, caption="The same incident, field by field and document by document")


def _said(view: View, field: str, reports: list[Row]) -> list[str]:
    """What a document's reports say of a field; where its speakers differ, each with its speaker."""
    sayings = {row["claimed_by"]: _cell(view, field, row) for row in reports}
    if len(set(sayings.values())) == 1:
        return [next(iter(sayings.values()))]
    return [f"{saying} ({speaker})" for speaker, saying in sayings.items()]


def _cell(view: View, field: str, row: Row) -> str:
    if field == "date":
        return dates.spoken(row["date"])
    if field == "place":
        return place_of(row, view.dataset.places, view.look.naming) or "none given"
    if field == "numbers":
        return facts.deaths(row)
    if field == "names":
        return " → ".join((row["actor"] or "not stated", row["target"] or "not stated"))
    if field == "standing":
        return row["claim_status"] or "not stated"
    return f"{row['event_type']}: {row['title']}"


def _verdict(found: Difference | None) -> Markup:
    if found is None:
        return Markup('<span class="attest-agree">no difference</span>')
    if not found.is_sharp:
        return Markup('<span class="attest-mild">differs</span>')
    return Markup('<strong class="attest-sharp">≠ sharp</strong><br>{}').format(found.how)
