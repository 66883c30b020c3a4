"""Above the map: the selection in words, who speaks, and what an empty part of the map does not mean."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.style import plain
from dashboard.state import link
from dashboard.state.view import View
from geodata.count.facets import facet
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from geodata.tell import words


def show(view: View) -> None:
    """The sentence, the balance note, how many reports other scopes hold, and a button that clears the filters."""
    dataset, chosen = view.dataset, view.chosen
    summary = words.summarise(dataset, chosen)
    with st.container(key="overview", gap="xsmall"):
        st.markdown(f"# {heading(dataset)}")
        st.markdown(f"**{words.sentence(summary, chosen)}** {unticked_scopes_sentence(dataset, chosen)}")
        if set_aside := words.set_aside(dataset):
            st.markdown(plain(set_aside))
        # A table without sides has said so above.
        balance = "" if dataset.lacks("claimant_side") else words.balance(dataset.case, summary)
        st.caption(f"{balance} {words.no_evidence(dataset)}".strip())
        at_first = opening(dataset.case, dataset.missing)
        if link.chosen(dataset) != at_first:
            st.button("Clear all filters", key="clear", on_click=link.put, args=(at_first,), type="tertiary")


def heading(dataset: Dataset) -> str:
    """The head of every page, as Markdown."""
    return f"Attest: {plain(dataset.case.title)}"


def unticked_scopes_sentence(dataset: Dataset, chosen: Selection) -> str:
    """How many reports each scope that is not ticked would add; blank where there is none."""
    if not chosen.scopes:
        return ""
    rest = tuple(scope for scope in dataset.case.scopes if scope not in chosen.scopes)
    if not rest:
        return ""
    numbers = facet(dataset, chosen, "scopes")
    more = [f"{numbers[scope]:,} {scope}" for scope in rest if scope in numbers]
    return f"Left out by scope: {' and '.join(more)}." if more else ""
