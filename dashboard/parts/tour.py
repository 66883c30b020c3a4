"""A tour of one minute for the first visit: each step stands beside what it speaks of, which has a ring, and the page
stays in use. It can be skipped, with Escape too, and recalled.

Whether it was seen is kept by the browser, on this machine alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import streamlit as st

from dashboard.parts.style import text
from geodata.model.filters import BY_NAME
from geodata.store.dataset import Dataset
from geodata.tell import nouns


@dataclass(frozen=True)
class Step:
    """A step: its words, and what on the page they speak of."""

    title: str
    words: str
    at: tuple[str, ...]
    """CSS selectors: the first that finds something is pointed at."""
    named: tuple[str, ...] = ()
    """Of what is found only the elements with these texts, where there are any."""


STEPS = (
    Step(
        "Who says so",
        "Every mark on the map is a claim: somebody in a document says that something happened. Its colour and letter "
        "stand in the legend.",
        (".tm-legend",),
    ),
    Step(
        "Choose a mark",
        "A click on a mark opens the card of its incident: every report of it, one below the other, with {cited}. A "
        "mark of several incidents opens their list first.",
        (".tm-map",),
    ),
    Step(
        "Move through time",
        "Drag the blue window under the map, or press play. Paler marks and bars have no exact day.",
        (".tm-time",),
    ),
    Step(
        "Choose what is shown",
        "The list at the left, behind » while it is closed, filters {filters}. The number beside a choice is what it "
        "leaves.",
        ("[data-testid=stSidebar][data-collapsed=false]", "[data-testid=stExpandSidebarButton]"),
    ),
    Step(
        "See who is not heard",
        "The pages above the map compare documents, show where they disagree, and count who speaks.",
        (".st-key-pages",),
    ),
    Step(
        "Take it with you",
        "Briefing draws a picture, Download gives files. Cards and lists have a link to copy: the address is the view.",
        (".st-key-pages button",),
        ("Briefing", "Download"),
    ),
)
"""Together they are read in about a minute."""

_tour = st.components.v2.component(
    "attest_tour",
    html='<div popover="manual"></div><aside aria-label="Tour" popover="manual"></aside>',
    css=text("tour.css"),
    js=text("tour.js"),
)


_FILTERS = {"sources": "by document", "sides": "by side", "statuses": "by standing", "own": "by the table's categories"}


def steps(dataset: Dataset) -> list[Step]:
    """The steps in words that are true of a dataset."""
    noun = nouns.of(dataset)
    offered = [said for name, said in _FILTERS.items() if BY_NAME[name].is_offered(dataset.missing)]
    if not dataset.categories:
        offered.remove(_FILTERS["own"])
    cited = "document" if dataset.lacks("paragraphs") else "document and paragraph"
    return [
        replace(step, words=noun.said(step.words.format(cited=cited, filters=", ".join(offered)))) for step in STEPS
    ]


def show(dataset: Dataset) -> None:
    """The tour, where this browser has not seen it and no link opened a card."""
    recalled = st.session_state.get("tour_recalled", 0)
    _tour(key="tour", data={"steps": [asdict(step) for step in steps(dataset)], "recalled": recalled})


def recall() -> None:
    """Shows the tour again, on the map's page."""
    st.session_state["tour_recalled"] = st.session_state.get("tour_recalled", 0) + 1
    st.session_state["page"] = "map"
