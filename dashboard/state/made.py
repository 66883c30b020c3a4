"""Files that a session has made, megabytes each: they go when the view is another."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from dashboard.state.view import View

MADE = ("briefing_picture", "briefing_film", "briefing_pages")
"""Keys of the session's state that hold a file with the ``view`` it was made of, or ``None`` after it was dropped."""


def forget_other_views(view: View) -> None:
    """Drops files that were made from another view; called on every page."""
    for key in MADE:
        made = st.session_state.get(key)
        if made is not None and made.view != identity(view):
            st.session_state[key] = None


def identity(view: View) -> Hashable:
    return view.token, view.chosen, view.look
