"""The map in a frame of another page (``?embed=true``): map, timeline, legend and attribution, and nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import timemap
from dashboard.state.view import View
from geodata.model.selection import select
from geodata.tell import words
from geodata.timemap import basemap


def is_on() -> bool:
    """Whether the page stands in a frame that asked for it."""
    return bool(st.context.is_embedded)


def show(view: View) -> None:
    """The selection in a sentence, the map, and who is cited."""
    dataset, chosen = view.dataset, view.chosen
    st.markdown(f"**{words.sentence(words.summarise(dataset, chosen), chosen)}**")
    timemap.show(view)
    shown = select(dataset.reports, chosen)
    keys = dataset.fetch(shown.select("source_id").distinct())["source_id"].to_pylist()
    labels = "; ".join(sorted(dataset.sources[key].label for key in keys)[:12])
    st.caption(
        f"Told by: {labels or 'no document'}. {words.NO_EVIDENCE} Made with Attest. Base map: {basemap.CREDIT}. "
        f"{basemap.DISCLAIMER} {dataset.case.credit}"
    )
