"""Above the map: what is shown, in words; who speaks; and what an empty part of the map does not mean."""

from __future__ import annotations

import streamlit as st

from dashboard.state import link
from dashboard.state.view import View
from geodata.count.facets import facet
from geodata.model.filters import vocabulary_of
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from geodata.tell import words


def show(view: View) -> None:
    """The sentence, the balance note, what the scope leaves out, and a way back from a filter."""
    dataset, chosen = view.dataset, view.chosen
    summary = words.summarise(dataset, chosen)
    with st.container(key="overview", gap="xsmall"):
        st.markdown("# Attest: who says what happened, where and when", unsafe_allow_html=False)
        st.markdown(f"**{words.sentence(summary, chosen)}** {left_out(dataset, chosen)}")
        st.caption(f"{words.balance(summary)} {words.NO_EVIDENCE}")
        at_first = opening(dataset.missing)
        if link.chosen(dataset) != at_first:
            st.button("Clear all filters", key="clear", on_click=link.put, args=(at_first,), type="tertiary")


def left_out(dataset: Dataset, chosen: Selection) -> str:
    """What the scopes that are not ticked would add."""
    if not chosen.scopes:
        return ""
    rest = tuple(scope for scope in vocabulary_of("scopes") if scope not in chosen.scopes)
    if not rest:
        return ""
    numbers = facet(dataset, chosen, "scopes")
    more = [f"{numbers[scope]:,} {scope}" for scope in rest if scope in numbers]
    return f"Left out by scope: {' and '.join(more)}." if more else ""
