"""The choice of incidents for pages: begun from the open card or the collection, sought by word, date and claimant."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.parts.plain import plain
from dashboard.state import collected
from dashboard.state.view import View
from geodata.count import choosing
from geodata.count.choosing import MOST_INCIDENTS, Found, Sought
from geodata.count.facets import values_of
from geodata.model.text import number_of

CHOSEN = "briefing_incidents"
"""Key of the session's state that has the chosen incidents' ids."""

BEGAN = "briefing_began"
"""Key of the session's state that has the open incident with which the choice began."""


def incidents(view: View) -> list[str]:
    """The fields of the search and the choice; the chosen ids in the order of their choosing."""
    _begin(view)
    offered = _found(view)
    chosen: list[str] = st.session_state[CHOSEN]
    lines = choosing.lines(view.dataset, chosen) | offered.lines
    st.multiselect(
        f"Incidents (up to {MOST_INCIDENTS})", lines, format_func=lambda key: lines.get(key, key),
        max_selections=MOST_INCIDENTS, key=CHOSEN, placeholder="Choose among those found", persist_state="session",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        _offer(view)
    return list(st.session_state[CHOSEN])


def begin_with(ids: Iterable[str]) -> None:
    """Makes these the choice, as many as pages may hold."""
    st.session_state[CHOSEN] = list(ids)[:MOST_INCIDENTS]
    st.session_state[BEGAN] = st.session_state["incident"]


def _begin(view: View) -> None:
    """Begins the choice with the open card, unless the reader has chosen otherwise; forgets what the table lacks."""
    state = st.session_state
    now, began, is_open = state.get(CHOSEN, []), state.get(BEGAN, ""), state["incident"]
    if is_open and is_open != began:
        now, state[BEGAN] = ([is_open] if now in ([], [began]) else now), is_open
    known = choosing.lines(view.dataset, now)
    if state.get(CHOSEN) != (kept := [one for one in now if one in known]):
        state[CHOSEN] = kept


def _found(view: View) -> Found:
    """The incidents of the view that have what the reader types."""
    words, day, speaker = st.columns([2, 1, 2])
    text = words.text_input("Find incidents: words or a place", key="briefing_words")
    typed = day.text_input("Date", key="briefing_day", placeholder="4 Oct 2020, or 2020")
    said_by = speaker.selectbox(
        "Claimed by",
        list(values_of(view.dataset, "speakers")),
        index=None,
        key="briefing_speaker",
        placeholder="anyone",
    )
    days = None
    try:
        days = choosing.days_of(typed)
    except ValueError as error:
        day.caption(f":material/warning: {plain(str(error))}")
    found = choosing.found(view.dataset, view.chosen, Sought(text, days, said_by or ""))
    if not found.total:
        st.caption("No incident of this view has all of this in one report.")
    elif found.total > len(found.lines):
        st.caption(
            f"The first {len(found.lines):,} of {found.total:,} incidents are in the list: type what you look for."
        )
    else:
        st.caption(f"{number_of(found.total, 'incident')} in the list.")
    return found


def _offer(view: View) -> None:
    """Buttons that take in what the reader has set aside elsewhere."""
    state = st.session_state
    chosen, is_open, held = state[CHOSEN], state["incident"], collected.now().ids
    if is_open and is_open not in chosen and choosing.lines(view.dataset, [is_open]) and len(chosen) < MOST_INCIDENTS:
        st.button("Add the open incident", key="briefing_add_open", on_click=begin_with, args=([*chosen, is_open],))
    taken = held[:MOST_INCIDENTS]
    if held and list(taken) != chosen:
        some = f"the first {MOST_INCIDENTS} of {len(held):,}" if len(held) > MOST_INCIDENTS else f"{len(held)}"
        st.button(f"Take the collection ({some})", key="briefing_take", on_click=begin_with, args=(taken,))
