"""The browser's own Back and Forward, on every page."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.style import text
from dashboard.state import link

_history = st.components.v2.component("attest_history", html="<span></span>", js=text("history.js"))


def listen() -> None:
    """Draws nothing; when the reader goes back or forward, the selection is read from the address again."""
    _history(key="history", on_back_change=link.went_back)
