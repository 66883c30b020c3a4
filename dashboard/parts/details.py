"""The reports themselves: an incident's card, the table, and the tray of what no map or window can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import streamlit as st

from dashboard.parts.fields import side_by_side
from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.model import dates
from geodata.model.names import place_of
from geodata.model.row import Row
from geodata.model.selection import select, undated, unmapped
from geodata.model.text import number_of
from geodata.tell import facts

ABREAST = 3
"""Reports of one incident side by side; more go to a next row."""

MOST_ROWS = 1_000
"""Reports in a table; the download has them all."""

HEADINGS = {
    "first_day": "From",
    "date": "Date as told",
    "title": "Title",
    "claimed_by": "Claimed by",
    "claim_status": "Standing",
    "document": "Document, paragraphs",
    "place_label": "Place",
    "claimant_side": "Side",
    "event_type": "Kind",
    "deaths_best": "Deaths stated",
    "incident_id": "Incident",
}
"""Columns of a table of reports, and their headings."""

FETCHED = (*(column for column in HEADINGS if column != "document"), "source_id", "paragraphs", "place_id")
"""The columns of a report that such a table is made from."""


def card(view: View, hint: str = "") -> None:
    """Every report of one incident, side by side, and where two documents differ on it, field by field."""
    dataset, incident = view.dataset, str(st.session_state["incident"])
    if not incident:
        if hint:
            st.caption(hint)
        return
    rows = dataset.fetch(dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")).to_pylist()
    if not rows:
        st.warning(f"The link names an incident that is not in this table: {plain(incident)}")
        return
    documents = len({row["source_id"] for row in rows})
    with st.container(key="card"):
        head, close = st.columns([6, 1], vertical_alignment="center")
        head.header(plain(rows[0]["title"]), anchor=False)
        reports, told = number_of(len(rows), "report"), number_of(documents, "document")
        head.caption(f"{reports}, told by {told} · {plain(incident)}")
        close.button("Close card", on_click=lambda: st.session_state.update(incident=""), width="stretch")
        shown = select(dataset.reports, view.chosen)
        if not len(dataset.fetch(shown.filter(shown.incident_id == incident).select("row"))):
            st.info("None of these reports is among those shown: the dates or the filters leave them out.")
        if documents > 1:
            side_by_side(view, rows)
        for start in range(0, len(rows), ABREAST):
            columns = st.columns(min(ABREAST, len(rows)))
            for column, row in zip(columns, rows[start : start + ABREAST], strict=False):
                with column, st.container(border=True):
                    _report(view, row)


def _report(view: View, row: Row) -> None:
    dataset = view.dataset
    source, place = dataset.sources[row["source_id"]], dataset.places.get(row["place_id"])
    told = facts.of(dataset, row, view.look.naming)
    lead: dict[str, str] = {name: told.pop(name) for name in ("Standing", "Disputed by") if name in told}
    st.markdown(f"**{plain(row['claimed_by'])}** · {dataset.case.side_name(row['claimant_side'])}  \n{_listed(lead)}")
    if row["graphic"]:
        with st.expander("Graphic: tells of mutilation, torture or sexual violence. Open to read."):
            st.markdown(plain(row["summary"]))
    else:
        st.markdown(plain(row["summary"]))
    st.markdown(_listed(told))
    with st.expander("About the document and the place"):
        st.markdown(
            f"**{plain(source.label)}**: {plain(source.genre)}; side: {dataset.case.side_name(source.side)}. "
            f"Reliability {source.reliability or '–'}, credibility {source.credibility or '–'} (Admiralty): "
            f"{plain(source.rating_reason)} "
            f"{plain(source.reader_note)}"
        )
        if place:
            st.markdown(f"**{plain(place.label)}**, also {plain(', '.join(place.names))}. {plain(place.note)}")


def _listed(told: Mapping[str, str]) -> str:
    return "  \n".join(f"**{name}:** {plain(value)}" for name, value in told.items())


def table(view: View) -> None:
    """The selected reports, sortable; a chosen row opens its incident and marks it on the map."""
    _grid(view, select(view.dataset.reports, view.chosen), "reports")


def tray(view: View) -> None:
    """Reports that the map or the window cannot show, listed and never dropped."""
    dataset = view.dataset
    for title, rows, key in (
        ("Cannot be mapped: the document names no place, or none that can be known", unmapped, "unmapped"),
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
    frame = pd.DataFrame([_line(view, row) for row in rows], columns=list(HEADINGS)).rename(columns=HEADINGS)
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
                "Date": dates.spoken(row["date"]),
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
        "date": dates.spoken(row["date"]),
        "place_label": place_of(row, view.dataset.places, view.look.naming),
        "claimant_side": view.dataset.case.side_name(row["claimant_side"]),
        "document": facts.cited_in_short(source, row["paragraphs"]),
    }


def _picked(incidents: list[str], key: str, open_rows: list[int]) -> None:
    """A row newly ticked opens its incident; an open row unticked closes it."""
    picked = st.session_state[key].selection.rows
    new = [row for row in picked if row not in open_rows]
    st.session_state["incident"] = incidents[new[0]] if new else ""
