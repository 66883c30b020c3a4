"""An incident's card on a page: where its tellings differ, and each of them once, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboard.parts import tables
from dashboard.parts.plain import plain
from dashboard.state import link
from dashboard.state.view import View
from geodata.model.selection import select
from geodata.tell import card, facts

ABREAST = 3
"""Tellings of one incident side by side; more go to a next row."""

FEW = 6
"""Other columns of a table that stand open on the card, more are folded away; ``card.js`` has the same."""


def show(view: View) -> None:
    """The open incident: the values of `card.of`, which the panel beside the map draws too."""
    dataset, incident = view.dataset, str(st.session_state["incident"])
    if not incident:
        return
    rows = dataset.fetch(dataset.reports.filter(dataset.reports.incident_id == incident).order_by("row")).to_pylist()
    if not rows:
        st.warning(f"The link names an incident that is not in this table: {plain(incident)}")
        return
    told = card.of(dataset, rows, view.look.naming)
    with st.container(key="card"):
        head, close = st.columns([6, 1], vertical_alignment="center")
        head.header(plain(told["title"]), anchor=False)
        head.caption(f"{told['told']} · {plain(incident)}")
        close.button("Close card", on_click=link.open_incident, args=("",), width="stretch")
        shown = select(dataset.reports, view.chosen)
        if not len(dataset.fetch(shown.filter(shown.incident_id == incident).select("row"))):
            st.info("None of these reports is among those shown: the dates or the filters leave them out.")
        if told["fields"]:
            _side_by_side(told["fields"])
        _tellings(told["tellings"])


def _side_by_side(compared: Mapping[str, Any]) -> None:
    """A table with a row for each field and a column for each who tells."""
    rows = [[line["name"], *map(tables.lines, line["cells"]), _stand(line)] for line in compared["lines"]]
    tables.show(compared["heads"], rows, caption=compared["caption"])


def _stand(line: Mapping[str, Any]) -> Markup:
    stand = Markup('<span class="attest-stand attest-{}">{}</span>').format(line["stand"], line["said"])
    return stand + Markup("<br>{}").format(line["how"]) if line["how"] else stand


def _tellings(told: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(told), ABREAST):
        columns = st.columns(min(ABREAST, len(told)))
        for column, telling in zip(columns, told[start : start + ABREAST], strict=False):
            with column, st.container(border=True):
                _telling(telling)


def _telling(telling: Mapping[str, Any]) -> None:
    """What one row tells, whose reports share all but their source."""
    side = f" · {plain(telling['side'])}" if telling["side"] else ""
    st.markdown(f"**{plain(telling['who'])}**{side}")
    if telling["graphic"] and telling["summary"]:
        with st.expander(telling["graphic"]):
            st.markdown(plain(telling["summary"]))
    elif telling["summary"]:
        st.markdown(plain(telling["summary"]))
    st.markdown(_listed(telling["facts"]))
    if also := telling["also"]:
        with st.expander(f"{facts.ALSO} · {len(also)}", expanded=len(also) <= FEW):
            st.markdown(_listed(also))
    if about := telling["about"]:
        with st.expander("About the document and the place"):
            st.markdown("\n\n".join(f"**{plain(name)}**: {plain(said)}" for name, said in about))


def _listed(told: Iterable[tuple[str, str]]) -> str:
    return "  \n".join(f"**{plain(name)}:** {plain(value)}" for name, value in told)
