"""What the table on screen does not have: layers that cannot be drawn, columns that it does not tell, a first view."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.state.faults import told
from geodata.model.text import listed
from geodata.model.vocabulary import DEATHS
from geodata.store.dataset import Dataset
from geodata.timemap import far


def show_layer_faults(dataset: Dataset) -> None:
    """What is wrong with the case's layers: they are not drawn, and everything else is as it was."""
    if not (faults := dataset.layer_faults):
        return
    what = "A layer" if len(faults) == 1 else "Parts of the case's layers"
    st.warning(f"{what} cannot be drawn. The reports and the map are whole without it.", icon=":material/layers:")
    with st.container(height=160 if len(faults) > 4 else "content"):
        st.text(told(faults))


def show_missing(dataset: Dataset) -> None:
    """Names what a table of others does not tell, so that a blank is not read as a finding."""
    untold = [said for columns, said in UNTOLD.items() if dataset.lacks(*columns)]
    if untold:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="untold"):
            st.caption(f"This table does not tell {listed(untold, 'or')}.", width="content")
            st.button("See the page Table", key="untold_more", on_click=_open_table, type="tertiary")


def show_unkept(dataset: Dataset) -> None:
    """That each start counts a table in an engine anew, and how to mend it."""
    if not far.is_kept(dataset):
        st.caption(far.told(dataset))


UNTOLD: Mapping[tuple[str, ...], str] = {
    ("date",): "dates", ("latitude",): "places on the map", ("event_type",): "kinds of event",
    ("claimed_by",): "speakers", ("claimant_side",): "sides", ("claim_status",): "standings",
    DEATHS: "deaths",
}  # fmt: skip
"""What a reader may look for in vain where a table has none of these columns."""


def _open_table() -> None:
    st.session_state["page"] = "table"
