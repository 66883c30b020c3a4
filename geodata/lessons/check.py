"""Whether a lesson fits a table: what it refers to is there, and the numbers it states are true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import ibis.expr.types as ir

from geodata.count.facets import values_of
from geodata.lessons.model import Lesson, Step, counted_names
from geodata.model.faults import Fault
from geodata.model.filters import CHOICES
from geodata.model.selection import select
from geodata.model.text import shown
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.store.absent import absent, absent_incidents
from geodata.store.dataset import Dataset
from geodata.timemap import marks

_COUNTS: Mapping[str, Callable[[ir.Table], ir.Value]] = {
    "reports": lambda rows: rows.count(),
    "incidents": lambda rows: rows.incident_id.nunique(),
    "documents": lambda rows: rows.source_id.nunique(),
    "mapped": lambda rows: rows.latitude.notnull().sum(),
    "unmapped": lambda rows: rows.latitude.isnull().sum(),
    "vague": lambda rows: (rows.first_day < rows.last_day).sum(),
    "deaths": lambda rows: rows.deaths_best.max(),
}


def check(lesson: Lesson, dataset: Dataset) -> tuple[Fault, ...]:
    """Faults: documents, publishers, places, incidents or colours that the table lacks, and numbers it has not."""
    file = f"{lesson.name}.md"
    return tuple(
        Fault(
            file,
            lesson.line("steps", at, *path),
            f"steps {at + 1}, {', '.join(str(part) for part in path if isinstance(part, str))}",
            message,
        )
        for at, step in enumerate(lesson.steps)
        for path, message in (*_missing(step, dataset), *_untrue(step, dataset))
    )


def _missing(step: Step, dataset: Dataset) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name in CHOICES:
        for at, value in enumerate(getattr(step.filters, name)):
            if value not in (known := values_of(dataset, name)):
                yield ("filters", name, at), absent(value, known)
    for message in absent_incidents(step.filters.incidents, dataset).values():
        yield ("filters", "incidents"), message
    schemes = marks.schemes(dataset)
    if step.colour and step.colour not in schemes:
        yield ("colour",), absent(step.colour, schemes)
    if step.incident:
        reports = dataset.reports
        graphic = dataset.fetch(reports.filter(reports.incident_id == step.incident).select("graphic"))[
            "graphic"
        ].to_pylist()
        if not graphic:
            [message] = absent_incidents((step.incident,), dataset).values()
            yield ("incident",), message
        elif all(graphic):
            yield ("incident",), f"{shown(step.incident)} has graphic reports only, which a lesson leaves out"


def counted(step: Step, dataset: Dataset, names: Iterable[str] | None = None) -> dict[str, int]:
    """What the table has of the step's reports, by `counted_names` or some of them."""
    rows = select(dataset.reports, step.selection())
    asked = {name: _count(rows, name) for name in (counted_names(dataset.case) if names is None else names)}
    found = dataset.fetch(rows.aggregate(**asked)).to_pylist()[0] if asked else {}
    return {name: int(number or 0) for name, number in found.items()}


def _count(rows: ir.Table, name: str) -> ir.Value:
    if name in _COUNTS:
        return _COUNTS[name](rows)
    return (rows.claim_status == name).sum() if name in CLAIM_STATUSES else (rows.claimant_side == name).sum()


def _untrue(step: Step, dataset: Dataset) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, number in counted(step, dataset, step.counts).items():
        if number != step.counts[name]:
            yield ("counts", name), f"the table has {number}, and not {step.counts[name]}; mend the words too"
