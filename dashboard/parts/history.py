"""The browser's own Back and Forward, and the part of the address that the scripts of the page write, on every page."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.style import text
from dashboard.state import link

_history = st.components.v2.component("attest_history", html="<span></span>", js=text("history.js"))

TELLING = ("briefing", "download", "lessons")
"""Pages that tell or print where the map looks, or write it to a file."""


def listen() -> None:
    """Draws nothing; when the reader goes back or forward, the selection is read from the address again."""
    page = st.session_state.get("page", st.query_params.get("page", ""))
    known = link.written_by_scripts() if page in TELLING else None
    _history(key="history", data={"known": known}, on_back_change=link.went_back, on_stands_change=_stands)


def _stands() -> None:
    stands = st.session_state["history"].get("stands")
    if stands is not None:  # None is "another trigger fired"
        link.learn(stands)
