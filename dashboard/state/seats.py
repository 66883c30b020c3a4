"""How many readers are here at a time: each session has a seat, and one that finds none is told so."""

from __future__ import annotations

import gc
from threading import Lock
from weakref import WeakSet

import streamlit as st

from dashboard.server.options import options

_KEY = "seat"


class _Seat:
    """Lives in the session's state and goes with it."""


_TAKEN: WeakSet[_Seat] = WeakSet()
_LOCK = Lock()


def take() -> bool:
    """Whether this session has a seat; it takes one where one is free."""
    if _KEY in st.session_state:
        return True
    with _LOCK:
        if len(_TAKEN) >= options().sessions:
            gc.collect()  # sessions that have ended hold their seats until they are collected
        if len(_TAKEN) >= options().sessions:
            return False
        seat = _Seat()
        _TAKEN.add(seat)
    st.session_state[_KEY] = seat
    return True


def reader() -> int:
    """A number of this session, the same as long as it lasts; it holds nothing of the session."""
    return id(st.session_state.get(_KEY))


def show_full() -> None:
    """Says why nothing else is on the page."""
    st.error(
        f"This server shows the case to {options().sessions:,} readers at a time, and as many are here. "
        "Load the page again in some minutes.",
        icon=":material/groups:",
    )
