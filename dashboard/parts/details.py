"""Lists of incidents: a title opens its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup, escape

from dashboard.parts import passage, tables
from dashboard.state import link
from dashboard.state.view import View
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.tell import facts


@dataclass(frozen=True)
class Line:
    """An incident of a list: its key, its title, and what the other columns say."""

    incident_id: str
    title: str
    cells: Sequence[str]


def list_of_incidents(lines: Sequence[Line], heads: Sequence[str], *, key: str, caption: str) -> None:
    """A table of incidents, ``heads`` naming their columns: a title opens the card of its incident, and closes it."""
    opened = str(st.session_state["incident"])
    rows = [[_button(line, is_open=line.incident_id == opened), *line.cells] for line in lines]
    passage.show([tables.html(heads, rows, caption=caption, is_list=True)], key=key, chosen=_open_or_close)


def list_of_reports(view: View, rows: Sequence[Row], *, key: str, caption: str) -> None:
    """A list of incidents, each by its first report: title, date and place."""
    if not rows:
        st.caption("None.")
        return
    places, naming = view.dataset.places, view.look.naming
    lines = [
        Line(row["incident_id"], row["title"], (facts.when(row), place_of(row, places, naming) or "–")) for row in rows
    ]
    list_of_incidents(lines, ("Incident", "Date", "Place"), key=key, caption=caption)


def _button(line: Line, *, is_open: bool) -> Markup:
    return Markup(
        f'<button type="button" data-chosen="{escape(line.incident_id)}" aria-pressed="{str(is_open).lower()}">'
        f"{escape(line.title)}</button>"
    )


def _open_or_close(incident: str) -> None:
    link.open_incident("" if incident == st.session_state["incident"] else incident)
