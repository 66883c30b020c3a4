"""One incident field by field: a column for each who tells it, and whether what they say can hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from markupsafe import Markup

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.count.disagreements import FIELDS, Difference, differences
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.model.vocabulary import DEATHS
from geodata.store.dataset import Dataset
from geodata.tell import facts, nouns


def side_by_side(view: View, reports: list[Row]) -> None:
    """A table with a row for each field and a column for each document: what differs stands out.

    The sources of one telling share a column. Nothing is shown where there is one column.
    """
    dataset = view.dataset
    by_document = _columns(dataset, reports)
    if len(by_document) < 2:
        return
    told = differences(dataset, reports)
    head = ["Field", *by_document, "How they stand"]
    rows = [
        [
            name,
            *(tables.lines(_said(view, field, of_document)) for of_document in by_document.values()),
            _verdict(told.get(field)),
        ]
        for field, name in FIELDS.items()
        if not dataset.lacks(*COLUMNS[field])
    ]
    by = nouns.of_row(dataset, reports[0]).one
    tables.show(head, rows, caption=f"The same incident, field by field and {by} by {by}")


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("place", "latitude"), "numbers": DEATHS, "names": ("actor", "target"),
    "standing": ("claim_status",), "words": ("event_type", "title"),
}  # fmt: skip
"""The columns that each field is read from."""


def _columns(dataset: Dataset, reports: list[Row]) -> dict[str, list[Row]]:
    """The reports by the labels of those who tell them."""
    columns: dict[str, list[Row]] = defaultdict(list)
    for telling in facts.by_telling(reports):
        columns["; ".join(dataset.sources[row["source_id"]].label for row in telling)] += telling
    return columns


def _said(view: View, field: str, reports: list[Row]) -> list[str]:
    """What a document's reports say of a field; where its speakers differ, each with its speaker."""
    sayings = {row["claimed_by"]: _cell(view, field, row) for row in reports}
    if len(set(sayings.values())) == 1:
        return [next(iter(sayings.values()))]
    return [f"{saying} ({speaker})" for speaker, saying in sayings.items()]


def _cell(view: View, field: str, row: Row) -> str:
    if field == "date":
        return facts.when(row)
    if field == "place":
        return place_of(row, view.dataset.places, view.look.naming) or "none given"
    if field == "numbers":
        return facts.deaths(row)
    if field == "names":
        return " → ".join((row["actor"] or "not stated", row["target"] or "not stated"))
    if field == "standing":
        return row["claim_status"] or "not stated"
    return ": ".join(filter(None, (row["event_type"], row["title"])))


def _verdict(found: Difference | None) -> Markup:
    if found is None:
        return Markup('<span class="attest-agree">no difference</span>')
    if not found.is_sharp:
        return Markup('<span class="attest-mild">differs</span>')
    return Markup('<strong class="attest-sharp">≠ sharp</strong><br>{}').format(found.how)
