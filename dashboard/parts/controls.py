"""The sidebar: every question of a `Selection` as a widget, with the number of reports beside each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.pages import present
from dashboard.parts.style import plain
from dashboard.state import link
from dashboard.state.view import Look
from geodata.count import search
from geodata.count.facets import facets
from geodata.model.names import LABEL, namings
from geodata.model.selection import CHOICES, Selection
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.store.dataset import Dataset
from geodata.tell import words
from geodata.timemap import marks

COLOURS = {"side": "Who claims it", "document": "Document", "type": "Kind of event"}
ALWAYS = ("scopes", "sides", "statuses")
"""Short lists that show every choice, those without a report too: who is silent is part of the answer."""

MOST_CHOICES = 60
"""Choices one list shows, in the order of the list."""


def sidebar(dataset: Dataset) -> tuple[Selection, Look]:
    """Draws the sidebar and returns what it says."""
    with st.sidebar:
        present.switch()
        st.text_input(
            "Search words or places",
            key="text",
            placeholder=dataset.case.search_hint,
            help="Every word must occur. Any name of a place finds it, in any language, small slips included.",
        )
        for note in search.understand(dataset, st.session_state["text"]).notes:
            st.caption(plain(note))
        ways = list(marks.schemes(dataset))
        if st.session_state["colour"] not in ways:
            st.session_state["colour"] = ways[0]
        colour = st.segmented_control(
            "Colour marks by", ways, format_func=lambda key: COLOURS[key], key="colour", required=True
        )
        naming = _naming(dataset)
        chosen = _selection(dataset)
        choice = _Facets(dataset, naming, facets(dataset, chosen), link.choices())
        choice.draw("Scope", "scopes", dataset.case.scopes, expanded=True)
        choice.draw("Document", "sources", dataset.sources, expanded=True)
        choice.draw("Who claims it", "sides", dataset.case.sides, expanded=True)
        choice.draw("Standing of the claim", "statuses", CLAIM_STATUSES)
        choice.draw("Kind of event", "types", dataset.case.kinds)
        choice.draw("Place", "places", sorted(dataset.places, key=lambda key: dataset.places[key].name))
        choice.draw("Publisher or author", "publishers", None)
        st.toggle(
            "Only surely inside the window",
            key="surely",
            help="Off: a report counts when its date may touch the window. On: only when no possible day lies outside.",
        )
        st.toggle("Only reports that state deaths", key="deaths")
        st.toggle(
            "Include reports marked graphic",
            key="graphic",
            help="They tell of mutilation, torture or sexual violence; their texts stay closed until opened.",
        )
    return _selection(dataset), Look(colour or ways[0], naming)


def _naming(dataset: Dataset) -> str:
    """How places are named: a choice where the case has more than one way."""
    ways = namings(dataset.case)
    if st.session_state["naming"] not in ways:
        st.session_state["naming"] = LABEL
    return st.selectbox("Names of places", ways, format_func=ways.__getitem__, key="naming") if len(ways) > 1 else LABEL


def selection(dataset: Dataset) -> tuple[Selection, Look]:
    """What the address or a lesson says, where there is no sidebar to say it."""
    state = st.session_state
    colour = state["colour"] if state["colour"] in marks.schemes(dataset) else next(iter(marks.schemes(dataset)))
    return _selection(dataset), Look(colour, state["naming"])


def page(pages: Iterable[str]) -> str:
    """Which page is shown."""
    return _one_of("Page", list(pages), "page")


def below(views: Iterable[str]) -> str:
    """Which part is shown under the map."""
    return _one_of("Below the map", list(views), "view")


def _one_of(label: str, choices: list[str], key: str) -> str:
    if st.session_state[key] not in choices:
        st.session_state[key] = choices[0]
    chosen = st.segmented_control(label, choices, key=key, label_visibility="collapsed", required=True)
    return chosen or choices[0]


def _selection(dataset: Dataset) -> Selection:
    state = st.session_state
    told = {field: values for field, values in link.choices().items() if CHOICES[field] not in dataset.missing}
    return Selection(
        first=date.fromisoformat(state["first"]) if state["first"] else None,
        last=date.fromisoformat(state["last"]) if state["last"] else None,
        surely=state["surely"],
        deaths=state["deaths"],
        graphic=state["graphic"],
        text=search.understand(dataset, state["text"]).text,
        **told,
    )


@dataclass(frozen=True)
class _Facets:
    """Lists of choices, each with the number of reports it would leave."""

    dataset: Dataset
    naming: str
    numbers: Mapping[str, Mapping[str, int]]
    ticked: Mapping[str, tuple[str, ...]]

    def draw(
        self,
        title: str,
        field: str,
        values: Iterable[str] | Mapping[str, object] | None,
        *,
        expanded: bool = False,
    ) -> None:
        """One list. A table that does not tell the field has none."""
        if field not in self.numbers or (field == "places" and not self.dataset.places):
            return
        number, ticked = self.numbers[field], self.ticked[field]
        listed = [value for value in (values or number) if field in ALWAYS or value in number or value in ticked]
        mark = f" · {len(ticked)} chosen" if ticked and field != "scopes" else ""
        # A list that is closed is not drawn at all: a hundred checkboxes would make each answer wait.
        box = st.expander(f"{title}{mark}", expanded=expanded or bool(ticked), key=f"list_{field}", on_change="rerun")
        if not box.open:
            return
        with box:
            for value in listed[:MOST_CHOICES]:
                label = words.label_of(self.dataset, field, value, self.naming, explained=True)
                st.checkbox(f"{plain(label)} · {number.get(value, 0):,}", key=f"{field}:{value}")
            if len(listed) > MOST_CHOICES:
                st.caption(f"{len(listed) - MOST_CHOICES:,} more; search finds them by their words.")
            if not listed:
                st.caption("No report is left to choose from.")
