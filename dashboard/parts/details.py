"""Lists of reports: the table, the tray of what no map or window can show, and short lists of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import streamlit as st

from dashboard.state.view import View
from geodata.model import dates
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.model.selection import select, undated, unmapped
from geodata.store.dataset import Dataset
from geodata.tell import facts, nouns

MOST_ROWS = 1_000
"""Reports in a table; the download has them all."""

HEADINGS = {
    "first_day": "From",
    "date": "Date as told",
    "title": "Title",
    "claimed_by": "Claimed by",
    "claim_status": "Standing",
    "document": "Document",
    "place_label": "Place",
    "claimant_side": "Side",
    "event_type": "Kind",
    "deaths_best": "Deaths stated",
    "incident_id": "Incident",
}
"""Columns of a table of reports, and their headings."""

FETCHED = (*(column for column in HEADINGS if column != "document"), "source_id", "paragraphs", "place_id", "time")
"""The columns of a report that such a table is made from."""


def headings(dataset: Dataset) -> dict[str, str]:
    """The columns of a table of reports that a dataset has something for, and their headings in its words."""
    where = "" if dataset.lacks("paragraphs") else ", paragraphs"
    named = HEADINGS | {"document": nouns.of(dataset).said(HEADINGS["document"]) + where}
    return {column: heading for column, heading in named.items() if column not in dataset.missing}


def table(view: View) -> None:
    """The selected reports, sortable; a chosen row opens its incident and marks it on the map."""
    _grid(view, select(view.dataset.reports, view.chosen), "reports")


def tray(view: View) -> None:
    """Reports that the map or the window cannot show, listed and never dropped."""
    dataset = view.dataset
    for title, rows, key in (
        ("Cannot be mapped: no place is named, or none that can be known", unmapped, "unmapped"),
        ("Cannot be dated: no window shows them", undated, "undated"),
    ):
        hidden = rows(dataset.reports, view.chosen)
        number = dataset.fetch(hidden.aggregate(n=hidden.count()))["n"][0].as_py()
        st.markdown(f"**{title} ({number:,})**")
        _grid(view, hidden, key)


def _grid(view: View, reports: ir.Table, key: str) -> None:
    rows = view.dataset.fetch(reports.order_by("row").limit(MOST_ROWS).select(*FETCHED)).to_pylist()
    if not rows:
        st.caption("None.")
        return
    if len(rows) == MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} by date; filter, move the window or download for the others.")
    named = headings(view.dataset)
    frame = pd.DataFrame([_line(view, row) for row in rows], columns=list(named)).rename(columns=named)
    _choosable(frame, [row["incident_id"] for row in rows], key, {
        "From": st.column_config.DateColumn(format="D MMM YYYY", help="The first possible day, for sorting"),
        "Deaths stated": st.column_config.NumberColumn(format="%d"),
    })  # fmt: skip


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


def _line(view: View, row: Row) -> dict[str, Any]:
    source = view.dataset.sources[row["source_id"]].label
    return {
        **row,
        "first_day": None if row["first_day"] == dates.OPEN_START else row["first_day"],
        "date": facts.when(row),
        "place_label": place_of(row, view.dataset.places, view.look.naming),
        "claimant_side": view.dataset.case.side_name(row["claimant_side"]),
        "document": facts.cited_in_short(source, row["paragraphs"]),
    }


def _picked(incidents: list[str], key: str, open_rows: list[int]) -> None:
    """A row newly ticked opens its incident; an open row unticked closes it."""
    picked = st.session_state[key].selection.rows
    new = [row for row in picked if row not in open_rows]
    st.session_state["incident"] = incidents[new[0]] if new else ""
