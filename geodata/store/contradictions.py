"""Faults that concern more than one cell: half coordinates, order of deaths, repeated rows, unknown references."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.faults import Fault
from geodata.model.records import Person, Place
from geodata.model.text import fold, shown, suggestion
from geodata.model.vocabulary import DEATHS
from geodata.store.tables import Checked
from geodata.store.written import Lines

Doubt = tuple[Any, str, Callable[[int], str]]
"""Which rows have a fault (an Arrow column of truths; null is false), in which column, and what is wrong with a row."""


def of_reports(table: Checked[pa.Table]) -> Iterator[Fault]:
    """Contradictions inside a report, and reports that repeat another."""
    rows = table.rows
    yield from _told(table.name, table.lines, (*_half_or_zero(rows), *_not_together(rows), *_too_much(rows)))
    yield from repeated(table.name, table.lines, rows.select(["incident_id", "source_id", "claimed_by"]))


def of_places(table: Checked[list[Place]]) -> Iterator[Fault]:
    """Half coordinates, and repeated places."""
    columns = {"place_id": pa.string(), "latitude": pa.float64(), "longitude": pa.float64()}
    rows = pa.table({name: pa.array([getattr(place, name) for place in table.rows], columns[name]) for name in columns})
    yield from _told(table.name, table.lines, _half_or_zero(rows))
    yield from repeated(table.name, table.lines, rows.select(["place_id"]))


def repeated(name: str, lines: Lines, keys: pa.Table) -> Iterator[Fault]:
    """A fault for each row whose key, one or more columns, stands in an earlier one."""
    if len(keys.group_by(keys.column_names).aggregate([])) == len(keys):
        return
    seen: dict[tuple[str, ...], int] = {}
    for line, *key in zip(lines.tolist(), *(column.to_pylist() for column in keys.columns), strict=True):
        if (first := seen.setdefault(tuple(key), line)) != line:
            message = f"repeats line {first}: the same {', '.join(keys.column_names)}"
            yield Fault(name, line, keys.column_names[0], message)


def unknown(table: Checked[pa.Table], column: str, known: Collection[str], listed: str) -> Iterator[Fault]:
    """Rows that refer to what the file ``listed`` does not have."""

    def message(key: str) -> str:
        return f"{shown(key)} is not in {listed} ({suggestion(key, known, 'add it there')})"

    yield from _of_keys(table, column, lambda key: message(key) if key and key not in known else "")


def unsure(table: Checked[pa.Table], column: str, faulty: Mapping[str, int], listed: str) -> Iterator[Fault]:
    """Rows that refer to a row of ``listed`` that has a fault; ``faulty`` has the line of each such row by its key."""

    def message(key: str) -> str:
        return f"{shown(key)} stands in line {faulty[key]} of {listed}, which has a fault"

    yield from _of_keys(table, column, lambda key: message(key) if key in faulty else "")


def _of_keys(table: Checked[pa.Table], column: str, message: Callable[[str], str]) -> Iterator[Fault]:
    """A fault for each row whose key has a message; each different key is asked for once."""
    keys = table.rows[column].combine_chunks().dictionary_encode()
    messages = {at: said for at, key in enumerate(keys.dictionary.to_pylist()) if (said := message(key))}
    if messages:
        for row in np.flatnonzero(np.isin(keys.indices, [*messages])).tolist():
            yield Fault(table.name, int(table.lines[row]), column, messages[keys.indices[row].as_py()])


def _told(name: str, lines: Lines, doubts: Iterator[Doubt] | tuple[Doubt, ...]) -> Iterator[Fault]:
    for rows, column, message in doubts:
        for row in np.flatnonzero(pc.fill_null(rows, False)).tolist():
            yield Fault(name, int(lines[row]), column, message(row))


def _half_or_zero(rows: pa.Table) -> Iterator[Doubt]:
    for blank, other in (("latitude", "longitude"), ("longitude", "latitude")):
        half = pc.and_(pc.is_null(rows[blank]), pc.is_valid(rows[other]))
        yield half, blank, lambda _: "half a coordinate: fill both latitude and longitude or neither"
    zero = pc.and_(pc.equal(rows["latitude"], 0), pc.equal(rows["longitude"], 0))
    yield zero, "latitude", lambda _: "0, 0 is no place of an incident; leave both blank if the place is unknown"


def _not_together(rows: pa.Table) -> Iterator[Doubt]:
    """Cells that must be given together."""

    def given(column: str) -> Any:
        return pc.not_equal(rows[column], "")

    has_point, has_place = pc.is_valid(rows["latitude"]), pc.or_(given("place"), given("place_id"))
    yield (
        pc.and_not(has_point, given("precision")),
        "precision",
        lambda _: "must be given where there are coordinates",
    )
    yield (
        pc.and_not(has_point, has_place),
        "place",
        lambda _: "must be given where there are coordinates: as the document writes it, or a place_id",
    )
    yield (
        pc.xor(given("date"), given("date_basis")),
        "date_basis",
        lambda _: "must be given with a date, and only with one",
    )
    yield (
        pc.xor(has_place, given("place_role")),
        "place_role",
        lambda _: "must be given with a place, and only with one",
    )


def _too_much(rows: pa.Table) -> Iterator[Doubt]:
    """Deaths out of order, and long titles."""
    low, _, high = stated = [rows[column] for column in DEATHS]
    falls = [pc.fill_null(pc.greater(one, other), False) for one, other in (*pairwise(stated), (low, high))]

    def out_of_order(row: int) -> str:
        numbers = ", ".join(str(column[row]) for column in stated if column[row].is_valid)
        return f"deaths are out of order ({numbers}): low, best and high must not fall"

    yield pc.or_(pc.or_(*falls[:2]), falls[2]), "deaths_best", out_of_order
    titles = rows["title"].to_pylist()
    yield (
        pa.array([len(title.split()) > 10 for title in titles], pa.bool_()),
        "title",
        lambda row: f"has {len(titles[row].split())} words; ten is the most",
    )


def of_persons(table: Checked[list[Person]]) -> Iterator[Fault]:
    """A form that could be two persons, and a replacement that is missing, needless or holds a private name."""
    name, bearers = table.name, dict[str, int]()
    private = {fold(form) for person in table.rows if not person.is_public for form in person.forms}
    for line, person in zip(table.lines.tolist(), table.rows, strict=True):
        for form in person.forms:
            if (first := bearers.setdefault(form, line)) != line:
                yield Fault(name, line, "variants" if form != person.name else "name",
                            f"{shown(form)} stands in line {first} too; a form must mean one person")  # fmt: skip
        if person.is_public and person.instead:
            yield Fault(name, line, "instead", "must be blank for a public person, whose name stays")
        if not person.is_public and not person.in_slug:
            yield Fault(name, line, "instead", "must be given for a private person: the words that replace the name")
        if names := sorted(form for form in private if f" {form} " in f" {fold(person.instead)} "):
            yield Fault(name, line, "instead", f"holds {shown(names[0])}, which is the name of a private person")
