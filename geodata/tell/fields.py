"""One incident field by field: what each who tells it says of a field, and how their words stand to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from geodata.count.disagreements import FIELDS, Difference, differences
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.model.vocabulary import DEATHS
from geodata.store.dataset import Dataset
from geodata.tell import facts, nouns

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("place", "latitude"), "numbers": DEATHS, "names": ("actor", "target"),
    "standing": ("claim_status",), "words": ("event_type", "title"),
}  # fmt: skip
"""The columns that each field is read from."""


@dataclass(frozen=True)
class Line:
    """A field: its name, the sayings of each column of the comparison, and the difference, if any."""

    name: str
    cells: tuple[tuple[str, ...], ...]
    found: Difference | None


@dataclass(frozen=True)
class Comparison:
    """``heads`` name the columns: those who tell, the sources of one telling together. ``by`` is their noun."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    by: str


def compared(dataset: Dataset, reports: list[Row], naming: str) -> Comparison | None:
    """The reports of one incident beside each other; ``None`` where one alone tells it."""
    columns = _columns(dataset, reports)
    if len(columns) < 2:
        return None
    told = differences(dataset, reports)
    lines = (
        Line(name, tuple(_said(dataset, field, rows, naming) for rows in columns.values()), told.get(field))
        for field, name in FIELDS.items()
        if not dataset.lacks(*COLUMNS[field])
    )
    return Comparison(tuple(columns), tuple(lines), nouns.of_row(dataset, reports[0]).one)


def _columns(dataset: Dataset, reports: list[Row]) -> dict[str, list[Row]]:
    """The reports by the labels of those who tell them."""
    columns: dict[str, list[Row]] = defaultdict(list)
    for telling in facts.by_telling(reports):
        columns["; ".join(dataset.sources[row["source_id"]].label for row in telling)] += telling
    return columns


def _said(dataset: Dataset, field: str, reports: list[Row], naming: str) -> tuple[str, ...]:
    """What a document's reports say of a field; where its speakers differ, each with its speaker."""
    sayings = {row["claimed_by"]: _cell(dataset, field, row, naming) for row in reports}
    if len(set(sayings.values())) == 1:
        return (next(iter(sayings.values())),)
    return tuple(f"{saying} ({speaker})" for speaker, saying in sayings.items())


def _cell(dataset: Dataset, field: str, row: Row, naming: str) -> str:
    if field == "date":
        return facts.when(row)
    if field == "place":
        return place_of(row, dataset.places, naming) or "none given"
    if field == "numbers":
        return facts.deaths(row)
    if field == "names":
        return " → ".join((row["actor"] or "not stated", row["target"] or "not stated"))
    if field == "standing":
        return row["claim_status"] or "not stated"
    return ": ".join(filter(None, (row["event_type"], row["title"])))
