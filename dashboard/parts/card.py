"""An incident's card: each telling of it once, side by side, and where two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.parts.fields import side_by_side
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.model.row import Row
from geodata.model.selection import select
from geodata.tell import card, facts, nouns, words

ABREAST = 3
"""Tellings of one incident side by side; more go to a next row."""

FEW = 6
"""Other columns of a table that stand open on the card; more are folded away."""


def show(view: View) -> None:
    """Every telling of one incident, side by side, and where two differ on it, field by field."""
    dataset, incident = view.dataset, str(st.session_state["incident"])
    if not incident:
        return
    rows = dataset.fetch(dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")).to_pylist()
    if not rows:
        st.warning(f"The link names an incident that is not in this table: {plain(incident)}")
        return
    with st.container(key="card"):
        head, close = st.columns([6, 1], vertical_alignment="center")
        head.header(plain(rows[0]["title"]), anchor=False)
        head.caption(f"{words.told(rows, nouns.of_row(dataset, rows[0]))} · {plain(incident)}")
        close.button("Close card", on_click=lambda: st.session_state.update(incident=""), width="stretch")
        shown = select(dataset.reports, view.chosen)
        if not len(dataset.fetch(shown.filter(shown.incident_id == incident).select("row"))):
            st.info("None of these reports is among those shown: the dates or the filters leave them out.")
        side_by_side(view, rows)
        _tellings(view, facts.by_telling(rows))


def _tellings(view: View, told: Sequence[Sequence[Row]]) -> None:
    firsts = [rows[0] for rows in told]
    together, also = facts.tellings(view.dataset, firsts), facts.also(view.dataset, firsts)
    for start in range(0, len(told), ABREAST):
        columns = st.columns(min(ABREAST, len(told)))
        for column, rows in zip(columns, told[start : start + ABREAST], strict=False):
            with column, st.container(border=True):
                _telling(view, rows, together[rows[0]["telling"]])
                _also(also.get(rows[0]["row"], {}))


def _telling(view: View, rows: Sequence[Row], together: Sequence[str]) -> None:
    """What one row tells, whose reports share all but their source."""
    dataset, row = view.dataset, rows[0]
    told = facts.of(dataset, row, view.look.naming, together)
    lead: dict[str, str] = {name: told.pop(name) for name in ("Standing", "Disputed by") if name in told}
    side = f" · {plain(dataset.case.side_name(row['claimant_side']))}" if row["claimant_side"] else ""
    st.markdown(f"**{plain(facts.speaker(rows))}**{side}  \n{_listed(lead)}")
    if row["graphic"]:
        with st.expander(card.GRAPHIC):
            st.markdown(plain(row["summary"]))
    elif row["summary"] != row["title"]:
        st.markdown(plain(row["summary"]))
    st.markdown(_listed(told))
    _about(view, row)


def _about(view: View, row: Row) -> None:
    """What to know of the document and the place, where somebody has written it down."""
    if known := card.about(view.dataset, row):
        with st.expander("About the document and the place"):
            st.markdown("\n\n".join(f"**{plain(name)}**: {plain(said)}" for name, said in known))


def _also(cells: Mapping[str, str]) -> None:
    """The other columns of a table, under their own names."""
    if cells:
        with st.expander(f"{facts.ALSO} · {len(cells)}", expanded=len(cells) <= FEW):
            st.markdown(_listed(cells))


def _listed(told: Mapping[str, str]) -> str:
    return "  \n".join(f"**{plain(name)}:** {plain(value)}" for name, value in told.items())
