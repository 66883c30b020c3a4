"""The sidebar: every question of a `Selection` as a widget, with the number of reports beside each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import link
from dashboard.style import plain
from geodata.dataset import Dataset
from geodata.schema import CLAIM_STATUSES, CLAIMANT_SIDES, EVENT_TYPES, SCOPES, SIDE_NAMES
from geodata.selection import Selection, counts

COLOURS = {"side": "Who claims it", "document": "Document", "type": "Kind of event"}
VIEWS = ("Reports", "Not on the map", "3-D", "Download")


@dataclass(frozen=True)
class Look:
    """How marks are coloured: a key of ``marks.schemes``."""

    colour: str


def sidebar(dataset: Dataset) -> tuple[Selection, Look]:
    """Draws the sidebar and returns what it says."""
    with st.sidebar:
        st.header("Attest", anchor=False)
        st.text_input(
            "Search words or places",
            key="text",
            placeholder="Stepanakert, Xankəndi, Ханкенди …",
            help="Every word must occur. Any name of a place finds it.",
        )
        colour = st.segmented_control(
            "Colour marks by", list(COLOURS), format_func=lambda key: COLOURS[key], key="colour", required=True
        )
        chosen = _selection()
        choice = _Facets(dataset, chosen)
        choice.draw("Scope", "scopes", SCOPES, lambda scope: f"{scope}: {SCOPES[scope]}", expanded=True)
        choice.draw("Document", "sources", dataset.sources, lambda key: dataset.sources[key].label, expanded=True)
        choice.draw("Who claims it", "sides", CLAIMANT_SIDES, lambda side: SIDE_NAMES[side], expanded=True)
        choice.draw(
            "Standing of the claim", "statuses", CLAIM_STATUSES, lambda status: f"{status}: {CLAIM_STATUSES[status]}"
        )
        choice.draw("Kind of event", "types", EVENT_TYPES)
        choice.draw(
            "Place",
            "places",
            sorted(dataset.places, key=lambda key: dataset.places[key].name),
            lambda key: dataset.places[key].label,
        )
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
        st.button("Clear all filters", on_click=_clear, width="stretch")
    return _selection(), Look(colour or "side")


def view() -> str:
    """Which part is shown under the map."""
    return (
        st.segmented_control("Below the map", VIEWS, key="view", label_visibility="collapsed", required=True)
        or VIEWS[0]
    )


def _selection() -> Selection:
    state = st.session_state
    return Selection(
        first=_day(state["first"]),
        last=_day(state["last"]),
        surely=state["surely"],
        deaths=state["deaths"],
        graphic=state["graphic"],
        text=state["text"],
        **{
            field: link.chosen(field)
            for field in ("sources", "publishers", "sides", "statuses", "types", "places", "scopes")
        },
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a link edited by hand: an unreadable date asks for nothing
        return None


def _clear() -> None:
    """Back to what the dashboard opens on; the colour, the view and the camera stay."""
    for key in list(st.session_state):
        if ":" in str(key):
            st.session_state[key] = key == "scopes:core"
    st.session_state.update(text="", first="", last="", surely=False, deaths=False, graphic=True, incident="")
    st.session_state["window_set"] = st.session_state.get("window_set", 0) + 1


@dataclass(frozen=True)
class _Facets:
    dataset: Dataset
    chosen: Selection

    def draw(
        self,
        title: str,
        field: str,
        values: Iterable[str] | Mapping[str, object] | None,
        label: Callable[[str], str] = str,
        *,
        expanded: bool = False,
    ) -> None:
        """A list of choices with the number of reports each would leave; those with none are left out unless ticked."""
        found = self.dataset.fetch(counts(self.dataset.reports, self.chosen, field)).to_pylist()
        number = {row["value"]: row["reports"] for row in found if row["value"]}
        ticked = link.chosen(field)
        listed = [value for value in (values if values is not None else number) if value in number or value in ticked]
        mark = f" · {len(ticked)} chosen" if ticked and field != "scopes" else ""
        with st.expander(f"{title}{mark}", expanded=expanded or bool(ticked)):
            for value in listed:
                st.checkbox(f"{plain(label(value))} · {number.get(value, 0):,}", key=f"{field}:{value}")
            if not listed:
                st.caption("No report is left to choose from.")
