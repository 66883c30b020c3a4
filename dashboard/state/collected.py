"""The collection of the session: kept in the address while it fits a link, never on the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import streamlit as st

from dashboard.state import link
from geodata.model.collection import Collection
from geodata.model.filters import is_one_of
from geodata.store.dataset import Dataset

NAME, TEXTS, LONG = "collection", "collected", "collected_long"
"""Keys of the session: the name, the texts that the address has, and those of a collection too long for it."""


def now() -> Collection:
    state = st.session_state
    return Collection.of(state.get(NAME, ""), state.get(LONG) or state.get(TEXTS, ()))


def put(collection: Collection) -> None:
    """Takes another collection; where the map shows the collection alone, it follows."""
    _keep(collection)
    link.tell_map("collected")


def _keep(collection: Collection) -> None:
    state, texts, fits = st.session_state, [*collection.texts()], collection.fits_a_link
    was_alone = is_alone()
    state.update({NAME: collection.name, TEXTS: texts if fits else [], LONG: [] if fits else texts})
    if was_alone:
        show_alone(True)


def is_alone() -> bool:
    """Whether the map and every list show the collection alone: the filter may be of other incidents as well."""
    chosen = st.session_state.get("incidents", ())
    return bool(chosen) and set(chosen) == set(now().ids)


def show_alone(is_on: bool) -> None:
    """Filters to the collection alone, or to no incidents."""
    st.session_state["incidents"] = tuple(sorted(now().ids)) if is_on else ()


def take(incidents: Iterable[str], *, is_in: bool) -> None:
    """Takes incidents into the collection, or out of it."""
    put(now().having(incidents) if is_in else now().without(incidents))


def take_from_map(dataset: Dataset, notes: Mapping[int, str], out: Set[int]) -> None:
    """What the map has of the collection: the note of each row in it, in the order of taking, and rows taken out.

    Incidents that ``dataset`` does not have are not on the map, and stay. A large table's map knows no incidents, only
    rows: it is told of the others of an incident.
    """
    before = now()
    found = dataset.numbered([*notes, *out]).select("row", "incident_id")
    incidents = {int(row["row"]): str(row["incident_id"]) for row in dataset.fetch(found).to_pylist()}
    gone = {incidents[row] for row in out if row in incidents}
    written: dict[str, str] = {}
    for row, note in notes.items():
        if row in incidents and (incident := incidents[row]) not in gone:
            is_other = note != before.notes.get(incident, "")  # written to this row, of an incident of several
            written[incident] = note if is_other else written.get(incident, note)
    after = before.without(gone).having(written)
    for incident, note in written.items():
        after = after.noted(incident, note)
    _keep(after)
    if rows_of(dataset, after) != notes:
        link.tell_map("collected")


def rows_of(dataset: Dataset, collection: Collection) -> dict[int, str]:
    """The rows of the collection's incidents, each with the note."""
    if not collection.notes:
        return {}
    reports = dataset.reports
    found = reports.filter(is_one_of(reports.incident_id, list(collection.ids))).select("row", "incident_id")
    return {int(row["row"]): collection.notes[row["incident_id"]] for row in dataset.fetch(found).to_pylist()}


def told(dataset: Dataset) -> dict[str, Any]:
    """What the map is told of the collection: the notes by row, and how many incidents are in it."""
    collection = now()
    return {"notes": rows_of(dataset, collection), "incidents": len(collection.ids)}
