"""The map in a frame of another page (``?embed=true``): map, timeline, legend and attribution, and nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import credit, timemap
from dashboard.state.view import View
from geodata.tell import words


def is_on() -> bool:
    """Whether the page stands in a frame that asked for it."""
    return bool(st.context.is_embedded)


def show(view: View) -> None:
    """The selection in a sentence, the map, and who is cited."""
    dataset, chosen = view.dataset, view.chosen
    st.markdown(f"**{words.sentence(words.summarise(dataset, chosen), chosen)}**")
    timemap.show(view, height="max(300px, calc(100dvh - 130px))")
    st.caption(credit.in_words(view))
