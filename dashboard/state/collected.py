"""The collection of the session: kept in the address while it fits a link, never on the server."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from geodata.model.collection import Collection
from geodata.store.dataset import Dataset

NAME, TEXTS, LONG = "collection", "collected", "collected_long"
"""Keys of the session: the name, the texts that the address has, and those of a collection too long for it."""


def now() -> Collection:
    state = st.session_state
    return Collection.of(state.get(NAME, ""), state.get(LONG) or state.get(TEXTS, ()))


def put(collection: Collection) -> None:
    """Takes another collection; where the map shows the collection alone, it follows."""
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


def incidents_of(dataset: Dataset, rows: Iterable[int]) -> list[str]:
    """The incidents of rows of the table, each once, in the order of its first row."""
    reports = dataset.reports
    found = dataset.fetch(reports.filter(reports.row.isin(list(rows))).order_by("row").select("incident_id"))
    return list(dict.fromkeys(found["incident_id"].to_pylist()))


def rows_of(dataset: Dataset, collection: Collection) -> dict[int, str]:
    """The rows of the collection's incidents, each with the note."""
    if not collection.notes:
        return {}
    reports = dataset.reports
    found = reports.filter(reports.incident_id.isin(list(collection.ids))).select("row", "incident_id")
    return {int(row["row"]): collection.notes[row["incident_id"]] for row in dataset.fetch(found).to_pylist()}
