"""A tour of one minute for the first visit: it lies above the page, blocks nothing, and can be skipped and recalled.

Whether it was seen is kept by the browser, on this machine alone.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts.style import text
from geodata.model.filters import BY_NAME
from geodata.store.dataset import Dataset
from geodata.tell import nouns

STEPS = (
    (
        "Who says so",
        "Every mark on the map is a claim: somebody in a document says that something happened. Attest shows who.",
    ),
    (
        "Choose a mark",
        "A click on a mark opens its card: every report of the incident side by side, with {cited}.",
    ),
    (
        "Move through time",
        "Drag the blue window under the map, or press play. Paler marks and bars have no exact day.",
    ),
    (
        "Choose what is shown",
        "The list at the left filters {filters}. The number beside a choice is what it leaves.",
    ),
    (
        "See who is not heard",
        "The pages above the map compare documents, show where they disagree, and count who speaks.",
    ),
    (
        "Take it with you",
        "Briefing draws a picture, Download gives files. Cards and lists have a link to copy: the address is the view.",
    ),
)
"""Title and words of each step: together they are read in about a minute."""

_tour = st.components.v2.component(
    "attest_tour", html='<aside aria-label="Tour" hidden></aside>', css=text("tour.css"), js=text("tour.js")
)


_FILTERS = {"sources": "by document", "sides": "by side", "statuses": "by standing", "own": "by the table's categories"}


def steps(dataset: Dataset) -> list[tuple[str, str]]:
    """The steps in words that are true of a dataset."""
    noun = nouns.of(dataset)
    offered = [said for name, said in _FILTERS.items() if BY_NAME[name].is_offered(dataset.missing)]
    if not dataset.categories:
        offered.remove(_FILTERS["own"])
    cited = "document" if dataset.lacks("paragraphs") else "document and paragraph"
    return [(title, noun.said(said.format(cited=cited, filters=", ".join(offered)))) for title, said in STEPS]


def show(dataset: Dataset) -> None:
    """The tour, where this browser has not seen it."""
    _tour(key="tour", data={"steps": steps(dataset), "recalled": st.session_state.get("tour_recalled", 0)})


def recall() -> None:
    """Shows the tour again, on the map's page."""
    st.session_state["tour_recalled"] = st.session_state.get("tour_recalled", 0) + 1
    st.session_state["page"] = "map"
