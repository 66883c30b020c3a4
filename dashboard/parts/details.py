"""Short lists of incidents: a chosen row opens its card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.state import link
from dashboard.state.view import View
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.tell import facts


def grid_of_incidents(lines: list[dict[str, Any]], key: str, widths: Mapping[str, int] | None = None) -> None:
    """A table of incidents: a chosen row opens its card.

    ``incident_id`` of a line is not drawn; the rest are its cells. ``widths`` are pixels of columns; without
    them the content decides.
    """
    frame = pd.DataFrame(lines).drop(columns="incident_id")
    columns = {name: st.column_config.Column(width=width) for name, width in (widths or {}).items()}
    _choosable(frame, [line["incident_id"] for line in lines], key, columns)


def grid_of_reports(view: View, rows: list[Row], key: str) -> None:
    """A short list of incidents, each by its first report: title, date and place. A chosen row opens its card."""
    if not rows:
        st.caption("None.")
        return
    places, naming = view.dataset.places, view.look.naming
    grid_of_incidents(
        [
            {
                "incident_id": row["incident_id"],
                "Title": row["title"],
                "Date": facts.when(row),
                "Place": place_of(row, places, naming),
            }
            for row in rows
        ],
        key,
    )


def _choosable(frame: pd.DataFrame, incidents: list[str], key: str, columns: dict[str, Any]) -> None:
    incident = st.session_state["incident"]
    open_rows = [row for row, each in enumerate(incidents) if incident and each == incident]
    # The key changes with the open incident, so that its rows are the selection the table begins with.
    key = f"{key}_table_{incident}"
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        placeholder="–",
        height=min(420, 38 + 35 * len(frame)),
        on_select=lambda: _picked(incidents, key, open_rows),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": open_rows}},
        column_config=columns,
    )


def _picked(incidents: list[str], key: str, open_rows: list[int]) -> None:
    """A row newly ticked opens its incident; an open row unticked closes it."""
    picked = st.session_state[key].selection.rows
    new = [row for row in picked if row not in open_rows]
    link.open_incident(incidents[new[0]] if new else "")
