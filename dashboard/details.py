"""The reports themselves: an incident's card, the table, and the tray of what no map or window can show."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.style import plain
from geodata import dates
from geodata.dataset import Dataset
from geodata.schema import CLAIM_STATUSES, DATE_BASES, SIDE_NAMES
from geodata.selection import Selection, select, undated, unmapped

ABREAST = 3
"""Reports of one incident side by side; more go to a next row."""

COLUMNS = {
    "date": "Date",
    "title": "Title",
    "place_label": "Place",
    "claimed_by": "Claimed by",
    "claimant_side": "Side",
    "claim_status": "Standing",
    "document": "Document",
    "paragraphs": "Paragraphs",
    "event_type": "Kind",
    "deaths_best": "Deaths stated",
    "incident_id": "Incident",
}


def card(dataset: Dataset, incident: str) -> None:
    """Every report of one incident, side by side."""
    if not incident:
        st.caption("Choose a mark on the map or a row below: every report of that incident opens here, side by side.")
        return
    rows = dataset.fetch(dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")).to_pylist()
    if not rows:
        st.warning(f"The link names an incident that is not in this table: {plain(incident)}")
        return
    documents = len({row["source_id"] for row in rows})
    with st.container(key="card"):
        head, close = st.columns([6, 1], vertical_alignment="center")
        told = f"told by {documents} documents" if documents > 1 else "told by one document"
        head.subheader(f"{plain(rows[0]['title'])}", anchor=False)
        head.caption(f"{len(rows)} {'reports' if len(rows) > 1 else 'report'}, {told} · {plain(incident)}")
        close.button("Close card", on_click=lambda: st.session_state.update(incident=""), width="stretch")
        for start in range(0, len(rows), ABREAST):
            columns = st.columns(min(ABREAST, len(rows)))
            for column, row in zip(columns, rows[start : start + ABREAST], strict=False):
                with column, st.container(border=True):
                    _report(dataset, row)


def _report(dataset: Dataset, row: dict[str, Any]) -> None:
    source, place = dataset.sources[row["source_id"]], dataset.places.get(row["place_id"])
    st.markdown(
        f"**{plain(row['claimed_by'])}** · {SIDE_NAMES[row['claimant_side']]}  \n"
        f"{row['claim_status']}: {CLAIM_STATUSES[row['claim_status']]}"
    )
    if row["disputed_by"]:
        st.markdown(f"Disputed by {plain(row['disputed_by'])}")
    if row["graphic"]:
        with st.expander("Graphic: tells of mutilation, torture or sexual violence. Open to read."):
            st.markdown(plain(row["summary"]))
    else:
        st.markdown(plain(row["summary"]))
    facts = [
        ("Document", f"{source.label}, paragraph {row['paragraphs']}"),
        (
            "Date",
            f"{dates.spoken(row['date'])}"
            + (f" ({row['date_basis']}: {DATE_BASES[row['date_basis']]})" if row["date_basis"] else ""),
        ),
        ("Place", _place(row, place.label if place else "")),
        ("Kind", row["event_type"]),
        ("Actor, target", " → ".join(filter(None, (row["actor"], row["target"])))),
        ("Deaths stated", _deaths(row)),
        ("Note", row["note"]),
    ]
    st.markdown("  \n".join(f"**{name}:** {plain(value)}" for name, value in facts if value))
    with st.expander("About the document and the place"):
        st.markdown(
            f"**{plain(source.label)}**: {plain(source.genre)}; side: {SIDE_NAMES[source.side]}. Reliability "
            f"{source.reliability}, credibility {source.credibility} (Admiralty): {plain(source.rating_reason)} "
            f"{plain(source.reader_note)}"
        )
        if place:
            st.markdown(f"**{plain(place.label)}**, also {plain(', '.join(place.names))}. {plain(place.note)}")


def _place(row: dict[str, Any], label: str) -> str:
    if not row["place"] and not label:
        return "none given"
    role = "a statement about it" if row["place_role"] == "subject" else "said to have happened there"
    known = f"{label}, drawn as {row['precision']}; {role}" if label else f"cannot be placed; {role}"
    return f"“{row['place']}” in the document: {known}" if row["place"] else known


def _deaths(row: dict[str, Any]) -> str:
    named = {"at least": row["deaths_low"], "": row["deaths_best"], "at most": row["deaths_high"]}
    return ", ".join(f"{word} {number}".strip() for word, number in named.items() if number is not None) or "not stated"


def table(dataset: Dataset, chosen: Selection) -> None:
    """The reports shown, sortable; a chosen row opens its incident and marks it on the map."""
    _grid(dataset, dataset.fetch(select(dataset.reports, chosen).order_by("row")).to_pylist(), "reports_table")


def tray(dataset: Dataset, chosen: Selection) -> None:
    """Reports that the map or the window cannot show, listed and never dropped."""
    for title, rows, key in (
        ("Cannot be mapped: the document names no place, or none that can be known", unmapped, "unmapped_table"),
        ("Cannot be dated: no window shows them", undated, "undated_table"),
    ):
        found = dataset.fetch(rows(dataset.reports, chosen).order_by("row")).to_pylist()
        st.markdown(f"**{title} ({len(found)})**")
        _grid(dataset, found, key)


def _grid(dataset: Dataset, rows: list[dict[str, Any]], key: str) -> None:
    if not rows:
        st.caption("None.")
        return
    frame = pd.DataFrame(
        [{**row, "document": dataset.sources[row["source_id"]].label, "date": row["date"]} for row in rows]
    )[list(COLUMNS)].rename(columns=COLUMNS)
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=min(420, 38 + 35 * len(frame)),
        on_select=lambda: _picked(rows, key),
        selection_mode="single-row",
        column_config={"Deaths stated": st.column_config.NumberColumn(format="%d")},
    )


def _picked(rows: list[dict[str, Any]], key: str) -> None:
    if picked := st.session_state[key].selection.rows:
        st.session_state["incident"] = rows[picked[0]]["incident_id"]
