"""The map and its timeline as a component: what travels when a filter changes. The table travels by `serve`."""

from __future__ import annotations

import streamlit as st

from dashboard import data, link
from dashboard.controls import Look
from geodata import marks
from geodata import timemap as document
from geodata.dataset import Dataset
from geodata.selection import Selection, select

HEIGHT = 470
"""Pixels of the map; the timeline takes about 130 more."""

_map = st.components.v2.component(
    "attest_map",
    html=f'<div class="tm" style="--tm-height: {HEIGHT}px"></div>',
    js=document.small_script("streamlit_map"),
)


def show(dataset: Dataset, token: str, chosen: Selection, look: Look) -> str:
    """Draws the map and returns the incident whose card is open, or a blank text."""
    state = st.session_state
    kept = dataset.fetch(select(dataset.reports, chosen.without_window()).select("row"))
    size = dataset.size
    incident = state["incident"]
    _map(
        key="timemap",
        data={
            "engine": data.engine_address(),
            "table": data.table_address(token),
            "scheme": look.colour,
            "surely": chosen.surely,
            "mask": None if len(kept) == size else marks.mask(kept["row"], size),
            "window": [str(chosen.first), str(chosen.last)] if chosen.first and chosen.last else None,
            "incident": incident,
            "windowKey": state.get("window_set", 0),
            "selected": _rows_of(dataset, incident),
        },
        on_window_change=_window_changed,
        on_select_change=lambda: _selected(dataset),
        on_back_change=link.forget,
    )
    return str(state["incident"])


def _rows_of(dataset: Dataset, incident: str) -> list[int]:
    if not incident:
        return []
    rows = dataset.reports.filter(dataset.reports.incident_id == incident).select("row")
    return [int(row) for row in dataset.fetch(rows)["row"].to_pylist()]


def _window_changed() -> None:
    window = st.session_state["timemap"].get("window")
    if window is not None:  # blank is "all dates", nothing is "another trigger fired"
        first, last = window or ("", "")
        st.session_state.update(first=first, last=last)


def _selected(dataset: Dataset) -> None:
    row = st.session_state["timemap"].get("select")
    if row is not None:
        found = dataset.fetch(dataset.reports.filter(dataset.reports.row == int(row)).select("incident_id"))
        st.session_state["incident"] = found["incident_id"][0].as_py()
