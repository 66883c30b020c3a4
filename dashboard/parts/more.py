"""The first lines of a long list, and more of them at a click."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

FIRST = 25
"""Lines that a list has at first. Fifty would make the answer of a page a fifth slower, and eight are seen at once."""

MORE = 100
"""Lines that a click adds."""


def most(key: str, about: Hashable) -> int:
    """How many lines to draw of the list ``key``: at first `FIRST`, and again where it is of something else."""
    of, lines = st.session_state.get(_kept(key), (None, FIRST))
    return lines if of == about else FIRST


def offer(key: str, about: Hashable, total: int) -> None:
    """Says how many of ``total`` lines are drawn, with a button for more; nothing where all of them are."""
    drawn = most(key, about)
    with st.container():  # one room, so that the button goes with the answer
        if drawn >= total:
            st.empty()
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"The first {drawn:,} of {total:,}.", width="content")
            st.button(f"Show {MORE} more", key=f"{key}_more", type="tertiary", on_click=_add, args=(key, about))


def _add(key: str, about: Hashable) -> None:
    st.session_state[_kept(key)] = about, most(key, about) + MORE


def _kept(key: str) -> str:
    return f"{key}_lines"
